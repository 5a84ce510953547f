"""Rhythms: what people type, how it is written and said, and intervals on the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.rhythm.cadence import Cadence, Interval, parse_cadence
from planner.errors import Refused
from tests.cases import case

TODAY = date(2026, 11, 23)
ANCHORS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
INTERVALS = st.builds(Interval, st.integers(1, 10), st.sampled_from("dwmy"))


def test_a_rhythm_as_typed_written_and_said() -> None:
    for typed, text, words in [
        ("4w", "4w", "every 4 weeks"),
        (" 4 W ", "4w", "every 4 weeks"),
        ("4w/6w", "4w/6w", "every 4–6 weeks"),
        ("4-6w", "4w/6w", "every 4–6 weeks"),
        ("4–6w", "4w/6w", "every 4–6 weeks"),
        ("4w/2m", "4w/2m", "every 4 weeks to 2 months"),
        ("1w/1w", "1w/1w", "weekly"),
        ("1m", "1m", "monthly"),
        ("10d", "10d", "every 10 days"),
        ("every 3 weeks", "3w", "every 3 weeks"),
        ("every three weeks", "3w", "every 3 weeks"),
        ("every other month", "2m", "every 2 months"),
        ("every week", "1w", "weekly"),
        ("every 4-6 weeks", "4w/6w", "every 4–6 weeks"),
        ("every 4 to 6 weeks", "4w/6w", "every 4–6 weeks"),
        ("every 4 weeks to 2 months", "4w/2m", "every 4 weeks to 2 months"),
        ("daily", "1d", "daily"),
        ("weekly", "1w", "weekly"),
        ("fortnightly", "2w", "every 2 weeks"),
        ("Monthly", "1m", "monthly"),
        ("quarterly", "3m", "every 3 months"),
        ("yearly", "1y", "yearly"),
        ("4w workdays", "4w workdays", "every 4 weeks on working days"),
        ("4w/6w on working days", "4w/6w workdays", "every 4–6 weeks on working days"),
        ("every working day", "1d workdays", "daily on working days"),
        ("every sunday", "RRULE:FREQ=WEEKLY;BYDAY=SU", "every Sunday"),
        (
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
            "on the last Friday of every month",
        ),
        (
            "rrule:byday=su;freq=weekly on working days",
            "RRULE:FREQ=WEEKLY;BYDAY=SU workdays",
            "every Sunday on working days",
        ),
        ("10y", "10y", "every 10 years"),
    ]:
        with case(typed, text, words):
            cadence = parse_cadence(typed, TODAY)
            assert cadence is not None
            assert cadence.text == text
            assert cadence.words == words
            assert parse_cadence(cadence.text, TODAY) == cadence


def test_the_parts_of_a_rhythm() -> None:
    assert parse_cadence("4w/6w", TODAY) == Cadence(Interval(4, "w"), Interval(6, "w"))
    ruled = parse_cadence("RRULE:FREQ=WEEKLY", TODAY)
    assert ruled == Cadence(None, rule="FREQ=WEEKLY")
    assert ruled is not None
    assert (ruled.ideal_text, ruled.worst_text) == ("RRULE:FREQ=WEEKLY", None)
    spaced = parse_cadence("4w/6w workdays", TODAY)
    assert spaced is not None
    assert (spaced.ideal_text, spaced.worst_text, spaced.working_days) == ("4w", "6w", True)


def test_none_is_no_rhythm() -> None:
    assert parse_cadence("none", TODAY) is None
    assert parse_cadence(" None ", TODAY) is None


def test_what_is_no_rhythm_is_refused_in_words() -> None:
    for typed, words in [
        ("0w", "not between 1 day and 10 years"),
        ("4w/0w", "not between 1 day and 10 years"),
        ("every 0 weeks", "not between 1 day and 10 years"),
        ("11y", "not between 1 day and 10 years"),
        ("3651d", "not between 1 day and 10 years"),
        ("9" * 150 + "d", "not between 1 day and 10 years"),
        ("6w/4w", "the worst interval, 4w, is shorter than the ideal, 6w. Try 4w/6w"),
        ("2m/4w", "is shorter"),
        ("-4w", "not a rhythm I know"),
        ("4", "not a rhythm I know"),
        ("every 4", "not a rhythm I know"),
        ("4x", "not a rhythm I know"),
        ("often", "not a rhythm I know"),
        ("inherit", "not a rhythm I know"),
        ("", "not a rhythm I know"),
        ("workdays workdays", "not a rhythm I know"),
        ("none workdays", "not a rhythm I know"),
        ("4w\x1b[31m", "not a rhythm I know"),
        ("x" * 100_000, "not a rhythm I know"),
        ("RRULE:", "cannot be read"),
        ("RRULE:FREQ=HOURLY", "more than once a day"),
        ("RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "has no day within 50 years"),
        ("RRULE:FREQ=WEEKLY;COUNT=3", "a rhythm has no end"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20300101", "a rhythm has no end"),
    ]:
        with case(typed, words):
            with pytest.raises(Refused) as refusal:
                parse_cadence(typed, TODAY)
            assert words in str(refusal.value)
            assert str(refusal.value).isprintable()
            assert len(str(refusal.value)) < 220


@given(text=st.text(max_size=60) | st.text("0123456789dwmy/- everyxto", max_size=20), rule=st.booleans())
def test_arbitrary_text_is_read_or_refused(text: str, rule: bool) -> None:
    try:
        cadence = parse_cadence(f"RRULE:{text}" if rule else text, TODAY)
    except Refused:
        return
    if cadence is not None:
        assert parse_cadence(cadence.text, TODAY) == cadence


@given(ideal=INTERVALS, worst=st.none() | INTERVALS, working_days=st.booleans())
def test_every_rendering_of_a_rhythm_reads_back(ideal: Interval, worst: Interval | None, working_days: bool) -> None:
    if worst is not None and worst.days() <= ideal.days():
        worst = None
    cadence = Cadence(ideal, worst, working_days=working_days)
    assert parse_cadence(cadence.text, TODAY) == cadence
    assert parse_cadence(cadence.words, TODAY) == cadence


def test_months_count_from_the_anchor() -> None:
    month = Interval(1, "m")
    anchor = date(2027, 1, 31)
    assert [month.times(anchor, k) for k in range(4)] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]
    assert Interval(1, "y").times(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert Interval(1, "y").after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Interval(4, "w").after(date(2026, 10, 23)) == date(2026, 11, 20)


def test_nominal_lengths() -> None:
    assert [Interval(2, unit).days() for unit in "dwmy"] == [2, 14, 60, 730]
    assert str(Interval(4, "w")) == "4w"


@given(anchor=ANCHORS, months=st.integers(1, 24), times=st.integers(0, 60))
def test_month_intervals_never_skip_a_month_and_come_back_to_the_anchors_day(
    anchor: date, months: int, times: int
) -> None:
    found = Interval(months, "m").times(anchor, times)
    assert (found.year - anchor.year) * 12 + found.month - anchor.month == months * times
    assert found.day == min(anchor.day, calendar.monthrange(found.year, found.month)[1])


@given(interval=INTERVALS, anchor=ANCHORS, away=st.integers(-4000, 4000))
def test_the_first_step_beyond_a_day(interval: Interval, anchor: date, away: int) -> None:
    day = anchor + timedelta(days=away)
    times = interval.times_beyond(anchor, day)
    assert interval.times(anchor, times) > day
    assert times == 0 or interval.times(anchor, times - 1) <= day
