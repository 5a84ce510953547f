"""The store: one database file, opened with care, read in snapshots, written one verb at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from planner.core.model import Settings
from planner.errors import Busy, Damaged, DiskFull, PlannerError, ReadOnly, Refused, StoreError
from planner.paths import backups_folder
from planner.store import migrations, sqlite
from planner.store import tables as t
from planner.store.ports import Touched
from planner.store.written import Written

if TYPE_CHECKING:
    from planner.store.journal import LongWrite
    from planner.store.row_writer import Writer

Result = TypeVar("Result")

WAIT_SECONDS = 10.0
"""How long a write waits for other sessions before it gives up."""
ANNOUNCE_SECONDS = 0.2
"""Waiting shorter than this goes unnoticed and unannounced."""
CHECK_EVERY = timedelta(days=1)
CHECK_BYTES = 32 * 2**20
"""A larger file is not checked while a person waits for the first screen: the daily backup checks it."""
RULES = 3
"""Raised with the rules that derived rows are made by: a database made by older ones is derived anew."""
NOT_DERIVED = frozenset({"week_start", "day_starts_at", "daily_capacity", "date_order"})
"""Settings that no derived row depends on."""


def database_path(location: str | Path) -> Path:
    """The file a location names: a path, or `sqlite:///` and a path.

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


