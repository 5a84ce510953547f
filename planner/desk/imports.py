"""Taking in the records that files of other programs hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import TYPE_CHECKING

from planner.core.records import record
from planner.desk.done import Done
from planner.desk.intake.chunks import Intake
from planner.desk.shared.context import Context

if TYPE_CHECKING:
    from planner.core.model import ImportReport


@record(frozen=True, slots=True)
class Imported(Done):
    """What an import did, with its counts."""

    report: ImportReport = field(kw_only=True)


class Imports:
    """The verb of importing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def run(
        self,
        records: Iterable[object],
        *,
        expected: int = 0,
        circle: str | None = None,
        cadence: str | None = None,
        dry_run: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Imported:
        """Take in a stream of records (contacts, rejects, remarks, skipped ones) as one undoable step.

        `expected` is about how many there are, for `progress(done, expected)` and for spreading first due
        dates; `circle` and `cadence` go to everyone who is new. A dry run is the same on a private copy, which
        is not kept. When `cancelled()` says so, or the reading is refused half-way, nothing stays.
        """
        with self._context.tried(dry_run) as context:
            intake, today = Intake(context), context.today
            report = intake.run(records, today, expected, circle, cadence, progress, cancelled)
        return Imported(intake.said, (), None if dry_run else intake.step, report=report)
