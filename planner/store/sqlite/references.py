"""References from row to row, checked once for all rows of a verb.

While foreign keys are enforced, SQLite looks in each table that could hold some for rows that refer to a deleted one,
row by row: for 30,000 people a million times, which is four fifths of the time that deleting them takes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from peewee import Database

from planner.errors import StoreError
from planner.store.sqlite.statements import Key, fetch, fetch_about, runs_of


class Dangling(StoreError):
    """A row refers to one that does not exist: the transaction must not be kept."""

    def __init__(self, table: str) -> None:
        super().__init__(f"A row of {table} refers to one that is gone: not saved")


class Reference(NamedTuple):
    """A column that holds the keys of rows in another table."""

    table: str
    column: str
    to: str
    key: str
    """The key of `table`."""
    goes_along: bool
    """Whether a row is deleted with the row to which it refers."""


class Unchecked:
    """The rows that one transaction deletes and writes while foreign keys are not enforced."""

    def __init__(self) -> None:
        self._deleted: dict[str, list[Sequence[Key]]] = defaultdict(list)
        self._written: dict[str, set[Key]] = defaultdict(set)
        self._again: dict[str, set[Key]] = defaultdict(set)
        """The numbers of rows that were deleted and perhaps inserted again."""

    def deleted(self, table: str, keys: Sequence[Key]) -> None:
        """Note rows that were deleted."""
        self._deleted[table].append(keys)
        if table in self._again:
            self._again[table].difference_update(keys)

    def written(self, table: str, key: Key) -> None:
        """Note a row that was inserted or changed."""
        self._written[table].add(key)
        if table in self._deleted:
            self._again[table].add(key)

    def delete_along(self, database: Database, others: Collection[str]) -> None:
        """Delete rows that belong to deleted ones, in every table but the `others`."""
        for one, first, last in self._perhaps_dangling(database):
            if one.goes_along and one.table not in others:
                fetch(database, f'DELETE FROM "{one.table}" WHERE "{one.column}" BETWEEN ? AND ?', (first, last))

    def check(self, database: Database) -> None:
        """Raise `Dangling` if a row refers to a deleted one, or a written row to one that does not exist."""
        for one, first, last in self._perhaps_dangling(database):
            there = f'SELECT 1 FROM "{one.table}" WHERE "{one.column}" BETWEEN ? AND ? LIMIT 1'
            if fetch(database, there, (first, last)):
                raise Dangling(one.table)
        for one in references(database):
            missing = f"""SELECT 1 FROM "{one.table}" x WHERE "{one.key}" IN ({{keys}}) AND "{one.column}" IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM "{one.to}" WHERE id = x."{one.column}")"""
            if fetch_about(database, missing, self._written.get(one.table, ())):
                raise Dangling(one.table)

    def _perhaps_dangling(self, database: Database) -> Iterator[tuple[Reference, int, int]]:
        """The references to tables that lost rows, with each run of the keys that these had."""
        runs = {table: without(runs_of(keys), self._again.get(table, ())) for table, keys in self._deleted.items()}
        return ((one, *run) for one in references(database) for run in runs.get(one.to, ()))


def references(database: Database) -> list[Reference]:
    """Every reference of the schema; all are to numbers named `id`."""
    rows = fetch(
        database,
        """SELECT t.name, f."from", f."table", p.name, f.on_delete = 'CASCADE' FROM sqlite_schema t
        JOIN pragma_foreign_key_list(t.name) f JOIN pragma_table_info(t.name) p ON p.pk = 1 WHERE t.type = 'table'""",
    )
    return [Reference(*row) for row in rows]


def without(runs: Iterable[tuple[int, int]], keys: Iterable[Key]) -> list[tuple[int, int]]:
    """Runs without some keys."""
    gaps, left = sorted(key for key in keys if isinstance(key, int)), list[tuple[int, int]]()
    for begin, last in runs:
        first = begin
        for gap in gaps[bisect_left(gaps, first) : bisect_right(gaps, last)]:
            left += [(first, gap - 1)] if first < gap else []
            first = gap + 1
        left += [(first, last)] if first <= last else []
    return left
