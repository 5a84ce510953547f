"""The page of giving: its words, and the weeks in which one helped."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.core.giving import NOTHING_TO_GIVE, Giving, QuietTie, ThankYou, month_words, quiet_words, weeks_in_a_row
from planner.core.network.matchmaking import Pair, Side
from tests.cases import case

TODAY = date(2026, 11, 25)
"""A Wednesday."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_weeks_are_counted_back_from_this_one_or_the_last_without_a_word_of_loss() -> None:
    for days, count in [
        ((), 0), ((0,), 1), ((2,), 1), ((3,), 1), ((0, 3, 9), 2), ((3, 10), 2), ((10,), 0), ((0, 1, 2), 1),
        ((0, 7, 14, 28), 3), ((-5,), 0),
    ]:  # fmt: skip
        with case(days):
            assert weeks_in_a_row([ago(one) for one in days], TODAY) == count
    assert Giving(weeks=7).weeks_words == "You helped somebody in each of the last 7 weeks"
    assert Giving(weeks=1).weeks_words == Giving().weeks_words == ""


@given(st.lists(st.dates(date(2025, 1, 1), TODAY), max_size=30), st.randoms())
def test_the_order_of_the_days_does_not_matter_and_one_more_never_ends_a_run(days: list[date], random: object) -> None:
    shuffled = list(days)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    count = weeks_in_a_row(days, TODAY)
    assert weeks_in_a_row(shuffled, TODAY) == count
    assert weeks_in_a_row([*days, TODAY], TODAY) >= count


def test_the_words_of_the_page() -> None:
    pair = Pair(Side(1, "Dora", "a Rust developer"), Side(2, "Ben", "Rust"), ("Rust",))
    page = Giving(
        pair,
        QuietTie(3, "Samir Benali", ago(430), "helped you: the portfolio"),
        ThankYou(4, "Theodora", "an hour in the archive", date(2026, 5, 3), 9, owed=False),
        7,
    )
    assert [(one.kind, one.contact_id, one.words) for one in page.entries(TODAY)] == [
        ("match", 1, "Dora looks for a Rust developer · Ben offers Rust"),
        ("quiet", 3, "Samir Benali, 14 months; helped you: the portfolio"),
        ("thanks", 4, "Theodora helped you in May: an hour in the archive"),
    ]
    assert not NOTHING_TO_GIVE
    assert NOTHING_TO_GIVE.entries(TODAY) == ()
    assert not Giving(weeks=1)
    assert Giving(weeks=2)


def test_lengths_and_months_in_words() -> None:
    for days, words in [(1, "1 day"), (59, "59 days"), (60, "2 months"), (719, "23 months"), (730, "2 years")]:
        with case(days):
            assert quiet_words(days) == words
    assert month_words(date(2025, 5, 3), TODAY) == "May 2025"
