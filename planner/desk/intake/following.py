"""Records that were read before: each change since is taken over, ignored or asked about."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from planner.core.book.questions import is_settled, is_taken_back
from planner.core.book.said import Said, held_of, said_of, to_text
from planner.core.book.three_way import Difference, compare, is_someone_else
from planner.core.matching.field_changes import is_name
from planner.core.matching.recognition import RECORD_PREFIX, Decision, Level
from planner.core.model import Contact, ImportedContact
from planner.core.words.folding import fold
from planner.store.book import cards, questions
from planner.store.book.applying import apply_changes
from planner.store.book.cards import StoredCard
from planner.store.facts import contacts

if TYPE_CHECKING:
    from planner.desk.intake.tally import Arrival
    from planner.store.row_writer import Writer

AddressForm = Callable[[str, str], str]


class ReadCards:
    """The earlier readings of a chunk's records, from a book or from imports by hand."""

    def __init__(
        self, chunk: Collection[Arrival], beside: Collection[str], book: int | None, form: AddressForm
    ) -> None:
        """`beside` are keys that records of the chunk get in place of another person's keys."""
        self._form = form
        self._book = book
        self._found: dict[tuple[str, str], StoredCard] = {}
        for source in {one.record.source for one in chunk}:
            keys = {one.record.keys[0] for one in chunk if one.record.keys and source == one.record.source}
            for key, card in cards.with_keys(keys | set(beside), source, book).items():
                self._found[(source, key)] = card

    def of(self, record: ImportedContact, contact_id: int, read: Collection[str]) -> StoredCard | None:
        """The earlier reading of a record, for this contact; `read` are the keys this import has read.

        A record without its own key is the contact's only card without one.
        """
        key = record.keys[0] if record.keys else ""
        if not key or key in read:
            return None
        found = self._found.get((record.source, key))
        if found is not None:
            return found if found.contact_id == contact_id else None
        if not key.startswith(RECORD_PREFIX):
            return None
        plain = [
            one
            for one in cards.of_contact(contact_id)
            if (one.book, one.source) == (self._book, record.source) and one.key.startswith(RECORD_PREFIX)
        ]
        return plain[0] if len(plain) == 1 and plain[0].key not in read else None

    def own(self, record: ImportedContact, contacts: Collection[int]) -> Decision | None:
        """The contact of a book's record by its key; None if the card has become another person's, or was not read."""
        card = self._found.get((record.source, record.keys[0]))
        if card is None or card.contact_id not in contacts or is_someone_else(card.said, said_of(record), self._form):
            return None
        return Decision(Level.SAME, card.contact_id, "card seen before")

    def remember(self, writer: Writer, card: StoredCard | None, record: ImportedContact, contact_id: int) -> None:
        """Store what a record says now, and under which key; an unchanged record writes nothing."""
        said, key = said_of(record), record.keys[0]
        book, file = (self._book, record.file) if self._book is not None else (None, "")
        if card is None:
            if (record.source, key) not in self._found:
                cards.insert_card(writer, contact_id, cards.card_row(record.source, key, said, book, file))
            return
        if book is None:
            # Although imported by hand, it still belongs to its book.
            book, file = card.book, card.file
        if (card.text, card.key, card.book, card.file, card.gone_on) != (to_text(said), key, book, file, None):
            cards.update_card(writer, card, said, key, book, file)


def follow(
    writer: Writer, card: StoredCard, record: ImportedContact, contact: Contact, today: date, form: AddressForm
) -> tuple[Difference, bool]:
    """Write the consequences of a changed card, and open the necessary questions.

    Returns the difference, and whether a question was opened or closed.
    """
    held, now = held_of(contact), said_of(record)
    difference = compare(
        card.said_before(record),
        now,
        held,
        form,
        elsewhere=cards.said_elsewhere(card),
        typed=contacts.typed_fields(contact.id),
    )
    apply_changes(writer, contact, {**difference.changes, **_called_so(difference, held)}, today, form)
    asked = ask_and_settle(writer, card, now, {**held, **difference.changes}, difference, today)
    return difference, asked


def _called_so(difference: Difference, held: Said) -> dict[str, str]:
    """The new name on a card as a nickname, so that the person is found by it while the name is asked about."""
    name = next((str(one.theirs) for one in difference.asked if one.field == "name"), "")
    before = str(difference.changes.get("nickname", held.get("nickname", "")))
    if not name or "," in name or not is_name(name) or fold(name) in map(fold, before.split(",")):
        return {}
    return {"nickname": ", ".join(filter(None, (before, name)))}


def ask_and_settle(
    writer: Writer, card: StoredCard, now: Said, held: Said, difference: Difference, today: date
) -> bool:
    """Open the questions of a difference, and close those that answered themselves; return whether there were any."""
    before = {one.about: one for one in questions.about_cards([card.id])}
    asked = [
        one
        for one in difference.asked
        if one.field not in before or not is_taken_back(one.field, before[one.field].before, now)
    ]
    fields = {one.field for one in asked}
    closed = [
        one.id
        for one in before.values()
        if one.about not in fields and is_settled(one.about, one.before, one.theirs, now, held)
    ]
    questions.settle(writer, closed, today)
    for one in asked:
        questions.put_question(
            writer, one.field, today, book=card.book, card=card.id, contact=card.contact_id,
            before=one.before, theirs=one.theirs, mine=one.mine,
        )  # fmt: skip
    return bool(asked or closed)
