"""The tables of follow-ups, and of what was put off: snoozed, left out, moved to a day, paused."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from planner.store.tables.base import CivilDateField, FactTable
from planner.store.tables.people import ContactTable


class FollowUpTable(FactTable):
    """A dated to-do about a contact; `on` is the anchor of its repeater."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    text = TextField()
    on = CivilDateField()
    repeat = TextField(default="")
    closed_on = CivilDateField(null=True)
    version = IntegerField(default=1)


class FollowUpDoneTable(FactTable):
    """One round of a follow-up, done or left out on a day."""

    follow_up = ForeignKeyField(FollowUpTable, backref="+", on_delete="CASCADE")
    on = CivilDateField(index=True)
    due = CivilDateField(null=True)
    skipped = BooleanField(null=True)
    """Whether the round was left out."""


class SnoozeTable(FactTable):
    """An agenda item is hidden until a day."""

    item = CharField(index=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    until = CivilDateField()
    made_on = CivilDateField()
    made_for = TextField(default="")
    """The key of the cadence for a rhythm, the due date as ISO text for any other item: void when this changes."""


class SkipTable(FactTable):
    """One round of a rhythm was left out, on a day."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    on = CivilDateField()


class ChosenDayTable(FactTable):
    """The day of the week plan chosen by hand for an item, while its due date stays what it was."""

    item = CharField(unique=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    day = CivilDateField()
    for_due = CivilDateField()


class PauseTable(FactTable):
    """The pause of everyone: one row while it lasts."""

    until = CivilDateField()
