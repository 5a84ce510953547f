"""What becomes of the planner's items when their entries in a calendar come back changed. Pure.

Moved there is moved here, ticked there is done here, other words there are a note here; an entry that is gone is asked
about. What was changed on both sides stays as it is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from planner.core.records import record
from planner.core.rhythm.calendar_entries import CalendarEntry


@record(frozen=True, slots=True)
class Returned:
    """An entry as a calendar says it now; `planned` is the day the planner had written.

    `words` are those somebody wrote instead of the planner's, "" where they are the planner's. `instances` are single
    occurrences that were moved: (the day they stood on, the day they stand on).
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
    """What somebody did to an entry in their calendar."""

    WORDS = "words"
    MOVED = "moved"
    DONE = "done"
    GONE = "gone"


class GoneAnswer(StrEnum):
    """What is to become of an item whose entry is gone."""

    SKIP = "skip"
    DROP = "drop"
    BACK = "back"


@record(frozen=True, slots=True)
class EntryChange:
    """One change of one entry; `day` is where it was moved to, or on which it was done."""

    entry: CalendarEntry
    change: Change
    day: date
    words: str = ""
    both: bool = False
    """Whether the planner gave the item another day as well: then the item keeps the planner's day."""


def changes_of(
    entries: Mapping[str, CalendarEntry], found: Iterable[Returned], missing: Iterable[str], today: date
) -> Iterator[EntryChange]:
    """The changes in a calendar: of entries `found` there, and of `missing` ones that the planner wrote.

    `entries` are those the planner would write today, by uid. What was settled in the planner meanwhile has none, and
    is passed over.
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
