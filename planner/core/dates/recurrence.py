"""The days of a recurrence rule, the day that a contact meets, and org's three repeaters.

Rules are read as dateutil reads RFC 5545, but walked in windows of one year, since dateutil's own walk never ends on
some rules and takes seconds on others. Three deliberate deviations: a monthly or yearly rule that names no days starts
over from its anchor each time, clamped to the month's length, where RFC 5545 skips a month without that day; set
positions (BYSETPOS) in the first week are counted over the whole week; an UNTIL with a time of day means that whole
civil day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby, islice
from typing import Final

from planner.core.dates.civil import FIRST_YEAR, LAST_YEAR, week_start
from planner.core.dates.interval import LONGEST_DAYS, Interval, add_months
from planner.core.dates.recurrence_rules import Rule, parse_rule, rule_words
from planner.core.records import record
from planner.core.words.echo import clean_echo
from planner.core.words.patterns import late
from planner.errors import Refused

__all__ = [
    "Repeat",
    "check_rule",
    "due_after",
    "first_occurrence",
    "nearest_met",
    "next_occurrence",
    "occurrences",
    "parse_repeat",
    "previous_occurrence",
    "repeat_due",
    "rule_words",
]

HORIZON_YEARS: Final = 50
"""How far ahead the next day of a rule is searched; a rule without a day within it has none."""

_EARLIEST: Final = date(FIRST_YEAR, 1, 1)
_LATEST: Final = date(LAST_YEAR, 12, 31)
_BEYOND_THE_CALENDAR: Final = 10_000
"""An interval in years at which a dateutil rule stops after its first year."""


def check_rule(text: str, anchor: date) -> str:
    """The normal form, without "RRULE:", of a rule that starts on the anchor.

    Raises Refused for a text that is no rule, for a rule finer than a day, and for one without a day within 50 years; a
    rule without UNTIL or COUNT must also have a day after the anchor.
    """
    rule = parse_rule(text)
    if not _comes_round(rule, anchor):
        raise Refused(
            f"The rule “{clean_echo(text)}” has no day within {HORIZON_YEARS} years",
            "Try RRULE:FREQ=MONTHLY;BYDAY=-1FR",
        )
    return str(rule)


@lru_cache(maxsize=512)
def _comes_round(rule: Rule, anchor: date) -> bool:
    start = anchor if rule.until or rule.count else min(anchor, _LATEST) + timedelta(days=1)
    return _first(rule, anchor, start) is not None


def occurrences(rule: str, since: date, start: date, end: date) -> tuple[date, ...]:
    """The days of a rule from start to end, both included, none before `since`."""
    days = []
    for day in _walk(parse_rule(rule), since, start):
        if day > end:
            break
        days.append(day)
    return tuple(days)


def first_occurrence(rule: str, since: date, on_or_after: date) -> date | None:
    """The first day of a rule on or after a date, never before `since`; None if none within 50 years."""
    return _first(parse_rule(rule), since, on_or_after)


def next_occurrence(rule: str, since: date, after: date) -> date | None:
    """The first day of a rule strictly after a date, never before `since`."""
    return _first(parse_rule(rule), since, after + timedelta(days=1)) if after < _LATEST else None


def previous_occurrence(rule: str, since: date, on_or_before: date) -> date | None:
    """The last day of a rule on or before a date, never before `since`."""
    return _last(parse_rule(rule), since, on_or_before)


def nearest_met(rule: str, since: date, contact: date, phase: date | None = None) -> date | None:
    """The day of a rule that a contact meets: the nearest one, of two equally near the earlier one.

    `phase` is the day from which the rule counts its turns, `since` by default. None before `since`: a contact before
    the first day meets it only when it is nearer to that day than to the day one step earlier.
    """
    parsed, start = parse_rule(rule), phase or since
    before = _last(parsed, start, contact)
    if before is None or before < since:
        first = _first(parsed, start, since)
        second = next_occurrence(rule, start, first) if first else None
        if first is None or second is None:
            return None
        return first if (first - contact) < (second - first) - (first - contact) else None
    after = next_occurrence(rule, start, contact)
    if after is None or contact - before <= after - contact:
        return before
    return after


def due_after(rule: str, since: date, last_contact: date | None, phase: date | None = None) -> date | None:
    """When a rule is due, given the last contact: the day after the one it met, else the first day from `since`.

    `phase` is the day from which the rule counts its turns, `since` by default. None when the rule has ended.
    """
    start = phase or since
    met = nearest_met(rule, since, last_contact, start) if last_contact else None
    return next_occurrence(rule, start, met) if met else first_occurrence(rule, start, since)


# The walk. A window holds the days of one year; with weekly rules, of the weeks that start in it, so
# that places within a week (BYSETPOS) are counted over the whole week.


def _first(rule: Rule, since: date, on_or_after: date) -> date | None:
    return next(_walk(rule, since, on_or_after), None)


def _walk(rule: Rule, since: date, start: date) -> Iterator[date]:
    """The days of a rule from `start` on, until the rule ends or has no day for 50 years."""
    since = max(since, _EARLIEST)
    start = max(since, start)
    days = _walk_windows(rule, since, since if rule.count else start)
    for day in islice(days, rule.count):
        if day >= start:
            yield day


def _walk_windows(rule: Rule, since: date, start: date) -> Iterator[date]:
    year, silent_from = _window_year(rule, start), start
    while year <= min(LAST_YEAR, silent_from.year + HORIZON_YEARS):
        days = _window(rule, since, year)
        for day in days[bisect_left(days, start) :]:
            if day > add_months(silent_from, HORIZON_YEARS * 12):
                return
            silent_from = day
            yield day
        year += 1


def _last(rule: Rule, since: date, on_or_before: date) -> date | None:
    since = max(since, _EARLIEST)
    latest = min(on_or_before, rule.until or _LATEST, _LATEST)
    if latest < since:
        return None
    if rule.count:
        last = None
        for day in _walk(rule, since, since):
            if day > latest:
                break
            last = day
        return last
    newest = _window_year(rule, latest)
    for year in range(newest, max(_window_year(rule, since), newest - HORIZON_YEARS) - 1, -1):
        days = _window(rule, since, year)
        if position := bisect_right(days, latest):
            return days[position - 1]
    return None


def _window_year(rule: Rule, day: date) -> int:
    return (week_start(day, rule.week_start) if rule.frequency == "WEEKLY" else day).year


def _window(rule: Rule, since: date, year: int) -> tuple[date, ...]:
    """The days in one window, in order, from `since` to the rule's UNTIL."""
    if rule.frequency == "WEEKLY":
        days = _weekly_days(rule, since, year)
    elif rule.frequency == "DAILY":
        phase = since.toordinal() % rule.interval
        matching = _matching(rule, year, rule.by_month)
        days = [day for day in matching if day.toordinal() % rule.interval == phase]
    else:
        days = _monthly_days(rule, since, year)
    if rule.by_position:
        days = _in_position(rule, days)
    latest = min(rule.until or _LATEST, _LATEST)
    return tuple(days[bisect_left(days, since) : bisect_right(days, latest)])


