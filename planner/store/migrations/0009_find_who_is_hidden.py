"""People who are snoozed, paused or planned are found without reading everybody."""

from __future__ import annotations

from typing import Any

COLUMNS = ("hidden_until", "paused_until", "planned_on")


def up(migrator: Any, database: Any) -> None:
    """Index the few open items that are hidden."""
    for column in COLUMNS:
        database.execute_sql(
            f'CREATE INDEX "due_item_{column}" ON "due_item" ("{column}") WHERE ("{column}" IS NOT NULL)'
        )
