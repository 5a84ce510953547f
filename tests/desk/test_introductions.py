"""Introductions and matches at the desk: what the agenda and the ledger get of them, and that undo takes it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.core.introductions import stage
from planner.core.model import FavorDirection, FavorState, ItemKind
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.store import derived
from tests.desk.desks import TODAY, add, on
from tests.store.stores import asked, facts


@pytest.fixture
def two(desk: Desk) -> tuple[int, int, int]:
    """Ana and Ben, and their introduction."""
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri")
    return ana, ben, desk.introductions.start(ana, ben, note="both climb").id


def step(desk: Desk) -> tuple[str, str, date] | None:
    """The one step of an introduction on the agenda: whose, in which words, due."""
    with desk.store.read():
        assert derived.differences(desk.store) == []
        rows = asked(
            desk.store,
            "SELECT c.name, d.text, d.due FROM due_item d JOIN contact c ON c.id = d.contact_id"
            " WHERE d.kind = 'introduction'",
        )
    assert len(rows) <= 1
    return (rows[0][0], rows[0][1], date.fromisoformat(rows[0][2])) if rows else None


def given(desk: Desk, contact_id: int) -> list[tuple[str, str]]:
    """(kind, words) of what I gave somebody."""
    favors = desk.reading.card(contact_id).favors
    assert all(one.state is FavorState.DONE for one in favors if one.direction is FavorDirection.GIVEN)
    return [(one.kind, one.note) for one in favors if one.direction is FavorDirection.GIVEN]


def test_the_whole_way_and_the_whole_way_back(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    states = [facts(desk.store)]
    steps = (
        (
            lambda: desk.on(on(1)).introductions.answer(key, ana, "yes"),
            ("Ben Okri", "an answer about meeting Ana Silva", on(6)),
        ),
        (lambda: desk.on(on(2)).introductions.answer(key, ben, "yes"), ("Ana Silva", "introduce to Ben Okri", on(4))),
        (lambda: desk.on(on(3)).introductions.made(key), ("Ana Silva", "did meeting Ben Okri work?", on(31))),
        (lambda: desk.on(on(31)).introductions.worked(key), None),
    )  # fmt: skip
    assert step(desk) == ("Ana Silva", "an answer about meeting Ben Okri", on(5))
    for act, after in steps:
        act()
        assert step(desk) == after
        states.append(facts(desk.store))
    for before in reversed(states[:-1]):
        desk.on(on(31)).keeping.undo()
        assert facts(desk.store) == before
    for after in states[1:]:
        desk.on(on(31)).keeping.redo()
        assert facts(desk.store) == after


def test_an_introduction_made_counts_as_given_to_both(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    for who in (ana, ben):
        desk.introductions.answer(key, who, "yes")
    assert (given(desk, ana), given(desk, ben)) == ([], [])
    desk.introductions.made(key)
    assert given(desk, ana) == [("introduction", "to Ben Okri")]
    assert given(desk, ben) == [("introduction", "to Ana Silva")]
    assert desk.favors.ledger().helped_this_week == 2
    desk.keeping.undo()
    assert (given(desk, ana), given(desk, ben)) == ([], [])


def test_done_on_the_agenda_takes_each_step(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    assert desk.on(on(5)).triage.done(["t1"]).said == "Asked Ana Silva about meeting Ben Okri"
    assert step(desk) == ("Ana Silva", "an answer about meeting Ben Okri", on(10))
    for who in (ana, ben):
        desk.on(on(6)).introductions.answer(key, who, "yes")
    assert desk.on(on(7)).triage.done(["t1"]).said.startswith("Introduced Ana Silva and Ben Okri; ask how it went on")
    assert given(desk, ben) == [("introduction", "to Ana Silva")]
    assert desk.on(on(35)).triage.done(["t1"]).said == "Asked how it went: Ana Silva and Ben Okri"
    assert step(desk) is None
    with pytest.raises(Refused, match="t1"):
        desk.on(on(36)).triage.done(["t1"])


def test_what_is_said_with_done_is_kept(desk: Desk, two: tuple[int, int, int]) -> None:
    desk.capture.settle(["t1"], "call, she thinks about it")
    talks = desk.reading.card(two[0]).interactions
    assert [(one.channel, one.note) for one in talks] == [
        ("call", "she thinks about it"),
        ("message", "asked about an introduction"),
    ]


def test_a_snooze_hides_the_step_until_its_day_and_a_new_step_shows(desk: Desk, two: tuple[int, int, int]) -> None:
    def shown(day: date) -> bool:
        return any(one.item.kind is ItemKind.INTRODUCTION for one in desk.on(day).reading.agenda().items)

    desk.on(on(5)).triage.snooze(["t1"], on(9))
    assert not shown(on(6))
    assert shown(on(9))
    desk.on(on(5)).introductions.answer(two[2], two[0], "later", until=on(6))
    assert shown(on(6))


def test_a_day_chosen_by_hand_stays(desk: Desk, two: tuple[int, int, int]) -> None:
    desk.triage.move(["t1"], on(3))
    (item,) = (one for one in desk.reading.agenda().items if one.item.kind is ItemKind.INTRODUCTION)
    assert (item.planned, item.item.due) == (on(3), on(5))


def test_a_no_and_a_drop_leave_nothing_open(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    desk.introductions.answer(key, ana, "no")
    assert step(desk) is None
    second = desk.introductions.start(ben, ana).id
    assert step(desk) == ("Ben Okri", "an answer about meeting Ana Silva", on(5))
    desk.introductions.drop(second)
    assert step(desk) is None
    assert [stage(one) for one in desk.introductions.all(only_open=False)] == ["closed", "closed"]


def test_two_who_are_being_introduced_are_not_begun_again(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, _ = two
    for pair in ((ana, ben), (ben, ana)):
        with pytest.raises(Refused, match="are being introduced already"):
            desk.introductions.start(*pair)
    with pytest.raises(Refused, match="to themselves"):
        desk.introductions.start(ana, ana)
    with pytest.raises(Refused, match="no contact #99"):
        desk.introductions.start(ana, 99)
    for verb in (desk.introductions.made, desk.introductions.worked, desk.introductions.drop):
        with pytest.raises(Refused, match="no introduction 99"):
            verb(99)
    with pytest.raises(Refused, match="is in the past"):
        desk.introductions.answer(1, ana, "later", until=on(-1))


@pytest.mark.parametrize("forgotten", [0, 1])
def test_forgetting_one_of_the_two_leaves_no_loop(desk: Desk, two: tuple[int, int, int], forgotten: int) -> None:
    desk.introductions.answer(two[2], two[0], "yes")
    desk.people.forget(two[forgotten])
    assert step(desk) is None
    assert desk.introductions.all(only_open=False) == ()
    assert desk.on(on(9)).reading.agenda().items == ()


def test_a_new_name_stands_in_the_step_of_the_other(desk: Desk, two: tuple[int, int, int]) -> None:
    desk.people.edit(two[1], ContactDraft(name="Benjamin Okri"))
    assert step(desk) == ("Ana Silva", "an answer about meeting Benjamin Okri", on(5))


def test_merging_keeps_an_introduction_with_a_third(desk: Desk, two: tuple[int, int, int]) -> None:
    ana, ben, key = two
    twice = add(desk, "B. Okri")
    desk.people.merge(twice, ben)
    (found,) = desk.introductions.all()
    assert (found.id, found.one_id, found.other_id) == (key, ana, twice)
    desk.people.merge(ana, twice)
    assert desk.introductions.all(only_open=False) == ()
    assert step(desk) is None


def test_the_words_for_both_say_what_each_is_about(desk: Desk) -> None:
    ana = add(desk, "Ana Silva", title="Lead", company="Port", looking_for="a flat")
    ben = add(desk, "Ben Okri", offers="two rooms")
    assert desk.drafts.for_both(desk.introductions.start(ana, ben, note="the flat").id).text.splitlines() == [
        "Hello,",
        "",
        "I would like to introduce you to each other: Ana and Ben Okri.",
        "Ana: Lead, Port; looks for a flat.",
        "Ben Okri: two rooms.",
        "Why you two: the flat.",
        "",
        "You both said yes to this; I leave the rest to you.",
    ]


# Matches


def pairs(desk: Desk) -> list[tuple[str, str]]:
    return [(one.needs.name, one.offers.name) for one in desk.network.matches()]


def test_a_match_goes_once_it_is_turned_down_or_begun_and_comes_back_with_undo(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva", looking_for="a flat in Lyon"), add(desk, "Ben Okri", offers="flats")
    assert pairs(desk) == [("Ana Silva", "Ben Okri")]
    desk.network.not_these_two(ben, ana)
    assert pairs(desk) == []
    desk.network.not_these_two(ana, ben)
    desk.keeping.undo()
    assert pairs(desk) == [("Ana Silva", "Ben Okri")]
    key = desk.introductions.start(ana, ben).id
    assert pairs(desk) == []
    desk.introductions.answer(key, ana, "no")
    assert pairs(desk) == []


def test_whoever_is_archived_is_no_match(desk: Desk) -> None:
    add(desk, "Ana Silva", looking_for="a flat")
    ben = add(desk, "Ben Okri", offers="a flat")
    desk.people.archive([ben])
    assert pairs(desk) == []
    desk.on(TODAY + timedelta(days=1)).people.unarchive([ben])
    assert pairs(desk) == [("Ana Silva", "Ben Okri")]


@pytest.mark.parametrize("forgotten", [0, 1])
def test_forgetting_leaves_nothing_to_bring_back(desk: Desk, two: tuple[int, int, int], forgotten: int) -> None:
    desk.keeping.undo()
    desk.people.forget(two[forgotten])
    with pytest.raises(Refused):
        desk.keeping.redo()
    assert desk.introductions.all(only_open=False) == ()
    with desk.store.read():
        assert asked(desk.store, "SELECT count(*) FROM journal_change WHERE table_name = 'introduction'") == [(0,)]
