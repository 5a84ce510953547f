"""Records of a file become contacts, in chunks, as one step that one undo takes back."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.core.favors import told_of
from planner.core.matching.field_changes import merge_fields
from planner.core.matching.recognition import OWN_PREFIX, Candidate, Decision, Level, decide, fingerprint
from planner.core.model import ImportedContact, ImportedFavor, ImportReport
from planner.core.words.folding import fold
from planner.desk.intake.memory import Memory
from planner.desk.intake.newcomers import candidate_of, columns_of, tombstones
from planner.desk.intake.tally import EXAMPLES, Arrival, Cancelled, Pending, Tally, Wishes, chunks
from planner.desk.shared.checks import one_line
from planner.desk.shared.contact_checks import cadence_text, circle_name
from planner.store.facts import contacts, duplicates, import_candidates

if TYPE_CHECKING:
    from planner.desk.shared.context import Context
    from planner.store.facts.import_candidates import Known
    from planner.store.row_writer import Writer

CHUNK = 400
"""Records in one transaction: some tens of milliseconds, so that another session hardly waits."""


class Intake:
    """One import into a store; see `Imports.run`."""

    def __init__(self, context: Context) -> None:
        self.store = context.store
        self.settings = context.settings
        self.address_form = context.address_form
        self.said = "Import"
        self.step: int | None = None
        """Its id in the journal, once it is written."""

    def run(
        self,
        records: Iterable[object],
        today: date,
        expected: int,
        circle: str | None,
        cadence: str | None,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> ImportReport:
        """Take the records in."""
        wishes = Wishes(
            circle=circle_name(circle) if circle is not None else None,
            cadence=cadence_text(cadence, today) if cadence is not None else None,
            many=expected > self.settings.daily_capacity,
            today=today,
        )
        tally, memory = Tally(), Memory()
        stream = iter(records)
        # Nothing an import makes refers back to itself: to look for it again and again is a tenth of the time.
        collects = gc.isenabled()
        gc.disable()
        try:
            with self.store.long_write("import", "Import", today) as step:
                for chunk in chunks(stream, CHUNK, tally, expected, today, progress, cancelled):
                    arrivals = [self._arrival(record) for record in chunk]
                    step.write(self._chunk_writer(arrivals, tally, wishes, memory))
                self.said = step.summary = f"Import: {tally.added} added, {tally.merged} merged"
            self.step = step.step
        except Cancelled:
            return ImportReport(stopped=True, remarks=("stopped: nothing was kept",))
        finally:
            if collects:
                gc.enable()
        return tally.report()

    def _chunk_writer(
        self, chunk: list[Arrival], tally: Tally, wishes: Wishes, memory: Memory
    ) -> Callable[[Writer], None]:
        if len(chunk) > self.settings.daily_capacity:
            # How many to expect was not told, or told too low.
            wishes = replace(wishes, many=True)

        def work(writer: Writer) -> None:
            # Work may run again after a busy lock: it counts on a copy and hands it over at the end.
            own, learned = Tally(), memory.copied()
            self._take(writer, chunk, own, wishes, learned)
            tally.add(own)
            memory.keep(learned)

        return work

    def _take(
        self,
        writer: Writer,
        chunk: list[Arrival],
        tally: Tally,
        wishes: Wishes,
        memory: Memory,
    ) -> None:
        """Decide about each record of a chunk, and write what follows."""
        known = import_candidates.known_for(
            {key for one in chunk for key in one.record.keys},
            {email for one in chunk for email in one.emails},
            {phone for one in chunk for phone in one.phones},
            {one.name for one in chunk},
        )
        for contact_id, candidate in list(known.candidates.items()):
            if contact_id in memory.candidates:
                known.add(memory.candidates[contact_id])
            elif contact_id in memory.met:
                known.add(replace(candidate, in_this_import=True))
        gone: set[str] = set()
        if import_candidates.any_forgotten():
            gone = import_candidates.forgotten({digest for one in chunk for digest in tombstones(one.record)})
        apart = {(one, other) for one, other, two in duplicates.doubts_of(known.candidates) if two}
        pending: list[Pending] = []

        def decided(arrival: Arrival) -> Decision:
            possible = known.possible(arrival.record.keys, arrival.emails, arrival.phones, arrival.name)
            return decide(arrival.record, _told_apart(arrival.name, possible, apart), arrival.phones)

        for arrival in chunk:
            record = arrival.record
            if gone and gone & set(tombstones(record)):
                tally.skipped += 1
                continue
            decision = decided(arrival)
            if decision.level is Level.ASK or decision.contact_id is None:
                # In doubt two entries are better than one wrong one: a merge is one key, a split is not.
                if decision.level is Level.ASK:
                    tally.ambiguous += 1
                    where = f"{record.file}:{record.line}: {one_line(record.name, 'name')[:60]}"
                    tally.remarks.append(f"{where}: perhaps known already, {decision.reason}")
                tally.added += 1
                tally.examples += [record.name] if len(tally.examples) < EXAMPLES else []
                candidate = candidate_of(-1 - len(pending), arrival)
                pending.append(Pending(arrival, candidate, decision if decision.level is Level.ASK else None))
                known.add(candidate)
                continue
            if decision.contact_id < 0:
                self._add_all(writer, pending, wishes, memory, known)
                decision = decided(arrival)
            self._merge(writer, arrival, decision, known, tally, wishes, memory)
        self._add_all(writer, pending, wishes, memory, None)

    def _arrival(self, record: ImportedContact) -> Arrival:
        """A record with the forms it is looked up by."""
        return Arrival(
            record,
            frozenset([fold(cell.value) for cell in record.emails]),
            frozenset([self.address_form("phone", cell.value) for cell in record.phones]) - {""},
            fold(record.name),
            fingerprint(record),
        )

    def _add_all(
        self,
        writer: Writer,
        pending: list[Pending],
        wishes: Wishes,
        memory: Memory,
        known: Known | None,
    ) -> None:
        """Insert everyone who is new; from then on they are found by their real ids in `known`, if it is given."""
        if not pending:
            return
        arrivals = [one.arrival for one in pending]
        records = [one.record for one in arrivals]
        names = {name for record in records for name in record.circles} | ({wishes.circle} if wishes.circle else set())
        circles = import_candidates.circle_ids(writer, names)
        ids = import_candidates.insert_people(
            writer,
            [columns_of(one, wishes) for one in arrivals],
            [
                import_candidates.parts_of(
                    one.record, one.digest, circles, wishes.circle, wishes.today, self.address_form
                )
                for one in arrivals
            ],
        )
        stored = {one.candidate.id: contact_id for contact_id, one in zip(ids, pending, strict=True)}
        asked = [
            (stored[one.candidate.id], stored.get(one.doubt.contact_id, one.doubt.contact_id), str(one.doubt.likeness))
            for one in pending
            if one.doubt is not None and one.doubt.contact_id is not None
        ]
        duplicates.insert_doubts(writer, asked, wishes.today)
        for contact_id, one in zip(ids, pending, strict=True):
            memory.met[contact_id] = True
            for key in one.arrival.record.keys:
                said = memory.say(key, one.arrival.digest)
                memory.rewritten[key] = True
                if known is not None:
                    known.digests[key] = (contact_id, said)
            if known is not None:
                del known.candidates[one.candidate.id]
                known.add(candidate_of(contact_id, one.arrival))
        told = list(zip(ids, records, strict=True))
        contacts = [(key, record.last_contact_on) for key, record in told if record.last_contact_on is not None]
        import_candidates.add_last_contacts(writer, contacts, "message")
        for contact_id, record in told:
            self._add_favors(writer, contact_id, self._new_favors(record, memory), wishes.today)
        pending.clear()

    @staticmethod
    def _new_favors(record: ImportedContact, memory: Memory) -> list[ImportedFavor]:
        """The favors of a record that nobody has told of yet; they are remembered as told."""
        if not record.favors:
            return []
        known = import_candidates.known_favors([favor.key for favor in record.favors])
        new = [favor for favor in record.favors if favor.key not in known and favor.key not in memory.favors]
        memory.favors.update(dict.fromkeys((favor.key for favor in new), True))
        return new

    @staticmethod
    def _add_favors(writer: Writer, contact_id: int, favors: list[ImportedFavor], today: date) -> None:
        for favor in favors:
            import_candidates.add_favor(writer, told_of(favor, contact_id, today), favor.key)

    def _merge(
        self,
        writer: Writer,
        arrival: Arrival,
        decision: Decision,
        known: Known,
        tally: Tally,
        wishes: Wishes,
        memory: Memory,
    ) -> None:
        """Bring a record and the contact it is together; the same record again changes nothing."""
        contact_id = decision.contact_id
        assert contact_id is not None
        record, digest = arrival.record, arrival.digest
        if memory.said_before(known, record.keys, digest):
            tally.unchanged += 1
            for key in record.keys:
                memory.say(key, digest)
            self._meet(arrival, contact_id, {}, known, memory)
            return
        existing, dated_on = contacts.read_contacts([contact_id])[contact_id], import_candidates.dated_on(contact_id)
        last = import_candidates.last_reached([contact_id]).get(contact_id)
        changes = merge_fields(
            existing,
            record,
            contacts.typed_fields(contact_id),
            dated_on,
            lambda value: self.address_form("phone", value),
        )
        newer = record.last_contact_on
        newer = newer if newer is not None and (last is None or last < newer) else None
        favors = self._new_favors(record, memory)
        if changes.unchanged and newer is None and not favors:
            tally.unchanged += 1
        else:
            tally.merged += 1
        own = {prefix + existing.uid for prefix in (OWN_PREFIX, import_candidates.CARD_PREFIX)}
        for key in record.keys:
            if key in own and changes.unchanged:
                # Who is known by their own uid needs no key beside it, and nothing is to be written.
                continue
            said = memory.say(key, digest)
            memory.rewritten[key] = True
            import_candidates.set_digest(writer, key, contact_id, said)
            known.digests[key] = (contact_id, said)
        self._meet(arrival, contact_id, changes.fields, known, memory)
        import_candidates.write_changes(writer, contact_id, existing.notes, changes, wishes.today, self.address_form)
        if newer is not None:
            import_candidates.add_last_contacts(writer, [(contact_id, newer)], "message")
        self._add_favors(writer, contact_id, favors, wishes.today)

    @staticmethod
    def _meet(
        arrival: Arrival,
        contact_id: int,
        fields: Mapping[str, str],
        known: Known,
        memory: Memory,
    ) -> None:
        """Remember that this import speaks of a contact, by what later records may know it too."""
        record = arrival.record
        before = known.candidates[contact_id]
        after = replace(
            before,
            name=fields.get("name", before.name),
            company=fields.get("company", before.company),
            keys=before.keys | set(record.keys),
            emails=before.emails | {cell.value for cell in record.emails},
            phone_keys=before.phone_keys | arrival.phones,
            in_this_import=True,
        )
        if after == before:
            return
        if contact_id in known.candidates:
            known.add(after)
        memory.candidates[contact_id] = after


def _told_apart(name: str, everyone: list[Candidate], apart: Collection[duplicates.Pair]) -> list[Candidate]:
    """The candidates; one who was said to be somebody else than the namesake of a record is nobody to ask about."""
    if not apart:
        return everyone
    namesakes = {one.id for one in everyone if fold(one.name) == name}
    return [
        replace(one, told_apart=True)
        if one.id not in namesakes and any(duplicates.ordered(one.id, other) in apart for other in namesakes)
        else one
        for one in everyone
    ]
