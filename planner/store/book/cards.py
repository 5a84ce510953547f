"""What cards and rows of files said when they were last read, found by key or by contact."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from planner.core.book.said import AWAITED, Said, delivered, from_text, said_of, to_text, united
from planner.core.model import ImportedContact
from planner.core.records import record
from planner.store import tables as t
from planner.store.connection import ask, ask_about

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

_COLUMNS = "id, book_id, source, key, contact_id, said, file, gone_on, revision, sent"


@record(frozen=True, slots=True)
class StoredCard:
    """What a card said about a contact; `book` is None for a card imported by hand."""

    id: int
    book: int | None
    source: str
    key: str
    contact_id: int
    text: str
    file: str
    gone_on: str | None
    revision: int
    sent: str

    @property
    def said(self) -> dict[str, Any]:
        """The values in the card, by field."""
        return from_text(self.text)

    def said_before(self, record: ImportedContact) -> dict[str, Any]:
        """What the card said before the record being read now; see `delivered` for what the planner wrote since."""
        is_on_top = record.revision >= self.revision > 0
        return delivered(self.said, from_text(self.sent), said_of(record), is_on_top=is_on_top)


def with_keys(keys: Collection[str], source: str, book: int | None) -> dict[str, StoredCard]:
    """The cards with one of these keys, by key: cards of a book, or with None those imported by hand.

    A card imported by hand and a card of a book with the same key are one card: each is found if the other is missing.
    """
    found: dict[str, StoredCard] = {}
    rows = ask_about(f"SELECT {_COLUMNS} FROM card WHERE key IN ({{keys}}) ORDER BY id", keys)
    for card in (StoredCard(*row) for row in rows):
        if card.book == book or (card.book is None and card.source == source):
            first = card.book == book
        elif book is None:
            first = False
        else:
            continue
        if card.book is None and card.source != source:
            continue
        if first or card.key not in found:
            found[card.key] = card
    return found


def of_contact(contact_id: int) -> list[StoredCard]:
    """Every card about a contact, except those of books taken off the list."""
    query = f"""SELECT {_COLUMNS} FROM card WHERE contact_id = ?
        AND (book_id IS NULL OR book_id IN (SELECT id FROM book WHERE removed_on IS NULL)) ORDER BY id"""
    return [StoredCard(*row) for row in ask(query, (contact_id,))]


def of_book(book: int) -> list[StoredCard]:
    """Every card of a book, deleted ones too."""
    return [StoredCard(*row) for row in ask(f"SELECT {_COLUMNS} FROM card WHERE book_id = ? ORDER BY id", (book,))]


def numbered(card_id: int) -> StoredCard | None:
    """The card with an id, or None."""
    rows = ask(f"SELECT {_COLUMNS} FROM card WHERE id = ?", (card_id,))
    return StoredCard(*rows[0]) if rows else None


def said_elsewhere(card: StoredCard) -> dict[str, list[Any]]:
    """Everything that the other cards of a contact say; deleted cards are left out.

    For a card in a book, a card of the same format that was imported by hand is an older state, and left out too.
    """
    others = (one for one in of_contact(card.contact_id) if one.id != card.id and one.gone_on is None)
    return united(one.said for one in others if card.book is None or one.book is not None or one.source != card.source)


def card_row(source: str, key: str, said: Said, book: int | None = None, file: str = "") -> dict[str, Any]:
    """The column values of a card, without its contact."""
    return {"book": book, "source": source, "key": key, "said": to_text(said), "file": file}


def insert_card(writer: Writer, contact_id: int, row: Mapping[str, Any]) -> int:
    """Insert a card of a contact, and return its id."""
    key: int = writer.insert(t.CardTable, contact=contact_id, **row)
    return key


def update_card(writer: Writer, card: StoredCard, said: Said, key: str, book: int | None, file: str) -> None:
    """Store what a card says now, with its key, its book and its file."""
    writer.update(t.CardTable, card.id, None, said=to_text(said), key=key, book=book, file=file, gone_on=None, sent="")


def move_card(writer: Writer, card: StoredCard, book: int, key: str, file: str) -> None:
    """Move a card to another key or another book, and give its contact the key."""
    writer.update(t.CardTable, card.id, None, book=book, key=key, file=file, gone_on=None)
    if not ask("SELECT 1 FROM identity WHERE key = ?", (key,)):
        writer.insert(t.IdentityTable, key=key, contact=card.contact_id, digest="")


def set_gone(writer: Writer, card_ids: Iterable[int], on: date | None) -> None:
    """Mark cards as deleted on a day, or with None as present."""
    writer.update_many(t.CardTable, card_ids, gone_on=on)


def last_number() -> int:
    """The highest id of any card."""
    return int(ask("SELECT coalesce(max(id), 0) FROM card")[0][0])


def since(book: int, last: int) -> list[StoredCard]:
    """The cards of a book with ids greater than `last`."""
    rows = ask(f"SELECT {_COLUMNS} FROM card WHERE id > ? AND book_id = ? ORDER BY id", (last, book))
    return [StoredCard(*row) for row in rows]


def owner(key: str) -> int | None:
    """The contact with a source key, or None."""
    rows = ask("SELECT contact_id FROM identity WHERE key = ?", (key,))
    return int(rows[0][0]) if rows else None


def names_by_keys(keys: Collection[str]) -> dict[str, str]:
    """The names of the contacts with some source keys, by key."""
    query = "SELECT i.key, c.name FROM identity i JOIN contact c ON c.id = i.contact_id WHERE i.key IN ({keys})"
    return dict(ask_about(query, keys))


def awaiting() -> list[StoredCard]:
    """The cards that name somebody by the UID of a card that had not been read at that time."""
    rows = ask(f"SELECT {_COLUMNS} FROM card WHERE said LIKE ? AND gone_on IS NULL ORDER BY id", (f'%"{AWAITED}":%',))
    return [StoredCard(*row) for row in rows]


def keep_said(writer: Writer, card: StoredCard, said: Said) -> None:
    """Store that a card says something more, although it was not read again."""
    writer.update(t.CardTable, card.id, None, said=to_text(said))


def take_place_of(writer: Writer, card: StoredCard) -> None:
    """Give a card, read under the key of another person, its own UID as key; a card with that key is replaced."""
    key = re.sub(r"~n[0-9a-f]{12}$", "", card.key)
    for (old,) in ask("SELECT id FROM card WHERE book_id = ? AND key = ? AND id <> ?", (card.book, key, card.id)):
        writer.delete(t.CardTable, old)
    writer.update(t.CardTable, card.id, None, key=key)


def keep_sent(writer: Writer, card_id: int, said: Said, revision: int) -> None:
    """Store what the planner wrote into a card, until it is found there on a later reading."""
    writer.update(t.CardTable, card_id, None, sent=to_text(said), revision=revision)


def keep_revision(writer: Writer, *, card_id: int, revision: int) -> None:
    """Store the number that the planner's next write into a card must exceed."""
    writer.update(t.CardTable, card_id, None, revision=revision)


