"""Open questions about cards for a person to decide, each about one field of one card."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.records import record
from planner.store import tables as t
from planner.store.connection import ask, ask_about

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

_COLUMNS = "id, book_id, card_id, contact_id, about, before, theirs, mine, asked_on"


@record(frozen=True, slots=True)
class OpenQuestion:
    """A question; `before` is what the card said, `theirs` what it says now, `mine` what the planner holds."""

    id: int
    book: int | None
    card: int | None
    contact_id: int | None
    about: str
    before: Any
    theirs: Any
    mine: Any
    asked_on: date


def open_questions(book: int | None = None) -> list[OpenQuestion]:
    """The open questions, all of them or those of one book, oldest first."""
    where = "" if book is None else f" AND book_id = {int(book)}"
    rows = ask(f"SELECT {_COLUMNS} FROM book_question WHERE settled_on IS NULL{where} ORDER BY id")
    return [_question(row) for row in rows]


def count_open() -> int:
    """How many questions are open."""
    rows = ask("SELECT count(*) FROM book_question WHERE settled_on IS NULL")
    return int(rows[0][0])


def about_cards(card_ids: Collection[int]) -> list[OpenQuestion]:
    """The open questions about some cards."""
    rows = ask_about(
        f"SELECT {_COLUMNS} FROM book_question WHERE settled_on IS NULL AND card_id IN ({{keys}}) ORDER BY id", card_ids
    )
    return [_question(row) for row in rows]


def last_answer(card_id: int, about: str) -> str:
    """The last answer to a question about a card; empty for a question never answered, or open again."""
    rows = ask(
        "SELECT answer FROM book_question WHERE card_id = ? AND about = ? ORDER BY id DESC LIMIT 1", (card_id, about)
    )
    return str(rows[0][0]) if rows else ""


def _question(row: tuple[Any, ...]) -> OpenQuestion:
    key, book, card, contact_id, about, before, theirs, mine, asked_on = row
    said, says, held = (json.loads(text) for text in (before, theirs, mine))
    return OpenQuestion(key, book, card, contact_id, about, said, says, held, date.fromisoformat(asked_on))


def put_question(
    writer: Writer,
    about: str,
    today: date,
    *,
    book: int | None = None,
    card: int | None = None,
    contact: int | None = None,
    before: Any = None,
    theirs: Any = None,
    mine: Any = None,
) -> None:
    """Ask a question; an open question about the same field of the same card gets the present values."""
    # Loaded late: the agenda only counts open questions.
    from planner.core.book.said import to_text

    values = {"theirs": to_text(theirs), "mine": to_text(mine)}
    rows = ask(
        "SELECT id FROM book_question WHERE settled_on IS NULL AND about = ? AND book_id IS ? AND card_id IS ?"
        " AND contact_id IS ?", (about, book, card, contact),
    )  # fmt: skip
    if rows:
        writer.update(t.BookQuestionTable, rows[0][0], None, **values)
        return
    writer.insert(
        t.BookQuestionTable, book=book, card=card, contact=contact, about=about, before=to_text(before), asked_on=today,
        **values,
    )  # fmt: skip


def settle(writer: Writer, question_ids: Iterable[int], today: date, answer: str = "") -> None:
    """Close questions; `answer` is empty for those that closed by themselves."""
    writer.update_many(t.BookQuestionTable, question_ids, settled_on=today, answer=answer)
