"""Two contacts that are the same person become one, and one undo makes them two again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.model import Settings
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.store import tables as t
from planner.store.row_writer import Writer
from tests.store.stores import assert_sound, facts, open_store

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(open_store(tmp_path / "planner.db", settings=Settings()), Config(), lambda: TODAY) as found:
        yield found


def two(desk: Desk) -> tuple[int, int]:
    """Ana twice: once as she is known, once as an address book had her."""
    kept = desk.people.add(
        ContactDraft(
            name="Ana Silva", company="Port of Lyon", emails=("ana@port.example",), circles=("work",),
            birthday="12-12", notes="met at the fair",
        ),
    ).id  # fmt: skip
    other = desk.people.add(
        ContactDraft(
            name="Ana M. Silva", company="Silva & Co", title="Product lead", city="Lyon", cadence="4w",
            emails=("ana@silva.example", "ana@port.example"), phones=("+33 6 12 34 56 78",),
            circles=("work", "climbing"), birthday="1988-12-12", notes="likes boats",
        ),
    ).id  # fmt: skip
    return kept, other


def test_empty_fields_are_filled_and_differing_ones_go_into_the_notes(desk: Desk) -> None:
    kept, other = two(desk)
    desk.people.merge(kept, other)
    ana = desk.reading.card(kept).contact
    assert (ana.name, ana.company, ana.title, ana.city, ana.cadence) == (
        "Ana Silva", "Port of Lyon", "Product lead", "Lyon", "4w",
    )  # fmt: skip
    assert [cell.value for cell in ana.emails] == ["ana@port.example", "ana@silva.example"]
    assert [cell.value for cell in ana.phones] == ["+33 6 12 34 56 78"]
    assert ana.circles == ("climbing", "work")
    assert [(one.month, one.day, one.year) for one in ana.dates] == [(12, 12, 1988)]
    assert ana.notes.splitlines() == [
        "met at the fair", "likes boats", "Also known as: Ana M. Silva", "Company: Silva & Co",
    ]  # fmt: skip
    assert desk.reading.contacts("").total == 1
    assert_sound(desk.store)


def test_everything_that_happened_comes_along_once(desk: Desk) -> None:
    kept, other = two(desk)
    leo = desk.people.add(ContactDraft(name="Leo Hart")).id
    desk.interactions.log([kept, other, leo], on=date(2026, 11, 1), channel="meal")
    desk.interactions.log([other], on=date(2026, 11, 20), channel="coffee")
    desk.favors.enter("promise", [other], kind="introduction", note="to Leo")
    desk.triage.follow_up([other], "send the talk", date(2026, 11, 30))
    desk.triage.snooze([f"c{other}"], date(2026, 12, 30))

    def acquaintances(writer: Writer) -> None:
        for whose, whom, name in ((kept, other, "Ana M. Silva"), (leo, other, "Ana M. Silva"), (other, leo, "Leo")):
            writer.insert(t.AcquaintanceTable, contact=whose, other=whom, name=name, folded=name.lower())

    desk.store.write("knows", "knows", acquaintances, today=TODAY)
    desk.people.merge(kept, other)
    card = desk.reading.card(kept)
    assert [(one.on.day, len(one.contacts)) for one in card.interactions] == [(20, 1), (1, 2)]
    assert [one.note for one in card.favors] == ["to Leo"]
    assert [one.text for one in card.follow_ups] == ["send the talk"]
    assert card.state == "snoozed"
    assert [one.other_id for one in card.contact.acquaintances] == [leo]
    assert [one.other_id for one in desk.reading.card(leo).contact.acquaintances] == [kept]
    assert_sound(desk.store)


def test_one_undo_makes_them_two_again(desk: Desk) -> None:
    kept, other = two(desk)
    desk.interactions.log([kept, other], on=date(2026, 11, 1))
    before = facts(desk.store)
    desk.people.merge(kept, other)
    merged = facts(desk.store)
    desk.keeping.undo()
    assert facts(desk.store) == before
    desk.keeping.redo()
    assert facts(desk.store) == merged
    assert_sound(desk.store)


def test_a_second_birthday_is_kept_in_the_notes(desk: Desk) -> None:
    kept = desk.people.add(ContactDraft(name="Ana Silva", birthday="12-12")).id
    other = desk.people.add(ContactDraft(name="Ana Silva", birthday="1988-05-03")).id
    desk.people.merge(kept, other)
    ana = desk.reading.card(kept).contact
    assert [(one.month, one.day) for one in ana.dates] == [(12, 12)]
    assert ana.notes == "Birthday: 3 May 1988"


def test_nobody_is_merged_with_themselves_or_with_somebody_who_is_gone(desk: Desk) -> None:
    kept, _ = two(desk)
    with pytest.raises(Refused, match="same contact"):
        desk.people.merge(kept, kept)
    with pytest.raises(Refused, match="no contact #99"):
        desk.people.merge(kept, 99)
