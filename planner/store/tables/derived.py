"""The derived tables."""

from __future__ import annotations

from peewee import SQL, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, Table
from planner.store.tables.people import ContactTable


class DueItemTable(Table):
    """Derived: one row for each open item, independent of today. Never a source of truth."""

    id = CharField(primary_key=True)
    kind = CharField()
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", index=True)
    due = CivilDateField()
    worst = CivilDateField(null=True)
    ideal_days = IntegerField(null=True)
    last_contact = CivilDateField(null=True)
    hidden_until = CivilDateField(null=True)
    paused_until = CivilDateField(null=True)
    planned_on = CivilDateField(null=True)
    planned_from = CivilDateField(null=True)
    chosen_day = CivilDateField(null=True)
    working_days = BooleanField(default=False)
    asks = CharField(default="")
    text = TextField(default="")
    starts = CharField(default="", constraints=[SQL("DEFAULT ''")])

    class Meta:
        table_settings = BY_KEY
        # The most urgent of each length of round, and those of them that turn late on a day.
        indexes = ((("kind", "ideal_days", "due"), False), (("kind", "ideal_days", "worst", "due"), False))


# The count of visible items is read from this index alone.
DueItemTable.add_index(
    *(DueItemTable.kind, DueItemTable.due, DueItemTable.hidden_until),
    *(DueItemTable.paused_until, DueItemTable.planned_on, DueItemTable.planned_from),
    name="due_item_visible",
)
# Few items are hidden: each reason has an index of those items alone.
for _column in (DueItemTable.hidden_until, DueItemTable.paused_until, DueItemTable.planned_on):
    DueItemTable.add_index(_column, where=_column.is_null(False), name=f"due_item_{_column.name}")
# Few items have a chosen day: an index of these items alone.
DueItemTable.add_index(DueItemTable.kind, where=DueItemTable.chosen_day.is_null(False), name="due_item_chosen")


class ContactSummaryTable(Table):
    """Derived: the columns for sorting the contacts list, one row for each contact."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", primary_key=True)
    last_contact = CivilDateField(null=True, index=True)
    due = CivilDateField(null=True, index=True)
    rhythm = TextField(default="")
    circles = TextField(default="")
    loops = IntegerField(default=0)
    by_name = TextField(null=True)
    """The folded name; None for the archived, who are in no list."""
    recent = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    """The days of contact up to the last one, as bits; see `core.rhythm.recent`."""


# People without a last contact, a due date or a loop are found by name in this index alone, however far down the list.
ContactSummaryTable.add_index(
    *(ContactSummaryTable.by_name, ContactSummaryTable.contact),
    *(ContactSummaryTable.last_contact, ContactSummaryTable.due, ContactSummaryTable.loops),
    name="contact_summary_by_name",
)

# Most people were reached on one day lately: the index holds only the others.
ContactSummaryTable.add_index(
    *(ContactSummaryTable.last_contact, ContactSummaryTable.recent),
    where=ContactSummaryTable.recent > SQL("1"),
    name="contact_summary_recent",
)


class WishWordTable(Table):
    """Derived: the things that contacts look for (side 0) and offer (side 1), each under its key."""

    word = CharField()
    side = IntegerField()
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", index=True)

    class Meta:
        primary_key = CompositeKey("word", "side", "contact")
        table_settings = BY_KEY


class ContactWordTable(Table):
    """Derived: the stems of contacts' work, offers and towns, for finding people to tell of a need."""

    word = CharField()
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE", index=True)

    class Meta:
        primary_key = CompositeKey("word", "contact")
        table_settings = BY_KEY


class ContactLetterTable(Table):
    """Derived: how many search texts of contacts contain each letter."""

    letter = CharField(primary_key=True)
    texts = IntegerField()

    class Meta:
        table_settings = BY_KEY


DERIVED: tuple[type[Table], ...] = (
    DueItemTable, ContactSummaryTable, WishWordTable, ContactWordTable, ContactLetterTable,
)  # fmt: skip
