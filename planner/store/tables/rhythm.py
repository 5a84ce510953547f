"""The tables of follow-ups, and of postponed items: snoozes, skips, chosen days, pauses."""

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
    """One round of a follow-up, done or skipped on a day."""

    follow_up = ForeignKeyField(FollowUpTable, backref="+", on_delete="CASCADE")
    on = CivilDateField(index=True)
    due = CivilDateField(null=True)
    skipped = BooleanField(null=True)
    """Whether the round was skipped."""


class SnoozeTable(FactTable):
    """An agenda item is hidden until a day."""

    item = CharField(index=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    until = CivilDateField()
    made_on = CivilDateField()
    made_for = TextField(default="")
    """For a rhythm the key of its cadence, else the due date as ISO text; when this changes the snooze is void."""


class SkipTable(FactTable):
    """A skipped round of a rhythm, on a day."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    on = CivilDateField()


class ChosenDayTable(FactTable):
    """A day of the week plan chosen by hand for an item; valid while its due date is the same."""

    item = CharField(unique=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    day = CivilDateField()
    for_due = CivilDateField()


class PauseTable(FactTable):
    """The pause of everyone: one row while it lasts."""

    until = CivilDateField()
