"""A sync: reads every book outside any transaction, then writes the consequences as one step for undo."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from planner.core.book.said import said_of, to_text
from planner.core.book.three_way import compare
from planner.core.book.words import DUPLICATE, FOLDER, GONE, IDENTITY, counts_in_words, field_label
from planner.core.words.folding import clean_line
from planner.desk.book.asking import questions_in_words
from planner.desk.book.matching import BookLook, is_beside, move_cards, plain_key
from planner.desk.book.sending import Outgoing, goes_out, outgoing, send
from planner.desk.book.undone import ask_about_undone, number_sync, remember_sync, undone_files
from planner.desk.book.values import Cancelled, CardQuestion, OpensBooks, Progress, SendsCards, Synced, SyncLine
from planner.desk.intake.chunks import Intake
from planner.desk.intake.relatives import link_relatives
from planner.desk.intake.tally import Cancelled as StoppedByUser
from planner.desk.intake.tally import Tally, Wishes
from planner.desk.shared.context import Context
from planner.errors import Busy, Refused
from planner.store import tables as t
from planner.store.book import cards, questions, sources
from planner.store.facts import contact_names

if TYPE_CHECKING:
    from planner.store.book.cards import StoredCard
    from planner.store.book.questions import OpenQuestion
    from planner.store.row_writer import Writer

FEW = 4
"""From this many deleted cards on there is a single question about the book, if they are half of it."""
LINES = 500
"""The most people reported one by one."""


class BookSync:
    """One sync of all books; see `Books.sync`."""

    def __init__(self, context: Context, *, again: bool = False, by_itself: bool = False) -> None:
        self._context = context
        self._again = again
        self._by_itself = by_itself
        self._swept: list[str] = []
        """Reports about interrupted writes."""
        self._troubles: list[str] = []
        self._remarks: list[str] = []
        self._unreadable = 0

    def run(
        self,
        open: OpensBooks,
        make_sender: Callable[[], SendsCards],
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Synced:
        """Read what changed in all books, write the consequences here, and write edits made here to the cards."""
        store = self._context.store
        store.changed()
        with store.read():
            listed = sources.books()
        if not listed:
            raise Refused("No address book is known", "Name a folder of cards: planner book add PATH")
        both_ways = [book.path for book in listed if book.two_way and os.path.exists(book.path)]
        sender = make_sender() if both_ways else None
        if sender is not None and not dry_run and not store.read_only:
            # While another session is writing, nothing was left behind.
            with suppress(Busy), store.alone(0):
                self._swept = [text for path in both_ways for text in sender.sweep(path)]
        looks, asked = self._look(open)
        if not self._is_unsettled(looks, asked):
            return self._told(Tally(), 0, asked, None)
        if dry_run:
            return self._take_in(looks, sender, progress, cancelled, dry_run=True)
        # Of two syncs at once, the second would write into cards that the first is writing.
        try:
            with store.alone(0) if self._by_itself else store.alone():
                if store.changed():
                    _close(looks)
                    looks, asked = self._look(open)
                    if not self._is_unsettled(looks, asked):
                        return self._told(Tally(), 0, asked, None)
                return self._take_in(looks, sender, progress, cancelled)
        finally:
            _close(looks)

    def _take_in(
        self,
        looks: list[BookLook],
        sender: SendsCards | None,
        progress: Progress | None,
        cancelled: Cancelled | None,
        *,
        dry_run: bool = False,
    ) -> Synced:
        """Read the files, write the consequences, then the cards."""
        store = self._context.store
        try:
            if not self._read(looks, progress, cancelled):
                return Synced("Stopped: nothing was kept", stopped=True)
        finally:
            _close(looks)
        if not store.read_only:
            self._context.read_numbers_anew()
        with self._context.tried(dry_run) as context:
            try:
                done, leaving = self._write(context, looks, sender, dry_run, cancelled)
            except StoppedByUser:
                return Synced("Stopped: nothing was kept", stopped=True)
        if not dry_run:
            for one in leaving:
                assert sender is not None
                send(self._context, one, sender)
            # After the facts: if a sync dies between the two, the next one reads these files again and finds them
            # known.
            store.transact(partial(_remember, looks, asked=not self._by_itself))
        problems = tuple(clean_line(one) for out in leaving for one in out.problems)
        return replace(done, troubles=(*done.troubles, *problems))

    def _look(self, open: OpensBooks) -> tuple[list[BookLook], list[OpenQuestion]]:
        """Open every book; return them with the open questions."""
        self._troubles, self._remarks, self._unreadable = [], [*self._swept], 0
        with self._context.store.read():
            listed, asked = sources.books(), questions.open_questions()
            states = {book.id: "" if self._again else sources.remembered(book.id).decode() for book in listed}
            wanted = {book.id: set(sources.to_read_again(book.id)) for book in listed}
        looks = []
        for book in listed:
            again = {name for one in asked if one.about == DUPLICATE and one.book == book.id for name in one.theirs}
            try:
                looks.append(BookLook(book, open(book.path, states[book.id], again | wanted[book.id])))
            except Refused as refusal:
                sentences = (part.rstrip(".") for part in (refusal.message, refusal.advice) if part)
                self._troubles.append(". ".join(sentences))
            else:
                reading = looks[-1].reading
                self._unreadable += len(reading.unreadable)
                self._remarks += [f"{name}: passed over, it is a link" for name in sorted(reading.links)]
        return looks, asked

    def _is_unsettled(self, looks: list[BookLook], asked: Sequence[OpenQuestion]) -> bool:
        """Whether there is anything to do; if not, the books are closed."""
        found = any(look.reading.changed or look.reading.is_less for look in looks)
        if not found:
            with self._context.store.read():
                found = any(one.about in (FOLDER, DUPLICATE) for one in asked) or goes_out(looks)
                # Somebody who takes back a sync may want it again, so an automatic sync does not ask.
                found = found or (not self._by_itself and any(map(undone_files, looks)))
        if not found:
            _close(looks)
        return found

    def _read(self, looks: list[BookLook], progress: Progress | None, cancelled: Cancelled | None) -> bool:
        """Read the changed files; return False if the run was cancelled."""
        total, done = sum(len(look.reading.changed) for look in looks), 0
        for look in looks:
            for file in look.reading.read():
                look.files[file.name] = file
                done += 1
                self._remarks += file.remarks
                if file.problem:
                    self._unreadable += 1
                    self._remarks.append(f"{file.name}: not readable yet, {file.problem}")
                if progress is not None:
                    progress(done, total)
                if cancelled is not None and cancelled():
                    return False
        return True

    def _write(
        self,
        context: Context,
        looks: list[BookLook],
        sender: SendsCards | None,
        dry_run: bool,
        cancelled: Cancelled | None,
    ) -> tuple[Synced, list[Outgoing]]:
        """Write what came in; return the report, and what is to be written to the books."""
        tally, today = Tally(), context.today
        # Noting that a card says what was written into it is no step for undo.
        context.store.write("book", "Address book", partial(_deliver, looks, context), today=today, journal=False)
        with context.store.long_write("book", "Address book", today) as step:
            moved = step.write(partial(_prepare, looks=looks, context=context))
            if not self._by_itself:
                step.write(partial(ask_about_undone, looks=looks, today=today))
            with context.store.read():
                last = cards.last_number()
            for look in looks:
                people = list(look.people())
                wishes = Wishes(None, None, len(people) > context.settings.daily_capacity, today)
                Intake(context, look.book.id).take(step, people, wishes, tally, len(people), None, cancelled)
            identities = step.write(partial(_finish, looks=looks, context=context, last=last))
            if step.step is not None:
                step.write(partial(number_sync, looks=looks))
            with context.store.read():
                asked = questions.open_questions()
            tally.added -= identities
            leaving = outgoing(context, looks, sender) if sender is not None else []
            done = self._told(tally, moved, asked, context, to_write=sum(one.count for one in leaving), dry_run=dry_run)
            step.summary = f"Address book: {done.plan}"
        return replace(done, step=None if dry_run else step.step), leaving

    def _told(
        self,
        tally: Tally,
        moved: int,
        asked: Sequence[OpenQuestion],
        context: Context | None,
        to_write: int = 0,
        *,
        dry_run: bool = False,
    ) -> Synced:
        """The report of a sync, with everything that is open after it."""
        context = context or self._context
        gone = sum(one.about == GONE for one in asked)
        plan = counts_in_words(
            new=tally.added,
            changed=tally.changed,
            moved=moved,
            gone=gone,
            to_write=to_write,
            to_decide=len(asked) - gone,
            unreadable=self._unreadable,
        )
        with context.store.read():
            shown: tuple[CardQuestion, ...] = tuple(questions_in_words(asked))
            followed = tally.followed[:LINES]
            names = contact_names.names_of([*tally.newcomers, *(key for key, _ in followed)])
        # A new person in a dry run has an id in its private copy only.
        lines = [SyncLine(None if dry_run else key, names.get(key, ""), "new") for key in tally.newcomers]
        lines += [
            SyncLine(key, names.get(key, ""), ", ".join(field_label(one) for one in fields)) for key, fields in followed
        ]
        return Synced(
            f"Address book: {plan}",
            tuple(one.id for one in shown),
            plan=plan,
            new=tally.added,
            changed=tally.changed,
            moved=moved,
            gone=gone,
            to_write=to_write,
            to_decide=len(asked) - gone,
            unreadable=self._unreadable,
            perhaps_known=tally.ambiguous,
            lines=tuple(lines),
            questions=shown,
            remarks=tuple(clean_line(one) for one in (*self._remarks, *tally.remarks)),
            troubles=tuple(clean_line(one) for one in self._troubles),
        )


def _close(looks: list[BookLook]) -> None:
    for look in looks:
        look.reading.close()


def _remember(looks: list[BookLook], *, asked: bool) -> None:
    for look in looks:
        sources.remember(look.book.id, look.reading.state.encode())
        sources.read_again(look.book.id, ())
        remember_sync(look, asked=asked)


def _deliver(looks: list[BookLook], context: Context, writer: Writer) -> None:
    """Store the new wording of cards that only spell the same values differently, or contain what the planner wrote."""
    for look in looks:
        look.take_stock()
        for person in look.people():
            card, said = look.known.get(person.keys[0]), said_of(person)
            if card is None or card.text == to_text(said):
                continue
            before = card.said_before(person)
            found = compare(before, said, before, context.address_form)
            if not found.telling and not found.asked and not questions.about_cards([card.id]):
                cards.keep_delivered(writer, card, said)


def _prepare(writer: Writer, looks: list[BookLook], context: Context) -> int:
    """Find present, deleted and doubled cards, and give moved cards their new keys; return how many moved."""
    for look in looks:
        look.take_stock()
    return move_cards(writer, looks, context.address_form)


def _finish(writer: Writer, looks: list[BookLook], context: Context, last: int) -> int:
    """Ask about deleted and doubled cards and about pairs of people with one UID; return the number of such pairs.

    `last` is the highest id of any card before the sync.
    """
    today, identities = context.today, 0
    gone_everywhere = {key for look in looks for key in look.gone}
    for look in looks:
        book = look.book.id
        asked = {(one.about, one.card): one for one in questions.open_questions(book)}
        link_relatives(writer, look.people())
        _ask_gone(writer, look, gone_everywhere, asked, context)
        for one in asked.values():
            card = cards.numbered(one.card) if one.card is not None else None
            is_back = one.about == GONE and card is not None and card.gone_on is None
            if is_back or (one.about == DUPLICATE and str(one.before) not in look.doubled):
                questions.settle(writer, [one.id], today)
        for key, files in look.doubled.items():
            found = look.known.get(key)
            questions.put_question(
                writer, DUPLICATE, today, book=book, card=found.id if found else None,
                contact=found.contact_id if found else None, before=key, theirs=files,
            )  # fmt: skip
        for card in cards.since(book, last):
            owner = cards.owner(plain_key(card.key)) if is_beside(card.key) else None
            if owner is not None and owner != card.contact_id:
                identities += 1
                questions.put_question(
                    writer, IDENTITY, today, book=book, card=card.id, contact=card.contact_id,
                    theirs=card.said.get("name", ""), mine=owner,
                )  # fmt: skip
    return identities


def _ask_gone(
    writer: Writer,
    look: BookLook,
    gone_everywhere: set[int],
    asked: dict[tuple[str, int | None], OpenQuestion],
    context: Context,
) -> None:
    """Ask about deleted cards: one by one, or once if the book is empty or half empty."""
    today, book = context.today, look.book.id
    alone: list[StoredCard] = []
    linked: list[StoredCard] = []
    for card in look.gone.values():
        others = (one for one in cards.of_contact(card.contact_id) if one.book is not None and one.gone_on is None)
        (linked if any(one.id not in gone_everywhere for one in others) else alone).append(card)
    for card in linked:
        # The person has another card: this one was moved, or was one too many.
        writer.delete(t.CardTable, card.id)
    folder = asked.get((FOLDER, None))
    is_empty = len(alone) > 1 and not look.reading.names
    if is_empty or (len(alone) >= FEW and 2 * len(alone) >= look.live_before):
        missing = [[card.id for card in alone], look.live_before]
        questions.put_question(writer, FOLDER, today, book=book, theirs=missing, mine=look.book.path)
        return
    if folder is not None:
        questions.settle(writer, [folder.id], today)
    cards.set_gone(writer, [card.id for card in alone], today)
    for card in alone:
        questions.put_question(
            writer, GONE, today, book=book, card=card.id, contact=card.contact_id, theirs=card.file,
        )  # fmt: skip
