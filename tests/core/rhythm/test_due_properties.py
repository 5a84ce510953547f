"""What holds for the date of any contact, whatever happened and on whichever day it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from planner.core.dates.recurrence import first_occurrence
from planner.core.dates.shown import exact_date
from planner.core.model import CircleCadence, Mode, RhythmFacts, Settings, Snooze, State, Status
from planner.core.rhythm.due import Rhythm, effective_cadence, item_state, keep_in_touch, rhythm_item, spread_days

TODAY = date(2026, 11, 23)
SETTINGS = Settings()
OTHER_SETTINGS = Settings(weekend=frozenset({4, 5}), days_off=frozenset({TODAY, date(2026, 12, 24)}))
INTERVALS = ["1d", "1w", "4w/6w", "10d", "1m", "3m/4m", "1y", "1w workdays", "1m workdays"]
RULES = [
    "RRULE:FREQ=WEEKLY;BYDAY=SU",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
    "RRULE:FREQ=MONTHLY",
    "RRULE:FREQ=DAILY;INTERVAL=3",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH workdays",
]
past_days = st.integers(0, 500).map(lambda count: TODAY - timedelta(days=count))
some_days = st.lists(past_days, max_size=5).map(tuple)
cadences = st.sampled_from([*INTERVALS, *RULES])


@st.composite
def any_facts(draw: st.DrawFn) -> RhythmFacts:
    """Facts as they stand on `TODAY`: nothing but plans lies ahead of it."""
    own = draw(st.none() | cadences)
    circles = tuple(
        CircleCadence(name, draw(st.none() | cadences), draw(past_days), draw(st.none() | past_days))
        for name in draw(st.sampled_from([(), ("home",), ("climbing", "work")]))
    )
    known = RhythmFacts(
        contact_id=5,
        uid=draw(st.sampled_from(["one", "two", "three"])),
        cadence=own,
        cadence_since=draw(past_days) if own else None,
        circles=circles,
        spread=draw(st.booleans()),
        returned_on=draw(st.none() | past_days),
        paused_until=draw(st.none() | past_days),
        reached=draw(some_days),
        attempts=draw(some_days),
        planned=draw(st.lists(past_days | st.just(TODAY + timedelta(days=4)), max_size=2).map(tuple)),
        skips=draw(some_days),
    )
    effective = effective_cadence(known)
    keys = ["another", effective.key if effective is not None else ""]
    snoozes = draw(st.lists(st.tuples(past_days, st.integers(1, 60), st.sampled_from(keys)), max_size=4))
    return replace(
        known,
        snoozes=tuple(
            Snooze(number, made_on + timedelta(days=length), made_on, key)
            for number, (made_on, length, key) in enumerate(snoozes, 1)
        ),
    )


@given(any_facts(), st.randoms(use_true_random=False))
def test_due_does_not_depend_on_the_order_the_facts_were_entered_in(known: RhythmFacts, random: Random) -> None:
    shuffled = {
        name: tuple(random.sample(getattr(known, name), len(getattr(known, name))))
        for name in ("reached", "attempts", "planned", "snoozes", "skips", "circles")
    }
    assert keep_in_touch(replace(known, **shuffled), SETTINGS, TODAY) == keep_in_touch(known, SETTINGS, TODAY)  # type: ignore[arg-type]


@given(any_facts(), st.integers(0, 800))
def test_a_later_today_alone_never_moves_due(known: RhythmFacts, later: int) -> None:
    def counted(today: date | None) -> Rhythm | None:
        """The rhythm without its steps, which say on a day whether a plan far ahead hides the item yet."""
        found = keep_in_touch(known, SETTINGS, today)
        return found if found is None else replace(found, steps=())

    assert counted(TODAY + timedelta(days=later)) == counted(TODAY)
    assert counted(None) == counted(TODAY)


@given(any_facts(), st.integers(-30, 600), st.integers(0, 100))
def test_a_state_only_grows_more_pressing_as_days_pass(known: RhythmFacts, start: int, later: int) -> None:
    item = rhythm_item(replace(known, paused_until=None, circles=(), planned=()), SETTINGS, TODAY)
    if item is None:
        return
    order = [State.FINE, State.SOON, State.DUE, State.LATE]
    plain = replace(item, hidden_until=None)
    states = [item_state(plain, SETTINGS, TODAY + timedelta(days=days)) for days in (start, start + later)]
    assert order.index(states[0]) <= order.index(states[1])


@given(any_facts())
def test_logging_today_never_leaves_the_contact_due_today(known: RhythmFacts) -> None:
    after = keep_in_touch(replace(known, reached=(*known.reached, TODAY)), SETTINGS, TODAY)
    if after is None:
        return
    assert after.due > TODAY
    assert after.last_contact == TODAY
    assert after.hidden_until is None
    assert after.asks == ""


@given(any_facts(), past_days)
def test_one_more_contact_never_makes_due_earlier(known: RhythmFacts, day: date) -> None:
    # A first date that was spread gives way to the contact's own, which may be earlier.
    known = replace(known, spread=False)
    before = keep_in_touch(known, SETTINGS, TODAY)
    after = keep_in_touch(replace(known, reached=(*known.reached, day)), SETTINGS, TODAY)
    if before is None or after is None or before.last_contact is None:
        return
    assert after.due >= before.due
    assert after.last_contact == max(day, before.last_contact)


@given(any_facts(), past_days)
def test_a_contact_logged_twice_or_deleted_again_leaves_no_trace(known: RhythmFacts, day: date) -> None:
    once = replace(known, reached=(*known.reached, day))
    twice = replace(known, reached=(*known.reached, day, day))
    assert keep_in_touch(once, SETTINGS, TODAY) == keep_in_touch(twice, SETTINGS, TODAY)


@given(any_facts())
def test_skipping_today_always_moves_due_past_today_and_counts_as_no_contact(known: RhythmFacts) -> None:
    before = keep_in_touch(known, SETTINGS, TODAY)
    after = keep_in_touch(replace(known, skips=(*known.skips, TODAY)), SETTINGS, TODAY)
    if before is None or after is None:
        return
    assert after.due > TODAY
    assert after.due >= before.due
    assert after.last_contact == before.last_contact


@given(any_facts(), st.sampled_from(RULES), past_days)
def test_a_rule_that_is_skipped_always_moves_on(known: RhythmFacts, rule: str, since: date) -> None:
    by_rule = replace(known, cadence=rule, cadence_since=since, returned_on=None)
    before = keep_in_touch(replace(by_rule, skips=tuple(day for day in known.skips if day < TODAY)), SETTINGS, TODAY)
    after = keep_in_touch(replace(by_rule, skips=(*known.skips, TODAY)), SETTINGS, TODAY)
    assert before is not None
    assert after is not None
    if TODAY not in known.reached:
        assert after.due > before.due


@given(any_facts(), st.integers(1, 60))
def test_a_snooze_hides_until_its_end_and_moves_nothing(known: RhythmFacts, length: int) -> None:
    before = keep_in_touch(known, SETTINGS, TODAY)
    if before is None or TODAY in known.reached or before.due > TODAY + timedelta(days=length):
        return
    made = Snooze(99, TODAY + timedelta(days=length), TODAY, before.effective.key)
    after = keep_in_touch(replace(known, snoozes=(*known.snoozes, made)), SETTINGS, TODAY)
    assert after is not None
    assert (after.due, after.worst, after.last_contact) == (before.due, before.worst, before.last_contact)
    assert after.hidden_until == made.until


@given(any_facts())
def test_coming_back_today_makes_no_backlog(known: RhythmFacts) -> None:
    back = keep_in_touch(replace(known, returned_on=TODAY), SETTINGS, TODAY)
    derived = keep_in_touch(replace(known, returned_on=None), SETTINGS, TODAY)
    if back is None or derived is None:
        return
    assert back.due >= TODAY
    if not back.effective.cadence.working_days:
        assert back.due == max(derived.due, TODAY)


@given(any_facts())
def test_late_never_comes_before_due_and_the_steps_tell_the_story(known: RhythmFacts) -> None:
    found = keep_in_touch(known, SETTINGS, TODAY)
    if found is None:
        return
    assert found.worst >= found.due
    assert found.ideal_days >= 1
    assert len(found.steps) >= 3
    item = rhythm_item(known, SETTINGS, TODAY)
    assert item is not None
    assert (item.due, item.worst, item.hidden_until) == (found.due, found.worst, found.hidden_until)


@given(any_facts(), st.none() | st.just(TODAY), st.sampled_from([SETTINGS, OTHER_SETTINGS]))
def test_why_says_once_when_it_is_late_and_worst_is_that_day(
    known: RhythmFacts, returned_on: date | None, settings: Settings
) -> None:
    """Whatever moved due: a return, a skip, a new rhythm, a spread, working days."""
    found = keep_in_touch(replace(known, returned_on=returned_on or known.returned_on), settings, TODAY)
    if found is None:
        return
    assert [step for step in found.steps if "late after" in step] == [f"late after {exact_date(found.worst)}"]
    unmoved = keep_in_touch(replace(known, returned_on=None, skips=(), spread=False), settings, TODAY)
    if unmoved is not None and found.effective.cadence.ideal is not None:
        assert found.worst - found.due == unmoved.worst - unmoved.due


@given(any_facts(), st.integers(1, 900), st.integers(0, 900))
def test_a_plan_hides_the_item_from_the_day_it_is_near_enough(known: RhythmFacts, ahead: int, later: int) -> None:
    planned_on, today = TODAY + timedelta(days=ahead), TODAY + timedelta(days=later)
    item = rhythm_item(replace(known, planned=(planned_on,), paused_until=None, circles=()), SETTINGS, today)
    effective = effective_cadence(replace(known, circles=()))
    if item is None or effective is None:
        return
    assert item.worst is not None
    ideal = effective.cadence.ideal
    within = ideal.after(today) if ideal is not None else today + timedelta(days=item.ideal_days or 0)
    hides = planned_on <= max(item.worst, within)
    assert (item_state(item, SETTINGS, today) is State.PLANNED) == hides


@given(any_facts(), st.sampled_from(RULES), st.integers(0, 400))
def test_a_rule_of_a_circle_keeps_its_days_however_late_one_joined(known: RhythmFacts, rule: str, late: int) -> None:
    phase = TODAY - timedelta(days=500)
    joined = phase + timedelta(days=late)
    bare = replace(known, cadence=None, cadence_since=None, reached=(), skips=(), returned_on=None)
    circle = CircleCadence("choir", rule.removesuffix(" workdays"), joined, phase=phase)
    found = keep_in_touch(replace(bare, circles=(circle,)), SETTINGS, TODAY)
    assert found is not None
    assert found.due == first_occurrence(found.effective.cadence.rule, phase, joined)


@given(any_facts())
def test_moving_or_skipping_ends_what_hid_the_item(known: RhythmFacts) -> None:
    hidden = keep_in_touch(known, SETTINGS, TODAY)
    if hidden is None:
        return
    shown = Snooze(99, TODAY, TODAY, hidden.effective.key)
    after = keep_in_touch(replace(known, snoozes=(*known.snoozes, shown)), SETTINGS, TODAY)
    assert after is not None
    assert after.hidden_until is None
    assert (after.due, after.asks) == (hidden.due, hidden.asks)


@given(any_facts(), st.sampled_from([Mode.OCCASION, Mode.NEVER]), st.sampled_from([Status.ARCHIVED, Status.DECEASED]))
def test_whoever_is_put_away_has_no_rhythm(known: RhythmFacts, mode: Mode, status: Status) -> None:
    assert rhythm_item(replace(known, mode=mode), SETTINGS, TODAY) is None
    assert rhythm_item(replace(known, status=status), SETTINGS, TODAY) is None


@given(st.text(max_size=40), st.integers(1, 3650))
def test_a_spread_day_lies_within_the_interval_and_stays(uid: str, length: int) -> None:
    assert 1 <= spread_days(uid, length) <= length
    assert spread_days(uid, length) == spread_days(uid, length)
