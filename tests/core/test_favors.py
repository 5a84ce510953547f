"""The states of a favor, the lane and the loop each keeps open, and never just no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core import favors
from planner.core.dates.civil import FIRST_YEAR
from planner.core.dates.shown import exact_date
from planner.core.favors import GIVEN, LANES, RECEIVED, accept, balances, check_kind, lane, months, open_loop
from planner.core.model import (
    FAVOR_KINDS,
    WAYS_OUT,
    Favor,
    FavorDirection,
    FavorState,
    ImportedFavor,
    ItemKind,
    Settings,
)
from planner.errors import Refused
from tests.cases import case

TODAY = date(2026, 11, 23)
SETTINGS = Settings()
ASKED, PROMISED, DONE = FavorState.ASKED, FavorState.PROMISED, FavorState.DONE


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def favor(direction: FavorDirection, state: FavorState, **more: object) -> Favor:
    values = {"kind": "introduction", "asked_on": TODAY, "contact_name": "Ana", "note": "meet Leo", **more}
    return Favor(7, 5, direction, state=state, **values)  # type: ignore[arg-type]


def loop(one: Favor) -> tuple[ItemKind, int, str] | None:
    """(kind, days from today, question) of the loop a favor keeps open."""
    item = open_loop(one, SETTINGS)
    return (item.kind, (item.due - TODAY).days, item.asks) if item is not None else None


# The loops


def test_request_to_answer_is_due_in_two_days() -> None:
    request = favor(GIVEN, ASKED)
    assert (lane(request), loop(request)) == ("asked_me", (ItemKind.REQUEST, 2, ""))


def test_promise_is_due_as_promised_and_by_default_in_a_week() -> None:
    promised = favors.accept(favor(GIVEN, ASKED), None, TODAY, SETTINGS)
    assert (lane(promised), loop(promised)) == ("promised", (ItemKind.PROMISE, 7, ""))
    assert loop(favors.accept(favor(GIVEN, ASKED), on(3), TODAY, SETTINGS)) == (ItemKind.PROMISE, 3, "")


def test_ask_waiting_is_nudged_after_seven_days_twice_then_rests() -> None:
    ask = favor(RECEIVED, ASKED)
    assert (lane(ask), loop(ask)) == ("i_asked", (ItemKind.ASK, 7, ""))
    once = favors.nudge(ask, on(9), SETTINGS)
    assert loop(once) == (ItemKind.ASK, 16, "")
    twice = favors.nudge(once, on(16), SETTINGS)
    assert loop(twice) == (ItemKind.ASK, 23, "rest")
    with pytest.raises(Refused, match="nudged as often as is kind"):
        favors.nudge(twice, on(23), SETTINGS)
    resting = favors.rest(twice, on(23))
    assert (lane(resting), loop(resting), resting.closed_on) == (None, None, on(23))


def test_ask_agreed_to_by_them_still_waits() -> None:
    assert loop(favor(RECEIVED, PROMISED)) == (ItemKind.ASK, 7, "")


def test_thanks_are_owed_in_two_days_then_the_outcome_two_weeks_after_them() -> None:
    helped = favors.done(favor(RECEIVED, ASKED, nudges=(on(-3),)), TODAY, SETTINGS)
    assert (lane(helped), loop(helped)) == ("to_close", (ItemKind.THANKS, 2, ""))
    thanked = favors.thank(helped, on(1))
    assert (lane(thanked), loop(thanked)) == ("to_close", (ItemKind.OUTCOME, 15, ""))
    told = favors.tell(thanked, on(20))
    assert (lane(told), loop(told), told.thanked_on, told.told_on) == (None, None, on(1), on(20))


def test_telling_the_outcome_says_thanks_too() -> None:
    told = favors.tell(favor(RECEIVED, DONE, done_on=TODAY), on(3))
    assert (told.state, told.thanked_on, told.told_on) == (FavorState.TOLD, on(3), on(3))


def test_help_given_leaves_nothing_open() -> None:
    given_now = favors.done(favor(GIVEN, PROMISED, due_on=on(-3)), TODAY, SETTINGS)
    assert (lane(given_now), loop(given_now), given_now.done_on) == (None, None, TODAY)


def test_every_wait_is_configurable() -> None:
    for settings, direction, state, dates, days in [
        (Settings(request_days=5), GIVEN, ASKED, {}, 5),
        (Settings(nudge_days=3), RECEIVED, ASKED, {}, 3),
        (Settings(thanks_days=1), RECEIVED, DONE, {"done_on": TODAY}, 1),
        (Settings(outcome_days=30), RECEIVED, FavorState.THANKED, {"thanked_on": TODAY}, 30),
    ]:
        with case(settings, direction, state, dates, days):
            item = open_loop(favor(direction, state, **dates), settings)
            assert item is not None
            assert item.due == on(days)


def test_the_loop_says_whose_it_is_and_what_about() -> None:
    item = open_loop(favor(GIVEN, ASKED), SETTINGS)
    assert item is not None
    assert (item.id, item.contact_id, item.contact_name, item.text) == ("v7", 5, "Ana", "meet Leo")
    without_note = open_loop(favor(GIVEN, ASKED, note=""), SETTINGS)
    assert without_note is not None
    assert without_note.text == "introduction"


def test_a_favor_without_its_date_stays_open_instead_of_failing() -> None:
    for direction, state in [
        (GIVEN, ASKED),
        (GIVEN, PROMISED),
        (RECEIVED, ASKED),
        (RECEIVED, DONE),
        (RECEIVED, FavorState.THANKED),
    ]:
        with case(direction, state):
            bare = favor(direction, state, asked_on=None)
            item = open_loop(bare, SETTINGS)
            assert item is not None
            assert item.due < TODAY
            known = open_loop(replace(bare, asked_on=on(-4)), SETTINGS)
            assert known is not None
            assert on(-4) <= known.due <= on(10)


def test_a_favor_without_its_date_counts_from_the_latest_it_has() -> None:
    promised = favor(GIVEN, PROMISED, asked_on=on(-9), nudges=(on(-4), on(-6)))
    assert loop(promised) == (ItemKind.PROMISE, -4, "")
    item = open_loop(replace(promised, asked_on=None, nudges=()), SETTINGS)
    assert item is not None
    assert item.due == date(FIRST_YEAR, 1, 1)


def test_what_was_offered_instead_waits_only_while_it_has_a_day_and_is_not_closed() -> None:
    offered = favor(GIVEN, FavorState.ALTERNATIVE)
    assert lane(replace(offered, due_on=on(3))) == "asked_me"
    assert lane(replace(offered, due_on=on(3), closed_on=TODAY)) is None
    assert lane(offered) is None


# Boundaries of today


def test_a_request_for_today_is_promised_for_today_and_one_for_yesterday_in_a_week() -> None:
    for days, promised in ((-1, 7), (0, 0), (1, 1)):
        with case(days):
            assert accept(favor(GIVEN, ASKED, due_on=on(days)), None, TODAY, SETTINGS).due_on == on(promised)


def test_help_a_source_tells_of_is_history_after_three_weeks() -> None:
    def told(direction: FavorDirection, days: int | None) -> Favor:
        one = ImportedFavor("k", direction, "advice", on(days) if days is not None else None, "the list")
        return favors.told_of(one, 5, TODAY)

    for days, state in ((None, "told"), (-22, "told"), (-21, "done"), (-1, "done"), (0, "done")):
        with case(days):
            assert told(RECEIVED, days).state == state
            assert told(GIVEN, days).state == "done"
    # Nothing is done tomorrow already, and an unknown day stays unknown.
    assert [told(RECEIVED, days).done_on for days in (None, -21, 0, 1)] == [None, on(-21), TODAY, TODAY]
    assert told(GIVEN, -3) == Favor(0, 5, GIVEN, "advice", DONE, note="the list", done_on=on(-3))


def test_help_counts_in_its_month_from_the_first_day_to_the_last_but_not_after_today() -> None:
    days = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1), on(0), on(1))
    favors = [favor(GIVEN, DONE, done_on=day) for day in days]
    assert [(one.first.month, one.gave) for one in months(favors, TODAY, 2)] == [(10, 2), (11, 2)]
    assert [(one.first, one.gave) for one in months(favors, date(2027, 1, 1), 2)] == [
        (date(2026, 12, 1), 0), (date(2027, 1, 1), 0),
    ]  # fmt: skip


# Never just no


def test_declining_a_request_offers_something_else() -> None:
    for way_out in WAYS_OUT:
        for state in [ASKED, PROMISED]:
            with case(way_out, state):
                answered = favors.decline(
                    favor(GIVEN, state, due_on=on(1)), f" {way_out.upper()} ", " a shorter call ", TODAY, SETTINGS
                )
                assert (answered.way_out, answered.way_out_note) == (way_out, "a shorter call")
                promised = way_out in ("smaller", "resource", "advice")
                assert answered.state is (PROMISED if promised else FavorState.ALTERNATIVE)
                if way_out == "later":
                    assert (lane(answered), loop(answered)) == ("asked_me", (ItemKind.REQUEST, 28, ""))
                elif promised:
                    assert (lane(answered), loop(answered)) == ("promised", (ItemKind.PROMISE, 7, ""))
                else:
                    assert (lane(answered), loop(answered), answered.closed_on) == (None, None, TODAY)


def test_later_comes_back_on_the_day_given_and_can_be_promised_then() -> None:
    later = favors.decline(favor(GIVEN, ASKED), "later", "after the fair", TODAY, SETTINGS, on(40))
    assert loop(later) == (ItemKind.REQUEST, 40, "")
    promised = favors.accept(later, on(45), on(40), SETTINGS)
    assert (loop(promised), promised.way_out, promised.way_out_note) == ((ItemKind.PROMISE, 45, ""), "", "")
    assert favors.done(later, on(40), SETTINGS).state is DONE


def test_just_no_is_refused() -> None:
    for way_out, note in [("", "sorry"), ("no", "sorry"), ("later", ""), ("advice", "  \n ")]:
        with case(way_out, note), pytest.raises(Refused):
            favors.decline(favor(GIVEN, ASKED), way_out, note, TODAY, SETTINGS)


def test_they_may_decline_without_a_way_out() -> None:
    declined = favors.decline(favor(RECEIVED, ASKED), "", "no time", TODAY, SETTINGS)
    assert (declined.state, declined.closed_on, lane(declined)) == (FavorState.DECLINED, TODAY, None)


# Steps that cannot be taken


STEPS: dict[str, Callable[[Favor], Favor]] = {
    "accept": lambda one: favors.accept(one, None, TODAY, SETTINGS),
    "done": lambda one: favors.done(one, TODAY, SETTINGS),
    "thank": lambda one: favors.thank(one, TODAY),
    "tell": lambda one: favors.tell(one, TODAY),
    "nudge": lambda one: favors.nudge(one, TODAY, SETTINGS),
    "rest": lambda one: favors.rest(one, TODAY),
    "decline": lambda one: favors.decline(one, "advice", "try the library", TODAY, SETTINGS),
}


def test_each_state_allows_its_own_steps_only() -> None:
    for direction, state, possible in [
        (GIVEN, ASKED, {"accept", "done", "decline"}),
        (GIVEN, PROMISED, {"done", "decline"}),
        (GIVEN, DONE, set()),
        (RECEIVED, ASKED, {"done", "nudge", "rest", "decline"}),
        (RECEIVED, PROMISED, {"done", "nudge", "rest", "decline"}),
        (RECEIVED, DONE, {"thank", "tell"}),
        (RECEIVED, FavorState.THANKED, {"tell"}),
        (RECEIVED, FavorState.TOLD, set()),
        (RECEIVED, FavorState.RESTED, set()),
        (RECEIVED, FavorState.DECLINED, set()),
    ]:
        with case(direction, state, possible):
            one = favor(direction, state, due_on=on(3), done_on=TODAY, thanked_on=TODAY)
            for name, step in STEPS.items():
                if name in possible:
                    assert step(one) != one
                else:
                    with pytest.raises(Refused):
                        step(one)


def test_what_is_offered_instead_is_promised_in_its_own_words_and_can_be_given() -> None:
    offered = favors.decline(favor(GIVEN, ASKED, note="the whole move"), "smaller", "the piano", TODAY, SETTINGS, on(3))
    item = favors.open_loop(offered, SETTINGS)
    assert item is not None
    assert (item.kind, item.text, item.due) == (ItemKind.PROMISE, "the piano", on(3))
    assert (STEPS["done"](offered).state, lane(STEPS["done"](offered))) == (DONE, None)


def test_a_request_that_went_to_others_is_closed() -> None:
    for way_out in ("introduce", "network"):
        with case(way_out):
            closed = favors.decline(favor(GIVEN, ASKED), way_out, "Tom Plumber", TODAY, SETTINGS)
            with pytest.raises(Refused, match="nothing to say yes to"):
                STEPS["accept"](closed)
            assert lane(closed) is None


def test_a_loan_is_out_until_it_is_home_and_owes_no_outcome() -> None:
    for direction, words in ((GIVEN, "Ana has the tent · back Sat 5 Dec"), (RECEIVED, "bring back the tent")):
        with case(direction):
            lent = favor(direction, DONE, kind="loan", note="the tent", done_on=TODAY, home_by=on(12))
            item = favors.open_loan(lent)
            assert item is not None
            assert (item.id, item.kind, item.due, item.text) == ("l7", ItemKind.LOAN, on(12), words)
            back = favors.home(lent, on(10))
            assert favors.open_loan(back) is None
            with pytest.raises(Refused, match="no loan to bring home"):
                favors.home(back, on(11))
    thanked = favor(RECEIVED, FavorState.THANKED, kind="loan", thanked_on=TODAY, home_by=on(12))
    assert lane(thanked) is None
    assert [item.id for item in favors.open_loops(thanked, SETTINGS)] == ["l7"]


def test_a_loan_for_long_names_the_year_it_is_to_be_home() -> None:
    lent = favor(GIVEN, DONE, kind="loan", note="the boat", done_on=TODAY, home_by=on(400))
    item = favors.open_loan(lent)
    assert item is not None
    assert item.text == f"Ana has the boat · back {exact_date(on(400))}"


def test_the_idea_of_a_gift_is_no_loop_and_becomes_a_gift_or_is_let_go() -> None:
    idea = favor(GIVEN, FavorState.IDEA, kind="gift", note="a scarf", asked_on=TODAY)
    assert favors.open_loops(idea, SETTINGS) == []
    assert favors.done(idea, TODAY, SETTINGS).state is DONE
    assert favors.rest(idea, TODAY).state is FavorState.RESTED
    assert favors.balances([idea])[0].gave == 0


def test_a_loan_without_a_day_is_to_be_home_in_four_weeks() -> None:
    assert favors.done(favor(GIVEN, PROMISED, kind="loan", due_on=TODAY), TODAY, SETTINGS).home_by == on(28)
    assert favors.home_by("loan", None, on(-100), TODAY, SETTINGS) == TODAY
    assert favors.home_by("advice", on(3), TODAY, TODAY, SETTINGS) is None


def test_a_step_that_cannot_be_taken_says_where_it_stands_and_what_is_next() -> None:
    for one, name, words in (
        (favor(RECEIVED, ASKED), "thank",
         "There is nothing to thank for: you asked Ana, who has not helped yet (“meet Leo”)."
         " “planner favor done v7” is the next step, once they have helped"),
        (favor(RECEIVED, DONE), "nudge",
         "There is nobody to nudge: Ana helped, and thanks are still to be said (“meet Leo”)."
         " “planner favor thank v7” is the next step"),
        (favor(RECEIVED, FavorState.TOLD), "rest",
         "There is nothing to let rest: Ana was thanked and told how it went, nothing is left to do (“meet Leo”)."
         " “planner ledger” shows what is open"),
        (favor(GIVEN, PROMISED), "nudge",
         "There is nobody to nudge: you promised it to Ana (“meet Leo”). “planner favor done v7” once it is done"),
        (favor(GIVEN, DONE), "accept",
         "There is nothing to say yes to: you helped Ana (“meet Leo”). “planner ledger” shows what is open"),
        (favor(GIVEN, FavorState.DECLINED), "done",
         "There is nothing to do: Ana asked you for it, and you could not help (“meet Leo”)."
         " “planner ledger” shows what is open"),
    ):  # fmt: skip
        with case(one.state, name), pytest.raises(Refused) as refusal:
            STEPS[name](one)
        assert str(refusal.value) == words


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8), st.sampled_from([GIVEN, RECEIVED]))
def test_a_favor_is_in_one_lane_exactly_while_its_loop_is_open(steps: list[str], direction: FavorDirection) -> None:
    one = favor(direction, ASKED)
    for name in steps:
        try:
            one = STEPS[name](one)
        except Refused:
            continue
        where = lane(one)
        assert where is None or where in LANES
        assert (where is None) == (open_loop(one, SETTINGS) is None)


# Words and counts


def test_kinds_are_known_however_they_are_written() -> None:
    for kind in FAVOR_KINDS:
        with case(kind):
            assert check_kind(f" {kind.upper()} ") == kind


def test_an_unknown_kind_is_refused_with_what_there_is() -> None:
    with pytest.raises(Refused, match="introduction"):
        check_kind("blessing")


def test_gave_and_received_are_counts_of_what_really_happened() -> None:
    states = [(GIVEN, DONE), (GIVEN, PROMISED), (RECEIVED, DONE), (RECEIVED, FavorState.TOLD), (RECEIVED, ASKED)]
    favors = [favor(direction, state) for direction, state in states]
    favors.append(replace(favors[0], contact_id=6, contact_name="Ben"))
    found = balances(favors)
    assert [(one.name, one.gave, one.received) for one in found] == [("Ana", 1, 2), ("Ben", 1, 0)]
    assert balances([]) == ()


def test_months_count_what_was_given_and_received_up_to_today() -> None:
    def help_on(key: int, direction: FavorDirection, day: date, state: FavorState = FavorState.DONE) -> Favor:
        return Favor(key, 1, direction, "advice", state, done_on=day)

    favors = (
        help_on(1, GIVEN, date(2026, 11, 1)), help_on(2, GIVEN, TODAY), help_on(3, GIVEN, on(1)),
        help_on(4, RECEIVED, date(2025, 12, 31), FavorState.TOLD), help_on(5, RECEIVED, date(2025, 11, 30)),
        Favor(6, 1, GIVEN, "advice", FavorState.PROMISED, due_on=date(2026, 11, 2)),
    )  # fmt: skip
    found = months(favors, TODAY)
    assert [one.first for one in (found[0], found[-1])] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert [(one.gave, one.received) for one in found] == [(0, 1), *[(0, 0)] * 10, (2, 0)]


def test_a_request_is_due_by_the_day_they_named_and_promised_by_it_while_it_is_to_come() -> None:
    asked = favor(GIVEN, ASKED, due_on=on(11))
    assert loop(asked) == (ItemKind.REQUEST, 11, "")
    assert accept(asked, None, TODAY, SETTINGS).due_on == on(11)
    assert accept(asked, None, on(12), SETTINGS).due_on == on(19)
