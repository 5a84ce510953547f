"""Whom to tell of a need is found by the words of what they are, offer and live in, the rarest words first.

Who can be told of a need, and how often each person gave and received, is counted without reading everybody.
"""

from __future__ import annotations

from typing import Any

from peewee import CharField, CompositeKey, ForeignKeyField, Model

from planner.store.sqlite import BY_KEY

INDEXES = (
    """CREATE INDEX "contact_left_alone" ON "contact" ("id") WHERE ("status" <> 'active' OR "mode" = 'never')""",
    'CREATE INDEX "favor_contact_id_direction_state" ON "favor" ("contact_id", "direction", "state")',
)


class WordyPerson(Model):  # type: ignore[misc]
    """A person, as far as the new table points at one."""

    class Meta:
        table_name = "contact"


class ContactWord(Model):  # type: ignore[misc]
    """The stem of a word of what somebody is, offers or lives in."""

    word = CharField()
    contact = ForeignKeyField(WordyPerson, backref="+", on_delete="CASCADE", index=True)

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("word", "contact")
        table_settings = BY_KEY


def up(migrator: Any, database: Any) -> None:
    """Make the table, which is filled with the other derived tables after the step, and the indexes."""
    with database.bind_ctx([WordyPerson, ContactWord]):
        database.create_tables([ContactWord], safe=False)
    for index in INDEXES:
        database.execute_sql(index)
