"""The tables of the store: facts, the journal, and what is derived from facts.

Only modules of `planner.store` see these models; frozen values of `planner.core.model` leave it.
"""

from planner.store.tables.base import CivilDateField, Table, database_proxy, using
from planner.store.tables.derived import DERIVED, ContactSummary, DueItem, Moved
from planner.store.tables.facts import (
    FACTS,
    Acquaintance,
    Address,
    ChosenDay,
    Circle,
    Contact,
    ContactDate,
    Doubt,
    Favor,
    FollowUp,
    FollowUpDone,
    Identity,
    Interaction,
    Introduction,
    Membership,
    Need,
    Newcomer,
    NotThese,
    Nudge,
    Participation,
    Pause,
    Skip,
    Snooze,
    Told,
)
from planner.store.tables.journal import Forgotten, Journal, JournalChange, Meta

ALL: tuple[type[Table], ...] = (Meta, *FACTS, *DERIVED, Moved, Journal, JournalChange, Forgotten)

__all__ = [
    "ALL",
    "DERIVED",
    "FACTS",
    "Acquaintance",
    "Address",
    "ChosenDay",
    "Circle",
    "CivilDateField",
    "Contact",
    "ContactDate",
    "ContactSummary",
    "Doubt",
    "DueItem",
    "Favor",
    "FollowUp",
    "FollowUpDone",
    "Forgotten",
    "Identity",
    "Interaction",
    "Introduction",
    "Journal",
    "JournalChange",
    "Membership",
    "Meta",
    "Moved",
    "Need",
    "Newcomer",
    "NotThese",
    "Nudge",
    "Participation",
    "Pause",
    "Skip",
    "Snooze",
    "Table",
    "Told",
    "database_proxy",
    "using",
]
