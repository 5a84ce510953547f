"""Open items, and the week they are planned in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planner.core.records import record

HEAR = "hear"
"""The question of a closed need's item: everyone who was told should hear how it went."""
ANSWERED = "answered"
"""The question of an ask, or of somebody told of a need: they wrote since; was that the answer?"""
EVERYONE = "everyone told"
"""Replaces the name in an item about everyone told of a need."""


class ItemKind(StrEnum):
    """The kind of an open item on the agenda."""

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
    """The state of a contact's keep-in-touch item today."""

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
    """One open item about one contact, independent of today; a row of the derived table."""

    id: str
    kind: ItemKind
    contact_id: int
    due: date
    worst: date | None = None
    ideal_days: int | None = None
    """The rhythm in days; only for keep-in-touch."""
    last_contact: date | None = None
    hidden_until: date | None = None
    """The end of a snooze, or of the wait after an attempt: the item is hidden while today is earlier."""
    paused_until: date | None = None
    planned_on: date | None = None
    """The day of a planned interaction that replaces this item until it is settled."""
    planned_from: date | None = None
    """From this day on the plan replaces the item: a far one only once it is near. None: always."""
    chosen_day: date | None = None
    """The day chosen by hand in the week plan."""
    working_days: bool = False
    asks: str = ""
    """A further question of the item: "attempts", "snoozes", "rest", `HEAR`, `ANSWERED`, or empty."""
    text: str = ""
    contact_name: str = ""
    starts: str = ""
    """When a plan begins on its day, in my time zone: "09:30"; empty if no hour is known."""
    settled_on: date | None = None
    """The day the item was done; None for an open one."""
    done_as: str = ""
    """The word for a done item, if the word of its kind would be wrong: "lent", "let be"."""


@record(frozen=True, slots=True)
class Term:
    """One named term of an urgency."""

    name: str
    value: float


@record(frozen=True, slots=True)
class AgendaItem:
    """An open item placed in the week."""

    item: OpenItem
    planned: date
    overdue_days: int
    urgency: float
    terms: tuple[Term, ...]
    state: State
    why: str
    joined: bool = False
    """Whether this rhythm joins a fixed item of the same person on its day, and takes no place of its own."""
    asked: bool = False
    """Whether this is a plan whose day and hour have come, so that the item asks whether it happened."""


@record(frozen=True, slots=True)
class Day:
    """One day of a week plan; `load` counts the open and done items that take one of its `capacity` places."""

    on: date
    load: int
    done: int
    capacity: int
    dates: int


@record(frozen=True, slots=True)
class SeenCount:
    """How many people were seen since a day, and for how many names in sources the owner is asked."""

    since: date
    people: int
    names: int = 0


@record(frozen=True, slots=True)
class Agenda:
    """A week: its open items in order, the items done in it, how many more can wait, and what there is to read.

    `to_read` counts lines of the inbox, `to_decide` questions from address books (changes on both sides, deleted
    cards); `seen` counts what was seen since its list was last opened.
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
    """Days before today with more done items than are read at once: `done` has none of these days."""
    next_hour: str = ""
    """When today's next plan begins ("09:30"); from then on it is asked about. Empty if there is none."""


@record(frozen=True, slots=True)
class Hidden:
    """How many people are hidden from the agenda, by the reason; each person counts once for each reason.

    `first_back` and `last_back` are the earliest and the latest end of the pauses; 9999-12-31 means no end.
    """

    snoozed: int = 0
    paused: int = 0
    planned: int = 0
    first_back: date | None = None
    last_back: date | None = None

    def __bool__(self) -> bool:
        return bool(self.snoozed or self.paused or self.planned)