def _weekly_days(rule: Rule, since: date, year: int) -> list[date]:
    """The rule's days in the weeks that start in a year, in whole weeks even before `since`.

    A set position (BYSETPOS) in the first week is counted over the whole week.
    """
    if not rule.names_days:
        rule = replace(rule, by_day=((0, since.weekday()),))
    first_week = week_start(since, rule.week_start)
    days = []
    for day in _matching(rule, year, rule.by_month) + _matching(rule, year + 1, rule.by_month)[:7]:
        week = week_start(day, rule.week_start)
        if week.year == year and (week - first_week).days // 7 % rule.interval == 0:
            days.append(day)
    return days


def _monthly_days(rule: Rule, since: date, year: int) -> list[date]:
    """The days of a monthly or yearly rule in one year of its turn."""
    months: tuple[int, ...]
    if rule.frequency == "YEARLY":
        if (year - since.year) % rule.interval:
            return []
        months = rule.by_month if rule.by_month or rule.names_days else (since.month,)
    else:
        away = (year - since.year) * 12 - since.month
        allowed = rule.by_month or range(1, 13)
        months = tuple(month for month in allowed if (away + month) % rule.interval == 0)
        if not months:
            return []
    if rule.names_days:
        return list(_matching(rule, year, months))
    return [_clamped(year, month, since.day) for month in months]


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _in_position(rule: Rule, days: list[date]) -> list[date]:
    """The days at the positions of BYSETPOS within each period of the rule."""

    def period(day: date) -> tuple[int, ...]:
        if rule.frequency == "YEARLY":
            return (day.year,)
        if rule.frequency == "MONTHLY":
            return (day.year, day.month)
        return ((week_start(day, rule.week_start) if rule.frequency == "WEEKLY" else day).toordinal(),)

    found = []
    for _, group in groupby(days, period):
        members = list(group)
        places = {place - 1 if place > 0 else len(members) + place for place in rule.by_position}
        found += [members[place] for place in sorted(places) if 0 <= place < len(members)]
    return found


def _matching(rule: Rule, year: int, months: tuple[int, ...]) -> tuple[date, ...]:
    """The days of a year that pass every BY part of a rule, ignoring its interval and positions."""
    return _matching_days(
        year,
        months,
        rule.by_week,
        rule.by_year_day,
        rule.by_month_day,
        rule.by_day,
        rule.week_start if rule.by_week else 0,
    )