class Store:
    """One open database; use it from the thread that opened it.

    `location` is a path or a `sqlite:///` address, `session` names who writes, for the history.
    `on_wait` is called once when a write has to wait for another session.
    """

    migrations_folder: ClassVar[Path] = migrations.FOLDER

    def __init__(self, location: str | Path, settings: Settings, *, session: str = "") -> None:
        self.path = database_path(location)
        self.settings = settings
        self.session = session or f"{os.getpid()}-{time.time_ns():x}"
        self.backups = backups_folder(self.path)
        self.on_wait: Callable[[], None] | None = None
        self.read_only = False
        self.is_copy = False
        """Nobody else sees it and nothing of it is kept, see `rehearsal`."""
        self.wrote = False
        """Whether this session has written anything."""
        self.database = sqlite.database_for(self.path)
        self._identity: tuple[int, int] = (0, 0)
        self._seen_version = 0

    # Opening and closing

    def open(self) -> Store:
        """Open the database, make it when there is none, bring an older one up to date.

        Raises `Damaged` for a file that is empty, foreign or damaged, `StoreError` for one that a newer
        planner made: in either case nothing was touched.
        """
        try:
            header = sqlite.read_header(self.path)
        except FileNotFoundError:
            migrations.create(self.path, migrations.latest(self.migrations_folder))
            header = sqlite.read_header(self.path)
        except Damaged as damaged:
            raise self._with_backup(damaged) from None
        self._refuse_foreign(header)
        unclean = sqlite.pending_journal(self.path)
        try:
            self._connect(header)
            self._prepare(unclean=unclean)
        except BaseException as error:
            self.close()
            problem = sqlite.explain(error, self.path) if isinstance(error, Exception) else None
            if isinstance(problem, Damaged):
                raise self._with_backup(problem) from error
            if problem is None or isinstance(error, PlannerError):
                raise
            raise problem from error
        return self

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        if not self.database.is_closed():
            sqlite.leftover_transaction(self.database)
            self.database.close()

    def __enter__(self) -> Store:
        return self.open() if self.database.is_closed() else self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _refuse_foreign(self, header: sqlite.Header) -> None:
        if header.application_id != sqlite.APPLICATION_ID:
            raise self._with_backup(Damaged(f"{self.path} is a database of another program"))
        self.refuse_newer(self.path, header.version)
        if header.truncated:
            raise self._with_backup(Damaged(f"{self.path} is cut short"))

    def refuse_newer(self, path: Path, version: int) -> None:
        """Raise `StoreError` for a file with a schema this planner does not know yet."""
        known = migrations.latest(self.migrations_folder)
        if version > known:
            raise StoreError(
                f"{path} was written by a newer planner (schema {version}, this one knows {known})",
                "Update the planner; nothing was touched.",
            )

    def _with_backup(self, damaged: Damaged) -> Damaged:
        from planner.store.backup import newest_good

        good = newest_good(self.backups)
        found = f"The newest good backup is {good}: run planner restore --newest."
        advice = found if good else "No good backup was found."
        return Damaged(damaged.message, advice, backup=str(good or ""))

    def _connect(self, header: sqlite.Header) -> None:
        # A log cannot be replayed from a folder that may only be read; without one the file is whole.
        immutable = (
            header.write_ahead_log
            and not os.access(self.path.parent, os.W_OK)
            and not sqlite.pending_journal(self.path)
        )
        self.read_only = immutable or not os.access(self.path, os.W_OK)
        self.database = sqlite.database_for(self.path, immutable=immutable)
        self._retried(self.database.connect)
        status = os.stat(self.path)
        self._identity = (status.st_dev, status.st_ino)
        if not self.read_only:
            sqlite.settle_journal_mode(self.database, self.path, header)

    def _prepare(self, *, unclean: bool) -> None:
        with self.read():
            version = sqlite.get_version(self.database)
        self.refuse_newer(self.path, version)
        self._seen_version = sqlite.data_version(self.database)
        if self.read_only:
            return
        if version < migrations.latest(self.migrations_folder):
            from planner.store.backup import backup

            backup(self, "before-migration")
            with t.using(self.database):
                migrations.migrate(self, self.migrations_folder)
        try:
            self._look_over(unclean=unclean)
        except ReadOnly:
            self.read_only = True
        except DiskFull:
            # Reading goes on; what could not be put in order is put in order next time.
            return

    def _look_over(self, *, unclean: bool) -> None:
        with self.read():
            notes = self.notes()
            unfinished = self.sql("SELECT 1 FROM journal WHERE state = 'running' LIMIT 1")
        now = datetime.now(UTC)
        small = self.path.stat().st_size <= CHECK_BYTES
        if small and (unclean or notes.get("checked_at", "") < (now - CHECK_EVERY).isoformat()):
            if sqlite.quick_check(self.database):
                raise self._with_backup(Damaged(f"{self.path} is damaged"))
            with suppress(Busy):
                self.transact(lambda: self.note("checked_at", now.isoformat()), patience=0)
        if unfinished:
            from planner.store.journal import recover

            recover(self)
        fingerprint = self._fingerprint()
        if notes.get("settings", "") != fingerprint:
            self.transact(lambda: self._derive_anew(fingerprint))

    def _fingerprint(self) -> str:
        values = {
            one.name: getattr(self.settings, one.name) for one in fields(self.settings) if one.name not in NOT_DERIVED
        }
        return f"rules={RULES}; " + "; ".join(
            f"{name}={sorted(map(str, value)) if isinstance(value, frozenset) else value}"
            for name, value in values.items()
        )

    def _derive_anew(self, fingerprint: str) -> None:
        from planner.store import derived

        # What was made by older rules of ours is as stale as what was made under other settings.
        derived.rebuild(self)
        self.note("settings", fingerprint)

    def sql(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement; in the caller's transaction."""
        return sqlite.fetch(self.database, statement, parameters)

    # Small facts about the database itself

    def notes(self) -> dict[str, str]:
        """Every fact about the database itself, by name."""
        with self.read():
            return dict(self.sql('SELECT "key", "value" FROM "meta"'))

    def note(self, key: str, value: str) -> None:
        """Set a fact about the database itself; in the caller's transaction, not journaled."""
        statement = 'INSERT INTO "meta" ("key", "value") VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET "value" = ?'
        self.sql(statement, (key, value, value))

    # Reading

    @contextmanager
    def read(self) -> Iterator[None]:
        """A consistent snapshot: what is read inside belongs to one moment."""
        with t.using(self.database):
            if self.database.in_transaction():
                yield
                return
            self._retried(self._begin_reading)
            try:
                yield
            except PlannerError:
                raise
            except Exception as error:
                problem = sqlite.explain(error, self.path)
                if problem is None:
                    raise
                raise problem from error
            finally:
                # Nothing was written: a rollback ends the snapshot and cannot fail for want of a lock.
                sqlite.leftover_transaction(self.database)
                self.database.pop_transaction()

    def _begin_reading(self) -> None:
        self.database.begin()
        try:
            # Only a first look takes the lock; after it the whole snapshot is readable without waiting.
            self.sql('SELECT 1 FROM "meta" LIMIT 1')
        except BaseException:
            sqlite.leftover_transaction(self.database)
            raise
        self.database.push_transaction(self.database.transaction())

    def changed(self) -> bool:
        """Whether another session has committed since this was last asked; cheap enough for every second."""
        with t.using(self.database):
            try:
                version = sqlite.data_version(self.database)
            except Exception as error:
                if sqlite.problem_of(error) == "busy":
                    return False
                raise sqlite.explain(error, self.path) or error from error
        before, self._seen_version = self._seen_version, version
        return version != before

    # Writing

    def write(
        self,
        verb: str,
        summary: str | Callable[[Result], str],
        work: Callable[[Writer], Result],
        *,
        today: date,
        journal: bool = True,
        dry_run: bool = False,
    ) -> Written[Result]:
        """Run one verb as one transaction, durable when this returns; give what `work` gave and the step made of it.

        `work` may run more than once (another session may hold the lock), so it must have no effect but
        through its `Writer`. What it wrote is derived, made findable and journaled under `summary` in the
        same transaction; a verb that wrote nothing leaves no trace, and so does a dry run.

        Raises `Busy`, `DiskFull`, `ReadOnly`, `Damaged` or `StoreError`; then nothing was written.
        """
        from planner.store.journal import record
        from planner.store.row_writer import Writer

        def once() -> Written[Result]:
            writer, step = Writer(self), None
            result = work(writer)
            said = summary if isinstance(summary, str) else summary(result)
            if writer.changes:
                self.settle(writer)
                if journal:
                    step = record(self, verb, said, writer.changes, today)
            return Written(result, said, None if dry_run else step)

        return self.transact(once, keep=not dry_run)

    def long_write(self, verb: str, summary: str, today: date) -> LongWrite:
        """One verb in several short transactions: a context manager, see `LongWrite`."""
        from planner.store.journal import LongWrite

        return LongWrite(self, verb, summary, today)

    @contextmanager
    def rehearsal(self) -> Iterator[Store]:
        """A private copy, to see what a verb would do: other sessions are not kept waiting, and nothing is kept.

        Outside a transaction. Raises what `write` raises.
        """
        copy = Store(self.path, self.settings, session=self.session)
        copy.is_copy = True
        with t.using(self.database):
            copy.database = self._retried(lambda: sqlite.private_copy(self.database))
        with closing(copy):
            yield copy

    def settle(self, writer: Touched) -> None:
        """Bring what is derived from the written rows up to date; in the caller's transaction."""
        self.refresh(writer.touched_contacts, writer.searched_contacts)
        if writer.acquaintances:
            sqlite.known_refresh(self, writer.acquaintances)

    def refresh(self, touched: Collection[int], searched: Collection[int]) -> None:
        """Derive contacts anew and index their texts; in the caller's transaction."""
        from planner.store import derived

        if touched:
            derived.refresh(self, touched)
        if searched:
            sqlite.search_refresh(self, searched)

    def transact(self, run: Callable[[], Result], patience: float | None = None, *, keep: bool = True) -> Result:
        """Run a function in one write transaction, again while another session holds the lock.

        `patience` is for how many seconds, 10 when it is not given. Without `keep` it is rolled back at the end.
        """
        if self.database.in_transaction():
            raise RuntimeError("a write inside a transaction")
        if self.read_only:
            raise ReadOnly(f"{self.path} or its folder may only be read: not saved", "Change its permissions.")

        def once() -> Result:
            self._check_file()
            try:
                with self.database.atomic("IMMEDIATE") as transaction:
                    result = run()
                    self._check_file()
                    if not keep:
                        transaction.rollback()
                self.wrote = self.wrote or keep
                return result
            finally:
                sqlite.leftover_transaction(self.database)

        with t.using(self.database):
            return self._retried(once, patience)

    def outside(self, run: Callable[[], Result]) -> Result:
        """Run what cannot run in a transaction, again while another session holds the lock."""
        self._check_file()
        with t.using(self.database):
            return self._retried(run)

    def _retried(self, run: Callable[[], Result], patience: float | None = None) -> Result:
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
                    problem = sqlite.explain(error, self.path)
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
