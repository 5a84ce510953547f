"""What I look for, whom I told, and their answers. Pure; `core.network.telling` decides whom to tell next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from planner.core.dates.shown import exact_date
from planner.core.model import ANSWERED, EVERYONE, HEAR, FavorState, ItemKind, OpenItem, Settings
from planner.core.network.topics import topic_words
from planner.core.records import record
from planner.core.words.counts import counted, people_word
from planner.errors import Refused


class ToldState(StrEnum):
    """How a contact stands with a need of mine."""

    UNTOLD = "untold"
    HEARD_OF = "heard of"
    """The need was passed on to them by another; I have not written to them yet."""
    TOLD = "told"
    ASKED = "asked"
    HELPED = "helped"
    PASSED = "passed on"
    DECLINED = "declined"


class ToldGroup(StrEnum):
    """The groups of people who know of a need, in the order of the list: by their state, due answers first."""

    DUE = "due"
    HEARD_OF = "heard of"
    TOLD = "told"
    ASKED = "asked"
    HELPED = "helped"
    PASSED = "passed on"
    DECLINED = "declined"


TOLD_AGAIN = frozenset({ToldGroup.DUE, ToldGroup.HEARD_OF, ToldGroup.TOLD, ToldGroup.DECLINED})
"""The groups of people for whom telling is news."""


@record(frozen=True, slots=True)
class Need:
    """What I am looking for: specific, why, by when."""

    id: int
    title: str
    why: str = ""
    by: date | None = None
    created_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    version: int = 1
    whose: tuple[int, str] | None = None
    """(id, name) of the person it is for; None for my own need."""
    who: str = ""
    """People who might know: people, companies, trades, in words."""


@record(frozen=True, slots=True)
class PublicPost:
    """A public post about a need: readers of the channel could have seen it, but do not count as told."""

    id: int
    need_id: int
    channel: str
    on: date
    text: str = ""


NEW = "+"
"""Typed after the name of the person a need was passed on to: a new person, even if I know somebody by that name."""


class Hearing(StrEnum):
    """Whether somebody who knew of a closed need has heard how it went."""

    TO_HEAR = "to hear"
    HEARD = "heard"
    LET_BE = "let be"


@record(frozen=True, slots=True)
class Told:
    """How one contact stands with a need. `favor_id` is the ask in the ledger, or the help that came of it."""

    need_id: int
    contact_id: int
    name: str
    state: ToldState
    on: date | None = None
    passed_to: int | None = None
    favor_id: int | None = None
    passed_name: str = ""
    """The people they passed it on to, separated by commas."""
    favor_state: FavorState | None = None
    reachable: bool = True
    """Whether I may ask the contact for news: they are active, and their mode is not "never"."""
    heard_on: date | None = None
    """The day they heard how it went."""
    let_be_on: date | None = None
    """The day somebody decided that they need not hear."""
    owes: FavorState | None = None
    """The state of their help in the ledger: DONE where I owe them thanks, THANKED where I owe them the outcome."""
    living: bool = True
    not_about_on: date | None = None
    """Letters of theirs up to this day were about something else."""
    through: str = ""
    """The person who passed it on to them."""

    @property
    def waits(self) -> bool:
        """Whether an ask to them is open."""
        return self.state is ToldState.ASKED and self.favor_state in (FavorState.ASKED, FavorState.PROMISED)


KNOWS_OF_IT = frozenset(ToldState) - {ToldState.UNTOLD, ToldState.HEARD_OF}
"""The states of people whom I told or asked, whatever the outcome."""
_BY_FAVOR = {
    FavorState.DONE: ToldState.HELPED,
    FavorState.THANKED: ToldState.HELPED,
    FavorState.TOLD: ToldState.HELPED,
    FavorState.DECLINED: ToldState.DECLINED,
}


def standing(state: ToldState, favor: FavorState | None) -> ToldState:
    """The state of a contact, with the state of their ask in the ledger taken into account."""
    return _BY_FAVOR.get(favor, state) if state is ToldState.ASKED and favor is not None else state


def can_be_told(one: Told | None, on: date | None = None) -> bool:
    """Whether telling the contact is news: not after an ask, help or passing it on, and not twice on one day."""
    if one is None:
        return True
    told_then = one.state is ToldState.TOLD and on is not None and one.on == on
    return not told_then and one.state not in (ToldState.ASKED, ToldState.HELPED, ToldState.PASSED)


def is_theirs(need: Need, contact_id: int) -> bool:
    """Whether the need on my board is the contact's own: they are then neither told nor asked."""
    return need.whose is not None and need.whose[0] == contact_id


def check_step(one: Told | None, to: ToldState, on: date | None = None) -> None:
    """Refuse a step on a day that would lose what happened before, such as telling someone who has helped."""
    if one is None:
        return
    when = f" on {exact_date(one.on)}" if one.on is not None else ""
    if to is ToldState.TOLD and not can_be_told(one, on):
        words = {ToldState.ASKED: "was asked", ToldState.HELPED: "helped", ToldState.TOLD: "was told"}
        raise Refused(f"{one.name} {words.get(one.state, 'passed it on')}{when} already", "They know about it")
    if to is ToldState.ASKED and one.waits:
        raise Refused(f"{one.name} was asked{when} already", "The ledger says when a reminder is kind")
    if to is ToldState.HELPED and one.state is ToldState.HELPED and one.favor_state is FavorState.DONE:
        raise Refused(f"{one.name} helped{when} already", "Thanks come first: they stand in the ledger")
    if to is ToldState.DECLINED and one.state is ToldState.HELPED:
        raise Refused(f"{one.name} helped{when}", "What was given stays; undo takes back a slip")


