"""Lengths of time in days, weeks, months or years, applied to civil dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from planner.core.records import record
from planner.core.words.counts import counted
from planner.errors import Refused

NOMINAL_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
"""Days a unit counts when lengths are compared; dates themselves are always counted on the calendar."""

UNIT_WORDS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"}

_EVERY_ONE: Final = {"d": "daily", "w": "weekly", "m": "monthly", "y": "yearly"}

LONGEST_DAYS: Final = 3650
"""The longest interval: a longer one is a typing error, and refused where it is typed."""


def _beyond_the_calendar() -> Refused:
    return Refused("That day lies beyond the calendar", "Take a shorter interval")


def is_leap(year: int) -> bool:
    """Whether a year of the Gregorian calendar has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    """The length of a month in days."""
    # The standard library's `calendar` knows it too, but loads the names of months in every language, which slows down
    # each short command.
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_days(anchor: date, days: int) -> date:
    """The date `days` days after the anchor (before it when negative).

    Raises Refused when the result is outside the years 1 to 9999.
    """
    try:
        return anchor + timedelta(days=days)
    except OverflowError:
        raise _beyond_the_calendar() from None


def add_months(anchor: date, months: int) -> date:
    """The same day of the month, `months` months away, clamped to that month's length.

    31 January plus one month is 28 or 29 February. Raises Refused when the result is outside the years 1 to 9999.
    """
    year, month_index = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise _beyond_the_calendar()
    month = month_index + 1
    return date(year, month, min(anchor.day, days_in(year, month)))


@record(frozen=True, slots=True)
class Interval:
    """A number of days ("d"), weeks ("w"), months ("m") or years ("y"); `str()` is its normal form, "4w"."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    def days(self) -> int:
        """Its nominal length in days: a month counts 30, a year 365."""
        return self.count * NOMINAL_DAYS[self.unit]

    def after(self, anchor: date) -> date:
        """The date one interval after the anchor, clamped to the month's length."""
        return self.times(anchor, 1)

    def times(self, anchor: date, times: int) -> date:
        """The date `times` intervals after the anchor.

        Counted from the anchor itself, never from an earlier clamped result, so that the 31st comes back after a short
        month.
        """
        count = self.count * times
        if self.unit in "dw":
            return add_days(anchor, count * NOMINAL_DAYS[self.unit])
        return add_months(anchor, count if self.unit == "m" else count * 12)

    def times_beyond(self, anchor: date, day: date) -> int:
        """The smallest number of intervals, from 0, after which the anchor has passed the day."""
        if self.unit in "dw":
            return max(0, (day - anchor).days // self.days() + 1)
        months = self.count if self.unit == "m" else self.count * 12
        times = max(0, ((day.year - anchor.year) * 12 + day.month - anchor.month) // months)
        return times if self.times(anchor, times) > day else times + 1

    @property
    def words(self) -> str:
        """The interval in words: "1 week", "4 weeks"."""
        return counted(self.count, UNIT_WORDS[self.unit])

    @property
    def every_words(self) -> str:
        """The interval as a rhythm: "daily", "weekly", "monthly", "yearly", "every 4 weeks"."""
        return _EVERY_ONE[self.unit] if self.count == 1 else f"every {self.words}"
