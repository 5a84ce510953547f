"""Contacts, attempts, plans and messages as facts: what each does to the agenda."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.core.model import ItemKind, State
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import TODAY, add, day, on, shown, stands
from tests.store.stores import facts

# Last contact


def test_last_contact_moves_due_back_when_the_latest_is_deleted_or_changed(desk: Desk) -> None:
    ana = add(desk, cadence="4w", since=day(9, 1))
    desk.log([ana], on=day(10, 20), today=TODAY)
    latest = desk.log([ana], on=day(11, 16), today=TODAY)
    assert desk.why(ana, today=TODAY).due == day(12, 14)
    desk.edit_interaction(latest, on=day(11, 2), today=TODAY)
    assert desk.why(ana, today=TODAY).due == day(11, 30)
    desk.edit_interaction(latest, outcome="attempt", today=TODAY)
    assert desk.why(ana, today=TODAY).last_contact == day(10, 20)
    desk.edit_interaction(latest, outcome="reached", on=day(11, 16), today=TODAY)
    desk.unlog(latest, today=TODAY)
    assert (desk.why(ana, today=TODAY).due, stands(desk, f"c{ana}", TODAY)) == (day(11, 17), True)


def test_last_contact_of_a_clock_set_back_leaves_out_what_is_ahead(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    desk.log([ana], on=day(11, 9), today=TODAY)
    desk.log([ana], today=on(10))
    why = desk.why(ana, today=TODAY)
    assert (why.last_contact, why.due) == (day(11, 9), day(11, 16))
    assert shown(desk.agenda(today=TODAY))[f"c{ana}"] == (day(11, 16), TODAY)
    assert not stands(desk, f"c{ana}", on(10))


def test_logging_for_several_settles_all_of_them(desk: Desk) -> None:
    people = [add(desk, name, cadence="1w", since=day(9, 1)) for name in ("Ana", "Ben", "Cy")]
    key = desk.log(people, channel="meal", today=TODAY)
    assert shown(desk.agenda(today=TODAY)) == {}
    desk.unlog(key, today=TODAY)
    assert set(shown(desk.agenda(today=TODAY))) == {f"c{one}" for one in people}


def test_done_for_a_contact_without_a_rhythm_is_a_contact_all_the_same(desk: Desk) -> None:
    ana = add(desk)
    desk.done(f"c{ana}", channel="call", note="hello", today=TODAY)
    (happening,) = desk.card(ana, today=TODAY).interactions
    assert (happening.on, happening.channel, happening.note) == (TODAY, "call", "hello")
    assert desk.why(ana, today=TODAY).state is State.NONE


def test_what_needs_a_rhythm_says_so_for_a_contact_without_one(desk: Desk) -> None:
    ana = add(desk)
    with pytest.raises(Refused, match="no rhythm"):
        desk.snooze([f"c{ana}"], on(3), today=TODAY)
    with pytest.raises(Refused, match="no rhythm"):
        desk.skip([ana], today=TODAY)
    with pytest.raises(Refused, match="no rhythm"):
        desk.move([f"c{ana}"], on(3), today=TODAY)
    with pytest.raises(Refused, match="Nothing open"):
        desk.done("c99", today=TODAY)


# Planned interaction


def test_planned_interaction_shows_on_its_day_and_hides_the_rhythm_until_settled(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.log([ana], on=day(11, 9), today=TODAY)
    plan = desk.log([ana], on=on(3), outcome="planned", channel="coffee", today=TODAY)
    for today in (TODAY, on(3), on(6)):
        assert shown(desk.agenda(today=today)) == {f"i{plan}": (on(3), max(on(3), today))}
        assert desk.why(ana, today=today).state is State.PLANNED
        assert desk.why(ana, today=today).due == day(11, 16)
    asked = desk.agenda(today=on(3)).items[0].why
    assert "did it happen?" in asked
    assert "did it happen?" not in desk.agenda(today=TODAY).items[0].why


@pytest.mark.parametrize(
    ("result", "last", "due"),
    [("reached", on(3), on(10)), ("attempt", day(11, 9), day(11, 16)), ("dropped", day(11, 9), day(11, 16))],
)
def test_planned_interaction_settled_counts_on_its_day(desk: Desk, result: str, last: date, due: date) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.log([ana], on=day(11, 9), today=TODAY)
    plan = desk.log([ana], on=on(3), outcome="planned", today=TODAY)
    desk.settle_planned(plan, result, today=on(5))
    why = desk.why(ana, today=on(5))
    assert (why.last_contact, why.due) == (last, due)
    assert why.snoozed_until == (on(10) if result == "attempt" else None)
    assert f"i{plan}" not in shown(desk.agenda(today=on(5)))


def test_planned_interaction_moved_stands_on_its_new_day(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    plan = desk.log([ana], on=on(3), outcome="planned", today=TODAY)
    desk.settle_planned(plan, "moved", on=on(8), today=on(3))
    assert not stands(desk, f"c{ana}", on(3))
    desk.move([f"i{plan}"], on(5), today=on(3))
    assert shown(desk.agenda(today=on(3))) == {f"i{plan}": (on(5), on(5))}
    with pytest.raises(Refused, match="past"):
        desk.settle_planned(plan, "moved", on=on(2), today=on(3))


def test_planned_interaction_settled_late_by_done_happened_on_its_day(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    plan = desk.log([ana], on=on(3), outcome="planned", channel="coffee", today=TODAY)
    desk.done(f"i{plan}", channel="meal", note="at Leo's", today=on(6))
    (happening,) = desk.card(ana, today=on(6)).interactions
    assert (happening.on, happening.outcome) == (on(3), "reached")
    assert (happening.channel, happening.note) == ("meal", "at Leo's")


def test_planned_interaction_settled_before_its_day_happened_today(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    plan = desk.log([ana], on=on(3), outcome="planned", today=TODAY)
    desk.done(f"i{plan}", today=TODAY)
    assert desk.why(ana, today=TODAY).last_contact == TODAY
    with pytest.raises(Refused):
        desk.done(f"i{plan}", today=TODAY)


def test_planned_interaction_with_several_is_one_item_and_hides_each_rhythm(desk: Desk) -> None:
    people = [add(desk, name, cadence="1w", since=day(11, 1)) for name in ("Ana", "Ben", "Cy")]
    plan = desk.log(people, on=on(2), outcome="planned", today=TODAY)
    assert shown(desk.agenda(today=TODAY)) == {f"i{plan}": (on(2), on(2))}
    assert [desk.why(one, today=TODAY).state for one in people] == [State.PLANNED] * 3
    desk.done(f"i{plan}", today=on(2))
    assert [desk.why(one, today=on(2)).due for one in people] == [on(9)] * 3
    assert shown(desk.agenda(today=on(2))) == {}


def test_planned_interaction_stays_when_the_first_of_several_is_put_away_or_forgotten(desk: Desk) -> None:
    ana, ben = (add(desk, name, cadence="1w", since=day(11, 1)) for name in ("Ana", "Ben"))
    plan = desk.log([ana, ben], on=on(2), outcome="planned", today=TODAY)
    desk.archive([ana], today=TODAY)
    assert stands(desk, f"i{plan}", TODAY)
    desk.forget(ana, today=TODAY)
    (item,) = desk.agenda(today=TODAY).items
    assert (item.item.id, item.item.contact_id) == (f"i{plan}", ben)


def test_only_a_planned_interaction_may_lie_ahead(desk: Desk) -> None:
    ana = add(desk)
    for outcome in ("reached", "attempt"):
        with pytest.raises(Refused, match="still to come"):
            desk.log([ana], on=on(1), outcome=outcome, today=TODAY)
    with pytest.raises(Refused, match="past"):
        desk.log([ana], on=on(-1), outcome="planned", today=TODAY)
    with pytest.raises(Refused, match="past"):
        desk.log([ana], next_on=on(-1), today=TODAY)
    assert desk.card(ana, today=TODAY).interactions == ()


def test_the_next_date_of_a_log_is_planned_with_everyone(desk: Desk) -> None:
    people = [add(desk, name, cadence="1w") for name in ("Ana", "Ben")]
    desk.log(people, next_on=on(9), today=TODAY)
    assert [desk.why(one, today=TODAY).state for one in people] == [State.PLANNED] * 2


# Attempt


def test_attempt_hides_for_a_week_and_three_in_thirty_days_ask(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    for today in (TODAY, on(7), on(14)):
        assert stands(desk, f"c{ana}", today)
        desk.attempt([f"c{ana}"], today=today)
        assert not stands(desk, f"c{ana}", today)
        assert desk.why(ana, today=today).snoozed_until == today + timedelta(days=7)
    (item,) = desk.agenda(today=on(21)).items
    assert item.item.asks == "attempts"
    assert "only on occasion?" in item.why
    desk.log([ana], today=on(21))
    assert desk.agenda(today=on(28)).items[0].item.asks == ""


def test_attempt_on_a_promise_leaves_it_open(desk: Desk) -> None:
    ana = add(desk)
    favor = desk.favor("promise", ana, due=TODAY, today=TODAY)
    desk.attempt([f"v{favor}"], today=TODAY)
    desk.settle([f"v{favor}"], "no answer", today=TODAY)
    assert stands(desk, f"v{favor}", TODAY)
    assert [one.outcome for one in desk.card(ana, today=TODAY).interactions] == ["attempt"] * 2


def test_attempt_said_of_what_was_planned_settles_that(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    plan = desk.log([ana], on=TODAY, outcome="planned", today=TODAY)
    desk.settle([f"i{plan}"], "no answer", today=TODAY)
    (happening,) = desk.card(ana, today=TODAY).interactions
    assert (happening.id, happening.outcome) == (plan, "attempt")
    assert shown(desk.agenda(today=TODAY)) == {}


# Inbound


@pytest.mark.parametrize("channel", ["mail", "message", "letter"])
def test_inbound_message_counts_as_contact_and_is_to_be_answered_in_two_days(desk: Desk, channel: str) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    theirs = desk.log([ana], channel=channel, direction="them", note="how are you?", today=TODAY)
    assert desk.why(ana, today=TODAY).last_contact == TODAY
    assert shown(desk.agenda(today=TODAY)) == {f"i{theirs}": (on(2), on(2))}
    assert desk.agenda(today=TODAY).items[0].item.kind is ItemKind.ANSWER


def test_inbound_call_that_was_taken_needs_no_answer_a_missed_one_does_and_is_no_contact(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(9, 1))
    desk.log([ana], on=day(11, 9), channel="call", direction="them", today=TODAY)
    assert set(shown(desk.agenda(today=TODAY))) == {f"c{ana}"}
    missed = desk.log([ana], channel="call", direction="them", outcome="attempt", today=TODAY)
    assert set(shown(desk.agenda(today=TODAY))) == {f"c{ana}", f"i{missed}"}
    assert desk.why(ana, today=TODAY).last_contact == day(11, 9)
    assert desk.why(ana, today=TODAY).snoozed_until is None


def test_inbound_is_answered_by_anything_of_mine_that_day_or_later(desk: Desk) -> None:
    ana = add(desk)
    theirs = desk.log([ana], on=on(-3), channel="mail", direction="them", today=TODAY)
    desk.log([ana], on=on(-4), channel="mail", today=TODAY)
    desk.log([ana], on=on(3), outcome="planned", today=TODAY)
    assert stands(desk, f"i{theirs}", TODAY)
    mine = desk.log([ana], on=on(-3), channel="mail", today=TODAY)
    assert not stands(desk, f"i{theirs}", TODAY)
    desk.unlog(mine, today=TODAY)
    assert stands(desk, f"i{theirs}", TODAY)
    desk.done(f"i{theirs}", today=TODAY)
    assert not stands(desk, f"i{theirs}", TODAY)
    with pytest.raises(Refused):
        desk.done(f"i{theirs}", today=TODAY)


def test_inbound_marked_as_answered_stays_among_what_was_done(desk: Desk) -> None:
    ana = add(desk)
    theirs = desk.log([ana], on=on(-20), channel="mail", direction="them", note="how are you?", today=TODAY)
    desk.done(f"i{theirs}", today=TODAY)
    agenda = desk.agenda(today=TODAY)
    assert [(one.item.id, one.item.kind, one.planned) for one in agenda.done] == [(f"i{theirs}", "answer", TODAY)]
    assert agenda.days[0].done == 1


# Follow-up


def test_recurring_follow_up_with_each_repeater(desk: Desk) -> None:
    ana = add(desk)
    ids = [
        desk.follow_up(ana, f"repeat {repeat}", day(11, 1), repeat=repeat, today=day(11, 1))
        for repeat in ("+1w", "++1w", ".+1w", "RRULE:FREQ=WEEKLY;BYDAY=SU", "")
    ]
    today = day(11, 25)
    for key in ids:
        desk.done(f"f{key}", today=today)
    dues = {item.text: item.due for item in desk.card(ana, today=today).loops}
    assert dues == {
        "repeat +1w": day(11, 8),
        "repeat ++1w": day(11, 29),
        "repeat .+1w": day(12, 2),
        "repeat RRULE:FREQ=WEEKLY;BYDAY=SU": day(11, 29),
    }


def test_follow_up_of_the_thirty_first_comes_back_after_a_short_month(desk: Desk) -> None:
    ana = add(desk, today=day(1, 1))
    key = desk.follow_up(ana, "pay", day(1, 31), repeat="+1m", today=day(1, 1))
    seen = []
    for _ in range(4):
        (item,) = desk.card(ana, today=day(6, 1)).loops
        seen.append(item.due)
        desk.done(f"f{key}", today=item.due)
    assert seen == [day(1, 31), day(2, 28), day(3, 31), day(4, 30)]


def test_follow_up_moved_or_dropped(desk: Desk) -> None:
    ana = add(desk)
    once = desk.follow_up(ana, "once", TODAY, today=TODAY)
    often = desk.follow_up(ana, "often", TODAY, repeat="+1w", today=TODAY)
    desk.move([f"f{once}", f"f{often}"], on(3), today=TODAY)
    assert shown(desk.agenda(today=TODAY)) == {f"f{once}": (on(3), on(3)), f"f{often}": (TODAY, on(3))}
    desk.done(f"f{often}", note="sent it", today=TODAY)
    assert [one.note for one in desk.card(ana, today=TODAY).interactions] == ["sent it"]
    assert shown(desk.agenda(today=TODAY))[f"f{often}"] == (on(7), on(7))
    desk.drop_follow_up(often, today=TODAY)
    desk.drop_follow_up(once, today=TODAY)
    assert shown(desk.agenda(today=TODAY)) == {}


@pytest.mark.parametrize("repeat", ["+0d", "1w", "RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
def test_a_repeat_that_cannot_be_is_refused_when_entered(desk: Desk, repeat: str) -> None:
    ana = add(desk)
    with pytest.raises(Refused):
        desk.follow_up(ana, "never", TODAY, repeat=repeat, today=TODAY)
    assert desk.card(ana, today=TODAY).follow_ups == ()


def test_follow_up_about_several_is_one_step_for_all_or_for_nobody(desk: Desk) -> None:
    people = [add(desk, name) for name in ("Ana Silva", "Ben Okri", "Dora Lind")]
    before = facts(desk.store)
    for wanted in ((), (*people, 99)):
        with pytest.raises(Refused):
            desk.follow_up(wanted, "send the talk", TODAY, today=TODAY)
    assert facts(desk.store) == before
    desk.follow_up(people, "send the talk", TODAY, today=TODAY)
    assert desk.history(1)[0].summary == "Follow-up with Ana Silva, Ben Okri and 1 more: send the talk, Mon 23 Nov 2026"
    assert all(desk.card(one, today=TODAY).follow_ups for one in people)
    desk.undo(today=TODAY)
    assert facts(desk.store) == before