@lru_cache(maxsize=64)
def _matching_days(
    year: int,
    months: tuple[int, ...],
    weeks: tuple[int, ...],
    year_days: tuple[int, ...],
    month_days: tuple[int, ...],
    weekdays: tuple[tuple[int, int], ...],
    first_weekday: int,
) -> tuple[date, ...]:
    """The matching days of one year, computed by dateutil; cached, since most contacts share a handful of rules."""
    if not (weeks or year_days or month_days or weekdays):
        # Without BY parts dateutil would use the day it starts on; here every day is meant.
        every_day = map(date.fromordinal, range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
        return tuple(day for day in every_day if not months or day.month in months)

    from dateutil.rrule import YEARLY, rrule, weekday

    days = rrule(
        YEARLY,
        dtstart=datetime(year, 1, 1),
        interval=_BEYOND_THE_CALENDAR,
        wkst=first_weekday,
        bymonth=months or None,
        byweekno=weeks or None,
        byyearday=year_days or None,
        bymonthday=month_days or None,
        byweekday=[weekday(day, number) if number else weekday(day) for number, day in weekdays] or None,
    )
    return tuple(day.date() for day in days)


# Repeaters, after the org manual, "Repeated tasks".

_REPEATER: Final = late(r"(\+\+|\+|\.\+) ?([0-9]{1,5}) ?([dwmy])")


@record(frozen=True, slots=True)
class Repeat:
    """How a follow-up repeats.

    `kind` is "" (once), "+" (fixed, each missed one counts), "++" (fixed, but moves on into the future), ".+" (from the
    day it is done) or "rule"; `rule` is a rule's normal form without "RRULE:".
    """

    kind: str = ""
    interval: Interval | None = None
    rule: str = ""

    @property
    def text(self) -> str:
        """Its normal form: "+1m", "++1w", ".+3m", "RRULE:FREQ=…" or nothing."""
        return f"RRULE:{self.rule}" if self.rule else f"{self.kind}{self.interval or ''}"

    @property
    def words(self) -> str:
        """The repeat in words: "every month", "2 weeks after it is done", "once"."""
        if self.rule:
            return rule_words(self.rule)
        if self.interval is None:
            return "once"
        if self.kind == ".+":
            return f"{self.interval.words} after it is done"
        return f"{self.interval.every_words}{', each one' if self.kind == '+' else ''}"


def parse_repeat(text: str, anchor: date) -> Repeat:
    """Read "+1m", "++1w", ".+3m", a rule beginning "RRULE:" that starts on the anchor, or nothing.

    Raises Refused for anything else, for an interval of 0 and for one beyond ten years.
    """
    if text.strip()[:6].upper() == "RRULE:":
        return Repeat("rule", rule=check_rule(text, anchor))
    return _repeater(text)


@lru_cache(maxsize=256)
def _repeater(text: str) -> Repeat:
    typed = " ".join(text[:200].casefold().split())
    if not typed:
        return Repeat()
    match = _REPEATER.fullmatch(typed)
    if match is None:
        raise Refused(f"“{clean_echo(text)}” is not a repeat I know", "Try +1m, ++1w, .+3m or RRULE:FREQ=MONTHLY")
    interval = Interval(int(match[2]), match[3])
    if not 0 < interval.days() <= LONGEST_DAYS:
        raise Refused(f"“{clean_echo(text)}” repeats after 1 day at least and 10 years at most", "Try +1m or ++1w")
    return Repeat(match[1], interval)


def repeat_due(anchor: date, repeat_text: str, done_on: tuple[date, ...]) -> date | None:
    """When a repeating follow-up is due, given its first day and the days it was done.

    "+" moves on one interval for each day it was done; "++" moves to the first day of its grid after both the due day
    and the day it was done; ".+" moves to one interval after the last day it was done; a rule moves like "++". None
    when nothing is left. Raises Refused for an unknown repeat.
    """
    if repeat_text.strip()[:6].upper() == "RRULE:":
        return _rule_due(parse_rule(repeat_text), anchor, done_on)
    repeat = _repeater(repeat_text)
    if repeat.interval is None:
        return None if done_on else anchor
    if repeat.kind == ".+":
        due = repeat.interval.after(max(done_on)) if done_on else anchor
    elif repeat.kind == "+":
        if repeat.interval.days() * len(done_on) > (LAST_YEAR - FIRST_YEAR + 1) * 366:
            return None
        due = repeat.interval.times(anchor, len(done_on))
    else:
        due = anchor
        for done in sorted(done_on):
            if due > _LATEST:
                return None
            due = repeat.interval.times(anchor, repeat.interval.times_beyond(anchor, max(due, done)))
    return due if due <= _LATEST else None


def _rule_due(rule: Rule, anchor: date, done_on: tuple[date, ...]) -> date | None:
    due = _first(rule, anchor, anchor)
    for done in sorted(done_on):
        if due is None:
            return None
        due = _first(rule, anchor, max(due, done) + timedelta(days=1))
    return due
