"""How to read the tables of one program: the meaning of each column, and the form of its dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.core.records import record
from planner.core.words.folding import fold
from planner.interchange.tables.columns import NAME_FIELDS, guess

ANY = "csv"
"""The source name for a table of an unknown program."""


@record(frozen=True, slots=True)
class Place:
    """A column to read: its index from 0, the field it means, and the label of its values."""

    index: int
    field: str
    label: str = ""
    label_index: int = -1
    """The column with the label, -1 when `label` is the label."""


@record(frozen=True, slots=True)
class Layout:
    """How to read the tables of one program.

    `order` is the order of day and month in numeric dates, "mdy" or "dmy", unless a date of the table proves another
    one; "" if the program follows its user's country.
    """

    source: str
    places: tuple[Place, ...]
    order: str = ""
    is_own: bool = False
    marks_several: bool = False
    """Whether only ` ::: ` separates several circles in a cell: commas and semicolons belong to names."""


LayoutOf = Callable[[Sequence[str]], Layout | None]
"""Gives the layout of a table from the names of its columns; None for a table of another program."""


def any_layout(header: Sequence[str]) -> Layout:
    """The layout for a table of an unknown program: each column by its name."""
    return Layout(ANY, tuple(Place(index, field) for index, name in enumerate(header) if (field := guess(name))))


def named_places(header: Sequence[str], wanted: Mapping[str, tuple[str, str]]) -> tuple[Place, ...]:
    """Find columns by their folded headers. `wanted` maps a header to (field, label), and gives the order."""
    where = {fold(name): index for index, name in reversed(list(enumerate(header)))}
    return tuple(Place(where[name], *meant) for name, meant in wanted.items() if name in where)


def names_people(layout: Layout) -> bool:
    """Whether a layout has columns that name people."""
    fields = {place.field for place in layout.places}
    return bool(fields & NAME_FIELDS) or {"email", "company"} <= fields or {"email", "phone"} <= fields
