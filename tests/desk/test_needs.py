"""Needs at the desk: who was told, what the ledger gets of it, and that undo takes each step back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.config import Config
from planner.core.favors import lane
from planner.core.model import FavorState, ItemKind, Settings
from planner.core.needs import TEMPLATE, ToldState
from planner.desk import ContactDraft, Desk
from planner.errors import Ambiguous, Conflict, Refused
from planner.store import derived
from tests.store.stores import assert_sound, facts, open_store

TODAY = date(2026, 11, 23)
WEEK_AGO = TODAY - timedelta(days=7)
ANA, BEN, CY, DORA = 1, 2, 3, 4


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with four people and one need."""
    with Desk(open_store(tmp_path / "planner.db", settings=Settings()), Config()) as found:
        for name in ("Ana Silva", "Ben Okri", "Cy Young", "Dora Lind"):
            found.add_contact(ContactDraft(name=name), today=TODAY)
        found.add_need("A flat in Lisbon", why="a book", by=date(2027, 3, 1), today=TODAY)
        yield found
        assert_sound(found.store)


def states(desk: Desk, need_id: int = 1) -> dict[str, ToldState]:
    """Where everyone stands, by name; the untold left out."""
    return {one.name: one.state for one in desk.need_told(need_id)}


def items(desk: Desk) -> list[tuple[str, str, str, date]]:
    """(id, kind, whose, due) of what is open, whenever it is due."""
    with desk.store.read():
        rows = desk.store.sql("SELECT d.id, kind, name, due FROM due_item d JOIN contact c ON c.id = d.contact_id")
    return sorted((key, kind, name, date.fromisoformat(due)) for key, kind, name, due in rows)


def kinds(desk: Desk) -> list[tuple[str, str]]:
    """(kind, whose) of what is open."""
    return sorted((kind, name) for _, kind, name, _ in items(desk))


# Telling


def test_telling_counts_and_is_asked_after_in_a_week(desk: Desk) -> None:
    desk.need_tell(1, ANA, on=WEEK_AGO, today=TODAY)
    desk.need_tell_all(1, [BEN, CY], today=TODAY)
    (view,) = desk.needs(today=TODAY)
    assert (view.told, view.of, view.answers_due) == (3, 4, 1)
    assert items(desk) == [("n1", "need", "Ana Silva", TODAY)]
    (item,) = desk.agenda(today=TODAY).items
    assert item.item.text == "A flat in Lisbon: any news? and 2 more"


def test_everyone_stands_in_one_place_told_or_suggested(desk: Desk) -> None:
    desk.need_tell(1, BEN, on=WEEK_AGO, today=TODAY)
    desk.need_declined(1, CY, today=TODAY)
    found = desk.need_people(1, today=TODAY)
    assert [one.name for one in found.told] == ["Ben Okri", "Cy Young"]
    assert [one.name for one in found.due] == ["Ben Okri"]
    assert [one.name for one in found.suggestions] == ["Ana Silva", "Dora Lind"]
    assert found.view.told + len(found.suggestions) == found.view.of


def test_who_is_not_to_be_chased_is_neither_counted_nor_suggested_until_told(desk: Desk) -> None:
    desk.set_mode([CY], "never", today=TODAY)
    desk.archive([DORA], today=TODAY)
    found = desk.need_people(1, today=TODAY)
    assert ([one.name for one in found.suggestions], found.view.of) == (["Ana Silva", "Ben Okri"], 2)
    desk.need_tell(1, CY, today=TODAY)
    view, people = desk.need_show(1, today=TODAY)
    assert (view.told, view.of, len(people)) == (1, 3, 3)


def test_telling_many_leaves_those_who_have_gone_further(desk: Desk) -> None:
    desk.need_helped(1, ANA, today=TODAY)
    desk.need_declined(1, BEN, on=WEEK_AGO, today=TODAY)
    desk.need_tell_all(1, [ANA, BEN, CY], today=TODAY)
    assert states(desk) == {"Ana Silva": "helped", "Ben Okri": "told", "Cy Young": "told"}
    assert desk.history()[0].summary == "Told Ben Okri and Cy Young about A flat in Lisbon"
    with pytest.raises(Refused, match="Ana Silva helped on Mon 23 Nov 2026 already"):
        desk.need_tell_all(1, [ANA], today=TODAY)


