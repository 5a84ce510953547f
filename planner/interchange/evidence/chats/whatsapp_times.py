"""The stamp before a line of a WhatsApp export: a dozen layouts by country and phone, all read by one pattern.

Whether the day or the month comes first depends on the phone, and no export says so: all stamps of a file together
decide.
"""

from __future__ import annotations

import re
from datetime import datetime

from planner.core.records import record

_BLANKS = dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), " ")
_INVISIBLE = dict.fromkeys((0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x061C))
MARK = "\u200e"
"""The mark before the text of a line written by WhatsApp itself."""

_AM = r"a\.[ ]?m\.?|am|上午|午前|오전|π\.?[ ]?μ\.?|ص|पूर्वाह्न|vorm\.|fm|f\.h\.|de\.|öö|ôđ|sa"
_PM = r"p\.[ ]?m\.?|pm|下午|午後|오후|μ\.?[ ]?μ\.?|م|अपराह्न|nachm\.|em|e\.h\.|du\.|ös|ch"
_HALF = rf"(?:{_AM}|{_PM})"
_stamp = re.compile(
    rf"""
    \[? \s{{0,3}}
    (?P<a>\d{{1,4}}) \s?[./\-年년]\s? (?P<b>\d{{1,2}}) \s?[./\-月월]\s? (?P<c>\d{{1,4}}) [.日일]?
    \s?[,،]?\s{{0,3}} (?:klo|kl\.?|à|à\s|às|um|at|alle|ore|,)? \s{{0,3}}
    (?P<before>{_HALF})? \s?
    (?P<hour>\d{{1,2}}) [:.h] (?P<minute>\d{{2}}) (?:[:.](?P<second>\d{{2}}))?
    \s? (?P<after>{_HALF})? \s{{0,3}}
    (?: \] \s? | \s?-\s | :\s | ,\s )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 120
"""The characters within which a stamp must end: a long line of blanks would be split in every possible way."""
_is_pm = re.compile(_PM, re.IGNORECASE)
_BUDDHIST, _OLDEST, _NEWEST = 543, 2009, 2100


@record(frozen=True, slots=True)
class Stamp:
    """The time of a line, and the three numbers of its date in their order."""

    parts: tuple[int, int, int]
    hour: int
    minute: int
    second: int


def normal(line: str) -> str:
    """A line with plain blanks and without invisible marks."""
    return line if line.isascii() else line.translate(_BLANKS).translate(_INVISIBLE)


def stamp_of(line: str) -> tuple[Stamp, str] | None:
    """The stamp at the start of a `normal` line, and the rest after it; None for a line that continues another."""
    match = _stamp.match(line, 0, _LONGEST)
    if match is None:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = match["before"] or match["after"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if _is_pm.fullmatch(half) else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return Stamp((int(match["a"]), int(match["b"]), int(match["c"])), hour, minute, second), line[match.end() :]


class OrderOfDate:
    """Decides whether the day comes first ("dmy") or the month ("mdy"), from all stamps of a file.

    By these criteria in turn: a leading year ("ymd"); a day beyond 12; the order in which no line goes back in time;
    the order in which no line is later than the file itself.
    """

    def __init__(self) -> None:
        self._first_year = False
        self._possible = {"dmy", "mdy"}
        self._steps: dict[str, int] = {"dmy": 0, "mdy": 0}
        self._last: dict[str, datetime] = {}
        self._latest: dict[str, datetime] = {}

    def learn(self, stamp: Stamp) -> None:
        """Take in one stamp."""
        a, b, _ = stamp.parts
        if a > 31:
            self._first_year = True
            return
        if a > 12 and b <= 12:
            self._possible.discard("mdy")
        elif b > 12 and a <= 12:
            self._possible.discard("dmy")
        for order in self._steps:
            at = time_of(stamp, order)
            if at is None:
                continue
            if order in self._last and at < self._last[order]:
                self._steps[order] += 1
            self._last[order] = at
            self._latest[order] = max(at, self._latest.get(order, at))

    def decided(self, file_time: datetime | None) -> str | None:
        """The order, None if nothing decides. `file_time` is when the file was made, on the clock of the stamps."""
        if self._first_year:
            return "ymd"
        if len(self._possible) == 1:
            return next(iter(self._possible))
        if not self._possible or self._latest.keys() != {"dmy", "mdy"}:
            return None
        if self._steps["dmy"] != self._steps["mdy"] and 0 in self._steps.values():
            return min(self._steps, key=self._steps.__getitem__)
        late = [order for order, at in self._latest.items() if file_time is not None and at > file_time]
        return ({"dmy", "mdy"} - set(late)).pop() if len(late) == 1 else None


def time_of(stamp: Stamp, order: str) -> datetime | None:
    """The time of a stamp on the clock of the phone; None if there is no such day, as with an unknown calendar."""
    places = dict(zip(order, stamp.parts, strict=True))
    year = places["y"]
    if year < 100:
        year += 2000
    elif year >= _OLDEST + _BUDDHIST:
        year -= _BUDDHIST
    if not _OLDEST <= year <= _NEWEST:
        return None
    try:
        return datetime(year, places["m"], places["d"], stamp.hour, stamp.minute, stamp.second)
    except ValueError:
        return None
