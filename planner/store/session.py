"""The store: checks and updates its database when it opens, and writes it one verb at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from planner import __version__
from planner.errors import Busy, Damaged, DiskFull, PlannerError, ReadOnly, StoreError
from planner.limits import is_read_only, refuse_read_only
from planner.store import migrations, sqlite
from planner.store import tables as t
from planner.store.connection import WAIT_SECONDS, Connection, ask
from planner.store.written import Written

if TYPE_CHECKING:
    from planner.store.damage.checking import ContentCheck
    from planner.store.long_write import LongWrite
    from planner.store.row_writer import Writer

Result = TypeVar("Result")

CHECK_EVERY = timedelta(days=1)
CHECK_BYTES = 32 * 2**20
"""A larger file is not checked while a person waits for the first screen: the daily backup checks it."""
RULES = 5
"""The version of the rules of derivation: a database derived by an older version is derived again."""
TRIES = 3
"""How often a reading beside writers starts again before they have to wait for it."""
NOT_DERIVED = frozenset({"week_start", "day_starts_at", "daily_capacity", "date_order"})
"""Settings that no derived row depends on."""


class Store(Connection):
    """A `Connection` that creates, checks and migrates its database when it opens, and writes verbs."""

    migrations_folder: ClassVar[Path] = migrations.FOLDER

    # Opening

    def open(self) -> Store:
        """Open the database; create it when there is none, update an older one.

        Raises `Damaged` for a file that is empty, foreign or damaged, `StoreError` for one that a newer planner made:
        in either case nothing was touched.
        """
        try:
            header = sqlite.read_header(self.path)
        except FileNotFoundError:
            if is_read_only() and not self.is_sample:
                raise StoreError(f"There is no planner at {self.path}", "Name another one with --db") from None
            migrations.create(self.path, migrations.latest(self.migrations_folder))
            header = sqlite.read_header(self.path)
            # Nobody else has written into it yet.
            self.content_known = True
        except Damaged as damaged:
            raise self._with_backup(damaged) from None
        self._refuse_foreign(header)
        unclean = sqlite.pending_journal(self.path)
        try:
            self.connect(header)
            self._prepare(unclean=unclean)
        except BaseException as error:
            self.close()
            if isinstance(error, PlannerError):
                raise
            problem = sqlite.explain(error, self.path) if isinstance(error, Exception) else None
            if isinstance(problem, Damaged):
                raise self._with_backup(problem) from error
            if problem is None:
                raise
            raise problem from error
        return self

    def __enter__(self) -> Store:
        return self.open() if self.database.is_closed() else self

    def _refuse_foreign(self, header: sqlite.FileHeader) -> None:
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
        return self._damaged(damaged.message.removeprefix(f"{self.path} "))

    def _damaged(self, wrong: str) -> Damaged:
        from planner.store.damage.checking import damaged

        return damaged(self.path, wrong, self.backups)

    # Damage

    @cached_property
    def _content(self) -> ContentCheck:
        from planner.store.damage.checking import ContentCheck

        return ContentCheck(self.path)

    def look_at_content(self) -> None:
        """Start checking in a thread whether the whole file can be read, so that the first write need not wait."""
        if not (self.content_known or self.is_copy or self.read_only or self.database.is_closed()):
            self._content.begin()

    def _check_content(self) -> None:
        wrong = self.retried(lambda: self._content.before_write(self.database))
        if wrong:
            raise self._damaged(wrong)
        self.content_known = wrong is not None

    def explained(self, error: Exception) -> PlannerError | None:
        """The error to raise for a failure of the database or of a value in it, with advice; None for any other
        exception.

        A value that no planner wrote may fail anywhere: after a failure the file is searched for one.
        """
        problem = super().explained(error)
        if problem is not None and not isinstance(problem, Damaged):
            return problem
        if self.database.is_closed() or isinstance(error, RuntimeError):
            return problem
        from planner.store.damage.checking import blamed

        return blamed(self.database, self.path, self.backups) or problem

    def _prepare(self, *, unclean: bool) -> None:
        with self.read():
            version = sqlite.get_version(self.database)
        self.refuse_newer(self.path, version)
        if self.read_only:
            self._read_a_copy_if_stale(version)
            return
        if version < migrations.latest(self.migrations_folder):
            self._bring_up_to_date(version)
        with self.read():
            notes = self.notes()
            unfinished = bool(ask("SELECT 1 FROM journal WHERE state = 'running' LIMIT 1"))
        try:
            self._check_pages(notes, unclean=unclean)
            with suppress(Damaged):
                # Everything readable can be read; the first write reports the damage.
                self._catch_up(notes, unfinished=unfinished)
        except ReadOnly:
            self.read_only = True
        except DiskFull:
            # Reading goes on; the next session that opens the database tries again.
            return

    def _read_a_copy_if_stale(self, version: int) -> None:
        """Read an updated private copy if the file itself may not be written: it shows what the file would show."""
        notes = self.notes()
        fresh = notes.get("settings", "") == self._fingerprint()
        if fresh and version == migrations.latest(self.migrations_folder):
            return
        with closing(self.database) as file:
            copy = self.retried(lambda: sqlite.private_copy(file))
        self.database, self.is_copy, self.read_only = copy, True, False
        with t.using(copy):
            migrations.migrate(self, self.migrations_folder)
            self.derive_anew()
        self.read_only = True

    def _bring_up_to_date(self, version: int) -> None:
        """Run the steps of the schema after a backup: only one backup, however often the update fails."""
        from planner.store.backup import backup

        tried = f"{version} to {migrations.latest(self.migrations_folder)} by {__version__}"
        if self.notes().get("not_brought_up_to_date") == tried:
            raise self._not_brought_up_to_date("it failed before")
        copy = backup(self, "before-migration")
        try:
            with t.using(self.database):
                migrations.migrate(self, self.migrations_folder)
        except (Busy, DiskFull, ReadOnly):
            # Another try continues from the present state; a copy of the same state for each try would fill the disk.
            with self.read():
                stands = sqlite.get_version(self.database)
            if stands == version:
                copy.unlink(missing_ok=True)
            raise
        except Damaged:
            copy.unlink(missing_ok=True)
            raise
        except Exception as error:
            with suppress(PlannerError):
                self.transact(lambda: self.note("not_brought_up_to_date", tried), unchecked=True)
            said = error.message if isinstance(error, PlannerError) else type(error).__name__
            why = said.removeprefix(f"{self.path} could not be brought up to date: ")
            raise self._not_brought_up_to_date(why) from error

    def _not_brought_up_to_date(self, why: str) -> StoreError:
        return StoreError(
            f"{self.path} could not be brought up to date: {why}",
            f"Nothing was changed, and a copy is in {self.backups}. “planner salvage” makes a new planner of what it"
            " holds; a newer planner tries again.",
        )

    def _check_pages(self, notes: dict[str, str], *, unclean: bool) -> None:
        now = datetime.now(UTC)
        small = self.path.stat().st_size <= CHECK_BYTES
        if small and (unclean or notes.get("checked_at", "") < (now - CHECK_EVERY).isoformat()):
            if self.retried(lambda: sqlite.quick_check(self.database)):
                raise self._with_backup(Damaged(f"{self.path} is damaged"))
            with suppress(Busy):
                self.transact(lambda: self.note("checked_at", now.isoformat()), patience=0, unchecked=True)

    def _catch_up(self, notes: dict[str, str], *, unfinished: bool) -> None:
        """Roll back what a session that died left unfinished, and derive again if the settings changed."""
        if unfinished:
            from planner.store.journal import recover

            recover(self)
        self.derive_anew(notes)

    def derive_anew(self, notes: dict[str, str] | None = None) -> None:
        """Derive everything again if other settings or older rules were used; `notes` are the present ones."""
        fingerprint = self._fingerprint()
        if (self.notes() if notes is None else notes).get("settings", "") != fingerprint:
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

        # Rows derived by older rules are as stale as rows derived under other settings.
        derived.rebuild(self)
        self.note("settings", fingerprint)

    # Writing

    def write(
        self,
        verb: str,
        summary: str | Callable[[Result], str],
        work: Callable[[Writer], Result],
        *,
        today: date,
        journal: bool | Callable[[Result], bool] = True,
        dry_run: bool = False,
    ) -> Written[Result]:
        """Run one verb as one transaction, durable when this returns; return the result of `work` and the step.

        `work` may run more than once (another session may hold the lock), so its only effects must be through its
        `Writer`. The same transaction derives the rows, indexes them and journals them under `summary`. A verb that
        wrote nothing leaves no trace, and neither does a dry run. `journal` may decide by the result whether the verb
        is a step for undo.

        Raises `Busy`, `DiskFull`, `ReadOnly`, `Damaged` or `StoreError`; then nothing was written.
        """
        from planner.store.derived import settle
        from planner.store.journal import record
        from planner.store.row_writer import Writer

        def once() -> Written[Result]:
            writer, step = Writer(), None
            result = work(writer)
            said = summary if isinstance(summary, str) else summary(result)
            if writer.changes:
                settle(self, writer)
                if journal(result) if callable(journal) else journal:
                    step = record(self, verb, said, writer.changes, today)
            return Written(result, said, None if dry_run else step)

        return self.transact(once, keep=not dry_run)

    def long_write(self, verb: str, summary: str, today: date) -> LongWrite:
        """One verb in several short transactions: a context manager, see `LongWrite`."""
        if self.read_only:
            refuse_read_only()
        from planner.store.long_write import LongWrite

        return LongWrite(self, verb, summary, today)

    @contextmanager
    def alone(self, patience: float = WAIT_SECONDS) -> Iterator[None]:
        """While this block runs, no other session can write a long verb; this one may write several.

        Waits up to `patience` seconds for another session's long verb. Raises what `LongWrite` raises.
        """
        if self.read_only:
            refuse_read_only()
        from planner.store.journal import recover
        from planner.store.long_write_lock import RunningLock

        recover(self)
        lock = RunningLock(self.path)
        lock.acquire_within(patience, self.on_wait or (lambda: None))
        self.is_alone = True
        try:
            yield
        finally:
            self.is_alone = False
            lock.release()

    @contextmanager
    def rehearsal(self) -> Iterator[Store]:
        """A private copy for a dry run: other sessions do not wait for it, and the copy is discarded.

        Outside a transaction. Raises what `write` raises.
        """
        copy = Store(self.path, self.settings, session=self.session)
        copy.is_copy = True
        with t.using(self.database):
            copy.database = self.retried(lambda: sqlite.private_copy(self.database))
        with closing(copy):
            yield copy


class ReadingStore(Store):
    """A second connection to the file of an open store, for long readings on another thread; it refuses writes.

    With a rollback journal nobody can commit while another connection reads a snapshot. So this one takes none: it
    holds the read lock for one statement at a time, and `steady` reads again if something was written in between.
    """

    def __init__(self, beside: Store) -> None:
        super().__init__(beside.path, beside.settings, session=beside.session)
        self._beside = beside._identity

    def open(self) -> ReadingStore:
        """Open the file, which the other store has checked; raises `StoreError` if it was replaced since."""
        with suppress(FileNotFoundError):
            self.connect(sqlite.read_header(self.path), only_reads=True)
        if self._identity != self._beside:
            self.close()
            words = f"{self.path} was deleted or replaced while it was open"
            raise StoreError(words, "Quit and open the planner again.")
        return self

    @contextmanager
    def read(self) -> Iterator[None]:
        """Send statements inside to this connection, without a snapshot; `steady` makes them belong to one moment."""
        with t.using(self.database):
            yield

    def steady(self, work: Callable[[], Result]) -> Result:
        """The result of `work`, all of it as the file is at the end.

        `work` may run several times; while others write without a pause, it finally runs in a snapshot, for which they
        wait.
        """
        for _ in range(TRIES):
            before = self._version()
            try:
                answer = work()
            except Exception as error:
                # Values read at two moments may not fit together.
                if self._version() == before and sqlite.problem_of(error) != "busy":
                    raise
            else:
                if self._version() == before:
                    return answer
        return super().steady(work)


class StoreAsItStands(Store):
    """A connection that refuses writes, and every database that the real opening would change before it is read."""

    def open(self) -> StoreAsItStands:
        """Open the file; raises a PlannerError or FileNotFoundError if it is not what the real opening would show."""
        header = sqlite.read_header(self.path)
        self._refuse_foreign(header)
        # A session is writing, or ended without closing: what it left is put right first.
        changes = sqlite.pending_journal(self.path)
        try:
            if not changes:
                self.connect(header, only_reads=True)
                with self.read():
                    changes = bool(ask("SELECT 1 FROM journal WHERE state = 'running' LIMIT 1"))
                    changes |= sqlite.get_version(self.database) != migrations.latest(self.migrations_folder)
                    changes |= self.notes().get("settings", "") != self._fingerprint()
            if changes:
                raise StoreError(f"{self.path} changes when it is opened", "Open it first.")
        except BaseException:
            self.close()
            raise
        return self
