"""Every table, in an order in which rows can be written: parents before children."""

from __future__ import annotations

from planner.store.tables.base import Table
from planner.store.tables.book import BOOK, BookStateTable
from planner.store.tables.derived import DERIVED
from planner.store.tables.evidence import EVIDENCE, WatchedStateTable
from planner.store.tables.inbox import InboxFileTable, InboxLineTable
from planner.store.tables.interactions import InteractionTable, ParticipationTable
from planner.store.tables.journal import ForgottenTable, JournalChangeTable, JournalTable, MetaTable
from planner.store.tables.moves import MovedTable
from planner.store.tables.people import (
    AcquaintanceTable,
    AddressTable,
    CircleTable,
    ContactDateTable,
    ContactTable,
    DoubtTable,
    IdentityTable,
    MembershipTable,
    NewcomerTable,
    ThroughTable,
)
from planner.store.tables.reciprocity import (
    FavorTable,
    IntroductionTable,
    NeedForTable,
    NeedTable,
    NotTheseTable,
    NudgeTable,
    PostTable,
    ToldTable,
)
from planner.store.tables.rhythm import (
    ChosenDayTable,
    FollowUpDoneTable,
    FollowUpTable,
    PauseTable,
    SkipTable,
    SnoozeTable,
)

FACTS: tuple[type[Table], ...] = (
    CircleTable, ContactTable, IdentityTable, AddressTable, MembershipTable, ContactDateTable, AcquaintanceTable,
    InteractionTable, ParticipationTable, FollowUpTable, FollowUpDoneTable, FavorTable, NeedTable, NeedForTable,
    PostTable, ToldTable, IntroductionTable, ThroughTable, NotTheseTable, DoubtTable, NewcomerTable, NudgeTable,
    SnoozeTable, SkipTable, ChosenDayTable, PauseTable, InboxLineTable, *EVIDENCE, *BOOK,
)  # fmt: skip
"""Every journaled table."""
ALL: tuple[type[Table], ...] = (
    MetaTable, *FACTS, *DERIVED, MovedTable, InboxFileTable, JournalTable, JournalChangeTable, ForgottenTable,
    WatchedStateTable, BookStateTable,
)  # fmt: skip
