"""A brief before a meeting: one screen about a person, from facts alone. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.core.dates.shown import exact_date, short_date
from planner.core.model import Contact, Interaction, ItemKind, OpenItem, Outcome
from planner.core.records import record
from planner.core.rhythm.due import Rhythm
from planner.core.words.counts import counted
from planner.core.words.triage import loop_words
from planner.core.words.wording import when_word

MOST_LINES = 22
TALKS = 3
LOOPS = 5
KNOWN = 5
NOTES = 2

Line = tuple[str, str]
"""(label, words); a line with an empty label continues the one before."""


@record(frozen=True, slots=True)
class BriefFacts:
    """The facts a brief is made of; `known` are names of people we both know."""

    contact: Contact
    rhythm: Rhythm | None
    interactions: Sequence[Interaction]
    loops: Sequence[OpenItem]
    gave: int = 0
    received: int = 0
    give: str = ""
    known: Sequence[str] = ()


@record(frozen=True, slots=True)
class Brief:
    """A brief about one contact: at most 22 lines, counting its name."""

    contact_id: int
    name: str
    lines: tuple[Line, ...]


def brief(facts: BriefFacts, today: date) -> Brief:
    """Who they are, the last talks, what is open both ways, what to give, whom we both know, what to ask about."""
    contact = facts.contact
    lines: list[Line] = []

    def add(label: str, *words: str) -> None:
        lines.extend((label if place == 0 else "", one) for place, one in enumerate(words) if one)

    work = ", ".join(part for part in (contact.title, contact.company) if part)
    add("who", " · ".join(part for part in (work, contact.city, ", ".join(contact.circles)) if part))
    add("reach", " · ".join([cell.value for cell in (*contact.emails[:1], *contact.phones[:1], *contact.urls[:1])]))
    add("through", contact.through)
    talks = [one for one in facts.interactions if one.outcome is Outcome.REACHED and one.on <= today]
    add("last", *(_talk(one, today) for one in talks[:TALKS]))
    if not talks:
        add("last", "not in touch yet")
    if facts.rhythm is not None:
        add("rhythm", f"{facts.rhythm.effective.cadence.words}, due {exact_date(facts.rhythm.due)}")
    loops = [one for one in facts.loops if one.kind is not ItemKind.DATE]
    more = f"and {len(loops) - LOOPS} more" if len(loops) > LOOPS else ""
    add("open", *(f"{loop_words(one)}, {when_word(one, today)}" for one in loops[:LOOPS]), more)
    add("looks for", contact.looking_for)
    add("offers", contact.offers)
    add("you could", facts.give)
    if facts.gave or facts.received:
        add("helped", f"you {counted(facts.gave, 'time')}, they {counted(facts.received, 'time')}")
    others = f" and {len(facts.known) - KNOWN} more" if len(facts.known) > KNOWN else ""
    add("both know", ", ".join(facts.known[:KNOWN]) + others if facts.known else "")
    days = [f"{one.text}, {when_word(one, today)}" for one in facts.loops if one.kind is ItemKind.DATE]
    add("days near", "; ".join(days))
    notes = [" ".join(one.split()) for one in contact.notes.splitlines() if one.strip()]
    add("ask about", *notes[-NOTES:])
    return Brief(contact.id, contact.name, tuple(lines[: MOST_LINES - 1]))


def _talk(one: Interaction, today: date) -> str:
    note = one.note.splitlines()[0] if one.note else ""
    return f"{short_date(one.on, today)}  {one.channel or 'contact'}{f': {note}' if note else ''}"
