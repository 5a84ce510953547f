"""Messages by the day they were answered: what was done this week is found without reading a season of them."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Make the index; nothing that is there changes."""
    database.execute_sql('CREATE INDEX "interaction_answered_on" ON "interaction" ("answered_on")')
