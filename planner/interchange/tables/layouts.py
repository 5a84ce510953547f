"""Which program wrote a table, told by the names of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.interchange.tables.google import google_layout
from planner.interchange.tables.outlook import outlook_layout
from planner.interchange.tables.people import LayoutOf, any_layout, names_people, own_layout
from planner.interchange.tables.thunderbird import thunderbird_layout

TABLES: dict[str, LayoutOf] = {
    "planner": own_layout,
    "google": google_layout,
    "outlook": outlook_layout,
    "thunderbird": thunderbird_layout,
    "csv": any_layout,
}
"""How the tables of each format are read, the surest first; the last takes any table."""


def format_of_header(header: Sequence[str]) -> str:
    """The format of a table by the names of its columns; "" when none of them can tell a name."""
    for name, layout_of in TABLES.items():
        layout = layout_of(header)
        if layout is not None and names_people(layout):
            return name
    return ""


def fields_of(header: Sequence[str], format: str) -> Mapping[int, str]:
    """What each column of a format is taken for, by its place."""
    layout = TABLES.get(format, any_layout)(header) or any_layout(header)
    return {place.index: place.field for place in layout.places}
