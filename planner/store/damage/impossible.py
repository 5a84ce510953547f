"""Rows with values of the right type that the rules cannot use, such as a rhythm that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Refused
from planner.store import tables as t
from planner.store.snapshot import rows_of
from planner.store.snapshot_checks import check, looked_at
from planner.store.table_shapes import shape_of, words


def impossible_values() -> Iterator[str]:
    """The rows of facts that cannot be, a line each: table, row and column, nothing that stands in them.

    Inside a transaction, once every value is of the right kind.
    """
    for table in t.FACTS:
        name, columns = shape_of(table).name, looked_at(shape_of(table).name)
        # Half a million people somebody knows are a uid each, not eleven values.
        for _, row in rows_of(table, columns=columns and {"id", *columns}):
            try:
                wrong = check(name, row)
            except Refused:
                # What the refusal says may quote what stands there.
                wrong = "it holds a rhythm, a repeat or a field that is none"
            if wrong:
                yield f"{words(table)} {row.get('id', row['uid'])}: {wrong}"
