"""Rows with values of the right type that the rules cannot use, such as a rhythm without a meaning."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Refused
from planner.store import tables as t
from planner.store.snapshot import rows_of
from planner.store.snapshot_checks import check, looked_at, suspects
from planner.store.table_shapes import shape_of, words


def impossible_values() -> Iterator[str]:
    """Each fact with an impossible value, as a line: table, row and column, never the value itself.

    Inside a transaction, after every value was found to be of the right kind.
    """
    for table in t.FACTS:
        name, columns = shape_of(table).name, looked_at(shape_of(table).name)
        suspected = suspects(name, shape_of(table).columns)
        # Half a million acquaintances are looked over by the database, not read.
        for _, row in rows_of(table, f"WHERE {suspected}" if suspected else "", columns=columns and {"id", *columns}):
            try:
                wrong = check(name, row)
            except Refused:
                # The words of the refusal may quote the value.
                wrong = "it holds a rhythm, a repeat or a field that is none"
            if wrong:
                yield f"{words(table)} {row.get('id', row['uid'])}: {wrong}"
