"""The verbs for address books: adding and removing books, syncing them, and answering what both sides changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.core.book.said import TEXT_FIELDS, said_of
from planner.core.book.three_way import compare
from planner.desk.book.asking import questions_in_words
from planner.desk.book.deciding import decide
from planner.desk.book.syncing import BookSync
from planner.desk.book.values import Cancelled, CardQuestion, ListedBook, OpensBooks, Progress, SendsCards, Synced
from planner.desk.done import Done
from planner.desk.shared.checks import briefly
from planner.desk.shared.context import Context, Said
from planner.errors import Refused
from planner.store import tables as t
from planner.store.book import cards, questions, sources

if TYPE_CHECKING:
    from planner.core.model import ImportedContact
    from planner.store.book.sources import KnownBook
    from planner.store.row_writer import Writer


class Books:
    """The part `desk.book`: people who come from address books and follow their cards."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, path: str, *, two_way: bool = False, tells: bool = False, tells_rhythm: bool = False) -> Done:
        """Start to read a book; the result has its id. `path` is absolute, of a folder of cards or of a file of them.

        With `two_way` edits made here are written to its cards; with `tells` also circles chosen here, with
        `tells_rhythm` also the rhythm and the day of the last contact. Refused if the path is read already in the same
        way.
        """
        today = self._context.today
        wished = {"two_way": two_way, "tells": tells, "tells_rhythm": tells_rhythm}

        def work(writer: Writer) -> Said:
            found = next((one for one in sources.books(removed=True) if one.path == path), None)
            ways = " both ways" if two_way else ""
            said = f"Reading {briefly(path)}{ways}"
            if found is None:
                return said, [sources.insert_book(writer, path, today, **wished)]
            if found.removed_on is None and {name: getattr(found, name) for name in wished} == wished:
                raise Refused(f"{briefly(path)} is read already", "See “planner book list”")
            writer.update(t.BookTable, found.id, None, removed_on=None, **wished)
            return said, [found.id]

        return self._context.write("book", work)

    def listed(self) -> tuple[ListedBook, ...]:
        """The books in use, in the order they were added."""
        with self._context.store.read():
            found, counts, waits = sources.books(), sources.live_cards(), sources.undelivered()
            asked = Counter(one.book for one in questions.open_questions())
        return tuple(ListedBook(one, counts.get(one.id, 0), asked[one.id], waits.get(one.id, 0)) for one in found)

    def remove(self, book_id: int) -> Done:
        """Stop reading a book. Its people stay, and the values of its cards are kept in case it is added again."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            found = self._present(book_id)
            writer.update(t.BookTable, book_id, None, removed_on=today)
            questions.settle(writer, [one.id for one in questions.open_questions(book_id)], today)
            return f"No longer reading {briefly(found.path)}; its people stay", [book_id]

        done = self._context.write("book", work)
        self._context.store.transact(partial(sources.forget_state, book_id))
        return done

    def sync(
        self,
        open: OpensBooks,
        make_sender: Callable[[], SendsCards],
        *,
        again: bool = False,
        by_itself: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Synced:
        """Read what changed in all books, and write the consequences as one step for undo; nothing outside is deleted.

        `open` opens a book. Edits made here are written to the cards of two-way books by the object that `make_sender`
        gives. With `again` everything is read, even what was undone; for an undone sync it asks whether its cards
        should be read again, unless this run is automatic (`by_itself`). A dry run writes into a private copy, which is
        discarded. `progress` gets (files read, files in all); when `cancelled()` returns True nothing is kept. Refused
        if no book is in use.
        """
        run = BookSync(self._context, again=again, by_itself=by_itself).run
        return run(open, make_sender, dry_run=dry_run, progress=progress, cancelled=cancelled)

    def has_news(self, open: OpensBooks) -> bool:
        """Whether a file of a book was added, changed or removed since the last sync; reads no card."""
        with self._context.store.read():
            listed = sources.books()
            states = {book.id: sources.remembered(book.id).decode() for book in listed}
            wanted = {book.id: sources.to_read_again(book.id) for book in listed}
        for book in listed:
            try:
                reading = open(book.path, states[book.id], ())
            except Refused:
                continue
            reading.close()
            if reading.changed or reading.is_less or wanted[book.id]:
                return True
        return False

    def merge(self, ours: ImportedContact, theirs: ImportedContact) -> dict[str, Any]:
        """The fields that a copy of a card must also say, so that it contains the edits of the other copy too.

        Both copies were edited since the last sync saw the card; they are compared with what it said then. A field that
        both changed differently stays as in `theirs`: the planner holds the other value, and the next sync asks.
        """
        store, before = self._context.store, None
        with store.read():
            for book in sources.books() if ours.keys else ():
                before = cards.with_keys(ours.keys[:1], ours.source, book.id).get(ours.keys[0], before)
        if before is not None:
            # Higher than the number of the merged card, which does not contain everything written here.
            number = max(ours.revision, theirs.revision, before.revision) + 2
            work = partial(cards.keep_revision, card_id=before.id, revision=number)
            store.write("book", "Address book", work, today=self._context.today, journal=False)
        found = compare(
            before.said if before is not None else {}, said_of(theirs), said_of(ours), self._context.address_form,
            typed=TEXT_FIELDS, sends_circles=True, sends_rhythm=True,
        )  # fmt: skip
        return dict(found.wanted)

    def asked(self) -> tuple[CardQuestion, ...]:
        """The open questions, oldest first."""
        with self._context.store.read():
            return tuple(questions_in_words(questions.open_questions()))

    def decide(self, question_ids: Collection[int], answer: str) -> Done:
        """Answer several questions in the same way, as one step; if one of them has no such answer, all are refused."""
        return self._context.write("book", lambda writer: decide(writer, self._context, question_ids, answer))

    @staticmethod
    def _present(book_id: int) -> KnownBook:
        found = next((one for one in sources.books() if one.id == book_id), None)
        if found is None:
            raise Refused(f"No book is read under the number {book_id}", "See “planner book list”")
        return found
