"""The tables of evidence: what is watched, what was seen there, and what was said about it.

No text of a letter, an event or a chat is kept: of what was seen a digest, a person, a day and a time remain.
"""

from __future__ import annotations

from peewee import SQL, BlobField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, FactTable, Table
from planner.store.tables.people import ContactTable


class EvidenceKeyTable(FactTable):
    """The random key of all digests of evidence, one row: without it nobody can try out what a digest stands for."""

    value = CharField()
    """64 hexadecimal digits."""


class WatchedTable(FactTable):
    """A place that is read for evidence: a mailbox, a calendar, a call log, a chat, or a folder of these."""

    path = TextField()
    kind = CharField()
    """The kind of its reader, such as "maildir"."""
    mode = CharField(default="answered")
    """What counts as contact there for whom nothing else was said, see `planner.core.evidence.judgement.WhatCounts`."""
    all_day = BooleanField(default=False)
    """Whether events of whole days count."""
    free = BooleanField(default=False)
    """Whether events count that do not block time."""
    added_on = CivilDateField()
    removed_on = CivilDateField(null=True)
    """The day it was taken off the list: what was seen there stays, and still names it."""
    version = IntegerField(default=1)


class EvidenceTable(FactTable):
    """One trace of a contact, or of nobody where it decides about the traces of others.

    See `planner.core.evidence.traces.Trace`.
    """

    watched = ForeignKeyField(WatchedTable, backref="+", on_delete="CASCADE")
    digest = CharField(index=True)
    """The keyed digest of the id of what was seen."""
    kind = CharField()
    contact = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="CASCADE")
    on = CivilDateField(null=True)
    at = IntegerField(default=0)
    """Seconds since 1970; of an event its end."""
    answers = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """The keyed digest of what it answers, or of who wrote in a chat."""
    interaction_id = IntegerField(null=True, index=True)
    """The interaction that rests on it. One that is gone was deleted by hand: the trace counts no more."""
    found_on = CivilDateField()
    refused_on = CivilDateField(null=True)
    """The day it was said: not this."""
    starts = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """When a meeting begins, "09:30" in my time zone; empty for anything else, and where it is not known."""


EvidenceTable.add_index(EvidenceTable.answers, where=EvidenceTable.answers != "", name="evidence_answers")


class EvidenceModeTable(FactTable):
    """What counts as contact for one person, in one source or in all of them."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    watched = ForeignKeyField(WatchedTable, null=True, backref="+", on_delete="CASCADE")
    mode = CharField()


class KnownAsTable(FactTable):
    """A name or an address of a source that nobody can be told by alone, and whose it is once that was said."""

    kind = CharField()
    value = TextField()
    name = TextField(default="")
    """The name as the source shows it."""
    times = IntegerField(default=0)
    """On how many days it was seen."""
    contact = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="CASCADE")
    mine = BooleanField(default=False)
    said_on = CivilDateField(null=True)
    """The day it was said whose it is; with neither a contact nor `mine` it is nobody's."""


class WatchedStateTable(Table):
    """What was read of a source, in the words of its reader: no fact, and neither undone nor given out."""

    watched = ForeignKeyField(WatchedTable, backref="+", on_delete="CASCADE")
    name = CharField()
    value = BlobField()

    class Meta:
        primary_key = CompositeKey("watched", "name")
        table_settings = BY_KEY


EVIDENCE: tuple[type[Table], ...] = (EvidenceKeyTable, WatchedTable, EvidenceTable, EvidenceModeTable, KnownAsTable)
"""The journaled tables of evidence, parents before children."""
