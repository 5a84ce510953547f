"""The frozen values that the desk takes from the front ends and returns to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import TYPED_FIELDS
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
    from planner.core.needs import Need, PublicPost, Told, ToldGroup
    from planner.core.network.matchmaking import Pair
    from planner.core.network.telling import Suggestions


class ContactDraft:
    """The fields of a contact as a person gives them, by the names of `contact_fields`.

    A field that is left out or None stays as it is; an empty value empties the field. Values are texts, tuples of texts
    for addresses and circles, and a date for `since`. `cadence` is a spec, "inherit" or "none"; `birthday` is
    `[YYYY-]MM-DD` as typed.
    """

    __slots__ = ("given",)

    def __init__(self, **given: Any) -> None:
        unknown = given.keys() - {one.name for one in TYPED_FIELDS}
        if unknown:
            raise TypeError(f"a contact has no field {', '.join(sorted(unknown))}")
        self.given = {name: value for name, value in given.items() if value is not None}


@record(frozen=True, slots=True)
class ItemRef:
    """An open item of the agenda, and its contact."""

    id: str
    contact_id: int


@record(frozen=True, slots=True)
class Why:
    """Why the rhythm of a contact, or an item, is due on its day; dates are civil or None."""

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
    """A contact with history and loops, for the card on the screen and for `show`.

    `give` is one concrete thing to offer, empty when the data has none.
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
    """The match to introduce them to, if `give` is an introduction."""
    former: tuple[tuple[str, str, str], ...] = ()
    """(company, title, until when) of the positions they had, the latest first."""
    to_come: frozenset[str] = frozenset()
    """The items of plans for today whose hour is still to come."""


@record(frozen=True, slots=True)
class ContactPage:
    """Lines of the contacts list from `offset` on, and the total number of lines."""

    rows: tuple[ContactRow, ...]
    total: int
    offset: int = 0


@record(frozen=True, slots=True)
class LedgerRow:
    """A favor with its open item."""

    favor: Favor
    item: OpenItem
    overdue_days: int
    state: State


@record(frozen=True, slots=True)
class Ledger:
    """The four lanes, how often each person gave and received help, and how many people I helped in the last week."""

    lanes: dict[str, tuple[LedgerRow, ...]]
    people: tuple[Balance, ...]
    helped_this_week: int = 0
    needs_to_close: tuple[OpenItem, ...] = ()
    """Closed needs that people are still to hear about: one item each in the lane to close."""
    begun: bool = True
    """Whether anybody ever gave or received help."""


@record(frozen=True, slots=True)
class Lane:
    """The favors in a lane by the ids of their items, in order; how many ask for something today, how many are late."""

    keys: tuple[str, ...] = ()
    due: int = 0
    late: int = 0


@record(frozen=True, slots=True)
class Lanes:
    """The four lanes by name, whose rows are read when needed; the rest as in `Ledger`."""

    lanes: dict[str, Lane]
    helped_this_week: int = 0
    needs_to_close: tuple[OpenItem, ...] = ()
    begun: bool = True


@record(frozen=True, slots=True)
class Counts:
    """The numbers for the places: `ledger` counts its open loops, `needs` and `introductions` the due steps of each.

    `anybody`: whether there is any contact.
    """

    anybody: bool
    ledger: int = 0
    needs: int = 0
    introductions: int = 0


@record(frozen=True, slots=True)
class Chip:
    """A part of a capture line in words; `problem` if the part cannot be saved as it is.

    `other` is its second reading in words, if it leaves open who acted. `turns` means that `swapped` can reverse the
    doer.
    """

    kind: str
    text: str
    start: int
    end: int
    problem: bool = False
    other: str = ""
    turns: bool = False


@record(frozen=True, slots=True)
class CapturePlan:
    """The reading of a capture line; `named` once it says whom it is about."""

    chips: tuple[Chip, ...]
    problems: tuple[str, ...]
    contact_ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    new_names: tuple[str, ...] = field(default=())
    named: bool = True


@record(frozen=True, slots=True)
class NeedView:
    """A need with its coverage: how many people were told, of how many, and how many answers are due."""

    need: Need
    told: int
    of: int
    answers_due: int
    to_hear: tuple[Told, ...] = ()
    """The people still to hear how it went, those in the ledger too; only for a closed need, and on request."""
    hear: int = 0
    """The number of people still to hear how it went."""
    posts: tuple[PublicPost, ...] = ()
    could_have_seen: int = 0
    """How many people could have seen a public post about it, without those who know of it."""


@record(frozen=True, slots=True)
class ClosingPage:
    """A closed need: how many were told, heard how it went and were let be, and who is still to hear.

    `first` are those who helped, then those who passed it on, then others with an entry in the ledger; `others` counts
    everybody else who is to hear.
    """

    need: Need
    told: int
    heard: int
    let_be: int
    first: tuple[Told, ...]
    others: int

    @property
    def waiting(self) -> int:
        """The number of people still to hear."""
        return len(self.first) + self.others


@record(frozen=True, slots=True)
class NeedPeople:
    """A need, the size of each group of its told-list, and whom to tell next.

    An answer is due from everyone told up to the day `nudged`; None for a closed need. `helpers` are the names of those
    who helped. `suggestions` are the people who can still be told, the likeliest to help first; empty for a closed
    need.
    """

    view: NeedView
    groups: Mapping[ToldGroup, int]
    nudged: date | None
    helpers: tuple[str, ...]
    suggestions: Suggestions


@record(frozen=True, slots=True)
class Etiquette:
    """My standing with somebody before an ask: days since contact, ask and gift, open promises, something to give."""

    contact_id: int
    name: str
    last_contact: date | None
    last_ask: date | None
    last_gave: date | None
    promises: tuple[str, ...]
    give: str = ""
    counts: str = ""
    """How often I gave and asked within a year, in words; empty if neither."""
    give_stands: str = ""
    """Whether the gift is under way already: "promise", "introduction", or empty."""
    give_match: Pair | None = None
    """The match to introduce them to, if that is the gift."""


@record(frozen=True, slots=True)
class Duplicate:
    """Two contacts who may be one person, and why; `other` is the one added later."""

    one: int
    other: int
    one_name: str
    other_name: str
    likeness: Likeness
    company: str = ""
    """The company of the contact added earlier, or else of the other."""


@record(frozen=True, slots=True)
class Duplicates:
    """Pairs of possible duplicates, the surest first, and the total number of pairs."""

    pairs: tuple[Duplicate, ...]
    total: int


@record(frozen=True, slots=True)
class Newcomer:
    """An imported contact; `said` tells how the newcomer was settled, empty while waiting.

    `wish_known` tells whether their wishes or offers are written down.
    """

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
    wish_known: bool = False


@record(frozen=True, slots=True)
class NewcomerCount:
    """The number of newcomers, and of those settled."""

    total: int
    said: int


@record(frozen=True, slots=True)
class Whereabouts:
    """What happened to a contact: `now` is the contact they were merged into, else `id`, None if deleted."""

    id: int
    now: int | None
    name: str = ""
    archived: bool = False
