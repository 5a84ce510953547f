"""The short, kind words for what is due and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import ItemKind, OpenItem, State
from planner.core.words.counts import days_word
from planner.core.words.wording import (
    KIND_WORDS,
    QUESTIONS,
    STATE_WORDS,
    detail_words,
    interval_words,
    kind_word,
    rate_words,
    reason,
    when_word,
)
from tests.cases import case

TODAY = date(2026, 11, 23)
UNKIND = ("neglect", "demote", "debt", "overdue", "fail", "guilt", "score")


def item(kind: ItemKind, days: int = 0, text: str = "meet Leo", **more: object) -> OpenItem:
    return OpenItem("x1", kind, 1, TODAY + timedelta(days=days), text=text, **more)  # type: ignore[arg-type]


def test_when() -> None:
    for days, words in [(-3, "3d past"), (0, "today"), (1, "due tomorrow"), (4, "due Fri"), (19, "due 12 Dec")]:
        with case(days, words):
            assert when_word(item(ItemKind.PROMISE, days), TODAY) == words


@pytest.mark.parametrize(
    ("text", "word"),
    [("birthday: turns 36", "birthday"), ("remember: birthday", "remember"), ("anniversary", "anniversary")],
)
def test_a_date_is_called_by_its_own_kind(text: str, word: str) -> None:
    assert kind_word(item(ItemKind.DATE, text=text)) == word
    assert kind_word(item(ItemKind.PROMISE)) == "promise"


def test_a_date_without_words_is_still_a_date() -> None:
    assert kind_word(item(ItemKind.DATE, text="")) == "date"


@pytest.mark.parametrize(("count", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_days(count: int, words: str) -> None:
    assert days_word(count) == words


def test_a_row_says_which_ask_may_rest() -> None:
    assert detail_words(item(ItemKind.ASK, 2, asks="rest")) == "meet Leo · let it rest?"
    assert detail_words(item(ItemKind.CADENCE, 0, "weekly", asks="snoozes")) == "would a longer rhythm suit better?"


def test_the_reason_says_what_and_when() -> None:
    for one, words in [
        (item(ItemKind.CADENCE, -1, "weekly"), "weekly, never in touch yet, 1 day past Sun 22 Nov 2026"),
        (
            item(ItemKind.CADENCE, 0, "weekly", last_contact=date(2026, 11, 16)),
            "weekly, last contact Mon 16 Nov 2026, due Mon 23 Nov 2026",
        ),
        (item(ItemKind.PROMISE, 2), "you promised: meet Leo, due Wed 25 Nov 2026"),
        (item(ItemKind.REQUEST, 2), "they asked you: meet Leo, answer due Wed 25 Nov 2026"),
        (
            item(ItemKind.ASK, 2, asks="rest"),
            "you asked: meet Leo, nudge due Wed 25 Nov 2026; nudged twice: let it rest?",
        ),
        (item(ItemKind.THANKS, 2), "they helped: meet Leo, thanks due Wed 25 Nov 2026"),
        (item(ItemKind.OUTCOME, 2), "they helped: meet Leo, tell how it went, due Wed 25 Nov 2026"),
        (item(ItemKind.ANSWER, -2), "they wrote: meet Leo, answer 2 days past Sat 21 Nov 2026"),
        (item(ItemKind.PLANNED, 1, "coffee"), "planned: coffee, due Tue 24 Nov 2026"),
        (item(ItemKind.PLANNED, 0, "coffee"), "planned: coffee, due Mon 23 Nov 2026, did it happen?"),
        (item(ItemKind.FOLLOWUP, 0, "send the talk"), "send the talk, due Mon 23 Nov 2026"),
    ]:
        with case(one, words):
            assert reason(one, TODAY) == words


@given(st.sampled_from(ItemKind), st.integers(-800, 800), st.sampled_from(["", *QUESTIONS]))
def test_every_item_has_words_and_they_are_kind(kind: ItemKind, days: int, asks: str) -> None:
    one = item(kind, days, asks=asks)
    for words in (reason(one, TODAY), when_word(one, TODAY), kind_word(one)):
        assert words
        assert not any(word in words.casefold() for word in UNKIND)
    assert QUESTIONS.get(asks, "") in reason(one, TODAY)


def test_every_kind_and_state_has_a_word() -> None:
    assert set(KIND_WORDS) == set(ItemKind)
    assert set(STATE_WORDS) == set(State)


def test_intervals_are_said_as_people_say_them() -> None:
    for days, words in [
        (1, "day"), (3, "3 days"), (7, "week"), (28, "4 weeks"), (30, "month"), (61, "2 months"), (91, "3 months"),
        (100, "100 days"), (182, "6 months"), (365, "year"), (730, "2 years"), (10, "10 days"),
    ]:  # fmt: skip
        with case(days, words):
            assert interval_words(days) == words


def test_a_rate_is_said_so_that_a_person_can_read_it() -> None:
    for a_week, words in [
        (0, "none"), (14.37, "14 a week"), (1234.5, "1,234 a week"), (9.96, "10 a week"), (3.5, "3.5 a week"),
        (5.02, "5 a week"), (1.0, "1 a week"), (0.93, "one a week"), (0.33, "one every 3 weeks"),
        (0.125, "one every 8 weeks"), (0.0767, "one every 3 months"), (0.0192, "one a year"),
        (0.001, "fewer than one a year"),
    ]:  # fmt: skip
        with case(a_week):
            assert rate_words(a_week) == words
