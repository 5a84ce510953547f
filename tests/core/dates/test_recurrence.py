"""Recurrence rules against dateutil's own reading, the day a contact meets, and the repeaters."""

from __future__ import annotations

import subprocess
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice, pairwise, takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.core.dates.civil import week_start
from planner.core.dates.interval import Interval, add_months
from planner.core.dates.recurrence import (
    Repeat,
    check_rule,
    due_after,
    first_occurrence,
    nearest_met,
    next_occurrence,
    occurrences,
    parse_repeat,
    previous_occurrence,
    repeat_due,
    rule_words,
)
from planner.core.dates.recurrence_rules import parse_rule
from planner.errors import Refused
from tests.cases import case, within

TODAY = date(2026, 11, 23)
SINCE = date(2026, 10, 1)
LAST_FRIDAY = "FREQ=MONTHLY;BYDAY=-1FR"
SUNDAYS = "FREQ=WEEKLY;BYDAY=SU"

SHIFT = 7600
"""The Gregorian calendar repeats every 400 years. Moved so far, dateutil's walk soon ends at year 9999
even where a rule never comes round, and so can be asked about every rule."""


def as_dateutil_walks(rule: str, since: date) -> Iterator[date]:
    """The days dateutil finds; it counts places in the first week from the start on, we over the whole week."""
    parts = dict(part.split("=") for part in rule.split(";"))
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        if not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
            parts["BYDAY"] = CODES[since.weekday()]
        count = int(parts.pop("COUNT", 0)) or None
        monday = CODES.index(parts.get("WKST", "MO"))
        whole = _walk(";".join(f"{name}={value}" for name, value in parts.items()), week_start(since, monday))
        return islice((day for day in whole if day >= since), count)
    return _walk(rule, since)


def _walk(rule: str, since: date) -> Iterator[date]:
    start = f"{since.year + SHIFT:04d}{since:%m%d}"
    for moment in rrulestr(f"DTSTART:{start}T000000\nRRULE:{rule}"):
        yield moment.date().replace(year=moment.year - SHIFT)


CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.lists(values, min_size=1, max_size=4, unique=True).map(",".join)


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).filter(bool).map(str)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts: dict[str, str | None] = {"FREQ": frequency}
    parts["INTERVAL"] = draw(st.none() | st.sampled_from(["1", "2", "3", "5", "7", "13", "40"]))
    weekdays: st.SearchStrategy[str] = st.sampled_from(CODES)
    if frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        weekdays = st.tuples(numbers(-5, 5), weekdays).map("".join)
    parts["BYDAY"] = draw(some(weekdays))
    parts["BYMONTH"] = draw(some(numbers(1, 12)))
    parts["BYMONTHDAY"] = draw(st.none() | some(numbers(-31, 31)))
    parts["BYYEARDAY"] = draw(st.none() | st.none() | some(numbers(-366, 366)))
    if frequency == "YEARLY":
        parts["BYWEEKNO"] = draw(st.none() | some(numbers(-53, 53)))
    places = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[frequency]
    parts["BYSETPOS"] = draw(st.none() | some(numbers(-min(places, 6), min(places, 6))))
    parts["WKST"] = draw(st.none() | st.sampled_from(CODES))
    parts["COUNT"] = draw(st.none() | st.none() | numbers(1, 30))
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


STARTS = st.dates(date(2140, 1, 1), date(2150, 12, 31))


@given(rule=rules(), since=STARTS, first=st.integers(0, 3000), length=st.integers(0, 1500))
def test_rules_fall_on_the_days_dateutil_reads(rule: str, since: date, first: int, length: int) -> None:
    # From the 29th on a rule that names no days is clamped here and skipped there.
    assume(parse_rule(rule).names_days or since.day <= 28)
    try:
        normal = check_rule(rule, since)
    except Refused:
        from_then_on = as_dateutil_walks(rule, since)
        coming = next((day for day in from_then_on if day > since or "COUNT" in rule), None)
        assert coming is None or coming > add_months(since, 600)
        return
    assert check_rule(normal, since) == normal
    end = date(2163, 12, 31)
    expected = list(takewhile(lambda day: day <= end, as_dateutil_walks(rule, since)))
    assert list(occurrences(rule, since, since, end)) == expected
    start = since + timedelta(days=first)
    stop = start + timedelta(days=length)
    within = tuple(expected[bisect_left(expected, start) : bisect_right(expected, stop)])
    assert occurrences(normal, since, start, stop) == within
    if within:
        assert first_occurrence(rule, since, start) == within[0]
        assert previous_occurrence(rule, since, stop) == within[-1]
    for earlier, later_day in pairwise(within):
        assert next_occurrence(rule, since, earlier) == later_day
        assert previous_occurrence(rule, since, later_day - timedelta(days=1)) == earlier


