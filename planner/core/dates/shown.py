"""The words that days and lengths of time are shown with."""

from __future__ import annotations

from datetime import date
from typing import Final

MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""English names: those of the calendar module change with the locale."""


def short_date(day: date, today: date) -> str:
    """A date as a list shows it: "today", "tomorrow", "Fri", "12 Dec", or "12 Dec 2027" when it is far away."""
    away = (day - today).days
    if away in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[away + 1]
    if 1 < away <= 6:
        return WEEKDAY_NAMES[day.weekday()][:3]
    words = f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"
    far = abs(away) > 304 or (day.year != today.year and abs(away) > 183)
    return f"{words} {day.year}" if far else words


def exact_date(day: date) -> str:
    """A date in full, as a card shows it: "Fri 27 Nov 2026"."""
    return f"{WEEKDAY_NAMES[day.weekday()][:3]} {day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def day_in_two_lengths(day: date) -> tuple[str, str]:
    """A day without its year, in full and short: "Monday 23 November", "Mon 23 Nov"."""
    name, month = WEEKDAY_NAMES[day.weekday()], MONTH_NAMES[day.month - 1]
    return f"{name} {day.day} {month}", f"{name[:3]} {day.day} {month[:3]}"


def year_day(month: int, day: int, year: int | None = None, *, short: bool = False) -> str:
    """A day of the year: "12 December 1988", or "12 December" without a known year; `short` gives "12 Dec"."""
    name = MONTH_NAMES[month - 1]
    return f"{day} {name[:3] if short else name}" + (f" {year}" if year else "")


def days_past(days: int) -> str:
    """How long something has been overdue: "3d past", or "today" on its day."""
    return f"{days}d past" if days > 0 else "today"


def age_words(days: int) -> str:
    """A length of time at a glance: "3d" up to two weeks, then "5w", "4m", and from two years on "2y"."""
    if days < 14:
        return f"{days}d"
    if days < 63:
        return f"{days // 7}w"
    if days < 730:
        return f"{days * 12 // 365}m"
    return f"{days // 365}y"
