"""The address books that people come from, and what was seen of their files."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.core.records import record
from planner.store import tables as t
from planner.store.connection import ask, day

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SYNCS = 20
"""How many syncs are remembered, so that undoing one is noticed."""
FILES = "files"
"""The name under which the state of a book's files is remembered."""
TAKEN, AGAIN = "taken", "again"
"""The names under which two lists of files are remembered: those that syncs have read, and those to read again."""


@record(frozen=True, slots=True)
class KnownBook:
    """A book, with its settings."""

    id: int
    path: str
    two_way: bool
    tells: bool
    added_on: date
    removed_on: date | None = None
    tells_rhythm: bool = False
    taken: int = 0


def books(*, removed: bool = False) -> list[KnownBook]:
    """The books in use, in the order they were added; with `removed` also those taken off the list."""
    where = "" if removed else "WHERE removed_on IS NULL"
    columns = "id, path, two_way, tells, added_on, removed_on, tells_rhythm, taken"
    rows = ask(f"SELECT {columns} FROM book {where} ORDER BY id")
    return [
        KnownBook(key, path, bool(two_way), bool(tells), date.fromisoformat(added), day(gone), bool(rhythm), taken)
        for key, path, two_way, tells, added, gone, rhythm, taken in rows
    ]


def insert_book(writer: Writer, path: str, today: date, **ways: bool) -> int:
    """Insert a book, and return its id. `ways` are the columns that say what is written out."""
    key: int = writer.insert(t.BookTable, path=path, added_on=today, **ways)
    return key


def live_cards() -> dict[int, int]:
    """The number of present cards in each book, by the id of the book."""
    there = "book_id IS NOT NULL AND gone_on IS NULL"
    return dict(ask(f"SELECT book_id, count(*) FROM card WHERE {there} GROUP BY book_id"))


def undelivered() -> dict[int, int]:
    """The number of cards in each book that were written and not read since, by the id of the book."""
    return dict(ask("SELECT book_id, count(*) FROM card WHERE sent <> '' AND gone_on IS NULL GROUP BY book_id"))


def remembered(book: int, name: str = FILES) -> bytes:
    """The bytes remembered for a book under a name; empty if there are none."""
    rows = ask("SELECT value FROM book_state WHERE book_id = ? AND name = ?", (book, name))
    return bytes(rows[0][0]) if rows else b""


def remember(book: int, value: bytes, name: str = FILES) -> None:
    """Remember bytes for a book under a name; in the caller's transaction, not journaled."""
    ask(
        "INSERT INTO book_state (book_id, name, value) VALUES (?, ?, ?)"
        " ON CONFLICT (book_id, name) DO UPDATE SET value = excluded.value", (book, name, value),
    )  # fmt: skip


def forget_state(book: int) -> None:
    """Forget everything remembered for a book; in the caller's transaction, not journaled."""
    ask("DELETE FROM book_state WHERE book_id = ?", (book,))


def taken(book: int) -> dict[int, list[str]]:
    """The marks of the files that the last syncs of a book have read, by the number of the sync."""
    value = remembered(book, TAKEN)
    return {int(key): names for key, names in json.loads(value).items()} if value else {}


def keep_taken(book: int, found: Mapping[int, Collection[str]]) -> None:
    """Remember which files the last syncs of a book have read; in the caller's transaction, not journaled."""
    last = sorted(found)[-SYNCS:]
    remember(book, json.dumps({key: sorted(found[key]) for key in last}).encode(), TAKEN)


def to_read_again(book: int) -> list[str]:
    """The marks of files that a person wants to be read again."""
    value = remembered(book, AGAIN)
    return list(json.loads(value)) if value else []


def read_again(book: int, marks: Collection[str]) -> None:
    """Have the next sync read files again although they have not changed; in the caller's transaction."""
    remember(book, json.dumps(sorted(marks)).encode(), AGAIN)
