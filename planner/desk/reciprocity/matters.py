"""Collects from the facts what words to send are about: a need, a favor, a loan, an introduction. In a transaction."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.core import favors
from planner.core.drafting.draft import Matter
from planner.core.model import Favor, FavorDirection, FavorState
from planner.core.needs import KNOWS_OF_IT, ToldState
from planner.errors import Refused
from planner.store.facts import contacts, introductions

if TYPE_CHECKING:
    from planner.core.model import Contact
    from planner.core.needs import Need, Told

NAMED_A_DAY = frozenset({FavorState.PROMISED, FavorState.ASKED, FavorState.ALTERNATIVE})
"""States of a request in which its day may be one I named."""
_WHOSE = re.compile(r"\A(?:her|his|their|my|our|\w+['’]s)\s+(?=\S)", re.IGNORECASE)


def no_introduction() -> Refused:
    """The refusal of an introduction that does not exist."""
    return Refused("There is no such introduction", "See “planner intro list”")


def about_need(need: Need) -> Matter:
    """The matter of a need."""
    return Matter(
        what=need.title, why=need.why, by=need.by, who=need.who, whose=need.whose[1] if need.whose is not None else "",
        outcome=need.outcome, over=need.closed_on is not None,
    )  # fmt: skip


def with_told(about: Matter, need: Need, entry: Told | None) -> Matter:
    """Add from the told-list: when they were told, and whether they helped or passed it on."""
    if entry is None or entry.state not in KNOWS_OF_IT:
        return about
    helped = entry.state in (ToldState.HELPED, ToldState.PASSED)
    return replace(
        about, helped=helped, passed=entry.passed_to is not None, other=entry.passed_name, asked_on=entry.on,
        thanks_owed=helped and entry.favor_state is FavorState.DONE, news_follow=need.closed_on is None,
    )  # fmt: skip


def with_favor(about: Matter, favor: Favor, need: Need | None) -> Matter:
    """Add from a favor: a request of theirs and what I offer, or an ask of mine and the help that came of it."""
    if favor.direction is FavorDirection.GIVEN:
        return replace(
            about, request=favor.note or _kind(favor), offer=favor.way_out_note if favor.way_out != "later" else "",
            day=favor.due_on if favor.state in NAMED_A_DAY and _has_day(favor) else None,
        )  # fmt: skip
    helped = favor.state in favors.COUNTED
    follows = favor.state is FavorState.DONE and favor.kind not in favors.NO_OUTCOME and not about.over
    return replace(
        about, what=about.what if need is not None else favor.note, is_need=need is not None, kind=favor.kind,
        asked_on=favor.asked_on, helped=helped, thanks_owed=favor.state is FavorState.DONE, news_follow=follows,
    )  # fmt: skip


def with_loan(about: Matter, loan: Favor) -> Matter:
    """Add from a loan: the thing without "her" before it, the day it was handed over, and the day of its return."""
    what = _WHOSE.sub("", loan.note, count=1)
    return replace(about, what=what, is_need=False, kind=loan.kind, asked_on=loan.done_on, day=loan.home_by)


def _has_day(favor: Favor) -> bool:
    """Whether I named the day of a favor: in a promise, or in a postponed request."""
    return favor.state is FavorState.PROMISED or favor.way_out == "later"


def _kind(favor: Favor) -> str:
    return favor.kind if favor.kind != "other" else ""


def with_introduction(about: Matter, introduction_id: int | None, contact_id: int) -> Matter:
    """Add from an introduction, for one of the two: who the other is, and what each of them does."""
    found = introductions.introduction(introduction_id) if introduction_id is not None else None
    if found is None:
        raise no_introduction()
    if contact_id not in (found.one_id, found.other_id):
        raise Refused(f"Only {found.names} are introduced there", "Name one of the two")
    other_id = found.other_id if contact_id == found.one_id else found.one_id
    people = contacts.read_contacts([contact_id, other_id])
    return replace(
        about, what=found.note, is_need=False, other=people[other_id].name,
        other_about=_work(people[other_id]), one_about=_work(people[contact_id]),
        other_looks=people[other_id].looking_for, one_looks=people[contact_id].looking_for,
    )  # fmt: skip


def _work(contact: Contact) -> str:
    work = ", ".join(part for part in (contact.title, contact.company) if part)
    return "; ".join(part for part in (work, contact.offers) if part)
