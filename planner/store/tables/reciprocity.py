"""The tables of favors, needs and introductions."""

from __future__ import annotations

from peewee import SQL, CharField, Check, ForeignKeyField, IntegerField, TextField

from planner.store.tables.base import CivilDateField, FactTable
from planner.store.tables.people import ContactTable


class FavorTable(FactTable):
    """An entry of the ledger."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    direction = CharField()
    kind = CharField()
    state = CharField(index=True)
    note = TextField(default="")
    asked_on = CivilDateField(null=True)
    due_on = CivilDateField(null=True)
    done_on = CivilDateField(null=True, index=True)
    thanked_on = CivilDateField(null=True)
    told_on = CivilDateField(null=True)
    closed_on = CivilDateField(null=True)
    way_out = CharField(default="")
    way_out_note = TextField(default="")
    need_id = IntegerField(null=True, index=True)
    """The need for which an ask was made."""
    introduction_id = IntegerField(null=True)
    """The introduction that was given."""
    version = IntegerField(default=1)
    home_by = CivilDateField(null=True)
    """The day a loan should be returned."""
    home_on = CivilDateField(null=True)
    """The day it was returned."""
    occasion = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """The occasion of a gift, such as "birthday"; empty for any other favor, or if it is not known."""
    not_about_on = CivilDateField(null=True)
    """Letters of theirs up to this day were about something else."""

    class Meta:
        # Never a bare no: a declined request names a way out, in words.
        constraints = (
            Check(
                "NOT (direction = 'given' AND state IN ('declined', 'alternative'))"
                " OR (way_out <> '' AND trim(way_out_note) <> '')"
            ),
        )
        # The help given and received by each person is counted from this index alone.
        indexes = ((("contact", "direction", "state"), False),)


# Few favors have a given step: each index holds only these.
for _column in (FavorTable.thanked_on, FavorTable.told_on, FavorTable.closed_on, FavorTable.home_on):
    FavorTable.add_index(_column, where=_column.is_null(False), name=f"favor_{_column.name}")


class NudgeTable(FactTable):
    """A reminder sent about an ask."""

    favor = ForeignKeyField(FavorTable, backref="+", on_delete="CASCADE")
    on = CivilDateField(index=True)


class NeedTable(FactTable):
    """Something I am looking for."""

    title = TextField()
    why = TextField(default="")
    wanted_by = CivilDateField(null=True)
    created_on = CivilDateField()
    closed_on = CivilDateField(null=True)
    outcome = TextField(default="")
    version = IntegerField(default=1)
    who = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """People who might know: people, companies, trades, in words."""


class NeedForTable(FactTable):
    """The contact whose need it is; a need without such a row is mine."""

    need = ForeignKeyField(NeedTable, backref="+", on_delete="CASCADE", unique=True)
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")


class PostTable(FactTable):
    """A public post about a need, for example on LinkedIn: every reader of the channel could have seen it."""

    need = ForeignKeyField(NeedTable, backref="+", on_delete="CASCADE")
    channel = CharField()
    text = TextField(default="")
    on = CivilDateField()


class ToldTable(FactTable):
    """The state of a contact with a need: heard of, told, asked, helped, passed on, declined. No row: untold."""

    need = ForeignKeyField(NeedTable, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    state = CharField()
    on = CivilDateField(index=True)
    passed_to = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="SET NULL")
    favor = ForeignKeyField(FavorTable, null=True, backref="+", on_delete="SET NULL")
    heard_on = CivilDateField(null=True)
    """The day they heard how it went."""
    let_be_on = CivilDateField(null=True)
    """The day it was decided that they need not hear how it went."""
    not_about_on = CivilDateField(null=True)
    """Letters of theirs up to this day were about something else."""
    heard_from_id = IntegerField(null=True, index=True)
    """The contact who passed the need on to them."""

    class Meta:
        # People told, due news and people still to hear are counted from the second index alone.
        indexes = ((("need", "contact"), True), (("need", "state", "on", "heard_on", "let_be_on"), False))


class IntroductionTable(FactTable):
    """Two contacts whom I introduce; each is asked before they meet."""

    one = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    note = TextField(default="")
    created_on = CivilDateField()
    one_answer = CharField(default="")
    """"" (not asked yet), "asked", "yes", "no" or "later"."""
    one_on = CivilDateField(null=True)
    other_answer = CharField(default="")
    other_on = CivilDateField(null=True)
    made_on = CivilDateField(null=True)
    worked_on = CivilDateField(null=True)
    closed_on = CivilDateField(null=True)
    version = IntegerField(default=1)


class NotTheseTable(FactTable):
    """A match that was turned down: the two are never proposed again."""

    one = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    other = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    on = CivilDateField()

    class Meta:
        indexes = ((("one", "other"), True),)
