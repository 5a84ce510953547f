"""The capture line at the desk: what it would do, what it does, and that one line is one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from planner.core.model import FavorDirection, FavorState, State
from planner.desk import Desk
from planner.errors import Refused
from tests.cases import case
from tests.desk.desks import TODAY, add, day, on, shown, stands
from tests.store.stores import facts

LINE = "Ana and Ben: coffee, promised intro to Leo by fri, follow up on 12 dec about her op, again 6w, likes tea"


@pytest.fixture
def ana(desk: Desk) -> int:
    """Somebody with a rhythm who is due."""
    return add(desk, "Ana Silva", cadence="4w", since=day(9, 1))


@pytest.fixture
def ben(desk: Desk) -> int:
    """Somebody without a rhythm."""
    return add(desk, "Ben Okri")


def happened(desk: Desk, contact_id: int) -> list[tuple[object, ...]]:
    """(day, channel, outcome, note) of a contact's interactions, the latest first."""
    found = desk.reading.card(contact_id).interactions
    return [(one.on, one.channel, str(one.outcome), one.note) for one in found]


@contextmanager
def refused(desk: Desk, words: str) -> Iterator[None]:
    """A verb in this block is refused in some words, writes nothing and leaves no trace in the history."""
    before, history = facts(desk.store), desk.keeping.history()
    with pytest.raises(Refused, match=words):
        yield
    assert facts(desk.store) == before
    assert desk.keeping.history() == history


# What a line would do


def test_a_preview_shows_each_part_where_it_stands_and_writes_nothing(desk: Desk, ana: int, ben: int) -> None:
    before = facts(desk.store)
    plan = desk.capture.preview(LINE)
    assert [(chip.kind, LINE[chip.start : chip.end], chip.text, chip.problem) for chip in plan.chips] == [
        ("who", "Ana", "Ana Silva", False),
        ("who", "Ben", "Ben Okri", False),
        ("interaction", "coffee", "coffee today", False),
        ("promise", "promised intro to Leo by fri", "promise: intro to Leo · by Fri 27 Nov", False),
        ("followup", "follow up on 12 dec about her op", "follow-up: about her op · Sat 12 Dec", False),
        ("next", "again 6w", "again Mon 4 Jan", False),
        ("note", "likes tea", "note: likes tea", False),
    ]
    assert (plan.problems, plan.contact_ids, plan.names) == ((), (ana, ben), ("Ana Silva", "Ben Okri"))
    assert facts(desk.store) == before
    assert len(desk.keeping.history()) == 2


@pytest.mark.usefixtures("ana")
def test_a_preview_says_what_has_to_be_mended(desk: Desk) -> None:
    for line, kind, part, problem in (
        ("Nora: coffee", "who", "Nora", "Nobody is called “Nora”"),
        ("Ana: call on 32 dec", "interaction", "call on 32 dec", "December has no day 32"),
    ):
        with case(line):
            plan = desk.capture.preview(line)
            (wrong,) = (chip for chip in plan.chips if chip.problem)
            assert (wrong.kind, line[wrong.start : wrong.end]) == (kind, part)
            (said,) = plan.problems
            assert problem in said


@pytest.mark.usefixtures("ana")
def test_a_preview_of_a_line_that_is_being_typed_finds_who_is_meant(desk: Desk, ana: int) -> None:
    assert desk.capture.preview("").chips == ()
    plan = desk.capture.preview("Ana, Kim")
    assert (plan.contact_ids, plan.problems) == ((ana,), ())


# What a line does


def test_a_line_becomes_facts_of_everyone_it_names(desk: Desk, ana: int, ben: int) -> None:
    done = desk.capture.take(LINE)
    assert done.ids == (ana, ben)
    assert done.said.startswith("Ana Silva and Ben Okri: coffee today; promise: intro to Leo · by Fri 27 Nov")
    for contact_id in (ana, ben):
        with case(contact_id):
            card = desk.reading.card(contact_id)
            assert happened(desk, contact_id) == [(TODAY, "coffee", "reached", "likes tea")]
            assert [(one.text, one.on) for one in card.follow_ups] == [
                ("about her op", day(12, 12)), ("catch up", day(1, 4, 2027)),
            ]  # fmt: skip
            assert [(one.direction, one.state, one.note, one.due_on) for one in card.favors] == [
                (FavorDirection.GIVEN, FavorState.PROMISED, "intro to Leo", day(11, 27))
            ]
    # They met once, together.
    assert desk.reading.card(ana).interactions == desk.reading.card(ben).interactions
    assert desk.reading.why(ana).state is State.FINE


