"""A book tells rhythms where that is wished, and knows the last sync that stands: one that was undone is noticed."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Give books what they tell and the number of their last sync."""
    database.execute_sql('ALTER TABLE "book" ADD COLUMN "tells_rhythm" INTEGER NOT NULL DEFAULT 0')
    database.execute_sql('ALTER TABLE "book" ADD COLUMN "taken" INTEGER NOT NULL DEFAULT 0')
