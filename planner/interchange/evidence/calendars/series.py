"""Gives the instances of an event within a span of days, by its rules and dates, with exclusions and moved instances.

`planner.core.dates.recurrence` walks the rules, as for follow-ups; a rule finer than a day is refused. Two points of
RFC 5545 are followed where that module deviates: a month without the day is skipped, and UNTIL may be an instant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from operator import itemgetter

from planner.core.dates.recurrence import occurrences
from planner.core.dates.recurrence_rules import Rule, parse_rule
from planner.core.evidence.seen import Event
from planner.core.records import record
from planner.errors import Refused
from planner.interchange.evidence.calendars.entries import Moment, SeriesEntry
from planner.interchange.evidence.handles import seen_key

MOST_INSTANCES = 1_000
"""The most instances of one series."""
_until = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")


@record(frozen=True, slots=True)
class Span:
    """The first and the last wanted day, and my zone, in which naive times are read."""

    first: date
    last: date
    zone: tzinfo

    def has(self, moment: Moment) -> bool:
        """Whether a moment lies within the span."""
        return self.first <= self.day(moment) <= self.last

    def day(self, moment: Moment) -> date:
        """The day of a moment in my zone."""
        if not isinstance(moment, datetime):
            return moment
        return (moment.astimezone(self.zone) if moment.tzinfo else moment).date()

    def instant(self, moment: datetime) -> datetime:
        """A time as an instant."""
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)


def events_of(entries: list[SeriesEntry], span: Span) -> Iterator[Event]:
    """The instances of all entries with one UID. Raises `Refused` for a rule that cannot be walked."""
    masters = [one for one in entries if one.stands_for is None]
    moved: dict[str, SeriesEntry] = {}
    for one in sorted(entries, key=lambda one: one.sequence):
        if one.stands_for is not None:
            moved[_place(one.stands_for)] = one
    if masters:
        master = max(masters, key=lambda one: one.sequence)
        without = {_place(one) for one in master.without}
        changing = ((_order(one.stands_for, span), one) for one in moved.values() if one.goes_on and one.stands_for)
        goes_on = sorted(changing, key=itemgetter(0))
        for moment, lasts in _moments(master, span):
            if _place(moment) in without or _day_place(moment) in without or _place(moment) in moved:
                continue
            place = bisect_left(goes_on, _order(moment, span), key=itemgetter(0))
            if not place:
                yield _event(master, moment, moment, lasts or master.lasts, span)
                continue
            changed = goes_on[place - 1][1]
            start = _shifted(moment, changed)
            if span.has(start):
                yield _event(changed, moment, start, changed.lasts, span)
    for one in moved.values():
        if one.stands_for is not None and span.has(one.start):
            yield _event(one, one.stands_for, one.start, one.lasts, span)


def _order(moment: Moment, span: Span) -> datetime:
    return span.instant(moment if isinstance(moment, datetime) else datetime.combine(moment, time()))


def _shifted(moment: Moment, changed: SeriesEntry) -> Moment:
    """The time of an instance that follows a changed one: shifted by as much as the changed one was."""
    old, new = changed.stands_for, changed.start
    if isinstance(moment, datetime) and isinstance(old, datetime) and isinstance(new, datetime):
        if (old.tzinfo is None) is not (new.tzinfo is None):
            old, new = old.replace(tzinfo=None), new.replace(tzinfo=None)
        return moment + (new - old)
    if isinstance(new, datetime) or isinstance(moment, datetime) or isinstance(old, datetime) or old is None:
        # Whole days became times or times whole days: the instance keeps its day, in the form of the changed one.
        return datetime.combine(moment, new.timetz()) if isinstance(new, datetime) else date(*moment.timetuple()[:3])
    return moment + (new - old)


def _place(moment: Moment) -> str:
    """A text that identifies a moment in its series: for an instant (UTC), a time without a zone, or a day."""
    if not isinstance(moment, datetime):
        return _day_place(moment)
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if moment.tzinfo else moment.strftime("%Y%m%dT%H%M%S")


def _day_place(moment: Moment) -> str:
    return moment.strftime("%Y%m%d")


def _event(entry: SeriesEntry, stands_for: Moment, start: Moment, lasts: timedelta, span: Span) -> Event:
    key = seen_key("event", entry.uid, _place(stands_for))
    people, cancelled, free = entry.attendees, entry.cancelled, entry.free
    if not isinstance(start, datetime):
        last = start + max(lasts, timedelta(days=1)) - timedelta(days=1)
        return Event(key, None, None, people, start, last, cancelled, free)
    begins = span.instant(start)
    return Event(key, begins, begins + lasts, people, cancelled=cancelled, free=free)


def _moments(entry: SeriesEntry, span: Span) -> Iterator[tuple[Moment, timedelta | None]]:
    """The beginnings of a series' instances, each once, with their own length if a period gives one."""
    found: dict[str, tuple[Moment, timedelta | None]] = {}
    if not entry.rules and span.has(entry.start):
        found[_place(entry.start)] = (entry.start, None)
    for rule in entry.rules[:4]:
        for moment in _of_rule(entry.start, rule, span):
            if len(found) >= MOST_INSTANCES:
                break
            found.setdefault(_place(moment), (moment, None))
    for moment, lasts in entry.more:
        if span.has(moment) and len(found) < MOST_INSTANCES:
            found.setdefault(_place(moment), (moment, lasts))
    yield from found.values()


