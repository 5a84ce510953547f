"""Conditions on dates: `due:`, `last:` and `added:` with days, ages, spans and states."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from planner.core.dates.civil import week_start
from planner.core.dates.interval import add_days
from planner.core.dates.shown import exact_date
from planner.core.dates.typed import parse_date
from planner.core.model import Settings
from planner.core.search.conditions import Condition, Operator, Range
from planner.core.search.tokens import Token
from planner.core.words.counts import counted
from planner.core.words.echo import clean_echo
from planner.core.words.folding import fold
from planner.errors import Refused

__all__ = ["DATE_EXAMPLES", "date_condition"]

DATE_EXAMPLES: Final = {
    "due": "Try due:<2w, due:today or due:late",
    "last": "Try last:>6m, last:<2w or last:never",
    "added": "Try added:<1m",
}
"""The advice in a refusal, by field."""

_AGE: Final = re.compile(r"(?:[0-9]+ ?)(?:d|w|m|y|days?|weeks?|months?|years?)", re.IGNORECASE)


def date_condition(field: str, token: Token, today: date, settings: Settings) -> Condition:
    """A condition on a date: each value gives a range of civil days, or names a state such as "late".

    Raises Refused for a value that is not a date, age, span or state.
    """
    read = _due_value if field == "due" else _past_value
    values: list[str] = []
    ranges: list[Range] = []
    words: list[str] = []
    found: Range | str
    for typed in token.values:
        if ".." in typed and not token.operator:
            found, said = _between(typed, field, today, settings)
        else:
            found, said = read(field, token.operator, typed, today, settings)
        if isinstance(found, str):
            values.append(found)
        else:
            ranges.append(found)
        words.append(said)
    name = {"due": "due", "last": "last contact", "added": "added"}[field]
    said = " or ".join(words)
    return Condition(
        field,
        Operator.WITHIN,
        tuple(values),
        tuple(ranges),
        negated=token.negated,
        words=f"{'not ' if token.negated else ''}{name} {said}",
    )


def _day(typed: str, field: str, today: date, settings: Settings, *, past: bool) -> date:
    try:
        return parse_date(typed, today, past=past, date_order=settings.date_order)
    except Refused as refusal:
        raise Refused(f"“{field}:”: {refusal.message}", refusal.advice or DATE_EXAMPLES[field]) from refusal


def _between(typed: str, field: str, today: date, settings: Settings) -> tuple[Range, str]:
    first_text, _, last_text = typed.partition("..")
    past = field != "due"
    first = _day(first_text, field, today, settings, past=past) if first_text else None
    last = _day(last_text, field, today, settings, past=past) if last_text else None
    if first is None and last is None:
        raise Refused(f"“{field}:..” needs a day on one side", f"Try {field}:{today.isoformat()}..")
    if first and last and first > last:
        raise Refused(f"“{field}:{clean_echo(typed)}” ends before it begins", "Put the earlier day first")
    said = [f"from {exact_date(first)}"] if first else []
    said += [f"until {exact_date(last)}"] if last else []
    return (first, last), " ".join(said)


def _age_words(typed: str) -> str:
    """A length of time in words: "2 weeks" for "2w"."""
    count, unit = re.fullmatch(r"([0-9]+) ?([a-z]).*", typed.casefold()).groups()  # type: ignore[union-attr]
    name = {"d": "day", "w": "week", "m": "month", "y": "year"}[unit]
    return counted(int(count), name)


def _due_value(field: str, sign: str, typed: str, today: date, settings: Settings) -> tuple[Range | str, str]:
    word = fold(typed)
    if not sign:
        if word == "late":
            return "late", "late"
        if word == "soon":
            return (add_days(today, 1), add_days(today, settings.soon_days)), "soon"
        if word in ("none", "never"):
            return "none", "never"
        if word in ("now", "due"):
            return (None, today), "today or before"
        if word in ("past", "overdue"):
            return (None, add_days(today, -1)), "before today"
        if word in ("week", "this week"):
            monday = week_start(today, settings.week_start)
            return (monday, add_days(monday, 6)), "this week"
    day = _day(typed, field, today, settings, past=False)
    age = _age_words(typed) if _AGE.fullmatch(typed) else ""
    if sign.startswith("<") or (age and not sign):
        return (None, day), f"within {age}" if age else f"until {exact_date(day)}"
    if sign.startswith(">"):
        first = day if sign == ">=" else add_days(day, 1)
        return (first, None), f"in more than {age}" if age else f"after {exact_date(add_days(first, -1))}"
    return (day, day), "today" if day == today else exact_date(day)


def _past_value(field: str, sign: str, typed: str, today: date, settings: Settings) -> tuple[Range | str, str]:
    if not sign and fold(typed) in ("never", "none"):
        return "never", "never"
    day = _day(typed, field, today, settings, past=True)
    if _AGE.fullmatch(typed):
        age = _age_words(typed)
        # "More than six months" is an age, so it means an earlier day.
        if sign.startswith(">"):
            return (None, day if sign == ">=" else add_days(day, -1)), f"more than {age} ago"
        return (day, today), f"within the last {age}"
    if sign.startswith("<"):
        last = day if sign == "<=" else add_days(day, -1)
        return (None, last), f"before {exact_date(add_days(last, 1))}"
    if sign.startswith(">"):
        first = day if sign == ">=" else add_days(day, 1)
        return (first, None), f"after {exact_date(add_days(first, -1))}"
    return (day, day), "today" if day == today else exact_date(day)
