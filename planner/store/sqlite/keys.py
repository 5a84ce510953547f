"""Keys that the database counts: no number is used twice in the life of a file."""

from __future__ import annotations

from collections.abc import Sequence
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


def insert_numbered(
    database: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[int]:
    """Insert rows without their keys, and return the new keys in order; inside a write transaction."""
    keys: list[int] = []
    at_once = max(1, PARAMETERS // len(columns))
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        statement = _statement(table, tuple(columns), len(some))
        last = database.execute_sql(statement, list(chain.from_iterable(some))).lastrowid
        # No other session writes meanwhile, and a statement numbers its rows consecutively.
        keys.extend(range(last - len(some) + 1, last + 1))
    return keys


@lru_cache(maxsize=256)
def _statement(table: str, columns: tuple[str, ...], count: int) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = f"({', '.join('?' * len(columns))})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([marks] * count)}'
