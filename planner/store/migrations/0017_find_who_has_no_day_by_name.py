"""Indexes for listing people without a day by name and for the days of steps; the number of texts with each letter."""

from __future__ import annotations

from collections import Counter
from typing import Any

from peewee import CharField, IntegerField, Model

from planner.store.sqlite import BY_KEY

STEPS = ("thanked_on", "told_on", "closed_on", "home_on")
STATEMENTS = (
    'ALTER TABLE "contact_summary" ADD COLUMN "by_name" TEXT',
    'CREATE INDEX "contact_summary_by_name" ON "contact_summary"'
    ' ("by_name", "contact_id", "last_contact", "due", "loops")',
    *(f'CREATE INDEX "favor_{step}" ON "favor" ("{step}") WHERE ("{step}" IS NOT NULL)' for step in STEPS),
    'CREATE INDEX "contact_date_settled_on" ON "contact_date" ("settled_on") WHERE ("settled_on" IS NOT NULL)',
    'CREATE INDEX "nudge_on" ON "nudge" ("on")',
    'CREATE INDEX "told_on" ON "told" ("on")',
)
TEXTS = "SELECT text FROM contact_text"


class ContactLetter(Model):  # type: ignore[misc]
    """The number of search texts that contain a letter."""

    letter = CharField(primary_key=True)
    texts = IntegerField()

    class Meta:
        legacy_table_names = False
        table_settings = BY_KEY


def up(migrator: Any, database: Any) -> None:
    """Make the column, the indexes and the table, and count the letters; deriving all again fills in the names."""
    with database.bind_ctx([ContactLetter]):
        database.create_tables([ContactLetter], safe=False)
    for statement in STATEMENTS:
        database.execute_sql(statement)
    counts: Counter[str] = Counter()
    for (text,) in database.execute_sql(TEXTS):
        counts.update(set(text))
    for letter, count in counts.items():
        database.execute_sql("INSERT INTO contact_letter (letter, texts) VALUES (?, ?)", (letter, count))
