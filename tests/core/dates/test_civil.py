"""Civil days."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from planner.core.dates.civil import civil_today, next_working_day, next_yearly, week_start, yearly_occurrence
from tests.cases import case

TODAY = date(2026, 11, 23)  # a Monday


def test_the_day_starts_at_four() -> None:
    four = time(4)
    assert civil_today(datetime(2026, 11, 23, 3, 59), four) == date(2026, 11, 22)
    assert civil_today(datetime(2026, 11, 23, 4, 0), four) == date(2026, 11, 23)
    assert civil_today(datetime(2026, 11, 23, 0, 0), time(0)) == date(2026, 11, 23)
    assert civil_today(datetime(2027, 1, 1, 1, 0), four) == date(2026, 12, 31)


def test_no_civil_day_is_skipped_or_comes_back_through_a_year_of_clock_changes() -> None:
    hours = 0
    for zone in ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"]:
        for starts in [time(0), time(2, 30), time(4)]:
            with case(zone, starts):
                instant = datetime(2026, 1, 1, 12, tzinfo=UTC)
                days = []
                for _ in range(370 * 24):
                    days.append(civil_today(instant.astimezone(ZoneInfo(zone)), starts))
                    instant += timedelta(hours=1)
                steps = {(later - earlier).days for earlier, later in pairwise(days)}
                # Only a clock that falls back over the very start of the day gives that hour to the day before again.
                assert steps == {0, 1} if starts == time(4) else steps <= {-1, 0, 1}
                assert sorted(set(days)) == [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
                hours += len(days)
    print(f"{hours:,} hours of a year in five time zones: no day skipped, none doubled")


def test_week_start_knows_where_a_week_begins() -> None:
    assert week_start(date(2026, 11, 29)) == date(2026, 11, 23)
    assert week_start(date(2026, 11, 29), 6) == date(2026, 11, 29)
    assert week_start(date(2026, 11, 28), 6) == date(2026, 11, 22)


def test_the_next_working_day() -> None:
    weekend = frozenset({5, 6})
    assert next_working_day(date(2026, 11, 27), weekend, frozenset()) == date(2026, 11, 27)
    assert next_working_day(date(2026, 11, 28), weekend, frozenset()) == date(2026, 11, 30)
    off = frozenset({date(2026, 11, 30), date(2026, 12, 1)})
    assert next_working_day(date(2026, 11, 28), weekend, off) == date(2026, 12, 2)
    assert next_working_day(TODAY, frozenset(range(7)), frozenset()) == TODAY


def test_29_february_is_kept_once_a_year_on_the_day_that_was_chosen() -> None:
    for leap, elsewhere in (("feb28", (2, 28)), ("mar1", (3, 1))):
        kept = [yearly_occurrence(2, 29, year, leap) for year in range(1999, 2009)]
        assert [day.year for day in kept] == list(range(1999, 2009))
        for day in kept:
            expected = (2, 29) if calendar.isleap(day.year) else elsewhere
            assert (day.month, day.day) == expected


@pytest.mark.parametrize("leap", ["feb28", "mar1"])
def test_walking_from_birthday_to_birthday_meets_each_year_once(leap: str) -> None:
    day, years = date(1996, 1, 1), []
    for _ in range(12):
        day = next_yearly(2, 29, day, leap)
        years.append(day.year)
        day += timedelta(days=1)
    assert years == list(range(1996, 2008))


def test_the_next_birthday_crosses_new_year() -> None:
    assert next_yearly(1, 3, date(2026, 12, 30)) == date(2027, 1, 3)
    assert next_yearly(12, 30, date(2026, 12, 30)) == date(2026, 12, 30)
