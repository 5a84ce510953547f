"""Loops between people as commands: each in one lane, on the agenda on its day, hidden by no pause."""

from __future__ import annotations

import pytest

from planner.core.model import ItemKind, State
from planner.desk import Desk
from planner.errors import Refused
from planner.store import tables as t
from planner.store.row_writer import Writer
from tests.desk.desks import TODAY, add, on, open_desk, shown, stands
from tests.store.stores import asked, facts


def lanes(desk: Desk) -> dict[str, list[int]]:
    return {name: [row.favor.id for row in rows] for name, rows in desk.favors.ledger().lanes.items() if rows}


@pytest.mark.parametrize(
    ("verb", "lane", "kind", "days"),
    [
        ("asked", "asked_me", ItemKind.REQUEST, 2),
        ("promise", "promised", ItemKind.PROMISE, 7),
        ("ask", "i_asked", ItemKind.ASK, 7),
        ("received", "to_close", ItemKind.THANKS, 2),
    ],
)
def test_each_favor_is_in_one_lane_and_due_on_its_day(
    desk: Desk, verb: str, lane: str, kind: ItemKind, days: int
) -> None:
    ana = add(desk)
    key = desk.favors.enter(verb, [ana], kind="advice").id
    assert lanes(desk) == {lane: [key]}
    assert shown(desk.on(on(days)).reading.agenda())[f"v{key}"] == (on(days), on(days))
    assert desk.on(on(days)).reading.why(item_id=f"v{key}").state is State.DUE
    (item,) = desk.reading.card(ana).loops
    assert (item.kind, item.due) == (kind, on(days))


def test_help_given_is_no_loop_and_counts(desk: Desk) -> None:
    desk.favors.enter("gave", [add(desk)])
    assert lanes(desk) == {}
    found = desk.favors.ledger()
    assert [(one.gave, one.received) for one in found.people] == [(1, 0)]
    assert found.helped_this_week == 1
    assert desk.on(on(7)).favors.ledger().helped_this_week == 0


def test_promise_is_never_hidden_by_a_pause_nor_by_putting_the_contact_away(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=on(-30))
    key = desk.favors.enter("promise", [ana], due=on(-1), note="intro to Leo").id
    desk.triage.pause(everyone=True)
    desk.triage.pause([ana])
    desk.people.archive([ana])
    (item,) = desk.reading.agenda().items
    assert (item.item.id, item.planned, item.state) == (f"v{key}", TODAY, State.LATE)
    assert lanes(desk) == {"promised": [key]}


def test_late_promises_come_first(desk: Desk) -> None:
    add(desk, "Zoe", cadence="1d", since=on(-900))
    for number, name in enumerate(("Ben", "Ana")):
        desk.favors.enter("promise", [add(desk, name)], due=on(-1 - number))
    desk.favors.enter("asked", [add(desk, "Cy")], on=on(-60))
    kinds = [(one.item.kind, one.item.contact_name) for one in desk.reading.agenda().items]
    assert kinds[:2] == [(ItemKind.PROMISE, "Ana"), (ItemKind.PROMISE, "Ben")]
    assert {kind for kind, _ in kinds[2:]} == {ItemKind.REQUEST, ItemKind.CADENCE}


def test_the_whole_way_of_an_ask_by_done_alone(desk: Desk) -> None:
    ana = add(desk)
    key = desk.favors.enter("ask", [ana], kind="reference").id
    said = []
    for days in (7, 14, 21):
        assert stands(desk, f"v{key}", on(days))
        said.append(desk.on(on(days)).triage.done([f"v{key}"]).said)
        due = shown(desk.on(on(days)).reading.agenda()).get(f"v{key}", (None, None))[0]
        assert due == (on(days + 7) if days < 21 else None)
    assert said[:2] == ["Nudged Ana Silva"] * 2
    assert "rest" in said[2]
    assert lanes(desk) == {}
    with pytest.raises(Refused):
        desk.on(on(22)).triage.done([f"v{key}"])


def test_the_whole_way_of_help_received(desk: Desk) -> None:
    ana = add(desk)
    key = desk.favors.enter("ask", [ana]).id
    desk.on(on(1)).favors.done([key])
    assert stands(desk, f"v{key}", on(3))
    desk.on(on(3)).triage.done([f"v{key}"], channel="letter", note="a card")
    told = [(one.on, one.channel, one.outcome, one.note) for one in desk.on(on(3)).reading.card(ana).interactions]
    assert told == [
        (on(3), "letter", "reached", "a card"),
        (on(1), "message", "reached", "helped me: other"),
        (TODAY, "message", "attempt", "asked: other"),
    ]
    assert shown(desk.on(on(17)).reading.agenda())[f"v{key}"] == (on(17), on(17))
    desk.on(on(17)).favors.told([key])
    assert lanes(desk) == {}
    assert [one.received for one in desk.on(on(17)).favors.ledger().people] == [1]


def test_just_no_is_refused_here_and_in_the_store(desk: Desk) -> None:
    key = desk.favors.enter("asked", [add(desk)]).id
    for way_out, note in (("", ""), ("later", ""), ("advice", " "), ("no", "sorry")):
        with pytest.raises(Refused):
            desk.favors.decline(key, way_out=way_out, note=note)

    def just_no(writer: Writer) -> None:
        writer.update(t.FavorTable, key, state="declined")

    before = facts(desk.store)
    with pytest.raises(Refused, match="never just declined"):
        desk.store.write("favor", "just no", just_no, today=TODAY)
    assert facts(desk.store) == before


def test_later_comes_back_on_its_day(desk: Desk) -> None:
    key = desk.favors.enter("asked", [add(desk)]).id
    desk.favors.decline(key, way_out="later", note="in spring", due=on(90))
    assert lanes(desk) == {"asked_me": [key]}
    assert not stands(desk, f"v{key}", on(80))
    assert stands(desk, f"v{key}", on(90))
    desk.on(on(90)).favors.accept([key], due=on(95))
    assert lanes(desk) == {"promised": [key]}


@pytest.mark.parametrize("verb", ["gift", ""])
def test_unknown_verbs_kinds_and_days_ahead_are_refused(desk: Desk, verb: str) -> None:
    ana = add(desk)
    with pytest.raises(Refused, match="is not a verb of a favor"):
        desk.favors.enter(verb, [ana])
    with pytest.raises(Refused, match="kind of favor"):
        desk.favors.enter("ask", [ana], kind="blessing")
    with pytest.raises(Refused, match="still to come"):
        desk.favors.enter("ask", [ana], on=on(1))
    with pytest.raises(Refused, match="no contact"):
        desk.favors.enter("ask", [99])
    assert lanes(desk) == {}


def test_a_favor_that_lost_its_dates_neither_blocks_opening_nor_disappears(desk: Desk) -> None:
    key = desk.favors.enter("promise", [add(desk)]).id
    with desk.store.database.atomic():
        asked(desk.store, "UPDATE favor SET due_on = NULL, asked_on = NULL")
    assert desk.keeping.doctor(rebuild=True).healthy
    assert stands(desk, f"v{key}", TODAY)
    with open_desk(desk.store.path) as other:
        assert lanes(other) == {"promised": [key]}
        other.favors.done([key])
    assert lanes(desk) == {}


def test_a_loan_of_any_name_comes_home(desk: Desk) -> None:
    ana = add(desk)
    for verb, words in (("gave", "is home, from"), ("received", "is back with")):
        key = desk.favors.enter(verb, [ana], kind="loan", note="{the} {0} tent", due=on(7)).id
        assert desk.favors.home([key]).said.startswith(f"{{the}} {{0}} tent {words} Ana Silva")
