"""The journal, the digests of forgotten people, and notes about the database itself."""

from __future__ import annotations

from peewee import AutoField, CharField, ForeignKeyField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, Table


class MetaTable(Table):
    """Notes about the database itself: the settings it was derived under, sessions, the last backup."""

    key = CharField(primary_key=True)
    value = TextField()


class JournalTable(Table):
    """One verb: its sentence, and whether it is done or undone."""

    id = AutoField()
    verb = CharField()
    summary = TextField()
    made_at = TextField()
    made_on = CivilDateField(null=True)
    """The civil date of the verb's today."""
    state = CharField(default="done")
    """ "done", "undone", or "running" while a long verb (an import) is still writing."""
    session = CharField(default="")


class JournalChangeTable(Table):
    """One row that a verb wrote: the row before, and after an undo also the row it had written."""

    id = AutoField()
    journal = ForeignKeyField(JournalTable, backref="+", on_delete="CASCADE")
    table_name = CharField()
    row = TextField()
    before = TextField(null=True)
    after = TextField(null=True)


class ForgottenTable(Table):
    """The digest of a key of a forgotten person, so that an import does not bring the person back."""

    digest = CharField(primary_key=True)

    class Meta:
        table_settings = BY_KEY
