"""Importing records from files of other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field

from planner.core.model import ImportReport
from planner.core.records import record
from planner.desk.done import Done
from planner.desk.intake.chunks import Intake
from planner.desk.intake.tally import STOPPED
from planner.desk.shared.context import Context
from planner.errors import Refused
from planner.store import snapshot


@record(frozen=True, slots=True)
class Imported(Done):
    """The result of an import; `report` counts its records."""

    report: ImportReport = field(kw_only=True)


class Imports:
    """The verbs of importing: people into a planner, or a whole planner into an empty one."""

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
        """Import a stream of records (contacts, rejects, remarks, skipped ones) as one undoable step.

        `expected` is an estimate of the number of records, for `progress(done, expected)` and for spreading first due
        dates. Every new contact gets `circle` and `cadence`. A dry run writes into a private copy, which is discarded.
        Nothing stays when `cancelled()` returns True or a reader refuses half-way.
        """
        with self._context.tried(dry_run) as context:
            context.read_numbers_anew()
            intake, today = Intake(context), context.today
            report = intake.run(records, today, expected, circle, cadence, progress, cancelled)
        return Imported(intake.said, (), None if dry_run else intake.step, report=report)

    def fill(
        self,
        read: Callable[[int], snapshot.Rows],
        *,
        expected: int = 0,
        dry_run: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Imported:
        """Fill an empty planner with the rows of a snapshot, under their old ids, as one step for undo.

        `read(schema)` gets the version of the schema and gives the rows, from the start each time it is called.
        `expected` is an estimate of the number of rows, for `progress(done, expected)`. The report counts the people. A
        planner that holds exactly these rows stays as it is. Raises `Refused` for a planner that holds anything else,
        and for impossible rows; then no row is kept. A dry run writes into a private copy.
        """

        def advanced(done: int) -> None:
            if progress is not None:
                progress(done, max(expected, done))

        schema = self._context.schema
        with self._context.store.read():
            empty = snapshot.is_empty()
            unchanged = not empty and snapshot.holds_exactly(read(schema))
        if unchanged:
            people = snapshot.counted(read(schema)).get("contact", 0)
            return Imported("Import of a whole planner: nothing new", report=ImportReport(unchanged=people))
        if not empty:
            raise Refused(
                "A whole planner is read into an empty one only, and this one holds something",
                "Name another database: planner --db NEW.db import FILE. People alone travel as vCard or CSV.",
            )
        with self._context.tried(dry_run) as context:
            filled = snapshot.restore(context.store, read(schema), context.today, advanced, cancelled)
        if filled is None:
            return Imported("Import", report=STOPPED)
        report = ImportReport(added=filled.value.get("contact", 0))
        return Imported(filled.said, step=None if dry_run else filled.step, report=report)
