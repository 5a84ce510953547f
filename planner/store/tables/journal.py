"""The journal, whoever was forgotten, and notes about the database itself."""

from __future__ import annotations

from peewee import AutoField, CharField, ForeignKeyField, TextField

from planner.store.tables.base import CivilDateField, Table


class Meta(Table):
    """Facts about the database itself: settings it was derived under, sessions, last backup."""

    key = CharField(primary_key=True)
    value = TextField()


class Journal(Table):
    """One user verb: what it said, and whether it stands or is undone."""

    id = AutoField()
    verb = CharField()
    summary = TextField()
    made_at = TextField()
    made_on = CivilDateField(null=True)
    """The civil date the verb was given as today."""
    state = CharField(default="done")
    """"done", "undone", or "running" while a long verb (an import) is still writing."""
    session = CharField(default="")


class JournalChange(Table):
    """One row that a verb wrote: its image before, and its image after once it was undone."""

    id = AutoField()
    journal = ForeignKeyField(Journal, backref="+", on_delete="CASCADE")
    table_name = CharField()
    row = TextField()
    before = TextField(null=True)
    after = TextField(null=True)


class Forgotten(Table):
    """A tombstone: a digest of a key of someone forgotten, so that an import does not bring them back."""

    digest = CharField(primary_key=True)

    class Meta:
        without_rowid = True
