"""Contacts, attempts, plans and messages as facts: what each does to the agenda."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.core.model import ItemKind, State
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import TODAY, add, day, on, shown, stands

# Last contact


def test_last_contact_moves_due_back_when_the_latest_is_deleted_or_changed(desk: Desk) -> None:
    ana = add(desk, cadence="4w", since=day(9, 1))
    desk.interactions.log([ana], on=day(10, 20))
    latest = desk.interactions.log([ana], on=day(11, 16)).id
    assert desk.reading.why(ana).due == day(12, 14)
    desk.interactions.edit(latest, on=day(11, 2))
    assert desk.reading.why(ana).due == day(11, 30)
    desk.interactions.edit(latest, outcome="attempt")
    assert desk.reading.why(ana).last_contact == day(10, 20)
    desk.interactions.edit(latest, outcome="reached", on=day(11, 16))
    desk.interactions.unlog([latest])
    assert (desk.reading.why(ana).due, stands(desk, f"c{ana}", TODAY)) == (day(11, 17), True)


def test_last_contact_of_a_clock_set_back_leaves_out_what_is_ahead(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    desk.interactions.log([ana], on=day(11, 9))
    desk.on(on(10)).interactions.log([ana])
    why = desk.reading.why(ana)
    assert (why.last_contact, why.due) == (day(11, 9), day(11, 16))
    assert shown(desk.reading.agenda())[f"c{ana}"] == (day(11, 16), TODAY)
    assert not stands(desk, f"c{ana}", on(10))


def test_logging_for_several_settles_all_of_them(desk: Desk) -> None:
    people = [add(desk, name, cadence="1w", since=day(9, 1)) for name in ("Ana", "Ben", "Cy")]
    key = desk.interactions.log(people, channel="meal").id
    assert shown(desk.reading.agenda()) == {}
    desk.interactions.unlog([key])
    assert set(shown(desk.reading.agenda())) == {f"c{one}" for one in people}


def test_done_for_a_contact_without_a_rhythm_is_a_contact_all_the_same(desk: Desk) -> None:
    ana = add(desk)
    desk.triage.done([f"c{ana}"], channel="call", note="hello")
    (happening,) = desk.reading.card(ana).interactions
    assert (happening.on, happening.channel, happening.note) == (TODAY, "call", "hello")
    assert desk.reading.why(ana).state is State.NONE


def test_what_needs_a_rhythm_says_so_for_a_contact_without_one(desk: Desk) -> None:
    ana = add(desk)
    with pytest.raises(Refused, match="no rhythm"):
        desk.triage.snooze([f"c{ana}"], on(3))
    with pytest.raises(Refused, match="no rhythm"):
        desk.triage.skip([f"c{ana}"])
    with pytest.raises(Refused, match="no rhythm"):
        desk.triage.move([f"c{ana}"], on(3))
    with pytest.raises(Refused, match="Nothing open"):
        desk.triage.done(["c99"])


# Planned interaction


def test_planned_interaction_shows_on_its_day_and_hides_the_rhythm_until_settled(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.interactions.log([ana], on=day(11, 9))
    plan = desk.interactions.log([ana], on=on(3), outcome="planned", channel="coffee").id
    for today in (TODAY, on(3), on(6)):
        assert shown(desk.on(today).reading.agenda()) == {f"i{plan}": (on(3), max(on(3), today))}
        assert desk.on(today).reading.why(ana).state is State.PLANNED
        assert desk.on(today).reading.why(ana).due == day(11, 16)
    asked = desk.on(on(3)).reading.agenda().items[0].why
    assert "did it happen?" in asked
    assert "did it happen?" not in desk.reading.agenda().items[0].why


@pytest.mark.parametrize(
    ("result", "last", "due"),
    [("reached", on(3), on(10)), ("attempt", day(11, 9), day(11, 16)), ("dropped", day(11, 9), day(11, 16))],
)
def test_planned_interaction_settled_counts_on_its_day(desk: Desk, result: str, last: date, due: date) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.interactions.log([ana], on=day(11, 9))
    plan = desk.interactions.log([ana], on=on(3), outcome="planned").id
    desk.on(on(5)).interactions.settle_planned(plan, result)
    why = desk.on(on(5)).reading.why(ana)
    assert (why.last_contact, why.due) == (last, due)
    assert why.snoozed_until == (on(10) if result == "attempt" else None)
    assert f"i{plan}" not in shown(desk.on(on(5)).reading.agenda())


def test_planned_interaction_moved_stands_on_its_new_day(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    plan = desk.interactions.log([ana], on=on(3), outcome="planned").id
    desk.on(on(3)).interactions.settle_planned(plan, "moved", on=on(8))
    assert not stands(desk, f"c{ana}", on(3))
    desk.on(on(3)).triage.move([f"i{plan}"], on(5))
    assert shown(desk.on(on(3)).reading.agenda()) == {f"i{plan}": (on(5), on(5))}
    with pytest.raises(Refused, match="past"):
        desk.on(on(3)).interactions.settle_planned(plan, "moved", on=on(2))


def test_planned_interaction_settled_late_by_done_happened_on_its_day(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    plan = desk.interactions.log([ana], on=on(3), outcome="planned", channel="coffee").id
    desk.on(on(6)).triage.done([f"i{plan}"], channel="meal", note="at Leo's")
    (happening,) = desk.on(on(6)).reading.card(ana).interactions
    assert (happening.on, happening.outcome) == (on(3), "reached")
    assert (happening.channel, happening.note) == ("meal", "at Leo's")


def test_planned_interaction_settled_before_its_day_happened_today(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    plan = desk.interactions.log([ana], on=on(3), outcome="planned").id
    desk.triage.done([f"i{plan}"])
    assert desk.reading.why(ana).last_contact == TODAY
    with pytest.raises(Refused):
        desk.triage.done([f"i{plan}"])


def test_planned_interaction_with_several_is_one_item_and_hides_each_rhythm(desk: Desk) -> None:
    people = [add(desk, name, cadence="1w", since=day(11, 1)) for name in ("Ana", "Ben", "Cy")]
    plan = desk.interactions.log(people, on=on(2), outcome="planned").id
    assert shown(desk.reading.agenda()) == {f"i{plan}": (on(2), on(2))}
    assert [desk.reading.why(one).state for one in people] == [State.PLANNED] * 3
    desk.on(on(2)).triage.done([f"i{plan}"])
    assert [desk.on(on(2)).reading.why(one).due for one in people] == [on(9)] * 3
    assert shown(desk.on(on(2)).reading.agenda()) == {}


def test_planned_interaction_stays_when_the_first_of_several_is_put_away_or_forgotten(desk: Desk) -> None:
    ana, ben = (add(desk, name, cadence="1w", since=day(11, 1)) for name in ("Ana", "Ben"))
    plan = desk.interactions.log([ana, ben], on=on(2), outcome="planned").id
    desk.people.archive([ana])
    assert stands(desk, f"i{plan}", TODAY)
    desk.people.forget(ana)
    (item,) = desk.reading.agenda().items
    assert (item.item.id, item.item.contact_id) == (f"i{plan}", ben)


def test_only_a_planned_interaction_may_lie_ahead(desk: Desk) -> None:
    ana = add(desk)
    for outcome in ("reached", "attempt"):
        with pytest.raises(Refused, match="still to come"):
            desk.interactions.log([ana], on=on(1), outcome=outcome)
    with pytest.raises(Refused, match="past"):
        desk.interactions.log([ana], on=on(-1), outcome="planned")
    with pytest.raises(Refused, match="past"):
        desk.interactions.log([ana], next_on=on(-1))
    assert desk.reading.card(ana).interactions == ()


def test_the_next_date_of_a_log_is_planned_with_everyone(desk: Desk) -> None:
    people = [add(desk, name, cadence="1w") for name in ("Ana", "Ben")]
    desk.interactions.log(people, next_on=on(9))
    assert [desk.reading.why(one).state for one in people] == [State.PLANNED] * 2


# Attempt


def test_attempt_hides_for_a_week_and_three_in_thirty_days_ask(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    for today in (TODAY, on(7), on(14)):
        assert stands(desk, f"c{ana}", today)
        desk.on(today).triage.attempt([f"c{ana}"])
        assert not stands(desk, f"c{ana}", today)
        assert desk.on(today).reading.why(ana).snoozed_until == today + timedelta(days=7)
    (item,) = desk.on(on(21)).reading.agenda().items
    assert item.item.asks == "attempts"
    assert "only on occasion?" in item.why
    desk.on(on(21)).interactions.log([ana])
    assert desk.on(on(28)).reading.agenda().items[0].item.asks == ""


def test_attempt_on_a_promise_leaves_it_open(desk: Desk) -> None:
    ana = add(desk)
    favor = desk.favors.enter("promise", [ana], due=TODAY).id
    desk.triage.attempt([f"v{favor}"])
    desk.capture.settle([f"v{favor}"], "no answer")
    assert stands(desk, f"v{favor}", TODAY)
    assert [one.outcome for one in desk.reading.card(ana).interactions] == ["attempt"] * 2


def test_attempt_said_of_what_was_planned_settles_that(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    plan = desk.interactions.log([ana], on=TODAY, outcome="planned").id
    desk.capture.settle([f"i{plan}"], "no answer")
    (happening,) = desk.reading.card(ana).interactions
    assert (happening.id, happening.outcome) == (plan, "attempt")
    assert shown(desk.reading.agenda()) == {}


# Inbound


@pytest.mark.parametrize("channel", ["mail", "message", "letter"])
def test_inbound_message_counts_as_contact_and_is_to_be_answered_in_two_days(desk: Desk, channel: str) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    theirs = desk.interactions.log([ana], channel=channel, direction="them", note="how are you?").id
    assert desk.reading.why(ana).last_contact == TODAY
    assert shown(desk.reading.agenda()) == {f"i{theirs}": (on(2), on(2))}
    assert desk.reading.agenda().items[0].item.kind is ItemKind.ANSWER


def test_inbound_call_that_was_taken_needs_no_answer_a_missed_one_does_and_is_no_contact(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    desk.interactions.log([ana], on=day(11, 9), channel="call", direction="them")
    assert set(shown(desk.reading.agenda())) == {f"c{ana}"}
    missed = desk.interactions.log([ana], channel="call", direction="them", outcome="attempt").id
    assert set(shown(desk.reading.agenda())) == {f"c{ana}", f"i{missed}"}
    assert desk.reading.why(ana).last_contact == day(11, 9)
    assert desk.reading.why(ana).snoozed_until is None


def test_inbound_is_answered_by_anything_of_mine_that_day_or_later(desk: Desk) -> None:
    ana = add(desk)
    theirs = desk.interactions.log([ana], on=on(-3), channel="mail", direction="them").id
    desk.interactions.log([ana], on=on(-4), channel="mail")
    desk.interactions.log([ana], on=on(3), outcome="planned")
    assert stands(desk, f"i{theirs}", TODAY)
    mine = desk.interactions.log([ana], on=on(-3), channel="mail").id
    assert not stands(desk, f"i{theirs}", TODAY)
    desk.interactions.unlog([mine])
    assert stands(desk, f"i{theirs}", TODAY)
    desk.triage.done([f"i{theirs}"])
    assert not stands(desk, f"i{theirs}", TODAY)
    with pytest.raises(Refused):
        desk.triage.done([f"i{theirs}"])


def test_inbound_marked_as_answered_stays_among_what_was_done(desk: Desk) -> None:
    ana = add(desk)
    theirs = desk.interactions.log([ana], on=on(-20), channel="mail", direction="them", note="how are you?").id
    desk.triage.done([f"i{theirs}"])
    agenda = desk.reading.agenda()
    assert [(one.item.id, one.item.kind, one.planned) for one in agenda.done] == [(f"i{theirs}", "answer", TODAY)]
    assert agenda.days[0].done == 1


# Follow-up


def test_recurring_follow_up_with_each_repeater(desk: Desk) -> None:
    ana = add(desk)
    ids = [
        desk.on(day(11, 1)).triage.follow_up([ana], f"repeat {repeat}", day(11, 1), repeat=repeat).id
        for repeat in ("+1w", "++1w", ".+1w", "RRULE:FREQ=WEEKLY;BYDAY=SU", "")
    ]
    today = day(11, 25)
    for key in ids:
        desk.on(today).triage.done([f"f{key}"])
    dues = {item.text: item.due for item in desk.on(today).reading.card(ana).loops}
    assert dues == {
        "repeat +1w": day(11, 8),
        "repeat ++1w": day(11, 29),
        "repeat .+1w": day(12, 2),
        "repeat RRULE:FREQ=WEEKLY;BYDAY=SU": day(11, 29),
    }


def test_follow_up_of_the_thirty_first_comes_back_after_a_short_month(desk: Desk) -> None:
    ana = add(desk, today=day(1, 1))
    key = desk.on(day(1, 1)).triage.follow_up([ana], "pay", day(1, 31), repeat="+1m").id
    seen = []
    for _ in range(4):
        (item,) = desk.on(day(6, 1)).reading.card(ana).loops
        seen.append(item.due)
        desk.on(item.due).triage.done([f"f{key}"])
    assert seen == [day(1, 31), day(2, 28), day(3, 31), day(4, 30)]


def test_follow_up_moved_or_dropped(desk: Desk) -> None:
    ana = add(desk)
    once = desk.triage.follow_up([ana], "once", TODAY).id
    often = desk.triage.follow_up([ana], "often", TODAY, repeat="+1w").id
    desk.triage.move([f"f{once}", f"f{often}"], on(3))
    assert shown(desk.reading.agenda()) == {f"f{once}": (on(3), on(3)), f"f{often}": (TODAY, on(3))}
    desk.triage.done([f"f{often}"], note="sent it")
    assert [one.note for one in desk.reading.card(ana).interactions] == ["sent it"]
    assert shown(desk.reading.agenda())[f"f{often}"] == (on(7), on(7))
    desk.triage.end_follow_up([often])
    desk.triage.end_follow_up([once])
    assert shown(desk.reading.agenda()) == {}


@pytest.mark.parametrize("repeat", ["+0d", "1w", "RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_a_repeat_that_cannot_be_is_refused_when_entered(desk: Desk, repeat: str) -> None:
    ana = add(desk)
    with pytest.raises(Refused):
        desk.triage.follow_up([ana], "never", TODAY, repeat=repeat)
    assert desk.reading.card(ana).follow_ups == ()
