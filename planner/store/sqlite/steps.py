"""For schema steps: rebuilds a table, with its rows and the count of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.store.sqlite.statements import fetch

if TYPE_CHECKING:
    from peewee import SqliteDatabase

COUNTED_KEY = '"id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT'
"""A key that the database counts, without reusing a number."""
BY_KEY_ALONE = "WITHOUT ROWID"
"""Follows the columns of a table with a key of its own."""


def remake_table(database: SqliteDatabase, name: str, columns: str, kept: Sequence[str]) -> None:
    """Rebuild a table with a counted key from the SQL of its columns; `kept` are the columns whose values stay.

    Its indexes are gone afterwards. Used numbers are not used again.
    """
    listed = ", ".join(f'"{column}"' for column in kept)
    last = fetch(database, "SELECT seq FROM sqlite_sequence WHERE name = ?", (name,))
    fetch(database, f'CREATE TABLE "{name}_new" ({columns})')
    fetch(database, f'INSERT INTO "{name}_new" ({listed}) SELECT {listed} FROM "{name}"')
    fetch(database, f'DROP TABLE "{name}"')
    fetch(database, f'ALTER TABLE "{name}_new" RENAME TO "{name}"')
    fetch(database, "DELETE FROM sqlite_sequence WHERE name = ?", (name,))
    for (number,) in last:
        fetch(database, "INSERT INTO sqlite_sequence VALUES (?, ?)", (name, number))
