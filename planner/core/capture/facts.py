"""What one captured line can say, as frozen values; `line` says how it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.core.model import Direction, Outcome
from planner.core.needs import ToldState
from planner.core.records import record


@record(frozen=True, slots=True, kw_only=True)
class CapturedFact:
    """One part of the line, from `start` up to `end` (places in the text, end excluded).

    `chip` is what the screen shows while typing. With a `problem` the values are placeholders: the
    fact is shown, and must not be saved before the line is mended. `who` are places in the names of the line, nothing
    for everyone named. `other` is the second reading of a part that leaves open who did what, and `write` is the part
    as it is written when this reading alone is meant. `turned` is a part that says who did what, with the other doer.
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
    """I promised something."""

    kind: str
    note: str
    on: date
    due: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedRequest(CapturedFact):
    """They asked me for something; `due` only when they said by when."""

    kind: str
    note: str
    on: date
    due: date | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedAsk(CapturedFact):
    """I asked them for something; `promised` when they said yes already."""

    kind: str
    note: str
    on: date
    promised: bool = False


@record(frozen=True, slots=True, kw_only=True)
class CapturedReceived(CapturedFact):
    """They helped me; `occasion` is what a gift was for.

    `met` are those whom they introduced me to, who work at `met_at`; `home_by` is the day by which I bring a loan back.
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
    """I helped them; `home_by` is the day by which a loan is to be home, `occasion` what a gift was for."""

    kind: str
    note: str
    on: date
    home_by: date | None = None
    occasion: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedGiftIdea(CapturedFact):
    """What I could give them, and what it would be for."""

    text: str
    occasion: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedHome(CapturedFact):
    """What was lent or borrowed came back: what `about` says, or the one thing that is out.

    `by_me` says whether I brought it, None while that is not said and either may be meant.
    """

    about: str
    on: date
    by_me: bool | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedThanks(CapturedFact):
    """I thanked them, for what `about` says or for the one thing they helped with."""

    about: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedTold(CapturedFact):
    """I told them how it went: what `about` says, or the one thing that is open."""

    about: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedFollowUp(CapturedFact):
    """A to-do about them on a day."""

    text: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class CapturedNextDate(CapturedFact):
    """The day to be in touch again: a follow-up, "catch up" unless it says what for."""

    on: date
    text: str = "catch up"


@record(frozen=True, slots=True, kw_only=True)
class CapturedCadence(CapturedFact):
    """A change of rhythm; `text` in its normal form, "none" or "inherit"."""

    text: str


@record(frozen=True, slots=True, kw_only=True)
class CapturedYearlyDay(CapturedFact):
    """A day of the year that matters for them; `kind` is "birthday" or "anniversary"."""

    kind: str
    month: int
    day: int
    year: int | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedKnows(CapturedFact):
    """They know somebody, by name, who works at a company or is good for a topic."""

    names: tuple[str, ...]
    company: str = ""
    topic: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedField(CapturedFact):
    """What a field of theirs says from a day on.

    `field` is one of looking_for, offers, company, title and city. `title` is the title at a new company, `extra` are
    the words of the part when it says more than that.
    """

    field: str
    text: str
    on: date
    title: str = ""
    extra: str = ""


@record(frozen=True, slots=True, kw_only=True)
class CapturedThrough(CapturedFact):
    """Whom I know them through."""

    name: str


@record(frozen=True, slots=True, kw_only=True)
class CapturedAddress(CapturedFact):
    """A phone number or an e-mail address; `kind` is "phone" or "email"."""

    kind: str
    value: str


@record(frozen=True, slots=True, kw_only=True)
class CapturedNews(CapturedFact):
    """Where they stand with a need of mine: `state` since a day, the words that name the need, to whom it was passed.

    `need_id` is the need that is meant, None until it is known.
    """

    state: ToldState
    about: str
    on: date
    to: str = ""
    need_id: int | None = None


@record(frozen=True, slots=True, kw_only=True)
class CapturedNote(CapturedFact):
    """Words that are nothing else; `news` is what they say where a need is meant."""

    text: str
    news: CapturedNews | None = None


@record(frozen=True, slots=True)
class Capture:
    """A captured line: who it is about, and the facts in the order they were typed.

    `who` are the names as typed, `who_spans` where they stand. `named` is False while the line does not say yet whom it
    is about: then the last name is still being typed and there are no facts.
    """

    text: str
    who: tuple[str, ...]
    who_spans: tuple[tuple[int, int], ...]
    named: bool
    facts: tuple[CapturedFact, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """What has to be mended before the line can be saved."""
        return tuple(fact.problem for fact in self.facts if fact.problem)

    @property
    def open(self) -> tuple[CapturedFact, ...]:
        """The facts that can be read in two ways."""
        return tuple(fact for fact in self.facts if fact.other is not None)

    @property
    def interactions(self) -> tuple[CapturedInteraction, ...]:
        """The interactions with the loose notes put in.

        A note goes to the interaction before it, or else to the first one.
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
        """The notes of a line without an interaction: they are about the person."""
        if any(isinstance(fact, CapturedInteraction) for fact in self.facts):
            return ()
        return tuple(text for fact in self.facts if (text := _loose(fact)))


def _loose(fact: CapturedFact) -> str:
    """The words of a fact that no field takes."""
    match fact:
        case CapturedNote():
            return fact.text
        case CapturedField():
            return fact.extra
    return ""
