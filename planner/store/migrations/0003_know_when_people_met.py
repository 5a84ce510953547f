"""The day since when I know somebody, as address books and networks tell it."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Add the day one met a contact; nothing has told it so far."""
    database.execute_sql('ALTER TABLE "contact" ADD COLUMN "met_on" DATE')
