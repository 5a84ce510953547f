"""How the tables of one program are read: which column means what, and how its dates are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.core.records import record
from planner.core.words.folding import fold
from planner.interchange.tables.columns import NAME_FIELDS, guess

ANY = "csv"
"""The source of a table of no program we know."""


@record(frozen=True, slots=True)
class Place:
    """A column that is read: its index from 0, the field it means, and the label of its values."""

    index: int
    field: str
    label: str = ""
    label_index: int = -1
    """The column that holds the label, -1 when `label` is it."""


@record(frozen=True, slots=True)
class Layout:
    """How the tables of one program are read.

    `order` is that of day and month in dates of numbers alone, "mdy" or "dmy", where no date of the table proves
    another one; "" where the program follows the country of its user.
    """

    source: str
    places: tuple[Place, ...]
    order: str = ""
    is_own: bool = False
    marks_several: bool = False
    """Whether ` ::: ` alone separates several circles in a cell: commas and semicolons are parts of a name."""


LayoutOf = Callable[[Sequence[str]], Layout | None]
"""Gives the layout of a table from the names of its columns; None for a table of another program."""


def any_layout(header: Sequence[str]) -> Layout:
    """The layout of a table of no program we know: each column by its name."""
    return Layout(ANY, tuple(Place(index, field) for index, name in enumerate(header) if (field := guess(name))))


def named_places(header: Sequence[str], wanted: Mapping[str, tuple[str, str]]) -> tuple[Place, ...]:
    """Find columns by their folded headers. `wanted` maps a header to (field, label), and gives the order."""
    where = {fold(name): index for index, name in reversed(list(enumerate(header)))}
    return tuple(Place(where[name], *meant) for name, meant in wanted.items() if name in where)


def names_people(layout: Layout) -> bool:
    """Whether the columns of a layout name people."""
    fields = {place.field for place in layout.places}
    return bool(fields & NAME_FIELDS) or {"email", "company"} <= fields or {"email", "phone"} <= fields