def test_three_hundred_are_told_in_one_step_and_one_undo(desk: Desk) -> None:
    ids = [desk.add_contact(ContactDraft(name=f"Person {number}"), today=TODAY) for number in range(300)]
    before = facts(desk.store)
    desk.need_tell_all(1, ids, today=TODAY)
    assert desk.needs(today=TODAY)[0].told == 300
    assert len(items(desk)) == 1
    desk.undo(today=TODAY)
    assert facts(desk.store) == before


# Asking and being helped


def test_an_ask_stands_in_the_ledger_with_its_nudge_and_is_made_once(desk: Desk) -> None:
    key = desk.need_ask(1, BEN, on=WEEK_AGO, today=TODAY)
    assert [(row.favor.id, row.favor.note) for row in desk.ledger(today=TODAY).lanes["i_asked"]] == [
        (key, "A flat in Lisbon")
    ]
    assert items(desk) == [(f"v{key}", "ask", "Ben Okri", TODAY)]
    with pytest.raises(Refused, match="Ben Okri was asked on Mon 16 Nov 2026 already"):
        desk.need_ask(1, BEN, today=TODAY)
    desk.favor_rest(key, today=TODAY)
    again = desk.need_ask(1, BEN, today=TODAY)
    assert [row.favor.id for row in desk.ledger(today=TODAY).lanes["i_asked"]] == [again]


def test_help_that_was_asked_for_closes_the_ask_and_owes_thanks_then_the_outcome(desk: Desk) -> None:
    key = desk.need_ask(1, BEN, on=WEEK_AGO, today=TODAY)
    desk.need_helped(1, BEN, today=TODAY)
    assert items(desk) == [(f"v{key}", "thanks", "Ben Okri", TODAY + timedelta(days=2))]
    with pytest.raises(Refused, match="Thanks come first"):
        desk.need_helped(1, BEN, today=TODAY)
    desk.favor_thank(key, today=TODAY)
    assert kinds(desk) == [("outcome", "Ben Okri")]


def test_help_that_was_not_asked_for_counts_as_well(desk: Desk) -> None:
    desk.need_helped(1, CY, today=TODAY)
    assert kinds(desk) == [("thanks", "Cy Young")]
    assert states(desk) == {"Cy Young": "helped"}


@pytest.mark.parametrize(
    ("answer", "state"),
    [("favor_done", "helped"), ("favor_decline", "declined"), ("favor_rest", "asked"), ("favor_nudge", "asked")],
)
def test_an_answer_in_the_ledger_counts_in_the_need(desk: Desk, answer: str, state: str) -> None:
    key = desk.need_ask(1, BEN, on=WEEK_AGO, today=TODAY)
    getattr(desk, answer)(key, today=TODAY)
    assert states(desk) == {"Ben Okri": state}
    _, people = desk.need_show(1, today=TODAY)
    assert {name: where for _, name, where in people}["Ben Okri"] == state


def test_who_cannot_help_is_asked_no_more(desk: Desk) -> None:
    key = desk.need_ask(1, BEN, on=WEEK_AGO, today=TODAY)
    desk.need_declined(1, BEN, today=TODAY)
    assert items(desk) == []
    (favor,) = desk.card(BEN, today=TODAY).favors
    assert (favor.id, favor.state) == (key, FavorState.DECLINED)
    desk.need_tell(1, BEN, today=TODAY)
    assert states(desk) == {"Ben Okri": "told"}


# Passing on


def test_passing_on_to_somebody_new_adds_them_as_known_and_told(desk: Desk) -> None:
    other = desk.need_passed(1, ANA, "Maude Ferrand", today=TODAY)
    card = desk.card(other, today=TODAY).contact
    assert (card.name, card.mode, card.source) == ("Maude Ferrand", "occasion", "through Ana Silva")
    assert states(desk) == {"Ana Silva": "passed on", "Maude Ferrand": "told"}
    (known,) = desk.card(ANA, today=TODAY).contact.acquaintances
    assert (known.other_id, known.name) == (other, "Maude Ferrand")
    ana = next(one for one in desk.need_told(1) if one.contact_id == ANA)
    assert (ana.passed_to, ana.passed_name) == (other, "Maude Ferrand")
    assert kinds(desk) == [("need", "Maude Ferrand")]


