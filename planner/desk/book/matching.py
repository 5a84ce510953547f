"""Which cards of a book are still there, which have a new key or file, and which are deleted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planner.core.matching.recognition import are_same_name, is_personal, name_mark
from planner.core.model import ImportedContact
from planner.core.words.folding import fold
from planner.desk.intake.relatives import names_of_related, with_relatives
from planner.store.book import cards
from planner.store.book.cards import StoredCard
from planner.store.book.sources import KnownBook
from planner.store.facts.identity.import_candidates import CARD_PREFIX

if TYPE_CHECKING:
    from planner.desk.book.values import ReadsBook, ReadsCards
    from planner.store.row_writer import Writer

Form = Callable[[str, str], str]
_beside = re.compile(r"~n[0-9a-f]{12}$")


@dataclass(slots=True)
class BookLook:
    """One look at a book, with what is known about it: `known` are its cards by key, deleted ones too."""

    book: KnownBook
    reading: ReadsBook
    files: dict[str, ReadsCards] = field(default_factory=dict)
    """The files that were read, by name."""
    known: dict[str, StoredCard] = field(default_factory=dict)
    live_before: int = 0
    gone: dict[int, StoredCard] = field(default_factory=dict)
    """Cards that were deleted, by id."""
    doubled: dict[str, list[str]] = field(default_factory=dict)
    """The files with the same card, by key: neither is read until one of them is deleted."""
    names: dict[str, str] = field(default_factory=dict)
    """The names of people to whom other cards refer by key."""

    def take_stock(self) -> None:
        """Find the deleted cards and the keys that are in two files; in a transaction."""
        self.known = {card.key: card for card in cards.of_book(self.book.id)}
        live = [card for card in self.known.values() if card.gone_on is None]
        self.live_before = len(live)
        places: dict[str, set[str]] = defaultdict(set)
        for name, file in self.files.items():
            for person in keyed_people(self.book.id, file):
                places[person.keys[0]].add(name)
        for card in live:
            unread = card.file not in self.files or self.files[card.file].problem
            if card.file in self.reading.names and unread:
                places[plain_key(card.key)].add(card.file)
        self.doubled = {key: sorted(names) for key, names in places.items() if len(names) > 1}
        self.gone = {card.id: card for card in live if plain_key(card.key) not in places}
        self.names = names_of_related(person for file in self.files.values() for person in file.people)

    def people(self) -> Iterator[ImportedContact]:
        """The people in the files that were read, each with the key of their card."""
        for _, file in sorted(self.files.items()):
            for person in keyed_people(self.book.id, file):
                if person.keys[0] not in self.doubled:
                    yield with_relatives(person, self.names)


def plain_key(key: str) -> str:
    """The card's own key, without the suffix that was added for another person."""
    return _beside.sub("", key)


def is_beside(key: str) -> bool:
    """Whether a key was made for somebody whose card has the UID of another person."""
    return _beside.search(key) is not None


def keyed_people(book: int, file: ReadsCards) -> Iterator[ImportedContact]:
    """The people in a file; a card without a UID gets a key from its file, and from its name in a file of several."""
    for person in file.people:
        if person.keys and person.keys[0].startswith(CARD_PREFIX):
            yield person
        else:
            place = file.name if len(file.people) == 1 else f"{file.name}/{name_mark(person.name)}"
            yield replace(person, keys=(f"card:{book}/{place}", *person.keys))


def move_cards(writer: Writer, looks: Iterable[BookLook], form: Form) -> int:
    """Give deleted cards the key of the same person's new card; return how many.

    Two cards are the same person's if they share the full name and a valid phone or a personal e-mail.
    """
    looks = list(looks)
    by_name: dict[str, list[StoredCard]] = defaultdict(list)
    for look in looks:
        for card in [*look.gone.values(), *(one for one in look.known.values() if one.gone_on is not None)]:
            by_name[name_mark(str(card.said.get("name", "")))].append(card)
    moved: set[int] = set()
    for look in looks:
        for person in look.people() if by_name else ():
            key = person.keys[0]
            if key in look.known:
                continue
            found = [card for card in by_name[name_mark(person.name)] if _is_same(person, card, form)]
            found = [card for card in found if card.id not in moved]
            if len(found) == 1:
                (card,) = found
                cards.move_card(writer, card, look.book.id, key, person.file)
                moved.add(card.id)
    for look in looks:
        look.gone = {key: card for key, card in look.gone.items() if key not in moved}
    return len(moved)


def _is_same(person: ImportedContact, card: StoredCard, form: Form) -> bool:
    said = card.said
    if not are_same_name(person.name, str(said.get("name", ""))):
        return False
    emails = {fold(value) for value, _ in said.get("emails", ())}
    phones = {form("phone", value) for value, _ in said.get("phones", ())}
    return any(fold(cell.value) in emails and is_personal(cell.value) for cell in person.emails) or any(
        (key := form("phone", cell.value)) in phones and key.startswith("+") for cell in person.phones
    )
