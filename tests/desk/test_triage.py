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

# Snooze


def test_snooze_hides_keeps_due_and_counts_the_age_from_it(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.log([ana], on=day(11, 9), today=TODAY)
    desk.snooze([f"c{ana}"], on(7), today=TODAY)
    why = desk.why(ana, today=TODAY)
    assert (why.state, why.due, why.snoozed_until) == (State.SNOOZED, day(11, 16), on(7))
    assert not stands(desk, f"c{ana}", on(6))
    (item,) = desk.agenda(today=on(7)).items
    assert (item.item.due, item.planned, item.overdue_days) == (day(11, 16), on(7), 14)


def test_snooze_after_a_contact_the_same_day_is_refused_a_contact_after_it_voids_it(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.snooze([f"c{ana}"], on(20), today=TODAY)
    desk.log([ana], today=TODAY)
    why = desk.why(ana, today=TODAY)
    assert (why.due, why.snoozed_until) == (on(7), None)
    with pytest.raises(Refused, match="contacted today"):
        desk.snooze([f"c{ana}"], on(20), today=TODAY)
    assert stands(desk, f"c{ana}", on(7))


def test_snooze_comes_back_when_the_contact_that_voided_it_is_deleted(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.snooze([f"c{ana}"], on(20), today=TODAY)
    key = desk.log([ana], today=TODAY)
    desk.unlog(key, today=TODAY)
    assert desk.why(ana, today=TODAY).snoozed_until == on(20)


@pytest.mark.parametrize("until", [TODAY, on(-1)])
def test_snooze_to_today_or_the_past_is_refused(desk: Desk, until: date) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    with pytest.raises(Refused, match="hides nothing"):
        desk.snooze([f"c{ana}"], until, today=TODAY)


def test_snooze_that_would_end_before_due_is_refused(desk: Desk) -> None:
    ana = add(desk, cadence="4w")
    with pytest.raises(Refused, match="Mon 21 Dec 2026"):
        desk.snooze([f"c{ana}"], on(7), today=TODAY)


def test_snooze_of_a_favor_ends_when_its_due_date_changes(desk: Desk) -> None:
    ana = add(desk)
    ask = desk.favor("ask", ana, on=on(-7), today=TODAY)
    desk.snooze([f"v{ask}"], on(20), today=TODAY)
    assert not stands(desk, f"v{ask}", TODAY)
    desk.favor_nudge(ask, today=TODAY)
    assert shown(desk.agenda(today=on(7)))[f"v{ask}"] == (on(7), on(7))


# Skip


def test_skip_once_or_twice_a_day_is_one_round(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    for _ in range(2):
        desk.skip([ana], today=TODAY)
        assert desk.why(ana, today=TODAY).due == on(7)
    assert desk.card(ana, today=TODAY).interactions == ()


def test_skip_before_a_change_of_rhythm_is_forgotten_one_after_it_counts(desk: Desk) -> None:
    ana = add(desk, cadence="8w", since=day(9, 1))
    desk.log([ana], on=day(9, 1), today=TODAY)
    desk.skip([ana], today=on(-4))
    desk.set_cadence([ana], "2w", today=on(-2))
    assert desk.why(ana, today=TODAY).due == on(-2)
    desk.skip([ana], today=TODAY)
    assert desk.why(ana, today=TODAY).due == on(14)


# Pause


def test_pause_of_one_a_circle_or_everyone_hides_rhythms_only(desk: Desk) -> None:
    ana = add(desk, "Ana", cadence="1w", since=day(11, 1), circles=("work",))
    ben = add(desk, "Ben", cadence="1w", since=day(11, 1))
    promise = desk.favor("promise", ana, due=TODAY, today=TODAY)
    always = {f"v{promise}"}
    assert desk.counts(today=TODAY).due == 3
    for pause, hidden in (
        ({"contact_ids": [ana]}, {f"c{ana}"}),
        ({"circle": "Work"}, {f"c{ana}"}),
        ({"everyone": True}, {f"c{ana}", f"c{ben}"}),
    ):
        desk.pause(**pause, until=on(10), today=TODAY)  # type: ignore[arg-type]
        assert set(shown(desk.agenda(today=TODAY))) == {f"c{ana}", f"c{ben}"} - hidden | always
        assert desk.why(ana, today=TODAY).state is State.PAUSED
        assert set(shown(desk.agenda(today=on(10)))) == {f"c{ana}", f"c{ben}"} | always
        desk.resume(**pause, today=TODAY)  # type: ignore[arg-type]
        assert set(shown(desk.agenda(today=TODAY))) == {f"c{ana}", f"c{ben}"} | always


def test_pause_of_everyone_leaves_their_rhythms_out_of_what_is_counted_as_due(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.favor("promise", ana, due=TODAY, today=TODAY)
    found = desk.counts(today=TODAY)
    assert (found.contacts, found.loops, found.due) == (1, 1, 2)
    desk.pause(everyone=True, until=on(10), today=TODAY)
    assert (desk.counts(today=TODAY).due, desk.counts(today=on(10)).due) == (1, 2)


def test_pause_without_an_end_lasts_until_resumed(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.pause(contact_ids=[ana], today=TODAY)
    assert not stands(desk, f"c{ana}", day(11, 23, 2035))
    assert "paused until resumed" in desk.why(ana, today=TODAY).steps
    desk.resume(contact_ids=[ana], today=TODAY)
    assert stands(desk, f"c{ana}", TODAY)


def test_pause_of_nobody_or_into_the_past_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nobody"):
        desk.pause(until=on(3), today=TODAY)
    with pytest.raises(Refused, match="pauses nothing"):
        desk.pause(everyone=True, until=TODAY, today=TODAY)
    with pytest.raises(Refused, match="no circle"):
        desk.pause(circle="nowhere", today=TODAY)


def test_pause_of_everyone_leaves_nothing_to_spread(desk: Desk) -> None:
    add(desk, cadence="1w", since=day(9, 1))
    desk.pause(everyone=True, until=on(10), today=TODAY)
    assert desk.backlog(today=TODAY) == ()
    assert desk.spread_backlog(today=TODAY) == 0
    assert desk.history()[0].verb == "pause"


# Archive, never, occasion


@pytest.mark.parametrize("way", ["archived", "deceased", "occasion", "never"])
def test_archive_never_and_occasion_hide_rhythm_and_dates_and_come_back_without_backlog(desk: Desk, way: str) -> None:
    ana = add(desk, cadence="1w", since=day(6, 1), birthday="11-25")
    promise = desk.favor("promise", ana, due=TODAY, today=TODAY)
    desk.log([ana], on=day(6, 10), today=TODAY)
    assert set(shown(desk.agenda(today=TODAY))) == {f"c{ana}", "d1", f"v{promise}"}
    put = desk.set_status if way in ("archived", "deceased") else desk.set_mode
    put([ana], way, today=TODAY)
    left = {"d1"} if way == "deceased" else {f"v{promise}"}
    assert set(shown(desk.agenda(today=TODAY))) == left
    assert len(desk.card(ana, today=TODAY).interactions) == 1
    put([ana], "active" if way in ("archived", "deceased") else "rhythm", today=on(1))
    assert shown(desk.agenda(today=on(1)))[f"c{ana}"] == (on(1), on(1))
    assert desk.why(ana, today=on(1)).state is State.DUE


def test_coming_back_by_a_form_makes_no_backlog_either(desk: Desk) -> None:
    from planner.desk import ContactDraft

    ana = add(desk, cadence="1w", since=day(6, 1))
    desk.edit_contact(ana, ContactDraft(mode="occasion"), today=TODAY)
    desk.edit_contact(ana, ContactDraft(mode="rhythm"), today=on(2))
    assert desk.why(ana, today=on(2)).due == on(2)


def test_coming_back_twice_or_changing_nothing_moves_nothing(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    due = desk.why(ana, today=TODAY).due
    desk.set_mode([ana], "rhythm", today=TODAY)
    desk.unarchive([ana], today=TODAY)
    assert desk.why(ana, today=TODAY).due == due == day(11, 8)
    assert [one.verb for one in desk.history()] == ["add"]


# Cadence set or changed, cadence by circle


def test_cadence_changed_to_the_same_keeps_its_day_and_its_snooze(desk: Desk) -> None:
    ana = add(desk, cadence="4w", since=day(9, 1))
    desk.snooze([f"c{ana}"], on(7), today=TODAY)
    desk.set_cadence([ana], "every 4 weeks", today=TODAY)
    desk.capture("Ana: again 4w", today=TODAY)
    assert desk.why(ana, today=TODAY).snoozed_until == on(7)
    desk.set_cadence([ana], "2w", today=TODAY)
    assert desk.why(ana, today=TODAY).snoozed_until is None


def test_cadence_by_circle_counts_from_joining_or_from_the_day_it_was_set(desk: Desk) -> None:
    desk.set_circle_cadence("work", "4w", today=day(9, 1))
    ana = add(desk, circles=("work",), today=day(10, 1))
    assert (desk.why(ana, today=TODAY).due, desk.why(ana, today=TODAY).cadence_from) == (day(10, 29), "circle:work")
    desk.set_circle_cadence("work", "1w", today=TODAY)
    assert desk.why(ana, today=TODAY).due == on(7)
    desk.join_circle([ana], "family", today=TODAY)
    desk.set_circle_cadence("family", "3d", today=TODAY)
    assert desk.why(ana, today=TODAY).cadence_from == "circle:family"
    desk.leave_circle([ana], "family", today=TODAY)
    desk.set_circle_cadence("work", "none", today=TODAY)
    assert desk.why(ana, today=TODAY).state is State.NONE


def test_cadence_by_circle_of_a_long_known_member_starts_that_day(desk: Desk) -> None:
    ana = add(desk, circles=("work",), today=day(1, 1))
    desk.log([ana], on=day(6, 1), today=TODAY)
    desk.set_circle_cadence("work", "2w", today=TODAY)
    assert desk.why(ana, today=TODAY).due == TODAY
    assert "new rhythm" in desk.agenda(today=TODAY).items[0].why


def test_own_cadence_wins_and_inherit_gives_the_circles_back(desk: Desk) -> None:
    desk.set_circle_cadence("work", "1w", today=day(9, 1))
    ana = add(desk, circles=("work",), cadence="none", today=day(9, 1))
    assert desk.why(ana, today=TODAY).state is State.NONE
    desk.set_cadence([ana], "inherit", today=TODAY)
    assert desk.why(ana, today=TODAY).cadence_from == "circle:work"


# Working days


def test_working_days_move_rhythms_but_neither_dates_nor_promises(tmp_path: Path) -> None:
    settings = Settings(days_off=frozenset({day(12, 25)}))
    with open_desk(tmp_path / "planner.db", settings) as desk:
        ana = add(desk, cadence="1w workdays", since=day(12, 1), birthday="12-26")
        desk.log([ana], on=day(12, 18), today=day(12, 18))
        promise = desk.favor("promise", ana, due=day(12, 27), today=day(12, 18))
        found = shown(desk.agenda(today=day(12, 21)))
        assert desk.why(ana, today=day(12, 21)).due == day(12, 28)
        assert (found["d1"][0], found[f"v{promise}"][0]) == (day(12, 26), day(12, 27))
    with open_desk(tmp_path / "planner.db") as desk:
        assert desk.why(ana, today=day(12, 21)).due == day(12, 25)
        assert shown(desk.agenda(today=day(12, 21)))[f"c{ana}"] == (day(12, 25), day(12, 25))


# The week plan


def test_a_day_chosen_by_hand_stays_until_the_round_is_another(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.move([f"c{ana}"], on(4), today=TODAY)
    assert shown(desk.agenda(today=TODAY)) == {f"c{ana}": (day(11, 8), on(4))}
    desk.move([f"c{ana}"], on(9), today=TODAY)
    assert shown(desk.agenda(today=TODAY)) == {}
    assert shown(desk.agenda(today=TODAY, week_of=on(9))) == {f"c{ana}": (day(11, 8), on(9))}
    key = desk.log([ana], today=TODAY)
    assert shown(desk.agenda(today=on(7))) == {f"c{ana}": (on(7), on(7))}
    desk.unlog(key, today=TODAY)
    assert desk.agenda(today=on(10)).items[0].planned == on(10)


def test_capacity_counts_what_is_done_in_whichever_week_one_looks(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db", Settings(daily_capacity=2)) as desk:
        people = [add(desk, f"P{number:02}", cadence="1w", since=day(11, 1)) for number in range(20)]
        for contact_id in people[:2]:
            desk.log([contact_id], today=TODAY)
        this, later = desk.agenda(today=TODAY), desk.agenda(today=TODAY, week_of=on(7))
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
        agenda = desk.agenda(today=TODAY)
        assert [one.item.contact_id for one in agenda.items if one.planned >= on(5)] == friends[:2]
        assert (len(agenda.items), agenda.waiting) == (7, 6)


def test_weeks_before_show_what_was_done_and_weeks_far_off_are_refused(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.log([ana], on=on(-10), channel="call", today=TODAY)
    before = desk.agenda(today=TODAY, week_of=on(-10))
    assert [(one.item.contact_id, one.planned, one.item.text) for one in before.done] == [(ana, on(-10), "call")]
    assert before.items == ()
    with pytest.raises(Refused, match="too far"):
        desk.agenda(today=TODAY, week_of=on(4000))


# Backlog and forecast


def test_backlog_spread_is_even_previewed_and_one_undo_takes_it_back(desk: Desk) -> None:
    people = [add(desk, f"P{number:03}", cadence="4w", since=day(8, 1)) for number in range(84)]
    preview = desk.backlog(today=TODAY)
    assert {item.contact_id for item, _ in preview} == set(people)
    assert Counter(one for _, one in preview) == {on(count): 3 for count in range(28)}
    before = desk.agenda(today=TODAY)
    assert desk.spread_backlog(today=TODAY) == 84
    seen: Counter[str] = Counter()
    for ahead in range(5):
        week = desk.agenda(today=TODAY, week_of=on(7 * ahead))
        assert week.waiting == 0
        seen.update(shown(week).keys())
    assert seen == Counter(f"c{one}" for one in people)
    assert desk.backlog(today=TODAY) == ()
    desk.undo(today=TODAY)
    assert desk.agenda(today=TODAY) == before


def test_backlog_left_alone_for_a_week_does_not_stack_up(desk: Desk) -> None:
    for number in range(84):
        add(desk, f"P{number:03}", cadence="4w", since=day(8, 1))
    desk.spread_backlog(today=TODAY)
    later = desk.agenda(today=on(7))
    assert max(one.load for one in later.days) == 5
    assert len(desk.backlog(today=on(7))) == 21


def test_forecast_counts_what_was_really_logged(desk: Desk) -> None:
    people = [add(desk, f"P{number}", cadence="1w", since=day(9, 1)) for number in range(4)]
    for ahead in range(4):
        desk.log(people[:2], on=TODAY - timedelta(weeks=ahead), today=TODAY)
    desk.log(people[:1], on=TODAY, today=TODAY)
    desk.log(people[:1], on=TODAY, outcome="attempt", today=TODAY)
    found = desk.forecast(today=TODAY)
    assert (found.asked_a_week, found.managed_a_week) == (4.0, 1.0)
    assert [one.contact_id for one in found.stretch[:2]] == people[2:]
