"""Closing a need: whatever was said in whichever order, everybody who knew stands in one place, and nothing twice."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.favors import LEDGER_KINDS
from planner.core.model import ItemKind
from planner.core.needs import KNOWS_OF_IT, Hearing, hearing, hears_by_ledger
from planner.desk import Desk
from planner.errors import Refused
from planner.store import derived
from planner.store.views import open_items
from planner.store.views.derivation import derive
from tests.desk.desks import add, open_desk
from tests.store.stores import assert_sound, facts

NAMES = ("Ana Silva", "Ben Okri", "Cy Young", "Dora Lind", "Eve Adler")
Act = Callable[[Desk, int, int], object]
BEFORE: dict[str, Act] = {
    "tell": lambda desk, one, two: desk.needs.tell(1, [one, two]),
    "ask": lambda desk, one, two: desk.needs.ask(1, [one]),
    "helped": lambda desk, one, two: desk.needs.helped(1, [one]),
    "declined": lambda desk, one, two: desk.needs.declined(1, [one]),
    "passed": lambda desk, one, two: desk.needs.passed(1, one, f"#{two}"),
    "thank": lambda desk, one, two: desk.favors.thank([desk.reading.card(one).favors[-1].id]),
    "told": lambda desk, one, two: desk.favors.told([desk.reading.card(one).favors[-1].id]),
    "put away": lambda desk, one, two: desk.people.archive([one]),
    "died": lambda desk, one, two: desk.people.set_status([one], "deceased"),
}
AFTER: dict[str, Act] = {
    "heard": lambda desk, one, two: desk.needs.heard(1, [one, two]),
    "let be": lambda desk, one, two: desk.needs.let_be(1, [one]),
    "thank": BEFORE["thank"],
    "told": BEFORE["told"],
    "put away": BEFORE["put away"],
    "everybody": lambda desk, one, two: desk.triage.done(["n1"]),
}
people = st.integers(1, len(NAMES))
before = st.lists(st.tuples(st.sampled_from(sorted(BEFORE)), people, people), max_size=12)
after = st.lists(st.tuples(st.sampled_from(sorted(AFTER)), people, people), max_size=8)


def act(desk: Desk, step: Act, one: int, two: int) -> None:
    """Take a step where it can be taken; undo of it restores all, and it is taken again."""
    start = facts(desk.store)
    try:
        step(desk, one, two)
    except (Refused, IndexError):
        assert facts(desk.store) == start
        return
    end = facts(desk.store)
    if end != start:
        desk.keeping.undo()
        assert facts(desk.store) == start
        desk.keeping.redo()
        assert facts(desk.store) == end


def check(desk: Desk) -> None:
    """Everybody who knew heard, is to hear or is let be; each open loop stands once; derived as derived anew."""
    page, told = desk.closing.page(1), desk.needs.told(1)
    to_hear = desk.closing.to_hear(page, 0, page.waiting)
    knew = [one for one in told if one.state in KNOWS_OF_IT]
    count = Counter(hearing(one) for one in knew)
    assert (page.told, page.heard, page.let_be) == (len(knew), count[Hearing.HEARD], count[Hearing.LET_BE])
    assert page.told == page.heard + page.let_be + page.waiting
    assert {one.contact_id for one in to_hear} <= {one.contact_id for one in knew}
    with desk.store.read():
        items = [item for key in range(1, len(NAMES) + 1) for item in open_items.items_of(key)]
        assert derived.differences(desk.store) == []
        ids = derived.all_contact_ids()
        together = derive(ids, desk.settings)
        assert together == {key: one for single in ids for key, one in derive([single], desk.settings).items()}
    assert len(items) == len({item.id for item in items})
    # Who is to hear stands on the agenda once: by the ledger, or in the one item of the need.
    by_ledger = {one.contact_id for one in to_hear if hears_by_ledger(one)}
    assert {item.contact_id for item in items if item.kind in (ItemKind.THANKS, ItemKind.OUTCOME)} == by_ledger
    rest = [one for one in to_hear if not hears_by_ledger(one)]
    assert [item.id for item in items if item.kind is ItemKind.NEED] == (["n1"] if rest else [])
    assert not [item for item in items if item.kind is ItemKind.ASK]
    lanes = [row.item.id for rows in desk.favors.ledger().lanes.values() for row in rows]
    assert sorted(lanes) == sorted(item.id for item in items if item.kind in LEDGER_KINDS)


@settings(max_examples=15)
@given(before, after)
def test_after_closing_everybody_who_knew_stands_in_one_place(
    first: list[tuple[str, int, int]], then: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder) / "planner.db") as desk:
        for name in NAMES:
            add(desk, name)
        desk.needs.add("a flat in Lyon")
        for word, one, two in first:
            act(desk, BEFORE[word], one, two)
        act(desk, lambda desk, one, two: desk.needs.close(1, outcome="two rooms"), 1, 1)
        check(desk)
        for word, one, two in then:
            act(desk, AFTER[word], one, two)
            check(desk)
        assert_sound(desk.store)


WAYS = st.sampled_from(["accept", "later", "smaller", "resource", "advice", "done", "given"])


@settings(max_examples=15)
@given(st.lists(WAYS, max_size=6))
def test_a_promise_made_of_a_request_counts_once(ways: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder) / "planner.db") as desk:
        ana = add(desk)
        desk.favors.enter("asked", [ana], note="the move")
        for way in ways:
            steps: dict[str, Act] = {
                "accept": lambda desk, one, two: desk.favors.accept([1]),
                "done": lambda desk, one, two: desk.favors.done([1]),
                "given": lambda desk, one, two: desk.favors.decline(1, way_out="advice", note="x", given=True),
            }
            offer: Act = lambda desk, one, two, way=way: desk.favors.decline(1, way_out=way, note="x")  # type: ignore[misc]  # noqa: E731
            act(desk, steps.get(way, offer), 1, 1)
        card, lanes = desk.reading.card(ana), desk.favors.ledger().lanes
        finished = any(way in ("done", "given") for way in ways)
        assert card.gave == (1 if finished else 0)
        assert sum(len(rows) for rows in lanes.values()) == (0 if finished else 1)
        assert len(card.favors) == 1


def test_a_post_is_counted_once_for_whoever_reads_two_channels(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        add(desk, "Ana Silva", circles=("choir", "work"))
        add(desk, "Ben Okri", urls=("https://www.linkedin.com/in/ben",))
        add(desk, "Cy Young")
        desk.needs.add("a flat in Lyon")
        for channel in ("Choir", "work", "LinkedIn"):
            desk.needs.post(1, channel)
        (view,) = desk.needs.all()
        assert (view.told, view.could_have_seen, len(view.posts)) == (0, 2, 3)
        desk.needs.tell(1, [1])
        assert desk.needs.all()[0].could_have_seen == 1
        desk.needs.close(1)
        with pytest.raises(Refused, match="is closed"):
            desk.needs.post(1, "choir")