@pytest.mark.parametrize("who", ["ben OKRI", "#2"])
def test_passing_on_to_somebody_known_by_name_or_number(desk: Desk, who: str) -> None:
    assert desk.need_passed(1, ANA, who, today=TODAY) == BEN
    (known,) = desk.card(ANA, today=TODAY).contact.acquaintances
    assert (known.other_id, known.name) == (BEN, "Ben Okri")
    assert desk.counts(today=TODAY).contacts == 4


def test_passing_on_answers_an_ask_and_never_takes_back_what_the_other_did(desk: Desk) -> None:
    desk.need_ask(1, ANA, on=WEEK_AGO, today=TODAY)
    desk.need_helped(1, BEN, today=TODAY)
    desk.need_passed(1, ANA, "Ben Okri", today=TODAY)
    assert states(desk) == {"Ana Silva": "passed on", "Ben Okri": "helped"}
    assert kinds(desk) == [("thanks", "Ana Silva"), ("thanks", "Ben Okri")]


def test_passing_on_is_refused_to_nobody_to_oneself_and_to_one_of_two(desk: Desk) -> None:
    desk.add_contact(ContactDraft(name="Ben Okri"), today=TODAY)
    before = facts(desk.store)
    for to in (" ", "Ana Silva", "#1", "#99"):
        with pytest.raises(Refused):
            desk.need_passed(1, ANA, to, today=TODAY)
    with pytest.raises(Ambiguous):
        desk.need_passed(1, ANA, "Ben Okri", today=TODAY)
    assert facts(desk.store) == before


# Closing


def test_closing_leaves_the_outcome_for_everyone_who_helped_and_nothing_else(desk: Desk) -> None:
    desk.need_tell(1, ANA, on=WEEK_AGO, today=TODAY)
    desk.need_ask(1, BEN, on=WEEK_AGO, today=TODAY)
    desk.need_helped(1, CY, today=TODAY)
    done = desk.need_ask(1, DORA, on=WEEK_AGO, today=TODAY)
    desk.favor_done(done, today=TODAY)
    assert desk.need_close(1, outcome="Two rooms in Alfama", today=TODAY) == ("Cy Young", "Dora Lind")
    assert kinds(desk) == [("thanks", "Cy Young"), ("thanks", "Dora Lind")]
    for row in desk.ledger(today=TODAY).lanes["to_close"]:
        desk.favor_thank(row.favor.id, today=TODAY)
    assert kinds(desk) == [("outcome", "Cy Young"), ("outcome", "Dora Lind")]
    (closed,) = desk.needs(today=TODAY, closed=True)
    assert (closed.need.outcome, closed.told, closed.answers_due) == ("Two rooms in Alfama", 4, 0)
    assert desk.needs(today=TODAY) == ()
    assert desk.need_people(1, today=TODAY).suggestions == ()
    (favor,) = desk.card(BEN, today=TODAY).favors
    assert lane(favor) is None


def test_nothing_more_happens_in_a_closed_need(desk: Desk) -> None:
    desk.need_close(1, today=TODAY)
    verbs: list[Callable[[], Any]] = [
        lambda: desk.need_tell(1, ANA, today=TODAY),
        lambda: desk.need_tell_all(1, [ANA], today=TODAY),
        lambda: desk.need_ask(1, ANA, today=TODAY),
        lambda: desk.need_helped(1, ANA, today=TODAY),
        lambda: desk.need_declined(1, ANA, today=TODAY),
        lambda: desk.need_passed(1, ANA, "Ben Okri", today=TODAY),
        lambda: desk.need_close(1, today=TODAY),
        lambda: desk.edit_need(1, title="A house", today=TODAY),
        lambda: desk.need_suggest(1, today=TODAY),
        lambda: desk.need_drafts(1, [ANA], TEMPLATE, today=TODAY),
    ]
    for verb in verbs:
        with pytest.raises(Refused, match="is closed"):
            verb()