def test_known_days() -> None:
    for rule, since, expected in [
        (LAST_FRIDAY, SINCE, ["2026-10-30", "2026-11-27", "2026-12-25"]),
        (SUNDAYS, SINCE, ["2026-10-04", "2026-10-11", "2026-10-18"]),
        ("FREQ=MONTHLY", date(2027, 1, 31), ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2027, 1, 31), ["2027-01-31", "2027-03-31", "2027-05-31"]),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 11, 30), ["2026-11-30", "2027-02-28", "2027-05-30"]),
        ("FREQ=YEARLY", date(2024, 2, 29), ["2024-02-29", "2025-02-28", "2026-02-28"]),
        ("FREQ=YEARLY;BYMONTH=2,4", date(2027, 1, 31), ["2027-02-28", "2027-04-30", "2028-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", SINCE, ["2028-02-29", "2032-02-29", "2036-02-29"]),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
            date(2026, 11, 26),
            ["2026-11-29", "2026-12-07", "2026-12-13"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
            date(2026, 11, 26),
            ["2026-12-06", "2026-12-07", "2026-12-20"],
        ),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", SINCE, ["2026-10-30", "2026-11-30", "2026-12-31"]),
        # Places are counted over the whole first week, the days of it before the start too.
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", date(2026, 11, 26), ["2026-11-30", "2026-12-07", "2026-12-14"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH,SA;BYSETPOS=-1", date(2026, 11, 27), ["2026-11-28", "2026-12-05", "2026-12-12"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=2;COUNT=2", date(2026, 12, 30), ["2026-12-31", "2027-01-07"]),
        ("FREQ=DAILY;INTERVAL=10", SINCE, ["2026-10-01", "2026-10-11", "2026-10-21"]),
        ("FREQ=WEEKLY;UNTIL=20261008", SINCE, ["2026-10-01", "2026-10-08"]),
        ("FREQ=WEEKLY;COUNT=2", SINCE, ["2026-10-01", "2026-10-08"]),
    ]:
        with case(rule, since, expected):
            days = occurrences(rule, since, since, date(2040, 1, 1))[:3]
            assert [day.isoformat() for day in days] == expected
            if "UNTIL" not in rule and (parse_rule(rule).names_days or since.day <= 28):
                assert tuple(islice(as_dateutil_walks(rule, since), 3)) == days


@given(since=st.dates(date(1990, 1, 1), date(2100, 1, 1)), interval=st.integers(1, 14))
def test_a_monthly_rule_never_skips_a_month(since: date, interval: int) -> None:
    days = occurrences(f"FREQ=MONTHLY;INTERVAL={interval}", since, since, add_months(since, 100))
    assert days == tuple(Interval(interval, "m").times(since, k) for k in range(len(days)))
    assert len(days) == 100 // interval + 1


def test_the_end_of_a_rule() -> None:
    ended = "FREQ=WEEKLY;COUNT=2"
    assert next_occurrence(ended, SINCE, date(2026, 10, 8)) is None
    assert previous_occurrence(ended, SINCE, date(2099, 1, 1)) == date(2026, 10, 8)
    assert previous_occurrence("FREQ=WEEKLY;UNTIL=20261008", SINCE, date(2099, 1, 1)) == date(2026, 10, 8)
    assert previous_occurrence(SUNDAYS, SINCE, date(2026, 10, 3)) is None
    assert previous_occurrence(SUNDAYS, SINCE, date(2020, 1, 1)) is None
    assert next_occurrence(SUNDAYS, SINCE, date(2200, 12, 31)) is None
    assert next_occurrence(SUNDAYS, SINCE, date.max) is None
    assert first_occurrence(SUNDAYS, date.min, date.min) == date(1900, 1, 7)
    assert previous_occurrence(SUNDAYS, date.min, date.max) == date(2200, 12, 28)
    assert occurrences(SUNDAYS, SINCE, date(2027, 1, 1), date(2026, 12, 1)) == ()


def test_the_normal_form() -> None:
    for rule, normal in [
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY;BYDAY=SU"),
        (" rrule:byday=th,mo,th;freq=weekly;interval=1; ", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("FREQ=MONTHLY;BYDAY=+1FR;WKST=SU", "FREQ=MONTHLY;BYDAY=1FR;WKST=SU"),
        ("FREQ=DAILY;UNTIL=20271231T235959Z", "FREQ=DAILY;UNTIL=20271231"),
    ]:
        with case(rule, normal):
            assert check_rule(rule, TODAY) == normal


REFUSED = [
    ("", "cannot be read"),
    ("weekly", "has a part I do not know, 'WEEKLY'"),
    ("FREQ=HOURLY", "more than once a day"),
    ("FREQ=SECONDLY;INTERVAL=1", "more than once a day"),
    ("FREQ=DAILY;BYHOUR=9", "more than once a day"),
    ("FREQ=SOMETIMES", "needs FREQ"),
    ("BYDAY=MO", "needs FREQ"),
    ("FREQ=DAILY;INTERVAL=0", "needs INTERVAL from 1 to 999"),
    ("FREQ=DAILY;INTERVAL=-1", "needs INTERVAL"),
    ("FREQ=DAILY;INTERVAL=1000", "needs INTERVAL"),
    ("FREQ=DAILY;INTERVAL=٣", "needs INTERVAL"),
    ("FREQ=DAILY;COUNT=0", "needs COUNT"),
    ("FREQ=DAILY;COUNT=99999999999", "needs COUNT"),
    ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "two ends"),
    ("FREQ=DAILY;UNTIL=20270230", "no date I know"),
    ("FREQ=DAILY;UNTIL=99990101", "no date I know"),
    ("FREQ=DAILY;FREQ=DAILY", "says FREQ twice"),
    ("FREQ=DAILY;BYDAY=", "leaves BYDAY empty"),
    ("FREQ=DAILY;BYEASTER=0", "a part I do not know"),
    ("FREQ=DAILY;DTSTART=20260101", "a part I do not know"),
    ("FREQ=WEEKLY;BYDAY=XX", "BYDAY that cannot be"),
    ("FREQ=MONTHLY;BYDAY=0FR", "BYDAY that cannot be"),
    ("FREQ=MONTHLY;BYDAY=6FR", "weekday number 6"),
    ("FREQ=MONTHLY;BYDAY=1FR,MO", "mixes numbered and plain weekdays"),
    ("FREQ=WEEKLY;BYDAY=1FR", "may number weekdays only"),
    ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY that cannot be"),
    ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY that cannot be"),
    ("FREQ=MONTHLY;BYMONTH=-1", "BYMONTH that cannot be"),
    ("FREQ=MONTHLY;BYWEEKNO=3", "may name weeks only"),
    ("FREQ=DAILY;BYSETPOS=2", "places in BYSETPOS"),
    ("FREQ=DAILY;WKST=XX", "no weekday"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day within 50 years"),
    ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "no day within 50 years"),
    ("FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30", "no day within 50 years"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "no day within 50 years"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20300101", "no day within 50 years"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=999", "no day within 50 years"),
    ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "no day within 50 years"),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "no day within 50 years"),
    ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=7", "no day within 50 years"),
    ("FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6", "no day within 50 years"),
    ("FREQ=YEARLY;BYYEARDAY=366;BYMONTH=2", "no day within 50 years"),
    ("FREQ=YEARLY;INTERVAL=999", "no day within 50 years"),
    ("FREQ=DAILY;UNTIL=20200101", "no day within 50 years"),
    ("FREQ=" + "D" * 100_000, "cannot be read"),
    ("FREQ=DAILY;\x1b]52;c\x07=1", "a part I do not know"),
]


