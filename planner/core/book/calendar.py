"""Rules for calendar entries that come back changed: what happens to the planner's items. Pure.

An entry moved in the calendar moves its item, a ticked entry completes its item, edited words become a note, and a
deleted entry raises a question. Where both sides changed, the item stays as the planner has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from planner.core.records import record
from planner.core.rhythm.calendar_entries import CalendarEntry


@record(frozen=True, slots=True)
class Returned:
    """An entry as the calendar says it now; `planned` is the day the planner had written.

    `words` is the text that somebody wrote over the planner's, "" while the planner's text stands. `instances` are
    single occurrences that were moved: (their original day, their new day).
    """

    uid: str
    planned: date
    day: date
    is_done: bool = False
    done_on: date | None = None
    is_cancelled: bool = False
    words: str = ""
    sequence: int = 0
    instances: tuple[tuple[date, date], ...] = ()


class Change(StrEnum):
    """A change that the user made to an entry in their calendar program."""

    WORDS = "words"
    MOVED = "moved"
    DONE = "done"
    GONE = "gone"


class GoneAnswer(StrEnum):
    """The answer to what happens with an item whose entry was deleted in the calendar."""

    SKIP = "skip"
    DROP = "drop"
    BACK = "back"


@record(frozen=True, slots=True)
class EntryChange:
    """One change of one entry; `day` is the day it was moved to, or the day it was done."""

    entry: CalendarEntry
    change: Change
    day: date
    words: str = ""
    both: bool = False
    """Whether the planner moved the item too: the item then keeps the planner's day."""


def changes_of(
    entries: Mapping[str, CalendarEntry], found: Iterable[Returned], missing: Iterable[str], today: date
) -> Iterator[EntryChange]:
    """The changes in a calendar: to entries `found` there, and to `missing` ones that the planner wrote.

    `entries` are those the planner would write today, by uid. An item settled in the planner meanwhile has no entry
    among them and is skipped.
    """
    for one in found:
        entry = entries.get(one.uid)
        if entry is None:
            continue
        if one.words:
            yield EntryChange(entry, Change.WORDS, today, one.words)
        if one.is_done:
            yield EntryChange(entry, Change.DONE, min(one.done_on or today, today))
        elif one.is_cancelled:
            yield EntryChange(entry, Change.GONE, today)
        else:
            # A single occurrence of a repeating item may be moved alone: the open round is the first occurrence.
            day = next((on for stood, on in one.instances if stood == entry.day), one.day)
            if day not in (one.planned, entry.day):
                yield EntryChange(entry, Change.MOVED, day, both=entry.day != one.planned)
    for uid in missing:
        if uid in entries:
            yield EntryChange(entries[uid], Change.GONE, today)
