"""The text of a recurrence rule: the part of RFC 5545 that is allowed, its normal form, and its words.

Only daily and coarser rules. No dates are computed here (see `recurrence`).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from planner.core.dates.civil import FIRST_YEAR, LAST_YEAR
from planner.core.dates.shown import MONTH_NAMES, WEEKDAY_NAMES, year_day
from planner.core.records import record
from planner.core.words.echo import clean_echo
from planner.core.words.patterns import late
from planner.errors import Refused

WEEKDAY_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LARGEST_INTERVAL: Final = 999
LARGEST_COUNT: Final = 999

_EXAMPLE: Final = "Try RRULE:FREQ=MONTHLY;BYDAY=-1FR"
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_FINER: Final = ("HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE", "BYSECOND")
_LISTS: Final = {"BYMONTH": 12, "BYWEEKNO": 53, "BYYEARDAY": 366, "BYMONTHDAY": 31, "BYSETPOS": 366}
"""The parts that are lists of numbers, with the largest number each may hold."""
_NAMES: Final = ("FREQ", "INTERVAL", *_LISTS, "BYDAY", "WKST", "UNTIL", "COUNT")
_BYDAY: Final = late(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = late(r"[+-]?[0-9]{1,3}")
_UNTIL: Final = late(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:T[0-9]{6}Z?)?")


@record(frozen=True, slots=True)
class Rule:
    """A recurrence rule read into values; `str()` is its normal form, without "RRULE:".

    `by_day` holds (number or 0, weekday from Monday 0), lists are sorted, `week_start` is a weekday.
    """

    frequency: str
    interval: int = 1
    by_month: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_position: tuple[int, ...] = ()
    week_start: int = 0
    until: date | None = None
    count: int | None = None

    @property
    def names_days(self) -> bool:
        """Whether the rule itself names its days; else the day it starts on decides."""
        return bool(self.by_week or self.by_year_day or self.by_month_day or self.by_day)

    def __str__(self) -> str:
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for name, numbers in zip(
            _LISTS,
            (self.by_month, self.by_week, self.by_year_day, self.by_month_day, self.by_position),
            strict=True,
        ):
            if numbers:
                parts.append(f"{name}={','.join(map(str, numbers))}")
        if self.by_day:
            days = (f"{number or ''}{WEEKDAY_CODES[weekday]}" for number, weekday in self.by_day)
            parts.append(f"BYDAY={','.join(days)}")
        if self.week_start:
            parts.append(f"WKST={WEEKDAY_CODES[self.week_start]}")
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)


def _refused(text: str, reason: str, advice: str = _EXAMPLE) -> Refused:
    return Refused(f"The rule “{clean_echo(text)}” {reason}", advice)


@lru_cache(maxsize=512)
def parse_rule(text: str) -> Rule:
    """Read a rule, with or without "RRULE:" before it.

    The parts are those of RFC 5545, section 3.3.10. Raises Refused for unknown parts, for anything finer than a day,
    and for numbers out of range.
    """
    upper = "".join(text.upper().split()).removeprefix("RRULE:") if len(text) <= 1000 else ""
    if not upper:
        raise _refused(text, "cannot be read")
    parts: dict[str, str] = {}
    for part in upper.rstrip(";").split(";"):
        name, _, value = part.partition("=")
        if name in _FINER or value in _FINER:
            raise _refused(text, "asks for more than once a day", "Days are the finest step: FREQ=DAILY")
        if name not in _NAMES:
            raise _refused(text, f"has a part I do not know, '{clean_echo(name)[:20]}'")
        if name in parts:
            raise _refused(text, f"says {name} twice")
        if not value:
            raise _refused(text, f"leaves {name} empty")
        parts[name] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise _refused(text, "needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
    rule = Rule(
        frequency=parts["FREQ"],
        interval=_whole(text, parts, "INTERVAL", LARGEST_INTERVAL) or 1,
        by_month=_numbers(text, parts, "BYMONTH"),
        by_week=_numbers(text, parts, "BYWEEKNO"),
        by_year_day=_numbers(text, parts, "BYYEARDAY"),
        by_month_day=_numbers(text, parts, "BYMONTHDAY"),
        by_day=_weekdays(text, parts),
        by_position=_numbers(text, parts, "BYSETPOS"),
        week_start=_week_start(text, parts),
        until=_until(text, parts),
        count=_whole(text, parts, "COUNT", LARGEST_COUNT),
    )
    if rule.by_week and rule.frequency != "YEARLY":
        raise _refused(text, "may name weeks only with FREQ=YEARLY")
    period = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[rule.frequency]
    if any(abs(place) > period for place in rule.by_position):
        raise _refused(text, f"counts places in BYSETPOS beyond {period}")
    if rule.until and rule.count:
        raise _refused(text, "has two ends, UNTIL and COUNT", "Keep one of them")
    return rule


def _whole(text: str, parts: dict[str, str], name: str, largest: int) -> int | None:
    value = parts.get(name)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", value) or not 1 <= int(value) <= largest:
        raise _refused(text, f"needs {name} from 1 to {largest}")
    return int(value)


def _numbers(text: str, parts: dict[str, str], name: str) -> tuple[int, ...]:
    value = parts.get(name)
    if value is None:
        return ()
    smallest = 1 if name == "BYMONTH" else -_LISTS[name]
    found = set()
    for number in value.split(","):
        if not _NUMBER.fullmatch(number) or int(number) == 0 or not smallest <= int(number) <= _LISTS[name]:
            raise _refused(text, f"has a number in {name} that cannot be")
        found.add(int(number))
    return tuple(sorted(found))


def _weekdays(text: str, parts: dict[str, str]) -> tuple[tuple[int, int], ...]:
    value = parts.get("BYDAY")
    if value is None:
        return ()
    in_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    found = set()
    for code in value.split(","):
        match = _BYDAY.fullmatch(code)
        if match is None or match[1] in ("0", "00", "+0", "-0"):
            raise _refused(text, "has a day in BYDAY that cannot be", "Days are MO to SU, or -1FR, 2TU")
        number = int(match[1] or 0)
        if number and parts["FREQ"] in ("DAILY", "WEEKLY"):
            raise _refused(text, "may number weekdays only with FREQ=MONTHLY or YEARLY")
        if abs(number) > (5 if in_month else 53):
            raise _refused(text, f"asks for weekday number {abs(number)}", "A month has five of a weekday")
        found.add((number, WEEKDAY_CODES.index(match[2])))
    if len({number == 0 for number, _ in found}) > 1:
        # RFC 5545 would join the two, dateutil keeps only days that match both: neither is a safe guess.
        raise _refused(text, "mixes numbered and plain weekdays", "Number all of them, or none")
    return tuple(sorted(found))


def _week_start(text: str, parts: dict[str, str]) -> int:
    if parts.get("WKST", "MO") not in WEEKDAY_CODES:
        raise _refused(text, "has a WKST that is no weekday")
    return WEEKDAY_CODES.index(parts.get("WKST", "MO"))


def _until(text: str, parts: dict[str, str]) -> date | None:
    value = parts.get("UNTIL")
    if value is None:
        return None
    match = _UNTIL.fullmatch(value)
    try:
        until = date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        until = None
    if until is None or not FIRST_YEAR <= until.year <= LAST_YEAR:
        raise _refused(text, "has an UNTIL that is no date I know", "Write it as UNTIL=20271231")
    return until


def rule_words(rule: str) -> str:
    """A rule in words: "every 2 weeks on Monday and Thursday", "on the last Friday of every month".

    A rule too complex for a sentence is given as its text. Raises Refused for a text that is no rule.
    """
    parsed = parse_rule(rule)
    words = _words(parsed) or f"by the rule {_without_end(parsed)}"
    if parsed.until:
        end = parsed.until
        return f"{words}, until {year_day(end.month, end.day, end.year, short=True)}"
    if parsed.count:
        return f"{words}, {'once' if parsed.count == 1 else f'{parsed.count} times'}"
    return words


def _without_end(rule: Rule) -> str:
    return ";".join(part for part in str(rule).split(";") if not part.startswith(("UNTIL=", "COUNT=")))


def _words(rule: Rule) -> str | None:
    unit = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}[rule.frequency]
    every = f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"
    if rule.by_week or rule.by_year_day:
        return None
    if rule.frequency in ("DAILY", "WEEKLY"):
        words = _weekly_words(rule, every)
    else:
        words = _monthly_words(rule, every)
    if words is None or not rule.by_month:
        return words
    if rule.frequency == "YEARLY":
        return words
    return f"{words} in {_listed([MONTH_NAMES[month - 1] for month in rule.by_month])}"


def _weekly_words(rule: Rule, every: str) -> str | None:
    if rule.by_month_day or rule.by_position:
        return None
    if not rule.by_day:
        return every
    weekdays = tuple(weekday for _, weekday in rule.by_day)
    if weekdays == (0, 1, 2, 3, 4):
        days = "Monday to Friday"
    else:
        days = _listed([WEEKDAY_NAMES[weekday] for weekday in weekdays])
    if rule.interval == 1:
        return f"every {days}"
    return f"{every} on {days}" if rule.frequency == "WEEKLY" else f"{every} when it is {days}"


def _monthly_words(rule: Rule, every: str) -> str | None:
    if not rule.names_days and not rule.by_month and not rule.by_position:
        return every
    if rule.frequency == "YEARLY":
        if not rule.by_month:
            return None
        months = _listed([MONTH_NAMES[month - 1] for month in rule.by_month])
        if rule.by_month_day and min(rule.by_month_day) > 0 and not rule.by_day and not rule.by_position:
            return f"on {_listed([str(day) for day in rule.by_month_day])} {months} {every}"
        span = f"{months} {every}"
    else:
        months, span = "", every
    day = _day_in_month(rule)
    if day is None and not rule.names_days and not rule.by_position:
        return f"in {span}" if months else every
    return f"on the {day} of {span}" if day else None


def _day_in_month(rule: Rule) -> str | None:
    """ "last Friday", "15th", "last weekday", or None for anything more complex."""
    if rule.by_month_day and not rule.by_day and not rule.by_position:
        from_the_start_on = sorted(rule.by_month_day, key=lambda day: (day < 0, day))
        return _listed([f"{_ordinal(day)} day" if day < 0 else _ordinal(day) for day in from_the_start_on])
    if not rule.by_day or rule.by_month_day:
        return None
    numbers = {number for number, _ in rule.by_day}
    if rule.by_position:
        # Counted over the whole year, a set position is not a day of one month.
        if numbers != {0} or len(rule.by_position) > 1:
            return None
        if rule.frequency == "YEARLY" and len(rule.by_month) > 1:
            return None
        weekdays = tuple(weekday for _, weekday in rule.by_day)
        if weekdays == (0, 1, 2, 3, 4):
            return f"{_ordinal(rule.by_position[0])} weekday"
        return f"{_ordinal(rule.by_position[0])} {WEEKDAY_NAMES[weekdays[0]]}" if len(weekdays) == 1 else None
    if 0 in numbers:
        return None
    return _listed([f"{_ordinal(number)} {WEEKDAY_NAMES[weekday]}" for number, weekday in rule.by_day])


def _ordinal(number: int) -> str:
    if number == -1:
        return "last"
    size = abs(number)
    ending = "th" if 10 <= size % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    words = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    return f"{size}{ending}" if number > 0 else f"{words.get(size, f'{size}{ending}')} last"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
