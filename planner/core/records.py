"""Frozen dataclasses that cost nothing until they are used.

`dataclass` writes and compiles the methods of a class when the class is defined. The planner defines some
fifty kinds of records, and a short command makes objects of six of them: compiling the others was a third
of its time. A `record` behaves as `dataclass(frozen=True, slots=True)` does; its `__init__` is compiled when
the first object is made, and its other methods are shared with all records.
"""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields, make_dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool, kw_only: bool = False):
        """Make a record of a class; that it is frozen and slotted is said where it is used, and always so."""
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
    parts: list[tuple[str, Any, Any]] = [
        (
            one.name,
            one.type,
            field(default=one.default, default_factory=one.default_factory, kw_only=one.kw_only),
        )
        for one in fields(made)
    ]
    whole: Any = make_dataclass(made.__name__, parts, frozen=True, repr=False, eq=False)
    return whole.__init__


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
    """How a record is copied and pickled: by making it again."""
    return partial(self.__class__, **_named_values(self)), ()
