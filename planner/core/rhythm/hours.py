"""The hours of plans: their order within a day, and whether it is time to ask about one."""

from __future__ import annotations

from datetime import date, time

from planner.core.model import OpenItem

NO_HOUR = (2, "")


def in_order(starts: str, day_starts_at: time) -> tuple[int, str]:
    """The sort key of an hour ("09:30") in a civil day that begins at `day_starts_at`; "" comes last."""
    if not starts:
        return NO_HOUR
    return int(starts < day_starts_at.strftime("%H:%M")), starts


def has_begun(item: OpenItem, today: date, hour: str, day_starts_at: time) -> bool:
    """Whether the day of an item has come and, on that day, its hour; `hour` is the time of day or "".

    An item without an hour begins with its day.
    """
    if item.due != today or not item.starts or not hour:
        return item.due <= today
    return in_order(item.starts, day_starts_at) <= in_order(hour, day_starts_at)


def next_hour(items: list[OpenItem], today: date, hour: str, day_starts_at: time) -> str:
    """The hour at which the next item begins today; "" if none does."""
    ahead = [one.starts for one in items if one.due == today and not has_begun(one, today, hour, day_starts_at)]
    return min(ahead, key=lambda starts: in_order(starts, day_starts_at), default="")
