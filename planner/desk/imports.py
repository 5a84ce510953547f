"""The import verb; what it does is in `intake`, which is loaded only for an import."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.desk.keeping import KeepingVerbs

if TYPE_CHECKING:
    from planner.core.model import ImportReport


class ImportVerbs(KeepingVerbs):
    """Taking in other people's address books."""

    def import_records(
        self,
        records: Iterable[object],
        *,
        today: date,
        expected: int = 0,
        circle: str | None = None,
        cadence: str | None = None,
        dry_run: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportReport:
        """Take in a stream of records (contacts, rejects, remarks, skipped ones) as one undoable step.

        `expected` is about how many there are, for `progress(done, expected)` and for spreading first due
        dates; `circle` and `cadence` go to everyone who is new. A dry run counts and writes nothing.
        When `cancelled()` says so, or the reading is refused half-way, nothing stays.
        """
        from planner.desk.intake.chunks import Intake

        return Intake(self).run(records, today, expected, circle, cadence, dry_run, progress, cancelled)
