"""The days before the last contact on which a person was reached too, as bits of one number. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

SPAN = 63
"""The number of days that one number holds: the day of the last contact and the days before it."""


def recent_days(reached: Iterable[date], last: date | None) -> int:
    """The days of contact up to the last one: bit 0 for that day, bit 1 for the day before, up to bit 62; 0 for none.

    `reached` may name a day more than once, and days after the last one, which do not count.
    """
    found = 0
    for on in reached:
        if last is not None and 0 <= (back := (last - on).days) < SPAN:
            found |= 1 << back
    return found


def days_since(recent: int, last: date, start: date) -> int:
    """How many of the days in `recent` are not before a day, which is at most 62 days before the last contact."""
    return (recent & ((2 << (last - start).days) - 1)).bit_count() if last >= start else 0
