"""Needs: who is to be nudged, who is suggested first, and what may follow on what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.core.model import FavorState, ItemKind, Settings
from planner.core.needs import (
    Hearing,
    Need,
    Told,
    ToldState,
    answers_due,
    can_be_told,
    check_open,
    check_step,
    coverage,
    hearing,
    hears_by_ledger,
    need_items,
    nudge_to_be_specific,
    standing,
)
from planner.errors import Refused
from tests.cases import case

TODAY = date(2026, 11, 23)
NEED = Need(7, "A flat in Lisbon", "We write a book there.", date(2027, 3, 1))


def told(contact_id: int, state: ToldState = ToldState.TOLD, days: int = 0, **more: object) -> Told:
    """Somebody told so many days ago."""
    return Told(7, contact_id, f"Person {contact_id}", state, TODAY - timedelta(days=days), **more)  # type: ignore[arg-type]


# The item


def test_an_answer_is_due_a_week_after_telling_and_the_longest_wait_comes_first() -> None:
    people = [told(1, days=6), told(2, days=7), told(3, days=9), told(4, ToldState.ASKED, 30), told(5, days=7)]
    assert [one.contact_id for one in answers_due(people, TODAY, Settings())] == [3, 2, 5]
    assert answers_due(people, TODAY, Settings(nudge_days=10)) == ()


def test_one_item_stands_for_all_who_were_told() -> None:
    (item,) = need_items(NEED, [told(1, days=2), told(2, days=5), told(3, ToldState.HELPED, 9)], Settings())
    assert (item.id, item.kind, item.contact_id, item.contact_name) == ("n7", ItemKind.NEED, 2, "Person 2")
    assert item.due == TODAY + timedelta(days=2)
    assert item.text == "A flat in Lisbon: any news? and 1 more"


def test_nothing_is_asked_after_when_nobody_was_only_told() -> None:
    assert need_items(NEED, [], Settings()) == []
    for state in set(ToldState) - {ToldState.TOLD, ToldState.HEARD_OF}:
        with case(state):
            assert need_items(NEED, [told(1, state, 30)], Settings()) == []


def test_whoever_it_was_passed_on_to_is_written_to_in_two_days() -> None:
    people = [told(1, ToldState.PASSED, 1, passed_to=2), told(2, ToldState.HEARD_OF, 1, through="Person 1")]
    (item,) = need_items(NEED, people, Settings())
    assert (item.id, item.contact_id, item.due) == ("n7c2", 2, TODAY + timedelta(days=1))
    assert item.text == "write about A flat in Lisbon, through Person 1"


def test_a_closed_need_is_over() -> None:
    closed = Need(7, "A flat", closed_on=TODAY)
    heard = told(1, days=30, heard_on=TODAY)
    helped = told(2, ToldState.HELPED, favor_state=FavorState.DONE, owes=FavorState.DONE)
    assert need_items(closed, [heard, helped, told(3, ToldState.HEARD_OF)], Settings()) == []
    with pytest.raises(Refused, match="is closed"):
        check_open(closed)


def test_all_who_were_told_or_asked_hear_how_it_went_in_one_item() -> None:
    closed = Need(7, "A flat", closed_on=TODAY)
    states = [ToldState.TOLD, ToldState.ASKED, ToldState.DECLINED, ToldState.HELPED, ToldState.PASSED]
    done = FavorState.DONE
    people = [
        told(place, state, 30, owes=done if state in (ToldState.HELPED, ToldState.PASSED) else None)
        for place, state in enumerate(states, 1)
    ]
    (item,) = need_items(closed, people, Settings())
    assert (item.id, item.due, item.asks) == ("n7", TODAY + timedelta(days=2), "hear")
    assert item.text == "tell 3 people how it went: A flat"


def test_everybody_who_knew_is_told_how_it_went_to_hear_it_or_let_be() -> None:
    helped, passed = ToldState.HELPED, ToldState.PASSED
    done, thanked, told_how = FavorState.DONE, FavorState.THANKED, FavorState.TOLD
    for one, where, by_ledger in (
        (told(1), Hearing.TO_HEAR, False),
        (told(1, ToldState.DECLINED), Hearing.TO_HEAR, False),
        (told(1, heard_on=TODAY), Hearing.HEARD, False),
        (told(1, let_be_on=TODAY), Hearing.LET_BE, False),
        (told(1, reachable=False), Hearing.LET_BE, False),
        (told(1, ToldState.HEARD_OF), None, False),
        (told(1, helped, owes=done), Hearing.TO_HEAR, True),
        (told(1, passed, owes=thanked), Hearing.TO_HEAR, True),
        (told(1, helped, owes=done, reachable=False), Hearing.TO_HEAR, True),
        (told(1, helped, owes=done, reachable=False, living=False), Hearing.LET_BE, False),
        (told(1, helped, favor_state=told_how), Hearing.HEARD, False),
        (told(1, helped, favor_state=told_how, let_be_on=TODAY), Hearing.LET_BE, False),
        # A loan owes no outcome: its lender hears with the others.
        (told(1, helped, favor_state=thanked), Hearing.TO_HEAR, False),
    ):
        with case(one):
            assert (hearing(one), hears_by_ledger(one)) == (where, by_ledger)


# Where people stand


def test_what_the_ledger_says_about_an_ask_counts() -> None:
    for favor, state in [
        (FavorState.ASKED, ToldState.ASKED),
        (FavorState.PROMISED, ToldState.ASKED),
        (FavorState.RESTED, ToldState.ASKED),
        (FavorState.DONE, ToldState.HELPED),
        (FavorState.THANKED, ToldState.HELPED),
        (FavorState.TOLD, ToldState.HELPED),
        (FavorState.DECLINED, ToldState.DECLINED),
        (None, ToldState.ASKED),
    ]:
        with case(favor, state):
            assert standing(ToldState.ASKED, favor) is state
            assert standing(ToldState.PASSED, favor) is ToldState.PASSED


REFUSED = {
    (ToldState.ASKED, ToldState.TOLD): "was asked on Mon 23 Nov 2026 already",
    (ToldState.HELPED, ToldState.TOLD): "helped on Mon 23 Nov 2026 already",
    (ToldState.PASSED, ToldState.TOLD): "passed it on on Mon 23 Nov 2026 already",
    (ToldState.ASKED, ToldState.ASKED): "was asked",
    (ToldState.HELPED, ToldState.HELPED): "Thanks come first",
    (ToldState.HELPED, ToldState.DECLINED): "helped on",
}


def test_no_step_loses_what_happened_before() -> None:
    for before in list(ToldState):
        for to in [state for state in ToldState if state is not ToldState.UNTOLD]:
            with case(before, to):
                favor = {ToldState.ASKED: FavorState.ASKED, ToldState.HELPED: FavorState.DONE}.get(before)
                one = told(1, before, favor_state=favor)
                words = REFUSED.get((before, to))
                if words is None:
                    check_step(one, to)
                else:
                    with pytest.raises(Refused, match=words):
                        check_step(one, to)
                assert can_be_told(one) == ((before, ToldState.TOLD) not in REFUSED)
                check_step(None, to)


def test_somebody_can_be_asked_again_when_the_first_ask_is_over_and_help_twice_when_thanked() -> None:
    check_step(told(1, ToldState.ASKED, favor_state=FavorState.RESTED), ToldState.ASKED)
    check_step(told(1, ToldState.HELPED, favor_state=FavorState.TOLD), ToldState.HELPED)


def test_coverage_in_words() -> None:
    assert coverage(34, 120, 3) == "told 34 of 120, 3 answers due"
    assert coverage(1, 9, 1) == "told 1 of 9, 1 answer due"
    assert coverage(0, 0, 0) == "told 0 of 0"


def test_a_vague_need_is_nudged() -> None:
    for title in ["a job", "help", "something new", "", "a job, a job!"]:
        with case(title):
            assert "say which, where or with whom" in nudge_to_be_specific(title)


@pytest.mark.parametrize("title", ["a job at the port of Lyon", "someone at SNCF who plans night trains"])
def test_a_specific_need_is_not(title: str) -> None:
    assert nudge_to_be_specific(title) == ""
