"""Lengths of time counted on the calendar."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.dates.interval import add_days, add_months
from planner.errors import Refused

ORDINARY = st.dates(date(1910, 1, 1), date(2190, 12, 31))


@given(anchor=ORDINARY, months=st.integers(-200, 200))
def test_months_are_clamped_and_never_skipped(anchor: date, months: int) -> None:
    found = add_months(anchor, months)
    assert (found.year * 12 + found.month) - (anchor.year * 12 + anchor.month) == months
    assert found.day == min(anchor.day, calendar.monthrange(found.year, found.month)[1])


def test_month_ends() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2027, 1, 31), 2) == date(2027, 3, 31)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)
    for beyond in (lambda: add_months(date(9999, 12, 1), 1), lambda: add_days(date.max, 1)):
        with pytest.raises(Refused, match="beyond the calendar"):
            beyond()
