"""Reading a database as it stands, for a glance before the real opening: nothing is created, checked or written."""

from __future__ import annotations

from planner.errors import StoreError
from planner.store import migrations, sqlite
from planner.store.connection import ask
from planner.store.session import Store


class StoreAsItStands(Store):
    """A connection that refuses writes, and every database that the real opening would change before it is read."""

    def open(self) -> StoreAsItStands:
        """Open the file; raises a PlannerError or FileNotFoundError if it is not what the real opening would show."""
        header = sqlite.read_header(self.path)
        self._refuse_foreign(header)
        # A session is writing, or ended without closing: what it left is put right first.
        self._refuse_if(sqlite.pending_journal(self.path))
        try:
            self.connect(header, only_reads=True)
            with self.read():
                version, notes = sqlite.get_version(self.database), self.notes()
                unfinished = bool(ask("SELECT 1 FROM journal WHERE state = 'running' LIMIT 1"))
            known = migrations.latest(self.migrations_folder)
            self._refuse_if(unfinished or version != known or notes.get("settings", "") != self._fingerprint())
        except BaseException:
            self.close()
            raise
        return self

    def _refuse_if(self, changes: bool) -> None:
        if changes:
            raise StoreError(f"{self.path} changes when it is opened", "Open it first.")
