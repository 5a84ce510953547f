"""The words that days are shown with."""

from __future__ import annotations

from datetime import date

from planner.core.dates.shown import age_words, days_past, exact_date, short_date
from tests.cases import case

TODAY = date(2026, 11, 23)  # a Monday


def test_short_dates() -> None:
    for day, shown in [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 25), "Wed"),
        (date(2026, 11, 29), "Sun"),
        (date(2026, 11, 30), "30 Nov"),
        (date(2026, 11, 20), "20 Nov"),
        (date(2027, 3, 1), "1 Mar"),
        (date(2027, 6, 1), "1 Jun 2027"),
        (date(2027, 11, 23), "23 Nov 2027"),
        (date(2026, 2, 1), "1 Feb"),
        (date(2026, 1, 2), "2 Jan 2026"),
        (date(2025, 11, 30), "30 Nov 2025"),
    ]:
        with case(day, shown):
            assert short_date(day, TODAY) == shown


def test_exact_dates_and_lengths() -> None:
    assert exact_date(date(2026, 11, 27)) == "Fri 27 Nov 2026"
    assert [days_past(days) for days in (0, 1, 3, 400)] == ["today", "1d past", "3d past", "400d past"]
    ages = {0: "0d", 13: "13d", 14: "2w", 35: "5w", 62: "8w", 63: "2m", 125: "4m", 729: "23m", 730: "2y"}
    assert {days: age_words(days) for days in ages} == ages
