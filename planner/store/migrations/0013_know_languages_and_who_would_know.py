"""Contacts have the language and tone to write to them in, needs the people who might know."""

from __future__ import annotations

from typing import Any

COLUMNS = (("contact", "language"), ("contact", "tone"), ("need", "who"))


def up(migrator: Any, database: Any) -> None:
    """Create the columns; nothing has filled them so far."""
    for table, column in COLUMNS:
        database.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" TEXT NOT NULL DEFAULT \'\'')
