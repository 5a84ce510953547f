"""What cards and rows said when they were read last, by their key and by their contact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.book.said import Said, from_text, to_text, united
from planner.core.records import record
from planner.store import tables as t
from planner.store.connection import ask, ask_about

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

_COLUMNS = "id, book_id, source, key, contact_id, said, file, gone_on, revision, sent"


@record(frozen=True, slots=True)
class StoredCard:
    """What a card said of a contact; `book` is None for what was imported by hand."""

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
        """The values it said, by field."""
        return from_text(self.text)


def with_keys(keys: Collection[str], source: str, book: int | None) -> dict[str, StoredCard]:
    """The cards of a book (or of imports by hand, of one format) that have one of these keys, by key."""
    if book is None:
        found = ask_about(
            f"SELECT {_COLUMNS} FROM card WHERE book_id IS NULL AND source = '{source.replace(chr(39), '')}'"
            " AND key IN ({keys})", keys,
        )  # fmt: skip
    else:
        found = ask_about(f"SELECT {_COLUMNS} FROM card WHERE book_id = {int(book)} AND key IN ({{keys}})", keys)
    return {card.key: card for card in (StoredCard(*row) for row in found)}


def of_contact(contact_id: int) -> list[StoredCard]:
    """Every card that speaks of a contact."""
    return [
        StoredCard(*row) for row in ask(f"SELECT {_COLUMNS} FROM card WHERE contact_id = ? ORDER BY id", (contact_id,))
    ]


def of_contacts(contact_ids: Iterable[int]) -> list[StoredCard]:
    """Every card that speaks of one of some contacts."""
    rows = ask_about(f"SELECT {_COLUMNS} FROM card WHERE contact_id IN ({{keys}}) ORDER BY id", set(contact_ids))
    return [StoredCard(*row) for row in rows]


def of_book(book: int) -> list[StoredCard]:
    """Every card of a book, those that are gone too."""
    return [StoredCard(*row) for row in ask(f"SELECT {_COLUMNS} FROM card WHERE book_id = ? ORDER BY id", (book,))]


def numbered(card_id: int) -> StoredCard | None:
    """The card of a number."""
    rows = ask(f"SELECT {_COLUMNS} FROM card WHERE id = ?", (card_id,))
    return StoredCard(*rows[0]) if rows else None


def said_elsewhere(contact_id: int, card_id: int | None) -> dict[str, list[Any]]:
    """All that other cards of a contact say, those that are gone left out."""
    others = (one for one in of_contact(contact_id) if one.id != card_id and one.gone_on is None)
    return united(one.said for one in others)


def card_row(source: str, key: str, said: Said, book: int | None = None, file: str = "") -> dict[str, Any]:
    """The column values of a card, without its contact."""
    return {"book": book, "source": source, "key": key, "said": to_text(said), "file": file}


def insert_card(writer: Writer, contact_id: int, row: Mapping[str, Any]) -> int:
    """Write a card of a contact; gives its id."""
    key: int = writer.insert(t.CardTable, contact=contact_id, **row)
    return key


def update_card(writer: Writer, card: StoredCard, said: Said, key: str, file: str) -> None:
    """Write what a card says now."""
    writer.update(t.CardTable, card.id, said=to_text(said), key=key, file=file, gone_on=None)


def set_gone(writer: Writer, card_ids: Iterable[int], on: date | None) -> None:
    """Write that cards are no longer there, or with None that they are."""
    writer.update_many(t.CardTable, card_ids, gone_on=on)