def test_a_line_is_one_entry_in_the_history_and_undo_takes_all_of_it_back(desk: Desk, ana: int, ben: int) -> None:
    before, entries = facts(desk.store), len(desk.keeping.history())
    said = desk.capture.take(LINE).said
    after = facts(desk.store)
    assert [one.summary for one in desk.keeping.history()[: len(desk.keeping.history()) - entries]] == [said]
    assert desk.keeping.undo().said == f"Took back: {said}"
    assert facts(desk.store) == before
    assert desk.keeping.redo().said == f"Brought back: {said}"
    assert facts(desk.store) == after


@pytest.mark.usefixtures("ben")
def test_somebody_new_is_added_in_the_same_step_when_that_is_wanted(desk: Desk, ana: int) -> None:
    before = facts(desk.store)
    line = "Ana and Nora Quist: coffee"
    plan = desk.capture.preview(line, add=True)
    assert (plan.contact_ids, plan.new_names, plan.problems) == ((ana,), ("Nora Quist",), ())
    assert "new: Nora Quist" in [chip.text for chip in plan.chips]
    assert facts(desk.store) == before
    desk.capture.take(line, add=True)
    nora = desk.people.find("Nora Quist")
    assert happened(desk, nora) == happened(desk, ana) == [(TODAY, "coffee", "reached", "")]
    desk.keeping.undo()
    assert facts(desk.store) == before


@pytest.mark.usefixtures("ana", "ben")
def test_a_line_that_is_not_clear_is_refused_and_changes_nothing(desk: Desk) -> None:
    for line, words in (
        ("Nora: coffee", "Nobody is called “Nora”"),
        ("Ana and Nora: coffee", "Nobody is called “Nora”"),
        ("coffee with Nora", "No colon"),
        ("Ana:", "Nothing stands after the colon"),
        (": coffee", "No name stands before the colon"),
        ("Ana: coffee, call on 32 dec", "December has no day 32"),
        ("#99: coffee", "99"),
    ):
        with case(line), refused(desk, words):
            desk.capture.take(line)


@pytest.mark.usefixtures("ana", "ben")
def test_a_number_or_an_address_that_nobody_has_adds_nobody(desk: Desk) -> None:
    for who in ("#99", "nobody@example.org", "99"):
        with case(who), refused(desk, who):
            desk.capture.take(f"{who}: coffee", add=True)


@pytest.mark.usefixtures("ana")
def test_a_name_that_two_have_is_asked_about_and_adds_nobody(desk: Desk) -> None:
    add(desk, "Ana Lopes")
    for more in (False, True):
        with case(more), refused(desk, "Ana"):
            desk.capture.take("Ana: coffee", add=more)


def test_a_note_alone_is_kept_with_the_contact_and_is_no_contact(desk: Desk, ana: int) -> None:
    desk.capture.take("Ana: likes tea")
    assert desk.reading.card(ana).contact.notes == "2026-11-23: likes tea"
    assert happened(desk, ana) == []
    assert stands(desk, f"c{ana}", TODAY)


def test_a_dry_run_answers_the_same_and_keeps_nothing(desk: Desk, ana: int, ben: int) -> None:
    before, history = facts(desk.store), desk.keeping.history()
    dry = desk.capture.take(LINE, dry_run=True)
    assert (facts(desk.store), desk.keeping.history()) == (before, history)
    real = desk.capture.take(LINE)
    assert (dry.said, dry.ids, dry.step) == (real.said, (ana, ben), None)


# Logging with a line


def test_a_line_is_logged_about_those_in_hand_and_loose_words_are_its_note(desk: Desk, ana: int, ben: int) -> None:
    before = facts(desk.store)
    done = desk.capture.log([ana, ben], "lunch yesterday, again 6w")
    assert (done.said, done.ids) == ("Logged Ana Silva and Ben Okri: meal yesterday; again Mon 4 Jan", (ana, ben))
    assert happened(desk, ana) == happened(desk, ben) == [(on(-1), "meal", "reached", "")]
    desk.keeping.undo()
    assert facts(desk.store) == before
    assert desk.capture.log([ana], "likes tea").said == "Logged Ana Silva: note: likes tea"
    assert happened(desk, ana) == [(TODAY, "", "reached", "likes tea")]
    with refused(desk, "December has no day 32"):
        desk.capture.log([ana], "call 32 dec")


