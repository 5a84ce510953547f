"""Records of a file become contacts, in chunks, as one step that one undo takes back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from planner.core.folding import fold
from planner.core.matching import Candidate, Decision, Level, decide, fingerprint, merge_fields
from planner.core.model import ImportedContact, ImportReport, Rejected, Status
from planner.desk.base import one_line
from planner.desk.people import cadence_text, circle_name
from planner.store import imports, people

if TYPE_CHECKING:
    from planner.desk.base import DeskBase
    from planner.store.imports import Known
    from planner.store.writing import Writer

CHUNK = 150
"""Records in one transaction: some tens of milliseconds, so that another session hardly waits."""
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


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for beside the records themselves."""

    circle: str | None
    cadence: str | None
    spread: bool
    today: date


class Intake:
    """One import, over a desk's store; see `ImportVerbs.import_records`."""

    def __init__(self, desk: DeskBase) -> None:
        self.store = desk.store
        self.settings = desk.settings
        self.address_form = desk.address_form

    def run(
        self,
        records: Iterable[object],
        today: date,
        expected: int,
        circle: str | None,
        cadence: str | None,
        dry_run: bool,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> ImportReport:
        """Take the records in, or only count what would be."""
        wishes = Wishes(
            circle=circle_name(circle) if circle is not None else None,
            cadence=cadence_text(cadence, today) if cadence is not None else None,
            spread=expected > self.settings.daily_capacity,
            today=today,
        )
        tally = Tally()
        stream = iter(records)
        mine: dict[int, Candidate] = {}
        try:
            if dry_run:
                for chunk in self._chunks(stream, tally, expected, progress, cancelled):
                    with self.store.read():
                        self._take(None, chunk, tally, wishes, mine)
                return tally.report()
            with self.store.long_write("import", "Import", today) as step:
                for chunk in self._chunks(stream, tally, expected, progress, cancelled):
                    step.write(self._chunk_writer(chunk, tally, wishes, mine))
                step.summary = f"Import: {tally.added} added, {tally.merged} merged"
        except Cancelled:
            return ImportReport(remarks=("stopped: nothing was kept",))
        return tally.report()

    def _chunk_writer(
        self, chunk: list[ImportedContact], tally: Tally, wishes: Wishes, mine: dict[int, Candidate]
    ) -> Callable[[Writer], None]:
        def work(writer: Writer) -> None:
            # Work may run again after a busy lock: it counts on a copy and hands it over at the end.
            own, seen = Tally(), dict(mine)
            self._take(writer, chunk, own, wishes, seen)
            for name in ("added", "merged", "unchanged", "ambiguous", "skipped"):
                setattr(tally, name, getattr(tally, name) + getattr(own, name))
            tally.examples += own.examples
            tally.remarks += own.remarks
            mine.update(seen)

        return work

    @staticmethod
    def _chunks(
        stream: Iterator[object],
        tally: Tally,
        expected: int,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Iterator[list[ImportedContact]]:
        """The contacts in chunks; everything else is counted on the way."""
        while items := list(islice(stream, CHUNK)):
            chunk = []
            for item in items:
                if isinstance(item, ImportedContact):
                    chunk.append(item)
                    tally.remarks += [f"{item.file}:{item.line}: {text}" for text in item.remarks]
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

    def _take(
        self,
        writer: Writer | None,
        chunk: list[ImportedContact],
        tally: Tally,
        wishes: Wishes,
        mine: dict[int, Candidate],
    ) -> None:
        """Decide about each record of a chunk, and write what follows; without a writer only count."""
        forms = [self._forms(record) for record in chunk]
        known = imports.known_for(
            {key for record in chunk for key in record.keys},
            {email for emails, _ in forms for email in emails},
            {phone for _, phones in forms for phone in phones},
            {fold(record.name) for record in chunk},
        )
        for candidate in mine.values():
            if candidate.id < 0 or candidate.id in known.candidates:
                known.add(candidate)
        gone = imports.forgotten({digest for record in chunk for digest in _tombstones(record)})
        pending: list[tuple[ImportedContact, Candidate]] = []
        for record, (emails, phones) in zip(chunk, forms, strict=True):
            if gone and gone & set(_tombstones(record)):
                tally.skipped += 1
                continue
            decision = decide(record, known.possible(record.keys, emails, phones, fold(record.name)), phones)
            if decision.level is Level.ASK or decision.contact_id is None:
                # In doubt two entries are better than one wrong one: a merge is one key, a split is not.
                if decision.level is Level.ASK:
                    tally.ambiguous += 1
                    where = f"{record.file}:{record.line}: {one_line(record.name, 'name')[:60]}"
                    tally.remarks.append(f"{where}: perhaps known already, {decision.reason}")
                candidate = _candidate(-1 - len(mine) - len(pending), record, phones)
                pending.append((record, candidate))
                known.add(candidate)
                tally.added += 1
                tally.examples += [record.name] if len(tally.examples) < EXAMPLES else []
                continue
            if decision.contact_id < 0:
                if writer is None:
                    tally.unchanged += 1
                    continue
                self._add_all(writer, pending, wishes, mine, known)
                decision = decide(record, known.possible(record.keys, emails, phones, fold(record.name)), phones)
            self._merge(writer, record, decision, known, tally, wishes)
        if writer is not None:
            self._add_all(writer, pending, wishes, mine, known)
        else:
            mine.update((candidate.id, candidate) for _, candidate in pending)

    def _forms(self, record: ImportedContact) -> tuple[frozenset[str], frozenset[str]]:
        """The normal forms of a record's e-mails and phones."""
        return (
            frozenset(fold(cell.value) for cell in record.emails),
            frozenset(self.address_form("phone", cell.value) for cell in record.phones) - {""},
        )

    def _add_all(
        self,
        writer: Writer,
        pending: list[tuple[ImportedContact, Candidate]],
        wishes: Wishes,
        mine: dict[int, Candidate],
        known: Known,
    ) -> None:
        """Insert everyone who is new; from then on they are found by their real ids."""
        if not pending:
            return
        names = {name for record, _ in pending for name in record.circles} | (
            {wishes.circle} if wishes.circle else set()
        )
        circles = imports.circle_ids(writer, names)
        ids = imports.insert_people(
            writer,
            [self._columns_of(record, wishes) for record, _ in pending],
            [
                imports.parts_of(record, circles, wishes.circle, wishes.today, self.address_form)
                for record, _ in pending
            ],
        )
        for contact_id, (record, provisional) in zip(ids, pending, strict=True):
            del known.candidates[provisional.id]
            candidate = _candidate(contact_id, record, provisional.phone_keys)
            for key in candidate.keys:
                known.digests[key] = (contact_id, fingerprint(record))
            known.add(candidate)
            mine[contact_id] = candidate
            if record.last_contact_on is not None:
                imports.add_last_contact(writer, contact_id, record.last_contact_on, "message", uuid.uuid4().hex)
        pending.clear()

    def _columns_of(self, record: ImportedContact, wishes: Wishes) -> dict[str, Any]:
        return people.contact_values(
            {
                "name": record.name,
                "company": record.company,
                "title": record.title,
                "city": record.city,
                "source": record.source,
                "notes": record.notes,
                "status": str(Status.DECEASED if record.deceased else Status.ACTIVE),
                "cadence": wishes.cadence,
                "cadence_since": wishes.today if wishes.cadence is not None else None,
                "spread": wishes.spread,
                "dated_on": record.dated_on,
            },
            wishes.today,
        )

    def _merge(
        self,
        writer: Writer | None,
        record: ImportedContact,
        decision: Decision,
        known: Known,
        tally: Tally,
        wishes: Wishes,
    ) -> None:
        """Bring a record and the contact it is together; the same record again changes nothing."""
        contact_id = decision.contact_id
        assert contact_id is not None
        digest = fingerprint(record)
        if any(known.digests.get(key, (0, ""))[1] == digest for key in record.keys):
            tally.unchanged += 1
            return
        existing = people.read_contacts([contact_id])[contact_id]
        changes = merge_fields(
            existing,
            record,
            people.typed_fields(contact_id),
            imports.dated_on(contact_id),
            lambda value: self.address_form("phone", value),
        )
        last = imports.last_reached([contact_id]).get(contact_id) if record.last_contact_on else None
        newer_contact = record.last_contact_on is not None and (last is None or last < record.last_contact_on)
        if changes.unchanged and not newer_contact:
            tally.unchanged += 1
        else:
            tally.merged += 1
        if writer is None:
            return
        imports.write_changes(writer, contact_id, existing.notes, changes, wishes.today, self.address_form)
        if newer_contact and record.last_contact_on is not None:
            imports.add_last_contact(writer, contact_id, record.last_contact_on, "message", uuid.uuid4().hex)
        for key in record.keys:
            imports.set_digest(writer, key, contact_id, digest)
            known.digests[key] = (contact_id, digest)


def _candidate(key: int, record: ImportedContact, phones: frozenset[str]) -> Candidate:
    return Candidate(
        id=key,
        name=record.name,
        keys=frozenset(record.keys),
        emails=frozenset(cell.value for cell in record.emails),
        phone_keys=phones,
        company=record.company,
        in_this_import=True,
    )


def _tombstones(record: ImportedContact) -> tuple[str, ...]:
    """Digests a record would have left, had its person been forgotten."""
    keys = (*record.keys, *(f"email:{fold(cell.value)}" for cell in record.emails))
    return tuple(sha256(key.encode()).hexdigest() for key in keys)
