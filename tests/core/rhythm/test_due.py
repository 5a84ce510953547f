"""When to be in touch again, case by case. 23 November 2026 is a Monday."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.core.model import CircleCadence, ItemKind, Mode, OpenItem, RhythmFacts, Settings, Snooze, State, Status
from planner.core.rhythm.due import Rhythm, effective_cadence, item_state, keep_in_touch, rhythm_item, spread_days

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


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ((day(10, 20), day(11, 16)), day(12, 14)),
        ((day(10, 20),), day(11, 17)),
        ((day(10, 20), day(11, 2)), day(11, 30)),
        ((day(9, 10), day(10, 20)), day(11, 17)),
        ((), day(9, 29)),
    ],
    ids=["as logged", "the latest deleted", "the latest moved back", "an older one added", "all deleted"],
)
def test_last_contact_edited_deleted_or_backdated_moves_due_back_too(
    reached: tuple[date, ...], expected: date
) -> None:
    assert due(facts(reached=reached)) == expected


# Keep-in-touch due and its states


def test_keep_in_touch_due_and_worst_and_each_state_from_day_to_day() -> None:
    known = facts(reached=(day(11, 2),))
    assert (due(known), rhythm(known).worst) == (day(11, 30), day(12, 14))
    days = (day(11, 26), day(11, 27), day(11, 29), day(11, 30), day(12, 14), day(12, 15))
    assert [state(known, one) for one in days] == [State.FINE, State.SOON, State.SOON, State.DUE, State.DUE, State.LATE]


@pytest.mark.parametrize(
    ("cadence", "expected_due", "expected_worst"),
    [
        ("4w/6w", day(11, 30), day(12, 14)),
        ("4w/4w", day(11, 30), day(11, 30)),
        ("1w", day(11, 9), day(11, 12)),
        ("1d", day(11, 3), day(11, 3)),
        ("1m", day(12, 2), day(12, 17)),
        ("1m/2m", day(12, 2), day(1, 2, 2027)),
        ("10d", day(11, 12), day(11, 17)),
    ],
)
def test_keep_in_touch_worst_is_one_and_a_half_times_in_whole_days(
    cadence: str, expected_due: date, expected_worst: date
) -> None:
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


@pytest.mark.parametrize("today", [day(11, 22), TODAY, day(11, 26), day(12, 20)], ids=str)
def test_planned_interaction_hides_the_item_and_resets_nothing(today: date) -> None:
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


@pytest.mark.parametrize(
    ("attempts", "asks"),
    [
        ((day(11, 1), day(11, 10)), ""),
        ((day(11, 1), day(11, 10), day(11, 20)), "attempts"),
        ((day(10, 21), day(11, 10), day(11, 20)), "attempts"),
        ((day(10, 20), day(11, 10), day(11, 20)), ""),
        ((day(9, 1), day(10, 28), day(11, 10), day(11, 20)), "attempts"),
    ],
    ids=["two", "three", "thirty days apart", "thirty-one days apart", "an older one before"],
)
def test_attempt_three_in_a_row_within_thirty_days_asks(attempts: tuple[date, ...], asks: str) -> None:
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


@pytest.mark.parametrize(
    "change",
    [
        {"cadence": "2w"},
        {"cadence": "4w/8w"},
        {"cadence_since": TODAY},
        {"cadence": None, "cadence_since": None, "circles": (CircleCadence("work", "4w", day(9, 1)),)},
    ],
    ids=["another interval", "another worst", "set anew", "from a circle now"],
)
def test_snooze_is_void_after_a_change_of_cadence(change: dict[str, object]) -> None:
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


@pytest.mark.parametrize(
    "away",
    [{"status": Status.ARCHIVED}, {"status": Status.DECEASED}, {"mode": Mode.OCCASION}, {"mode": Mode.NEVER}],
    ids=["archived", "deceased", "occasion", "never"],
)
def test_archive_never_and_occasion_hide_the_rhythm_and_coming_back_makes_no_backlog(away: dict[str, object]) -> None:
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


def test_cadence_by_circle_of_equal_length_goes_by_name_whatever_their_order() -> None:
    circles = (CircleCadence("work", "14d", day(9, 1)), CircleCadence("climbing", "2w", day(9, 5)))
    for order in (circles, circles[::-1]):
        assert rhythm(facts(None, None, circles=order)).effective.source == "circle:climbing"


def test_cadence_by_circle_joined_later_counts_from_the_day_of_joining() -> None:
    joined = facts(None, None, circles=(CircleCadence("work", "2w", TODAY),), reached=(day(6, 1),))
    assert (due(joined), rhythm(joined).new_rhythm) == (TODAY, True)


# Month arithmetic


@pytest.mark.parametrize(
    ("cadence", "last", "expected"),
    [
        ("1m", day(1, 31), day(2, 28)),
        ("1m", day(1, 31, 2028), day(2, 29, 2028)),
        ("2m", day(12, 31, 2025), day(2, 28)),
        ("3m", day(11, 30, 2025), day(2, 28)),
        ("1m", day(2, 28), day(3, 28)),
        ("1y", day(2, 29, 2024), day(2, 28, 2025)),
        ("4y", day(2, 29, 2024), day(2, 29, 2028)),
    ],
)
def test_month_arithmetic_is_clamped_from_the_anchor(cadence: str, last: date, expected: date) -> None:
    assert due(facts(cadence, day(1, 1, 2020), reached=(last,)), today=None) == expected


# RRULE cadence


@pytest.mark.parametrize(
    ("rule", "last", "expected"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 21), day(11, 29)),
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 22), day(11, 29)),
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 18), day(11, 22)),
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", day(11, 19), day(11, 29)),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", day(11, 10), day(11, 27)),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", day(11, 20), day(12, 25)),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", day(11, 16), day(11, 30)),
        ("RRULE:FREQ=DAILY", TODAY, day(11, 24)),
    ],
)
def test_rule_cadence_a_contact_meets_the_nearest_day_and_due_is_the_next(
    rule: str, last: date, expected: date
) -> None:
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