# Changing


def test_words_and_day_of_a_need_change_and_the_day_can_go(desk: Desk) -> None:
    desk.edit_need(1, title="A house in Porto", by=date(2027, 4, 1), today=TODAY)
    desk.edit_need(1, why="", no_day=True, today=TODAY)
    (view,) = desk.needs(today=TODAY)
    assert (view.need.title, view.need.why, view.need.by) == ("A house in Porto", "", None)
    with pytest.raises(Refused, match="past"):
        desk.edit_need(1, by=TODAY - timedelta(days=1), today=TODAY)
    with pytest.raises(Refused, match="what is needed"):
        desk.edit_need(1, title=" ", today=TODAY)


def test_two_sessions_that_change_one_word_are_told(desk: Desk) -> None:
    version = desk.needs(today=TODAY)[0].need.version
    desk.edit_need(1, title="A house", version=version, today=TODAY)
    desk.edit_need(1, why="two books", version=version, today=TODAY)
    with pytest.raises(Conflict):
        desk.edit_need(1, title="A boat", version=version, today=TODAY)
    (view,) = desk.needs(today=TODAY)
    assert (view.need.title, view.need.why) == ("A house", "two books")


# Undo


VERBS: dict[str, Callable[[Desk], Any]] = {
    "add": lambda desk: desk.add_need("A tent", today=TODAY),
    "edit": lambda desk: desk.edit_need(1, title="A house", today=TODAY),
    "tell": lambda desk: desk.need_tell(1, ANA, today=TODAY),
    "tell again": lambda desk: desk.need_tell(1, BEN, today=TODAY),
    "tell all": lambda desk: desk.need_tell_all(1, [ANA, BEN], today=TODAY),
    "ask": lambda desk: desk.need_ask(1, ANA, today=TODAY),
    "helped": lambda desk: desk.need_helped(1, CY, today=TODAY),
    "declined": lambda desk: desk.need_declined(1, CY, today=TODAY),
    "passed": lambda desk: desk.need_passed(1, BEN, "Maude Ferrand", today=TODAY),
    "passed after an ask": lambda desk: desk.need_passed(1, CY, "Ana Silva", today=TODAY),
    "close": lambda desk: desk.need_close(1, outcome="found", today=TODAY),
    "done on the agenda": lambda desk: desk.done("n1", today=TODAY),
    "snooze": lambda desk: desk.snooze(["n1"], TODAY + timedelta(days=3), today=TODAY),
    "merge": lambda desk: desk.merge_contacts(ANA, BEN, today=TODAY),
    "archive": lambda desk: desk.archive([BEN], today=TODAY),
}


@pytest.mark.parametrize("name", VERBS)
def test_undo_takes_each_step_back_and_redo_makes_it_again(desk: Desk, name: str) -> None:
    desk.need_tell(1, BEN, on=WEEK_AGO, today=TODAY)
    desk.need_tell(1, DORA, on=TODAY - timedelta(days=3), today=TODAY)
    desk.need_ask(1, CY, on=WEEK_AGO, today=TODAY)
    before, agenda = facts(desk.store), desk.agenda(today=TODAY)
    VERBS[name](desk)
    after = facts(desk.store)
    assert after != before
    with desk.store.read():
        assert derived.differences(desk.store) == []
    desk.undo(today=TODAY)
    assert facts(desk.store) == before
    assert desk.agenda(today=TODAY) == agenda
    desk.redo(today=TODAY)
    assert facts(desk.store) == after


# The agenda


def test_done_on_the_agenda_asks_again_and_goes_on_to_the_next(desk: Desk) -> None:
    desk.need_tell(1, BEN, on=TODAY - timedelta(days=9), today=TODAY)
    desk.need_tell(1, ANA, on=TODAY - timedelta(days=8), today=TODAY)
    assert desk.done("n1", today=TODAY) == "Asked Ben Okri again: A flat in Lisbon"
    assert items(desk) == [("n1", "need", "Ana Silva", TODAY - timedelta(days=1))]
    desk.done("n1", today=TODAY)
    assert [(whose, due) for _, _, whose, due in items(desk)] == [("Ana Silva", TODAY + timedelta(days=7))]


