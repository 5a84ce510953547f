"""A card that is imported again: what it says differently follows, stays or is asked, and one undo takes it back."""

from __future__ import annotations

from planner.core.model import Cell, ImportedContact, ImportedDate
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store.book.questions import open_questions
from tests.store.stores import facts


def card(*emails: str, **fields: object) -> ImportedContact:
    more = {"keys": ("vcard:u1",), "company": "Acme", "notes": "likes tea", "circles": ("work", "sea"), **fields}
    return ImportedContact("Ana Lund", "vcard", emails=tuple(map(Cell, emails)), **more)  # type: ignore[arg-type]


def take(desk: Desk, *records: ImportedContact) -> tuple[int, int, int]:
    """How many were merged, left unchanged and are to be decided."""
    report = desk.imports.run(iter(records), expected=len(records)).report
    return report.merged, report.unchanged, report.to_decide


def asked(desk: Desk) -> list[str]:
    with desk.store.read():
        return [one.about for one in open_questions()]


def test_a_card_follows_stays_and_is_asked_about(desk: Desk) -> None:
    born = ImportedDate("birthday", 6, 15, 1988)
    first = card("ana@old.example", "ana@x.example", dates=(born,))
    take(desk, first)
    before = facts(desk.store)
    second = card("ana@new.example", "ana@x.example", company="", notes="likes tea; moved", circles=("sea",))
    assert take(desk, second) == (1, 0, 0)
    found = desk.reading.card(1)
    assert [one.value for one in found.contact.emails] == ["ana@new.example", "ana@x.example"]
    assert (found.contact.company, found.contact.notes, found.contact.circles) == ("", "likes tea; moved", ("sea",))
    assert (found.contact.dates, [one[0] for one in found.former]) == ((), ["Acme"])
    assert take(desk, second) == (0, 1, 0)
    desk.keeping.undo()
    assert facts(desk.store) == before

    # What was done here stays; where both sides changed one field a person is asked.
    emails = ("ana@x.example", "ana@third.example")
    desk.people.edit(1, ContactDraft(emails=emails, notes="likes coffee", circles=("sea", "work")))
    assert take(desk, second) == (1, 0, 2)
    found = desk.reading.card(1)
    assert [one.value for one in found.contact.emails] == ["ana@x.example", "ana@third.example"]
    assert (found.contact.notes, found.contact.company, found.contact.circles) == ("likes coffee", "", ("sea",))
    assert asked(desk) == ["notes", "emails"]
    assert take(desk, second) == (0, 1, 0)

    # The card takes its change back: there is nothing to decide any more.
    take(desk, card("ana@old.example", "ana@x.example", company=""))
    assert asked(desk) == []
    assert desk.reading.card(1).contact.notes == "likes coffee"


def test_two_cards_of_one_person_and_a_number_that_was_deleted_here(desk: Desk) -> None:
    phone = (Cell("+41 44 668 18 00"),)
    one, other = card("a@x.example", phones=phone), card("a@x.example", keys=("vcard:u2",), phones=phone)
    take(desk, one)
    take(desk, other)
    assert desk.reading.contacts().total == 1
    # The other card still says it.
    take(desk, card("b@x.example"))
    found = desk.reading.card(1).contact
    assert ([cell.value for cell in found.emails], len(found.phones)) == (["b@x.example", "a@x.example"], 1)
    desk.people.edit(1, ContactDraft(phones=()))
    take(desk, card("b@x.example", city="Oslo", phones=phone))
    take(desk, card("c@x.example", keys=("vcard:u2",), phones=phone))
    found = desk.reading.card(1).contact
    assert ([cell.value for cell in found.emails], found.city) == (["c@x.example", "b@x.example"], "Oslo")


def test_a_merge_keeps_both_cards_and_forgetting_keeps_neither(desk: Desk) -> None:
    take(desk, card("a@x.example"))
    take(desk, ImportedContact("Bo Vik", "vcard", keys=("vcard:u2",), emails=(Cell("b@x.example"),)))
    desk.people.merge(1, 2)
    take(desk, card("a2@x.example"))
    take(desk, ImportedContact("Bo Vik", "vcard", keys=("vcard:u2",), emails=(Cell("b2@x.example"),)))
    assert {cell.value for cell in desk.reading.card(1).contact.emails} == {"a2@x.example", "b2@x.example"}
    assert desk.reading.card(1).contact.name == "Ana Lund"
    desk.people.forget(1)
    assert take(desk, card("a3@x.example")) == (0, 0, 0)
    assert not any("a2@x.example" in str(rows) for rows in facts(desk.store).values())
