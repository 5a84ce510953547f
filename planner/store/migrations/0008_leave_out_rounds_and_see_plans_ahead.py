"""A round of a follow-up can be skipped; a plan far ahead replaces a rhythm only once it is near."""

from __future__ import annotations

from typing import Any

from planner.store.sqlite.steps import BY_KEY_ALONE, COUNTED_KEY, remake_table

ROUNDS = f"""{COUNTED_KEY}, "uid" VARCHAR(255) NOT NULL, "follow_up_id" INTEGER NOT NULL, "on" DATE NOT NULL,
"due" DATE, "skipped" INTEGER, FOREIGN KEY ("follow_up_id") REFERENCES "follow_up" ("id") ON DELETE CASCADE"""
STATEMENTS = (
    'CREATE UNIQUE INDEX "follow_up_done_uid" ON "follow_up_done" ("uid")',
    'CREATE INDEX "follow_up_done_follow_up_id" ON "follow_up_done" ("follow_up_id")',
    'CREATE INDEX "follow_up_done_on" ON "follow_up_done" ("on")',
    'DROP TABLE "due_item"',
    f"""CREATE TABLE "due_item" ("id" VARCHAR(255) NOT NULL PRIMARY KEY, "kind" VARCHAR(255) NOT NULL,
    "contact_id" INTEGER NOT NULL, "due" DATE NOT NULL, "worst" DATE, "ideal_days" INTEGER, "last_contact" DATE,
    "hidden_until" DATE, "paused_until" DATE, "planned_on" DATE, "planned_from" DATE, "chosen_day" DATE,
    "working_days" INTEGER NOT NULL, "asks" VARCHAR(255) NOT NULL, "text" TEXT NOT NULL,
    FOREIGN KEY ("contact_id") REFERENCES "contact" ("id") ON DELETE CASCADE) {BY_KEY_ALONE}""",
    'CREATE INDEX "due_item_contact_id" ON "due_item" ("contact_id")',
    'CREATE INDEX "due_item_kind_ideal_days_due" ON "due_item" ("kind", "ideal_days", "due")',
    'CREATE INDEX "due_item_kind_ideal_days_worst_due" ON "due_item" ("kind", "ideal_days", "worst", "due")',
    """CREATE INDEX "due_item_visible"
    ON "due_item" ("kind", "due", "hidden_until", "paused_until", "planned_on", "planned_from")""",
    'CREATE INDEX "due_item_chosen" ON "due_item" ("kind") WHERE ("chosen_day" IS NOT NULL)',
)


def up(migrator: Any, database: Any) -> None:
    """Add the column to the rounds, and rebuild the table of open items empty: it is derived again."""
    remake_table(database, "follow_up_done", ROUNDS, ("id", "uid", "follow_up_id", "on", "due"))
    for statement in STATEMENTS:
        database.execute_sql(statement)
