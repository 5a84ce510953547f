"""Frozen dataclasses that cost nothing until they are used.

`dataclass` inspects the fields of a class and writes its methods when the class is defined. The planner defines
hundreds of kinds of records, and a short command makes objects of six of them: defining the others took a third of its
time. A `record` behaves like `dataclass(frozen=True, slots=True)`; `dataclass` runs when the fields are first asked
for, `__init__` is written when the first object is made, and all records share the other methods.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool, kw_only: bool = False):
        """Turn a class into a record. Every use names `frozen` and `slots`; both are always true."""
        assert frozen
        assert slots

        def make(plain):
            own = [name for name, kind in plain.__annotations__.items() if "ClassVar" not in str(kind)]
            records = [base for base in reversed(plain.__mro__[1:]) if "__dataclass_fields__" in vars(base)]
            inherited = [name for base in records for name in base.__slots__]
            content = {name: value for name, value in vars(plain).items() if name not in (*own, *_OF_PLAIN_CLASSES)}
            content["__slots__"] = tuple(name for name in own if name not in inherited)
            content["__match_args__"] = (*getattr(plain, "__match_args__", ()), *_by_place(plain, own, kw_only))
            content["__made_from__"] = plain, own, kw_only
            content["__dataclass_fields__"] = _FieldsWhenAsked(plain, kw_only)
            made = type(plain)(plain.__name__, plain.__bases__, content)
            made.__qualname__ = plain.__qualname__
            made.__init__ = _written_when_used(made)
            made.__setattr__ = made.__delattr__ = _refuse_change
            names = [*dict.fromkeys([*inherited, *own])]
            made.__repr__, made.__reduce__ = _shown_by(names), _taken_apart
            made.__eq__, made.__hash__ = _compared_by(names)
            return made

        return make


_OF_PLAIN_CLASSES = ("__dict__", "__weakref__")
"""Attributes that a class without slots has, and that a class with slots must not take over."""


def _by_place(plain: Any, own: list[str], kw_only: bool) -> list[str]:
    """The record's own fields that `__init__` takes by position, not only by name."""
    if kw_only:
        return []
    known = vars(plain)
    return [name for name in own if not (isinstance(known.get(name), Field) and known[name].kw_only is True)]


class _FieldsWhenAsked:
    """The fields of a record as `dataclasses` knows them: computed on first access, and kept in the record."""

    def __init__(self, plain: Any, kw_only: bool) -> None:
        self._plain, self._kw_only = plain, kw_only

    def __get__(self, one: object, made: Any) -> dict[str, Any]:
        # `dataclass` changes the class it inspects, and two threads may ask at once: each gets its own copy.
        plain = self._plain
        content = {name: value for name, value in vars(plain).items() if name not in _OF_PLAIN_CLASSES}
        seen: Any = dataclass(init=False, repr=False, eq=False, kw_only=self._kw_only)(
            type(plain)(plain.__name__, plain.__bases__, content)
        )
        made.__dataclass_params__ = seen.__dataclass_params__
        made.__dataclass_fields__ = found = seen.__dataclass_fields__
        return dict(found)


def _written_when_used(made: Any) -> Any:
    def first_used(self: Any, *values: Any, **named: Any) -> None:
        made.__init__ = _constructor(made)
        made.__init__(self, *values, **named)

    return first_used


def _constructor(made: Any) -> Any:
    # `dataclass` could write this method too, but takes six times as long.
    wanted: dict[str, tuple[Any, bool]] = {}
    for base in reversed(made.__mro__):
        plain, own, kw_only = vars(base).get("__made_from__", (None, (), False))
        for name in own:
            given = vars(plain).get(name, MISSING)
            said = given.kw_only if isinstance(given, Field) else MISSING
            wanted[name] = given, kw_only if said is MISSING else bool(said)
    names: dict[str, Any] = {"_absent": MISSING}
    places: list[str] = []
    named: list[str] = []
    steps: list[str] = []
    for name, (given, by_name) in wanted.items():
        parameter, value = name, name
        # A frozen record is filled through the descriptors of its slots.
        names[f"_set_{name}"] = getattr(made, name).__set__
        default = given.default if isinstance(given, Field) else given
        if default is not MISSING:
            names[f"_default_{name}"] = default
            parameter = f"{name}=_default_{name}"
        elif isinstance(given, Field) and given.default_factory is not MISSING:
            names[f"_make_{name}"] = given.default_factory
            parameter, value = f"{name}=_absent", f"_make_{name}() if {name} is _absent else {name}"
        (named if by_name else places).append(parameter)
        steps.append(f" _set_{name}(self, {value})\n")
    parameters = ", ".join(["self", *places, *(["*"] if named else []), *named])
    exec(f"def __init__({parameters}):\n{''.join(steps) or ' pass'}", names)
    written = names["__init__"]
    written.__qualname__ = f"{made.__qualname__}.__init__"
    return written


def _refuse_change(self: Any, name: str, *_: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _named_values(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _shown_by(names: list[str]) -> Any:
    # A fingerprint of what is imported is made from what records show.
    pattern = ", ".join(f"{name}=%r" for name in names)

    def shown(self: Any) -> str:
        return f"{type(self).__qualname__}({pattern % tuple([getattr(self, name) for name in names])})"

    return shown


def _compared_by(names: list[str]) -> tuple[Any, Any]:
    # Records are keys of caches, so their comparison should not run Python code for every field.
    values = attrgetter(*names) if names else type

    def same(self: Any, other: object) -> Any:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return same, hashed


def _taken_apart(self: Any) -> tuple[Any, tuple[()]]:
    """For `copy` and `pickle`: a function that makes the record again, from its class and the values of its fields."""
    return partial(self.__class__, **_named_values(self)), ()
