"""Calendars in iCalendar, three years back and one ahead: the people of each event, and their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from planner.core.evidence.seen import Event
from planner.errors import Refused
from planner.interchange.evidence.calendars.blocks import UNCLOSED, blocks_of
from planner.interchange.evidence.calendars.entries import SeriesEntry, entry_of, learn_zone, zone_named
from planner.interchange.evidence.calendars.series import Span, events_of
from planner.interchange.evidence.content import Content, FileLayout, FileReader

MOST_ENTRIES = 100_000
_BACK, _AHEAD = timedelta(days=3 * 366), timedelta(days=366)
_ANEW = timedelta(days=30)
"""An unchanged calendar is read again after this time, since the span of days moves."""
_begins = re.compile(rb"\s*(?:\xef\xbb\xbf)?BEGIN:(?:VCALENDAR|VEVENT)\s*?[\r\n]", re.IGNORECASE)
_MEANING = (b"ATTENDEE", b"ORGANIZER", b"RECURRENCE-ID")


def span_of(reader: FileReader) -> Span:
    """The days whose instances are wanted."""
    zone = reader.request.zone
    return Span(
        (reader.request.now - _BACK).astimezone(zone).date(),
        (reader.request.now + _AHEAD).astimezone(zone).date(),
        zone,
    )


def _events(content: Content, reader: FileReader) -> Iterator[Event]:
    """The instances of events with people in a calendar."""
    from icalendar.timezone import tzp

    # The library keeps the zones that files define: another file may define the same name differently.
    tzp.use_default()
    floating: tzinfo | None = None
    is_cancelled = False
    series: dict[str, list[SeriesEntry]] = {}
    damaged = count = 0
    for block in blocks_of(content):
        # A property of the calendar may come after the events that it applies to.
        if block.name == "VTIMEZONE":
            learn_zone(block)
        elif block.name == "METHOD":
            is_cancelled = block.lines[0].partition(b":")[2].strip().upper() == b"CANCEL"
        elif block.name == "X-WR-TIMEZONE":
            floating = zone_named(block.lines[0].partition(b":")[2].decode("ascii", "replace").strip())
    for block in blocks_of(content):
        if reader.stopped():
            return
        if block.name == UNCLOSED:
            # A file that is truncated, or still being written.
            damaged += 1
        if block.name != "VEVENT":
            continue
        if any(line.upper().startswith(_MEANING) for line in block.lines):
            count += 1
            if count > MOST_ENTRIES:
                reader.report(f"it holds more than {MOST_ENTRIES:,} events, and the rest was left out", "Split it")
                break
            try:
                entry = entry_of(block, floating)
            except ValueError:
                entry = None
            if entry is None:
                damaged += 1
            elif not entry.attendees and entry.stands_for is None:
                continue
            else:
                series.setdefault(entry.uid, []).append(entry)
    if damaged:
        reader.report(f"{damaged} of its events cannot be read", "Open them in the calendar and save them again")
    span = span_of(reader)
    for entries in series.values():
        try:
            for event in events_of(entries, span):
                yield _cancelled(event) if is_cancelled else event
        except (Refused, ValueError, OverflowError) as error:
            why = error.message if isinstance(error, Refused) else "its times cannot be"
            reader.report(f"the event of {entries[0].start:%-d %B %Y}: {why}", "Change the event in the calendar")


def _cancelled(event: Event) -> Event:
    days = (event.first_day, event.last_day)
    return Event(event.key, event.start, event.end, event.attendees, *days, cancelled=True, free=event.free)


def _read(content: Content, reader: FileReader) -> Iterator[Event]:
    again = reader.request.now + _ANEW
    for event in _events(content, reader):
        if not event.attendees:
            continue
        ends = _end(event, reader.request.zone)
        if reader.request.now < ends < again:
            again = ends
        if reader.request.is_wanted(ends):
            yield event
    reader.again = min(again, reader.again) if reader.again else again


def _end(event: Event, zone: tzinfo) -> datetime:
    """When an event is over."""
    if event.end is not None:
        return event.end
    assert event.last_day is not None
    day = event.last_day + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


LAYOUT = FileLayout("iCalendar", "calendar", 10, lambda content: _begins.match(content.head) is not None, _read)
