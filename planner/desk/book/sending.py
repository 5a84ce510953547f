"""Writes edits made here to the cards of two-way books.

Files are written outside any transaction, after the changes from the books are stored. A written value counts as the
card's once a later sync finds it there: until then it is written again if another program restores its own text.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from uuid import UUID

from planner.core.book.rhythm import CADENCE, LAST_CONTACT, SINCE, rhythm_told
from planner.core.book.said import CIRCLES, CUT, DATES, PHOTO, file_mark, held_of, said_of
from planner.core.book.three_way import NAME_PARTS, ONCE, compare
from planner.core.book.words import DUPLICATE, GONE, IDENTITY
from planner.desk.book.asking import RESTORE
from planner.desk.book.matching import is_beside
from planner.desk.book.undone import waiting_files
from planner.desk.intake.relatives import names_of_related, with_relatives
from planner.store import tables as t
from planner.store.book import cards, questions, sources
from planner.store.facts import contacts
from planner.store.facts.identity.import_candidates import CARD_PREFIX

if TYPE_CHECKING:
    from planner.core.model import Contact
    from planner.desk.book.matching import BookLook
    from planner.desk.book.values import SendsCards, SentACard
    from planner.desk.shared.context import Context
    from planner.store.book.cards import StoredCard
    from planner.store.book.sources import KnownBook
    from planner.store.row_writer import Writer

HELD = "held"
"""The name under which digests of everybody's values are remembered."""
_WAITS = frozenset({DUPLICATE, GONE, IDENTITY, PHOTO})
"""Questions about a card that prevent any writing to it."""


@dataclass(slots=True)
class Outgoing:
    """Everything to write into one book."""

    look: BookLook
    marks: dict[int, str]
    edits: list[tuple[StoredCard, dict[str, Any]]] = field(default_factory=list)
    new: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    """(contact, UID, all values) of people without a card."""
    problems: list[str] = field(default_factory=list)
    together: frozenset[str] = frozenset()
    """The files with several cards."""

    @property
    def count(self) -> int:
        """The number of cards to write."""
        return len(self.edits) + len(self.new)


def goes_out(looks: list[BookLook]) -> bool:
    """Whether a change made here may have to be written to a card of a two-way book; in a snapshot."""
    two_way = [look for look in looks if look.book.two_way]
    if not two_way:
        return False
    if cards.without_cards(two_way[0].book.added_on.isoformat()):
        return True
    return any(
        cards.held_marks(look.book.id) != _marks_from(sources.remembered(look.book.id, HELD)) for look in two_way
    )


def outgoing(context: Context, looks: list[BookLook], sender: SendsCards) -> list[Outgoing]:
    """Everything to write into two-way books that the cards do not say yet."""
    found: list[Outgoing] = []
    with context.store.read():
        for look in looks:
            if look.book.two_way:
                found.append(_of_book(context, look, is_first=not found))
    for one in found:
        one.edits = _that_change(one, sender)
    return found


def _of_book(context: Context, look: BookLook, *, is_first: bool) -> Outgoing:
    book = look.book
    marks, known = cards.held_marks(book.id), _marks_from(sources.remembered(book.id, HELD))
    found = Outgoing(look, marks)
    concerned = {key for key, mark in marks.items() if known.get(key) != mark}
    here = [card for card in cards.of_book(book.id) if card.gone_on is None]
    together = Counter(card.file for card in here)
    # In a file of several, a card is found by its UID: one without is only read.
    here = [card for card in here if together[card.file] == 1 or is_named(card)]
    found.together = frozenset(file for file, count in together.items() if count > 1)
    by_card = [card for card in here if card.contact_id in concerned or card.file in look.files]
    waiting = waiting_files(look) if by_card else set()
    for card in by_card:
        # An unreadable card cannot be written either, and is reported as unreadable.
        if file_mark(card.file) in waiting or not look.reading.digest_of(card.file):
            marks.pop(card.contact_id, None)
    by_card = [card for card in by_card if card.contact_id in marks]
    people = contacts.read_contacts(sorted({card.contact_id for card in by_card}))
    for card in by_card:
        if wanted := _wanted(card, people[card.contact_id], context, book):
            found.edits.append((card, wanted))
    if is_first:
        # Of several books, the first one takes new people.
        new = contacts.read_contacts(cards.without_cards(book.added_on.isoformat()))
        found.new = [(key, _uid_of(one), _all_of(one, book)) for key, one in new.items()]
    return found


def is_named(card: StoredCard) -> bool:
    """Whether a card has a UID that is its own."""
    return card.key.startswith(CARD_PREFIX) and not is_beside(card.key)


def _wanted(card: StoredCard, contact: Contact, context: Context, book: KnownBook) -> dict[str, Any]:
    """The fields in which a card should say something else, except those that a person is being asked about."""
    asked = {one.about for one in questions.about_cards([card.id])}
    if asked & _WAITS:
        return {}
    said = card.said
    found: dict[str, Any] = compare(
        said, said, _held(contact, book), context.address_form, elsewhere=cards.said_elsewhere(card),
        typed=contacts.typed_fields(contact.id), sends_circles=book.tells, sends_rhythm=book.tells_rhythm,
    ).wanted  # fmt: skip
    if said.get(PHOTO) == CUT and questions.last_answer(card.id, PHOTO) == RESTORE:
        found[PHOTO] = cards.as_written(card.id)
    if sum(one.book is not None and one.gone_on is None for one in cards.of_contact(contact.id)) > 1:
        # Each of several cards keeps its own name: the one on the phone may say “Mum”.
        asked.add("name")
    waits = {DATES if about in ONCE else about for about in asked} | ({NAME_PARTS} if "name" in asked else set())
    return {name: value for name, value in found.items() if name not in waits}


