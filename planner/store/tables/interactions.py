"""The tables of interactions and their participants."""

from __future__ import annotations

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from planner.store.tables.base import CivilDateField, FactTable
from planner.store.tables.people import ContactTable


class InteractionTable(FactTable):
    """Something that happened, was tried or is planned."""

    on = CivilDateField(index=True)
    channel = TextField(default="")
    direction = CharField(default="me")
    outcome = CharField(default="reached")
    note = TextField(default="")
    answered_on = CivilDateField(null=True, index=True)
    version = IntegerField(default=1)
    loop = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """The loop it was a step of: "v3" a favor, "n1" a need, "t2" an introduction; empty if none."""
    seen = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])
    """The version that evidence wrote. With any other version the interaction is a person's."""
    waits = BooleanField(null=True)
    """Whether their message or call asks for an answer, if evidence tells; None for a person's interaction."""


class ParticipationTable(FactTable):
    """A contact in an interaction."""

    interaction = ForeignKeyField(InteractionTable, backref="+", on_delete="CASCADE")
    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")

    class Meta:
        indexes = ((("interaction", "contact"), True),)
