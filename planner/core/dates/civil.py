"""Civil days: which one today is, the first of a week, working days, and days of the year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from planner.core.dates.interval import add_days, is_leap

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200


def civil_today(now: datetime, day_starts_at: time) -> date:
    """The local civil date; before `day_starts_at` it is still the day before.

    `now` is local wall-clock time; only its own date and time are read, so a change to or from summer time neither
    skips nor repeats a day.
    """
    return now.date() - timedelta(days=1) if now.time() < day_starts_at else now.date()


def local_zone() -> tzinfo:
    """The time zone of this machine, with its past changes if the system knows them."""
    # Only evidence has times of day.
    from dateutil import tz

    zone: tzinfo = tz.gettz() or tz.tzlocal()
    return zone


def week_start(day: date, first_weekday: int = 0) -> date:
    """The first day of the week that contains a day; weekdays count from Monday, 0."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def next_working_day(day: date, weekend: frozenset[int], days_off: frozenset[date]) -> date:
    """The day itself if it is a working day, else the next one.

    `weekend` holds weekdays from Monday, 0. With no working day within a year the day stays.
    """
    for away in range(366):
        candidate = add_days(day, away)
        if candidate.weekday() not in weekend and candidate not in days_off:
            return candidate
    return day


def yearly_occurrence(month: int, day: int, year: int, leap: str = "feb28") -> date:
    """The date in one year of a day of the year.

    `leap` says when 29 February is kept in other years: "feb28" or "mar1".
    """
    if (month, day) == (2, 29) and not is_leap(year):
        return date(year, 3, 1) if leap == "mar1" else date(year, 2, 28)
    return date(year, month, day)


def next_yearly(month: int, day: int, on_or_after: date, leap: str = "feb28") -> date:
    """The first occurrence of a day of the year on or after a date."""
    found = yearly_occurrence(month, day, on_or_after.year, leap)
    return found if found >= on_or_after else yearly_occurrence(month, day, on_or_after.year + 1, leap)
