"""Snooze, skip, pause, putting away, cadences and days chosen by hand, as commands on a real file."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.core.model import Settings, State
from planner.desk import Desk
from planner.errors import Refused
from tests.desk.desks import TODAY, add, day, on, open_desk, shown, stands
from tests.store.stores import facts

# Snooze


def test_snooze_hides_keeps_due_and_counts_the_age_from_it(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.interactions.log([ana], on=day(11, 9))
    desk.triage.snooze([f"c{ana}"], on(7))
    why = desk.reading.why(ana)
    assert (why.state, why.due, why.snoozed_until) == (State.SNOOZED, day(11, 16), on(7))
    assert not stands(desk, f"c{ana}", on(6))
    (item,) = desk.on(on(7)).reading.agenda().items
    assert (item.item.due, item.planned, item.overdue_days) == (day(11, 16), on(7), 14)


def test_snooze_after_a_contact_the_same_day_is_refused_a_contact_after_it_voids_it(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.triage.snooze([f"c{ana}"], on(20))
    desk.interactions.log([ana])
    why = desk.reading.why(ana)
    assert (why.due, why.snoozed_until) == (on(7), None)
    with pytest.raises(Refused, match="contacted today"):
        desk.triage.snooze([f"c{ana}"], on(20))
    assert stands(desk, f"c{ana}", on(7))


def test_snooze_comes_back_when_the_contact_that_voided_it_is_deleted(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.triage.snooze([f"c{ana}"], on(20))
    key = desk.interactions.log([ana]).id
    desk.interactions.unlog([key])
    assert desk.reading.why(ana).snoozed_until == on(20)


@pytest.mark.parametrize("until", [TODAY, on(-1)])
def test_snooze_to_today_or_the_past_is_refused(desk: Desk, until: date) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    with pytest.raises(Refused, match="hides nothing"):
        desk.triage.snooze([f"c{ana}"], until)


def test_snooze_that_would_end_before_due_is_refused(desk: Desk) -> None:
    ana = add(desk, cadence="4w")
    with pytest.raises(Refused, match="Mon 21 Dec 2026"):
        desk.triage.snooze([f"c{ana}"], on(7))


def test_snooze_of_a_favor_ends_when_its_due_date_changes(desk: Desk) -> None:
    ana = add(desk)
    ask = desk.favors.enter("ask", [ana], on=on(-7)).id
    desk.triage.snooze([f"v{ask}"], on(20))
    assert not stands(desk, f"v{ask}", TODAY)
    desk.favors.nudge([ask])
    assert shown(desk.on(on(7)).reading.agenda())[f"v{ask}"] == (on(7), on(7))


# Skip


def test_skip_once_or_twice_a_day_is_one_round(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    for _ in range(2):
        desk.triage.skip([f"c{ana}"])
        assert desk.reading.why(ana).due == on(7)
    assert desk.reading.card(ana).interactions == ()


def test_skip_before_a_change_of_rhythm_is_forgotten_one_after_it_counts(desk: Desk) -> None:
    ana = add(desk, cadence="8w", since=day(9, 1))
    desk.interactions.log([ana], on=day(9, 1))
    desk.on(on(-4)).triage.skip([f"c{ana}"])
    desk.on(on(-2)).people.set_cadence([ana], "2w")
    assert desk.reading.why(ana).due == on(-2)
    desk.triage.skip([f"c{ana}"])
    assert desk.reading.why(ana).due == on(14)


# Pause


def test_pause_of_one_a_circle_or_everyone_hides_rhythms_only(desk: Desk) -> None:
    ana = add(desk, "Ana", cadence="1w", since=day(11, 1), circles=("work",))
    ben = add(desk, "Ben", cadence="1w", since=day(11, 1))
    promise = desk.favors.enter("promise", [ana], due=TODAY).id
    always = {f"v{promise}"}
    for pause, hidden in (
        ({"contact_ids": [ana]}, {f"c{ana}"}),
        ({"circle": "Work"}, {f"c{ana}"}),
        ({"everyone": True}, {f"c{ana}", f"c{ben}"}),
    ):
        desk.triage.pause(**pause, until=on(10))  # type: ignore[arg-type]
        assert set(shown(desk.reading.agenda())) == {f"c{ana}", f"c{ben}"} - hidden | always
        assert desk.reading.why(ana).state is State.PAUSED
        assert set(shown(desk.on(on(10)).reading.agenda())) == {f"c{ana}", f"c{ben}"} | always
        desk.triage.resume(**pause)  # type: ignore[arg-type]
        assert set(shown(desk.reading.agenda())) == {f"c{ana}", f"c{ben}"} | always


def test_pause_without_an_end_lasts_until_resumed(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.triage.pause([ana])
    assert not stands(desk, f"c{ana}", day(11, 23, 2035))
    assert "paused until resumed" in desk.reading.why(ana).steps
    desk.triage.resume([ana])
    assert stands(desk, f"c{ana}", TODAY)


def test_pause_of_nobody_or_into_the_past_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nobody"):
        desk.triage.pause(until=on(3))
    with pytest.raises(Refused, match="pauses nothing"):
        desk.triage.pause(everyone=True, until=TODAY)
    with pytest.raises(Refused, match="no circle"):
        desk.triage.pause(circle="nowhere")


def test_pause_of_everyone_leaves_nothing_to_spread(desk: Desk) -> None:
    add(desk, cadence="1w", since=day(9, 1))
    desk.triage.pause(everyone=True, until=on(10))
    assert desk.triage.backlog() == ()
    assert desk.triage.spread_backlog().ids == ()
    assert desk.keeping.history()[0].verb == "pause"


# Archive, never, occasion


@pytest.mark.parametrize("way", ["archived", "deceased", "occasion", "never"])
def test_archive_never_and_occasion_hide_rhythm_and_dates_and_come_back_without_backlog(desk: Desk, way: str) -> None:
    ana = add(desk, cadence="1w", since=day(6, 1), birthday="11-25")
    promise = desk.favors.enter("promise", [ana], due=TODAY).id
    desk.interactions.log([ana], on=day(6, 10))
    assert set(shown(desk.reading.agenda())) == {f"c{ana}", "d1", f"v{promise}"}
    put = "set_status" if way in ("archived", "deceased") else "set_mode"
    getattr(desk.people, put)([ana], way)
    left = {"d1"} if way == "deceased" else {f"v{promise}"}
    assert set(shown(desk.reading.agenda())) == left
    assert len(desk.reading.card(ana).interactions) == 1
    getattr(desk.on(on(1)).people, put)([ana], "active" if way in ("archived", "deceased") else "rhythm")
    assert shown(desk.on(on(1)).reading.agenda())[f"c{ana}"] == (on(1), on(1))
    assert desk.on(on(1)).reading.why(ana).state is State.DUE


def test_coming_back_by_a_form_makes_no_backlog_either(desk: Desk) -> None:
    from planner.desk.values import ContactDraft

    ana = add(desk, cadence="1w", since=day(6, 1))
    desk.people.edit(ana, ContactDraft(mode="occasion"))
    desk.on(on(2)).people.edit(ana, ContactDraft(mode="rhythm"))
    assert desk.on(on(2)).reading.why(ana).due == on(2)


def test_coming_back_twice_or_changing_nothing_moves_nothing(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    due = desk.reading.why(ana).due
    desk.people.set_mode([ana], "rhythm")
    desk.people.unarchive([ana])
    assert desk.reading.why(ana).due == due == day(11, 8)
    assert [one.verb for one in desk.keeping.history()] == ["add"]


# Cadence set or changed, cadence by circle


def test_cadence_changed_to_the_same_keeps_its_day_and_its_snooze(desk: Desk) -> None:
    ana = add(desk, cadence="4w", since=day(9, 1))
    desk.triage.snooze([f"c{ana}"], on(7))
    desk.people.set_cadence([ana], "every 4 weeks")
    desk.capture.take("Ana: again 4w")
    assert desk.reading.why(ana).snoozed_until == on(7)
    desk.people.set_cadence([ana], "2w")
    assert desk.reading.why(ana).snoozed_until is None


def test_cadence_by_circle_counts_from_joining_or_from_the_day_it_was_set(desk: Desk) -> None:
    desk.on(day(9, 1)).people.set_circle_cadence("work", "4w")
    ana = add(desk, circles=("work",), today=day(10, 1))
    assert (desk.reading.why(ana).due, desk.reading.why(ana).cadence_from) == (day(10, 29), "circle:work")
    desk.people.set_circle_cadence("work", "1w")
    assert desk.reading.why(ana).due == on(7)
    desk.people.join_circle([ana], "family")
    desk.people.set_circle_cadence("family", "3d")
    assert desk.reading.why(ana).cadence_from == "circle:family"
    desk.people.leave_circle([ana], "family")
    desk.people.set_circle_cadence("work", "none")
    assert desk.reading.why(ana).state is State.NONE


def test_cadence_by_circle_of_a_long_known_member_starts_that_day(desk: Desk) -> None:
    ana = add(desk, circles=("work",), today=day(1, 1))
    desk.interactions.log([ana], on=day(6, 1))
    desk.people.set_circle_cadence("work", "2w")
    assert desk.reading.why(ana).due == TODAY
    assert "new rhythm" in desk.reading.agenda().items[0].why


def test_own_cadence_wins_and_inherit_gives_the_circles_back(desk: Desk) -> None:
    desk.on(day(9, 1)).people.set_circle_cadence("work", "1w")
    ana = add(desk, circles=("work",), cadence="none", today=day(9, 1))
    assert desk.reading.why(ana).state is State.NONE
    desk.people.set_cadence([ana], "inherit")
    assert desk.reading.why(ana).cadence_from == "circle:work"


# Working days


def test_working_days_move_rhythms_but_neither_dates_nor_promises(tmp_path: Path) -> None:
    settings = Settings(days_off=frozenset({day(12, 25)}))
    with open_desk(tmp_path / "planner.db", settings) as desk:
        ana = add(desk, cadence="1w workdays", since=day(12, 1), birthday="12-26")
        desk.on(day(12, 18)).interactions.log([ana], on=day(12, 18))
        promise = desk.on(day(12, 18)).favors.enter("promise", [ana], due=day(12, 27)).id
        found = shown(desk.on(day(12, 21)).reading.agenda())
        assert desk.on(day(12, 21)).reading.why(ana).due == day(12, 28)
        assert (found["d1"][0], found[f"v{promise}"][0]) == (day(12, 26), day(12, 27))
    with open_desk(tmp_path / "planner.db") as desk:
        assert desk.on(day(12, 21)).reading.why(ana).due == day(12, 25)
        assert shown(desk.on(day(12, 21)).reading.agenda())[f"c{ana}"] == (day(12, 25), day(12, 25))


# The week plan


def test_a_day_chosen_by_hand_stays_until_the_round_is_another(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.triage.move([f"c{ana}"], on(4))
    assert shown(desk.reading.agenda()) == {f"c{ana}": (day(11, 8), on(4))}
    desk.triage.move([f"c{ana}"], on(9))
    assert shown(desk.reading.agenda()) == {}
    assert shown(desk.reading.agenda(week_of=on(9))) == {f"c{ana}": (day(11, 8), on(9))}
    key = desk.interactions.log([ana]).id
    assert shown(desk.on(on(7)).reading.agenda()) == {f"c{ana}": (on(7), on(7))}
    desk.interactions.unlog([key])
    assert desk.on(on(10)).reading.agenda().items[0].planned == on(10)


def test_capacity_counts_what_is_done_in_whichever_week_one_looks(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db", Settings(daily_capacity=2)) as desk:
        people = [add(desk, f"P{number:02}", cadence="1w", since=day(11, 1)) for number in range(20)]
        for contact_id in people[:2]:
            desk.interactions.log([contact_id])
        this, later = desk.reading.agenda(), desk.reading.agenda(week_of=on(7))
        assert Counter(one.planned for one in this.items) == {on(count): 2 for count in range(1, 7)}
        assert (this.waiting, this.days[0].done, len(this.done)) == (6, 2, 2)
        assert Counter(one.planned for one in later.items) == {on(count): 2 for count in range(7, 11)}
        assert later.waiting == 0
        assert not set(shown(this)) & set(shown(later))


def test_the_weekend_is_not_left_empty_by_those_for_working_days(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db", Settings(daily_capacity=1)) as desk:
        for number in range(10):
            add(desk, f"Work {number}", cadence="4w workdays", since=day(6, 1))
        friends = [add(desk, f"Friend {number}", cadence="4w", since=day(10, 20)) for number in range(3)]
        agenda = desk.reading.agenda()
        assert [one.item.contact_id for one in agenda.items if one.planned >= on(5)] == friends[:2]
        assert (len(agenda.items), agenda.waiting) == (7, 6)


def test_weeks_before_show_what_was_done_and_weeks_far_off_are_refused(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.interactions.log([ana], on=on(-10), channel="call")
    before = desk.reading.agenda(week_of=on(-10))
    assert [(one.item.contact_id, one.planned, one.item.text) for one in before.done] == [(ana, on(-10), "call")]
    assert before.items == ()
    with pytest.raises(Refused, match="too far"):
        desk.reading.agenda(week_of=on(4000))


# Backlog and forecast


def test_backlog_spread_is_even_previewed_and_one_undo_takes_it_back(desk: Desk) -> None:
    people = [add(desk, f"P{number:03}", cadence="4w", since=day(8, 1)) for number in range(84)]
    preview = desk.triage.backlog()
    assert {item.contact_id for item, _ in preview} == set(people)
    assert Counter(one for _, one in preview) == {on(count): 3 for count in range(28)}
    before = desk.reading.agenda()
    assert len(desk.triage.spread_backlog().ids) == 84
    seen: Counter[str] = Counter()
    for ahead in range(5):
        week = desk.reading.agenda(week_of=on(7 * ahead))
        assert week.waiting == 0
        seen.update(shown(week).keys())
    assert seen == Counter(f"c{one}" for one in people)
    assert desk.triage.backlog() == ()
    desk.keeping.undo()
    assert desk.reading.agenda() == before


def test_backlog_left_alone_for_a_week_does_not_stack_up(desk: Desk) -> None:
    for number in range(84):
        add(desk, f"P{number:03}", cadence="4w", since=day(8, 1))
    desk.triage.spread_backlog()
    later = desk.on(on(7)).reading.agenda()
    assert max(one.load for one in later.days) == 5
    assert len(desk.on(on(7)).triage.backlog()) == 21


def test_forecast_counts_what_was_really_logged(desk: Desk) -> None:
    people = [add(desk, f"P{number}", cadence="1w", since=day(9, 1)) for number in range(4)]
    for ahead in range(4):
        desk.interactions.log(people[:2], on=TODAY - timedelta(weeks=ahead))
    desk.interactions.log(people[:1], on=TODAY)
    desk.interactions.log(people[:1], on=TODAY, outcome="attempt")
    found = desk.triage.forecast()
    assert (found.asked_a_week, found.managed_a_week) == (4.0, 1.0)
    assert [one.contact_id for one in found.stretch[:2]] == people[2:]


# Done, by either front end


def test_done_and_a_line_that_says_more_follow_one_rule(desk: Desk) -> None:
    """Somebody who was reached on a day is not caught up with again on it, however it is said."""
    ana, ben = (add(desk, name, cadence="1w", since=day(11, 1)) for name in ("Ana", "Ben"))
    desk.interactions.log([ana], on=on(-1))
    desk.interactions.log([ana])
    trail = len(desk.keeping.history())
    ways = (
        lambda: desk.triage.done([f"c{ben}", f"c{ana}"]),
        lambda: desk.triage.done([f"c{ana}"], on=on(-1)),
        lambda: desk.capture.settle([f"c{ben}", f"c{ana}"], ""),
        lambda: desk.capture.settle([f"c{ana}"], "coffee"),
        lambda: desk.capture.settle([f"c{ana}"], "call yesterday"),
    )
    for way in ways:
        with pytest.raises(Refused, match="in touch with Ana"):
            way()
    assert len(desk.keeping.history()) == trail
    assert desk.reading.why(ben).last_contact is None


def test_done_honours_day_channel_and_note_as_a_line_does(desk: Desk) -> None:
    ana, ben = (add(desk, name, cadence="1w", since=day(11, 1)) for name in ("Ana", "Ben"))
    desk.triage.done([f"c{ana}"], on=on(-1), channel="coffee", note="at Leo's")
    desk.capture.settle([f"c{ben}"], "coffee yesterday at Leo's")
    (one,), (other,) = (desk.reading.card(contact_id).interactions for contact_id in (ana, ben))
    for found in (one, other):
        assert (found.on, found.channel, found.outcome) == (on(-1), "coffee", "reached")


def test_done_without_an_answer_and_dropped(desk: Desk) -> None:
    ana = add(desk, "Ana", cadence="1w", since=day(11, 1))
    said = desk.triage.done([f"c{ana}"], outcome="attempt", channel="call").said
    assert said == "No answer from Ana; again on Mon 30 Nov 2026"
    with pytest.raises(Refused, match="Nothing is planned with Ana"):
        desk.triage.done([f"c{ana}"], outcome="dropped")
    plan = desk.interactions.log([ana], on=on(2), outcome="planned").id
    assert desk.triage.done([f"i{plan}"], outcome="dropped").said.startswith("Dropped what was planned with Ana")
    with pytest.raises(Refused, match="not an outcome"):
        desk.triage.done([f"c{ana}"], outcome="maybe")


# A verb on several


def test_a_verb_on_several_is_one_step_and_one_refusal_refuses_all(desk: Desk) -> None:
    people = [add(desk, name, cadence="1w", since=day(9, 1)) for name in ("Ana", "Ben", "Cy")]
    alone, items = add(desk, "Dora"), [f"c{one}" for one in people]
    empty = facts(desk.store)
    verbs = (
        lambda ids: desk.triage.done([f"c{one}" for one in ids], note="met"),
        lambda ids: desk.triage.attempt([f"c{one}" for one in ids]),
        lambda ids: desk.triage.snooze([f"c{one}" for one in ids], on(3)),
        lambda ids: desk.triage.move([f"c{one}" for one in ids], on(3)),
        lambda ids: desk.triage.skip([f"c{one}" for one in ids]),
        lambda ids: desk.triage.pause(ids),
        lambda ids: desk.triage.follow_up(ids, "call", on(3)),
        lambda ids: desk.interactions.note(ids, "likes tea"),
        lambda ids: desk.favors.enter("gave", ids),
        lambda ids: desk.people.archive(ids),
        lambda ids: desk.people.set_cadence(ids, "2w"),
        lambda ids: desk.people.join_circle(ids, "climbing"),
    )
    for verb in verbs:
        done = verb(people)
        (step,) = [one for one in desk.keeping.history() if one.verb != "add"]
        assert (step.summary, step.id) == (done.said, done.step)
        assert len(done.ids) == 3
        assert "Ana, Ben and Cy" in done.said
        desk.keeping.undo()
        assert facts(desk.store) == empty
        with pytest.raises(Refused):
            verb([*people, 99])
        assert facts(desk.store) == empty
    with pytest.raises(Refused, match="Dora has no rhythm"):
        desk.triage.skip([f"c{who}" for who in (*people, alone)])
    with pytest.raises(Refused, match="Dora has no rhythm"):
        desk.triage.snooze([*items, f"c{alone}"], on(3))
    assert facts(desk.store) == empty


def test_a_verb_that_writes_nothing_is_no_step(desk: Desk) -> None:
    ana = add(desk, "Ana")
    done = desk.people.unarchive([ana])
    assert (done.said, done.ids, done.step) == ("Brought back Ana", (ana,), None)


def test_resuming_says_what_still_holds(desk: Desk) -> None:
    ana = add(desk, "Ana", cadence="1w", circles=("climbing",))
    desk.triage.pause(everyone=True, until=day(1, 3, 2027))
    desk.triage.pause(circle="climbing")
    desk.triage.pause([ana], until=on(7))
    assert desk.triage.resume([ana]).said == (
        "Resumed Ana; still paused with everyone until Sun 3 Jan 2027 and with the circle climbing until resumed"
    )
    assert desk.triage.resume(circle="climbing").said == (
        "Resumed the circle climbing; still paused with everyone until Sun 3 Jan 2027"
    )
    desk.triage.pause([ana])
    assert desk.triage.resume(everyone=True).said == "Resumed everyone; 1 still paused on their own or with a circle"
    assert desk.triage.resume([ana]).said == "Resumed Ana"


def test_a_birthday_is_not_snoozed_away_and_the_last_day_is_named(desk: Desk) -> None:
    add(desk, "Ana", birthday="11-25")
    with pytest.raises(Refused, match="birthday of Ana would be gone by Thu 3 Dec 2026") as refusal:
        desk.triage.snooze(["d1"], on(10))
    assert refusal.value.advice == "Give a day up to Wed 2 Dec 2026, the last one it shows"


def test_what_would_stay_hidden_is_not_moved_and_the_reason_is_named(desk: Desk) -> None:
    ana = add(desk, "Ana", cadence="1w", since=day(11, 1))
    item = f"c{ana}"
    desk.triage.pause([ana], until=on(9))
    with pytest.raises(Refused, match="Ana is paused until Wed 2 Dec 2026"):
        desk.triage.move([item], on(2))
    desk.triage.resume([ana])
    desk.interactions.log([ana], on=on(3), outcome="planned")
    with pytest.raises(Refused, match="Ana is planned for Thu 26 Nov 2026"):
        desk.triage.move([item], on(2))


def test_rounds_of_a_follow_up_are_skipped_and_ended_and_one_that_comes_once_is_not(desk: Desk) -> None:
    ana = add(desk, "Ana")
    (often,) = desk.triage.follow_up([ana], "water the figs", on(-10), repeat="++1w").ids
    (once,) = desk.triage.follow_up([ana], "send the film", on(1)).ids
    assert desk.triage.skip([f"f{often}"]).said == "Skipped this round of “water the figs”; next due Fri 27 Nov 2026"
    assert desk.reading.agenda().done == ()
    desk.keeping.undo()
    assert {one.item.id: one.item.due for one in desk.reading.agenda().items}[f"f{often}"] == on(-10)
    assert desk.triage.done([f"f{often}"]).said == "Done: water the figs (Ana); next due Fri 27 Nov 2026"
    desk.keeping.undo()
    with pytest.raises(Refused, match="comes once"):
        desk.triage.skip([f"f{once}"])
    assert desk.triage.recurring([f"c{ana}", f"f{often}", f"f{once}"]) == (f"f{often}",)
    assert desk.triage.end([f"f{often}", f"f{once}"]).said == "Ended: water the figs; Dropped: send the film"
    with pytest.raises(Refused, match="no follow-up"):
        desk.triage.end([f"c{ana}"])
    desk.keeping.undo()
    (plan,) = desk.interactions.log([ana], on=on(3), outcome="planned").ids
    before = len(desk.keeping.history(99))
    said = desk.triage.end([f"f{once}", f"i{plan}"]).said
    assert said == "Dropped: send the film; Dropped what was planned with Ana"
    assert len(desk.keeping.history(99)) == before + 1
    assert {item.item.id for item in desk.reading.agenda().items} == {f"f{often}"}
    with pytest.raises(Refused, match="Nothing planned"):
        desk.triage.end([f"i{plan}"])
