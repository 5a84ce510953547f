"""The connection to one database file: its snapshots and transactions, and the single way to run SQL.

`ask` and the like are called inside `Connection.read` or `Connection.transact`; they use the current database, see
`planner.store.tables.using`.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from planner.core.model import Settings
from planner.errors import Damaged, PlannerError, ReadOnly, Refused
from planner.limits import is_read_only, refuse_read_only
from planner.paths import backups_folder
from planner.store import sqlite
from planner.store import tables as t

Result = TypeVar("Result")

WAIT_SECONDS = 10.0
"""Seconds that a write waits for other sessions before it fails."""
ANNOUNCE_SECONDS = 0.2
"""A shorter wait is not announced."""

# Asking


def ask(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows; none if it only writes.

    Parameters are positional for `?`, named for `:name`; dates are ISO text in both directions.
    """
    return sqlite.fetch(t.database_proxy, sql, parameters)


def ask_about(sql: str, keys: Iterable[int | str]) -> list[tuple[Any, ...]]:
    """The rows of a statement with `{keys}` in place of a list of keys, for any number of keys.

    Many keys are split over several statements, so an order holds only among the rows of one key.
    """
    return sqlite.fetch_about(t.database_proxy, sql, keys)


def among(column: str, keys: Collection[int] | None) -> str:
    """ " AND" and a condition that a column is one of some keys; empty for None."""
    return "" if keys is None else f"AND {column} IN ({', '.join(map(str, keys))})"


def run_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement once for each row of parameters, in one call; far faster than one by one."""
    sqlite.run_many(t.database_proxy, sql, rows)


def day(text: str | None) -> date | None:
    """A date from ISO text."""
    return date.fromisoformat(text) if text else None


def days(texts: Iterable[str]) -> tuple[date, ...]:
    """Dates from ISO texts, in order."""
    return tuple(sorted(map(date.fromisoformat, texts)))


def insert_numbered(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert rows without their keys, and return the new keys in order; in a write transaction."""
    return sqlite.insert_numbered(t.database_proxy, table, columns, rows)


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows as they are; far faster than a statement for each. In a write transaction."""
    sqlite.insert_rows(t.database_proxy, table, columns, rows)


def grouped(rows: Iterable[Sequence[Any]]) -> dict[Any, list[Any]]:
    """Rows of (key, …) by key; a row of two gives its second value, a longer one its remaining values."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1] if len(row) == 2 else row[1:])
    return found


# The file


def database_path(location: str | Path) -> Path:
    """The file that a location means: a path, or `sqlite:///` and a path.

    Raises `Refused` for any other kind of address.
    """
    text = str(location)
    scheme, separator, rest = text.partition("://")
    if separator and scheme.isalnum():
        if scheme != "sqlite":
            raise Refused(f"{scheme} databases are not supported", "Name a file, or sqlite:/// and the path of a file.")
        text = rest.removeprefix("/")
    if not text or text == ":memory:":
        raise Refused("The database needs a file", "Name one with --db or PLANNER_DB.")
    return Path(text).expanduser().absolute()


