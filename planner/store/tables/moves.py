"""The count of moves, for calendars."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import Table
from planner.store.tables.people import ContactTable


class MovedTable(Table):
    """How often the day of an open item was changed, and when last: a calendar needs both to accept an update.

    Neither a fact nor derived: undo and redo count too, since a calendar may have seen the undone state.
    """

    item = CharField(primary_key=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", index=True)
    times = IntegerField(default=0)
    at = TextField()
    """An instant in UTC."""

    class Meta:
        table_settings = BY_KEY
