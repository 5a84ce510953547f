"""What an import counts, what was wished for beside the records, and who waits to be stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from planner.core.matching import Candidate, Decision
from planner.core.model import ImportedContact, ImportReport, Rejected

REMARKS = 50
EXAMPLES = 8


@dataclass(slots=True)
class Tally:
    """What was counted so far."""

    read: int = 0
    added: int = 0
    merged: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    skipped: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)

    def report(self) -> ImportReport:
        """The counts as a report."""
        return ImportReport(
            added=self.added,
            merged=self.merged,
            unchanged=self.unchanged,
            ambiguous=self.ambiguous,
            skipped=self.skipped,
            rejected=tuple(self.rejected),
            remarks=tuple(self.remarks[:REMARKS]),
            examples=tuple(self.examples[:EXAMPLES]),
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for beside the records themselves."""

    circle: str | None
    cadence: str | None
    many: bool
    """More than fit on a day: first due dates are spread."""
    today: date


class Pending(NamedTuple):
    """Someone new who is not stored yet, and who they may be, where there is a doubt."""

    record: ImportedContact
    candidate: Candidate
    doubt: Decision | None
