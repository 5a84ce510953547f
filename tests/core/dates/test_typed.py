"""Dates people type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.dates.civil import week_start
from planner.core.dates.shown import exact_date, short_date
from planner.core.dates.typed import parse_date, parse_month_day
from planner.core.words.echo import clean_echo
from planner.errors import Refused
from tests.cases import case

TODAY = date(2026, 11, 23)  # a Monday
CIVIL = st.dates(date(1900, 1, 1), date(2200, 12, 31))
ORDINARY = st.dates(date(1910, 1, 1), date(2190, 12, 31))


def test_what_people_type_ahead() -> None:
    for typed, expected in [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026/11/23", date(2026, 11, 23)),
        ("2027.1.2", date(2027, 1, 2)),
        ("23.11.2026", date(2026, 11, 23)),
        ("23.11.", date(2026, 11, 23)),
        ("22.11.", date(2027, 11, 22)),
        ("today", date(2026, 11, 23)),
        ("  ToDay ", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("on fri", date(2026, 11, 27)),
        ("mon", date(2026, 11, 30)),
        ("sun", date(2026, 11, 29)),
        ("next fri", date(2026, 12, 4)),
        ("next mon", date(2026, 11, 30)),
        ("this fri", date(2026, 11, 27)),
        ("last fri", date(2026, 11, 20)),
        ("last mon", date(2026, 11, 16)),
        ("+3d", date(2026, 11, 26)),
        ("-3d", date(2026, 11, 20)),
        ("0d", date(2026, 11, 23)),
        ("2w", date(2026, 12, 7)),
        ("2 weeks", date(2026, 12, 7)),
        ("1m", date(2026, 12, 23)),
        ("1y", date(2027, 11, 23)),
        ("in 2 weeks", date(2026, 12, 7)),
        ("in two weeks", date(2026, 12, 7)),
        ("in a month", date(2026, 12, 23)),
        ("3d ago", date(2026, 11, 20)),
        ("2 weeks ago", date(2026, 11, 9)),
        ("a year ago", date(2025, 11, 23)),
        ("12 dec", date(2026, 12, 12)),
        ("dec 12", date(2026, 12, 12)),
        ("12th of December", date(2026, 12, 12)),
        ("23 nov", date(2026, 11, 23)),
        ("22 nov", date(2027, 11, 22)),
        ("12 dec 2027", date(2027, 12, 12)),
        ("Dec 12, 2027", date(2027, 12, 12)),
        ("12-dec-2027", date(2027, 12, 12)),
        ("fri 27 nov 2026", date(2026, 11, 27)),
        ("Fri, 27 Nov", date(2026, 11, 27)),
        ("29 feb", date(2028, 2, 29)),
        ("eow", date(2026, 11, 29)),
        ("eom", date(2026, 11, 30)),
        ("eoy", date(2026, 12, 31)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
        ("next year", date(2027, 1, 1)),
        ("23/11", date(2026, 11, 23)),
        ("11/23/2026", date(2026, 11, 23)),
        ("12/12", date(2026, 12, 12)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
    ]:
        with case(typed, expected):
            assert parse_date(typed, TODAY) == expected


def test_what_people_type_about_the_past() -> None:
    for typed, expected in [
        ("today", date(2026, 11, 23)),
        ("mon", date(2026, 11, 23)),
        ("fri", date(2026, 11, 20)),
        ("sun", date(2026, 11, 22)),
        ("next fri", date(2026, 12, 4)),
        ("last mon", date(2026, 11, 16)),
        ("2w", date(2026, 11, 9)),
        ("+2w", date(2026, 12, 7)),
        ("in 2 weeks", date(2026, 12, 7)),
        ("3d ago", date(2026, 11, 20)),
        ("1m", date(2026, 10, 23)),
        ("12 dec", date(2025, 12, 12)),
        ("23 nov", date(2026, 11, 23)),
        ("24 nov", date(2025, 11, 24)),
        ("29 feb", date(2024, 2, 29)),
        ("24.11.", date(2025, 11, 24)),
        ("12 dec 2027", date(2027, 12, 12)),
    ]:
        with case(typed, expected):
            assert parse_date(typed, TODAY, past=True) == expected


def test_a_weekday_typed_on_that_weekday_is_a_week_away_ahead_and_today_in_the_past() -> None:
    friday = date(2026, 11, 27)
    assert parse_date("fri", friday) == date(2026, 12, 4)
    assert parse_date("fri", friday, past=True) == friday


def test_on_a_sunday_the_week_ends_today_and_next_friday_is_in_five_days() -> None:
    sunday = date(2026, 11, 29)
    assert parse_date("eow", sunday) == sunday
    assert parse_date("next week", sunday) == date(2026, 11, 30)
    assert parse_date("next fri", sunday) == date(2026, 12, 4)


def test_29_february_skips_the_years_and_the_century_without_one() -> None:
    assert parse_date("29 feb", date(2096, 3, 1)) == date(2104, 2, 29)
    assert parse_date("29 feb", date(2104, 2, 28), past=True) == date(2096, 2, 29)


def test_two_numbers_are_refused_with_both_readings_unless_the_order_is_set() -> None:
    with pytest.raises(Refused, match=r"“01/02” can be read as 1 February or 2 January"):
        parse_date("01/02", TODAY)
    with pytest.raises(Refused, match="3 December 2027 or 12 March 2027"):
        parse_date("3-12-2027", TODAY)
    assert parse_date("01/02", TODAY, date_order="dmy") == date(2027, 2, 1)
    assert parse_date("01/02", TODAY, date_order="mdy") == date(2027, 1, 2)
    with pytest.raises(Refused, match="no month 23"):
        parse_date("23/11", TODAY, date_order="mdy")


def test_what_is_no_date_is_refused_in_words() -> None:
    for typed, words in [
        ("32", "“32” is not a date I know. Try 2026-11-23, fri, 12 dec, 2w or eom"),
        ("100", "“100” is not a date I know"),
        ("", "A date is missing"),
        ("   ", "A date is missing"),
        ("soon", "“soon” is not a date I know"),
        ("fri fri", "“fri fri” is not a date I know"),
        ("next 12 dec", "is not a date I know"),
        ("2026-02-30", "February 2026 has no day 30. It has days 1 to 28"),
        ("31 nov", "November has no day 31"),
        ("30 feb", "February has no day 30"),
        ("0 dec", "December has no day 0"),
        ("29 feb 2027", "February 2027 has no day 29"),
        ("2026-13-01", "there is no month 13"),
        ("1899-12-31", "outside the years 1900 to 2200"),
        ("2201-01-01", "outside the years 1900 to 2200"),
        ("0000-01-01", "outside the years"),
        ("12 dec 9999", "outside the years"),
        ("300y", "outside the years"),
        ("200y ago", "outside the years"),
        ("99999999999999999999d", "outside the years"),
        ("in 99999999999999999999999999999999999999999999 years", "outside the years"),
        ("01/02/27", "short year"),
        ("1.2.27", "short year"),
        ("thu 27 nov 2026", "27 Nov 2026 is a Friday"),
        ("٣d", "is not a date I know"),
        ("2026-11-23T10:00", "is not a date I know"),
    ]:
        with case(typed, words):
            with pytest.raises(Refused) as refusal:
                parse_date(typed, TODAY)
            assert words in str(refusal.value)


def test_the_edges_of_the_years_are_refused_not_overrun() -> None:
    with pytest.raises(Refused, match="outside"):
        parse_date("1 jan", date(2200, 1, 2))
    with pytest.raises(Refused, match="outside"):
        parse_date("29 feb", date(1900, 3, 1), past=True)
    for typed in ("tomorrow", "next week", "eow", "eom", "next month", "next year", "fri", "next fri", "1d"):
        with pytest.raises(Refused):
            parse_date(typed, date.max)
    for typed in ("yesterday", "3d ago", "last fri"):
        with pytest.raises(Refused):
            parse_date(typed, date.min)


def test_a_refusal_repeats_no_control_characters_and_at_most_sixty_letters() -> None:
    with pytest.raises(Refused) as refusal:
        parse_date("\x1b]52;c;aGk=\x07\u202e\n" + "x" * 100_000, TODAY)
    echoed = refusal.value.message.split("“")[1].split("”")[0]
    assert len(echoed) <= 60
    assert echoed.isprintable()
    assert clean_echo("a\u202eb\x9bc") == "a\ufffdb\ufffdc"


@given(text=st.text(max_size=80), today=ORDINARY, past=st.booleans())
def test_arbitrary_text_is_read_or_refused(text: str, today: date, past: bool) -> None:
    for read in (lambda: parse_date(text, today, past=past).isoformat(), lambda: str(parse_month_day(text))):
        try:
            said = read()
        except Refused as refusal:
            said = str(refusal)
        assert said.isprintable()
        assert len(said) < 200


WORDS = [
    "next",
    "last",
    "fri",
    "in",
    "a",
    "ago",
    "2",
    "31",
    "0",
    "999999",
    "dec",
    "feb",
    "2027",
    "w",
    "d",
    "m",
]
WORDS += [
    "y",
    "+",
    "-",
    "/",
    ".",
    "eow",
    "of",
    ",",
    "th",
    "week",
    "months",
    "on",
    "1900",
    "today",
    "-12",
    "--",
]


@given(words=st.lists(st.sampled_from(WORDS), max_size=6), glue=st.sampled_from(["", " "]), today=CIVIL)
def test_anything_built_of_the_grammars_own_words_is_read_or_refused(words: list[str], glue: str, today: date) -> None:
    text = glue.join(words)
    try:
        found = parse_date(text, today)
    except Refused:
        return
    assert 1900 <= found.year <= 2200


@given(day=CIVIL, today=CIVIL)
def test_every_rendering_of_a_date_reads_back(day: date, today: date) -> None:
    past = day < today
    for shown in (day.isoformat(), exact_date(day), short_date(day, today), f"{day:%d.%m.%Y}"):
        assert parse_date(shown, today, past=past) == day
        assert parse_date(shown.upper(), today, past=past) == day


@given(today=ORDINARY, weekday=st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_at_most_a_week_away(today: date, weekday: str) -> None:
    ahead = parse_date(weekday, today)
    back = parse_date(weekday, today, past=True)
    assert 1 <= (ahead - today).days <= 7
    assert 0 <= (today - back).days <= 6
    assert (ahead - back).days == 7
    following = parse_date(f"next {weekday}", today)
    assert following.weekday() == ahead.weekday()
    assert week_start(following) == week_start(today) + timedelta(days=7)


def test_a_day_of_the_year() -> None:
    for typed, expected in [
        ("12-24", (None, 12, 24)),
        ("--12-24", (None, 12, 24)),
        ("--1224", (None, 12, 24)),
        ("1988-12-24", (1988, 12, 24)),
        ("24 dec", (None, 12, 24)),
        ("Dec 24", (None, 12, 24)),
        ("24 dec 1988", (1988, 12, 24)),
        ("24.12.1988", (1988, 12, 24)),
        ("02-29", (None, 2, 29)),
        ("29 feb 1988", (1988, 2, 29)),
    ]:
        with case(typed, expected):
            assert parse_month_day(typed) == expected


def test_what_is_no_day_of_the_year() -> None:
    for typed in ["", "13-01", "02-30", "1987-02-29", "1899-01-01", "fri", "2w", "12/24", "x" * 999]:
        with case(typed), pytest.raises(Refused):
            parse_month_day(typed)
