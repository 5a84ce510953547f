"""A verb in several short transactions, such as an import, which one undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from types import TracebackType
from typing import TypeVar

from planner.errors import Refused
from planner.store import sqlite
from planner.store.connection import Connection, ask
from planner.store.derived import settle
from planner.store.journal import add_steps, open_entry, recover, roll_back
from planner.store.long_write_lock import RunningLock
from planner.store.row_writer import Writer

Result = TypeVar("Result")


class LongWrite:
    """One verb in several short transactions, which one undo takes back.

    A context manager. `write` runs one part of the work, as in `Store.write`. Leaving the context finishes the verb; an
    exception, `cancel`, or the death of the session takes every part back. `summary` may be set until then.
    """

    def __init__(self, store: Connection, verb: str, summary: str, today: date) -> None:
        self.store = store
        self.verb = verb
        self.summary = summary
        self.today = today
        self.step: int | None = None
        """The id of the verb in the journal, None until something was written."""
        self._lock = RunningLock(store.path)
        self._room = ExitStack()
        self._ended = False

    def __enter__(self) -> LongWrite:
        # The lock is free after a session died in a long verb, and its verb is half done.
        recover(self.store)
        if not self.store.is_copy:
            if not self.store.is_alone:
                self._lock.acquire()
            # What finds no room in memory is written into the file before its time, and from then on nobody reads.
            self._room.enter_context(sqlite.with_room(self.store.database))
        return self

    def write(self, work: Callable[[Writer], Result]) -> Result:
        """Run one part in its own transaction, which should take at most 50 ms."""
        if self._ended:
            raise Refused(f"{self.summary}: cancelled")

        def once() -> tuple[Result, int | None]:
            writer = Writer()
            result = work(writer)
            entry = self.step
            if writer.changes:
                settle(self.store, writer)
                if entry is None:
                    entry = open_entry(self.store, self.verb, self.summary, self.today, "running")
                add_steps(entry, writer.changes)
            return result, entry

        result, self.step = self.store.transact(once)
        return result

    def cancel(self) -> None:
        """Take back everything written so far."""
        if not self._ended:
            self._ended = True
            try:
                if self.step is not None and not self.store.is_copy:
                    roll_back(self.store, self.step)
            finally:
                self._release()

    def _release(self) -> None:
        try:
            self._room.close()
        finally:
            self._lock.release()

    def _finish(self) -> None:
        if self.step is not None:
            self.store.transact(
                lambda: ask("UPDATE journal SET state = 'done', summary = ? WHERE id = ?", (self.summary, self.step))
            )
        self._ended = True
        self._release()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ended:
            return
        if kind is not None:
            self.cancel()
            return
        try:
            self._finish()
        except BaseException:
            self.cancel()
            raise
