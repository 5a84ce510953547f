"""The data as a whole: undo, redo, history, backups, health."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.desk.done import Done
from planner.desk.shared.context import Context
from planner.errors import Refused
from planner.store import journal

if TYPE_CHECKING:
    from planner.store.journal import HistoryEntry, LastStep
    from planner.store.repair import DoctorReport

TOOK_BACK = "Took back: "
BROUGHT_BACK = "Brought back: "


class Keeping:
    """Undo and redo, backups, and the proof that the derived table is right."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def undo(self) -> Done:
        """Take back the latest verb, as if it had not been."""
        taken = journal.undo(self._context.store, self._context.today)
        return Done(f"{TOOK_BACK}{taken.said}", (), taken.step)

    def redo(self) -> Done:
        """Bring back the verb undone last."""
        made = journal.redo(self._context.store, self._context.today)
        return Done(f"{BROUGHT_BACK}{made.said}", (), made.step)

    def last_step(self) -> LastStep | None:
        """What undo would take back, None when there is nothing."""
        return journal.last_step(self._context.store)

    def history(self, limit: int = 50) -> tuple[HistoryEntry, ...]:
        """The latest verbs, newest first."""
        return tuple(journal.history(self._context.store, limit))

    def backup(self, *, now: datetime | None = None) -> Path:
        """Write a backup and give its path; it stays until somebody deletes it. `now` is the clock's otherwise."""
        from planner.store import backup

        return backup.backup(self._context.store, "by-hand", now=now)

    def backups(self) -> tuple[Path, ...]:
        """The backups there are, newest first."""
        from planner.store import backup

        return tuple(one.path for one in backup.backups(self._context.store.backups))

    def restore(self, path: Path | None = None, *, now: datetime | None = None) -> Path:
        """Replace everything by a backup, backing up the present first; give the backup that was taken.

        With no path, the newest good backup that is not dated in the future, or Refused. No backup is removed.
        """
        from planner.store import backup, restoring

        chosen = path or backup.newest_good(self._context.store.backups, now=now)
        if chosen is None:
            if self.backups():
                raise Refused(
                    "No backup is whole and of a time that has come", "Name one: “planner restore --list” names them"
                )
            raise Refused("There is no backup to restore", "Make one with “planner backup”")
        restoring.restore(self._context.store, chosen, now=now)
        return chosen

    def doctor(self, *, rebuild: bool = False, now: datetime | None = None) -> DoctorReport:
        """Check the file, its permissions, its backups and that the derived table equals the derivation."""
        from planner.store import repair

        return repair.doctor(self._context.store, rebuild=rebuild, now=now)

    def changed(self) -> bool:
        """Whether another session wrote since this was last asked."""
        return self._context.store.changed()
