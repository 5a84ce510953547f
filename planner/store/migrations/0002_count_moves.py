"""Calendars are told how often the day of an item was changed."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Create the table of moves; earlier moves are not known."""
    database.execute_sql(
        """CREATE TABLE "moved" ("item" VARCHAR(255) NOT NULL PRIMARY KEY, "contact_id" INTEGER NOT NULL,
        "times" INTEGER NOT NULL, "at" TEXT NOT NULL,
        FOREIGN KEY ("contact_id") REFERENCES "contact" ("id") ON DELETE CASCADE) WITHOUT ROWID"""
    )
    database.execute_sql('CREATE INDEX "moved_contact_id" ON "moved" ("contact_id")')
