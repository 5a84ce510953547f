"""Statements and their rows, and the bare connection where Peewee has no word for what is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from peewee import Database


def fetch(
    database: Database, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """Run a statement and give its rows, none for one that only writes."""
    rows: list[tuple[Any, ...]] = database.execute_sql(statement, parameters).fetchall()
    return rows


def run_many(database: Database, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement once for each row of parameters; far faster than one by one."""
    database.cursor().executemany(statement, rows)


def connection(database: Database) -> sqlite3.Connection:
    """The connection of an open database."""
    bare: sqlite3.Connection = database.connection()
    return bare
