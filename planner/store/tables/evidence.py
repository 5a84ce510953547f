"""The tables of evidence: watched sources, what was seen there, and what a person said about it.

No text of a letter, an event or a chat is kept: only a digest, a person, a day and a time.
"""

from __future__ import annotations

from peewee import SQL, BlobField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from planner.store.sqlite import BY_KEY
from planner.store.tables.base import CivilDateField, FactTable, Table
from planner.store.tables.people import ContactTable


class EvidenceKeyTable(FactTable):
    """The random key of all evidence digests, one row: without it nobody can test what a digest stands for."""

    value = CharField()
    """64 hexadecimal digits."""


class WatchedTable(FactTable):
    """A source of evidence: a mailbox, a calendar, a call log, a chat, or a folder of these."""

    path = TextField()
    kind = CharField()
    """The kind of its reader, such as "maildir"."""
    mode = CharField(default="answered")
    """What counts as contact there, unless set for a person, see `planner.core.evidence.judgement.WhatCounts`."""
    all_day = BooleanField(default=False)
    """Whether all-day events count."""
    free = BooleanField(default=False)
    """Whether events that do not block time count."""
    added_on = CivilDateField()
    removed_on = CivilDateField(null=True)
    """The day it was taken off the list; its traces stay and still refer to it."""
    version = IntegerField(default=1)


class EvidenceTable(FactTable):
    """One trace of a contact, or of nobody if it only decides about other traces.

    See `planner.core.evidence.traces.Trace`.
    """

    watched = ForeignKeyField(WatchedTable, backref="+", on_delete="CASCADE")
    digest = CharField(index=True)
    """The keyed digest of the id of the letter, event, call or chat."""
    kind = CharField()
    contact = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="CASCADE")
    on = CivilDateField(null=True)
    at = IntegerField(default=0)
    """Seconds since 1970; for an event its end."""
    answers = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """The keyed digest of the letter it answers, or of the writer in a chat."""
    interaction_id = IntegerField(null=True, index=True)
    """The interaction based on it. If that was deleted by hand, the trace is ignored."""
    found_on = CivilDateField()
    refused_on = CivilDateField(null=True)
    """The day a person said that the interaction was none."""
    starts = CharField(default="", constraints=[SQL("DEFAULT ''")])
    """When a meeting begins, "09:30" in my time zone; empty for anything else, or if it is not known."""


EvidenceTable.add_index(EvidenceTable.answers, where=EvidenceTable.answers != "", name="evidence_answers")


class EvidenceModeTable(FactTable):
    """What counts as contact with one person, in one source or in all of them."""

    contact = ForeignKeyField(ContactTable, backref="+", on_delete="CASCADE")
    watched = ForeignKeyField(WatchedTable, null=True, backref="+", on_delete="CASCADE")
    mode = CharField()


class KnownAsTable(FactTable):
    """A name or an address in a source that identifies nobody by itself, and its owner once a person named one."""

    kind = CharField()
    value = TextField()
    name = TextField(default="")
    """The name as the source shows it."""
    times = IntegerField(default=0)
    """The number of days on which it was seen."""
    contact = ForeignKeyField(ContactTable, null=True, backref="+", on_delete="CASCADE")
    mine = BooleanField(default=False)
    said_on = CivilDateField(null=True)
    """The day a person named its owner; with neither a contact nor `mine` it is nobody's."""


class WatchedStateTable(Table):
    """The state of reading a source, in a form of its reader: no fact, neither undone nor exported."""

    watched = ForeignKeyField(WatchedTable, backref="+", on_delete="CASCADE")
    name = CharField()
    value = BlobField()

    class Meta:
        primary_key = CompositeKey("watched", "name")
        table_settings = BY_KEY


EVIDENCE: tuple[type[Table], ...] = (EvidenceKeyTable, WatchedTable, EvidenceTable, EvidenceModeTable, KnownAsTable)
"""The journaled tables of evidence, parents before children."""
