"""Keys that the database counts: no number is used twice in the life of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from itertools import count as count_from
from typing import Any

from peewee import SQL, AutoField, Database, NodeList

BY_KEY = ("WITHOUT ROWID",)
"""The settings of a table whose key is not a number: SQLite keeps the rows in the order of the key."""
PARAMETERS = 900
"""Values in one statement: below the lowest limit of any version; more would not be faster."""
MANY = 64
"""From this many rows on it is looked for columns in which they do not differ."""


class NumberedField(AutoField):  # type: ignore[misc]
    """A key that counts from 1; the number of a deleted row is never reused."""

    def ddl(self, ctx: Any) -> Any:
        """The column as the table declares it: SQLite reuses numbers unless told not to."""
        return NodeList((super().ddl(ctx), SQL("AUTOINCREMENT")))


def insert_numbered(database: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert rows without their keys, and return the new keys in order; inside a write transaction."""
    keys: list[int] = []
    for last, count in _inserted(database, table, columns, rows):
        # No other session writes meanwhile, and a statement numbers its rows consecutively.
        keys.extend(range(last - count + 1, last + 1))
    return keys


def insert_rows(database: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows as they are; far faster than a statement for each. Inside a write transaction."""
    for _ in _inserted(database, table, columns, rows):
        pass


def _inserted(
    database: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Iterator[tuple[int, int]]:
    """Insert rows, dozens with a statement; yields (the number of the last row, the number of rows) of each."""
    names, differing, shared = tuple(columns), tuple(range(len(columns))), list[Any]()
    if len(rows) >= MANY and len(_differing(table, names, zip(*rows[:MANY], strict=True))) < len(columns):
        # Values that all rows share are given once: most columns of most people are empty.
        by_column = list(zip(*rows, strict=True))
        differing = _differing(table, names, by_column)
        shared = [values[0] for place, values in enumerate(by_column) if place not in differing]
        rows = list(zip(*(by_column[place] for place in differing), strict=True))
    # Powers of two, so that the statements for any number of rows are few, and each is prepared once.
    room = (PARAMETERS - len(shared)) // len(differing)
    start, count = 0, 1 << (max(1, room).bit_length() - 1)
    while start < len(rows):
        while count > len(rows) - start:
            count //= 2
        statement = _statement(table, names, differing, count)
        values = [*shared, *chain.from_iterable(rows[start : start + count])]
        yield database.execute_sql(statement, values).lastrowid, count
        start += count


_differed: dict[tuple[str, tuple[str, ...]], tuple[int, ...]] = {}
"""The places of the columns in which rows of a table differed so far: if they changed, so would the statements."""


def _differing(table: str, columns: tuple[str, ...], by_column: Iterable[Sequence[Any]]) -> tuple[int, ...]:
    """The places, in order, of the columns in which rows differ, or rows before them differed; at least one."""
    known = _differed.get((table, columns), (0,))
    if len(known) < len(columns):
        values_of = enumerate(by_column)
        more = [place for place, one in values_of if place not in known and one.count(one[0]) < len(one)]
        _differed[table, columns] = known = tuple(sorted((*known, *more)))
    return known


@lru_cache(maxsize=256)
def _statement(table: str, columns: tuple[str, ...], differing: tuple[int, ...], count: int) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    numbers, own = count_from(1), set(differing)
    shared = {place: next(numbers) for place in range(len(columns)) if place not in own}
    rows = (", ".join(f"?{shared.get(place) or next(numbers)}" for place in range(len(columns))) for _ in range(count))
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join(f"({row})" for row in rows)}'
