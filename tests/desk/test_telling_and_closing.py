"""Needs, loans, gifts and ways out in any order: who was told stands in one place, each loop once, undo restores."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.model import Settings
from planner.core.needs import KNOWS_OF_IT, Hearing, ToldState, answers_due, hearing
from planner.desk import Desk
from planner.errors import Refused
from planner.store import derived
from planner.store.facts import needs
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
        assert (view.told, view.of) == (sum(one.state in KNOWS_OF_IT for one in told), everyone + beyond - not_yet)
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
        waiting = {one.contact_id for one in page.to_hear}
        assert len(waiting) == len(page.to_hear) == count[Hearing.TO_HEAR]
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
