"""The tables of the inbox: waiting lines, and the content of its files."""

from __future__ import annotations

from peewee import CharField, FloatField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, FactTable, Table


class InboxLineTable(FactTable):
    """A line written elsewhere for the capture line, which waits until a person says what it means.

    `on` is the civil day it was written, `source` the name of its file, `problem` what was unclear in it.
    """

    text = TextField()
    on = CivilDateField()
    source = TextField(default="")
    problem = TextField(default="")


class InboxFileTable(Table):
    """The content of an inbox file when it was last read, so that no line is taken twice.

    Neither a fact nor derived: undoing the effect of its lines does not make them unread. `name` is the digest of the
    file's name, `lines` the digests of its lines, `modified` the instant in seconds when it was written.
    """

    name = CharField(primary_key=True)
    modified = FloatField()
    lines = TextField()

    class Meta:
        table_settings = BY_KEY
