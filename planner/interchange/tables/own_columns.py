"""The columns of our own CSV: what is written under each header, and how it is read back.

Writing and reading share it, so that they always agree.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.core.contact_fields import FIELDS
from planner.core.model import Cell

COLUMNS = {one.header: one.word for one in FIELDS}
"""The meaning of each column by header, in the words of `columns.FIELDS`; in the order of writing.

Dates are ISO, a birthday without a year `--MM-DD`, another date `kind: [YYYY|-]-MM-DD`, someone they know `relation:
name`, and several values share a cell, separated by `SEPARATOR`. `Planner ID` is the uid of the contact: its presence
identifies our own files.
"""
MARK = "Planner ID"
SEPARATOR = " ::: "
_ACTS = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet runs as a formula."""


def guarded(text: str) -> str:
    """A cell that no spreadsheet runs as a formula: a text that would be one gets a leading `'`."""
    return f"'{text}" if text.lstrip("'").startswith(_ACTS) else text


def unguarded(text: str) -> str:
    """Read a cell that `guarded` wrote."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(_ACTS) else text


def joined(cells: Iterable[Cell]) -> str:
    """Several labelled values in one cell: `ana@x.example (work) ::: ana@y.example`."""
    return SEPARATOR.join(
        f"{cell.value} ({cell.label})" if cell.label or cell.value.endswith(")") else cell.value for cell in cells
    )


def parted(text: str) -> tuple[Cell, ...]:
    """Read the labelled values that `joined` wrote."""
    cells = []
    for part in filter(None, map(str.strip, text.split(SEPARATOR.strip()))):
        value, opening, label = part.rpartition(" (")
        is_labelled = bool(opening) and label.endswith(")") and bool(value)
        cells.append(Cell(value, label[:-1]) if is_labelled else Cell(part))
    return tuple(cells)
