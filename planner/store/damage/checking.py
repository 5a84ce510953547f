"""Whether the content of a file can be read, checked once per session: before its first write, or in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import Damaged
from planner.store import sqlite
from planner.store import tables as t
from planner.store.damage.values import bad_values, history_problems, looks_bad, with_rows

if TYPE_CHECKING:
    from peewee import Database

AT_ONCE_BYTES = 20 * 2**20
"""A larger file is only checked in the background: nobody waits longer than a quarter of a second for a check."""


class ContentCheck:
    """One check of every page, text and date of a file.

    The thread reads without a lock, so that no session waits for it. It may see half a write, so only what is found
    again under a lock counts.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._suspected = False
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start the check in a thread, unless one is running."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="planner-content", daemon=True)
            self._thread.start()

    def before_write(self, database: Database) -> str | None:
        """The problem with the file: "" if there is none, None while it is not known yet; never waits long.

        `database` is open on the file and outside a write.
        """
        if self._path.stat().st_size > AT_ONCE_BYTES:
            self.begin()
        if self._thread is None:
            return what_is_wrong(database)
        if self._path.stat().st_size <= AT_ONCE_BYTES:
            self._thread.join()
        if self._thread.is_alive():
            return None
        return what_is_wrong(database) if self._suspected else ""

    def _look(self) -> None:
        database = sqlite.database_for(self._path, immutable=True)
        # A failure here proves nothing: the file is checked again under a lock.
        self._suspected = True
        with suppress(Exception):
            database.connect()
            self._suspected = bool(sqlite.quick_check(database) or looks_bad(database))
        with suppress(Exception):
            database.close()


def what_is_wrong(database: Database) -> str:
    """The damage in the facts and their history, as part of a sentence; "" when everything can be read."""
    if sqlite.quick_check(database):
        return "is damaged"
    return _said(bad_values(database, with_rows(database)))


def damaged(path: Path, wrong: str, backups: Path) -> Damaged:
    """The error for a file that cannot be read completely: names the newest good backup, and what else helps."""
    from planner.store.backup import newest_good

    good = newest_good(backups)
    found = f"The newest good backup is {good}: run planner restore --newest" if good else "No good backup was found"
    advice = f"Nothing more is written to it. {found}; “planner salvage” saves what can be read"
    return Damaged(f"{path} {wrong}", advice, backup=str(good or ""))


def blamed(database: Database, path: Path, backups: Path) -> Damaged | None:
    """The error for a damaged file that made something else fail, None if it can be read completely."""
    # Late: this loads every rule of possible values, which a first write that succeeds need not wait for.
    from planner.store.damage.impossible import impossible_values

    try:
        wrong = what_is_wrong(database)
        if wrong:
            return damaged(path, wrong, backups)
        wrong = _said(bad_values(database, t.DERIVED))
        with t.using(database):
            history = next(history_problems(database), "")
            impossible = "" if wrong or history else next(impossible_values(), "")
    except Exception:
        # If the file cannot even be checked, the first failure is the explanation.
        return None
    if wrong:
        return Damaged(f"{path} {wrong}", "“planner doctor --rebuild” derives it anew")
    if history:
        return Damaged(f"{path} is damaged: {history}", "“planner salvage” makes a new planner without the history")
    if impossible:
        return Damaged(f"{path} is damaged: {impossible}", "“planner salvage” makes a new planner without that")
    return None


def _said(found: Iterator[str]) -> str:
    lines = list(found)
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    return f"is damaged: {lines[0]}{more}" if lines else ""
