"""The plan of a week, case by case and for any items. 23 November 2026 is a Monday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import Agenda, ItemKind, OpenItem, Settings
from planner.core.rhythm.agenda import (
    Week,
    backlog_days,
    backlog_is_large,
    forecast,
    is_shown,
    look_ahead,
    plan,
    side_by_side,
)
from tests.cases import case

TODAY = date(2026, 11, 23)
SETTINGS = Settings()
THIS_WEEK = Week.of(TODAY, SETTINGS)
FIXED = [kind for kind in ItemKind if kind is not ItemKind.CADENCE]


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def friend(number: int, due: int = -7, ideal: int = 28, **more: object) -> OpenItem:
    """A rhythm, due some days from today."""
    values = {"worst": on(due + ideal // 2), "ideal_days": ideal, "contact_name": f"Friend {number:03}", **more}
    return OpenItem(f"c{number}", ItemKind.CADENCE, number, on(due), **values)  # type: ignore[arg-type]


def fixed(number: int, due: int, kind: ItemKind = ItemKind.PROMISE, **more: object) -> OpenItem:
    return OpenItem(f"v{number}", kind, number, on(due), contact_name=f"Friend {number:03}", **more)  # type: ignore[arg-type]


def planned(items: Sequence[OpenItem], week: Week = THIS_WEEK, settings: Settings = SETTINGS, **more: object) -> Agenda:
    return plan(items, today=TODAY, week=week, settings=settings, **more)  # type: ignore[arg-type]


def days(agenda: Agenda) -> dict[str, int]:
    """How many days from today each item stands."""
    return {found.item.id: (found.planned - TODAY).days for found in agenda.items}


# Where things stand


def test_fixed_items_sit_on_their_day_overdue_ones_on_today() -> None:
    agenda = planned([fixed(1, -30), fixed(2, 0), fixed(3, 4), fixed(4, 6, ItemKind.FOLLOWUP)])
    assert days(agenda) == {"v1": 0, "v2": 0, "v3": 4, "v4": 6}
    assert [found.overdue_days for found in agenda.items] == [30, 0, 0, 0]


def test_fixed_items_of_the_coming_seven_days_show_across_the_weeks_end() -> None:
    saturday = on(5)
    week = Week.of(saturday, SETTINGS)
    items = [fixed(1, 12), fixed(2, 13), friend(3, 8)]
    assert days(plan(items, today=saturday, week=week, settings=SETTINGS)) == {"v1": 12}


def test_dates_have_a_lead_time_of_their_own_which_may_be_shorter_than_a_week() -> None:
    for lead, shown in [(0, [1]), (3, [1, 3]), (7, [1, 3, 7]), (14, [1, 3, 7, 8, 14])]:
        with case(lead, shown):
            saturday, settings = on(5), Settings(date_lead_days=lead)
            items = [fixed(number, 5 + number, ItemKind.DATE) for number in (1, 3, 7, 8, 14, 15)]
            agenda = plan(items, today=saturday, week=Week.of(saturday, settings), settings=settings)
            assert [found.item.contact_id for found in agenda.items] == shown


def test_look_ahead_reaches_past_the_end_of_this_week_only() -> None:
    later = Week.of(on(7), SETTINGS)
    assert look_ahead(THIS_WEEK, TODAY, SETTINGS) == on(7)
    assert look_ahead(later, TODAY, SETTINGS) == later.end
    assert look_ahead(THIS_WEEK, TODAY, SETTINGS, ItemKind.CADENCE) == THIS_WEEK.end


def test_rhythms_go_to_the_first_day_with_room_most_urgent_first() -> None:
    agenda = planned([friend(number, due=-number) for number in range(1, 13)])
    assert [found.item.contact_id for found in agenda.items] == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert [(found.planned - TODAY).days for found in agenda.items] == [0] * 5 + [1] * 5 + [2] * 2


def test_rhythms_never_stand_before_they_are_due() -> None:
    assert days(planned([friend(1, 3), friend(2, 6), friend(3, 7)])) == {"c1": 3, "c2": 6}


def test_fixed_items_take_room_from_rhythms_and_may_exceed_the_capacity() -> None:
    agenda = planned([*(fixed(number, 0) for number in range(1, 8)), friend(9)])
    assert days(agenda)["c9"] == 1
    assert (agenda.days[0].load, agenda.days[0].capacity) == (7, 5)


def test_what_is_done_takes_room_today() -> None:
    done = [friend(number, settled_on=TODAY) for number in range(20, 24)]
    agenda = planned([friend(1, -9), friend(2, -8)], done=done)
    assert days(agenda) == {"c1": 0, "c2": 1}
    assert (agenda.days[0].load, agenda.days[0].done) == (5, 4)
    assert [found.item.id for found in agenda.done] == ["c20", "c21", "c22", "c23"]


def test_what_does_not_fit_this_week_is_counted() -> None:
    agenda = planned([friend(number) for number in range(1, 50)])
    assert (len(agenda.items), agenda.waiting) == (35, 14)


def test_what_does_not_fit_is_counted_where_only_the_most_urgent_were_read() -> None:
    agenda = planned([friend(number) for number in range(1, 36)], rhythms_due=120)
    assert (len(agenda.items), agenda.waiting) == (35, 85)


def test_rhythms_for_working_days_leave_the_weekend_free() -> None:
    agenda = planned([friend(number, working_days=True) for number in range(1, 40)])
    assert Counter(days(agenda).values()) == {0: 5, 1: 5, 2: 5, 3: 5, 4: 5}
    assert agenda.waiting == 14


def test_no_capacity_at_all_leaves_every_rhythm_waiting() -> None:
    agenda = planned([friend(1), fixed(2, 0)], settings=Settings(daily_capacity=0))
    assert (days(agenda), agenda.waiting) == ({"v2": 0}, 1)


# A day chosen by hand


def test_a_day_chosen_by_hand_stays() -> None:
    agenda = planned([friend(1, chosen_day=on(3)), fixed(2, -4, chosen_day=on(2)), friend(3, 5, chosen_day=on(1))])
    assert days(agenda) == {"c1": 3, "v2": 2, "c3": 1}


def test_days_chosen_by_hand_may_exceed_the_capacity() -> None:
    agenda = planned([*(friend(number, chosen_day=on(2)) for number in range(1, 8)), friend(9, 2)])
    assert days(agenda) == {**{f"c{number}": 2 for number in range(1, 8)}, "c9": 3}


def test_a_day_chosen_in_another_week_shows_there_and_does_not_wait_here() -> None:
    items = [friend(1, chosen_day=on(9)), friend(2)]
    assert (days(planned(items)), planned(items).waiting) == ({"c2": 0}, 0)
    assert days(planned(items, Week.of(on(9), SETTINGS))) == {"c1": 9}


def test_rhythms_whose_chosen_day_has_passed_do_not_stack_up_on_today() -> None:
    agenda = planned([friend(number, chosen_day=on(-1 - number % 5)) for number in range(1, 21)])
    assert Counter(days(agenda).values()) == {0: 5, 1: 5, 2: 5, 3: 5}


def test_a_promise_whose_chosen_day_has_passed_stands_today() -> None:
    assert days(planned([fixed(1, -9, chosen_day=on(-2))])) == {"v1": 0}


# Weeks before and after


def test_a_week_before_shows_what_was_done_and_nothing_open() -> None:
    last_week = Week.of(on(-7), SETTINGS)
    done = [friend(7, settled_on=on(-5)), friend(8, settled_on=on(1))]
    agenda = planned([friend(1), fixed(2, -5)], last_week, done=done)
    assert (agenda.items, agenda.waiting) == ((), 0)
    assert [(found.item.id, found.planned) for found in agenda.done] == [("c7", on(-5))]


def test_every_rhythm_stands_in_one_week_and_only_one() -> None:
    items = [friend(number, due=-40 + number) for number in range(1, 90)]
    done = [friend(100 + number, settled_on=TODAY) for number in range(4)]
    seen: Counter[str] = Counter()
    for ahead in range(4):
        agenda = planned(items, Week.of(on(7 * ahead), SETTINGS), done=done)
        seen.update(days(agenda).keys())
        assert agenda.waiting == sum(item.due <= agenda.end for item in items) - sum(seen.values())
    assert seen == Counter(f"c{number}" for number in range(1, 90) if -40 + number <= 27)


def test_the_week_starts_where_the_person_says() -> None:
    for first, start in [(0, on(0)), (6, on(-1)), (1, on(-6)), (5, on(-2))]:
        with case(first, start):
            week = Week.of(TODAY, Settings(week_start=first))
            assert (week.start, week.end) == (start, start + timedelta(days=6))
            assert TODAY in week
            assert len(week.days()) == 7


# Order


def test_the_order_is_by_day_then_urgency_then_name() -> None:
    items = [
        friend(1, contact_name="Zoe"),
        friend(2, contact_name="Ana"),
        friend(3, -200, ideal=7),
        fixed(4, -1),
        fixed(5, 1, ItemKind.NEED),
    ]
    assert [found.item.id for found in planned(items).items] == ["v4", "c3", "c2", "c1", "v5"]


def test_a_late_promise_comes_before_the_rhythm_furthest_behind() -> None:
    agenda = planned([friend(1, -36500, ideal=1), fixed(2, -1)])
    assert [found.item.id for found in agenda.items] == ["v2", "c1"]


# Backlog


def test_backlog_spread_is_even_over_each_interval_most_urgent_first() -> None:
    items = [friend(number, -number, ideal=28) for number in range(1, 57)]
    spread = backlog_days(items, TODAY, SETTINGS)
    assert Counter(day for _, day in spread) == {on(count): 2 for count in range(28)}
    assert [item.contact_id for item, _ in spread] == list(range(56, 0, -1))


def test_backlog_spread_of_few_leaves_even_gaps() -> None:
    items = [friend(number, -number, ideal=28) for number in range(1, 5)]
    assert [(day - TODAY).days for _, day in backlog_days(items, TODAY, SETTINGS)] == [0, 7, 14, 21]


def test_backlog_spread_of_working_days_takes_working_days_only() -> None:
    items = [friend(number, -number, ideal=14, working_days=True) for number in range(1, 21)]
    spread = Counter(day for _, day in backlog_days(items, TODAY, SETTINGS))
    assert spread == {on(count): 2 for count in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)}
    holidays = Settings(days_off=frozenset(on(count) for count in range(14)))
    assert {day for _, day in backlog_days(items, TODAY, holidays)} == {on(14)}


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from([1, 7, 14, 28, 90, 365])), max_size=80))
def test_backlog_spread_loses_none_doubles_none_and_keeps_within_the_interval(given: list[tuple[int, int]]) -> None:
    items = [friend(number, -past, ideal=ideal) for number, (past, ideal) in enumerate(given)]
    spread = backlog_days(items, TODAY, SETTINGS)
    assert sorted(item.id for item, _ in spread) == sorted(item.id for item in items)
    for length in {ideal for _, ideal in given}:
        own = [(item, day) for item, day in spread if item.ideal_days == length]
        counts = Counter(day for _, day in own)
        assert all(TODAY <= day < on(length) for day in counts)
        assert max(counts.values()) <= -(-len(own) // length)
        assert [item.due for item, _ in own] == sorted(item.due for item, _ in own)
    assert [day for _, day in spread] == sorted(day for _, day in spread)


def test_backlog_is_worth_spreading_beyond_two_weeks_of_capacity() -> None:
    assert not backlog_is_large(70, SETTINGS)
    assert backlog_is_large(71, SETTINGS)


# Forecast


def test_forecast_sums_what_the_rhythms_ask_for_and_what_was_managed() -> None:
    found = forecast([*(friend(number, ideal=7) for number in range(8)), friend(9, ideal=14)], 40, 56, TODAY)
    assert (found.asked_a_week, found.managed_a_week) == (8.5, 5.0)


def test_forecast_stretches_as_few_as_close_the_gap_those_furthest_behind_first() -> None:
    items = [friend(number, -number, ideal=7) for number in range(1, 9)]
    found = forecast(items, 48, 56, TODAY)
    assert [(one.contact_id, one.ideal_days, one.proposed_days) for one in found.stretch] == [
        (8, 7, 14), (7, 7, 14), (6, 7, 14), (5, 7, 14),
    ]  # fmt: skip
    assert forecast(items, 64, 56, TODAY).stretch == ()
    assert len(forecast([friend(number, ideal=1) for number in range(50)], 0, 56, TODAY).stretch) == 10


def test_forecast_of_nobody_asks_for_nothing() -> None:
    found = forecast([], 0, 0, TODAY)
    assert (found.asked_a_week, found.managed_a_week, found.stretch) == (0, 0, ())


# Whatever the items


@st.composite
def any_items(draw: st.DrawFn) -> list[OpenItem]:
    found = []
    for number in range(draw(st.integers(0, 30))):
        kind = draw(st.sampled_from(ItemKind))
        rhythm = kind is ItemKind.CADENCE
        far = st.none() | st.integers(-10, 30).map(on)
        found.append(
            OpenItem(
                id=f"{'c' if rhythm else 'x'}{number}",
                kind=kind,
                contact_id=number if rhythm else draw(st.integers(0, 30)),
                due=on(draw(st.integers(-60, 30))),
                worst=on(draw(st.integers(-50, 60))),
                ideal_days=draw(st.sampled_from([1, 7, 28, 365])) if rhythm else None,
                hidden_until=draw(far),
                paused_until=draw(far),
                planned_on=draw(far) if rhythm else None,
                chosen_day=draw(far),
                working_days=draw(st.booleans()),
                contact_name=draw(st.sampled_from(["Ana", "Ben", "Cy"])),
            )
        )
    return found


@given(any_items(), st.integers(0, 4), st.integers(0, 3), st.randoms(use_true_random=False))
def test_each_item_stands_once_whatever_their_order(
    items: list[OpenItem], capacity: int, ahead: int, random: Random
) -> None:
    settings, week = Settings(daily_capacity=capacity), Week.of(on(7 * ahead), SETTINGS)
    agenda = planned(items, week, settings)
    ids = [found.item.id for found in agenda.items]
    assert len(ids) == len(set(ids))
    shuffled = list(items)
    random.shuffle(shuffled)
    assert planned(shuffled, week, settings) == agenda
    by_id = {item.id: item for item in items}
    for found in agenda.items:
        item = by_id[found.item.id]
        assert is_shown(item, settings, TODAY, None)
        assert found.planned >= TODAY
        assert week.start <= found.planned
        if item.chosen_day is not None and item.chosen_day >= TODAY:
            assert found.planned == item.chosen_day
        elif item.kind is ItemKind.CADENCE:
            assert found.planned >= item.due
            beside = {one.planned for one in agenda.items if one.item.kind in FIXED} if found.joined else set()
            assert not found.joined or (found.planned in beside and item.worst and found.planned <= item.worst)
            assert not (item.working_days and found.planned.weekday() > 4)
        elif item.chosen_day is None:
            assert found.planned == max(item.due, TODAY)


@given(any_items(), st.integers(0, 4), st.integers(0, 7))
def test_rhythms_never_exceed_the_capacity_and_none_that_is_due_is_lost(
    items: list[OpenItem], capacity: int, finished: int
) -> None:
    settings = Settings(daily_capacity=capacity)
    done = [friend(500 + number, settled_on=TODAY) for number in range(finished)]
    agenda = planned(items, settings=settings, done=done)
    load: Counter[date] = Counter(found.planned for found in agenda.items if not found.joined)
    load[TODAY] += finished
    for found in agenda.items:
        by_hand = found.item.chosen_day is not None and found.item.chosen_day >= TODAY
        if found.item.kind is ItemKind.CADENCE and not by_hand and not found.joined:
            assert load[found.planned] <= capacity
    shown = {item.id for item in items if is_shown(item, settings, TODAY, None)}
    due = {
        item.id
        for item in items
        if item.id in shown
        and item.kind is ItemKind.CADENCE
        and item.due <= THIS_WEEK.end
        and not (item.chosen_day is not None and item.chosen_day >= TODAY)
    }
    stand = {found.item.id for found in agenda.items}
    assert agenda.waiting == len(due - stand)
    assert {
        item.id
        for item in items
        if item.id in shown and item.kind in FIXED and item.due <= TODAY and item.chosen_day is None
    } <= stand


@given(any_items(), st.integers(1, 4))
def test_a_more_urgent_rhythm_waits_only_for_one_that_turns_late(items: list[OpenItem], capacity: int) -> None:
    plain = [replace(item, chosen_day=None, working_days=False) for item in items]
    agenda = planned(plain, settings=Settings(daily_capacity=capacity))
    rhythms = [found for found in agenda.items if found.item.kind is ItemKind.CADENCE and found.item.due <= TODAY]
    alone = [found for found in rhythms if not found.joined]
    for one in alone:
        for other in alone:
            if one.urgency > other.urgency and one.planned > other.planned:
                assert other.item.worst is not None
                assert TODAY <= other.item.worst <= other.planned
    fixed_load = Counter(found.planned for found in agenda.items if found.item.kind in FIXED)
    for day in THIS_WEEK.days():
        turning = [one for one in alone if one.planned == day and one.item.worst and TODAY <= one.item.worst <= day]
        others = [one for one in alone if one.planned > day and one not in turning]
        free = max(0, capacity - fixed_load[day])
        # More than half of the places go to those that turn late only where nobody else waits for one.
        least = max((one.urgency for one in others), default=-1.0)
        assert len([one for one in turning if one.urgency < least]) <= (free + 1) // 2


# Within due and worst, and one visit a person


def test_those_that_turn_late_today_take_half_of_the_places_rounded_up() -> None:
    late = [friend(number, due=-80) for number in range(1, 8)]
    turning = [friend(number, due=-2, ideal=4) for number in range(11, 16)]
    found = days(planned([*late, *turning]))
    today = {item for item, day in found.items() if day == 0}
    assert today == {"c11", "c12", "c13", "c1", "c2"}
    # A promise takes one of the five places: two of the four that are left go to those that turn late.
    found = days(planned([*late, *turning, fixed(99, 0)]))
    assert {item for item, day in found.items() if day == 0} == {"v99", "c11", "c12", "c1", "c2"}


def test_who_turns_late_on_a_day_to_come_is_served_by_then_not_before() -> None:
    late = [friend(number, due=-80) for number in range(1, 30)]
    found = days(planned([*late, friend(50, due=-1, ideal=30, worst=on(3))]))
    assert found["c50"] == 3


def test_ties_go_by_worst_then_due_then_name() -> None:
    tied = [
        friend(1, due=0, worst=on(9)), friend(2, due=0, worst=on(4)), friend(3, due=0, worst=on(4), contact_name="Abe"),
    ]  # fmt: skip
    found = days(planned(tied, settings=Settings(daily_capacity=1)))
    assert sorted(found, key=lambda item: found[item]) == ["c3", "c2", "c1"]


def test_a_rhythm_joins_what_is_fixed_with_the_same_person_and_takes_no_place() -> None:
    people = [friend(number, due=0) for number in range(1, 8)]
    agenda = planned([*people, fixed(7, 1), fixed(7, 3)])
    found = days(agenda)
    assert (found["c7"], found["v7"]) == (1, 3)
    assert sum(day == 0 for day in found.values()) == 5
    assert [one.item.id for one in agenda.items if one.joined] == ["c7"]
    assert agenda.days[1].load == 2
    tomorrow = [one for one in agenda.items if one.planned == on(1)]
    assert [one.item.id for one in side_by_side(tomorrow)] == ["v7", "c7", "c6"]
    assert [one.item.id for one in side_by_side([one for one in tomorrow if one.item.id != "v7"])] == ["c6", "c7"]


def test_a_rhythm_joins_nothing_after_worst_before_due_or_on_a_day_it_does_not_work() -> None:
    for due, worst, day, works, expected in [
        (0, 2, 3, False, 0), (3, 9, 1, False, 3), (-9, -1, 0, False, 0), (0, 9, 5, True, 0), (0, 9, 5, False, 5),
    ]:  # fmt: skip
        with case(due, worst, day, works):
            agenda = planned([friend(1, due=due, worst=on(worst), working_days=works), fixed(1, day)])
            assert days(agenda)["c1"] == expected
            assert [one.joined for one in agenda.items if one.item.id == "c1"] == [day == expected and worst >= day]


def test_a_rhythm_that_joins_a_later_week_waits_there_and_is_counted_here() -> None:
    items = [friend(1, due=0, worst=on(20)), fixed(1, 10)]
    agenda, later = planned(items), planned(items, Week.of(on(10), SETTINGS))
    assert (days(agenda), agenda.waiting) == ({}, 1)
    assert (days(later), later.waiting) == ({"c1": 10, "v1": 10}, 0)
