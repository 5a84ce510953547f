"""Undone syncs: the cards they had read are reported once, and read again if the user wants that.

The remembered state of a book's files is no fact, so undo leaves it; the number of the last sync is one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.core.book.said import file_mark
from planner.core.book.words import UNDONE
from planner.store import tables as t
from planner.store.book import questions, sources

if TYPE_CHECKING:
    from planner.desk.book.matching import BookLook
    from planner.store.row_writer import Writer


def undone_files(look: BookLook) -> set[str]:
    """The marks of present files that were read by syncs undone since; in a snapshot."""
    taken = sources.taken(look.book.id)
    found = {mark for number, marks in taken.items() if number > look.book.taken for mark in marks}
    return found & set(map(file_mark, look.reading.names)) if found else found


def waiting_files(look: BookLook) -> set[str]:
    """The marks of files for which it is undecided whether they are read again: nothing is written to them."""
    asked = (one.theirs for one in questions.open_questions(look.book.id) if one.about == UNDONE)
    return undone_files(look).union(*asked) - set(map(file_mark, look.files))


def ask_about_undone(writer: Writer, *, looks: list[BookLook], today: date) -> None:
    """Ask about the cards of undone syncs, one question for each book; those being read now need none."""
    for look in looks:
        open_now = [one for one in questions.open_questions(look.book.id) if one.about == UNDONE]
        marks = waiting_files(look)
        if marks:
            path = look.book.path
            questions.put_question(writer, UNDONE, today, book=look.book.id, theirs=sorted(marks), mine=path)
        else:
            questions.settle(writer, [one.id for one in open_now], today)


def number_sync(writer: Writer, *, looks: list[BookLook]) -> None:
    """Give the sync of each book that read files a number, which undo resets."""
    for look in looks:
        if look.files:
            number = max(look.book.taken, *sources.taken(look.book.id), 0) + 1
            writer.update(t.BookTable, look.book.id, None, taken=number)


def remember_sync(look: BookLook, *, asked: bool) -> None:
    """Store which files the sync has read, under its number; undone ones are kept until they were `asked` about."""
    (now,) = [one for one in sources.books(removed=True) if one.id == look.book.id]
    before, waiting = sources.taken(look.book.id), undone_files(look)
    taken = {number: marks for number, marks in before.items() if number <= look.book.taken}
    if now.taken > look.book.taken:
        taken[now.taken] = list(map(file_mark, look.files))
        if waiting and not asked:
            taken[now.taken + 1] = sorted(waiting - set(taken[now.taken]))
    elif not asked:
        taken = before
    sources.keep_taken(look.book.id, taken)
