"""Reads when a letter was written: its Date, or if that is not credible, when it was received."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from functools import lru_cache

_LONGEST = 120
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
"""No letter is older: an earlier date comes from a clock that was never set."""
MOST_HOPS = 20
"""How many "Received" lines are read."""
_MONTHS = {
    name: f"{number:02}" for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_LAST, _FARTHEST = "59", "14"
"""The last minute and second, and the farthest offset from UTC in hours of any place on earth."""
_usual = re.compile(
    r"(?:[A-Za-z]{3}, *+)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))?+ ([+-])(\d{2})(\d{2})(?![\d:])"
)
_iso = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?+")
_half_day = re.compile(r":\d\d ?([AaPp])\.?[Mm]\b")
_shift = re.compile(r"(?:\b(?:GMT|UTC))?([+-])(\d{1,2}):?(\d{2})(?!\d)")
_too_far = re.compile(r"[+-]\d{5,}")
_ZONES = {
    "CET": 1, "MET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "BST": 1, "WEST": 1, "WET": 0, "EET": 2, "EEST": 3,
    "MSK": 3, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5,
    "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "HST": -10,
    "GMT": 0, "UTC": 0, "UT": 0, "Z": 0,
}  # fmt: skip
"""Hours ahead of UTC; any other zone name counts as UTC."""
_name_of_zone = re.compile(r"\d[\d:]* *(?:[AaPp]\.?[Mm]\b *)?+([A-Z]{1,4})\b")


class LetterDates:
    """Reads the dates of letters. `zone` is for times without one; nothing after a day from `now` is credible."""

    def __init__(self, zone: tzinfo, now: datetime) -> None:
        self._zone = zone
        self._latest = now + timedelta(days=1)

    def of(self, dates: Iterable[str], received: Iterable[str]) -> datetime | None:
        """The instant of a letter: its first Date, else the latest credible hop, else None."""
        for value in dates:
            if at := self._believed(value):
                return at
            break
        for number, value in enumerate(received):
            if number == MOST_HOPS:
                break
            if at := self._believed(value.rpartition(";")[2]):
                return at
        return None

    def _believed(self, value: str) -> datetime | None:
        at = read_date(value, self._zone)
        if at is not None and _FIRST.year < at.year < self._latest.year - 1:
            # Comparing instants of two zones is slow, and for the year of most letters no comparison is needed.
            return at
        return at if at is not None and _FIRST <= at <= self._latest else None


def read_date(value: str, zone: tzinfo) -> datetime | None:
    """The instant (aware) of a Date; None if there is no such day, hour or offset."""
    found = _usual.match(value)
    if found is None:
        return _unusual_date(value[:_LONGEST], zone)
    day, name, year, hour, minute, second, sign, hours, minutes = found.groups()
    month = _MONTHS.get(name.lower())
    if month is None or hours > _FARTHEST or minutes > _LAST:
        return None
    if second is None or second > _LAST:
        second = _LAST if second else "00"
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day:0>2}T{hour}:{minute}:{second}{sign}{hours}:{minutes}")
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _zone_of(sign: str, hours: int, minutes: int) -> timezone:
    """An offset from UTC as a zone. Raises `ValueError` for an offset that no place on earth has."""
    if hours > 14 or minutes > 59:
        raise ValueError("no zone")
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(shift if sign == "+" else -shift)


def _unusual_date(value: str, zone: tzinfo) -> datetime | None:
    try:
        parts = _iso.match(value.strip())
        if parts:
            numbers = [int(one or 0) for one in parts.groups()]
            rest = value.strip()[parts.end() :]
        else:
            read = parsedate_tz(_half_day.sub(lambda found: found[0][:3], value))
            if read is None:
                return None
            numbers = list(read[:6])
            # The first four digits after a sign are searched after the time: a day may be written 06-Jan-20.
            rest = value[value.find(":") :] if ":" in value else ""
        half = _half_day.search(value)
        if half:
            if not 1 <= numbers[3] <= 12:
                return None
            numbers[3] = numbers[3] % 12 + (12 if half[1] in "Pp" else 0)
        numbers[5] = min(numbers[5], 59)
        year, month, day, hour, minute, second = numbers
        if year < 200:
            # A program that counts years from 1900.
            year += 1900
        naive = datetime(year, month, day, hour, minute, second)
        return naive.replace(tzinfo=_zone_in(rest, value) or zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _zone_in(rest: str, value: str) -> tzinfo | None:
    """The zone after the time of a date, or None. Raises `ValueError` for an offset that no place on earth has."""
    if _too_far.search(rest):
        raise ValueError("no zone")
    shift = _shift.search(rest)
    if shift:
        return _zone_of(shift[1], int(shift[2]), int(shift[3]))
    name = _name_of_zone.search(value, max(value.find(":"), 1) - 1)
    if name is None:
        # The "Z" of ISO 8601 directly follows the digits.
        return UTC if rest.strip() in ("Z", "z") else None
    return timezone(timedelta(hours=_ZONES.get(name[1], 0)))
