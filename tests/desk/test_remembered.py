"""Someone who has died is remembered: nothing is asked of them, and what was open stays in the history."""

from __future__ import annotations

from datetime import date

from planner.core.model import FavorState
from planner.desk import ContactDraft, Desk
from planner.store import derived
from tests.desk.desks import TODAY, add, on, shown
from tests.store.stores import facts


def agenda(desk: Desk, day: date = TODAY) -> set[str]:
    """Ids of what stands on the agenda; what is stored is what is derived."""
    with desk.store.read():
        assert derived.differences(desk.store) == []
    return set(shown(desk.agenda(today=day)))


def test_every_loop_falls_silent_and_comes_back(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=on(-30), birthday="11-25")
    keys = [desk.favor(verb, ana, on=on(-20), today=TODAY) for verb in ("asked", "ask", "received")]
    keys += [desk.favor("promise", ana, due=TODAY, today=TODAY)]
    met = desk.log([ana], on=TODAY, outcome="planned", today=TODAY)
    wrote = desk.log([ana], on=on(-9), channel="mail", direction="them", outcome="attempt", today=TODAY)
    loops = {*(f"v{key}" for key in keys), f"i{met}", f"i{wrote}"}
    before = agenda(desk)
    assert loops <= before
    desk.set_status([ana], "deceased", today=TODAY)
    assert agenda(desk) == {"d1"}
    found = desk.card(ana, today=TODAY)
    assert [item.id for item in found.loops] == ["d1"]
    assert {one.id for one in found.favors} == set(keys)
    assert len(found.interactions) == 2
    ledger = desk.ledger(today=TODAY)
    assert not any(ledger.lanes.values())
    assert [(one.gave, one.received) for one in ledger.people] == [(0, 1)]
    assert desk.counts(today=TODAY).loops == 0
    desk.undo(today=TODAY)
    assert agenda(desk) == before


def test_a_note_to_oneself_goes_on(desk: Desk) -> None:
    ana = add(desk)
    desk.set_status([ana], "deceased", today=TODAY)
    key = desk.follow_up(ana, "flowers for the grave", TODAY, today=TODAY)
    assert agenda(desk) == {f"f{key}"}


def test_an_introduction_with_either_side_falls_silent(desk: Desk) -> None:
    ana, ben = add(desk, "Ana"), add(desk, "Ben")
    key = desk.introduce(ana, ben, today=on(-10))
    desk.intro_answer(key, ana, "yes", today=on(-9))
    desk.intro_answer(key, ben, "yes", today=on(-8))
    assert agenda(desk) == {f"t{key}"}
    for gone in (ana, ben):
        desk.set_status([gone], "deceased", today=TODAY)
        assert agenda(desk) == set()
        assert desk.introductions() == ()
        assert [one.id for one in desk.introductions(only_open=False)] == [key]
        desk.set_status([gone], "active", today=TODAY)
        assert agenda(desk) == {f"t{key}"}


def test_a_meeting_of_several_passes_on_to_the_living(desk: Desk) -> None:
    ana, ben = add(desk, "Ana"), add(desk, "Ben")
    key = desk.log([ana, ben], on=TODAY, outcome="planned", today=TODAY)
    before = facts(desk.store)

    def whose() -> list[int]:
        assert agenda(desk) == {f"i{key}"}
        return [one.item.contact_id for one in desk.agenda(today=TODAY).items]

    assert whose() == [ana]
    desk.set_status([ana], "deceased", today=TODAY)
    assert whose() == [ben]
    desk.undo(today=TODAY)
    assert (whose(), facts(desk.store)) == ([ana], before)
    desk.set_status([ana, ben], "deceased", today=TODAY)
    assert agenda(desk) == set()


def test_what_was_left_open_can_still_be_closed_and_put_away_people_keep_their_loops(desk: Desk) -> None:
    ana = add(desk)
    key = desk.favor("received", ana, note="the piano", on=on(-20), today=TODAY)
    desk.archive([ana], today=TODAY)
    assert agenda(desk) == {f"v{key}"}
    desk.edit_contact(ana, ContactDraft(status="deceased"), today=TODAY)
    assert agenda(desk) == set()
    desk.favor_thank(key, today=TODAY)
    assert [one.state for one in desk.card(ana, today=TODAY).favors] == [FavorState.THANKED]
    assert agenda(desk, on(30)) == set()


def test_what_another_takes_over_stands_there_whomever_else_a_change_is_about(desk: Desk) -> None:
    ana, ben = add(desk, "Ana"), add(desk, "Ben")
    need = desk.add_need("a flat in Lyon", today=on(-20))
    for who in (ana, ben):
        desk.need_tell(need, who, today=on(-9))
    met = desk.log([ana, ben], on=on(2), outcome="planned", today=TODAY)
    items = [f"n{need}", f"i{met}"]
    desk.snooze(items, on(3), today=TODAY)
    desk.set_status([ana], "deceased", today=TODAY)
    desk.join_circle([ben], "work", today=TODAY)
    assert agenda(desk) == set(items)
    desk.move([f"n{need}"], on(1), today=TODAY)
    desk.set_status([ana], "active", today=TODAY)
    desk.join_circle([ben], "climbing", today=TODAY)
    assert agenda(desk) == set()
