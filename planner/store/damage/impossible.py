"""Rows with values of the right type that the rules cannot use, such as a rhythm that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Refused
from planner.store import tables as t
from planner.store.snapshot import rows_of
from planner.store.snapshot_checks import check
from planner.store.table_shapes import shape_of, words


def impossible_values() -> Iterator[str]:
    """The rows of facts that cannot be, a line each: table, row and column, nothing that stands in them.

    Inside a transaction, once every value is of the right kind.
    """
    for table in t.FACTS:
        name = words(table)
        for _, row in rows_of(table):
            try:
                wrong = check(shape_of(table).name, row)
            except Refused:
                # What the refusal says may quote what stands there.
                wrong = "it holds a rhythm, a repeat or a field that is none"
            if wrong:
                yield f"{name} {row.get('id', row['uid'])}: {wrong}"
