"""What an import counts, what was wished for beside the records, and who waits to be stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from planner.core.matching.recognition import Candidate, Decision
from planner.core.model import ImportedContact, ImportReport, Rejected
from planner.desk.shared.contact_checks import cadence_text
from planner.errors import Refused

REMARKS = 50
EXAMPLES = 8


class Cancelled(Exception):
    """The person stopped the import; nothing of it stays."""


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

    def add(self, other: Tally) -> None:
        """Take over what another one has counted of the contacts."""
        for name in ("added", "merged", "unchanged", "ambiguous", "skipped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples
        self.remarks += other.remarks


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for beside the records themselves."""

    circle: str | None
    cadence: str | None
    many: bool
    """More than fit on a day: first due dates are spread."""
    today: date


class Arrival(NamedTuple):
    """A record with what it is looked up by; made before the transaction, which other sessions wait for."""

    record: ImportedContact
    emails: frozenset[str]
    """Folded."""
    phones: frozenset[str]
    """In normal form."""
    name: str
    """Folded."""
    digest: str
    """Of all it says."""


class Pending(NamedTuple):
    """Someone new who is not stored yet, and who they may be, where there is a doubt."""

    arrival: Arrival
    candidate: Candidate
    doubt: Decision | None


def chunks(
    stream: Iterator[object],
    size: int,
    tally: Tally,
    expected: int,
    today: date,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[list[ImportedContact]]:
    """The contacts in chunks, as far as they can be true; everything else is counted on the way.

    Raises `Cancelled` when `cancelled()` says so.
    """
    while items := list(islice(stream, size)):
        chunk = []
        for item in items:
            if isinstance(item, ImportedContact):
                remarks = item.remarks
                if item.cadence or item.met_on or item.last_contact_on:
                    item, *more = plausible(item, today)
                    remarks = (*remarks, *more)
                chunk.append(item)
                if remarks:
                    tally.remarks += [f"{item.file}:{item.line}: {text}" for text in remarks]
            elif isinstance(item, Rejected):
                tally.rejected.append(item)
            elif hasattr(item, "text"):
                tally.remarks.append(item.text)
            else:
                tally.skipped += 1
        del tally.remarks[REMARKS:]
        yield chunk
        tally.read += len(items)
        if progress is not None:
            progress(tally.read, max(expected, tally.read))
        if cancelled is not None and cancelled():
            raise Cancelled


def plausible(record: ImportedContact, today: date) -> tuple[ImportedContact, *tuple[str, ...]]:
    """A record without what cannot be: a rhythm that cannot be read, and contacts that are still to come.

    The remarks about it follow.
    """
    changes: dict[str, object] = {}
    remarks = []
    if record.cadence:
        try:
            cadence = cadence_text(record.cadence, record.cadence_since or today) or ""
        except Refused:
            # A rhythm that cannot be read is left out; the person is not.
            cadence = ""
            remarks.append(f"how often “{record.cadence[:40]}” was not understood: left empty")
        if cadence != record.cadence:
            changes["cadence"] = cadence
    for name in ("met_on", "last_contact_on"):
        # What a clock put after today did not happen yet.
        day = getattr(record, name)
        if day is not None and day > today:
            changes[name] = None
    return (replace(record, **changes) if changes else record, *remarks)  # type: ignore[arg-type]
