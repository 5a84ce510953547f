"""The tables of the inbox: lines that wait, and what its files held."""

from __future__ import annotations

from peewee import CharField, FloatField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, FactTable, Table


class InboxLineTable(FactTable):
    """A line written elsewhere for the capture line, which waits until a person says what it means.

    `on` is the civil day it was written, `source` the name of its file, `problem` what was not clear in it.
    """

    text = TextField()
    on = CivilDateField()
    source = TextField(default="")
    problem = TextField(default="")


class InboxFileTable(Table):
    """What a file of the inbox held when it was read last, so that no line is taken twice.

    Neither a fact nor derived: undo of what its lines brought does not make them unread. `name` is the digest of the
    name of the file, `lines` the digests of its lines, `modified` the instant in seconds when it was written.
    """

    name = CharField(primary_key=True)
    modified = FloatField()
    lines = TextField()

    class Meta:
        table_settings = BY_KEY
