"""What I look for, whom I told, and whom to tell next. Pure.

Nobody is left out for seeming useless: suggestions rank by what somebody offers, where they work, what and
whom they know, then weak and dormant ties, and in the end page through everyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.core.model import ItemKind, OpenItem, Settings
from planner.core.topics import shared_topics
from planner.errors import Refused

DORMANT_DAYS = 180


class ToldState(StrEnum):
    """Where a contact stands with a need of mine."""

    UNTOLD = "untold"
    TOLD = "told"
    ASKED = "asked"
    HELPED = "helped"
    PASSED = "passed on"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Told:
    """Where one contact stands with a need; `favor_id` is the ask it became."""

    need_id: int
    contact_id: int
    name: str
    state: ToldState
    on: date | None = None
    passed_to: int | None = None
    favor_id: int | None = None


BEYOND_UNTOLD = frozenset(ToldState) - {ToldState.UNTOLD}


def answers_due(told: Iterable[Told], today: date, settings: Settings) -> tuple[Told, ...]:
    """Those who were told and have not answered for the days after which a nudge is due, longest first."""
    waiting = [
        one
        for one in told
        if one.state is ToldState.TOLD and one.on is not None and one.on + timedelta(days=settings.nudge_days) <= today
    ]
    return tuple(sorted(waiting, key=lambda one: (one.on or today, one.name, one.contact_id)))


def open_need(need: Need, told: Sequence[Told], settings: Settings) -> OpenItem | None:
    """The one agenda item of an open need: a nudge for whoever was told longest ago, with how many more wait.

    Asks have items of their own in the ledger. None while nobody was only told, or the need is closed.
    """
    waiting = sorted(
        (one for one in told if one.state is ToldState.TOLD and one.on is not None),
        key=lambda one: (one.on or date.min, one.contact_id),
    )
    if need.closed_on is not None or not waiting:
        return None
    first, more = waiting[0], len(waiting) - 1
    assert first.on is not None
    words = f"{need.title}: any news?" + (f" and {more} more" if more else "")
    due = first.on + timedelta(days=settings.nudge_days)
    return OpenItem(f"n{need.id}", ItemKind.NEED, first.contact_id, due, text=words, contact_name=first.name)


def check_open(need: Need) -> None:
    """Refuse to go on with a need that is closed."""
    if need.closed_on is not None:
        raise Refused(f"The need “{need.title}” is closed", "Add a new one: planner need add TITLE")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact as far as a suggestion needs it; `knows` are names, companies and topics they know."""

    contact_id: int
    name: str
    company: str = ""
    title: str = ""
    offers: str = ""
    knows: tuple[str, ...] = ()
    last_contact: date | None = None
    gave: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whom to tell, and why."""

    contact_id: int
    name: str
    why: str
    rank: tuple[int, ...]


def suggest(need: Need, candidates: Iterable[Candidate], today: date) -> tuple[Suggestion, ...]:
    """Everyone given, best first: offers that match, company or title, whom they know, dormant ties, the rest."""
    found = [_suggestion(f"{need.title} {need.why}", one, today) for one in candidates]
    return tuple(sorted(found, key=lambda one: (one.rank, one.name, one.contact_id)))


def _suggestion(wanted: str, one: Candidate, today: date) -> Suggestion:
    offered = shared_topics(wanted, one.offers)
    if offered:
        return Suggestion(one.contact_id, one.name, f"offers {one.offers}", (0, -len(offered)))
    at_work = shared_topics(wanted, f"{one.company} {one.title}")
    if at_work:
        place = ", ".join(part for part in (one.title, one.company) if part)
        return Suggestion(one.contact_id, one.name, place, (1, -len(at_work)))
    for known in one.knows:
        if shared_topics(wanted, known):
            return Suggestion(one.contact_id, one.name, f"knows {known}", (2, 0))
    days = (today - one.last_contact).days if one.last_contact is not None else None
    if days is not None and days > DORMANT_DAYS:
        # Weak and dormant ties hear of what our own circle has not.
        return Suggestion(one.contact_id, one.name, f"last in touch {days // 30} months ago: other news", (3, -days))
    if days is None:
        return Suggestion(one.contact_id, one.name, "not asked for anything yet", (4, 0))
    return Suggestion(one.contact_id, one.name, "close: they will keep an ear open", (5, days))


TEMPLATE = "Hello {name},\n\nI am looking for {need}. {why}\nDo you know somebody I should talk to?\n\n{last_contact}"


def draft(template: str, need: Need, name: str, last_contact: date | None) -> str:
    """A message from a template with the placeholders {name}, {need}, {why}, {by} and {last_contact}.

    A placeholder it does not know stays as it is.
    """
    values = {
        "name": name.split()[0] if name.split() else name,
        "need": need.title[:1].lower() + need.title[1:],
        "why": need.why,
        "by": need.by.isoformat() if need.by is not None else "",
        "last_contact": f"It was good to hear from you in {last_contact:%Y}." if last_contact is not None else "",
    }
    text = template
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
