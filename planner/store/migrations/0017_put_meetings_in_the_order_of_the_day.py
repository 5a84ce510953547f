"""Open items know their hour: meetings of one day stand in its order, and are asked about from then on."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Give open items an hour; it is derived anew."""
    database.execute_sql("ALTER TABLE \"due_item\" ADD COLUMN \"starts\" VARCHAR(255) NOT NULL DEFAULT ''")
