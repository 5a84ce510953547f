"""Keys that the database counts: no number is used twice in the life of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from peewee import SQL, AutoField, Database, NodeList

BY_KEY = ("WITHOUT ROWID",)
"""The settings of a table whose key is not a number: SQLite keeps the rows in the order of the key."""
PARAMETERS = 900
"""Values in one statement: below the lowest limit of any version; more would not be faster."""


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
    # Powers of two, so that the statements for any number of rows are few, and each is prepared once.
    start, count = 0, 1 << (max(1, PARAMETERS // len(columns)).bit_length() - 1)
    while start < len(rows):
        while count > len(rows) - start:
            count //= 2
        statement = _statement(table, tuple(columns), count)
        values = list(chain.from_iterable(rows[start : start + count]))
        yield database.execute_sql(statement, values).lastrowid, count
        start += count


@lru_cache(maxsize=256)
def _statement(table: str, columns: tuple[str, ...], count: int) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = f"({', '.join('?' * len(columns))})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([marks] * count)}'
