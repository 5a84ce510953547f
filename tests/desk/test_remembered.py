"""Someone who has died is remembered: nothing is asked of them, and what was open stays in the history."""

from __future__ import annotations

from datetime import date

from planner.core.model import FavorState
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store import derived
from tests.desk.desks import TODAY, add, on, shown
from tests.store.stores import facts


def agenda(desk: Desk, day: date = TODAY) -> set[str]:
    """Ids of what stands on the agenda; what is stored is what is derived."""
    with desk.store.read():
        assert derived.differences(desk.store) == []
    return set(shown(desk.on(day).reading.agenda()))


def test_every_loop_falls_silent_and_comes_back(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=on(-30), birthday="11-25")
    keys = [desk.favors.enter(verb, [ana], on=on(-20)).id for verb in ("asked", "ask", "received")]
    keys += [desk.favors.enter("promise", [ana], due=TODAY).id]
    met = desk.interactions.log([ana], on=TODAY, outcome="planned").id
    wrote = desk.interactions.log([ana], on=on(-9), channel="mail", direction="them", outcome="attempt").id
    loops = {*(f"v{key}" for key in keys), f"i{met}", f"i{wrote}"}
    before = agenda(desk)
    assert loops <= before
    desk.people.set_status([ana], "deceased")
    assert agenda(desk) == {"d1"}
    found = desk.reading.card(ana)
    assert [item.id for item in found.loops] == ["d1"]
    assert {one.id for one in found.favors} == set(keys)
    assert [one.loop for one in found.interactions].count("") == 2
    ledger = desk.favors.ledger()
    assert not any(ledger.lanes.values())
    assert [(one.gave, one.received) for one in ledger.people] == [(0, 1)]
    assert desk.reading.counts().ledger == 0
    desk.keeping.undo()
    assert agenda(desk) == before


def test_a_note_to_oneself_goes_on(desk: Desk) -> None:
    ana = add(desk)
    desk.people.set_status([ana], "deceased")
    key = desk.triage.follow_up([ana], "flowers for the grave", TODAY).id
    assert agenda(desk) == {f"f{key}"}


def test_an_introduction_with_either_side_falls_silent(desk: Desk) -> None:
    ana, ben = add(desk, "Ana"), add(desk, "Ben")
    key = desk.on(on(-10)).introductions.start(ana, ben).id
    desk.on(on(-9)).introductions.answer(key, ana, "yes")
    desk.on(on(-8)).introductions.answer(key, ben, "yes")
    assert agenda(desk) == {f"t{key}"}
    for gone in (ana, ben):
        desk.people.set_status([gone], "deceased")
        assert agenda(desk) == set()
        assert desk.introductions.all() == ()
        assert [one.id for one in desk.introductions.all(only_open=False)] == [key]
        desk.people.set_status([gone], "active")
        assert agenda(desk) == {f"t{key}"}


def test_a_meeting_of_several_passes_on_to_the_living(desk: Desk) -> None:
    ana, ben = add(desk, "Ana"), add(desk, "Ben")
    key = desk.interactions.log([ana, ben], on=TODAY, outcome="planned").id
    before = facts(desk.store)

    def whose() -> list[int]:
        assert agenda(desk) == {f"i{key}"}
        return [one.item.contact_id for one in desk.reading.agenda().items]

    assert whose() == [ana]
    desk.people.set_status([ana], "deceased")
    assert whose() == [ben]
    desk.keeping.undo()
    assert (whose(), facts(desk.store)) == ([ana], before)
    desk.people.set_status([ana, ben], "deceased")
    assert agenda(desk) == set()


def test_what_was_left_open_can_still_be_closed_and_put_away_people_keep_their_loops(desk: Desk) -> None:
    ana = add(desk)
    key = desk.favors.enter("received", [ana], note="the piano", on=on(-20)).id
    desk.people.archive([ana])
    assert agenda(desk) == {f"v{key}"}
    desk.people.edit(ana, ContactDraft(status="deceased"))
    assert agenda(desk) == set()
    desk.favors.thank([key])
    assert [one.state for one in desk.reading.card(ana).favors] == [FavorState.THANKED]
    assert agenda(desk, on(30)) == set()


def test_what_another_takes_over_stands_there_whomever_else_a_change_is_about(desk: Desk) -> None:
    ana, ben = add(desk, "Ana"), add(desk, "Ben")
    need = desk.on(on(-20)).needs.add("a flat in Lyon").id
    desk.on(on(-9)).needs.tell(need, [ana, ben])
    met = desk.interactions.log([ana, ben], on=on(2), outcome="planned").id
    items = [f"n{need}", f"i{met}"]
    desk.triage.snooze(items, on(3))
    desk.people.set_status([ana], "deceased")
    desk.people.join_circle([ben], "work")
    assert agenda(desk) == set(items)
    desk.triage.move([f"n{need}"], on(1))
    desk.people.set_status([ana], "active")
    desk.people.join_circle([ben], "climbing")
    assert agenda(desk) == set()
