"""The values of an import: counts, settings for new contacts, and new people waiting to be stored."""

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
NEWCOMERS = 500
"""The most new contacts reported one by one."""
STOPPED = ImportReport(stopped=True, remarks=("stopped: nothing was kept",))
"""The report of an import that the person stopped."""


class Cancelled(Exception):
    """The import was stopped by its user; nothing of the import stays."""


@dataclass(slots=True)
class Tally:
    """The counts of an import so far."""

    read: int = 0
    added: int = 0
    merged: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    skipped: int = 0
    to_decide: int = 0
    changed: int = 0
    """The number of merged contacts whose card was known and has changed."""
    followed: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """The contacts with a changed card, with the fields that followed."""
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    newcomers: list[int] = field(default_factory=list)
    """The first new contacts, by id."""

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
            to_decide=self.to_decide,
        )

    def add(self, other: Tally) -> None:
        """Add the counts of contacts from another tally."""
        for name in ("added", "merged", "unchanged", "ambiguous", "skipped", "to_decide", "changed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples
        self.newcomers += other.newcomers[: max(0, NEWCOMERS - len(self.newcomers))]
        self.followed += other.followed
        self.remarks += other.remarks
        self.rejected += other.rejected


@dataclass(frozen=True, slots=True)
class Wishes:
    """The circle and cadence for new contacts, whether there are many, and the day of the import."""

    circle: str | None
    cadence: str | None
    many: bool
    """Whether they are more than fit in a day: first due dates are spread."""
    today: date


class Arrival(NamedTuple):
    """A record with its keys for looking up contacts. Made outside the transaction, for which other sessions wait."""

    record: ImportedContact
    emails: frozenset[str]
    """Folded."""
    phones: frozenset[str]
    """In normal form."""
    name: str
    """Folded."""
    digest: str
    """The digest of everything the record says."""
    mark: str
    """The digest of the name; see `name_mark`."""

    @property
    def told(self) -> str:
        """The digest and the mark as they are stored."""
        return f"{self.digest} {self.mark}"

    @property
    def said(self) -> frozenset[str]:
        """The digest and the mark, as stored with the keys of the record."""
        return frozenset((self.digest, self.mark))


class Pending(NamedTuple):
    """A new person who is not stored yet, with contacts who may be the same person."""

    arrival: Arrival
    candidate: Candidate
    likely: Decision | None


def chunks(
    stream: Iterator[object],
    size: int,
    tally: Tally,
    expected: int,
    today: date,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[list[ImportedContact]]:
    """The contacts of the records in chunks, without impossible values; rejects and remarks are counted.

    Raises `Cancelled` when `cancelled()` returns True.
    """
    while items := list(islice(stream, size)):
        chunk = []
        for item in items:
            if isinstance(item, ImportedContact):
                remarks = item.remarks
                if item.cadence or item.met_on or item.last_contact_on or item.attempted_on:
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
    """A record without an unreadable cadence and without days of contact after today; and remarks about these."""
    changes: dict[str, object] = {}
    remarks = []
    if record.cadence:
        try:
            cadence = cadence_text(record.cadence, record.cadence_since or today) or ""
        except Refused:
            # The person is imported without the unreadable cadence.
            cadence = ""
            remarks.append(f"how often “{record.cadence[:40]}” was not understood: left empty")
        if cadence != record.cadence:
            changes["cadence"] = cadence
    for name in ("met_on", "last_contact_on", "attempted_on"):
        # A contact dated after today comes from a wrong clock.
        day = getattr(record, name)
        if day is not None and day > today:
            changes[name] = None
    return (replace(record, **changes) if changes else record, *remarks)  # type: ignore[arg-type]