def test_a_snoozed_need_comes_back_and_why_says_so(desk: Desk) -> None:
    desk.need_tell(1, BEN, on=WEEK_AGO, today=TODAY)
    later = TODAY + timedelta(days=2)
    desk.snooze(["n1"], later, today=TODAY)
    assert desk.agenda(today=TODAY).items == ()
    (item,) = desk.agenda(today=later).items
    assert (item.item.kind, item.overdue_days) == (ItemKind.NEED, 2)
    why = desk.why(item_id="n1", today=TODAY)
    assert why.state == "snoozed"
    assert why.steps == (
        "A flat in Lisbon: any news?, due Mon 23 Nov 2026", "snoozed to Wed 25 Nov 2026",
    )  # fmt: skip


# Other things that happen to people


def test_merging_two_keeps_what_either_was_told_the_further_one_counts(desk: Desk) -> None:
    desk.add_need("A tent", today=TODAY)
    desk.need_tell(1, ANA, on=WEEK_AGO, today=TODAY)
    desk.need_helped(1, BEN, today=TODAY)
    desk.need_tell(2, BEN, on=WEEK_AGO, today=TODAY)
    desk.need_passed(2, DORA, "Ben Okri", today=TODAY)
    desk.merge_contacts(ANA, BEN, today=TODAY)
    assert states(desk, 1) == {"Ana Silva": "helped"}
    assert states(desk, 2) == {"Ana Silva": "told", "Dora Lind": "passed on"}
    assert next(one for one in desk.need_told(2) if one.contact_id == DORA).passed_to == ANA
    assert kinds(desk) == [("need", "Ana Silva"), ("thanks", "Ana Silva")]


def test_forgetting_the_one_who_was_told_first_hands_the_item_on(desk: Desk) -> None:
    desk.need_tell(1, BEN, on=TODAY - timedelta(days=9), today=TODAY)
    desk.need_tell(1, ANA, on=WEEK_AGO, today=TODAY)
    desk.forget(BEN, today=TODAY)
    assert items(desk) == [("n1", "need", "Ana Silva", TODAY)]


# Before asking, and drafts


def test_etiquette_says_what_is_known_and_one_thing_to_give(desk: Desk) -> None:
    desk.edit_contact(BEN, ContactDraft(looking_for="a Rust developer"), today=TODAY)
    desk.edit_contact(CY, ContactDraft(offers="Rust, embedded"), today=TODAY)
    desk.log([BEN], on=date(2026, 10, 1), today=TODAY)
    desk.favor("ask", BEN, note="a lift", on=date(2026, 8, 4), today=TODAY)
    desk.favor("gave", BEN, note="a book", on=date(2026, 9, 5), today=TODAY)
    desk.favor("promise", BEN, note="his talk, 20 slides", today=TODAY)
    about = desk.etiquette(BEN, today=TODAY)
    assert (about.last_contact, about.last_ask, about.last_gave) == (
        date(2026, 10, 1), date(2026, 8, 4), date(2026, 9, 5),
    )  # fmt: skip
    assert about.promises == ("his talk, 20 slides",)
    assert about.give == "introduce Cy Young, who offers Rust, embedded"
    nothing = desk.etiquette(DORA, today=TODAY)
    assert not any((nothing.last_contact, nothing.last_ask, nothing.last_gave, nothing.promises, nothing.give))


def test_drafts_know_when_each_was_last_heard(desk: Desk) -> None:
    desk.log([BEN], on=date(2025, 8, 4), today=TODAY)
    found = desk.need_drafts(1, [BEN, ANA], TEMPLATE, today=TODAY)
    assert found[BEN].endswith("It was good to hear from you in August 2025.")
    assert found[ANA].startswith("Hello Ana,\n\nI am looking for a flat in Lisbon. It is for: a book.\n")
    assert "hear from you" not in found[ANA]
