"""A birthday or an anniversary in a captured line: "birthday 29 feb", "her anniversary is 5 june 2011"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from planner.core.capture.facts import CapturedYearlyDay
from planner.core.dates.shown import year_day
from planner.core.dates.typed import parse_month_day
from planner.errors import Refused

_YEARLY_DAY: Final = re.compile(
    r"(?:(?:is|was|were)\s+)?(?:(?:her|his|their|the|our)\s+)?"
    r"(?:(?P<birthday>birth-?day|b-?day|born)|(?:wedding\s+)?anniversary)\b[\s:]*"
    r"(?:(?:is|was|falls|on|the)\s+){0,4}(?P<day>.+)\Z",
    re.IGNORECASE | re.DOTALL,
)


def read_yearly_day(body: str, today: date, start: int, end: int) -> CapturedYearlyDay | None:
    """The day of the year that a part of a line states, or None where it states none.

    A day of the year is a month and a day, with or without the year; "birthday fri" and "birthday party 12 dec" are
    none. A future year is a problem.
    """
    match = _YEARLY_DAY.match(body)
    if match is None:
        return None
    try:
        year, month, day = parse_month_day(match["day"].strip(" .!"))
    except Refused:
        return None
    kind = "birthday" if match["birthday"] else "anniversary"
    words = year_day(month, day, year, short=True)
    ahead = year is not None and date(year, month, day) > today
    problem = f"{words} is still to come. Leave out the year" if ahead else ""
    return CapturedYearlyDay(
        start=start, end=end, chip=f"{kind} {words}", problem=problem, kind=kind, month=month, day=day, year=year
    )
