"""How pressing things are: named terms, scale free for rhythms, a late promise above all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import ItemKind, OpenItem
from planner.core.rhythm.urgency import LATE_PROMISE, WEIGHTS, days_past, terms, urgency
from tests.cases import case

TODAY = date(2026, 11, 23)
FIXED = [kind for kind in ItemKind if kind is not ItemKind.CADENCE]


def item(kind: ItemKind, past: int, ideal: int | None = None) -> OpenItem:
    return OpenItem("c1", kind, 1, TODAY - timedelta(days=past), ideal_days=ideal)


def test_keep_in_touch_is_days_past_due_by_the_length_of_the_round() -> None:
    assert urgency(item(ItemKind.CADENCE, 14, 28), TODAY) == 0.5
    assert urgency(item(ItemKind.CADENCE, -3, 28), TODAY) == 0
    assert [term.name for term in terms(item(ItemKind.CADENCE, 14, 28), TODAY)] == ["14 days past due ÷ 28 days"]


def test_ten_days_on_a_weekly_friend_beat_forty_on_a_yearly_one() -> None:
    assert urgency(item(ItemKind.CADENCE, 10, 7), TODAY) > urgency(item(ItemKind.CADENCE, 40, 365), TODAY)


def test_a_rhythm_without_a_length_counts_as_daily() -> None:
    assert urgency(item(ItemKind.CADENCE, 3, None), TODAY) == urgency(item(ItemKind.CADENCE, 3, 0), TODAY) == 3


def test_everything_else_has_a_weight_that_grows_with_each_day() -> None:
    for kind in FIXED:
        with case(kind):
            on_its_day, a_day_later, two = (urgency(item(kind, past), TODAY) for past in (0, 1, 2))
            assert on_its_day == urgency(item(kind, -5), TODAY) == WEIGHTS[kind].base > 0
            assert a_day_later - on_its_day >= WEIGHTS[kind].per_day > 0
            assert two - a_day_later == pytest.approx(WEIGHTS[kind].per_day)


def test_a_late_promise_names_its_three_terms() -> None:
    found = terms(item(ItemKind.PROMISE, 2), TODAY)
    assert [(term.name, term.value) for term in found] == [
        ("promise", 6.0), ("2 days past", 2.0), ("late promise", LATE_PROMISE),
    ]  # fmt: skip
    assert [term.name for term in terms(item(ItemKind.PROMISE, 0), TODAY)] == ["promise"]


@given(st.integers(1, 73_000), st.integers(1, 3650), st.integers(1, 5000))
def test_a_late_promise_outranks_any_rhythm(past: int, ideal: int, promise_past: int) -> None:
    assert urgency(item(ItemKind.PROMISE, promise_past), TODAY) > urgency(item(ItemKind.CADENCE, past, ideal), TODAY)


@given(st.sampled_from(ItemKind), st.integers(-400, 4000), st.integers(1, 400), st.integers(0, 400))
def test_urgency_is_the_sum_of_its_terms_and_never_falls_as_days_pass(
    kind: ItemKind, past: int, ideal: int, more: int
) -> None:
    one = item(kind, past, ideal)
    assert urgency(one, TODAY) == pytest.approx(sum(term.value for term in terms(one, TODAY)), abs=1e-6)
    assert urgency(one, TODAY + timedelta(days=more)) >= urgency(one, TODAY) >= 0
    assert days_past(one, TODAY) == max(0, past)
