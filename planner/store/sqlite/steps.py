"""What a step of the schema needs of SQLite: a table made anew, with its rows and the numbers it has counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.store.sqlite.statements import fetch

if TYPE_CHECKING:
    from peewee import SqliteDatabase

COUNTED_KEY = '"id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT'
"""A key that the database counts, giving no number twice."""
BY_KEY_ALONE = "WITHOUT ROWID"
"""After the columns of a table that has a key of its own."""


def remake_table(database: SqliteDatabase, name: str, columns: str, kept: Sequence[str]) -> None:
    """Make a table with a counted key anew from the SQL of its columns; `kept` are the columns whose values stay.

    Its indexes are gone. Numbers that were given once are not given again.
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
