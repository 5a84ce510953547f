"""The data as a whole: undo, redo, history, backups, health."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.core.records import record
from planner.core.words.counts import counted, people_word, what_happened
from planner.desk.done import Done
from planner.desk.shared.context import Context
from planner.desk.shared.copies import difference_words, reason_words
from planner.errors import Damaged, PlannerError, Refused
from planner.passphrases import checked_passphrase
from planner.store import journal

if TYPE_CHECKING:
    from planner.store.copies.encrypting import MovedOver
    from planner.store.damage.salvage import SalvagedTable
    from planner.store.doctor import DoctorReport
    from planner.store.journal import HistoryEntry, LastStep

TOOK_BACK = "Took back: "
BROUGHT_BACK = "Brought back: "


@record(frozen=True, slots=True)
class BackedUp(Done):
    """The result of `backup`; `path` is the file of the backup."""

    path: Path = field(kw_only=True)


@record(frozen=True, slots=True)
class Restored(Done):
    """The result of `restore`; `path` is the restored backup, `before` the file that keeps the state before."""

    path: Path = field(kw_only=True)
    before: Path = field(kw_only=True)


@record(frozen=True, slots=True)
class BackupRow:
    """One file in the folder of backups; for a file that is no backup `made_at` (in UTC) is None and `reason` "".

    `wrong` says why the backup is not valid, "" for a valid one; only its head was read.
    """

    path: Path
    size: int
    made_at: datetime | None
    reason: str
    wrong: str


@record(frozen=True, slots=True)
class Verified:
    """The result of checking a backup: its problems (none for a whole one), and its content in words."""

    path: Path
    problems: tuple[str, ...]
    holds: str


@record(frozen=True, slots=True)
class Salvage(Done):
    """The result of `salvage`: the new planner, the rows of each table, and lines about what could not be read."""

    path: Path = field(kw_only=True)
    tables: tuple[SalvagedTable, ...] = field(kw_only=True)
    unread: tuple[str, ...] = field(kw_only=True)


@record(frozen=True, slots=True)
class Encrypted(Done):
    """The result of `encrypt` and `decrypt`: `kept` is the earlier copy, `left` are copies not converted."""

    kept: Path | None = field(kw_only=True)
    left: tuple[Path, ...] = field(kw_only=True)


class Keeping:
    """Verbs about the database as a whole: undo and redo, backups, the doctor."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def undo(self) -> Done:
        """Take back the latest verb."""
        taken = journal.undo(self._context.store)
        return Done(f"{TOOK_BACK}{taken.said}", (), taken.step)

    def redo(self) -> Done:
        """Run the last undone verb again."""
        made = journal.redo(self._context.store)
        return Done(f"{BROUGHT_BACK}{made.said}", (), made.step)

    def last_step(self) -> LastStep | None:
        """The verb that undo would take back, or None."""
        return journal.last_step(self._context.store)

    def history(self, limit: int = 50) -> tuple[HistoryEntry, ...]:
        """The latest verbs, newest first."""
        return tuple(journal.history(self._context.store, limit))

    def in_force(self, steps: Collection[int]) -> frozenset[int]:
        """The steps of the history, among these, that are not undone."""
        return journal.in_force(self._context.store, steps)

    def backup(self, *, now: datetime | None = None) -> BackedUp:
        """Write a backup, which stays until somebody deletes it. `now` is an aware instant (default: the clock)."""
        from planner.store import backup

        path = backup.backup(self._context.store, "by-hand", now=now)
        try:
            backup.verify(path)
        except Damaged:
            return BackedUp(f"Made the backup {path}, of a planner that is damaged: see “planner doctor”", path=path)
        return BackedUp(f"Made the backup {path}", path=path)

    def backups(self) -> tuple[Path, ...]:
        """The backups, newest first."""
        from planner.store import backup

        return tuple(one.path for one in backup.backups(self._context.store.backups))

    def backup_rows(self) -> tuple[BackupRow, ...]:
        """Every file in the folder of backups, newest first, with the reason if it is not a valid backup."""
        from planner.store import backup, migrations

        found = backup.files_in(self._context.store.backups, migrations.latest(), datetime.now(UTC))
        return tuple(BackupRow(x.path, x.size, x.made_at, reason_words(x.reason), x.wrong) for x in found)

    def verify(self, path: Path) -> Verified:
        """Check a backup on a private copy, like the doctor checks a planner; the file is only read."""
        from planner.store.copies.comparing import examine

        try:
            problems, counts = examine(self._context.store, path)
        except PlannerError as problem:
            return Verified(path, (problem.message.removeprefix(f"{path} "),), "")
        holds = (people_word(counts["contact"]), *(counted(counts[one], one) for one in ("interaction", "favor")))
        return Verified(path, problems, ", ".join(holds))

    def what_restore_changes(self, path: Path | None = None) -> tuple[Path, list[str]]:
        """The backup that `restore` would take, and lines about what it would change: people, interactions, favors.

        Raises what `restore` raises; nothing is changed.
        """
        from planner.store.copies.comparing import differences

        chosen = self._chosen(path)
        if self._context.store.database.is_closed():
            return chosen, ["replace the damaged file, which is kept beside it"]
        return chosen, list(difference_words(differences(self._context.store, chosen)))

    def restore(self, path: Path | None = None, *, now: datetime | None = None) -> Restored:
        """Replace everything by a backup; the state before is backed up first, and no backup is removed.

        Without a path it takes the newest good backup that is not dated in the future. Raises `Refused` when there is
        none.
        """
        from planner.store import restoring

        chosen = self._chosen(path, now)
        before = restoring.restore(self._context.store, chosen, now=now)
        return Restored(f"Restored {chosen}; the state before that is kept in {before}", path=chosen, before=before)

    def _chosen(self, path: Path | None, now: datetime | None = None) -> Path:
        from planner.store import backup

        chosen = path or backup.newest_good(self._context.store.backups, now=now)
        if chosen is None:
            if self.backups():
                raise Refused(
                    "No backup is whole and of a time that has come", "Name one: “planner restore --list” names them"
                )
            raise no_backup()
        return chosen

    def encrypt(self, passphrase: str, *, keep: bool = False, copies: bool = False) -> Encrypted:
        """Encrypt the planner, completely at one moment or not at all; raises what `move_over` raises.

        With `keep` an unencrypted copy stays as a backup, with `copies` the backups are encrypted too.
        """
        moved = self._move_over(checked_passphrase(passphrase), keep=keep, copies=copies)
        also = f", and {counted(moved.copies, 'copy', 'copies')} of it" if moved.copies else ""
        said = f"Encrypted {self._context.store.path}{also}"
        return Encrypted(said, kept=moved.kept, left=moved.left)

    def decrypt(self, *, keep: bool = False, copies: bool = False) -> Encrypted:
        """Decrypt the planner; raises what `move_over` raises. `keep` and `copies` are as in `encrypt`."""
        moved = self._move_over("", keep=keep, copies=copies)
        also = f", and {counted(moved.copies, 'copy', 'copies')} of it" if moved.copies else ""
        said = f"Decrypted {self._context.store.path}{also}: whoever can read the file can read it all"
        return Encrypted(said, kept=moved.kept, left=moved.left)

    def _move_over(self, passphrase: str, *, keep: bool, copies: bool) -> MovedOver:
        from planner.store.copies.encrypting import move_over

        return move_over(self._context.store, passphrase, keep=keep, copies=copies)

    def salvage(self, damaged: Path | None = None, target: Path | None = None) -> Salvage:
        """Write everything readable in a damaged planner into a new one at `target`; the damaged file stays as it is.

        Without a path it is the planner's own file; without a target the new file goes beside it. Raises `Refused` if
        nothing can be read, or if the target exists.
        """
        from planner.store.damage.salvage import salvage

        store = self._context.store
        source = damaged or store.path
        made = salvage(source, target or source.parent / f"{source.stem}-salvaged.db", store)
        whole = "everything could be read" if not made.said else ""
        parts = what_happened((made.in_part, "in part"), (made.lost, "not at all"))
        said = f"Made {made.path} of {counted(made.read, 'row')}: {whole or parts or 'some pages could not be read'}"
        return Salvage(said, path=made.path, tables=made.tables, unread=made.said)

    def doctor(self, *, rebuild: bool = False, state: Path | None = None, now: datetime | None = None) -> DoctorReport:
        """Check the file, its permissions, its backups, and that the derived tables equal a new derivation.

        Reports files that an editor left in the folder `state`.
        """
        from planner.edited_files import left_files
        from planner.store.doctor import doctor

        left = left_files(state) if state is not None else []
        return doctor(self._context.store, rebuild, left=left, now=now)

    def look_at_content(self) -> None:
        """Start checking in a thread whether the whole file can be read: the first write then need not wait for it."""
        self._context.store.look_at_content()

    def changed(self) -> bool:
        """Whether another session has written since the last call."""
        return self._context.store.changed()


def no_backup() -> Refused:
    """The refusal to restore when there is no backup."""
    return Refused("There is no backup to restore", "Make one with “planner backup”")
