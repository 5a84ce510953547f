"""The verbs of the address book: which books are read, syncing them, and deciding what both sides changed."""

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
    """The part `desk.book`: people who come from address books, again and again."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, path: str, *, two_way: bool = False, tells: bool = False, tells_rhythm: bool = False) -> Done:
        """Read a book from now on; gives its id. `path` is absolute, of a folder of cards or of a file of them.

        With `two_way` what is edited here goes out into its cards; with `tells` circles chosen here do as well, with
        `tells_rhythm` the rhythm and the day of the last contact.
        Refused where the path is read already in the same way.
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
        """The books that are read, in the order they were added."""
        with self._context.store.read():
            found, counts, waits = sources.books(), sources.live_cards(), sources.undelivered()
            asked = Counter(one.book for one in questions.open_questions())
        return tuple(ListedBook(one, counts.get(one.id, 0), asked[one.id], waits.get(one.id, 0)) for one in found)

    def remove(self, book_id: int) -> Done:
        """Read a book no more. Its people stay, and what its cards said is kept for when it is added again."""
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
        """Read what changed in all books, and write what follows as one step for undo; nothing outside is deleted.

        `open` looks at a book. What was edited here goes out into the cards of books kept both ways, by what
        `make_sender` gives. With `again` everything is read, also what was undone; of a sync that was undone it is
        asked whether its cards are read again, unless this one runs `by_itself`. A dry run writes into a private copy,
        which is not kept. `progress` is told how many files of how many are read; when `cancelled()` gives True
        nothing is kept. Refused where no book is read.
        """
        run = BookSync(self._context, again=again, by_itself=by_itself).run
        return run(open, make_sender, dry_run=dry_run, progress=progress, cancelled=cancelled)

    def has_news(self, open: OpensBooks) -> bool:
        """Whether a file of a book was added, changed or removed since the last sync; opens no card."""
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
        """What a copy of a card ought to say besides, so that the edits of the other copy are in it, too.

        Both were edited since the last sync saw the card, by what it said then. A field that both changed in different
        ways stays as it is in `theirs`: the planner holds the other value, and the next sync asks.
        """
        store, before = self._context.store, None
        with store.read():
            for book in sources.books() if ours.keys else ():
                before = cards.with_keys(ours.keys[:1], ours.source, book.id).get(ours.keys[0], before)
        if before is not None:
            # A greater number than the merged card will have: it does not rest on all that was written here.
            number = max(ours.revision, theirs.revision, before.revision) + 2
            work = partial(cards.keep_revision, card_id=before.id, revision=number)
            store.write("book", "Address book", work, today=self._context.today, journal=False)
        found = compare(
            before.said if before is not None else {}, said_of(theirs), said_of(ours), self._context.address_form,
            typed=TEXT_FIELDS, sends_circles=True, sends_rhythm=True,
        )  # fmt: skip
        return dict(found.wanted)

    def asked(self) -> tuple[CardQuestion, ...]:
        """What is to be decided, in the order it was found."""
        with self._context.store.read():
            return tuple(questions_in_words(questions.open_questions()))

    def decide(self, question_ids: Collection[int], answer: str) -> Done:
        """Answer questions, all in one way, as one step; one that has no such answer refuses all."""
        return self._context.write("book", lambda writer: decide(writer, self._context, question_ids, answer))

    @staticmethod
    def _present(book_id: int) -> KnownBook:
        found = next((one for one in sources.books() if one.id == book_id), None)
        if found is None:
            raise Refused(f"No book is read under the number {book_id}", "See “planner book list”")
        return found
