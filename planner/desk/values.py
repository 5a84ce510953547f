"""What the desk is given and what it gives back: frozen values for the command line and the screen."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import FIELDS
from planner.core.favors import Balance
from planner.core.model import (
    Contact,
    ContactRow,
    Favor,
    FollowUp,
    Interaction,
    OpenItem,
    State,
    Term,
)
from planner.core.records import record
from planner.core.rhythm.due import Rhythm

if TYPE_CHECKING:
    from planner.core.matching.recognition import Likeness
    from planner.core.needs import Need, Suggestion, Told
    from planner.core.network.matchmaking import Pair


class ContactDraft:
    """A contact as a person gives it, by the names of `contact_fields`.

    What is left out, or None, leaves a field as it is; an empty value empties it. Values are texts, tuples of texts
    for addresses and circles, and a date for `since`. `cadence` is a spec, "inherit" or "none"; `birthday` is
    `[YYYY-]MM-DD` as typed.
    """

    __slots__ = ("given",)

    def __init__(self, **given: Any) -> None:
        unknown = given.keys() - {one.name for one in FIELDS}
        if unknown:
            raise TypeError(f"a contact has no field {', '.join(sorted(unknown))}")
        self.given = {name: value for name, value in given.items() if value is not None}

    def get(self, name: str) -> Any:
        """What is given for a field; None where nothing is."""
        return self.given.get(name)


@record(frozen=True, slots=True)
class ItemRef:
    """An agenda item that is open, and whose it is."""

    id: str
    contact_id: int


@record(frozen=True, slots=True)
class Why:
    """Why a contact or an item stands where it stands; dates are civil or None."""

    contact_id: int
    name: str
    item_id: str
    state: State
    due: date | None = None
    worst: date | None = None
    last_contact: date | None = None
    snoozed_until: date | None = None
    paused_until: date | None = None
    cadence_ideal: str | None = None
    cadence_worst: str | None = None
    cadence_from: str = "none"
    urgency: float = 0.0
    terms: tuple[Term, ...] = ()
    steps: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Card:
    """A contact with history and loops, as the card and `show` present it.

    `give` is one concrete thing to offer, empty when the data holds none.
    """

    contact: Contact
    rhythm: Rhythm | None
    state: State
    due: date | None
    interactions: tuple[Interaction, ...]
    favors: tuple[Favor, ...]
    loops: tuple[OpenItem, ...]
    follow_ups: tuple[FollowUp, ...]
    gave: int = 0
    received: int = 0
    give: str = ""
    give_match: Pair | None = None
    """Whom to introduce them to, where that is what `give` says."""


@record(frozen=True, slots=True)
class ContactPage:
    """Some lines of the contacts list, from `offset` on, and how many there are in all."""

    rows: tuple[ContactRow, ...]
    total: int
    offset: int = 0


@record(frozen=True, slots=True)
class LedgerRow:
    """A favor that keeps a loop open."""

    favor: Favor
    item: OpenItem
    overdue_days: int
    state: State


@record(frozen=True, slots=True)
class Ledger:
    """The four lanes, how often help went each way per person, and how many I helped this week."""

    lanes: dict[str, tuple[LedgerRow, ...]]
    people: tuple[Balance, ...]
    helped_this_week: int = 0


@record(frozen=True, slots=True)
class Counts:
    """How many contacts there are, how many loops are open, how many items are due.

    `ledger` counts the loops that stand in the ledger; `needs` and `introductions` those steps that are due.
    """

    contacts: int
    loops: int
    due: int
    ledger: int = 0
    needs: int = 0
    introductions: int = 0


@record(frozen=True, slots=True)
class Chip:
    """A part of a capture line as it is understood; `problem` when it is not."""

    kind: str
    text: str
    start: int
    end: int
    problem: bool = False


@record(frozen=True, slots=True)
class CapturePlan:
    """What a capture line would do."""

    chips: tuple[Chip, ...]
    problems: tuple[str, ...]
    contact_ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    new_names: tuple[str, ...] = field(default=())


@record(frozen=True, slots=True)
class NeedView:
    """A need with its coverage: how many were told, of how many, and how many answers are due."""

    need: Need
    told: int
    of: int
    answers_due: int


@record(frozen=True, slots=True)
class NeedPeople:
    """A need with whoever was told, by name; `due` are those whose answer is due, the longest first.

    `suggestions` are all the others it can be told to, the likeliest to help first; none once it is closed.
    """

    view: NeedView
    told: tuple[Told, ...]
    due: tuple[Told, ...]
    suggestions: tuple[Suggestion, ...]


@record(frozen=True, slots=True)
class Etiquette:
    """What to know before asking somebody: dates of the last contact, ask and gift, open promises, a gift."""

    contact_id: int
    name: str
    last_contact: date | None
    last_ask: date | None
    last_gave: date | None
    promises: tuple[str, ...]
    give: str = ""
    give_stands: str = ""
    """Where the gift is under way already: "promise", "introduction", or empty."""
    give_match: Pair | None = None
    """Whom to introduce them to, where that is the gift."""


@record(frozen=True, slots=True)
class Suspicion:
    """Two contacts who may be one person, and why; `other` is the one that came later."""

    one: int
    other: int
    one_name: str
    other_name: str
    likeness: Likeness
    company: str = ""
    """Of the one who was here first, or else of the other."""


@record(frozen=True, slots=True)
class Suspicions:
    """Pairs to look at, the surest first, and how many there are in all."""

    pairs: tuple[Suspicion, ...]
    total: int


@record(frozen=True, slots=True)
class Newcomer:
    """Someone who came with a file; `said` is what was said about keeping in touch, empty before."""

    id: int
    name: str
    title: str = ""
    company: str = ""
    city: str = ""
    emails: int = 0
    phones: int = 0
    last_contact: date | None = None
    circles: tuple[str, ...] = ()
    said: str = ""


@record(frozen=True, slots=True)
class NewcomerCount:
    """How many came with files, and about how many of them something was said."""

    total: int
    said: int
