"""The books from which people come, and what was seen of their files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.core.records import record
from planner.store import tables as t
from planner.store.connection import ask, day

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

FILES = "files"
"""The name under which the state of the files of a book is remembered."""


@record(frozen=True, slots=True)
class KnownBook:
    """A book, with what a person said about it."""

    id: int
    path: str
    two_way: bool
    tells: bool
    added_on: date
    removed_on: date | None = None


def books(*, removed: bool = False) -> list[KnownBook]:
    """The books that are read, in the order they were added; with `removed` also those taken off the list."""
    where = "" if removed else "WHERE removed_on IS NULL"
    rows = ask(f"SELECT id, path, two_way, tells, added_on, removed_on FROM book {where} ORDER BY id")
    return [
        KnownBook(key, path, bool(two_way), bool(tells), date.fromisoformat(added), day(gone))
        for key, path, two_way, tells, added, gone in rows
    ]


def insert_book(writer: Writer, path: str, today: date, *, two_way: bool, tells: bool) -> int:
    """Write a new book; gives its id."""
    key: int = writer.insert(t.BookTable, path=path, two_way=two_way, tells=tells, added_on=today)
    return key


def live_cards() -> dict[int, int]:
    """How many cards of each book are there, by the id of the book."""
    there = "book_id IS NOT NULL AND gone_on IS NULL"
    return dict(ask(f"SELECT book_id, count(*) FROM card WHERE {there} GROUP BY book_id"))


def undelivered() -> dict[int, int]:
    """How many cards of each book were written and not yet seen again, by the id of the book."""
    return dict(ask("SELECT book_id, count(*) FROM card WHERE sent <> '' AND gone_on IS NULL GROUP BY book_id"))


def remembered(book: int, name: str = FILES) -> bytes:
    """What is remembered of a book under a name."""
    rows = ask("SELECT value FROM book_state WHERE book_id = ? AND name = ?", (book, name))
    return bytes(rows[0][0]) if rows else b""


def remember(book: int, value: bytes, name: str = FILES) -> None:
    """Keep something of a book under a name; in the caller's transaction, not journaled."""
    ask(
        "INSERT INTO book_state (book_id, name, value) VALUES (?, ?, ?)"
        " ON CONFLICT (book_id, name) DO UPDATE SET value = excluded.value", (book, name, value),
    )  # fmt: skip


def forget_state(book: int) -> None:
    """Forget all that is remembered of a book; in the caller's transaction, not journaled."""
    ask("DELETE FROM book_state WHERE book_id = ?", (book,))
