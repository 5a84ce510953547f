"""One event as its calendar writes it, read with icalendar: its times, its rule, its people."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.evidence.seen import Attendance, Attendee
from planner.core.records import record
from planner.interchange.evidence.calendars.blocks import CalendarBlock
from planner.interchange.evidence.handles import email_handle, phone_handle, seen_key

Moment = date | datetime
"""A day, or a time: aware, or naive for a time in my own zone."""

MOST_ATTENDEES = 50
"""The most people read from one event; an event with more than a few is contact with none of them."""
_LONGEST_DAYS = 366
_ANSWERS = {
    "ACCEPTED": Attendance.ACCEPTED,
    "TENTATIVE": Attendance.TENTATIVE,
    "DECLINED": Attendance.DECLINED,
    "DELEGATED": Attendance.DECLINED,
}
_NO_PEOPLE = frozenset({"ROOM", "RESOURCE", "GROUP"})
_rule = re.compile(rb"RRULE(?:;[^:]*)?:(.*)", re.IGNORECASE | re.DOTALL)


@record(frozen=True, slots=True)
class SeriesEntry:
    """An event of a calendar, or a changed instance of a series: `stands_for` is then its original time by the rule.

    `lasts` is its length, in whole days if it starts on a day. `rules` are the texts of its recurrence rules, `more`
    further times, each with a length of its own or None, and `without` the excluded times.
    """

    uid: str
    start: Moment
    lasts: timedelta
    stands_for: Moment | None
    rules: tuple[str, ...]
    more: tuple[tuple[Moment, timedelta | None], ...]
    without: tuple[Moment, ...]
    attendees: tuple[Attendee, ...]
    cancelled: bool
    free: bool
    sequence: int
    goes_on: bool = False
    """Whether a changed instance also changes those after it (RANGE=THISANDFUTURE)."""


def learn_zone(block: CalendarBlock) -> None:
    """Register a time zone that a calendar defines with icalendar; a damaged one stays unknown."""
    from icalendar import Calendar

    text = b"\r\n".join((b"BEGIN:VCALENDAR", b"BEGIN:VTIMEZONE", *block.lines, b"END:VTIMEZONE", b"END:VCALENDAR", b""))
    # A hostile offset or rule raises any error of the library; nothing of it is needed.
    with suppress(Exception):
        Calendar.from_ical(text)


def zone_named(text: str) -> tzinfo | None:
    """A time zone by its name ("Europe/Oslo"); None for an unknown one."""
    try:
        return ZoneInfo(text) if len(text) <= 100 and text.isascii() else None
    except (ValueError, OSError):
        return None


def entry_of(block: CalendarBlock, floating: tzinfo | None) -> SeriesEntry | None:
    """An event from its lines; None without a readable time. Raises `ValueError` for a damaged one.

    `floating` is the zone of times without one; with None they stay naive.
    """
    from icalendar import Event

    rules = tuple(match[1].decode("utf-8", "replace").strip() for line in block.lines if (match := _rule.match(line)))
    lines = [line for line in block.lines if line[:5].upper() != b"RRULE"]
    try:
        event = Event.from_ical(b"\r\n".join((b"BEGIN:VEVENT", *lines, b"END:VEVENT", b"")))
    except Exception as error:
        raise ValueError("the event is damaged") from error
    start = _moment(_one(event, "DTSTART"), floating)
    if start is None:
        return None
    lasts = _lasts(event, start, floating)
    people = _attendees(event)
    uid = str(_one(event, "UID") or "")[:500]
    sequence = str(_one(event, "SEQUENCE") or "")
    return SeriesEntry(
        uid=uid or seen_key("event", start, *sorted(one.handle.value for one in people)),
        start=start,
        lasts=lasts,
        stands_for=_moment(_one(event, "RECURRENCE-ID"), floating),
        rules=rules,
        more=tuple(_listed(event, "RDATE", floating)),
        without=tuple(moment for moment, _ in _listed(event, "EXDATE", floating)),
        attendees=people,
        cancelled=str(_one(event, "STATUS") or "").strip().upper() == "CANCELLED",
        free=str(_one(event, "TRANSP") or "").strip().upper() == "TRANSPARENT",
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0,
        goes_on=_said(getattr(_one(event, "RECURRENCE-ID"), "params", {}), "RANGE") == "THISANDFUTURE",
    )


def _all(event: Any, name: str) -> list[Any]:
    value = event.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(event: Any, name: str) -> Any:
    return next(iter(_all(event, name)), None)


def _dated(value: Any) -> Any:
    """The Python value of a date or time, None for a damaged one."""
    try:
        return value.dt
    except (AttributeError, ValueError):
        # A value that icalendar found to be broken raises one of these.
        return None


def _moment(value: Any, floating: tzinfo | None) -> Moment | None:
    moment = _dated(value) if value is not None else None
    return _settled(moment, floating) if isinstance(moment, date) else None


def _settled(moment: Moment, floating: tzinfo | None) -> Moment | None:
    """A moment, with `floating` as the zone of a naive one; None for a year before 1900 or after 2200."""
    if not 1900 <= moment.year <= 2200:
        return None
    if isinstance(moment, datetime) and moment.tzinfo is None and floating is not None:
        return moment.replace(tzinfo=floating)
    return moment


def _lasts(event: Any, start: Moment, floating: tzinfo | None) -> timedelta:
    is_day = not isinstance(start, datetime)
    end = _moment(_one(event, "DTEND"), floating)
    if end is not None and isinstance(end, datetime) is is_day:
        end = None
    if end is not None:
        if isinstance(start, datetime) and isinstance(end, datetime):
            if (start.tzinfo is None) is not (end.tzinfo is None):
                start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
            lasts = end.astimezone(UTC) - start.astimezone(UTC) if start.tzinfo else end - start
        else:
            lasts = end - start
    else:
        said = _dated(_one(event, "DURATION")) if event.get("DURATION") is not None else None
        lasts = said if isinstance(said, timedelta) else timedelta(days=1) if is_day else timedelta(0)
    least = timedelta(days=1) if is_day else timedelta(0)
    return min(max(lasts, least), timedelta(days=_LONGEST_DAYS))


def _listed(event: Any, name: str, floating: tzinfo | None) -> list[tuple[Moment, timedelta | None]]:
    """The moments in a list of dates, times and periods, each with the length of its period or None."""
    found: list[tuple[Moment, timedelta | None]] = []
    for listed in _all(event, name):
        for one in getattr(listed, "dts", None) or ():
            value = _dated(one)
            lasts: timedelta | None = None
            if isinstance(value, tuple) and len(value) == 2:
                value, end = value
                if isinstance(end, timedelta):
                    lasts = end
                elif isinstance(end, datetime) and (end.tzinfo is None) is (value.tzinfo is None):
                    lasts = end - value
            moment = _settled(value, floating) if isinstance(value, date) else None
            if moment is not None:
                found.append((moment, lasts))
    return found


def _attendees(event: Any) -> tuple[Attendee, ...]:
    """The people of an event, each once, including the organizer."""
    found: dict[str, Attendee] = {}
    for one in _all(event, "ATTENDEE")[: 4 * MOST_ATTENDEES]:
        parameters = getattr(one, "params", {})
        if _said(parameters, "CUTYPE") in _NO_PEOPLE or _said(parameters, "ROLE") == "NON-PARTICIPANT":
            continue
        attendee = _attendee(one, _ANSWERS.get(_said(parameters, "PARTSTAT"), Attendance.NONE), organizer=False)
        if attendee is not None and len(found) < MOST_ATTENDEES:
            found.setdefault(attendee.handle.value, attendee)
    organizer = _attendee(_one(event, "ORGANIZER"), Attendance.NONE, organizer=True)
    if organizer is not None:
        known = found.get(organizer.handle.value)
        if known is not None:
            organizer = Attendee(known.handle, known.answer, organizer=True)
        found[organizer.handle.value] = organizer
    return tuple(found.values())


def _attendee(value: Any, answer: Attendance, *, organizer: bool) -> Attendee | None:
    if not isinstance(value, str):
        return None
    parameters = getattr(value, "params", {})
    address = str(value)[:1000]
    name = str(parameters.get("CN", ""))
    if address[:4].lower() == "tel:":
        handle = phone_handle(address[4:], None, name)
    else:
        handle = email_handle(address, name) or email_handle(str(parameters.get("EMAIL", "")), name)
    return Attendee(handle, answer, organizer) if handle else None


def _said(parameters: Any, name: str) -> str:
    return str(parameters.get(name, "")).strip().upper()
