"""Introductions: each is asked before they meet, and no answer is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.introductions import (
    Answer,
    Introduction,
    answer,
    ask,
    drop,
    make,
    open_step,
    read_pair,
    stage,
    waiting_for,
    worked,
)
from planner.core.model import Settings
from planner.errors import Refused
from tests.cases import case

TODAY = date(2026, 11, 23)
SETTINGS = Settings()
ANA, BEN = 1, 2
IDEA = Introduction(7, ANA, BEN, "Ana Silva", "Ben Okri", created_on=TODAY)
ASKED = ask(IDEA, ANA, TODAY)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def step(one: Introduction) -> tuple[str, str, date] | None:
    """Whose turn it is, in which words, until when."""
    item = open_step(one, SETTINGS)
    return (item.contact_name, item.text, item.due) if item is not None else None


def said(one: Introduction, who: int, word: Answer, day: int = 0, until: date | None = None) -> Introduction:
    return answer(one, who, word, on(day), SETTINGS, until)


def test_the_whole_way() -> None:
    assert (stage(IDEA), waiting_for(IDEA)) == ("idea", ANA)
    assert step(IDEA) == ("Ana Silva", "ask about meeting Ben Okri", TODAY)
    assert (stage(ASKED), waiting_for(ASKED)) == ("asked", ANA)
    assert step(ASKED) == ("Ana Silva", "an answer about meeting Ben Okri", on(5))
    one_yes = said(ASKED, ANA, Answer.YES, 2)
    # A yes of the first asks the second the same day.
    assert (stage(one_yes), waiting_for(one_yes)) == ("asked", BEN)
    assert step(one_yes) == ("Ben Okri", "an answer about meeting Ana Silva", on(7))
    both = said(one_yes, BEN, Answer.YES, 4)
    assert (stage(both), waiting_for(both)) == ("agreed", None)
    assert step(both) == ("Ana Silva", "introduce to Ben Okri", on(6))
    made = make(both, on(5))
    assert stage(made) == "introduced"
    assert step(made) == ("Ana Silva", "did meeting Ben Okri work?", on(33))
    over = worked(made, on(40))
    assert (stage(over), step(over), over.closed_on) == ("worked", None, on(40))


def test_the_second_may_answer_first() -> None:
    other = said(ask(ASKED, BEN, TODAY), BEN, Answer.YES, 1)
    assert (stage(other), waiting_for(other)) == ("asked", ANA)
    assert stage(said(other, ANA, Answer.YES, 2)) == "agreed"


@pytest.mark.parametrize("who", [ANA, BEN])
def test_a_no_of_either_closes_it(who: int) -> None:
    over = said(ASKED, who, Answer.NO, 3)
    assert (stage(over), step(over), waiting_for(over)) == ("closed", None, None)
    for again in (
        lambda: said(over, ANA, Answer.YES), lambda: make(over, TODAY), lambda: drop(over, TODAY),
        lambda: ask(over, ANA, TODAY), lambda: worked(over, TODAY),
    ):  # fmt: skip
        with pytest.raises(Refused, match="Introducing Ana Silva and Ben Okri is over"):
            again()


def test_a_later_comes_back_on_its_day_or_in_four_weeks() -> None:
    later = said(ASKED, ANA, Answer.LATER, 0, until=on(10))
    assert step(later) == ("Ana Silva", "ask again about meeting Ben Okri", on(10))
    assert step(said(ASKED, ANA, Answer.LATER)) == ("Ana Silva", "ask again about meeting Ben Okri", on(28))
    again = ask(later, ANA, on(10))
    assert step(again) == ("Ana Silva", "an answer about meeting Ben Okri", on(15))
    # A yes after a later is a yes.
    assert waiting_for(said(later, ANA, Answer.YES, 12)) == BEN


def test_the_second_is_not_asked_twice_by_a_yes_of_the_first() -> None:
    other_later = said(ASKED, BEN, Answer.LATER, 1, until=on(9))
    assert said(other_later, ANA, Answer.YES, 2).other_answer is Answer.LATER


def test_nobody_is_introduced_before_both_agreed() -> None:
    with pytest.raises(Refused, match="Ana Silva and Ben Okri did not say yes yet"):
        make(ASKED, TODAY)
    with pytest.raises(Refused, match="Ben Okri did not say yes yet"):
        make(said(ASKED, ANA, Answer.YES), TODAY)


def test_nothing_is_asked_after_before_it_was_made_nor_made_twice() -> None:
    both = said(said(ASKED, ANA, Answer.YES), BEN, Answer.YES)
    with pytest.raises(Refused, match="are not introduced yet"):
        worked(both, TODAY)
    made = make(both, TODAY)
    for again in (lambda: make(made, TODAY), lambda: said(made, ANA, Answer.NO)):
        with pytest.raises(Refused, match="are introduced already"):
            again()


def test_only_the_two_are_asked() -> None:
    with pytest.raises(Refused, match="Only Ana Silva and Ben Okri are asked"):
        ask(IDEA, 99, TODAY)


def test_two_people_in_one_line() -> None:
    for line, read in [
        ("Ana and Ben", ("Ana", "Ben", "")),
        ("Ana Silva AND Ben Okri, both climb, and sing", ("Ana Silva", "Ben Okri", "both climb, and sing")),
        ("Ana to Ben", ("Ana", "Ben", "")),
        ("#1 with #2", ("#1", "#2", "")),
        ("Sandy and Andy Anders", ("Sandy", "Andy Anders", "")),
    ]:
        with case(line, read):
            assert read_pair(line) == read


def test_a_line_without_two_people_is_refused() -> None:
    for line in ["", "Ana", "Ana and", "and Ben", "Ana, Ben", "Sandy"]:
        with case(line), pytest.raises(Refused, match="Two people are introduced"):
            read_pair(line)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "yes", "no", "later", "made", "worked", "drop"]),
        st.sampled_from([ANA, BEN]),
        st.integers(0, 9),
    ),
    max_size=12,
)


def taken(one: Introduction, verb: str, who: int, day: int) -> Introduction:
    """A step, whichever it is."""
    match verb:
        case "ask":
            return ask(one, who, on(day))
        case "made":
            return make(one, on(day))
        case "worked":
            return worked(one, on(day))
        case "drop":
            return drop(one, on(day))
    return said(one, who, Answer(verb), day)


@given(STEPS)
def test_whatever_is_said_one_step_is_open_until_it_is_over(steps: list[tuple[str, int, int]]) -> None:
    found, day = IDEA, 0
    for verb, who, days in steps:
        day += days
        try:
            found = taken(found, verb, who, day)
        except Refused:
            continue
        item = open_step(found, SETTINGS)
        assert (item is None) == (found.closed_on is not None)
        assert item is None or item.contact_id in (ANA, BEN)
        assert found.made_on is None or (found.one_answer, found.other_answer) == (Answer.YES, Answer.YES)
