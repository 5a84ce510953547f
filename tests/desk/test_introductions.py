"""Introductions and matches at the desk: what the agenda and the ledger get of them, and that undo takes it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.core.introductions import stage
from planner.core.model import FavorDirection, FavorState, ItemKind
from planner.desk import ContactDraft, Desk
from planner.errors import Refused
from planner.store import derived
from tests.desk.desks import TODAY, add, on
from tests.store.stores import facts


@pytest.fixture
def two(desk: Desk) -> tuple[int, int, int]:
    """Ana and Ben, and their introduction."""
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri")
    return ana, ben, desk.introduce(ana, ben, note="both climb", today=TODAY)


def step(desk: Desk) -> tuple[str, str, date] | None:
    """The one step of an introduction on the agenda: whose, in which words, due."""
    with desk.store.read():
        assert derived.differences(desk.store) == []
        rows = desk.store.sql(
            "SELECT c.name, d.text, d.due FROM due_item d JOIN contact c ON c.id = d.contact_id"
            " WHERE d.kind = 'introduction'"
        )
    assert len(rows) <= 1
    return (rows[0][0], rows[0][1], date.fromisoformat(rows[0][2])) if rows else None


def given(desk: Desk, contact_id: int) -> list[tuple[str, str]]:
    """(kind, words) of what I gave somebody."""
    favors = desk.card(contact_id, today=TODAY).favors
    assert all(one.state is FavorState.DONE for one in favors if one.direction is FavorDirection.GIVEN)
    return [(one.kind, one.note) for one in favors if one.direction is FavorDirection.GIVEN]


def test_the_whole_way_and_the_whole_way_back(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    states = [facts(desk.store)]
    steps = (
        (
            lambda: desk.intro_answer(key, ana, "yes", today=on(1)),
            ("Ben Okri", "an answer about meeting Ana Silva", on(6)),
        ),
        (lambda: desk.intro_answer(key, ben, "yes", today=on(2)), ("Ana Silva", "introduce to Ben Okri", on(4))),
        (lambda: desk.intro_made(key, today=on(3)), ("Ana Silva", "did meeting Ben Okri work?", on(31))),
        (lambda: desk.intro_worked(key, today=on(31)), None),
    )  # fmt: skip
    assert step(desk) == ("Ana Silva", "an answer about meeting Ben Okri", on(5))
    for act, after in steps:
        act()
        assert step(desk) == after
        states.append(facts(desk.store))
    for before in reversed(states[:-1]):
        desk.undo(today=on(31))
        assert facts(desk.store) == before
    for after in states[1:]:
        desk.redo(today=on(31))
        assert facts(desk.store) == after


def test_an_introduction_made_counts_as_given_to_both(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    for who in (ana, ben):
        desk.intro_answer(key, who, "yes", today=TODAY)
    assert (given(desk, ana), given(desk, ben)) == ([], [])
    desk.intro_made(key, today=TODAY)
    assert given(desk, ana) == [("introduction", "to Ben Okri")]
    assert given(desk, ben) == [("introduction", "to Ana Silva")]
    assert desk.ledger(today=TODAY).helped_this_week == 2
    desk.undo(today=TODAY)
    assert (given(desk, ana), given(desk, ben)) == ([], [])


def test_done_on_the_agenda_takes_each_step(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    assert desk.done("t1", today=on(5)) == "Asked Ana Silva about it"
    assert step(desk) == ("Ana Silva", "an answer about meeting Ben Okri", on(10))
    for who in (ana, ben):
        desk.intro_answer(key, who, "yes", today=on(6))
    assert desk.done("t1", today=on(7)) == "Introduced Ana Silva and Ben Okri"
    assert given(desk, ben) == [("introduction", "to Ana Silva")]
    assert desk.done("t1", today=on(35)) == "Asked Ana Silva whether it worked"
    assert step(desk) is None
    with pytest.raises(Refused, match="t1"):
        desk.done("t1", today=on(36))


def test_what_is_said_with_done_is_kept(desk: Desk, two: tuple[int, int, int]) -> None:
    desk.settle(["t1"], "call, she thinks about it", today=TODAY)
    talks = desk.card(two[0], today=TODAY).interactions
    assert [(one.channel, one.note) for one in talks] == [("call", "she thinks about it")]


def test_a_snooze_hides_the_step_until_its_day_and_a_new_step_shows(desk: Desk, two: tuple[int, int, int]) -> None:
    def shown(day: date) -> bool:
        return any(one.item.kind is ItemKind.INTRODUCTION for one in desk.agenda(today=day).items)

    desk.snooze(["t1"], on(9), today=on(5))
    assert not shown(on(6))
    assert shown(on(9))
    desk.intro_answer(two[2], two[0], "later", until=on(6), today=on(5))
    assert shown(on(6))


def test_a_day_chosen_by_hand_stays(desk: Desk, two: tuple[int, int, int]) -> None:
    desk.move(["t1"], on(3), today=TODAY)
    (item,) = (one for one in desk.agenda(today=TODAY).items if one.item.kind is ItemKind.INTRODUCTION)
    assert (item.planned, item.item.due) == (on(3), on(5))


def test_a_no_and_a_drop_leave_nothing_open(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    desk.intro_answer(key, ana, "no", today=TODAY)
    assert step(desk) is None
    second = desk.introduce(ben, ana, today=TODAY)
    assert step(desk) == ("Ben Okri", "an answer about meeting Ana Silva", on(5))
    desk.intro_drop(second, today=TODAY)
    assert step(desk) is None
    assert [stage(one) for one in desk.introductions(only_open=False)] == ["closed", "closed"]


def test_two_who_are_being_introduced_are_not_begun_again(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, _ = two
    for pair in ((ana, ben), (ben, ana)):
        with pytest.raises(Refused, match="are being introduced already"):
            desk.introduce(*pair, today=TODAY)
    with pytest.raises(Refused, match="to themselves"):
        desk.introduce(ana, ana, today=TODAY)
    with pytest.raises(Refused, match="no contact #99"):
        desk.introduce(ana, 99, today=TODAY)
    for verb in (desk.intro_made, desk.intro_worked, desk.intro_drop):
        with pytest.raises(Refused, match="no introduction 99"):
            verb(99, today=TODAY)
    with pytest.raises(Refused, match="is in the past"):
        desk.intro_answer(1, ana, "later", until=on(-1), today=TODAY)


@pytest.mark.parametrize("forgotten", [0, 1])
def test_forgetting_one_of_the_two_leaves_no_loop(desk: Desk, two: tuple[int, int, int], forgotten: int) -> None:
    desk.intro_answer(two[2], two[0], "yes", today=TODAY)
    desk.forget(two[forgotten], today=TODAY)
    assert step(desk) is None
    assert desk.introductions(only_open=False) == ()
    assert desk.agenda(today=on(9)).items == ()


def test_a_new_name_stands_in_the_step_of_the_other(desk: Desk, two: tuple[int, int, int]) -> None:
    desk.edit_contact(two[1], ContactDraft(name="Benjamin Okri"), today=TODAY)
    assert step(desk) == ("Ana Silva", "an answer about meeting Benjamin Okri", on(5))


def test_merging_keeps_an_introduction_with_a_third(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    twice = add(desk, "B. Okri")
    desk.merge_contacts(twice, ben, today=TODAY)
    (found,) = desk.introductions()
    assert (found.id, found.one_id, found.other_id) == (key, ana, twice)
    desk.merge_contacts(ana, twice, today=TODAY)
    assert desk.introductions(only_open=False) == ()
    assert step(desk) is None


def test_the_words_for_both_say_what_each_is_about(desk: Desk) -> None:
    ana = add(desk, "Ana Silva", title="Lead", company="Port", looking_for="a flat")
    ben = add(desk, "Ben Okri", offers="two rooms")
    assert desk.blurb(desk.introduce(ana, ben, note="the flat", today=TODAY)).splitlines() == [
        "Ana, meet Ben Okri. Ben, meet Ana Silva.",
        "Ana Silva: Lead, Port; looks for a flat.",
        "Ben Okri: two rooms.",
        "Why I thought of you two: the flat.",
        "You both said you would like this; I leave it to you.",
    ]


# Matches


def pairs(desk: Desk) -> list[tuple[str, str]]:
    return [(one.needs.name, one.offers.name) for one in desk.matches()]


def test_a_match_goes_once_it_is_turned_down_or_begun_and_comes_back_with_undo(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva", looking_for="a flat in Lyon"), add(desk, "Ben Okri", offers="flats")
    assert pairs(desk) == [("Ana Silva", "Ben Okri")]
    desk.not_these_two(ben, ana, today=TODAY)
    assert pairs(desk) == []
    desk.not_these_two(ana, ben, today=TODAY)
    desk.undo(today=TODAY)
    assert pairs(desk) == [("Ana Silva", "Ben Okri")]
    key = desk.introduce(ana, ben, today=TODAY)
    assert pairs(desk) == []
    desk.intro_answer(key, ana, "no", today=TODAY)
    assert pairs(desk) == []


def test_whoever_is_archived_is_no_match(desk: Desk) -> None:
    add(desk, "Ana Silva", looking_for="a flat")
    ben = add(desk, "Ben Okri", offers="a flat")
    desk.archive([ben], today=TODAY)
    assert pairs(desk) == []
    desk.unarchive([ben], today=TODAY + timedelta(days=1))
    assert pairs(desk) == [("Ana Silva", "Ben Okri")]


@pytest.mark.parametrize("forgotten", [0, 1])
def test_forgetting_leaves_nothing_to_bring_back(desk: Desk, two: tuple[int, int, int], forgotten: int) -> None:
    desk.undo(today=TODAY)
    desk.forget(two[forgotten], today=TODAY)
    with pytest.raises(Refused):
        desk.redo(today=TODAY)
    assert desk.introductions(only_open=False) == ()
    with desk.store.read():
        assert desk.store.sql("SELECT count(*) FROM journal_change WHERE table_name = 'introduction'") == [(0,)]
