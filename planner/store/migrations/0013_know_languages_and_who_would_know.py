"""Contacts say in which language and tone they are written to, needs who would know."""

from __future__ import annotations

from typing import Any

COLUMNS = (("contact", "language"), ("contact", "tone"), ("need", "who"))


def up(migrator: Any, database: Any) -> None:
    """Make the columns; nothing has told them so far."""
    for table, column in COLUMNS:
        database.execute_sql(f"ALTER TABLE \"{table}\" ADD COLUMN \"{column}\" TEXT NOT NULL DEFAULT ''")
