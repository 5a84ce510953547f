"""Open loops, however they came about: closed in any order nothing is left, and forgetting leaves none behind."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.model import ItemKind, OpenItem
from planner.desk import Desk
from planner.store import derived
from planner.store.views import open_items
from planner.store.views.item_columns import LOOPS
from tests.desk.desks import TODAY, add, on, open_desk

NAMES = ("Ana Silva", "Ben Okri", "Cy Young")
LONG = timedelta(days=40)
"""After this every loop below is due."""
OPENINGS = (
    "asked", "promise", "received", "ask", "later", "introduce", "tell", "ask for a need", "helped", "message",
)  # fmt: skip
openings = st.lists(st.tuples(st.sampled_from(OPENINGS), st.integers(0, 2)), min_size=1, max_size=8)


def begin(desk: Desk, what: str, who: int, other: int, need: int) -> None:
    """Open one loop with somebody, as of today."""
    match what:
        case "later":
            key = desk.favors.enter("asked", [who]).id
            desk.favors.decline(key, way_out="later", note="in spring", due=on(30))
        case "introduce":
            pair = {who, other}
            if not any({one.one_id, one.other_id} == pair for one in desk.introductions.all()):
                desk.introductions.start(who, other)
        case "tell":
            desk.needs.tell(desk.needs.add("a boat").id, [who, other])
        case "ask for a need" | "helped":
            told = {one.contact_id for one in desk.needs.told(need)}
            if who not in told:
                (desk.needs.helped if what == "helped" else desk.needs.ask)(need, [who])
        case "message":
            desk.interactions.log([who], direction="them", channel="mail", note="how are you?")
        case _:
            desk.favors.enter(what, [who])


def with_loops(desk: Desk, opened: list[tuple[str, int]]) -> list[int]:
    """People with these loops, each with the number of the person; gives the ids."""
    people = [add(desk, name) for name in NAMES]
    need = desk.needs.add("a flat in Lyon").id
    for what, number in opened:
        begin(desk, what, people[number], people[(number + 1) % len(people)], need)
    return people


def loops(desk: Desk, contact_ids: list[int]) -> list[OpenItem]:
    with desk.store.read():
        assert derived.differences(desk.store) == []
        return [one for key in contact_ids for one in open_items.items_of(key) if one.kind in LOOPS]


def close_one(desk: Desk, item: OpenItem) -> None:
    """Take a loop one step further, as a person who has all the answers would."""
    day, key = TODAY + LONG, int(item.id[1:].partition("c")[0])
    if item.kind is ItemKind.INTRODUCTION and "answer" in item.text:
        desk.on(day).introductions.answer(key, item.contact_id, "yes")
    elif item.kind is ItemKind.NEED:
        desk.on(day).needs.declined(key, [item.contact_id])
    else:
        desk.on(day).triage.done([item.id])


@given(opened=openings, order=st.randoms(use_true_random=False))
@settings(max_examples=12)
def test_closing_in_any_order_leaves_nothing(opened: list[tuple[str, int]], order: object) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder, "planner.db")) as desk:
        people = with_loops(desk, opened)
        for _ in range(6 * len(opened) + 6):
            left = loops(desk, people)
            if not left:
                break
            assert len(left) == len({one.id for one in left})
            agenda = desk.on(TODAY + LONG).reading.agenda()
            shown = [one.item.id for one in agenda.items if one.item.kind in LOOPS]
            assert len(shown) == len(set(shown))
            # Words to somebody hide their message for some days, as an attempt does.
            asked = {one.id for one in left if max(one.due, one.hidden_until or one.due) <= TODAY + LONG}
            assert asked <= set(shown) <= {one.id for one in left}
            close_one(desk, order.choice(left))  # type: ignore[attr-defined]
        assert loops(desk, people) == []
        assert not any(desk.on(TODAY + LONG).favors.ledger().lanes.values())


@given(opened=openings, gone=st.integers(0, 2))
@settings(max_examples=10)
def test_forgetting_somebody_leaves_no_loop_of_theirs(opened: list[tuple[str, int]], gone: int) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder, "planner.db")) as desk:
        people = with_loops(desk, opened)
        desk.people.forget(people[gone])
        left = loops(desk, [key for key in people if key != people[gone]])
        name = NAMES[gone]
        assert not [one for one in left if name in one.text or one.contact_name == name]
        agenda = desk.on(TODAY + LONG).reading.agenda()
        assert {one.item.contact_id for one in (*agenda.items, *agenda.done)} <= set(people) - {people[gone]}
        assert all(one.item.contact_name != name for one in agenda.items)
        assert not desk.introductions.all(with_contact=people[gone], only_open=False)
