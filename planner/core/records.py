"""Frozen dataclasses that cost nothing until they are used.

`dataclass` writes and compiles the methods of a class when the class is defined. The planner defines some
fifty kinds of records, and a short command makes objects of six of them: compiling the others was a third
of its time. A `record` behaves as `dataclass(frozen=True, slots=True)` does; its `__init__` is compiled when
the first object is made, and its other methods are shared with all records.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
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
            made = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(plain)
            made.__init__ = _written_when_used(made)
            made.__setattr__ = made.__delattr__ = _refuse_change
            made.__repr__, made.__reduce__ = _shown, _taken_apart
            made.__eq__, made.__hash__ = _compared_by([one.name for one in fields(made)])
            return made

        return make


def _written_when_used(made: Any) -> Any:
    def first_used(self: Any, *values: Any, **named: Any) -> None:
        made.__init__ = _constructor(made)
        made.__init__(self, *values, **named)

    return first_used


def _constructor(made: Any) -> Any:
    # `dataclass` could write this method, too, but takes six times as long for it.
    names: dict[str, Any] = {"_absent": MISSING}
    places: list[str] = []
    named: list[str] = []
    steps: list[str] = []
    for one in fields(made):
        name, wanted, value = one.name, one.name, one.name
        # A frozen record is filled through the descriptors of its slots.
        names[f"_set_{name}"] = getattr(made, name).__set__
        if one.default is not MISSING:
            names[f"_default_{name}"] = one.default
            wanted = f"{name}=_default_{name}"
        elif one.default_factory is not MISSING:
            names[f"_make_{name}"] = one.default_factory
            wanted, value = f"{name}=_absent", f"_make_{name}() if {name} is _absent else {name}"
        (named if one.kw_only else places).append(wanted)
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


def _shown(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in _named_values(self).items())})"


def _compared_by(names: list[str]) -> tuple[Any, Any]:
    # Records are keys of caches: what compares them is not to run in Python for every field.
    values = attrgetter(*names) if names else type

    def same(self: Any, other: object) -> Any:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return same, hashed


def _taken_apart(self: Any) -> tuple[Any, tuple[()]]:
    """What `copy` and `pickle` make a record from: its class and the values of its fields."""
    return partial(self.__class__, **_named_values(self)), ()
