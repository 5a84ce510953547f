"""The facts that one captured line can state, as frozen values; `line` says how it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.core.model import Direction, Outcome
from planner.core.needs import ToldState
from planner.core.records import record


@record(frozen=True, slots=True, kw_only=True)
class CapturedFact:
    """One part of the line, from `start` up to `end` (indexes into the text, end excluded).

    `chip` is what the screen shows while typing. With a `problem` the values are placeholders: the fact is shown but
    must not be saved until the line is corrected. `who` are indexes into the names of the line; empty means everyone
    named. `other` is the second reading of a part that leaves open who acted, and `write` is how the part is written to
    mean this reading alone. `turned` is the part with the other person acting, where the part says who acts.
    """

    start: int
    end: int
    chip: str
    problem: str = ""
    who: tuple[int, ...] = ()
    other: CapturedFact | None = None
    write: str = ""
    turned: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedInteraction(CapturedFact):
    """Something that happened, was tried, or (after today) is planned."""

    channel: str
    on: date
    outcome: Outcome
    direction: Direction
    note: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedPromise(CapturedFact):
    """I promised something to them."""

    kind: str
    note: str
    on: date
    due: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedRequest(CapturedFact):
    """They asked me for something; `due` is None unless they said by when."""

    kind: str
    note: str
    on: date
    due: date | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedAsk(CapturedFact):
    """I asked them for something; `promised` says whether they already agreed."""

    kind: str
    note: str
    on: date
    promised: bool = False


@record(frozen=True, slots=True, kw_only=True)
class CapturedReceived(CapturedFact):
    """They helped me; `occasion` is the occasion of a gift.

    `met` are the people they introduced me to, who work at `met_at`; `home_by` is the day by which I return a loan.
    """

    kind: str
    note: str
    on: date
    home_by: date | None = None
    met: tuple[str, ...] = ()
    met_at: str = ""
    occasion: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedGave(CapturedFact):
    """I helped them; `home_by` is the day by which a loan should be returned, `occasion` the occasion of a gift."""

    kind: str
    note: str
    on: date
    home_by: date | None = None
    occasion: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedGiftIdea(CapturedFact):
    """Something I could give them, and the occasion for it."""

    text: str
    occasion: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedHome(CapturedFact):
    """Something lent or borrowed was returned: the thing `about` names, or the only one that is out.

    `by_me` says whether I returned it, None while the line leaves that open.
    """

    about: str
    on: date
    by_me: bool | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedThanks(CapturedFact):
    """I thanked them for what `about` names, or for the only thing they helped with."""

    about: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedTold(CapturedFact):
    """I told them how something went: what `about` names, or the only one still to be told."""

    about: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedFollowUp(CapturedFact):
    """A to-do about them, on a day."""

    text: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedNextDate(CapturedFact):
    """The day to be in touch again: a follow-up called "catch up" unless the line gives a reason."""

    on: date
    text: str = "catch up"


@record(frozen=True, slots=True, kw_only=True)
class CapturedCadence(CapturedFact):
    """A change of rhythm; `text` is its normal form, "none" or "inherit"."""

    text: str


@record(frozen=True, slots=True, kw_only=True)
class CapturedYearlyDay(CapturedFact):
    """A day of the year that matters to them; `kind` is "birthday" or "anniversary"."""

    kind: str
    month: int
    day: int
    year: int | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedKnows(CapturedFact):
    """They know somebody, given by name, who works at a company or can help with a topic."""

    names: tuple[str, ...]
    company: str = ""
    topic: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedField(CapturedFact):
    """The value of one of their fields, from a day on.

    `field` is looking_for, offers, company, title or city. `title` is the title at a new company; `extra` are further
    words of the part.
    """

    field: str
    text: str
    on: date
    title: str = ""
    extra: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedThrough(CapturedFact):
    """The person through whom I know them."""

    name: str


@record(frozen=True, slots=True, kw_only=True)
class CapturedAddress(CapturedFact):
    """A phone number or an e-mail address; `kind` is "phone" or "email"."""

    kind: str
    value: str


@record(frozen=True, slots=True, kw_only=True)
class CapturedNews(CapturedFact):
    """News of a person about a need of mine: `state` since the day `on`, with `to` the person it was passed on to.

    `about` are the words that name the need; `need_id` is None until it is known which need is meant.
    """

    state: ToldState
    about: str
    on: date
    to: str = ""
    need_id: int | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedNote(CapturedFact):
    """Words that are no other fact; `news` is what they mean if they are about a need."""

    text: str
    news: CapturedNews | None = None


@record(frozen=True, slots=True)
class Capture:
    """A captured line: the people it is about, and its facts in the order they were typed.

    `who` are the names as typed, `who_spans` their places. `named` is False while the line does not yet say whom it is
    about: the last name is then still being typed, and there are no facts.
    """

    text: str
    who: tuple[str, ...]
    who_spans: tuple[tuple[int, int], ...]
    named: bool
    facts: tuple[CapturedFact, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems to correct before the line can be saved."""
        return tuple(fact.problem for fact in self.facts if fact.problem)

    @property
    def open(self) -> tuple[CapturedFact, ...]:
        """The facts with two readings."""
        return tuple(fact for fact in self.facts if fact.other is not None)

    @property
    def interactions(self) -> tuple[CapturedInteraction, ...]:
        """The interactions, with the loose notes added.

        A note joins the interaction before it, or else the first one.
        """
        found = [fact for fact in self.facts if isinstance(fact, CapturedInteraction)]
        for fact in self.facts:
            if (text := _loose(fact)) and found:
                place = max(sum(one.start < fact.start for one in found) - 1, 0)
                notes = [note for note in (found[place].note, text) if note]
                found[place] = replace(found[place], note="; ".join(notes))
        return tuple(found)

    @property
    def loose_notes(self) -> tuple[str, ...]:
        """The notes of a line without an interaction: they describe the person."""
        if any(isinstance(fact, CapturedInteraction) for fact in self.facts):
            return ()
        return tuple(text for fact in self.facts if (text := _loose(fact)))


def _loose(fact: CapturedFact) -> str:
    """The words of a fact that belong to none of its fields."""
    match fact:
        case CapturedNote():
            return fact.text
        case CapturedField():
            return fact.extra
    return ""
