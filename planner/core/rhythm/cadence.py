"""How often to be in touch: an ideal and an optional worst interval, or a recurrence rule."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from planner.core.dates.interval import LONGEST_DAYS, Interval
from planner.core.dates.recurrence import check_rule
from planner.core.dates.recurrence_rules import WEEKDAY_CODES, parse_rule, rule_words
from planner.core.dates.shown import WEEKDAY_NAMES
from planner.core.records import record
from planner.core.words.echo import clean_echo
from planner.core.words.patterns import late
from planner.errors import Refused

__all__ = ["Cadence", "Interval", "parse_cadence"]

_WORDS: Final = {
    "daily": Interval(1, "d"),
    "weekly": Interval(1, "w"),
    "fortnightly": Interval(2, "w"),
    "monthly": Interval(1, "m"),
    "quarterly": Interval(3, "m"),
    "yearly": Interval(1, "y"),
    "annually": Interval(1, "y"),
    "every fortnight": Interval(2, "w"),
    "every quarter": Interval(3, "m"),
}
_WEEKDAYS: Final = {
    name: code
    for code, weekday in zip(WEEKDAY_CODES, WEEKDAY_NAMES, strict=True)
    for name in (weekday.casefold(), weekday[:3].casefold())
}
_COUNTS: Final = {"other": 2} | {
    word: count
    for count, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_COUNT: Final = r"([0-9]+|" + "|".join(_COUNTS) + ")"
_UNIT: Final = r"(d|w|m|y|days?|weeks?|months?|years?)"
_SHORT: Final = late(r"([0-9]+) ?([dwmy])?(?: ?[/-] ?([0-9]+) ?([dwmy]))?")
_EVERY: Final = late(rf"every (?:{_COUNT} ?{_UNIT}?(?: ?(?:-|to) ?{_COUNT} ?{_UNIT})?|(day|week|month|year))")
_WORKDAYS: Final = late(r"(?: on)? (?:workdays?|working days?)$", re.IGNORECASE)


@record(frozen=True, slots=True)
class Cadence:
    """A rhythm: `ideal` and an optional `worst`, or a `rule` without "RRULE:" (then both are None).

    `working_days` moves a due date to the next working day.
    """

    ideal: Interval | None
    worst: Interval | None = None
    rule: str = ""
    working_days: bool = False

    @property
    def ideal_text(self) -> str:
        """The interval or the rule: "4w", "RRULE:FREQ=…"."""
        return f"RRULE:{self.rule}" if self.rule else str(self.ideal)

    @property
    def worst_text(self) -> str | None:
        """The worst interval, "6w", or None when it was left to the default."""
        return str(self.worst) if self.worst else None

    @property
    def text(self) -> str:
        """Its normal form, which reads back as an equal cadence: "4w/6w", "RRULE:FREQ=… workdays"."""
        worst = f"/{self.worst}" if self.worst else ""
        return f"{self.ideal_text}{worst}{' workdays' if self.working_days else ''}"

    @property
    def words(self) -> str:
        """The rhythm in words: "every 4–6 weeks", "monthly", "on the last Friday of every month"."""
        return self._rhythm_words() + (" on working days" if self.working_days else "")

    def _rhythm_words(self) -> str:
        if self.ideal is None:
            return rule_words(self.rule)
        if self.worst is None or self.worst == self.ideal:
            return self.ideal.every_words
        if self.worst.unit == self.ideal.unit:
            return f"every {self.ideal.count}–{self.worst.words}"
        return f"every {self.ideal.words} to {self.worst.words}"


def parse_cadence(text: str, today: date) -> Cadence | None:
    """A typed cadence; None for "none".

    Reads "4w", "4w/6w", "every 3 weeks", "every 4-6 weeks", "monthly", "every friday" and "RRULE:…" (a rule starts on
    today), each optionally followed by "workdays". Raises Refused for anything else, an interval of 0 or beyond ten
    years, a worst shorter than the ideal, and a rule that ends.
    """
    if text.strip()[:6].upper() == "RRULE:":
        return _rule_cadence(text, today)
    return _interval_cadence(text)


def _rule_cadence(text: str, today: date) -> Cadence:
    rule, found = _WORKDAYS.subn("", " ".join(text.split()))
    normal = check_rule(rule, today)
    parsed = parse_rule(normal)
    if parsed.until or parsed.count:
        raise Refused(f"“{clean_echo(text)}” ends, and a rhythm has no end", "Leave out UNTIL and COUNT")
    return Cadence(None, rule=normal, working_days=bool(found))


@lru_cache(maxsize=512)
def _typed_interval(text: str) -> tuple[str, bool]:
    typed = " ".join(text.casefold().replace("–", "-").split()) if len(text) <= 200 else ""
    if typed in ("every workday", "every working day", "workdays", "working days"):
        return "daily", True
    rhythm, found = _WORKDAYS.subn("", typed)
    return rhythm, bool(found)


@lru_cache(maxsize=512)
def _interval_cadence(text: str) -> Cadence | None:
    typed, working_days = _typed_interval(text)
    if typed == "none" and not working_days:
        return None
    if typed.startswith("every ") and typed[6:] in _WEEKDAYS:
        rule = f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[typed[6:]]}"
        return Cadence(None, rule=rule, working_days=working_days)
    ideal, worst = _intervals(typed, text)
    for interval in (ideal, worst):
        if interval and not 0 < interval.days() <= LONGEST_DAYS:
            raise Refused(f"“{clean_echo(text)}” is not between 1 day and 10 years", "Try 4w or 4w/6w")
    if worst and worst.days() < ideal.days():
        raise Refused(
            f"“{clean_echo(text)}”: the worst interval, {worst}, is shorter than the ideal, {ideal}",
            f"Try {worst}/{ideal}",
        )
    return Cadence(ideal, worst, working_days=working_days)


def _intervals(typed: str, text: str) -> tuple[Interval, Interval | None]:
    if typed in _WORDS:
        return _WORDS[typed], None
    if match := _SHORT.fullmatch(typed):
        count, unit, worst_count, worst_unit = match.groups()
    elif match := _EVERY.fullmatch(typed):
        count, unit, worst_count, worst_unit, alone = match.groups()
        if alone:
            return Interval(1, alone[0]), None
    else:
        count, unit, worst_count, worst_unit = "", None, None, None
    unit = unit or worst_unit
    if not count or not unit:
        raise Refused(f"“{clean_echo(text)}” is not a rhythm I know", "Try 4w, 4w/6w, every 3 weeks, monthly or none")
    worst = _interval(worst_count, worst_unit or unit) if worst_count else None
    return _interval(count, unit), worst


def _interval(count: str, unit: str) -> Interval:
    return Interval(_COUNTS.get(count) or int(count), unit[0])
