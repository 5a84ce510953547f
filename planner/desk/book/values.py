"""The values that `desk.book` takes and returns."""

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
    """A book being read, see `planner.interchange.book.reading.BookReading`."""

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
    """Opens the book at a path, given its last remembered state and names of files to read again.

    Raises `Refused` if the book is not there.
    """

    def __call__(self, path: str, known: str, again: Collection[str], /) -> ReadsBook: ...


class SentACard(Protocol):
    """A card as it was, or would be, written, see `planner.interchange.book.sending.SentCard`."""

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
    """A book in the list, with its number of cards and of open questions.

    `undelivered` counts the written cards that no later sync has found with these values.
    """

    book: KnownBook
    cards: int
    questions: int
    undelivered: int = 0


@record(frozen=True, slots=True)
class CardQuestion:
    """A question: its subject in words, both sides, and the possible answers.

    `theirs` and `mine` are shown side by side; `answers` gives the effect of each answer.
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
    """The effect of a sync on one person: "new", or the fields that followed the card."""

    contact_id: int | None
    name: str
    what: str


@record(frozen=True, slots=True)
class Synced(Done):
    """The result of a sync of all books, or of its dry run.

    `plan` is the result in counts: "12 new, 3 changed, 1 gone, 2 to decide". `gone` and `to_decide` count open
    questions. `troubles` are lines about what could not be read. `stopped` means that it was cancelled: nothing was
    kept.
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
