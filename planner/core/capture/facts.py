"""What one captured line can say, as frozen values; see `capture` for how it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.core.model import Direction, Outcome
from planner.core.records import record


@record(frozen=True, slots=True, kw_only=True)
class Fact:
    """One part of the line, from `start` up to `end` (places in the text, end excluded).

    `chip` is what the screen shows while typing. With a `problem` the values are placeholders: the
    fact is shown, and must not be saved before the line is mended.
    """

    start: int
    end: int
    chip: str
    problem: str = ""


@record(frozen=True, slots=True, kw_only=True)
class Interaction(Fact):
    """Something that happened, was tried, or (after today) is planned."""

    channel: str
    on: date
    outcome: Outcome
    direction: Direction
    note: str = ""


@record(frozen=True, slots=True, kw_only=True)
class Promise(Fact):
    """I promised something."""

    kind: str
    note: str
    on: date
    due: date


@record(frozen=True, slots=True, kw_only=True)
class Request(Fact):
    """They asked me for something; `due` only when they said by when."""

    kind: str
    note: str
    on: date
    due: date | None = None


@record(frozen=True, slots=True, kw_only=True)
class Ask(Fact):
    """I asked them for something; `promised` when they said yes already."""

    kind: str
    note: str
    on: date
    promised: bool = False


@record(frozen=True, slots=True, kw_only=True)
class Received(Fact):
    """They helped me."""

    kind: str
    note: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class Gave(Fact):
    """I helped them."""

    kind: str
    note: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class FollowUp(Fact):
    """A to-do about them on a day."""

    text: str
    on: date


@record(frozen=True, slots=True, kw_only=True)
class NextDate(Fact):
    """The day to be in touch again: a follow-up, "catch up" unless it says what for."""

    on: date
    text: str = "catch up"


@record(frozen=True, slots=True, kw_only=True)
class Cadence(Fact):
    """A change of rhythm; `text` in its normal form, "none" or "inherit"."""

    text: str


@record(frozen=True, slots=True, kw_only=True)
class Note(Fact):
    """Words that are nothing else."""

    text: str


@record(frozen=True, slots=True)
class Capture:
    """A captured line: who it is about, and the facts in the order they were typed.

    `who` are the names as typed, `who_spans` where they stand. `named` is False while there is no
    colon yet: then the last name is still being typed and there are no facts.
    """

    text: str
    who: tuple[str, ...]
    who_spans: tuple[tuple[int, int], ...]
    named: bool
    facts: tuple[Fact, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """What has to be mended before the line can be saved."""
        return tuple(fact.problem for fact in self.facts if fact.problem)

    @property
    def interactions(self) -> tuple[Interaction, ...]:
        """The interactions with the loose notes put in.

        A note goes to the interaction before it, or else to the first one.
        """
        found = [fact for fact in self.facts if isinstance(fact, Interaction)]
        for fact in self.facts:
            if isinstance(fact, Note) and fact.text and found:
                place = max(sum(one.start < fact.start for one in found) - 1, 0)
                notes = [note for note in (found[place].note, fact.text) if note]
                found[place] = replace(found[place], note="; ".join(notes))
        return tuple(found)

    @property
    def loose_notes(self) -> tuple[str, ...]:
        """The notes of a line without an interaction: they are about the person."""
        if any(isinstance(fact, Interaction) for fact in self.facts):
            return ()
        return tuple(fact.text for fact in self.facts if isinstance(fact, Note) and fact.text)
