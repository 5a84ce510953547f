"""The words of the planner as frozen values: what the store returns and the rules compute with.

All dates are civil dates (`datetime.date`); intervals are in days unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, time
from enum import StrEnum

from planner.core.records import record


class Mode(StrEnum):
    """How a contact is kept in touch with."""

    RHYTHM = "rhythm"
    OCCASION = "occasion"
    NEVER = "never"


class Status(StrEnum):
    """Whether a contact is part of the living network."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    DECEASED = "deceased"


class Outcome(StrEnum):
    """What became of an interaction."""

    REACHED = "reached"
    ATTEMPT = "attempt"
    PLANNED = "planned"


class Direction(StrEnum):
    """Who reached out in an interaction."""

    ME = "me"
    THEM = "them"
    BOTH = "both"


class FavorDirection(StrEnum):
    """Whether I help (given) or am helped (received)."""

    GIVEN = "given"
    RECEIVED = "received"


class FavorState(StrEnum):
    """The states of a favor: asked → promised → done → thanked → told, or a way out."""

    ASKED = "asked"
    PROMISED = "promised"
    DONE = "done"
    ALTERNATIVE = "alternative"
    DECLINED = "declined"
    THANKED = "thanked"
    TOLD = "told"
    RESTED = "rested"


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


CHANNELS = ("call", "coffee", "meal", "mail", "message", "meeting", "letter", "video", "event", "visit", "other")
WRITTEN_CHANNELS = frozenset({"mail", "message", "letter"})
FAVOR_KINDS = (
    "introduction", "advice", "referral", "reference", "information",
    "feedback", "time", "loan", "gift", "other",
)  # fmt: skip
WAYS_OUT = ("later", "smaller", "introduce", "resource", "advice", "network")
FOREVER = date(9999, 12, 31)
"""The end of a pause or a hiding without an end."""


@record(frozen=True, slots=True)
class Settings:
    """The numbers a person may set; every one has the default of the design."""

    week_start: int = 0
    """First day of the week, 0 is Monday."""
    day_starts_at: time = time(4)
    daily_capacity: int = 5
    weekend: frozenset[int] = frozenset({5, 6})
    days_off: frozenset[date] = frozenset()
    date_order: str | None = None
    """How `01/02` is read: "dmy", "mdy" or None, which refuses it."""
    leap_birthday: str = "feb28"
    """When 29 February is kept in other years: "feb28" or "mar1"."""
    soon_days: int = 3
    attempt_days: int = 7
    request_days: int = 2
    answer_days: int = 2
    promise_days: int = 7
    nudge_days: int = 7
    nudges: int = 2
    thanks_days: int = 2
    outcome_days: int = 14
    date_lead_days: int = 7
    date_belated_days: int = 7
    introduction_days: int = 5
    """After how many days a side of an introduction that was asked is asked again."""
    worked_days: int = 28
    """After how many days an introduction that was made is asked after."""
    later_days: int = 28
    """When an answer "later" without a date comes back."""


@record(frozen=True, slots=True)
class CircleCadence:
    """What a circle means for one member: its cadence, since when for this member, and its pause."""

    name: str
    cadence: str | None = None
    since: date | None = None
    """The later of the day the circle's cadence was set and the day the contact joined."""
    paused_until: date | None = None


@record(frozen=True, slots=True)
class Snooze:
    """A hiding of one rhythm until a day, made on a day for a cadence (see `EffectiveCadence.key`)."""

    id: int
    until: date
    made_on: date
    made_for: str = ""


@record(frozen=True, slots=True)
class RhythmFacts:
    """Every fact the keep-in-touch date of one contact is derived from."""

    contact_id: int
    uid: str
    mode: Mode = Mode.RHYTHM
    status: Status = Status.ACTIVE
    cadence: str | None = None
    """The contact's own cadence text; None inherits from the circles, "none" means no cadence."""
    cadence_since: date | None = None
    circles: tuple[CircleCadence, ...] = ()
    spread: bool = False
    """Came in with an import of many: a first due date is spread over the interval."""
    returned_on: date | None = None
    """The day the contact came back from the archive or from another mode."""
    paused_until: date | None = None
    reached: tuple[date, ...] = ()
    attempts: tuple[date, ...] = ()
    """Days I tried and had no answer."""
    planned: tuple[date, ...] = ()
    """Days of the interactions that are planned and not yet settled."""
    snoozes: tuple[Snooze, ...] = ()
    skips: tuple[date, ...] = ()


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
    """A planned interaction stands for this item until it is settled."""
    chosen_day: date | None = None
    """The day chosen by hand in the week plan."""
    working_days: bool = False
    asks: str = ""
    """A question the item carries beside itself: "attempts", "snoozes", "rest", or nothing."""
    text: str = ""
    contact_name: str = ""
    settled_on: date | None = None
    """Only for what is done already: the day it was done."""


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


@record(frozen=True, slots=True)
class Day:
    """One day of a week plan; `load` counts open and done items, `capacity` is how many are meant to fit."""

    on: date
    load: int
    done: int
    capacity: int
    dates: int


@record(frozen=True, slots=True)
class Agenda:
    """A week: its open items in order, what was done in it, and how many more can wait."""

    today: date
    start: date
    end: date
    items: tuple[AgendaItem, ...]
    done: tuple[AgendaItem, ...]
    waiting: int
    days: tuple[Day, ...]
    overdue_rhythms: int = 0


@record(frozen=True, slots=True)
class Cell:
    """A labelled way to reach someone: an e-mail, a phone number or an address on the web."""

    value: str
    label: str = ""


