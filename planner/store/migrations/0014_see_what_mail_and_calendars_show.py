"""Mailboxes, calendars, call logs and chats are watched, and lines written elsewhere wait until they are clear.

Interactions say whether they come from evidence, and open items know the hour of a meeting.
"""

from __future__ import annotations

from typing import Any

from peewee import (
    SQL,
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    DateField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from planner.store.sqlite import BY_KEY, NumberedField
from planner.store.tables.base import CivilDateField

COLUMNS = (
    'ALTER TABLE "interaction" ADD COLUMN "seen" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE "interaction" ADD COLUMN "waits" INTEGER',
    # The day up to which their letters were not about the ask or the need.
    'ALTER TABLE "favor" ADD COLUMN "not_about_on" DATE',
    'ALTER TABLE "told" ADD COLUMN "not_about_on" DATE',
)
HOURS = (
    'ALTER TABLE "evidence" ADD COLUMN "starts" VARCHAR(255) NOT NULL DEFAULT \'\'',
    'ALTER TABLE "due_item" ADD COLUMN "starts" VARCHAR(255) NOT NULL DEFAULT \'\'',
)
"""When a meeting begins; for open items it is derived again."""


class PersonSeen(Model):  # type: ignore[misc]
    """A contact, reduced to what the new tables refer to."""

    class Meta:
        table_name = "contact"


class EvidenceKey(Model):  # type: ignore[misc]
    """The key of all digests."""

    id = NumberedField()
    uid = CharField(unique=True)
    value = CharField()

    class Meta:
        legacy_table_names = False


class WatchedPlace(Model):  # type: ignore[misc]
    """A source that is read."""

    id = NumberedField()
    uid = CharField(unique=True)
    path = TextField()
    kind = CharField()
    mode = CharField(default="answered")
    all_day = BooleanField(default=False)
    free = BooleanField(default=False)
    added_on = CivilDateField()
    removed_on = CivilDateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "watched"
        legacy_table_names = False


class Evidence(Model):  # type: ignore[misc]
    """One trace."""

    id = NumberedField()
    uid = CharField(unique=True)
    watched = ForeignKeyField(WatchedPlace, backref="+", on_delete="CASCADE")
    digest = CharField(index=True)
    kind = CharField()
    contact = ForeignKeyField(PersonSeen, null=True, backref="+", on_delete="CASCADE")
    on = CivilDateField(null=True)
    at = IntegerField(default=0)
    answers = CharField(default="", constraints=[SQL("DEFAULT ''")])
    interaction_id = IntegerField(null=True, index=True)
    found_on = CivilDateField()
    refused_on = CivilDateField(null=True)


Evidence.add_index(Evidence.answers, where=Evidence.answers != "", name="evidence_answers")


class EvidenceMode(Model):  # type: ignore[misc]
    """What counts as contact with one person."""

    id = NumberedField()
    uid = CharField(unique=True)
    contact = ForeignKeyField(PersonSeen, backref="+", on_delete="CASCADE")
    watched = ForeignKeyField(WatchedPlace, null=True, backref="+", on_delete="CASCADE")
    mode = CharField()

    class Meta:
        legacy_table_names = False


class KnownAs(Model):  # type: ignore[misc]
    """The owner of a name in a source."""

    id = NumberedField()
    uid = CharField(unique=True)
    kind = CharField()
    value = TextField()
    name = TextField(default="")
    times = IntegerField(default=0)
    contact = ForeignKeyField(PersonSeen, null=True, backref="+", on_delete="CASCADE")
    mine = BooleanField(default=False)
    said_on = CivilDateField(null=True)

    class Meta:
        legacy_table_names = False


class WatchedState(Model):  # type: ignore[misc]
    """The state of reading a source."""

    watched = ForeignKeyField(WatchedPlace, backref="+", on_delete="CASCADE")
    name = CharField()
    value = BlobField()

    class Meta:
        primary_key = CompositeKey("watched", "name")
        legacy_table_names = False
        table_settings = BY_KEY


class InboxLine(Model):  # type: ignore[misc]
    """A waiting line."""

    id = NumberedField()
    uid = CharField(unique=True)
    text = TextField()
    on = DateField()
    source = TextField(default="")
    problem = TextField(default="")

    class Meta:
        legacy_table_names = False


class InboxFile(Model):  # type: ignore[misc]
    """The content of a file when it was last read."""

    name = CharField(primary_key=True)
    modified = FloatField()
    lines = TextField()

    class Meta:
        legacy_table_names = False
        table_settings = BY_KEY


TABLES = (EvidenceKey, WatchedPlace, Evidence, EvidenceMode, KnownAs, WatchedState, InboxLine, InboxFile)


def up(migrator: Any, database: Any) -> None:
    """Create the columns and the tables; existing interactions were written by a person."""
    for statement in COLUMNS:
        database.execute_sql(statement)
    with database.bind_ctx([PersonSeen, *TABLES]):
        database.create_tables(TABLES, safe=False)
    for statement in HOURS:
        database.execute_sql(statement)