def keep_delivered(writer: Writer, card: StoredCard, said: Said) -> None:
    """Store that a card contains what the planner wrote into it."""
    writer.update(t.CardTable, card.id, None, said=to_text(said), sent="")


_MARKS = """SELECT k.contact_id, c.version, b.tells, b.tells_rhythm,
    CASE WHEN b.tells_rhythm THEN (SELECT s.last_contact FROM contact_summary s WHERE s.contact_id = c.id) END,
    (SELECT group_concat(a.id || ':' || a.position || ':' || a.value || ':' || a.label) FROM address a
     WHERE a.contact_id = c.id),
    (SELECT group_concat(m.circle_id) FROM membership m WHERE m.contact_id = c.id),
    (SELECT group_concat(d.kind || d.month_day || ':' || coalesce(d.year, '')) FROM contact_date d
     WHERE d.contact_id = c.id),
    (SELECT group_concat(q.id) FROM book_question q WHERE q.contact_id = c.id AND q.settled_on IS NULL)
    FROM card k JOIN contact c ON c.id = k.contact_id JOIN book b ON b.id = k.book_id
    WHERE k.book_id = ? AND k.gone_on IS NULL"""


def held_marks(book: int) -> dict[int, str]:
    """A digest for each contact of a book, which changes when a value changes that a card may contain."""
    return {
        row[0]: blake2b(repr(row[1:]).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        for row in ask(_MARKS, (book,))
    }


def last_contact(contact_id: int) -> str:
    """The day of the last contact in ISO form; empty where there was none."""
    rows = ask("SELECT last_contact FROM contact_summary WHERE contact_id = ?", (contact_id,))
    return str(rows[0][0] or "") if rows else ""


def without_cards(since: str) -> list[int]:
    """The active contacts who were added by hand on or after a day, and have no card and no row of a file."""
    query = """SELECT id FROM contact WHERE source = 'in person' AND status = 'active' AND created_on >= ?
        AND NOT EXISTS (SELECT 1 FROM card WHERE card.contact_id = contact.id)
        ORDER BY id"""
    return [key for (key,) in ask(query, (since,))]


KEPT = "kept:"
"""Followed by the id of a card: the name under which the bytes that the planner wrote are kept."""


def as_written(card_id: int) -> bytes:
    """The bytes of a card as the planner last wrote it; empty if it never did."""
    rows = ask("SELECT value FROM book_state WHERE name = ?", (f"{KEPT}{card_id}",))
    return zlib.decompress(rows[0][0]) if rows else b""


def forget_written(contact_id: int) -> None:
    """Forget the bytes that the planner wrote into cards of a contact; in the caller's transaction."""
    ask(f"DELETE FROM book_state WHERE name IN (SELECT '{KEPT}' || id FROM card WHERE contact_id = ?)", (contact_id,))
