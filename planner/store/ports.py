"""What the parts of the store below `Store` may ask of it, so that none of them imports it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from planner.core.model import Settings

Result = TypeVar("Result")


class Touched(Protocol):
    """What was touched by rows that were written."""

    acquaintances: set[int]
    """Acquaintances whose search text may have changed."""

    @property
    def touched_contacts(self) -> frozenset[int]:
        """Contacts whose derived rows may have changed."""

    @property
    def searched_contacts(self) -> frozenset[int]:
        """Contacts whose search text may have changed."""


class OpenStore(Protocol):
    """An open database; see `planner.store.session.Store`, which is one."""

    path: Path
    settings: Settings
    session: str
    backups: Path
    read_only: bool
    is_copy: bool
    database: Any
    """The connection, as Peewee has it."""

    def sql(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement; in the caller's transaction."""

    def notes(self) -> dict[str, str]:
        """Every fact about the database itself, by name."""

    def note(self, key: str, value: str) -> None:
        """Set a fact about the database itself; in the caller's transaction, not journaled."""

    def read(self) -> AbstractContextManager[None]:
        """A consistent snapshot: what is read inside belongs to one moment."""

    def settle(self, writer: Touched) -> None:
        """Bring what is derived from the written rows up to date; in the caller's transaction."""

    def refresh(self, touched: Collection[int], searched: Collection[int]) -> None:
        """Derive contacts anew and index their texts; in the caller's transaction."""

    def transact(self, run: Callable[[], Result], patience: float | None = None, *, keep: bool = True) -> Result:
        """Run a function in one write transaction, again while another session holds the lock."""

    def outside(self, run: Callable[[], Result]) -> Result:
        """Run what cannot run in a transaction, again while another session holds the lock."""

    def open(self) -> OpenStore:
        """Open the database again after it was closed."""

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""

    def refuse_newer(self, path: Path, version: int) -> None:
        """Raise `StoreError` for a file with a schema this planner does not know yet."""
