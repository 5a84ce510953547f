"""The entries of a calendar: one for each open item and each day of the year, independent of today. Pure.

Recurrences follow RFC 5545, section 3.3.10, and begin on the entry's own day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from planner.core.dates.civil import yearly_occurrence
from planner.core.dates.interval import Interval
from planner.core.dates.recurrence import occurrences, parse_repeat
from planner.core.dates.recurrence_rules import Rule, parse_rule
from planner.core.model import FOREVER, ItemKind
from planner.core.records import record

LEAP_DAY = (2, 29)


@record(frozen=True, slots=True)
class CalendarEntry:
    """One entry: `uid` is stable while the item is the same, `day` is its civil date.

    `rule` is a recurrence without "RRULE:" or empty, `sequence` counts changes of the day, `changed_at` is the instant
    in UTC of the latest change, or its civil date.
    """

    uid: str
    kind: ItemKind
    name: str
    text: str
    day: date
    rule: str = ""
    sequence: int = 0
    changed_at: str = ""
    last_contact: date | None = None
    item: str = ""
    """The id of the item it stands for."""


def shown_day(due: date, chosen_day: date | None, hidden_until: date | None, paused_until: date | None) -> date | None:
    """The day of an item in a calendar: the day chosen by hand, else its due day, but not before a snooze or a pause
    ends. None while a pause has no end.
    """
    chosen = chosen_day or due
    day = max(chosen, hidden_until or chosen, paused_until or chosen)
    return day if day < FOREVER else None


def yearly(month: int, day: int, first_year: int, leap_birthday: str) -> tuple[date, str]:
    """The first occurrence of a day of the year, and its rule; `leap_birthday` as in the settings.

    29 February becomes the last day of February, or with "mar1" the 60th day of the year: every year has either once.
    """
    first = yearly_occurrence(month, day, first_year, leap_birthday)
    if (month, day) != LEAP_DAY:
        return first, "FREQ=YEARLY"
    return first, "FREQ=YEARLY;BYYEARDAY=60" if leap_birthday == "mar1" else "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"


def repeat_rule(anchor: date, repeat: str, due: date) -> str:
    """The rule for the open round of a follow-up and all later ones; "" when no later round is certain.

    A repeat that counts from the day it was done has no known later days; a rule with one day left needs no rule.
    """
    found = parse_repeat(repeat, anchor)
    if found.kind in ("", ".+"):
        return ""
    if found.interval is not None:
        return _of_interval(found.interval, anchor)
    rule = parse_rule(found.rule)
    if rule.count:
        left = rule.count - len(occurrences(found.rule, anchor, anchor, due - timedelta(days=1)))
        if left < 2:
            return ""
        rule = replace(rule, count=left)
    if rule.frequency in ("MONTHLY", "YEARLY") and not rule.names_days:
        if rule.by_position or (rule.interval > 1 and len(rule.by_month) > 1):
            return ""
        rule = _clamped(rule, anchor)
    return str(rule)


def _of_interval(interval: Interval, anchor: date) -> str:
    frequency = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}[interval.unit]
    rule = Rule(frequency, interval.count)
    return str(_clamped(rule, anchor) if interval.unit in "my" else rule)


def _clamped(rule: Rule, anchor: date) -> Rule:
    """The rule on the anchor's day of the month, or on the last day of a shorter month.

    RFC 5545 skips such months; the last one of the days from the 28th to the anchor's day exists in every month.
    """
    if anchor.day <= 28:
        return rule
    months = rule.by_month or ((anchor.month,) if rule.frequency == "YEARLY" else ())
    if rule.frequency == "YEARLY" and len(months) > 1:
        # Set positions would be counted over the whole year: the rule is better expressed by its months alone.
        rule = replace(rule, frequency="MONTHLY")
    return replace(rule, by_month=months, by_month_day=tuple(range(28, anchor.day + 1)), by_position=(-1,))


__all__ = ["CalendarEntry", "repeat_rule", "shown_day", "yearly"]