def coverage(told: int, of: int, due: int, could_have_seen: int = 0) -> str:
    """ "told 34 of 120, 60 more could have seen it, 3 answers due"."""
    seen = f", {could_have_seen:,} more could have seen it" if could_have_seen else ""
    answers = f", {counted(due, 'answer')} due" if due else ""
    return f"told {told} of {of}{seen}{answers}"


def hears_by_ledger(one: Told) -> bool:
    """Whether their help has thanks or an outcome open in the ledger: they then hear through that."""
    return one.living and one.owes is not None


def hearing(one: Told) -> Hearing | None:
    """Whether somebody has heard how a closed need went, None if they never knew of it.

    People who died and people not to be written to are let be, unless the ledger has thanks open for them.
    """
    if one.state not in KNOWS_OF_IT:
        return None
    if one.let_be_on is not None:
        return Hearing.LET_BE
    if hears_by_ledger(one):
        return Hearing.TO_HEAR
    helped = one.state in (ToldState.HELPED, ToldState.PASSED)
    if one.heard_on is not None or (helped and one.favor_state is FavorState.TOLD):
        return Hearing.HEARD
    return Hearing.TO_HEAR if one.reachable else Hearing.LET_BE


def nudge_to_be_specific(title: str) -> str:
    """Advice that makes a need easier to help with; empty when it is specific enough."""
    if len(topic_words(title)) >= 2:
        return ""
    return "say which, where or with whom: “a job at the port of Lyon” is easier to help with than “a job”"


def news_since(one: Told) -> date | None:
    """The day a contact was told, while an answer is still awaited; else None."""
    return one.on if one.state is ToldState.TOLD and one.reachable else None


def answers_due(told: Iterable[Told], today: date, settings: Settings) -> tuple[Told, ...]:
    """The contacts whose nudge is due: told long enough ago and silent since, the longest wait first."""
    waiting = [
        one for one in told if (on := news_since(one)) is not None and on + timedelta(days=settings.nudge_days) <= today
    ]
    return tuple(sorted(waiting, key=lambda one: (one.on or today, one.name, one.contact_id)))


def to_hear(told: Iterable[Told]) -> tuple[Told, ...]:
    """The people who are still to hear how a closed need went, without those who hear through the ledger."""
    return tuple(one for one in told if hearing(one) is Hearing.TO_HEAR and not hears_by_ledger(one))


def need_items(
    need: Need,
    told: Sequence[Told],
    settings: Settings,
    replied: Mapping[int, date] = MappingProxyType({}),
    beyond: int = 0,
) -> list[OpenItem]:
    """The agenda items of a need. `replied` gives by contact the day they wrote after they were told.

    A long told-list need not be whole: `told` must hold the one who waits longest, those who wrote, and those to write
    to; `beyond` counts the others who wait.

    Open: a nudge for the one told longest ago, with the number of others, 7 days after; for each who wrote since, the
    question whether they answered; and for each person it was passed on to, a line to write to them, 2 days after. Asks
    have their own items in the ledger. Closed: one item for all who are still to hear how it went, 2 days after
    closing.
    """
    found = []
    if need.closed_on is not None:
        waiting = sorted(to_hear(told), key=lambda one: one.contact_id)
        if waiting:
            due = need.closed_on + timedelta(days=settings.hear_days)
            words = f"tell {people_word(len(waiting) + beyond)} how it went: {need.title}"
            found.append(replace(_item(f"n{need.id}", waiting[0], due, words, HEAR), contact_name=EVERYONE))
        return found
    waiting = sorted(
        (one for one in told if news_since(one) is not None and one.contact_id not in replied),
        key=lambda one: (one.on or date.min, one.contact_id),
    )
    if waiting:
        more = len(waiting) - 1 + beyond
        words = f"{need.title}: any news?" + (f" and {more} more" if more else "")
        due = (waiting[0].on or date.min) + timedelta(days=settings.nudge_days)
        found.append(_item(f"n{need.id}", waiting[0], due, words))
    for one in told:
        if one.contact_id in replied:
            found.append(_item(f"n{need.id}c{one.contact_id}", one, replied[one.contact_id], need.title, ANSWERED))
    for one in told:
        if one.state is ToldState.HEARD_OF and one.reachable and one.on is not None:
            words = f"write about {need.title}"
            words += f", through {one.through}" if one.through else ""
            due = one.on + timedelta(days=settings.write_days)
            found.append(_item(f"n{need.id}c{one.contact_id}", one, due, words))
    return found


def _item(key: str, one: Told, due: date, words: str, asks: str = "") -> OpenItem:
    return OpenItem(key, ItemKind.NEED, one.contact_id, due, asks=asks, text=words, contact_name=one.name)


def check_open(need: Need) -> None:
    """Refuse a need that is closed."""
    if need.closed_on is not None:
        raise Refused(f"The need “{need.title}” is closed", "Add a new one: planner need add TITLE")
