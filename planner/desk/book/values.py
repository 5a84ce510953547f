"""The values that `desk.book` takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Protocol

from planner.core.model import ImportedContact
from planner.core.records import record
from planner.desk.done import Done
from planner.store.book.sources import KnownBook


class ReadsCards(Protocol):
    """A file of a book that was read, see `planner.interchange.book.reading.CardFile`."""

    @property
    def name(self) -> str: ...
    @property
    def people(self) -> tuple[ImportedContact, ...]: ...
    @property
    def problem(self) -> str: ...
    @property
    def remarks(self) -> tuple[str, ...]: ...


class ReadsBook(Protocol):
    """One look at a book, see `planner.interchange.book.reading.BookReading`."""

    @property
    def is_folder(self) -> bool: ...
    @property
    def names(self) -> Collection[str]: ...
    @property
    def is_less(self) -> bool: ...
    @property
    def changed(self) -> Sequence[str]: ...
    @property
    def unreadable(self) -> Sequence[str]: ...
    @property
    def links(self) -> Sequence[str]: ...
    @property
    def state(self) -> str: ...
    def digest_of(self, name: str) -> str: ...
    def read_again(self, name: str) -> None: ...
    def read(self) -> Iterator[ReadsCards]: ...
    def close(self) -> None: ...


class OpensBooks(Protocol):
    """Looks at the book of a path, given the state of the last look and names of files to read again.

    Raises `Refused` where the book is not there.
    """

    def __call__(self, path: str, known: str, again: Collection[str], /) -> ReadsBook: ...


class SentACard(Protocol):
    """A card as it was or would be written, see `planner.interchange.book.sending.SentCard`."""

    @property
    def person(self) -> ImportedContact | None: ...
    @property
    def revision(self) -> int: ...
    @property
    def data(self) -> bytes: ...
    @property
    def problem(self) -> str: ...


class SendsCards(Protocol):
    """Writes cards, see `planner.interchange.book.sending.CardSender`."""

    def edit(
        self, path: str, name: str, digest: str, wanted: Mapping[str, Any], above: int, *, tells: bool, write: bool
    ) -> SentACard: ...
    def edit_together(
        self, path: str, name: str, digest: str, wishes: Sequence[tuple[str, Mapping[str, Any], int]], *, tells: bool,
        write: bool,
    ) -> Sequence[SentACard]: ...  # fmt: skip
    def make(self, path: str, uid: str, wanted: Mapping[str, Any], *, tells: bool, write: bool) -> SentACard: ...
    def sweep(self, path: str) -> Sequence[str]: ...


Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@record(frozen=True, slots=True)
class ListedBook:
    """A book as it is listed: how many cards are there, and how much is to be decided about it.

    `undelivered` counts the cards that were written and that no later sync has seen so.
    """

    book: KnownBook
    cards: int
    questions: int
    undelivered: int = 0


@record(frozen=True, slots=True)
class CardQuestion:
    """Something to decide: what it is about in words, both sides, and the answers there are.

    `theirs` and `mine` are shown side by side; `answers` gives each answer with what it does.
    """

    id: int
    about: str
    contact_id: int | None
    name: str
    words: str
    theirs: str
    mine: str
    answers: Mapping[str, str]
    asked_on: date
    book: int | None = None


@record(frozen=True, slots=True)
class SyncLine:
    """What a sync did with one person: "new", or the fields that followed the card."""

    contact_id: int | None
    name: str
    what: str


@record(frozen=True, slots=True)
class Synced(Done):
    """What a sync of all books did, or would do.

    `plan` says it in counts: "12 new, 3 changed, 1 gone, 2 to decide". `gone` and `to_decide` count what is open.
    `troubles` say what could not be read, a line each. `stopped` says that it was cancelled: nothing was kept.
    """

    plan: str = field(default="", kw_only=True)
    new: int = field(default=0, kw_only=True)
    changed: int = field(default=0, kw_only=True)
    moved: int = field(default=0, kw_only=True)
    gone: int = field(default=0, kw_only=True)
    to_write: int = field(default=0, kw_only=True)
    to_decide: int = field(default=0, kw_only=True)
    unreadable: int = field(default=0, kw_only=True)
    perhaps_known: int = field(default=0, kw_only=True)
    lines: tuple[SyncLine, ...] = field(default=(), kw_only=True)
    questions: tuple[CardQuestion, ...] = field(default=(), kw_only=True)
    remarks: tuple[str, ...] = field(default=(), kw_only=True)
    troubles: tuple[str, ...] = field(default=(), kw_only=True)
    stopped: bool = field(default=False, kw_only=True)