def _held(contact: Contact, book: KnownBook) -> dict[str, Any]:
    """The values held for a contact, with the day of the last contact if it is written to this book."""
    return held_of(contact) | ({LAST_CONTACT: cards.last_contact(contact.id)} if book.tells_rhythm else {})


def _all_of(contact: Contact, book: KnownBook) -> dict[str, Any]:
    held = _held(contact, book)
    hidden = set() if book.tells_rhythm else {CADENCE, SINCE}
    if CADENCE in held:
        held[CADENCE] = rhythm_told(held[CADENCE])
    return {name: value for name, value in held.items() if name not in hidden and (book.tells or name != CIRCLES)}


def _uid_of(contact: Contact) -> str:
    """The UID for the card of somebody added here: the same each time, in case a write is interrupted."""
    return str(UUID(bytes=blake2b(contact.uid.encode(), digest_size=16).digest(), version=4))


def _that_change(one: Outgoing, sender: SendsCards) -> list[tuple[StoredCard, dict[str, Any]]]:
    """The edits that change their card; a card that cannot be written now is reported, and tried again later."""
    changing = []
    for card, wanted, sent in _edits(one, sender, write=False):
        if sent.problem:
            one.problems.append(sent.problem)
            one.marks.pop(card.contact_id, None)
        elif sent.person is not None:
            changing.append((card, wanted))
    return changing


def _edits(one: Outgoing, sender: SendsCards, *, write: bool) -> Iterator[tuple[StoredCard, dict[str, Any], SentACard]]:
    """Edit the cards of a book, those of one file in a single write; yields the result for each."""
    look, tells = one.look, one.look.book.tells
    path, digest_of = look.book.path, look.reading.digest_of
    files: dict[str, list[tuple[StoredCard, dict[str, Any]]]] = {}
    for card, wanted in one.edits:
        if card.file in one.together or not look.reading.is_folder:
            files.setdefault(card.file, []).append((card, wanted))
            continue
        sent = sender.edit(path, card.file, digest_of(card.file), wanted, card.revision, tells=tells, write=write)
        yield card, wanted, sent
    for file, edits in files.items():
        wishes = [(card.key, wanted, card.revision) for card, wanted in edits]
        all_sent = sender.edit_together(path, file, digest_of(file), wishes, tells=tells, write=write)
        for (card, wanted), sent in zip(edits, all_sent, strict=True):
            yield card, wanted, sent


def send(context: Context, one: Outgoing, sender: SendsCards) -> None:
    """Write the cards of a book, and remember what was written and everybody's present digest."""
    store, book = context.store, one.look.book
    write = partial(store.write, "book", "Address book", today=context.today, journal=False)
    for card, _, sent in _edits(one, sender, write=True):
        if sent.person is None:
            one.problems += [sent.problem] if sent.problem else []
            one.marks.pop(card.contact_id, None)
            continue
        one.look.reading.read_again(card.file)
        write(partial(_keep, card_id=card.id, sent=sent))
        store.transact(partial(sources.remember, book.id, zlib.compress(sent.data), f"{cards.KEPT}{card.id}"))
    for contact_id, uid, wanted in one.new:
        key = CARD_PREFIX + uid
        # The key first: if this is interrupted, the card is recognised as this person's.
        write(partial(_name_by, contact_id=contact_id, key=key))
        sent = sender.make(book.path, uid, wanted, tells=book.tells, write=True)
        if sent.person is None:
            one.problems.append(sent.problem)
        else:
            if not one.look.reading.is_folder:
                one.look.reading.read_again(sent.person.file)
            write(partial(_keep_new, book=book.id, contact_id=contact_id, key=key, sent=sent))
    text = "\n".join(f"{key} {mark}" for key, mark in sorted(one.marks.items()))
    store.transact(partial(sources.remember, book.id, text.encode(), HELD))


def _keep(writer: Writer, *, card_id: int, sent: SentACard) -> None:
    assert sent.person is not None
    # Read from its file alone, a card does not name the people it refers to by UID.
    person = with_relatives(sent.person, names_of_related([sent.person]))
    cards.keep_sent(writer, card_id, said_of(person), sent.revision)


def _name_by(writer: Writer, *, contact_id: int, key: str) -> None:
    if cards.owner(key) is None:
        writer.insert(t.IdentityTable, key=key, contact=contact_id, digest="")


def _keep_new(writer: Writer, *, book: int, contact_id: int, key: str, sent: SentACard) -> None:
    assert sent.person is not None
    found = cards.with_keys([key], "vcard", book).get(key)
    if found is not None and found.book == book:
        # Another session's sync has read it meanwhile.
        return
    row = cards.card_row("vcard", key, said_of(sent.person), book, sent.person.file)
    cards.insert_card(writer, contact_id, {**row, "revision": sent.revision})


def _marks_from(value: bytes) -> dict[int, str]:
    lines = (line.partition(" ") for line in value.decode().split("\n") if line)
    return {int(key): mark for key, _, mark in lines}
