"""The planner's own table, as `planner export csv` writes it."""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.words.folding import fold
from planner.interchange.format import table_format
from planner.interchange.tables.columns import OWN
from planner.interchange.tables.layouts import Layout, Place
from planner.interchange.tables.own_columns import MARK


def own_layout(header: Sequence[str]) -> Layout | None:
    """The layout of our own export, recognized by its first column."""
    if fold(MARK) not in map(fold, header):
        return None
    places = tuple(Place(index, OWN[fold(name)]) for index, name in enumerate(header) if fold(name) in OWN)
    return Layout("", places, is_own=True, marks_several=True)


FORMAT = table_format(
    "planner",
    "contacts of a planner",
    own_layout,
    files="`planner export csv`, or `vcard`",
    brings="everything about the people, but their history",
    rank=3,
)