# Settling with a line


def test_what_is_open_is_settled_by_a_line_that_says_more(desk: Desk, ana: int) -> None:
    line = "call, likes boats, again 8w, follow up 12 dec about the boat"
    plan = desk.capture.settle_preview(line)
    assert [(chip.kind, line[chip.start : chip.end]) for chip in plan.chips] == [
        ("interaction", "call"), ("note", "likes boats"), ("next", "again 8w"),
        ("followup", "follow up 12 dec about the boat"),
    ]  # fmt: skip
    before, entries = facts(desk.store), len(desk.keeping.history())
    said = desk.capture.settle([f"c{ana}"], line).said
    assert said == (
        "Caught up with Ana Silva, Mon 23 Nov 2026; again Mon 18 Jan; follow-up: about the boat · Sat 12 Dec"
        "; next due Mon 21 Dec 2026"
    )
    assert happened(desk, ana) == [(TODAY, "call", "reached", "likes boats")]
    assert not stands(desk, f"c{ana}", TODAY)
    assert len(desk.keeping.history()) == entries + 1
    assert desk.keeping.undo().said == f"Took back: {said}"
    assert facts(desk.store) == before


def test_the_day_and_the_channel_of_the_line_are_those_of_what_happened(desk: Desk, ana: int, ben: int) -> None:
    promise = desk.favors.enter("promise", [ben], on=on(-9), due=on(-1), note="the list").id
    desk.capture.settle([f"v{promise}"], "mail on sun, sent the whole list")
    assert happened(desk, ben) == [(on(-1), "mail", "reached", "sent the whole list")]
    (favor,) = desk.reading.card(ben).favors
    assert (favor.state, favor.done_on) == (FavorState.DONE, on(-1))
    desk.capture.settle([f"c{ana}"], "coffee yesterday")
    assert desk.reading.why(ana).last_contact == on(-1)


def test_several_are_settled_in_one_step(desk: Desk, ana: int, ben: int) -> None:
    desk.on(on(-30)).people.set_cadence([ben], "1w")
    before, entries = facts(desk.store), len(desk.keeping.history())
    done = desk.capture.settle([f"c{ana}", f"c{ben}"], "coffee, again 8w")
    assert (done.said, done.ids) == ("Done: Ana Silva and Ben Okri; again Mon 18 Jan", (f"c{ana}", f"c{ben}"))
    assert shown(desk.reading.agenda()) == {}
    assert [one.on for who in (ana, ben) for one in desk.reading.card(who).follow_ups] == [day(1, 18, 2027)] * 2
    assert len(desk.keeping.history()) == entries + 1
    desk.keeping.undo()
    assert facts(desk.store) == before


def test_a_line_without_an_answer_is_an_attempt_and_asks_again(desk: Desk, ana: int) -> None:
    said = desk.capture.settle([f"c{ana}"], "no answer").said
    assert said == "No answer from Ana Silva; again on Mon 30 Nov 2026"
    assert [outcome for _, _, outcome, _ in happened(desk, ana)] == ["attempt"]
    assert not stands(desk, f"c{ana}", on(6))
    assert stands(desk, f"c{ana}", on(7))


def test_what_is_planned_by_the_line_is_planned_beside_what_is_done(desk: Desk, ana: int) -> None:
    desk.capture.settle([f"c{ana}"], "call, lunch next fri")
    assert happened(desk, ana) == [(day(12, 4), "meal", "planned", ""), (TODAY, "call", "reached", "")]


def test_a_settling_that_is_refused_changes_nothing(desk: Desk, ana: int) -> None:
    for items, line, words in (
        ([f"c{ana}"], "call 32 dec", "December has no day 32"),
        (["v99"], "coffee", "Nothing open has the id v99"),
        ([f"c{ana}", "v99"], "coffee, again 8w", "Nothing open has the id v99"),
    ):
        with case(items, line), refused(desk, words):
            desk.capture.settle(items, line)
