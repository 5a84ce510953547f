"""Contacts have nicknames, and are found by them."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Give contacts a nickname; nothing has told it so far."""
    database.execute_sql("ALTER TABLE \"contact\" ADD COLUMN \"nickname\" TEXT NOT NULL DEFAULT ''")
    database.execute_sql("CREATE INDEX \"contact_nickname\" ON \"contact\" (\"nickname\") WHERE (\"nickname\" <> '')")
