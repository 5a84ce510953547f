"""Needs, loans, gifts and ways out in any order: who was told stands in one place, each loop once, undo restores."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.model import ItemKind, Settings
from planner.core.needs import (
    KNOWS_OF_IT,
    Hearing,
    Need,
    Told,
    ToldGroup,
    ToldState,
    answers_due,
    hearing,
    need_items,
)
from planner.desk import Desk
from planner.errors import Refused
from planner.store import derived
from planner.store.evidence.replies import replies_to_told
from planner.store.facts import needs
from planner.store.views import open_items
from tests.desk.desks import TODAY, add, on, open_desk
from tests.store.stores import facts

NAMES = ("Ana Silva", "Ben Okri", "Cy Young")
STEPS = (
    "post", "tell", "ask", "helped", "declined", "passed", "lend", "borrow", "home", "idea", "gift", "asked", "accept",
    "done", "later", "smaller", "network", "introduce", "theirs", "thank", "told", "close", "heard", "let be",
    "archive", "extend",
)  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 3)), min_size=4, max_size=16)


def take(desk: Desk, what: str, who: int, other: int, need: int, favor: int) -> None:
    """One step with somebody; refused where the facts do not allow it."""
    match what:
        case "post":
            desk.needs.post(need, "linkedin")
        case "tell" | "ask" | "helped" | "declined":
            getattr(desk.needs, what)(need, [who])
        case "passed":
            desk.needs.passed(need, who, f"#{other}")
        case "lend" | "borrow":
            desk.favors.enter("gave" if what == "lend" else "received", [who], kind="loan", note="the tent", due=on(9))
        case "idea":
            desk.favors.enter("idea", [who], note="a scarf", occasion="birthday")
        case "gift":
            desk.favors.enter("gave", [who], kind="gift", note="the scarf")
        case "asked":
            desk.favors.enter("asked", [who], kind="advice", note="which school")
        case "later" | "smaller" | "network" | "introduce":
            to = other if what == "introduce" else None
            desk.favors.decline(favor, way_out=what, note="a page", introduce_to=to)
        case "theirs":
            desk.capture.take(f"#{who}: needs a plumber, a bike")
        case "close":
            desk.needs.close(need, outcome="found one")
        case "heard":
            desk.needs.heard(need, [who])
        case "let be":
            desk.needs.let_be(need, [who])
        case "archive":
            desk.people.archive([who])
        case "extend":
            desk.triage.move([f"l{favor}"], on(20))
        case _:
            getattr(desk.favors, what)([favor])


def pages_join(desk: Desk, need: Need, told: list[Told]) -> None:
    """The pages of a told-list join to the whole, and its items are those that the whole list gives."""
    found = desk.needs.people(need.id)
    assert sum(found.groups.values()) == len(told)
    expected = {one.contact_id: ToldGroup(one.state) for one in told}
    if need.closed_on is None:
        expected |= {one.contact_id: ToldGroup.DUE for one in answers_due(told, TODAY, Settings())}
    shown = {}
    for group, count in found.groups.items():
        page = [one for start in range(count + 1) for one in desk.needs.told_between(found, group, start, start + 1)]
        assert len(page) == count
        shown |= {one.contact_id: group for one in page}
        assert [(one.contact_id, one.name) for one in page] == desk.needs.told_holding(found, ())[group]
    assert shown == expected
    assert {one.contact_id for one in found.suggestions}.isdisjoint(expected)
    with desk.store.read():
        whole = need_items(need, told, Settings(), replies_to_told(told) if need.closed_on is None else {})
        items = [item for key in derived.all_contact_ids() for item in open_items.items_of(key)]
    ours = [item for item in items if item.kind is ItemKind.NEED and item.id.partition("c")[0] == f"n{need.id}"]
    assert {(one.id, one.contact_id, one.due, one.text) for one in ours} == {
        (one.id, one.contact_id, one.due, one.text) for one in whole
    }


def holds(desk: Desk) -> None:
    """What is always true of what is open with people."""
    with desk.store.read():
        assert derived.differences(desk.store) == []
    for view in (*desk.needs.all(), *desk.needs.all(closed=True, names=False)):
        with desk.store.read():
            told, everyone = needs.told_of(view.need.id), needs.reachable_people()
        # What the database counts is what stands in the list, name by name.
        beyond = [one.reachable for one in told if one.state is not ToldState.HEARD_OF].count(False)
        not_yet = sum(one.reachable for one in told if one.state is ToldState.HEARD_OF)
        own = [key for key in (view.need.whose or ())[:1] if desk.reading.card(int(key)).contact.status == "active"]
        everyone -= len(own)
        assert (view.told, view.of) == (sum(one.state in KNOWS_OF_IT for one in told), everyone + beyond - not_yet)
        pages_join(desk, view.need, told)
        if view.need.closed_on is None:
            assert view.answers_due == len(answers_due(told, TODAY, Settings()))
            continue
        assert view.hear == sum(hearing(one) is Hearing.TO_HEAR for one in told)
        page = desk.closing.page(view.need.id)
        knew = [one for one in told if one.state in KNOWS_OF_IT]
        count = Counter(hearing(one) for one in knew)
        assert len({one.contact_id for one in told}) == len(told)
        assert len(knew) == page.told
        assert set(count) <= {Hearing.TO_HEAR, Hearing.HEARD, Hearing.LET_BE}
        waiting = {one.contact_id for one in desk.closing.to_hear(page, 0, page.waiting)}
        assert len(waiting) == page.waiting == count[Hearing.TO_HEAR]
        assert (page.heard, page.let_be) == (count[Hearing.HEARD], count[Hearing.LET_BE])
        assert page.told == len(waiting) + page.heard + page.let_be
    later = desk.on(on(60))
    shown = [one.item.id for one in later.reading.agenda().items]
    assert len(shown) == len(set(shown))
    rows = [row.item.id for lane in desk.favors.ledger().lanes.values() for row in lane]
    assert len(rows) == len(set(rows))


@given(steps)
@settings(max_examples=12)
def test_any_order_of_telling_lending_and_closing_keeps_everybody_once(taken: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder, "planner.db")) as desk:
        people = [add(desk, name) for name in NAMES]
        need = desk.needs.add("a flat in Lyon").id
        for what, number, favor in taken:
            before = facts(desk.store)
            try:
                take(desk, what, people[number], people[(number + 1) % len(people)], need, favor + 1)
            except Refused:
                assert facts(desk.store) == before
                continue
            after = facts(desk.store)
            holds(desk)
            if after != before:
                desk.keeping.undo()
                assert facts(desk.store) == before, what
                desk.keeping.redo()
                assert facts(desk.store) == after, what


def test_a_promise_made_of_a_request_counts_once_when_it_is_kept() -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder, "planner.db")) as desk:
        ana = add(desk, NAMES[0])
        request = desk.favors.enter("asked", [ana], kind="advice", note="which school").id
        desk.favors.accept([request])
        assert desk.reading.card(ana).gave == 0
        desk.favors.done([request])
        assert desk.reading.card(ana).gave == 1
        assert len(desk.reading.card(ana).favors) == 1
