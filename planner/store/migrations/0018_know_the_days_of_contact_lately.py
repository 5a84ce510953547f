"""Summaries tell on which days of the last months people were reached, so that a forecast reads no interaction."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    'ALTER TABLE "contact_summary" ADD COLUMN "recent" INTEGER NOT NULL DEFAULT 0',
    'CREATE INDEX "contact_summary_recent" ON "contact_summary" ("last_contact", "recent") WHERE ("recent" > 1)',
)


def up(migrator: Any, database: Any) -> None:
    """Make the column and its index; they are filled when everything is derived again after the step."""
    for statement in STATEMENTS:
        database.execute_sql(statement)
