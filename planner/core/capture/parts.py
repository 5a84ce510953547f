"""Reads one part of a captured line as a fact; `line` has the table of forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.ahead import read_anything, read_cadence, read_command, read_follow_up, read_next_date
from planner.core.capture.asking import promised, read_asked, read_promise
from planner.core.capture.contact import read_contact
from planner.core.capture.days import typed_dates
from planner.core.capture.facts import (
    CapturedAddress,
    CapturedAsk,
    CapturedFact,
    CapturedField,
    CapturedGave,
    CapturedGiftIdea,
    CapturedHome,
    CapturedKnows,
    CapturedNote,
    CapturedReceived,
    CapturedRequest,
    CapturedYearlyDay,
)
from planner.core.capture.help import read_gift_idea, read_helped, read_thanks, read_told
from planner.core.capture.home import read_home
from planner.core.capture.learned import read_learned
from planner.core.capture.news import read_news
from planner.core.capture.part import Around, Part
from planner.core.capture.people import Find, PeopleOfLine, nobody
from planner.core.capture.yearly_days import read_yearly_day
from planner.core.model import Settings


def _read_note(part: Part) -> CapturedFact | None:
    match = words.NOTE.match(part.body)
    note = words.tidy(part.body[match.end() :]) if match else ""
    return CapturedNote(start=part.start, end=part.end, chip=f"note: {note}", text=note) if note else None


def _read_yearly_day(part: Part) -> CapturedFact | None:
    said = part.rest if part.subject == "them" else part.body
    return read_yearly_day(said, part.around.today, part.start, part.end)


def _read_what_i_will(part: Part) -> CapturedFact | None:
    return promised(part, part.rest) if part.will else None


READERS: Final[Sequence[Callable[[Part], CapturedFact | None]]] = (
    _read_note,
    read_cadence,
    read_gift_idea,
    _read_yearly_day,
    read_next_date,
    read_learned,
    read_home,
    read_promise,
    read_asked,
    read_helped,
    read_thanks,
    read_told,
    read_follow_up,
    read_command,
    read_contact,
    _read_what_i_will,
)
"""The readers of a part, in order; the first one that recognises the form wins."""


_TURNS: Final = (CapturedAsk, CapturedRequest, CapturedGave, CapturedReceived)
"""Facts with a doer, who may be either side."""


class PartReader:
    """Reads the parts of one line, in order."""

    def __init__(self, today: date, settings: Settings, names: Sequence[str], find: Find = nobody) -> None:
        self._around = Around(today, settings, PeopleOfLine(names, find), find)

    def read(self, text: str, start: int, end: int, *, heads: bool = False) -> CapturedFact:
        """The fact in the span `start` to `end` of a text; the span begins and ends with a letter or a sign.

        With `heads` the part begins a line without a colon: a name at its beginning may be only its heading.
        """
        typed = text[start:end]
        leading = words.LEADING_WORDS.match(typed)
        before = leading[0] if leading else ""
        body = typed[len(before) :]
        fact = self._read(body, start, end, heads)
        if fact is None and (turned := _day_last(body, self._around.people)):
            fact = self._read(turned, start, end, heads)
        if fact is None:
            part = Part(self._around, body, start, end, heads=heads)
            fact = self._of_whom(part, read_anything(part))
            if isinstance(fact, CapturedNote):
                fact = replace(fact, news=read_news(Part(self._around, body, start, end, heads=heads)))
        return _with_before(before, self._turned(fact, body, start, end))

    def _read(self, body: str, start: int, end: int, heads: bool) -> CapturedFact | None:
        day = self._around.day
        for reader in READERS:
            part = Part(self._around, body, start, end, heads=heads)
            if fact := reader(part):
                return self._of_whom(part, fact)
            self._around.day = day
        return None

    def _turned(self, fact: CapturedFact, body: str, start: int, end: int) -> CapturedFact:
        """A fact that names its doer, with `turned` set if the part would be ambiguous without one."""
        if not isinstance(fact, _TURNS):
            return fact
        part = Part(self._around, body, start, end)
        if not part.subject or part.who or part.will:
            return fact
        day = self._around.day
        open_one = self._read(part.rest, start, end, False)
        self._around.day = day
        if open_one is None or open_one.other is None:
            return fact
        return replace(fact, turned=part.with_doer("they" if part.subject == "me" else "I"))

    def _of_whom(self, part: Part, fact: CapturedFact) -> CapturedFact:
        """The fact with the people it is about; it gets a problem where it fits one of several and none is named."""
        names = self._around.people.names
        if isinstance(fact, CapturedNote):
            return fact
        who = tuple(part.who)
        problem = ""
        if len(names) > 1 and not who and (part.one or (_is_of_one(fact) and not part.all)):
            problem = f"Whom does “{words.tidy(part.body)[:60]}” mean: {' or '.join(names[:4])}? Write the name"
        if part.other and not who:
            advice = f"Name {part.other} before the colon too, or in another line"
            problem = f"The line is not about {part.other}. {advice}"
        other = replace(fact.other, who=who) if fact.other is not None else None
        return replace(fact, who=who, other=other, problem=fact.problem or problem)


def _with_before(before: str, fact: CapturedFact) -> CapturedFact:
    """The fact with its leading "and" restored in the alternatives it offers."""
    if not before or not (fact.other or fact.turned):
        return fact
    other = replace(fact.other, write=f"{before}{fact.other.write}") if fact.other is not None else None
    turned = f"{before}{fact.turned}" if fact.turned else ""
    return replace(fact, write=f"{before}{fact.write}" if other else "", other=other, turned=turned)


def _is_of_one(fact: CapturedFact) -> bool:
    """Whether a fact that names nobody can be about one person only."""
    match fact:
        case CapturedGave() | CapturedReceived():
            return fact.kind == "loan"
        case CapturedField():
            return fact.field != "city"
        case CapturedYearlyDay():
            return fact.kind == "birthday"
        case CapturedKnows() | CapturedAddress() | CapturedGiftIdea() | CapturedHome():
            return True
    return False


def _day_last(body: str, people: PeopleOfLine) -> str:
    """The words of a part that begins with a day, with that day moved to the end; "" for any other part."""
    named = people.at(body)[1]
    if named and body[named : named + 1] == " ":
        turned = _day_last(body[named + 1 :], PeopleOfLine(()))
        return f"{body[:named]} {turned}" if turned else ""
    dates = typed_dates(body)
    if not dates or body[: dates[0].start].strip() or not body[dates[0].end :].strip(" .,:"):
        return ""
    return f"{body[dates[0].end :].strip(' .,:')} {body[: dates[0].end].strip()}"
