"""Writes open items and days of the year as calendars after RFC 5545, with the icalendar library.

Every entry is all-day and blocks no time (TRANSP:TRANSPARENT), is private, and has an alarm at nine. The files do not
depend on when they are written: the same entries give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from planner.core.model import ItemKind
from planner.core.words.folding import clean, clean_line
from planner.interchange.files import entry_name

if TYPE_CHECKING:
    from planner.core.rhythm.calendar_entries import CalendarEntry

PRODUCT = "-//planner//export//EN"
CALLED_AT = timedelta(hours=9)
ITEM, DAY, MARK = "X-PLANNER-ITEM", "X-PLANNER-DAY", "X-PLANNER-MARK"
"""The entry, the day it is planned for, and the digests of its title and description, for when it comes back."""
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)
WORDS = {
    ItemKind.CADENCE: "Catch up with {name}",
    ItemKind.DATE: "{name}: {text}",
    ItemKind.FOLLOWUP: "{name}: {text}",
    ItemKind.PROMISE: "Promised {name}: {text}",
    ItemKind.REQUEST: "Answer {name}: {text}",
    ItemKind.ASK: "Ask {name} again: {text}",
    ItemKind.THANKS: "Thank {name}: {text}",
    ItemKind.OUTCOME: "Tell {name} how it went: {text}",
    ItemKind.INTRODUCTION: "{name}: {text}",
    ItemKind.PLANNED: "{name}: {text}",
    ItemKind.ANSWER: "Reply to {name}: {text}",
    ItemKind.NEED: "{name}: {text}",
    ItemKind.LOAN: "{name}: {text}",
}
"""The title of an entry, by its kind."""


def feed(entries: Iterable[CalendarEntry], *, todo: bool = False) -> Iterator[bytes]:
    """All entries as one calendar, one part for each."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Planner")
    # Written around the entries, so that a large calendar is never in memory as a whole.
    begin, _, end = calendar.to_ical(sorted=False).rpartition(b"END:VCALENDAR")
    yield begin
    for entry in entries:
        yield _component(entry, todo=todo).to_ical(sorted=False)
    yield b"END:VCALENDAR" + end


def folder(entries: Iterable[CalendarEntry], *, todo: bool = False) -> dict[str, bytes]:
    """Each entry as a calendar of its own, by file name: a vdir."""
    files = {}
    for entry in entries:
        calendar = _calendar()
        calendar.add_component(_component(entry, todo=todo))
        files[entry_name(entry.uid)] = bytes(calendar.to_ical(sorted=False))
    return files


def _calendar() -> Any:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _component(entry: CalendarEntry, *, todo: bool) -> Any:
    """An event, or a to-do with `todo`; a day of the year is nothing to do and stays an event."""
    from icalendar import Alarm, Event, Todo
    from icalendar.prop import vRecur

    is_todo = todo and entry.kind is not ItemKind.DATE
    component: Any = Todo() if is_todo else Event()
    text = clean_line(entry.text)
    summary = WORDS[entry.kind].format(name=clean_line(entry.name), text=text)
    component.add("uid", entry.uid)
    component.add("dtstamp", _instant(entry.changed_at))
    component.add("last-modified", _instant(entry.changed_at))
    component.add("sequence", entry.sequence)
    component.add("summary", summary.removesuffix(": "))
    if is_todo:
        # One round each: when it is done, the planner says when the next one is.
        component.add("due", entry.day)
        component.add("status", "NEEDS-ACTION")
    else:
        component.add("dtstart", entry.day)
        component.add("dtend", entry.day + timedelta(days=1))
        if entry.rule:
            component.add("rrule", vRecur.from_ical(entry.rule))
        component.add("transp", "TRANSPARENT")
    description = _rhythm_words(entry) if entry.kind is ItemKind.CADENCE else ""
    component.add(ITEM, entry.uid)
    component.add(DAY, entry.day.isoformat())
    component.add(MARK, f"{mark_of(summary.removesuffix(': '))} {mark_of(description)}")
    component.add("class", "PRIVATE")
    component.add("categories", [str(entry.kind)])
    if description:
        component.add("description", description)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary.removesuffix(": "))
    alarm.add("trigger", CALLED_AT, parameters={"RELATED": "END"} if is_todo else {})
    component.add_component(alarm)
    return component


def mark_of(words: str) -> str:
    """A digest of some words, only of letters and digits: servers cut other characters off such lines."""
    return blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _rhythm_words(entry: CalendarEntry) -> str:
    last = f"last contact {entry.last_contact.isoformat()}" if entry.last_contact is not None else "never in touch yet"
    return ", ".join(part for part in (clean(entry.text), last) if part)


def _instant(text: str) -> datetime:
    """An instant in UTC from a stored one, or from a civil date."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return _UNKNOWN
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.astimezone(UTC).replace(microsecond=0)


__all__ = ["feed", "folder"]
