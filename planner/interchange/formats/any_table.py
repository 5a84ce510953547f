"""Any table of people: each column is recognized by its name, or mapped by hand."""

from __future__ import annotations

from planner.interchange.format import table_format
from planner.interchange.tables.layouts import any_layout

FORMAT = table_format(
    "csv",
    "a table of people",
    any_layout,
    files="comma, semicolon or tab, any encoding",
    brings="what the names of its columns say, in five languages",
    rank=9,
)
