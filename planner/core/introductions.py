"""Introductions with a double opt-in: each side is asked before the two meet. Pure.

idea → asked the one → asked the other → both yes → introduced → did it work? → closed. A no closes it kindly; a later
postpones the question to that side.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from planner.core.model import ItemKind, OpenItem, Settings
from planner.core.records import record
from planner.errors import Refused


class Answer(StrEnum):
    """The answer of one side of an introduction."""

    NOT_ASKED = ""
    ASKED = "asked"
    YES = "yes"
    NO = "no"
    LATER = "later"


@record(frozen=True, slots=True)
class Introduction:
    """An introduction of two contacts. I ask `one` first, then the other; each answer has its day."""

    id: int
    one_id: int
    other_id: int
    one_name: str
    other_name: str
    note: str = ""
    created_on: date | None = None
    one_answer: Answer = Answer.NOT_ASKED
    one_on: date | None = None
    other_answer: Answer = Answer.NOT_ASKED
    other_on: date | None = None
    made_on: date | None = None
    worked_on: date | None = None
    closed_on: date | None = None
    version: int = 1

    @property
    def names(self) -> str:
        """The names of both: "Ana Silva and Ben Okri"."""
        return f"{self.one_name} and {self.other_name}"


def stage(introduction: Introduction) -> str:
    """The stage of an introduction: idea, asked, agreed, introduced, worked or closed."""
    if introduction.worked_on is not None:
        return "worked"
    if introduction.closed_on is not None:
        return "closed"
    if introduction.made_on is not None:
        return "introduced"
    answers = (introduction.one_answer, introduction.other_answer)
    if answers == (Answer.YES, Answer.YES):
        return "agreed"
    return "idea" if answers == (Answer.NOT_ASKED, Answer.NOT_ASKED) else "asked"


def waiting_for(introduction: Introduction) -> int | None:
    """The contact whose answer is awaited next; None when both agreed or it is over."""
    if stage(introduction) not in ("idea", "asked"):
        return None
    return introduction.one_id if introduction.one_answer is not Answer.YES else introduction.other_id


def open_step(introduction: Introduction, settings: Settings) -> OpenItem | None:
    """The agenda item that an introduction keeps open, or None when it is over.

    An idea: ask today. An answer awaited: a nudge after 5 days. Both agreed: introduce them within 2 days. Introduced:
    "did it work?" after 4 weeks.
    """
    where = stage(introduction)
    if where in ("worked", "closed"):
        return None
    key, one = f"t{introduction.id}", introduction.one_id
    first, second = introduction.one_name, introduction.other_name
    if where == "introduced":
        due = _after(introduction.made_on, settings.worked_days)
        return OpenItem(key, ItemKind.INTRODUCTION, one, due, text=f"did meeting {second} work?", contact_name=first)
    if where == "agreed":
        said = max(introduction.one_on or date.min, introduction.other_on or date.min)
        due = _after(said, settings.request_days)
        return OpenItem(key, ItemKind.INTRODUCTION, one, due, text=f"introduce to {second}", contact_name=first)
    contact_id = waiting_for(introduction) or one
    mine = contact_id == one
    answer = introduction.one_answer if mine else introduction.other_answer
    on = (introduction.one_on if mine else introduction.other_on) or introduction.created_on
    name, meets = (first, second) if mine else (second, first)
    if answer is Answer.NOT_ASKED:
        due, text = _after(on, 0), f"ask about meeting {meets}"
    elif answer is Answer.LATER:
        due, text = _after(on, 0), f"ask again about meeting {meets}"
    else:
        due, text = _after(on, settings.introduction_days), f"an answer about meeting {meets}"
    return OpenItem(key, ItemKind.INTRODUCTION, contact_id, due, text=text, contact_name=name)


def last_step(introduction: Introduction, start: date, end: date) -> tuple[date, int, str, str] | None:
    """(day, contact, their name, what was done) of the last step of an introduction between two days, or None.

    Having introduced the two counts as help given to both, which the ledger shows; a "later" keeps only the day it
    comes back.
    """
    one, other = introduction.one_name, introduction.other_name
    steps: list[tuple[date, int, str, str]] = []
    for contact_id, name, meets, said, on in (
        (introduction.one_id, one, other, introduction.one_answer, introduction.one_on),
        (introduction.other_id, other, one, introduction.other_answer, introduction.other_on),
    ):
        words = {Answer.ASKED: f"asked about meeting {meets}", Answer.YES: f"yes to meeting {meets}",
                 Answer.NO: f"would rather not meet {meets}"}.get(said)  # fmt: skip
        if words is not None and on is not None:
            steps.append((on, contact_id, name, words))
    if introduction.worked_on is not None:
        steps.append((introduction.worked_on, introduction.one_id, one, f"asked how meeting {other} went"))
    elif introduction.closed_on is not None and Answer.NO not in (introduction.one_answer, introduction.other_answer):
        steps.append((introduction.closed_on, introduction.one_id, one, f"left: introducing to {other}"))
    inside = [step for step in steps if start <= step[0] <= end]
    # Of two steps on one day, the more advanced one was made later.
    return max(enumerate(inside), key=lambda found: (found[1][0], found[0]))[1] if inside else None


def _after(day: date | None, days: int) -> date:
    if day is None:
        raise ValueError("an introduction without the date its step counts from")
    return day + timedelta(days=days)


def ask(introduction: Introduction, contact_id: int, today: date) -> Introduction:
    """Note that I asked one side, or asked it again."""
    _must_be_open(introduction)
    return _answered(introduction, contact_id, Answer.ASKED, today)


def answer(
    introduction: Introduction,
    contact_id: int,
    said: Answer,
    today: date,
    settings: Settings,
    until: date | None = None,
) -> Introduction:
    """Note the answer of one side: yes, no, or later (until a day, by default in four weeks).

    After a yes from the first, the other is asked the same day; a no closes the introduction.
    """
    _must_not_be_made(introduction)
    if said is Answer.LATER:
        back = until or today + timedelta(days=settings.later_days)
        return _answered(introduction, contact_id, said, back)
    after = _answered(introduction, contact_id, said, today)
    if said is Answer.NO:
        return replace(after, closed_on=today)
    if contact_id == after.one_id and after.other_answer is Answer.NOT_ASKED:
        return replace(after, other_answer=Answer.ASKED, other_on=today)
    return after


def make(introduction: Introduction, today: date) -> Introduction:
    """Note that I introduced the two; raises Refused until both have said yes."""
    _must_not_be_made(introduction)
    silent = [
        name
        for name, said in (
            (introduction.one_name, introduction.one_answer),
            (introduction.other_name, introduction.other_answer),
        )
        if said is not Answer.YES
    ]
    if silent:
        raise Refused(f"{' and '.join(silent)} did not say yes yet", "Both are asked before they meet")
    return replace(introduction, made_on=today)


def worked(introduction: Introduction, today: date) -> Introduction:
    """Close an introduction after I asked whether it worked."""
    _must_be_open(introduction)
    if introduction.made_on is None:
        raise Refused(f"{introduction.names} are not introduced yet", f"First: planner intro made t{introduction.id}")
    return replace(introduction, worked_on=today, closed_on=today)


def drop(introduction: Introduction, today: date) -> Introduction:
    """Close an introduction that comes to nothing."""
    _must_be_open(introduction)
    return replace(introduction, closed_on=today)


_AND = re.compile(r"\s+(?:and|to|with)\s+", re.IGNORECASE)


def read_pair(line: str) -> tuple[str, str, str]:
    """Two people and why they should meet, from one line: "Ana and Ben, both climb" → one, other, why.

    Raises Refused for a line that does not name two.
    """
    names, _, why = line.partition(",")
    one, *rest = _AND.split(f" {names} ", maxsplit=1)
    if not one.strip() or not rest or not rest[0].strip():
        raise Refused("Two people are introduced to each other", "Type it so: Ana and Ben, both climb")
    return one.strip(), rest[0].strip(), why.strip()


def _must_be_open(introduction: Introduction) -> None:
    if introduction.closed_on is not None:
        raise Refused(f"Introducing {introduction.names} is over", "Start anew: planner intro start A B")


def _must_not_be_made(introduction: Introduction) -> None:
    _must_be_open(introduction)
    if introduction.made_on is not None:
        advice = f"Say whether it worked: planner intro worked t{introduction.id}"
        raise Refused(f"{introduction.names} are introduced already", advice)


def _answered(introduction: Introduction, contact_id: int, said: Answer, on: date) -> Introduction:
    if contact_id == introduction.one_id:
        return replace(introduction, one_answer=said, one_on=on)
    if contact_id == introduction.other_id:
        return replace(introduction, other_answer=said, other_on=on)
    raise Refused(f"Only {introduction.names} are asked about meeting", "Name one of the two")
