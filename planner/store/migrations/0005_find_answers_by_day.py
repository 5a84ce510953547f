"""An index of messages by the day they were answered: this week's are found without reading a whole season."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Create the index; existing rows do not change."""
    database.execute_sql('CREATE INDEX "interaction_answered_on" ON "interaction" ("answered_on")')
