"""When to be in touch again, case by case. 23 November 2026 is a Monday."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.core.model import CircleCadence, ItemKind, Mode, OpenItem, RhythmFacts, Settings, Snooze, State, Status
from planner.core.rhythm.cadence import Cadence, parse_cadence
from planner.core.rhythm.due import (
    Rhythm,
    chosen,
    effective_cadence,
    ideal_length,
    item_state,
    keep_in_touch,
    rhythm_item,
    spread_days,
)
from tests.cases import case

TODAY = date(2026, 11, 23)
SETTINGS = Settings()


def day(month: int, day_of_month: int, year: int = 2026) -> date:
    return date(year, month, day_of_month)


SINCE = day(9, 1)


def facts(cadence: str | None = "4w", since: date | None = SINCE, **more: object) -> RhythmFacts:
    return RhythmFacts(contact_id=5, uid="uid-5", cadence=cadence, cadence_since=since, **more)  # type: ignore[arg-type]


def rhythm(known: RhythmFacts, today: date | None = TODAY, settings: Settings = SETTINGS) -> Rhythm:
    found = keep_in_touch(known, settings, today)
    assert found is not None
    return found


def due(known: RhythmFacts, today: date | None = TODAY, settings: Settings = SETTINGS) -> date:
    return rhythm(known, today, settings).due


def state(known: RhythmFacts, today: date = TODAY, everyone: date | None = None) -> State:
    item = rhythm_item(known, SETTINGS, today)
    return item_state(item, SETTINGS, today, everyone) if item is not None else State.NONE


def snoozed(known: RhythmFacts, until: date, on: date = TODAY) -> RhythmFacts:
    """The facts with a snooze more, made as the desk makes it: under the cadence in force."""
    effective = effective_cadence(known)
    assert effective is not None
    made = Snooze(len(known.snoozes) + 1, until, on, effective.key)
    return replace(known, snoozes=(*known.snoozes, made))


# Last contact


def test_last_contact_is_the_latest_day_reached_up_to_today() -> None:
    known = facts(reached=(day(10, 1), day(11, 2), day(9, 5)))
    assert rhythm(known).last_contact == day(11, 2)
    assert due(known) == day(11, 30)


def test_last_contact_leaves_out_what_is_dated_after_today() -> None:
    known = facts(reached=(day(10, 1), day(11, 25)))
    assert (rhythm(known).last_contact, due(known)) == (day(10, 1), day(10, 29))
    assert rhythm(known, today=day(11, 25)).last_contact == day(11, 25)


def test_last_contact_edited_deleted_or_backdated_moves_due_back_too() -> None:
    for reached, expected in [
        ((day(10, 20), day(11, 16)), day(12, 14)),
        ((day(10, 20),), day(11, 17)),
        ((day(10, 20), day(11, 2)), day(11, 30)),
        ((day(9, 10), day(10, 20)), day(11, 17)),
        ((), day(9, 29)),
    ]:
        with case(reached, expected):
            assert due(facts(reached=reached)) == expected


# Keep-in-touch due and its states


def test_keep_in_touch_due_and_worst_and_each_state_from_day_to_day() -> None:
    known = facts(reached=(day(11, 2),))
    assert (due(known), rhythm(known).worst) == (day(11, 30), day(12, 14))
    days = (day(11, 26), day(11, 27), day(11, 29), day(11, 30), day(12, 14), day(12, 15))
    assert [state(known, one) for one in days] == [State.FINE, State.SOON, State.SOON, State.DUE, State.DUE, State.LATE]


def test_keep_in_touch_worst_is_one_and_a_half_times_in_whole_days() -> None:
    for cadence, expected_due, expected_worst in [
        ("4w/6w", day(11, 30), day(12, 14)),
        ("4w/4w", day(11, 30), day(11, 30)),
        ("1w", day(11, 9), day(11, 12)),
        ("1d", day(11, 3), day(11, 3)),
        ("1m", day(12, 2), day(12, 17)),
        ("1m/2m", day(12, 2), day(1, 2, 2027)),
        ("10d", day(11, 12), day(11, 17)),
    ]:
        with case(cadence, expected_due, expected_worst):
            found = rhythm(facts(cadence, reached=(day(11, 2),)))
            assert (found.due, found.worst) == (expected_due, expected_worst)


# Never contacted


def test_never_contacted_is_due_one_interval_after_the_cadence_was_set() -> None:
    known = facts(since=day(10, 1))
    assert (due(known), rhythm(known).worst, rhythm(known).last_contact) == (day(10, 29), day(11, 12), None)


def test_never_contacted_of_an_import_is_spread_evenly_by_the_uid() -> None:
    people = [facts("4w", TODAY, spread=True) for _ in range(2800)]
    dues = Counter(due(replace(one, uid=f"uid-{number}")) for number, one in enumerate(people))
    assert set(dues) == {TODAY + timedelta(days=count) for count in range(1, 29)}
    assert min(dues.values()) >= 65
    assert max(dues.values()) <= 140


def test_never_contacted_of_an_import_keeps_its_day_whoever_else_comes() -> None:
    known = facts("4w", TODAY, spread=True)
    assert due(known) == due(replace(known, contact_id=99))
    assert due(known) == TODAY + timedelta(days=spread_days("uid-5", 28))
    assert due(replace(known, reached=(TODAY,))) == day(12, 21)


# Contacted early, or twice


def test_contacted_early_counts_from_that_day() -> None:
    known = facts(reached=(day(11, 2), TODAY))
    assert due(known) == day(12, 21)


def test_contacted_twice_changes_nothing() -> None:
    once, twice = facts(reached=(day(11, 2), TODAY)), facts(reached=(day(11, 2), TODAY, TODAY))
    assert rhythm(once) == rhythm(twice)


# Many rounds missed


def test_many_rounds_missed_are_one_item() -> None:
    known = facts("1w", day(1, 1), reached=(day(6, 1),))
    item = rhythm_item(known, SETTINGS, TODAY)
    assert isinstance(item, OpenItem)
    assert (item.id, item.kind, item.due) == ("c5", ItemKind.CADENCE, day(6, 8))


# Planned interaction


def test_planned_interaction_hides_the_item_and_resets_nothing() -> None:
    for today in [day(11, 22), TODAY, day(11, 26), day(12, 20)]:
        with case(today):
            known = facts("1w", reached=(day(11, 9),), planned=(day(11, 26),))
            assert (due(known, today), rhythm(known, today).last_contact) == (day(11, 16), day(11, 9))
            assert state(known, today) is State.PLANNED


def test_planned_interaction_of_several_the_first_stands() -> None:
    assert rhythm(facts(planned=(day(12, 9), day(11, 26)))).planned_on == day(11, 26)


# Attempt


def test_attempt_does_not_count_and_hides_for_a_week() -> None:
    known = facts("1w", reached=(day(11, 9),), attempts=(TODAY,))
    found = rhythm(known)
    assert (found.due, found.last_contact, found.hidden_until) == (day(11, 16), day(11, 9), day(11, 30))
    assert [state(known, one) for one in (TODAY, day(11, 29), day(11, 30))] == [State.SNOOZED] * 2 + [State.LATE]


def test_attempt_wait_is_configurable() -> None:
    known = facts("1w", reached=(day(11, 9),), attempts=(TODAY,))
    assert rhythm(known, settings=Settings(attempt_days=3)).hidden_until == day(11, 26)


def test_attempt_before_its_round_is_due_hides_nothing() -> None:
    known = facts("4w", reached=(day(11, 16),), attempts=(day(11, 18),))
    assert (due(known), rhythm(known).hidden_until) == (day(12, 14), None)


def test_attempt_is_over_once_they_were_reached_even_on_the_same_day() -> None:
    known = facts("1d", reached=(TODAY,), attempts=(TODAY,))
    assert rhythm(known).hidden_until is None
    assert due(known) == day(11, 24)


def test_attempt_three_in_a_row_within_thirty_days_asks() -> None:
    for attempts, asks in [
        ((day(11, 1), day(11, 10)), ""),
        ((day(11, 1), day(11, 10), day(11, 20)), "attempts"),
        ((day(10, 21), day(11, 10), day(11, 20)), "attempts"),
        ((day(10, 20), day(11, 10), day(11, 20)), ""),
        ((day(9, 1), day(10, 28), day(11, 10), day(11, 20)), "attempts"),
    ]:
        with case(attempts, asks):
            assert rhythm(facts("1w", reached=(day(8, 1),), attempts=attempts)).asks == asks


def test_attempts_with_a_contact_between_are_not_in_a_row() -> None:
    tried = (day(11, 1), day(11, 10), day(11, 20))
    assert rhythm(facts("1w", reached=(day(11, 10),), attempts=tried)).asks == ""


def test_attempts_from_before_they_came_back_are_not_asked_about_again() -> None:
    tried = (day(11, 1), day(11, 10), day(11, 20))
    assert rhythm(facts("1w", attempts=tried, returned_on=TODAY)).asks == ""


# Snooze


def test_snooze_hides_and_due_stays() -> None:
    known = snoozed(facts("1w", reached=(day(11, 9),)), day(11, 30))
    assert (due(known), rhythm(known).hidden_until) == (day(11, 16), day(11, 30))
    assert [state(known, one) for one in (TODAY, day(11, 29), day(11, 30))] == [State.SNOOZED] * 2 + [State.LATE]


@pytest.mark.parametrize("contact", [day(11, 23), day(11, 25)], ids=["the same day", "a later day"])
def test_snooze_is_void_after_a_contact_on_its_day_or_later(contact: date) -> None:
    known = replace(snoozed(facts("1w", reached=(day(11, 9),)), day(12, 20)), reached=(day(11, 9), contact))
    assert rhythm(known, day(11, 26)).hidden_until is None
    assert due(known, day(11, 26)) == contact + timedelta(weeks=1)


def test_snooze_stays_after_a_backdated_contact_with_due_before_its_end() -> None:
    known = replace(snoozed(facts("1w", reached=(day(11, 9),)), day(11, 30)), reached=(day(11, 9), day(11, 20)))
    assert (due(known), rhythm(known).hidden_until) == (day(11, 27), day(11, 30))


def test_snooze_is_void_after_a_backdated_contact_with_due_after_its_end() -> None:
    known = replace(snoozed(facts("4w", reached=(day(10, 20),)), day(12, 2)), reached=(day(10, 20), day(11, 20)))
    assert (due(known), rhythm(known).hidden_until) == (day(12, 18), None)


def test_snooze_ending_on_the_new_due_day_still_stands() -> None:
    known = replace(snoozed(facts("4w", reached=(day(10, 20),)), day(12, 18)), reached=(day(10, 20), day(11, 20)))
    assert rhythm(known).hidden_until == day(12, 18)


def test_snooze_is_void_after_a_change_of_cadence() -> None:
    for change in [
        {"cadence": "2w"},
        {"cadence": "4w/8w"},
        {"cadence_since": TODAY},
        {"cadence": None, "cadence_since": None, "circles": (CircleCadence("work", "4w", day(9, 1)),)},
    ]:
        with case(change):
            known = snoozed(facts("4w", reached=(day(10, 1),)), day(12, 20))
            assert rhythm(known).hidden_until == day(12, 20)
            assert rhythm(replace(known, **change)).hidden_until is None  # type: ignore[arg-type]


def test_snooze_made_last_counts_even_where_it_is_shorter() -> None:
    known = snoozed(snoozed(facts(reached=(day(10, 1),)), day(12, 20), day(11, 20)), day(11, 25))
    assert rhythm(known).hidden_until == day(11, 25)


def test_snooze_three_times_in_a_row_offers_a_longer_cadence() -> None:
    known = facts("1w", reached=(day(10, 1),))
    for made in (day(10, 8), day(10, 20), day(11, 1)):
        assert rhythm(known).asks == ""
        known = snoozed(known, made + timedelta(days=7), made)
    assert rhythm(known).asks == "snoozes"
    assert rhythm(replace(known, reached=(day(10, 1), day(10, 15)))).asks == ""
    assert rhythm(replace(known, cadence="4w", cadence_since=TODAY)).asks == ""


def test_snooze_made_after_an_attempt_is_the_last_word() -> None:
    known = snoozed(facts("1w", reached=(day(11, 9),), attempts=(TODAY,)), day(11, 25))
    assert rhythm(known).hidden_until == day(11, 25)


def test_snooze_longer_than_the_wait_after_a_later_attempt_stands() -> None:
    known = snoozed(facts("1w", reached=(day(11, 2),)), day(12, 20), day(11, 20))
    assert rhythm(replace(known, attempts=(TODAY,))).hidden_until == day(12, 20)
    shorter = snoozed(facts("1w", reached=(day(11, 2),)), day(11, 25), day(11, 20))
    assert rhythm(replace(shorter, attempts=(TODAY,))).hidden_until == day(11, 30)


# Skip


def test_skip_is_this_round_only_and_no_contact() -> None:
    known = facts("1w", reached=(day(11, 9),), skips=(TODAY,))
    assert (due(known), rhythm(known).last_contact) == (day(11, 30), day(11, 9))
    assert due(replace(known, reached=(day(11, 9), day(11, 25))), day(11, 26)) == day(12, 2)


def test_skip_then_a_backdated_contact_keeps_the_later_day() -> None:
    known = facts("1w", reached=(day(11, 9), day(11, 20)), skips=(TODAY,))
    assert due(known) == day(11, 30)


def test_skip_of_one_never_contacted_counts_from_the_skip() -> None:
    assert due(facts("4w", day(9, 1), skips=(TODAY,))) == day(12, 21)


def test_skip_before_a_change_of_rhythm_is_forgotten_one_after_it_counts() -> None:
    changed = facts("2w", day(11, 20), reached=(day(9, 1),))
    assert due(replace(changed, skips=(day(11, 18),))) == day(11, 20)
    assert due(replace(changed, skips=(day(11, 21),))) == day(12, 5)


def test_skip_of_a_rule_leaves_out_the_round_that_is_due() -> None:
    sundays = facts("RRULE:FREQ=WEEKLY;BYDAY=SU", day(10, 1), reached=(day(11, 15),))
    assert due(sundays) == day(11, 22)
    for skipped in (day(11, 17), day(11, 20), day(11, 23)):
        assert due(replace(sundays, skips=(skipped,)), day(11, 23)) == day(11, 29)
    assert due(replace(sundays, skips=(day(11, 17),), reached=(day(11, 15), day(11, 21)))) == day(11, 29)


def test_skip_of_a_rule_a_second_time_leaves_out_the_next_round_too() -> None:
    sundays = facts("RRULE:FREQ=WEEKLY;BYDAY=SU", day(10, 1), reached=(day(11, 15),))
    assert due(replace(sundays, skips=(day(11, 17), day(11, 17)))) == day(11, 29)
    assert due(replace(sundays, skips=(day(11, 17), day(11, 23)))) == day(12, 6)


@pytest.mark.parametrize("contact", [day(11, 17), day(11, 18), day(11, 22)], ids=["same day", "next day", "its day"])
def test_skip_of_a_rule_stands_after_a_contact_too_early_to_meet_it(contact: date) -> None:
    sundays = facts("RRULE:FREQ=WEEKLY;BYDAY=SU", day(10, 1), skips=(day(11, 17),))
    assert due(replace(sundays, reached=(day(11, 15), contact))) == day(11, 29)


# Pause


def test_pause_lasts_until_its_day() -> None:
    known = facts("1w", paused_until=day(12, 31))
    assert [state(known, one) for one in (TODAY, day(12, 30), day(12, 31))] == [State.PAUSED] * 2 + [State.LATE]


def test_pause_of_a_circle_counts_also_for_an_own_cadence() -> None:
    known = facts("1w", circles=(CircleCadence("work", paused_until=day(12, 31)), CircleCadence("home")))
    assert state(known) is State.PAUSED


def test_pause_of_everyone() -> None:
    assert state(facts("1w"), everyone=day(11, 24)) is State.PAUSED
    assert state(facts("1w"), everyone=TODAY) is State.LATE


def test_pause_leaves_everything_but_rhythms() -> None:
    promise = OpenItem("v1", ItemKind.PROMISE, 5, day(11, 20), paused_until=day(12, 31))
    assert item_state(promise, SETTINGS, TODAY, day(12, 31)) is State.LATE


# Archive, never, occasion


def test_archive_never_and_occasion_hide_the_rhythm_and_coming_back_makes_no_backlog() -> None:
    for away in [
        {"status": Status.ARCHIVED},
        {"status": Status.DECEASED},
        {"mode": Mode.OCCASION},
        {"mode": Mode.NEVER},
    ]:
        with case(away):
            known = facts("1w", reached=(day(6, 1),))
            assert keep_in_touch(replace(known, **away), SETTINGS, TODAY) is None  # type: ignore[arg-type]
            back = replace(known, returned_on=TODAY)
            assert (due(back), rhythm(back).worst, state(back)) == (TODAY, day(11, 26), State.DUE)
            assert state(back, day(11, 27)) is State.LATE


def test_coming_back_before_the_round_is_due_changes_nothing() -> None:
    known = facts(reached=(day(11, 9),), returned_on=TODAY)
    assert due(known) == day(12, 7)


def test_coming_back_long_ago_does_not_hold_later_rounds() -> None:
    assert due(facts(reached=(day(6, 1), day(10, 1)), returned_on=day(7, 1))) == day(10, 29)


# Cadence set or changed


def test_cadence_changed_to_a_shorter_one_starts_that_day_and_says_so() -> None:
    known = facts("2w", TODAY, reached=(day(9, 1),))
    item = rhythm_item(known, SETTINGS, TODAY)
    assert (due(known), rhythm(known).worst, rhythm(known).new_rhythm) == (TODAY, day(11, 30), True)
    assert item is not None
    assert item.text.endswith("new rhythm")


def test_cadence_changed_to_a_longer_one_counts_from_the_last_contact() -> None:
    known = facts("12w", TODAY, reached=(day(11, 1),))
    assert (due(known), rhythm(known).new_rhythm) == (day(1, 24, 2027), False)


def test_cadence_none_of_ones_own_wins_over_the_circles() -> None:
    known = facts("none", TODAY, circles=(CircleCadence("work", "1w", day(9, 1)),))
    assert keep_in_touch(known, SETTINGS, TODAY) is None


# Cadence by circle


def test_cadence_by_circle_the_own_one_wins_else_the_shortest_else_none() -> None:
    circles = (CircleCadence("work", "6w", day(9, 1)), CircleCadence("climbing", "2w", day(9, 1)))
    assert rhythm(facts(None, None, circles=circles)).effective.source == "circle:climbing"
    assert rhythm(facts("8w", circles=circles)).effective.source == "own"
    assert keep_in_touch(facts(None, None, circles=(CircleCadence("home"),)), SETTINGS, TODAY) is None


def test_cadence_by_circle_of_equal_length_is_the_one_in_force_longest_whatever_their_order() -> None:
    circles = (CircleCadence("work", "14d", day(9, 1)), CircleCadence("climbing", "2w", day(9, 5)))
    for order in (circles, circles[::-1]):
        assert rhythm(facts(None, None, circles=order)).effective.source == "circle:work"
    same_day = tuple(replace(circle, since=day(9, 1)) for circle in circles)
    assert rhythm(facts(None, None, circles=same_day)).effective.source == "circle:climbing"


def test_a_rule_of_a_circle_falls_on_the_same_days_for_all_and_never_before_one_joined() -> None:
    rule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"
    # Set on Thu 3 Sep: 3, 17 Sep, 1, 15, 29 Oct, 12, 26 Nov.
    for joined, first in [((9, 3), (9, 3)), ((9, 8), (9, 17)), ((10, 1), (10, 1)), ((10, 2), (10, 15))]:
        circle = CircleCadence("choir", rule, day(*joined), phase=day(9, 3))
        assert due(facts(None, None, circles=(circle,))) == day(*first)
    late = facts(None, None, circles=(CircleCadence("choir", rule, day(10, 20), phase=day(9, 3)),))
    # A contact long before the first day meets none; one just before it meets it.
    assert due(replace(late, reached=(day(10, 14),))) == day(10, 29)
    assert due(replace(late, reached=(day(10, 25),))) == day(11, 12)


def test_a_cadence_inherited_again_counts_from_that_day() -> None:
    circle = CircleCadence("work", "2w", day(1, 5))
    known = facts(None, day(11, 20), circles=(circle,), reached=(day(9, 1),))
    assert (due(known), rhythm(known).new_rhythm) == (day(11, 20), True)
    assert due(facts(None, None, circles=(circle,), reached=(day(9, 1),))) == day(9, 15)


def test_cadence_by_circle_joined_later_counts_from_the_day_of_joining() -> None:
    joined = facts(None, None, circles=(CircleCadence("work", "2w", TODAY),), reached=(day(6, 1),))
    assert (due(joined), rhythm(joined).new_rhythm) == (TODAY, True)


# Month arithmetic


def test_month_arithmetic_is_clamped_from_the_anchor() -> None:
    for cadence, last, expected in [
        ("1m", day(1, 31), day(2, 28)),
        ("1m", day(1, 31, 2028), day(2, 29, 2028)),
        ("2m", day(12, 31, 2025), day(2, 28)),
        ("3m", day(11, 30, 2025), day(2, 28)),
        ("1m", day(2, 28), day(3, 28)),
        ("1y", day(2, 29, 2024), day(2, 28, 2025)),
        ("4y", day(2, 29, 2024), day(2, 29, 2028)),
    ]:
        with case(cadence, last, expected):
            assert due(facts(cadence, day(1, 1, 2020), reached=(last,)), today=None) == expected


# RRULE cadence


def test_rule_cadence_a_contact_meets_the_nearest_day_and_due_is_the_next() -> None:
    for rule, last, expected in [
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 21), day(11, 29)),
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 22), day(11, 29)),
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 18), day(11, 22)),
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 19), day(11, 29)),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", day(11, 10), day(11, 27)),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", day(11, 20), day(12, 25)),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", day(11, 16), day(11, 30)),
        ("RRULE:FREQ=DAILY", TODAY, day(11, 24)),
    ]:
        with case(rule, last, expected):
            since = day(10, 5)
            assert due(facts(rule, since, reached=(last,))) == expected


def test_rule_cadence_a_tie_goes_to_the_earlier_day() -> None:
    known = facts("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", day(10, 5), reached=(day(11, 9),))
    assert due(known) == day(11, 16)


def test_rule_cadence_never_met_is_due_on_its_first_day() -> None:
    assert due(facts("RRULE:FREQ=WEEKLY;BYDAY=SU", TODAY)) == day(11, 29)
    assert due(facts("RRULE:FREQ=WEEKLY;BYDAY=SU", TODAY, reached=(day(6, 1),))) == day(11, 29)


def test_rule_cadence_is_late_half_a_round_after_its_day() -> None:
    known = facts("RRULE:FREQ=WEEKLY;BYDAY=SU", day(10, 1), reached=(day(11, 15),))
    assert (due(known), rhythm(known).worst, rhythm(known).ideal_days) == (day(11, 22), day(11, 25), 7)


def test_rule_cadence_of_a_first_day_is_late_half_a_round_before_the_next() -> None:
    first = rhythm(facts("RRULE:FREQ=MONTHLY;BYMONTHDAY=1", day(11, 1)))
    assert (first.due, first.worst, first.ideal_days) == (day(11, 1), day(11, 16), 30)
    daily = rhythm(facts("RRULE:FREQ=DAILY", TODAY, reached=(TODAY,)))
    assert (daily.due, daily.worst, daily.ideal_days) == (day(11, 24), day(11, 24), 1)


def test_rule_cadence_is_as_long_as_from_its_first_day_to_its_second() -> None:
    for rule, days in (
        ("FREQ=DAILY", 1), ("FREQ=WEEKLY;BYDAY=MO", 7), ("FREQ=DAILY;COUNT=2", 1), ("FREQ=DAILY;COUNT=1", 365),
        ("FREQ=MONTHLY;BYMONTHDAY=23", 30), ("FREQ=MONTHLY;BYMONTHDAY=1", 31),
    ):  # fmt: skip
        with case(rule):
            assert ideal_length(Cadence(None, None, f"RRULE:{rule}", False), TODAY) == days
    assert [ideal_length(parse_cadence(text, TODAY), TODAY) for text in ("1d", "2d", "1w")] == [1, 2, 7]


# Boundaries of a day


def test_a_rhythm_is_new_only_when_it_was_set_after_the_day_it_would_be_due() -> None:
    known = facts(since=day(11, 16), reached=(day(10, 19),))
    assert (due(known), rhythm(known).new_rhythm) == (day(11, 16), False)
    later = replace(known, cadence_since=day(11, 17))
    assert (due(later), rhythm(later).new_rhythm) == (day(11, 17), True)


def test_whoever_comes_back_on_the_day_they_are_due_has_no_backlog_to_be_told_of() -> None:
    known = facts(reached=(day(10, 12),), returned_on=day(11, 9))
    assert (due(known), "came back" in " ".join(rhythm(known).steps)) == (day(11, 9), False)
    later = replace(known, returned_on=day(11, 10))
    assert (due(later), rhythm(later).steps[-2]) == (
        day(11, 10), "came back on Tue 10 Nov 2026: starts then, without a backlog",
    )  # fmt: skip
    assert rhythm(later).worst - rhythm(known).worst == timedelta(days=1)


def test_a_skip_on_the_day_of_a_contact_changes_no_date_and_is_not_told() -> None:
    known = facts("1w", reached=(day(11, 16),), skips=(day(11, 16),))
    assert (due(known), "skipped" in " ".join(rhythm(known).steps)) == (TODAY, False)
    later = rhythm(replace(known, skips=(day(11, 17),)))
    assert (later.due, later.steps[-2]) == (day(11, 24), "skipped on Tue 17 Nov 2026: next due Tue 24 Nov 2026")
    rule = facts("RRULE:FREQ=WEEKLY;BYDAY=SU", day(10, 1), reached=(day(11, 15),))
    found = [due(replace(rule, skips=(day(11, one),))) for one in (14, 15, 16)]
    assert found == [day(11, 22), day(11, 22), day(11, 29)]
    # Of several skips the latest is told.
    several = rhythm(replace(rule, skips=(day(11, 16), day(11, 24)), reached=(day(11, 1),)), today=day(11, 24))
    assert several.steps[-3] == "skipped on Tue 24 Nov 2026"


def test_an_attempt_counts_from_the_day_the_rhythm_was_set_and_after_the_last_contact() -> None:
    known = facts("2w", day(11, 10), reached=(day(10, 1),), attempts=(day(11, 10),))
    assert rhythm(known).hidden_until == day(11, 17)
    assert rhythm(replace(known, cadence_since=day(11, 11))).hidden_until is None
    reached = facts("1w", reached=(day(11, 9),))
    found = [rhythm(replace(reached, attempts=(day(11, one),))).hidden_until for one in (8, 9, 10)]
    assert found == [None, None, day(11, 17)]


def test_an_attempt_hides_what_is_due_until_the_day_its_wait_ends_and_nothing_due_later() -> None:
    known = facts("10d", reached=(day(11, 2),))
    assert due(known) == day(11, 12)
    found = [rhythm(replace(known, attempts=(day(11, one),))).hidden_until for one in (4, 5, 6)]
    assert found == [None, day(11, 12), day(11, 13)]


def test_the_latest_attempt_and_the_latest_pause_count() -> None:
    known = facts("1w", reached=(day(11, 2),), attempts=(day(11, 16), day(11, 20), day(11, 18)))
    assert rhythm(known).hidden_until == day(11, 27)
    work = CircleCadence("work", paused_until=day(12, 20))
    assert rhythm(facts("1w", paused_until=day(12, 1), circles=(work,))).paused_until == day(12, 20)
    assert rhythm(facts("1w", paused_until=day(12, 31), circles=(work,))).paused_until == day(12, 31)


def test_a_snooze_to_the_day_the_wait_after_an_attempt_ends_is_the_one_told() -> None:
    known = replace(snoozed(facts("1w", reached=(day(11, 2),)), day(11, 30), day(11, 20)), attempts=(TODAY,))
    assert (rhythm(known).hidden_until, rhythm(known).steps[-1]) == (
        day(11, 30), "snoozed on Fri 20 Nov 2026 to Mon 30 Nov 2026",
    )  # fmt: skip


def test_facts_of_today_count_today_and_those_of_tomorrow_do_not() -> None:
    tomorrow = day(11, 24)
    known = facts("1w", reached=(day(11, 2),))
    assert [due(replace(known, reached=(day(11, 2), one))) for one in (TODAY, tomorrow)] == [day(11, 30), day(11, 9)]
    assert [due(replace(known, skips=(one,))) for one in (TODAY, tomorrow)] == [day(11, 30), day(11, 9)]
    assert [rhythm(replace(known, attempts=(one,))).hidden_until for one in (TODAY, tomorrow)] == [day(11, 30), None]
    assert [rhythm(snoozed(known, day(12, 9), one)).hidden_until for one in (TODAY, tomorrow)] == [day(12, 9), None]
    tried = replace(known, attempts=(day(11, 10), day(11, 17)))
    asked = [rhythm(replace(tried, attempts=(*tried.attempts, one))).asks for one in (TODAY, tomorrow)]
    assert asked == ["attempts", ""]
    twice = snoozed(snoozed(known, day(11, 18), day(11, 10)), day(11, 20), day(11, 18))
    assert [rhythm(snoozed(twice, day(12, 9), one)).asks for one in (TODAY, tomorrow)] == ["snoozes", ""]


def test_attempts_and_snoozes_in_a_row_begin_the_day_after_the_last_contact() -> None:
    tried = (day(11, 10), day(11, 17), TODAY)
    found = [rhythm(facts("1w", reached=(day(11, one),), attempts=tried)).asks for one in (9, 10)]
    assert found == ["attempts", ""]
    found = [rhythm(facts("1w", returned_on=day(11, one), attempts=tried)).asks for one in (10, 11)]
    assert found == ["attempts", ""]
    known = facts("1w", reached=(day(11, 2),))
    for made in (day(11, 10), day(11, 17), TODAY):
        known = snoozed(known, day(12, 9), made)
    found = [rhythm(replace(known, reached=(day(11, one),))).asks for one in (9, 10)]
    assert found == ["snoozes", ""]


def test_what_is_told_of_a_rhythm_says_whose_it_is() -> None:
    circle = facts(None, None, circles=(CircleCadence("work", "1w", day(9, 1)),))
    assert rhythm(facts("1w")).steps[0] == "weekly, your own rhythm, since Tue 1 Sep 2026"
    assert rhythm(circle).steps[0] == "weekly, from the circle work, since Tue 1 Sep 2026"


def test_a_promise_is_late_the_day_after_and_other_loops_never() -> None:
    for kind, states in (
        (ItemKind.PROMISE, [State.SOON, State.DUE, State.LATE]), (ItemKind.ASK, [State.SOON, State.DUE, State.DUE]),
    ):  # fmt: skip
        with case(kind):
            item = OpenItem("v1", kind, 5, TODAY)
            days = (day(11, 22), TODAY, day(11, 24))
            assert [item_state(item, SETTINGS, one) for one in days] == states
    soon = OpenItem("v1", ItemKind.PROMISE, 5, TODAY + timedelta(days=SETTINGS.soon_days))
    assert item_state(soon, SETTINGS, TODAY) is State.SOON
    assert item_state(soon, SETTINGS, day(11, 22)) is State.FINE


def test_a_day_chosen_by_hand_holds_for_the_due_date_it_was_chosen_for() -> None:
    item = OpenItem("v1", ItemKind.PROMISE, 5, TODAY)
    assert chosen(item, day(11, 25), TODAY).chosen_day == day(11, 25)
    assert chosen(item, day(11, 25), day(11, 22)) == item
    assert chosen(item, day(11, 25), None) == item
    assert chosen(replace(item, chosen_day=day(11, 26)), None, TODAY).chosen_day == day(11, 26)


# Working days


def test_working_days_shift_past_the_weekend_and_days_off() -> None:
    known = facts("1w workdays", reached=(day(11, 14),))
    assert due(known) == TODAY
    off = Settings(days_off=frozenset({TODAY, day(11, 24)}))
    assert due(known, settings=off) == day(11, 25)
    friday_too = Settings(weekend=frozenset({4, 5}))
    assert due(known, settings=friday_too) == day(11, 22)
    assert due(facts("1w", reached=(day(11, 14),))) == day(11, 21)


def test_working_days_of_a_circle_count_for_its_members() -> None:
    known = facts(None, None, circles=(CircleCadence("work", "1w workdays", day(9, 1)),), reached=(day(11, 14),))
    item = rhythm_item(known, SETTINGS, TODAY)
    assert item is not None
    assert (item.due, item.working_days) == (TODAY, True)


def test_working_days_keep_late_from_coming_before_due() -> None:
    found = rhythm(facts("1d workdays", reached=(day(11, 20),)))
    assert (found.due, found.worst) == (TODAY, TODAY)


# Imports, rules and plans


def test_imported_people_long_out_of_touch_are_spread_from_the_day_after_the_rhythm_was_set() -> None:
    found: Counter[date] = Counter()
    for number in range(300):
        known = replace(facts("4w", TODAY, spread=True, reached=(day(3, 1),)), uid=f"uid-{number}")
        found[due(known)] += 1
    assert min(found) == TODAY + timedelta(days=1)
    assert max(found) == TODAY + timedelta(days=28)
    assert max(found.values()) <= 25
    # Due on the very day the rhythm was set is spread too; due the day after, or later, stays.
    for last, spread in [(day(10, 26), True), (day(10, 27), False), (day(11, 20), False)]:
        known = facts("4w", TODAY, spread=True, reached=(last,))
        assert (due(known) == last + timedelta(days=28)) is not spread
        assert rhythm(known).new_rhythm is False
    assert due(facts("4w", TODAY, reached=(day(3, 1),))) == TODAY


def test_worst_of_a_rule_is_half_the_gap_to_its_next_day() -> None:
    # 30 Oct, 27 Nov and 25 Dec 2026, 29 Jan 2027 are last Fridays.
    rule = facts("RRULE:FREQ=MONTHLY;BYDAY=-1FR", day(10, 1))
    for last, expected in [
        (day(10, 30), (day(11, 27), day(12, 11), 28)), (day(11, 27), (day(12, 25), day(1, 11, 2027), 35)),
    ]:  # fmt: skip
        found = rhythm(replace(rule, reached=(last,)), today=day(12, 1))
        assert (found.due, found.worst, found.ideal_days) == expected


def test_worst_moves_with_due() -> None:
    skipped = rhythm(facts("1w/10d", reached=(day(11, 9),), skips=(day(11, 20),)))
    assert (skipped.due, skipped.worst) == (day(11, 27), day(11, 30))
    shifted = rhythm(facts("2w workdays", reached=(day(11, 14),)))
    assert (shifted.due, shifted.worst) == (day(11, 30), day(12, 7))


def test_a_contact_on_the_day_of_a_plan_or_later_settles_it_and_one_before_does_not() -> None:
    known = facts("1w", reached=(day(11, 9),), planned=(day(11, 18),))
    for more, planned_on in [
        ((), day(11, 18)), ((day(11, 17),), day(11, 18)), ((day(11, 18),), None), ((day(11, 23),), None),
    ]:  # fmt: skip
        assert rhythm(replace(known, reached=(*known.reached, *more))).planned_on == planned_on
    both = replace(known, planned=(day(11, 18), day(11, 25)), reached=(day(11, 20),))
    assert rhythm(both).planned_on == day(11, 25)


def test_a_far_plan_hides_nothing_until_an_ideal_before_its_day() -> None:
    for cadence, planned_on, hides_from in [
        ("1w", day(12, 14), day(12, 7)), ("10d", day(12, 31), day(12, 21)), ("1m", day(3, 31, 2027), day(3, 1, 2027)),
        ("1m", day(4, 30, 2027), day(3, 30, 2027)), ("RRULE:FREQ=WEEKLY;BYDAY=MO", day(12, 14), day(12, 7)),
    ]:  # fmt: skip
        with case(cadence, planned_on):
            known = facts(cadence, reached=(day(9, 14),), planned=(planned_on,))
            assert rhythm(known).planned_from == hides_from
            assert state(known, hides_from - timedelta(days=1)) is State.LATE
            assert state(known, hides_from) is State.PLANNED
    # Within due and worst it always stands for the round.
    assert rhythm(facts("4w", reached=(day(11, 2),), planned=(day(12, 14),))).planned_from is None


def test_a_skip_and_a_move_end_the_snooze_and_a_later_snooze_counts_again() -> None:
    known = snoozed(facts("1w", reached=(day(11, 9),)), day(12, 20), on=day(11, 20))
    assert rhythm(known).hidden_until == day(12, 20)
    ended = snoozed(known, TODAY)
    assert (rhythm(ended).hidden_until, state(ended)) == (None, State.LATE)
    assert rhythm(snoozed(ended, day(11, 29))).hidden_until == day(11, 29)
    waiting = facts("1w", reached=(day(11, 9),), attempts=(day(11, 22),))
    assert rhythm(waiting).hidden_until == day(11, 29)
    assert rhythm(snoozed(waiting, TODAY)).hidden_until is None