def test_what_is_no_rule_is_refused_in_words() -> None:
    for rule, words in REFUSED:
        with case(rule, words):
            with pytest.raises(Refused) as refusal:
                check_rule(rule, TODAY)
            assert words in str(refusal.value)
            assert str(refusal.value).isprintable()
            assert len(str(refusal.value)) < 250


def test_no_rule_freezes() -> None:
    sparse = ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "FREQ=DAILY;INTERVAL=997;BYDAY=MO;BYMONTH=1"]
    check_rule(SUNDAYS, TODAY)
    for rule in [text for text, _ in REFUSED] + sparse:
        # dateutil's own walk takes seconds or never ends.
        with case(rule), within(0.5), suppress(Refused):
            check_rule(rule, TODAY)


@given(text=st.text(max_size=40) | st.text("FREQ=DAILYWKMONTH;BYSP,-+0123456789", max_size=60))
def test_arbitrary_text_is_a_rule_or_refused(text: str) -> None:
    try:
        normal = check_rule(text, TODAY)
    except Refused:
        return
    assert check_rule(normal, TODAY) == normal


def test_rules_in_words() -> None:
    for rule, words in [
        (LAST_FRIDAY, "on the last Friday of every month"),
        (SUNDAYS, "every Sunday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Monday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every Monday to Friday"),
        ("FREQ=MONTHLY", "every month"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "on the 15th of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,22,-1", "on the 1st, 22nd and last day of every 2 months"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "on the 1st Monday and 3rd Monday of every month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "on the last weekday of every month"),
        ("FREQ=MONTHLY;BYMONTH=6,9;BYDAY=1MO", "on the 1st Monday of every month in June and September"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", "on 25 December every year"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "on the 4th Thursday of November every year"),
        ("FREQ=WEEKLY;UNTIL=20271231", "every week, until 31 Dec 2027"),
        ("FREQ=WEEKLY;COUNT=3", "every week, 3 times"),
        ("FREQ=YEARLY;BYYEARDAY=100;COUNT=3", "by the rule FREQ=YEARLY;BYYEARDAY=100, 3 times"),
    ]:
        with case(rule, words):
            assert rule_words(rule) == words


@given(rule=rules())
def test_every_rule_has_words(rule: str) -> None:
    try:
        words = rule_words(rule)
    except Refused:
        return
    assert words
    assert words.isprintable()


def test_the_day_a_contact_meets() -> None:
    for rule, contact, met, due in [
        (LAST_FRIDAY, date(2026, 11, 10), date(2026, 10, 30), date(2026, 11, 27)),
        (SUNDAYS, date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 29)),
        (SUNDAYS, date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 29)),
        (SUNDAYS, date(2026, 11, 25), date(2026, 11, 22), date(2026, 11, 29)),
        (SUNDAYS, date(2026, 11, 26), date(2026, 11, 29), date(2026, 12, 6)),
        # A tie between two Saturdays a fortnight apart: the earlier one.
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", date(2026, 10, 10), date(2026, 10, 3), date(2026, 10, 17)),
        # Before the first day: nearer to it than to the day one step earlier, or not.
        (SUNDAYS, date(2026, 10, 1), date(2026, 10, 4), date(2026, 10, 11)),
        (SUNDAYS, date(2026, 9, 30), None, date(2026, 10, 4)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", date(2026, 9, 26), None, date(2026, 10, 3)),
        (SUNDAYS, date(2020, 1, 1), None, date(2026, 10, 4)),
    ]:
        with case(rule, contact, met, due):
            assert nearest_met(rule, SINCE, contact) == met
            assert due_after(rule, SINCE, contact) == due


def test_never_in_touch_is_due_on_the_first_day() -> None:
    assert due_after(LAST_FRIDAY, SINCE, None) == date(2026, 10, 30)
    assert due_after("FREQ=WEEKLY;COUNT=1", SINCE, SINCE) is None
    assert nearest_met("FREQ=WEEKLY;COUNT=1", SINCE, date(2026, 9, 30)) is None


@given(
    rule=rules(),
    since=st.dates(date(2016, 1, 1), date(2026, 11, 1)),
    contact=st.dates(date(2015, 1, 1), date(2027, 1, 1)),
)
def test_a_contact_is_never_due_on_its_own_day_and_a_later_one_is_not_due_earlier(
    rule: str, since: date, contact: date
) -> None:
    try:
        check_rule(rule, since)
    except Refused:
        return
    due = due_after(rule, since, contact)
    if due is None:
        return
    assert due > contact
    assert due >= since
    assert due in occurrences(rule, since, due, due)
    later = due_after(rule, since, contact + timedelta(days=1))
    assert later is None or later >= due


def test_the_repeaters_part_ways_when_done_late() -> None:
    for repeat, due in [
        ("", None),
        ("+1w", date(2026, 11, 8)),
        ("++1w", date(2026, 11, 29)),
        (".+1w", date(2026, 12, 2)),
        ("RRULE:FREQ=WEEKLY", date(2026, 11, 29)),
    ]:
        with case(repeat, due):
            anchor = date(2026, 11, 1)
            assert repeat_due(anchor, repeat, ()) == anchor
            assert repeat_due(anchor, repeat, (date(2026, 11, 25),)) == due


def test_a_fixed_repeat_counts_each_missed_one() -> None:
    done = tuple(date(2026, 11, 25) for _ in range(4))
    assert repeat_due(date(2026, 11, 1), "+1w", done) == date(2026, 11, 29)


def test_a_monthly_repeat_comes_back_to_the_31st() -> None:
    anchor = date(2027, 1, 31)
    for repeat in ("+1m", "++1m", "RRULE:FREQ=MONTHLY"):
        done: list[date] = []
        due: list[date] = []
        for _ in range(4):
            day = repeat_due(anchor, repeat, tuple(done))
            assert day is not None
            due.append(day)
            done.append(day)
        assert [(day.month, day.day) for day in due] == [(1, 31), (2, 28), (3, 31), (4, 30)]


def test_done_early_moves_on_to_the_next_of_the_grid() -> None:
    anchor = date(2026, 12, 1)
    assert repeat_due(anchor, "++1m", (date(2026, 11, 20),)) == date(2027, 1, 1)
    assert repeat_due(anchor, ".+1m", (date(2026, 11, 20),)) == date(2026, 12, 20)
    assert repeat_due(anchor, "RRULE:FREQ=MONTHLY;BYDAY=1TU", (date(2026, 11, 20),)) == date(2027, 1, 5)


def test_a_repeat_ends_with_its_rule_or_with_the_years() -> None:
    anchor = date(2026, 11, 1)
    twice = "RRULE:FREQ=WEEKLY;COUNT=2"
    assert repeat_due(anchor, twice, (anchor,)) == date(2026, 11, 8)
    assert repeat_due(anchor, twice, (anchor, date(2026, 11, 8))) is None
    assert repeat_due(anchor, twice, (anchor, date(2026, 11, 8), date(2026, 11, 9))) is None
    for repeat in ("+10y", "++10y"):
        assert repeat_due(anchor, repeat, (anchor,) * 500) is None


@given(
    anchor=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    repeat=st.sampled_from(["+1w", "++1w", ".+1w", "++3d", "++1m", "+2m", ".+1y", "RRULE:FREQ=WEEKLY;BYDAY=SU"]),
    away=st.lists(st.integers(-40, 400), max_size=5),
)
def test_a_repeat_depends_on_the_days_done_not_on_their_order(anchor: date, repeat: str, away: list[int]) -> None:
    done = [anchor + timedelta(days=days) for days in away]
    due = repeat_due(anchor, repeat, tuple(done))
    assert due is not None
    assert repeat_due(anchor, repeat, tuple(reversed(done))) == due
    if (done and not repeat.startswith("+")) or repeat.startswith("++"):
        assert all(due > day for day in done)


def test_a_repeat_as_typed_written_and_said() -> None:
    for typed, text, words in [
        ("", "", "once"),
        ("+1m", "+1m", "monthly, each one"),
        (" ++ 2 W ", "++2w", "every 2 weeks"),
        (".+3m", ".+3m", "3 months after it is done"),
        (
            "rrule:freq=monthly;byday=-1fr",
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
            "on the last Friday of every month",
        ),
    ]:
        with case(typed, text, words):
            repeat = parse_repeat(typed, TODAY)
            assert (repeat.text, repeat.words) == (text, words)
            assert parse_repeat(repeat.text, TODAY) == repeat


def test_the_parts_of_a_repeat() -> None:
    assert parse_repeat("++2w", TODAY) == Repeat("++", Interval(2, "w"))
    assert parse_repeat("RRULE:FREQ=WEEKLY", TODAY) == Repeat("rule", rule="FREQ=WEEKLY")


def test_what_is_no_repeat_is_refused() -> None:
    for typed in [
        "1m",
        "+0d",
        "++0w",
        ".+",
        "+11y",
        "+++1w",
        "+99999d",
        "+999999999999d",
        "weekly",
        "RRULE:FREQ=HOURLY",
        "\x1b[2J",
    ]:
        with case(typed):
            with pytest.raises(Refused) as refusal:
                parse_repeat(typed, TODAY)
            assert str(refusal.value).isprintable()


def test_importing_the_calendar_loads_no_part_of_dateutil_and_nothing_ever_its_parser() -> None:
    program = (
        "import sys, datetime\n"
        "from planner.core.dates import recurrence, typed\nfrom planner.core.rhythm import cadence\n"
        "assert not [name for name in sys.modules if name.startswith('dateutil')], 'loaded too early'\n"
        "day = datetime.date(2026, 11, 23)\n"
        "cadence.parse_cadence('RRULE:FREQ=MONTHLY;BYDAY=-1FR', day)\n"
        "recurrence.check_rule('FREQ=WEEKLY;BYDAY=SU;UNTIL=20301231T000000Z', day)\n"
        "typed.parse_date('12 dec', day)\n"
        "assert 'dateutil.rrule' in sys.modules\n"
        "assert 'dateutil.parser' not in sys.modules, 'the guessing parser'\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
