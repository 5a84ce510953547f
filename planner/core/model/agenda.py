"""Open items, and the week they are planned in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planner.core.records import record

HEAR = "hear"
"""What the item of a closed need asks: everyone who was told is to hear how it went."""
ANSWERED = "answered"
"""What the item of an ask, or of somebody told of a need, asks: they wrote since, was that the answer?"""
EVERYONE = "everyone told"
"""What stands in the place of a name where an item is about everyone told of a need."""


class ItemKind(StrEnum):
    """What kind of open thing an agenda item is."""

    CADENCE = "cadence"
    DATE = "date"
    FOLLOWUP = "followup"
    PROMISE = "promise"
    REQUEST = "request"
    ASK = "ask"
    THANKS = "thanks"
    OUTCOME = "outcome"
    INTRODUCTION = "introduction"
    PLANNED = "planned"
    ANSWER = "answer"
    NEED = "need"
    LOAN = "loan"


class State(StrEnum):
    """Where a contact's keep-in-touch item stands today."""

    NONE = "none"
    FINE = "fine"
    SOON = "soon"
    DUE = "due"
    LATE = "late"
    SNOOZED = "snoozed"
    PLANNED = "planned"
    PAUSED = "paused"


@record(frozen=True, slots=True)
class OpenItem:
    """One open thing about one contact, independent of today; a row of the derived table."""

    id: str
    kind: ItemKind
    contact_id: int
    due: date
    worst: date | None = None
    ideal_days: int | None = None
    """Length of the rhythm in days; only for keep-in-touch."""
    last_contact: date | None = None
    hidden_until: date | None = None
    """A snooze or a wait after an attempt: not shown while today is before it."""
    paused_until: date | None = None
    planned_on: date | None = None
    """The day of a planned interaction that stands for this item until it is settled."""
    planned_from: date | None = None
    """The plan stands for this item from this day on: one far ahead only once it is near. None: always."""
    chosen_day: date | None = None
    """The day chosen by hand in the week plan."""
    working_days: bool = False
    asks: str = ""
    """A question the item carries beside itself: "attempts", "snoozes", "rest", `HEAR`, `ANSWERED`, or nothing."""
    text: str = ""
    contact_name: str = ""
    starts: str = ""
    """When a plan begins on its day, in my time zone: "09:30"; empty where no hour is known."""
    settled_on: date | None = None
    """The day the item was done; None for an open one."""
    done_as: str = ""
    """The word for a done item where the word of its kind would be wrong: "lent", "let be"."""


@record(frozen=True, slots=True)
class Term:
    """One named part of an urgency."""

    name: str
    value: float


@record(frozen=True, slots=True)
class AgendaItem:
    """An open item in its place in the week."""

    item: OpenItem
    planned: date
    overdue_days: int
    urgency: float
    terms: tuple[Term, ...]
    state: State
    why: str
    joined: bool = False
    """A rhythm that joins a fixed item of the same person on its day, and takes no place of its own."""
    asked: bool = False
    """A plan whose day and hour have come: whether it happened is asked."""


@record(frozen=True, slots=True)
class Day:
    """One day of a week plan; `load` counts the open and done items that take a place, of `capacity` places."""

    on: date
    load: int
    done: int
    capacity: int
    dates: int


@record(frozen=True, slots=True)
class SeenCount:
    """How many people were seen since a day, and how many names in sources ask whose they are."""

    since: date
    people: int
    names: int = 0


@record(frozen=True, slots=True)
class Agenda:
    """A week: its open items in order, what was done in it, how many more can wait, and what is there to read.

    `to_read` counts lines of the inbox, `to_decide` what both sides of an address book changed, or who is gone from it;
    `seen` tells what was seen since the list of it was looked at.
    """

    today: date
    start: date
    end: date
    items: tuple[AgendaItem, ...]
    done: tuple[AgendaItem, ...]
    waiting: int
    days: tuple[Day, ...]
    to_read: int = 0
    to_decide: int = 0
    seen: SeenCount | None = None
    crowded: tuple[date, ...] = ()
    """Days before today on which more was done than is read at once: nothing that was done on them is in `done`."""
    next_hour: str = ""
    """When the next plan of today begins ("09:30"), so that from then on it is asked about; empty where none does."""


@record(frozen=True, slots=True)
class Hidden:
    """How many people are hidden from the agenda, by what hides them; each counts once for each way.

    `first_back` and `last_back` are the ends of the pauses; 9999-12-31 is no end.
    """

    snoozed: int = 0
    paused: int = 0
    planned: int = 0
    first_back: date | None = None
    last_back: date | None = None

    def __bool__(self) -> bool:
        return bool(self.snoozed or self.paused or self.planned)