def _of_rule(start: Moment, text: str, span: Span) -> Iterator[Moment]:
    rule, until, count = _read_rule(text, start)
    first = start.date() if isinstance(start, datetime) else start
    # A day more at both ends: in my zone an instance may be on another day.
    begin = first if count else max(first, span.first - timedelta(days=1))
    end = span.last + timedelta(days=1)
    if begin > end:
        return
    number = 0
    for day in occurrences(str(rule), first, begin, end):
        if not rule.names_days and rule.frequency in ("MONTHLY", "YEARLY") and day.day != first.day:
            continue
        number += 1
        if count is not None and number > count:
            return
        moment: Moment = datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day
        if until is not None and _is_after(moment, until, span):
            return
        if span.has(moment):
            yield moment


def _is_after(moment: Moment, until: Moment, span: Span) -> bool:
    """Whether an instance is after UNTIL; one of the two may be a day, the other a time."""
    if not isinstance(until, datetime):
        return (moment.date() if isinstance(moment, datetime) else moment) > until
    if not isinstance(moment, datetime):
        return moment > until.date()
    if until.tzinfo is None and moment.tzinfo is not None:
        return moment.replace(tzinfo=None) > until
    return span.instant(moment) > span.instant(until)


def _read_rule(text: str, start: Moment) -> tuple[Rule, Moment | None, int | None]:
    """(a rule without UNTIL and COUNT, UNTIL, COUNT). Raises `Refused` for a rule finer than a day or unknown."""
    kept: list[str] = []
    until: Moment | None = None
    count: int | None = None
    clock = start.time() if isinstance(start, datetime) else time()
    same = {"BYHOUR": clock.hour, "BYMINUTE": clock.minute, "BYSECOND": clock.second}
    for part in text.upper().replace(" ", "").strip(";").split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            until = _until_moment(value)
        elif name == "COUNT":
            if not (value.isascii() and value.isdigit() and len(value) <= 6):
                raise Refused("its rule has a COUNT that is no number", "Change the event in the calendar")
            count = int(value)
        elif name in same and value.isascii() and value.isdigit() and int(value[:3]) == same[name]:
            # Outlook repeats the time of day in the rule.
            continue
        elif name == "RRULE" or part.startswith("X-"):
            continue
        else:
            kept.append(part)
    return parse_rule(";".join(kept)), until, count


def _until_moment(text: str) -> Moment:
    match = _until.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        clock = time(int(match[4]), int(match[5]), min(int(match[6]), 59), tzinfo=UTC if match[7] else None)
    except ValueError:
        raise Refused("its rule has an UNTIL that is no date", "Change the event in the calendar") from None
    return datetime.combine(day, clock)