@record(frozen=True, slots=True)
class ContactDate:
    """A day in the year that matters for a contact; the year may be unknown."""

    id: int
    contact_id: int
    kind: str
    """"birthday", "anniversary" or a label of one's own."""
    month: int
    day: int
    year: int | None = None
    contact_name: str = ""
    deceased: bool = False


@record(frozen=True, slots=True)
class Acquaintance:
    """A knows B: B is a contact, or only a name."""

    id: int
    contact_id: int
    other_id: int | None
    name: str
    relation: str = ""
    company: str = ""
    topic: str = ""


@record(frozen=True, slots=True)
class Interaction:
    """Something that happened, was tried or is planned on a civil date."""

    id: int
    on: date
    channel: str
    direction: Direction
    outcome: Outcome
    note: str = ""
    contacts: tuple[tuple[int, str], ...] = ()
    """(id, name) of everyone in it."""
    answered_on: date | None = None
    version: int = 1


@record(frozen=True, slots=True)
class FollowUp:
    """A dated to-do about a contact; `repeat` is an org repeater or an RRULE, `on` its anchor."""

    id: int
    contact_id: int
    text: str
    on: date
    repeat: str = ""
    done_on: tuple[date, ...] = ()
    closed_on: date | None = None
    version: int = 1


@record(frozen=True, slots=True)
class Favor:
    """An entry of the ledger."""

    id: int
    contact_id: int
    direction: FavorDirection
    kind: str
    state: FavorState
    note: str = ""
    asked_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    thanked_on: date | None = None
    told_on: date | None = None
    closed_on: date | None = None
    """The day it was declined, rested or answered with something else."""
    way_out: str = ""
    way_out_note: str = ""
    nudges: tuple[date, ...] = ()
    contact_name: str = ""
    version: int = 1
    need_id: int | None = None
    introduction_id: int | None = None


@record(frozen=True, slots=True)
class Contact:
    """A person, with what a card or a form shows."""

    id: int
    uid: str
    name: str
    company: str = ""
    title: str = ""
    city: str = ""
    mode: Mode = Mode.RHYTHM
    status: Status = Status.ACTIVE
    source: str = ""
    looking_for: str = ""
    offers: str = ""
    notes: str = ""
    cadence: str | None = None
    cadence_since: date | None = None
    paused_until: date | None = None
    created_on: date | None = None
    circles: tuple[str, ...] = ()
    emails: tuple[Cell, ...] = ()
    phones: tuple[Cell, ...] = ()
    urls: tuple[Cell, ...] = ()
    dates: tuple[ContactDate, ...] = ()
    acquaintances: tuple[Acquaintance, ...] = ()
    version: int = 1
    met_on: date | None = None
    """Since when one knows the person, where a source tells."""


@record(frozen=True, slots=True)
class ContactRow:
    """One line of the contacts list."""

    id: int
    name: str
    company: str = ""
    circles: tuple[str, ...] = ()
    rhythm: str = ""
    last_contact: date | None = None
    due: date | None = None
    state: State = State.NONE
    loops: int = 0


@record(frozen=True, slots=True)
class ImportedDate:
    """A day in the year read from a file; `raw` is what the file said."""

    kind: str
    month: int
    day: int
    year: int | None = None
    raw: str = ""


@record(frozen=True, slots=True)
class ImportedFavor:
    """Help that a source tells of; `key` is the same whenever the source tells of it again."""

    key: str
    direction: FavorDirection
    kind: str
    on: date | None = None
    note: str = ""


@record(frozen=True, slots=True)
class ImportedContact:
    """A person as one record of a file says, cleaned of control characters.

    `keys` are strong identities such as "vcard:UID", "linkedin:slug" or "monica:uuid"; `file` and
    `line` (from 1) say where the record began; `remarks` name what was guessed or left out.
    """

    name: str
    source: str
    keys: tuple[str, ...] = ()
    company: str = ""
    title: str = ""
    city: str = ""
    emails: tuple[Cell, ...] = ()
    phones: tuple[Cell, ...] = ()
    urls: tuple[Cell, ...] = ()
    dates: tuple[ImportedDate, ...] = ()
    circles: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    """(relation, name) of people this person knows."""
    notes: str = ""
    nickname: str = ""
    met_on: date | None = None
    """The day the connection was made, where the source tells."""
    dated_on: date | None = None
    """How current company and title are, where the source tells."""
    file: str = ""
    line: int = 0
    remarks: tuple[str, ...] = ()
    deceased: bool = False
    """The source says that the person has died."""
    last_contact_on: date | None = None
    """The latest day the two of us were in touch, where the source tells."""
    cadence: str = ""
    """A rhythm of their own, as a spec such as "4w/6w" or "none"; empty where the source knows none."""
    cadence_since: date | None = None
    looking_for: str = ""
    offers: str = ""
    mode: str = ""
    """One of `Mode`, or "" where the source does not tell."""
    archived: bool = False
    favors: tuple[ImportedFavor, ...] = ()


@record(frozen=True, slots=True)
class Rejected:
    """A record that could not be taken, and why."""

    file: str
    line: int
    reason: str


@record(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do; `ambiguous` counts those of the added who may be known already."""

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    skipped: int = 0
    rejected: tuple[Rejected, ...] = ()
    remarks: tuple[str, ...] = ()
    examples: tuple[str, ...] = field(default=())
    """A few of the names that were or would be added."""
    stopped: bool = False
    """The person stopped it; nothing of it was kept."""
