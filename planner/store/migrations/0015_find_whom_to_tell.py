"""People to tell of a need are found by the words of their work, offers and town, the rarest words first.

The people who can be told of a need, the help each gave and received, and the people told or still to hear are counted
without reading everybody. Everyone who heard of a need has the person it came from: one person may pass it on to
several.
"""

from __future__ import annotations

from typing import Any

from peewee import CharField, CompositeKey, ForeignKeyField, Model

from planner.store.sqlite import BY_KEY

INDEXES = (
    """CREATE INDEX "contact_left_alone" ON "contact" ("id") WHERE ("status" <> 'active' OR "mode" = 'never')""",
    'CREATE INDEX "favor_contact_id_direction_state" ON "favor" ("contact_id", "direction", "state")',
    'CREATE INDEX "told_heard_from_id" ON "told" ("heard_from_id")',
    'CREATE INDEX "told_need_id_state_on_heard_on_let_be_on"'
    ' ON "told" ("need_id", "state", "on", "heard_on", "let_be_on")',
)
HEARD_FROM = 'ALTER TABLE "told" ADD COLUMN "heard_from_id" INTEGER'
WHO_PASSED_IT_ON = (
    'UPDATE "told" SET "heard_from_id" = (SELECT "by"."contact_id" FROM "told" AS "by"'
    ' WHERE "by"."need_id" = "told"."need_id" AND "by"."passed_to_id" = "told"."contact_id"'
    ' ORDER BY "by"."id" LIMIT 1)'
    ' WHERE "contact_id" IN (SELECT "passed_to_id" FROM "told")'
)


class WordyPerson(Model):  # type: ignore[misc]
    """A contact, reduced to what the new table refers to."""

    class Meta:
        table_name = "contact"


class ContactWord(Model):  # type: ignore[misc]
    """The stem of a word from somebody's work, offers or town."""

    word = CharField()
    contact = ForeignKeyField(WordyPerson, backref="+", on_delete="CASCADE", index=True)

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("word", "contact")
        table_settings = BY_KEY


def up(migrator: Any, database: Any) -> None:
    """Create the table, which is filled with the other derived tables after the step, the column and the indexes.

    The column is filled with the person known to have passed a need on.
    """
    with database.bind_ctx([WordyPerson, ContactWord]):
        database.create_tables([ContactWord], safe=False)
    for statement in (HEARD_FROM, *INDEXES, WHO_PASSED_IT_ON):
        database.execute_sql(statement)
