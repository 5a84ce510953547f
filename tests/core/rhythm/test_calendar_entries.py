"""What a calendar repeats is what the planner would ask for, round after round."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice, product

import pytest
from dateutil.rrule import rrulestr

from planner.core.dates.civil import yearly_occurrence
from planner.core.dates.recurrence import repeat_due
from planner.core.model import FOREVER
from planner.core.rhythm.calendar_entries import repeat_rule, shown_day, yearly
from tests.cases import case

START = date(2026, 11, 23)


def days_of(rule: str, first: date, count: int) -> list[date]:
    """The first days of a rule as calendars read it."""
    start = datetime(first.year, first.month, first.day)
    return [one.date() for one in islice(rrulestr(f"RRULE:{rule}", dtstart=start), count)]


REPEATS = (
    "+3d", "++2w", "+1m", "++2m", "+1y", "RRULE:FREQ=DAILY;INTERVAL=5", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH",
    "RRULE:FREQ=WEEKLY;INTERVAL=2", "RRULE:FREQ=MONTHLY", "RRULE:FREQ=MONTHLY;BYDAY=-1FR", "RRULE:FREQ=YEARLY",
    "RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "RRULE:FREQ=YEARLY;BYMONTH=2,6", "RRULE:FREQ=MONTHLY;COUNT=9",
)  # fmt: skip


def test_a_calendar_repeats_what_the_planner_asks_for() -> None:
    anchors = [date(2026, 11, 23), date(2027, 1, 29), date(2027, 1, 30), date(2027, 1, 31)]
    for anchor, rounds, repeat in product(anchors, (0, 1, 3), REPEATS):
        with case(anchor, rounds, repeat):
            wanted, done = [], []
            for _ in range(9):
                due = repeat_due(anchor, repeat, tuple(done))
                assert due is not None
                wanted.append(due)
                done.append(due)
            first = wanted[rounds]
            assert days_of(repeat_rule(anchor, repeat, first), first, 9 - rounds) == wanted[rounds:]


def test_a_leap_day_repeated_yearly_is_kept_every_year() -> None:
    rule = repeat_rule(date(2028, 2, 29), "+1y", date(2028, 2, 29))
    assert days_of(rule, date(2028, 2, 29), 5) == [
        date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28), date(2032, 2, 29),
    ]  # fmt: skip


@pytest.mark.parametrize("repeat", ["", ".+3m"])
def test_what_has_no_certain_later_round_has_no_rule(repeat: str) -> None:
    assert repeat_rule(START, repeat, START) == ""


def test_a_rule_ends_in_the_calendar_when_it_ends_here() -> None:
    assert repeat_rule(START, "RRULE:FREQ=WEEKLY;COUNT=3", date(2026, 11, 30)) == "FREQ=WEEKLY;COUNT=2"
    assert repeat_rule(START, "RRULE:FREQ=WEEKLY;COUNT=3", date(2026, 12, 7)) == ""
    until = repeat_rule(START, "RRULE:FREQ=WEEKLY;UNTIL=20261231", START)
    assert until == "FREQ=WEEKLY;UNTIL=20261231"


@pytest.mark.parametrize(("setting", "other_years"), [("feb28", (2, 28)), ("mar1", (3, 1))])
def test_a_birthday_on_the_leap_day_is_kept_once_in_every_year(setting: str, other_years: tuple[int, int]) -> None:
    first, rule = yearly(2, 29, 2026, setting)
    assert (first.month, first.day) == other_years
    assert days_of(rule, first, 9) == [yearly_occurrence(2, 29, year, setting) for year in range(2026, 2035)]


def test_other_days_of_the_year_need_no_more_than_the_year() -> None:
    assert yearly(12, 31, 1988, "feb28") == (date(1988, 12, 31), "FREQ=YEARLY")


def test_an_item_stands_on_the_day_chosen_for_it_and_not_before_it_may_be_seen() -> None:
    assert shown_day(START, None, None, None) == START
    assert shown_day(START, date(2026, 11, 20), None, None) == date(2026, 11, 20)
    assert shown_day(START, None, date(2026, 12, 3), None) == date(2026, 12, 3)
    assert shown_day(START, None, None, date(2026, 12, 9)) == date(2026, 12, 9)
    assert shown_day(START, None, None, FOREVER) is None
