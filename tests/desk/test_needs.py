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
from planner.core.needs import ToldGroup, ToldState
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Ambiguous, Conflict, Refused
from planner.store import derived
from tests.store.stores import asked, assert_sound, facts, open_store

TODAY = date(2026, 11, 23)
WEEK_AGO = TODAY - timedelta(days=7)
ANA, BEN, CY, DORA = 1, 2, 3, 4


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with four people and one need."""
    with Desk(open_store(tmp_path / "planner.db", settings=Settings()), Config(), lambda: TODAY) as found:
        for name in ("Ana Silva", "Ben Okri", "Cy Young", "Dora Lind"):
            found.people.add(ContactDraft(name=name))
        found.needs.add("A flat in Lisbon", why="a book", by=date(2027, 3, 1))
        yield found
        assert_sound(found.store)


def states(desk: Desk, need_id: int = 1) -> dict[str, ToldState]:
    """Where everyone stands, by name; the untold left out."""
    return {one.name: one.state for one in desk.needs.told(need_id)}


def items(desk: Desk) -> list[tuple[str, str, str, date]]:
    """(id, kind, whose, due) of what is open, whenever it is due."""
    with desk.store.read():
        rows = asked(desk.store, "SELECT d.id, kind, name, due FROM due_item d JOIN contact c ON c.id = d.contact_id")
    return sorted((key, kind, name, date.fromisoformat(due)) for key, kind, name, due in rows)


def kinds(desk: Desk) -> list[tuple[str, str]]:
    """(kind, whose) of what is open."""
    return sorted((kind, name) for _, kind, name, _ in items(desk))


# Telling


def test_telling_counts_and_is_asked_after_in_a_week(desk: Desk) -> None:
    desk.needs.tell(1, [ANA], on=WEEK_AGO)
    desk.needs.tell(1, [BEN, CY])
    (view,) = desk.needs.all()
    assert (view.told, view.of, view.answers_due) == (3, 4, 1)
    assert items(desk) == [("n1", "need", "Ana Silva", TODAY)]
    (item,) = desk.reading.agenda().items
    assert item.item.text == "A flat in Lisbon: any news? and 2 more"


def test_everyone_stands_in_one_place_told_or_suggested(desk: Desk) -> None:
    desk.needs.tell(1, [BEN], on=WEEK_AGO)
    desk.needs.declined(1, [CY])
    found = desk.needs.people(1)
    assert found.groups == {ToldGroup.DUE: 1, ToldGroup.DECLINED: 1}
    for group, name in ((ToldGroup.DUE, "Ben Okri"), (ToldGroup.DECLINED, "Cy Young")):
        assert [one.name for one in desk.needs.told_between(found, group, 0, 9)] == [name]
    assert [one.name for one in found.suggestions] == ["Ana Silva", "Dora Lind"]
    assert found.view.told + len(found.suggestions) == found.view.of


def test_who_is_not_to_be_chased_is_neither_counted_nor_suggested_until_told(desk: Desk) -> None:
    desk.people.set_mode([CY], "never")
    desk.people.archive([DORA])
    found = desk.needs.people(1)
    assert ([one.name for one in found.suggestions], found.view.of) == (["Ana Silva", "Ben Okri"], 2)
    desk.needs.tell(1, [CY])
    view, people = desk.needs.show(1)
    assert (view.told, view.of, len(people)) == (1, 3, 3)


def test_telling_many_leaves_those_who_have_gone_further(desk: Desk) -> None:
    desk.needs.helped(1, [ANA])
    desk.needs.declined(1, [BEN], on=WEEK_AGO)
    desk.needs.tell(1, [ANA, BEN, CY])
    assert states(desk) == {"Ana Silva": "helped", "Ben Okri": "told", "Cy Young": "told"}
    assert desk.keeping.history()[0].summary.startswith("Told Ben Okri and Cy Young about A flat in Lisbon;")
    with pytest.raises(Refused, match="Ana Silva helped on Mon 23 Nov 2026 already"):
        desk.needs.tell(1, [ANA])


def test_three_hundred_are_told_in_one_step_and_one_undo(desk: Desk) -> None:
    ids = [desk.people.add(ContactDraft(name=f"Person {number}")).id for number in range(300)]
    before = facts(desk.store)
    desk.needs.tell(1, ids)
    assert desk.needs.all()[0].told == 300
    assert len(items(desk)) == 1
    desk.keeping.undo()
    assert facts(desk.store) == before


# Asking and being helped


def test_an_ask_stands_in_the_ledger_with_its_nudge_and_is_made_once(desk: Desk) -> None:
    key = desk.needs.ask(1, [BEN], on=WEEK_AGO).id
    assert [(row.favor.id, row.favor.note) for row in desk.favors.ledger().lanes["i_asked"]] == [
        (key, "A flat in Lisbon")
    ]
    assert items(desk) == [(f"v{key}", "ask", "Ben Okri", TODAY)]
    with pytest.raises(Refused, match="Ben Okri was asked on Mon 16 Nov 2026 already"):
        desk.needs.ask(1, [BEN])
    desk.favors.rest([key])
    again = desk.needs.ask(1, [BEN]).id
    assert [row.favor.id for row in desk.favors.ledger().lanes["i_asked"]] == [again]


def test_help_that_was_asked_for_closes_the_ask_and_owes_thanks_then_the_outcome(desk: Desk) -> None:
    key = desk.needs.ask(1, [BEN], on=WEEK_AGO).id
    desk.needs.helped(1, [BEN])
    assert items(desk) == [(f"v{key}", "thanks", "Ben Okri", TODAY + timedelta(days=2))]
    with pytest.raises(Refused, match="Thanks come first"):
        desk.needs.helped(1, [BEN])
    desk.favors.thank([key])
    assert kinds(desk) == [("outcome", "Ben Okri")]


def test_help_that_was_not_asked_for_counts_as_well(desk: Desk) -> None:
    desk.needs.helped(1, [CY])
    assert kinds(desk) == [("thanks", "Cy Young")]
    assert states(desk) == {"Cy Young": "helped"}


@pytest.mark.parametrize(
    ("answer", "state"),
    [("done", "helped"), ("decline", "declined"), ("rest", "asked"), ("nudge", "asked")],
)
def test_an_answer_in_the_ledger_counts_in_the_need(desk: Desk, answer: str, state: str) -> None:
    key = desk.needs.ask(1, [BEN], on=WEEK_AGO).id
    getattr(desk.favors, answer)(key if answer == "decline" else [key])
    assert states(desk) == {"Ben Okri": state}
    _, people = desk.needs.show(1)
    assert {name: where for _, name, where in people}["Ben Okri"] == state


def test_who_cannot_help_is_asked_no_more(desk: Desk) -> None:
    key = desk.needs.ask(1, [BEN], on=WEEK_AGO).id
    desk.needs.declined(1, [BEN])
    assert items(desk) == []
    (favor,) = desk.reading.card(BEN).favors
    assert (favor.id, favor.state) == (key, FavorState.DECLINED)
    desk.needs.tell(1, [BEN])
    assert states(desk) == {"Ben Okri": "told"}


# Passing on


def test_passing_on_to_somebody_new_adds_them_as_heard_of_and_owes_thanks(desk: Desk) -> None:
    other = desk.needs.passed(1, ANA, "Maude Ferrand").id
    card = desk.reading.card(other).contact
    assert (card.name, card.mode, card.source) == ("Maude Ferrand", "occasion", "through Ana Silva")
    assert states(desk) == {"Ana Silva": "passed on", "Maude Ferrand": "heard of"}
    (known,) = desk.reading.card(ANA).contact.acquaintances
    assert (known.other_id, known.name) == (other, "Maude Ferrand")
    ana = next(one for one in desk.needs.told(1) if one.contact_id == ANA)
    assert (ana.passed_to, ana.passed_name) == (other, "Maude Ferrand")
    assert kinds(desk) == [("need", "Maude Ferrand"), ("thanks", "Ana Silva")]
    assert desk.needs.all()[0].told == 1


def test_whom_two_heard_of_it_through_is_said_of_each(desk: Desk) -> None:
    desk.needs.passed(1, ANA, "Maude Ferrand")
    desk.needs.passed(1, ANA, "Olaf Lund")
    desk.needs.passed(1, BEN, "Maude Ferrand")
    written = [one.item.text for one in desk.reading.agenda().items if one.item.kind == "need"]
    assert written == ["write about A flat in Lisbon, through Ana Silva"] * 2
    assert {one.name: one.passed_name for one in desk.needs.told(1) if one.passed_to} == {
        "Ana Silva": "Maude Ferrand, Olaf Lund", "Ben Okri": "Maude Ferrand",
    }  # fmt: skip


def test_a_word_of_a_known_name_means_its_owner_and_a_plus_somebody_new(desk: Desk) -> None:
    assert desk.needs.passed(1, ANA, "okri").id == BEN
    assert desk.needs.passed(1, ANA, "Ben+").id not in (ANA, BEN, CY, DORA)
    desk.needs.passed(1, ANA, "Dora Moe")
    with pytest.raises(Ambiguous, match="“dora” fits several people"):
        desk.needs.passed(1, ANA, "dora")


@pytest.mark.parametrize("who", ["ben OKRI", "#2"])
def test_passing_on_to_somebody_known_by_name_or_number(desk: Desk, who: str) -> None:
    assert desk.needs.passed(1, ANA, who).id == BEN
    (known,) = desk.reading.card(ANA).contact.acquaintances
    assert (known.other_id, known.name) == (BEN, "Ben Okri")
    assert desk.reading.contacts().total == 4


def test_passing_on_answers_an_ask_and_never_takes_back_what_the_other_did(desk: Desk) -> None:
    desk.needs.ask(1, [ANA], on=WEEK_AGO)
    desk.needs.helped(1, [BEN])
    desk.needs.passed(1, ANA, "Ben Okri")
    assert states(desk) == {"Ana Silva": "passed on", "Ben Okri": "helped"}
    assert kinds(desk) == [("thanks", "Ana Silva"), ("thanks", "Ben Okri")]


def test_passing_on_is_refused_to_nobody_to_oneself_and_to_one_of_two(desk: Desk) -> None:
    desk.people.add(ContactDraft(name="Ben Okri"))
    before = facts(desk.store)
    for to in (" ", "Ana Silva", "#1", "#99"):
        with pytest.raises(Refused):
            desk.needs.passed(1, ANA, to)
    with pytest.raises(Ambiguous):
        desk.needs.passed(1, ANA, "Ben Okri")
    assert facts(desk.store) == before


# Closing


def test_closing_leaves_the_outcome_for_everyone_who_helped_and_nothing_else(desk: Desk) -> None:
    desk.needs.tell(1, [ANA], on=WEEK_AGO)
    desk.needs.ask(1, [BEN], on=WEEK_AGO)
    desk.needs.helped(1, [CY])
    done = desk.needs.ask(1, [DORA], on=WEEK_AGO).id
    desk.favors.done([done])
    said = desk.needs.close(1, outcome="Two rooms in Alfama").said
    assert said == (
        "Closed: A flat in Lisbon; thank Cy Young and Dora Lind, and tell how it went;"
        " 2 people are to hear how it went by Wed 25 Nov 2026"
    )
    assert kinds(desk) == [("need", "Ana Silva"), ("thanks", "Cy Young"), ("thanks", "Dora Lind")]
    desk.needs.let_be(1, [BEN])
    desk.triage.done(["n1"])
    for row in desk.favors.ledger().lanes["to_close"]:
        desk.favors.thank([row.favor.id])
    assert kinds(desk) == [("outcome", "Cy Young"), ("outcome", "Dora Lind")]
    (closed,) = desk.needs.all(closed=True)
    assert (closed.need.outcome, closed.told, closed.answers_due) == ("Two rooms in Alfama", 4, 0)
    assert desk.needs.all() == ()
    assert desk.needs.people(1).suggestions == ()
    (favor,) = desk.reading.card(BEN).favors
    assert lane(favor) is None


def test_nobody_more_is_told_or_asked_of_a_closed_need(desk: Desk) -> None:
    desk.needs.close(1)
    verbs: list[Callable[[], Any]] = [
        lambda: desk.needs.tell(1, [ANA]),
        lambda: desk.needs.tell(1, [ANA]),
        lambda: desk.needs.ask(1, [ANA]),
        lambda: desk.needs.close(1),
        lambda: desk.needs.edit(1, title="A house"),
        lambda: desk.needs.suggest(1),
    ]
    for verb in verbs:
        with pytest.raises(Refused, match="is closed"):
            verb()


# Changing


def test_words_and_day_of_a_need_change_and_the_day_can_go(desk: Desk) -> None:
    desk.needs.edit(1, title="A house in Porto", by=date(2027, 4, 1))
    desk.needs.edit(1, why="", no_day=True)
    (view,) = desk.needs.all()
    assert (view.need.title, view.need.why, view.need.by) == ("A house in Porto", "", None)
    with pytest.raises(Refused, match="past"):
        desk.needs.edit(1, by=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="what is needed"):
        desk.needs.edit(1, title=" ")


def test_two_sessions_that_change_one_word_are_told(desk: Desk) -> None:
    version = desk.needs.all()[0].need.version
    desk.needs.edit(1, title="A house", version=version)
    desk.needs.edit(1, why="two books", version=version)
    with pytest.raises(Conflict):
        desk.needs.edit(1, title="A boat", version=version)
    (view,) = desk.needs.all()
    assert (view.need.title, view.need.why) == ("A house", "two books")


# Undo


VERBS: dict[str, Callable[[Desk], Any]] = {
    "add": lambda desk: desk.needs.add("A tent"),
    "edit": lambda desk: desk.needs.edit(1, title="A house"),
    "tell": lambda desk: desk.needs.tell(1, [ANA]),
    "tell again": lambda desk: desk.needs.tell(1, [BEN]),
    "tell all": lambda desk: desk.needs.tell(1, [ANA, BEN]),
    "ask": lambda desk: desk.needs.ask(1, [ANA]),
    "helped": lambda desk: desk.needs.helped(1, [CY]),
    "declined": lambda desk: desk.needs.declined(1, [CY]),
    "passed": lambda desk: desk.needs.passed(1, BEN, "Maude Ferrand"),
    "passed after an ask": lambda desk: desk.needs.passed(1, CY, "Ana Silva"),
    "close": lambda desk: desk.needs.close(1, outcome="found"),
    "done on the agenda": lambda desk: desk.triage.done(["n1"]),
    "snooze": lambda desk: desk.triage.snooze(["n1"], TODAY + timedelta(days=3)),
    "merge": lambda desk: desk.people.merge(ANA, BEN),
    "archive": lambda desk: desk.people.archive([BEN]),
}


@pytest.mark.parametrize("name", VERBS)
def test_undo_takes_each_step_back_and_redo_makes_it_again(desk: Desk, name: str) -> None:
    desk.needs.tell(1, [BEN], on=WEEK_AGO)
    desk.needs.tell(1, [DORA], on=TODAY - timedelta(days=3))
    desk.needs.ask(1, [CY], on=WEEK_AGO)
    before, agenda = facts(desk.store), desk.reading.agenda()
    VERBS[name](desk)
    after = facts(desk.store)
    assert after != before
    with desk.store.read():
        assert derived.differences(desk.store) == []
    desk.keeping.undo()
    assert facts(desk.store) == before
    assert desk.reading.agenda() == agenda
    desk.keeping.redo()
    assert facts(desk.store) == after


# The agenda


def test_done_on_the_agenda_asks_again_and_goes_on_to_the_next(desk: Desk) -> None:
    desk.needs.tell(1, [BEN], on=TODAY - timedelta(days=9))
    desk.needs.tell(1, [ANA], on=TODAY - timedelta(days=8))
    assert desk.triage.done(["n1"]).said == "Asked Ben Okri again: A flat in Lisbon"
    assert items(desk) == [("n1", "need", "Ana Silva", TODAY - timedelta(days=1))]
    desk.triage.done(["n1"])
    assert [(whose, due) for _, _, whose, due in items(desk)] == [("Ana Silva", TODAY + timedelta(days=7))]


def test_a_snoozed_need_comes_back_and_why_says_so(desk: Desk) -> None:
    desk.needs.tell(1, [BEN], on=WEEK_AGO)
    later = TODAY + timedelta(days=2)
    desk.triage.snooze(["n1"], later)
    assert desk.reading.agenda().items == ()
    (item,) = desk.on(later).reading.agenda().items
    assert (item.item.kind, item.overdue_days) == (ItemKind.NEED, 2)
    why = desk.reading.why(item_id="n1")
    assert why.state == "snoozed"
    assert why.steps == (
        "A flat in Lisbon: any news?, due Mon 23 Nov 2026", "snoozed to Wed 25 Nov 2026",
    )  # fmt: skip


# Other things that happen to people


def test_merging_two_keeps_what_either_was_told_the_further_one_counts(desk: Desk) -> None:
    desk.needs.add("A tent")
    desk.needs.tell(1, [ANA], on=WEEK_AGO)
    desk.needs.helped(1, [BEN])
    desk.needs.tell(2, [BEN], on=WEEK_AGO)
    desk.needs.passed(2, DORA, "Ben Okri")
    desk.people.merge(ANA, BEN)
    assert states(desk, 1) == {"Ana Silva": "helped"}
    assert states(desk, 2) == {"Ana Silva": "told", "Dora Lind": "passed on"}
    assert next(one for one in desk.needs.told(2) if one.contact_id == DORA).passed_to == ANA
    assert kinds(desk) == [("need", "Ana Silva"), ("thanks", "Ana Silva"), ("thanks", "Dora Lind")]


def test_forgetting_the_one_who_was_told_first_hands_the_item_on(desk: Desk) -> None:
    desk.needs.tell(1, [BEN], on=TODAY - timedelta(days=9))
    desk.needs.tell(1, [ANA], on=WEEK_AGO)
    desk.people.forget(BEN)
    assert items(desk) == [("n1", "need", "Ana Silva", TODAY)]


# Before asking, and drafts


def test_etiquette_says_what_is_known_and_one_thing_to_give(desk: Desk) -> None:
    desk.people.edit(BEN, ContactDraft(looking_for="a Rust developer"))
    desk.people.edit(CY, ContactDraft(offers="Rust, embedded"))
    desk.interactions.log([BEN], on=date(2026, 10, 1))
    desk.favors.enter("ask", [BEN], note="a lift", on=date(2026, 8, 4))
    desk.favors.enter("gave", [BEN], note="a book", on=date(2026, 9, 5))
    desk.favors.enter("promise", [BEN], note="his talk, 20 slides")
    about = desk.favors.etiquette(BEN)
    assert (about.last_contact, about.last_ask, about.last_gave) == (
        date(2026, 10, 1), date(2026, 8, 4), date(2026, 9, 5),
    )  # fmt: skip
    assert about.promises == ("his talk, 20 slides",)
    assert about.give == "introduce Cy Young, who offers Rust, embedded"
    nothing = desk.favors.etiquette(DORA)
    assert not any((nothing.last_contact, nothing.last_ask, nothing.last_gave, nothing.promises, nothing.give))


# Helping more than once

HELPS: dict[str, Callable[[Desk], Any]] = {
    "passed": lambda desk: desk.needs.passed(1, ANA, "Maude Ferrand"),
    "passed to another": lambda desk: desk.needs.passed(1, ANA, "Grete Lund"),
    "helped": lambda desk: desk.needs.helped(1, [ANA]),
    "asked and helped": lambda desk: (desk.needs.ask(1, [ANA]), desk.needs.helped(1, [ANA])),
    "asked and done in the ledger": lambda desk: desk.favors.done([desk.needs.ask(1, [ANA]).id]),
    "thanked": lambda desk: desk.favors.thank([owed_to_ana(desk)]),
}


def owed_to_ana(desk: Desk) -> int:
    return next(row.favor.id for row in desk.favors.ledger().lanes["to_close"] if row.favor.contact_id == ANA)


@pytest.mark.parametrize("first", [name for name in HELPS if name != "thanked"])
@pytest.mark.parametrize("then", [name for name in HELPS if name != "thanked"])
@pytest.mark.parametrize("between", [(), ("thanked",)], ids=["not thanked", "thanked"])
def test_whoever_helps_twice_with_a_need_is_owed_one_thanks(
    desk: Desk, first: str, then: str, between: tuple[str, ...]
) -> None:
    for name in (first, *between):
        HELPS[name](desk)
    before = facts(desk.store)
    try:
        HELPS[then](desk)
    except Refused:
        assert (then, between) == ("helped", ())
        assert facts(desk.store) == before
    assert [one for one in kinds(desk) if one[1] == "Ana Silva"] == [("thanks", "Ana Silva")]
    desk.needs.close(1)
    desk.needs.heard(1, [ANA])
    assert [one for one in kinds(desk) if one[1] == "Ana Silva"] == []
    page = desk.closing.page(1)
    assert (page.told, page.heard) == (1, 1)
