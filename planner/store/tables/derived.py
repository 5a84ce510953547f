"""What is derived from facts, and how often it was moved."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from planner.store.tables.base import CivilDateField, Table
from planner.store.tables.facts import Contact


class DueItem(Table):
    """Derived: one row for each open item, independent of today. Never a source of truth."""

    id = CharField(primary_key=True)
    kind = CharField()
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE", index=True)
    due = CivilDateField()
    worst = CivilDateField(null=True)
    ideal_days = IntegerField(null=True)
    last_contact = CivilDateField(null=True)
    hidden_until = CivilDateField(null=True)
    paused_until = CivilDateField(null=True)
    planned_on = CivilDateField(null=True)
    chosen_day = CivilDateField(null=True)
    working_days = BooleanField(default=False)
    asks = CharField(default="")
    text = TextField(default="")

    class Meta:
        without_rowid = True
        # The most urgent of each length of round; and the count of visible ones, read from the index alone.
        indexes = (
            (("kind", "ideal_days", "due"), False),
            (("kind", "due", "hidden_until", "paused_until", "planned_on"), False),
        )


# Few items have a day chosen by hand: an index of those alone, so that finding them reads no others.
DueItem.add_index(DueItem.kind, where=DueItem.chosen_day.is_null(False), name="due_item_chosen")


class ContactSummary(Table):
    """Derived: what the contacts list shows and sorts by, one row a contact."""

    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE", primary_key=True)
    last_contact = CivilDateField(null=True, index=True)
    due = CivilDateField(null=True, index=True)
    rhythm = TextField(default="")
    circles = TextField(default="")
    loops = IntegerField(default=0)


class Moved(Table):
    """How often the day of an open item has been changed, and when it was changed last; calendars ask for it.

    Neither a fact nor derived: it goes on counting through undo and redo, for a calendar has seen what was undone.
    """

    item = CharField(primary_key=True)
    contact = ForeignKeyField(Contact, backref="+", on_delete="CASCADE", index=True)
    times = IntegerField(default=0)
    at = TextField()
    """An instant in UTC."""

    class Meta:
        without_rowid = True


DERIVED: tuple[type[Table], ...] = (DueItem, ContactSummary)
