"""The days of contact up to the last one, kept as bits."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.core.rhythm.recent import SPAN, days_since, recent_days

LAST = date(2026, 11, 23)


def before(days: int) -> date:
    return LAST - timedelta(days=days)


def test_a_person_who_was_never_reached_has_no_days() -> None:
    assert recent_days((), None) == 0
    assert recent_days([LAST], None) == 0


@given(st.lists(st.integers(-5, 2 * SPAN)), st.integers(-5, SPAN - 1))
def test_the_bits_tell_how_many_days_there_were_since_a_day(back: list[int], start: int) -> None:
    recent = recent_days((before(one) for one in (0, *back)), LAST)
    assert recent < 2**63
    wanted = {one for one in (0, *back) if 0 <= one <= start}
    assert days_since(recent, LAST, before(start)) == len(wanted)
