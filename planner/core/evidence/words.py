"""The words for a source and for what was seen in it."""

from __future__ import annotations

from datetime import date

from planner.core.dates.shown import WEEKDAY_NAMES, short_date
from planner.core.model import Direction, Outcome, SeenCount
from planner.core.words.counts import counted, people_word
from planner.core.words.folding import clean_line

_KINDS = {"mbox": "mailbox", "calendar": "calendar", "calls": "calls", "chat": "chat"}
_REACHED = {
    ("mail", Direction.THEM): "they wrote",
    ("mail", Direction.ME): "you wrote",
    ("message", Direction.THEM): "they wrote",
    ("message", Direction.ME): "you wrote",
    ("message", Direction.BOTH): "you both wrote",
    ("call", Direction.THEM): "they called",
    ("call", Direction.ME): "you called",
    ("meeting", Direction.BOTH): "you met",
}


def source_words(path: str, kind: str) -> str:
    """The name of a source within a sentence: "watched folder Mail"."""
    name = path.rstrip("/").rpartition("/")[2] or path
    return f"watched {_KINDS.get(kind, 'folder')} {clean_line(name)[:60]}"


def since_words(since: date, today: date) -> str:
    """The first day on which something was seen: "today", "since yesterday", "since Tuesday", "since 12 Nov"."""
    days = (today - since).days
    if days <= 0:
        return "today"
    if days < 7:
        return "since " + ("yesterday" if days == 1 else WEEKDAY_NAMES[since.weekday()].capitalize())
    return f"since {short_date(since, today)}"


def count_words(found: SeenCount, today: date) -> str:
    """A line about what was seen: "seen since Tuesday: 12 people, 2 names to say"."""
    asks = f"{counted(found.names, 'name')} to say" if found.names else ""
    if not found.people:
        return asks
    words = f"seen {since_words(found.since, today)}: {people_word(found.people)}"
    return f"{words}, {asks}" if asks else words


def what_happened(channel: str, direction: Direction, outcome: Outcome) -> str:
    """An interaction in words: "they wrote", "you called, no answer", "planned"."""
    words = _REACHED.get((channel, direction), channel or "in touch")
    if outcome is Outcome.PLANNED:
        return "planned"
    if outcome is Outcome.ATTEMPT:
        return "they called, missed" if direction is Direction.THEM else f"{words}, no answer"
    return words


def seen_words(channel: str, direction: Direction, outcome: Outcome, source: str) -> str:
    """An interaction that was seen, with its source: "they wrote (mail, watched folder Mail)"."""
    return f"{what_happened(channel, direction, outcome)} ({channel}, {source})"