class Connection:
    """One database file; use it on the thread that opened it.

    `location` is a path or a `sqlite:///` address, `session` names the writer in the history. The derived tables are
    derived under `settings`. `on_wait` is called once when a write has to wait for another session.
    """

    def __init__(self, location: str | Path, settings: Settings, *, session: str = "") -> None:
        self.path = database_path(location)
        self.settings = settings
        self.session = session or f"{os.getpid()}-{time.time_ns():x}"
        self.backups = backups_folder(self.path)
        self.on_wait: Callable[[], None] | None = None
        self.read_only = False
        self.is_sample = False
        """Whether the file is deleted at the end, so that it may be written even in read-only mode."""
        self.is_copy = False
        """Whether this is a private copy that is discarded, see `Store.rehearsal`."""
        self.is_alone = False
        """Whether this session is currently the only one that may run long verbs."""
        self.wrote = False
        """Whether this session has written anything."""
        self.content_known = False
        """Whether the whole file can be read, as this session checked before its first write."""
        self.database = sqlite.database_for(self.path)
        self._identity: tuple[int, int] = (0, 0)
        self._seen_version = 0

    def connect(self, header: sqlite.FileHeader, *, only_reads: bool = False) -> None:
        """Open the file whose header was read; with `only_reads` the connection refuses writes."""
        immutable = sqlite.only_as_it_stands(self.path, header)
        asked_for = only_reads or (is_read_only() and not self.is_sample)
        self.read_only = immutable or asked_for or not os.access(self.path, os.W_OK)
        self.database = sqlite.database_for(self.path, immutable=immutable, read_only=asked_for)
        self.retried(self.database.connect)
        status = os.stat(self.path)
        self._identity = (status.st_dev, status.st_ino)
        if not self.read_only:
            sqlite.settle_journal_mode(self.database, self.path, header)
        # This reads the file, like everything after it, and may meet a writer.
        self._seen_version = self._version()

    def _version(self) -> int:
        """A number that changes when another connection commits; waits for a commit in progress."""
        return self.retried(lambda: sqlite.data_version(self.database))

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        if not self.database.is_closed():
            sqlite.leftover_transaction(self.database)
            self.database.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Notes about the database itself

    def notes(self) -> dict[str, str]:
        """Every note about the database itself, by name."""
        with self.read():
            return dict(ask('SELECT "key", "value" FROM "meta"'))

    def note(self, key: str, value: str) -> None:
        """Set a note about the database itself; in the caller's transaction, not journaled."""
        statement = 'INSERT INTO "meta" ("key", "value") VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET "value" = ?'
        ask(statement, (key, value, value))

    # Reading

    @contextmanager
    def read(self) -> Iterator[None]:
        """A consistent snapshot: everything read inside belongs to one moment."""
        with t.using(self.database):
            if self.database.in_transaction():
                yield
                return
            self.retried(self._begin_reading)
            try:
                yield
            except PlannerError:
                raise
            except Exception as error:
                problem = self.explained(error)
                if problem is None:
                    raise
                raise problem from error
            finally:
                # Nothing was written: a rollback ends the snapshot and needs no lock.
                sqlite.leftover_transaction(self.database)
                self.database.pop_transaction()

    def steady(self, work: Callable[[], Result]) -> Result:
        """The result of a function that reads everything at one moment; raises what the function raises."""
        with Connection.read(self):
            return work()

    def _begin_reading(self) -> None:
        self.database.begin()
        try:
            # The first statement takes the lock; after that the whole snapshot is read without waiting.
            ask('SELECT 1 FROM "meta" LIMIT 1')
        except BaseException:
            sqlite.leftover_transaction(self.database)
            raise
        self.database.push_transaction(self.database.transaction())

    def changed(self) -> bool:
        """Whether another session has committed since the last call; cheap enough to call every second."""
        with t.using(self.database):
            try:
                version = sqlite.data_version(self.database)
            except Exception as error:
                if sqlite.problem_of(error) == "busy":
                    return False
                raise sqlite.explain(error, self.path) or error from error
        before, self._seen_version = self._seen_version, version
        return version != before

    # Damage

    def _check_content(self) -> None:
        """Raise `Damaged` before the first write into a file that cannot be read completely; `Store` implements it."""

    def explained(self, error: Exception) -> PlannerError | None:
        """The error to raise for a failure of the database, with advice; None for any other exception."""
        return sqlite.explain(error, self.path)

    # Writing

    def transact(
        self, run: Callable[[], Result], patience: float | None = None, *, keep: bool = True, unchecked: bool = False
    ) -> Result:
        """Run a function in one write transaction, and retry while another session holds the lock.

        `patience` is for how many seconds, 10 by default. Without `keep` the transaction is rolled back at the end. The
        first write of a session checks whether the file can be read, and raises `Damaged` if not, except with
        `unchecked`.
        """
        if self.database.in_transaction():
            raise RuntimeError("a write inside a transaction")
        if self.read_only:
            refuse_read_only()
            raise ReadOnly(f"{self.path} or its folder may only be read: not saved", "Change its permissions.")

        def once() -> Result:
            self._check_file()
            try:
                with sqlite.writing(self.database) as transaction:
                    result = run()
                    self._check_file()
                    if not keep:
                        transaction.rollback()
                self.wrote = self.wrote or keep
                return result
            finally:
                sqlite.leftover_transaction(self.database)

        with t.using(self.database):
            if not (self.content_known or self.is_copy or unchecked):
                self._check_file()
                self._check_content()
            return self.retried(once, patience)

    def outside(self, run: Callable[[], Result]) -> Result:
        """Run a function outside a transaction, and retry while another session holds the lock."""
        self._check_file()
        with t.using(self.database):
            return self.retried(run)

    def retried(self, run: Callable[[], Result], patience: float | None = None) -> Result:
        """Run a function, and retry while another session holds the lock, for at most `patience` seconds.

        A failure of the database is raised as a `PlannerError` that says what to do.
        """
        limit = WAIT_SECONDS if patience is None else patience
        started = time.monotonic()
        announced = False
        while True:
            try:
                return run()
            except PlannerError:
                raise
            except Exception as error:
                waited = time.monotonic() - started
                if sqlite.problem_of(error) != "busy" or waited >= limit:
                    problem = self.explained(error)
                    if problem is None:
                        raise
                    raise problem from error
            if waited >= ANNOUNCE_SECONDS and not announced and self.on_wait is not None:
                announced = True
                self.on_wait()
            import random

            # Without the jitter, sessions that collided once would collide again.
            time.sleep(random.uniform(0.001, 0.02))

    def _check_file(self) -> None:
        if self.is_copy:
            return
        try:
            status = os.stat(self.path)
        except OSError:
            raise sqlite.gone(self.path) from None
        if (status.st_dev, status.st_ino) != self._identity:
            raise sqlite.gone(self.path)
        if status.st_size == 0:
            raise Damaged(f"{self.path} was emptied while it was open: not saved", "Restore a backup.")
