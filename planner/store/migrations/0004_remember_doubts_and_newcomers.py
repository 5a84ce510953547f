"""Pairs who may be the same person or were confirmed as two, and newcomers from files who wait for a decision."""

from __future__ import annotations

from typing import Any

TABLES = (
    'CREATE TABLE "doubt" ("id" INTEGER NOT NULL PRIMARY KEY, "one_id" INTEGER NOT NULL,'
    ' "other_id" INTEGER NOT NULL, "why" VARCHAR(255) NOT NULL, "found_on" DATE NOT NULL, "apart_on" DATE,'
    ' FOREIGN KEY ("one_id") REFERENCES "contact" ("id") ON DELETE CASCADE,'
    ' FOREIGN KEY ("other_id") REFERENCES "contact" ("id") ON DELETE CASCADE)',
    'CREATE INDEX "doubt_one_id" ON "doubt" ("one_id")',
    'CREATE INDEX "doubt_other_id" ON "doubt" ("other_id")',
    'CREATE UNIQUE INDEX "doubt_one_id_other_id" ON "doubt" ("one_id", "other_id")',
    'CREATE TABLE "newcomer" ("id" INTEGER NOT NULL PRIMARY KEY, "contact_id" INTEGER NOT NULL,'
    ' "came_on" DATE NOT NULL, "said_on" DATE,'
    ' FOREIGN KEY ("contact_id") REFERENCES "contact" ("id") ON DELETE CASCADE)',
    'CREATE UNIQUE INDEX "newcomer_contact_id" ON "newcomer" ("contact_id")',
)


def up(migrator: Any, database: Any) -> None:
    """Create the two tables; existing rows do not change."""
    for statement in TABLES:
        database.execute_sql(statement)
