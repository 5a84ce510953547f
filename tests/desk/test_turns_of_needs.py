"""Turns a need takes: helpers who are one person, whoever died or was put away, whose need it is, undo between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner.core.model import FavorState, ItemKind
from planner.desk import Desk
from planner.errors import Refused
from planner.store.views import open_items
from tests.desk.desks import TODAY, add, on
from tests.store.stores import facts

NEED = 1
Turn = Callable[[Desk, int, int], Any]


def begin(desk: Desk) -> tuple[int, int]:
    """A need of mine, and two people."""
    desk.needs.add("a flat in Lyon")
    return add(desk, "Ana Silva"), add(desk, "Ben Okri")


def theirs(desk: Desk, contact_id: int) -> int:
    """A need of a contact on my board; gives its id."""
    request = desk.favors.enter("asked", [contact_id], note="a roofer").id
    desk.favors.decline(request, way_out="network", note="a roofer before the winter")
    return desk.needs.all()[-1].need.id


def kinds(desk: Desk, *contact_ids: int) -> list[str]:
    with desk.store.read():
        return sorted(str(item.kind) for key in contact_ids for item in open_items.items_of(key))


# One person who was two contacts

MERGED: dict[str, tuple[tuple[Turn, ...], list[str]]] = {
    "both helped": ((lambda desk, one, two: desk.needs.helped(NEED, [one, two]),), ["thanks"]),
    "both were asked": ((lambda desk, one, two: desk.needs.ask(NEED, [one, two]),), ["ask"]),
    "one was asked, the other helped": (
        (lambda desk, one, two: desk.needs.ask(NEED, [one]), lambda desk, one, two: desk.needs.helped(NEED, [two])),
        ["thanks"],
    ),
    "one was thanked, the other helped": (
        (
            lambda desk, one, two: desk.needs.helped(NEED, [one]),
            lambda desk, one, two: desk.favors.thank([1]),
            lambda desk, one, two: desk.needs.helped(NEED, [two]),
        ),
        ["thanks"],
    ),
    "passed on to the other name": ((lambda desk, one, two: desk.needs.passed(NEED, one, f"#{two}"),), ["thanks"]),
    "one heard how it went": (
        (
            lambda desk, one, two: desk.needs.tell(NEED, [one, two]),
            lambda desk, one, two: desk.needs.close(NEED),
            lambda desk, one, two: desk.needs.heard(NEED, [two]),
        ),
        [],
    ),
    "one was let be": (
        (
            lambda desk, one, two: desk.needs.tell(NEED, [one, two]),
            lambda desk, one, two: desk.needs.close(NEED),
            lambda desk, one, two: desk.needs.let_be(NEED, [two]),
        ),
        [],
    ),
    "one was told of the need of the other": (
        (lambda desk, one, two: desk.needs.tell(theirs(desk, one), [two]),), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("turned", [False, True], ids=["kept first", "kept second"])
@pytest.mark.parametrize("name", MERGED)
def test_who_was_two_contacts_stands_in_each_need_once(desk: Desk, name: str, turned: bool) -> None:
    one, two = begin(desk)
    turns, left = MERGED[name]
    for turn in turns:
        turn(desk, one, two)
    before = facts(desk.store)
    kept, gone = (two, one) if turned else (one, two)
    desk.people.merge(kept, gone)
    assert kinds(desk, kept) == left
    for view in (*desk.needs.all(), *desk.needs.all(closed=True)):
        told = desk.needs.told(view.need.id)
        assert all(entry.contact_id != entry.passed_to for entry in told)
        if view.need.closed_on is not None:
            page = desk.closing.page(view.need.id)
            assert page.told == page.heard + page.let_be + page.waiting
    desk.keeping.undo()
    assert facts(desk.store) == before


# Whose need it is

STEPS: dict[str, Callable[[Desk, int, int, int], Any]] = {
    "tell": lambda desk, need, one, two: desk.needs.tell(need, [one]),
    "ask": lambda desk, need, one, two: desk.needs.ask(need, [two, one]),
    "helped": lambda desk, need, one, two: desk.needs.helped(need, [one]),
    "declined": lambda desk, need, one, two: desk.needs.declined(need, [one]),
    "passed": lambda desk, need, one, two: desk.needs.passed(need, one, f"#{two}"),
    "passed to": lambda desk, need, one, two: desk.needs.passed(need, two, f"#{one}"),
}


@pytest.mark.parametrize("step", STEPS)
def test_nobody_is_told_or_asked_of_their_own_need(desk: Desk, step: str) -> None:
    one, two = begin(desk)
    need = theirs(desk, one)
    before = facts(desk.store)
    with pytest.raises(Refused, match="Ana Silva’s own need"):
        STEPS[step](desk, need, one, two)
    assert facts(desk.store) == before


def test_of_many_who_are_told_whose_need_it_is_is_left_out(desk: Desk) -> None:
    one, two = begin(desk)
    need = theirs(desk, one)
    assert desk.needs.tell(need, [one, two]).ids == (two,)
    assert [entry.name for entry in desk.needs.told(need)] == ["Ben Okri"]


def test_nobody_is_suggested_for_their_own_need_or_counted_in_it(desk: Desk) -> None:
    one, _two = begin(desk)
    asked = desk.favors.enter("asked", [one], kind="referral", note="a roofer").id
    desk.favors.decline(asked, way_out="network", note="a roofer before the winter")
    view = next(view for view in desk.needs.all() if view.need.whose is not None)
    found = desk.needs.suggest(view.need.id)
    assert one not in {each.contact_id for each in found}
    assert len(found) == view.of == len(desk.needs.show(view.need.id)[1])
    desk.needs.tell(view.need.id, [each.contact_id for each in found])
    (after,) = [each for each in desk.needs.all() if each.need.id == view.need.id]
    assert after.told == after.of


def test_what_is_told_back_begins_with_what_is_new(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri")
    need = theirs(desk, ana)
    desk.needs.helped(need, [ben])
    desk.needs.close(need, outcome="Ola came")
    with desk.store.read():
        told = [item.text for item in open_items.items_of(ana) if item.kind is ItemKind.FOLLOWUP]
    assert told == [
        "tell them Ben Okri can help with a roofer before the winter",
        "tell them how it went with a roofer before the winter: Ola came",
    ]


def test_nothing_is_told_back_to_the_dead(desk: Desk) -> None:
    one, two = begin(desk)
    need = theirs(desk, one)
    desk.people.set_status([one], "deceased")
    desk.needs.helped(need, [two])
    desk.needs.close(need)
    assert kinds(desk, one, two) == ["thanks"]


# Whoever died, was put away or was forgotten

GONE: dict[str, Callable[[Desk, int], Any]] = {
    "archived": lambda desk, one: desk.people.archive([one]),
    "died": lambda desk, one: desk.people.set_status([one], "deceased"),
}
PROMISED: dict[str, Callable[[Desk, int, int], str]] = {
    "told": lambda desk, one, two: desk.needs.tell(NEED, [one]).said,
    "passed on to": lambda desk, one, two: desk.needs.passed(NEED, two, f"#{one}").said,
}


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("step", PROMISED)
def test_a_sentence_names_no_next_step_that_does_not_come(desk: Desk, gone: str, step: str) -> None:
    one, two = begin(desk)
    GONE[gone](desk, one)
    said = PROMISED[step](desk, one, two)
    assert "2026" not in said
    assert kinds(desk, one) == []


@pytest.mark.parametrize("when", ["before closing", "after closing"])
@pytest.mark.parametrize("gone", [*GONE, "forgotten"])
def test_who_is_gone_before_or_after_closing_leaves_the_others_to_hear(desk: Desk, gone: str, when: str) -> None:
    one, two = begin(desk)
    cy = add(desk, "Cy Young")
    desk.needs.tell(NEED, [one, two])
    desk.needs.helped(NEED, [cy])
    if when == "after closing":
        desk.needs.close(NEED)
    for key in (one, cy):
        (desk.people.forget if gone == "forgotten" else lambda key: GONE[gone](desk, key))(key)
    if when == "before closing":
        said = desk.needs.close(NEED).said
        assert ("thank Cy Young" in said) == (gone == "archived")
    page = desk.closing.page(NEED)
    names = [entry.name for entry in desk.closing.to_hear(page, 0, page.waiting)]
    assert names == (["Cy Young", "Ben Okri"] if gone == "archived" else ["Ben Okri"])
    assert page.told == page.heard + page.let_be + page.waiting == (1 if gone == "forgotten" else 3)
    assert kinds(desk, two) == ["need"]


def test_who_was_forgotten_after_being_introduced_leaves_no_loop_and_no_name(desk: Desk) -> None:
    one, two = begin(desk)
    request = desk.favors.enter("asked", [one], kind="referral", note="a plumber").id
    desk.favors.decline(request, way_out="introduce", note="Ben Okri knows pipes", introduce_to=two)
    desk.people.forget(two)
    assert desk.introductions.all() == ()
    assert kinds(desk, one) == []
    assert "Okri" not in repr(desk.reading.card(one))


# Other turns


def test_a_broken_promise_comes_back_and_is_answered_with_something_smaller(desk: Desk) -> None:
    one, _ = begin(desk)
    key = desk.favors.enter("promise", [one], note="read her letter", due=on(3)).id
    late = desk.on(on(10))
    (item,) = late.reading.agenda().items
    assert (item.item.id, item.overdue_days) == (f"v{key}", 7)
    late.favors.decline(key, way_out="later", note="in the new year", due=on(50))
    assert desk.favors.one(key).state is FavorState.ALTERNATIVE
    desk.on(on(50)).favors.decline(key, way_out="smaller", note="the first page")
    assert kinds(desk, one) == ["promise"]
    assert desk.on(on(52)).favors.done([key]).said.startswith("You helped Ana Silva")
    assert (kinds(desk, one), desk.reading.card(one).gave) == ([], 1)


def test_two_needs_told_to_one_person_on_a_day_go_their_own_ways(desk: Desk) -> None:
    one, _ = begin(desk)
    other = desk.needs.add("a job at the port").id
    for need in (NEED, other):
        desk.needs.tell(need, [one])
    assert kinds(desk, one) == ["need", "need"]
    desk.needs.helped(NEED, [one])
    desk.needs.helped(other, [one])
    assert kinds(desk, one) == ["thanks", "thanks"]
    desk.needs.close(NEED)
    desk.needs.heard(NEED, [one])
    assert [row.favor.note for row in desk.favors.ledger().lanes["to_close"]] == ["a job at the port"]


def test_two_helpers_hear_each_for_themselves(desk: Desk) -> None:
    people = begin(desk)
    desk.needs.helped(NEED, people)
    desk.needs.close(NEED)
    desk.needs.heard(NEED, people[:1])
    page = desk.closing.page(NEED)
    assert (page.heard, [entry.name for entry in desk.closing.to_hear(page, 0, page.waiting)]) == (1, ["Ben Okri"])
    assert kinds(desk, *people) == ["thanks"]


def test_undo_between_the_acts_takes_back_one_act_each(desk: Desk) -> None:
    one, two = begin(desk)
    acts: tuple[Callable[[], Any], ...] = (
        lambda: desk.needs.tell(NEED, [one, two]),
        lambda: desk.needs.passed(NEED, one, "Grete Lund"),
        lambda: desk.needs.helped(NEED, [one, two]),
        lambda: desk.needs.close(NEED, outcome="by the river"),
        lambda: desk.needs.heard(NEED, [one]),
    )
    states = []
    for act in acts:
        states.append(facts(desk.store))
        act()
    for before in reversed(states):
        desk.keeping.undo()
        assert facts(desk.store) == before
    assert desk.needs.tell(NEED, [one]).ids == (one,)
    assert desk.reading.card(one).contact.created_on == TODAY
