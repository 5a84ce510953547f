"""Imports records as contacts, in chunks, as one step that one undo takes back."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.core.book.rhythm import LAST_CONTACT
from planner.core.book.said import said_of, to_text
from planner.core.matching.field_changes import FieldChanges, merge_fields, other_facts
from planner.core.matching.recognition import (
    OWN_PREFIX,
    UNKNOWN,
    Candidate,
    Decision,
    Level,
    decide,
    same_key,
)
from planner.core.model import Contact, ImportedContact, ImportReport, Rejected
from planner.core.words.counts import what_happened
from planner.desk.intake.following import ReadCards, follow
from planner.desk.intake.identity import keys_beside, told_apart, under_own_keys
from planner.desk.intake.memory import Memory
from planner.desk.intake.newcomers import arrival_of, candidate_of, columns_of, tombstones
from planner.desk.intake.relatives import link_relatives, meet_relatives, names_of_related, with_relatives
from planner.desk.intake.talks import TALKS, add_favors, new_favors, new_talks
from planner.desk.intake.tally import EXAMPLES, NEWCOMERS, STOPPED, Arrival, Cancelled, Pending, Tally, Wishes, chunks
from planner.desk.shared.checks import one_line
from planner.desk.shared.contact_checks import cadence_text, circle_name
from planner.store.facts import circles, contacts
from planner.store.facts.identity import duplicates, import_candidates

if TYPE_CHECKING:
    from planner.desk.shared.context import Context
    from planner.store.book.cards import StoredCard
    from planner.store.facts.identity.import_candidates import Known
    from planner.store.long_write import LongWrite
    from planner.store.row_writer import Writer
from planner.store.facts.identity.tombstones import any_forgotten, forgotten

CHUNK = 400
"""Records in one transaction: some tens of milliseconds, so that other sessions hardly wait."""
MOST_CHANGES = 100
"""How often one import may change one contact; a file that changes it more often is faulty."""
MOST_DUPLICATES = 5
"""How often one import asks about a key that several people have; a key of more people means nothing."""


class Intake:
    """One import into a store; see `Imports.run`."""

    def __init__(self, context: Context, book: int | None = None) -> None:
        self.store = context.store
        self.book = book
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
        """Write the records and give their counts; see `Imports.run`."""
        wishes = Wishes(
            circle=circle_name(circle) if circle is not None else None,
            cadence=cadence_text(cadence, today) if cadence is not None else None,
            many=expected > self.settings.daily_capacity,
            today=today,
        )
        tally = Tally()
        try:
            with self.store.long_write("import", "Import", today) as step:
                self.take(step, records, wishes, tally, expected, progress, cancelled)
                counts = what_happened((tally.added, "new"), (tally.merged, "changed"))
                self.said = step.summary = f"Import: {counts or 'nothing new'}"
            self.step = step.step
        except Cancelled:
            return STOPPED
        return tally.report()

    def take(
        self,
        step: LongWrite,
        records: Iterable[object],
        wishes: Wishes,
        tally: Tally,
        expected: int = 0,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Write records as parts of a long write, and count them. Raises `Cancelled` if `cancelled()` is True."""
        memory = Memory()
        # An import creates no reference cycles: garbage collection would cost a tenth of the time.
        collects = gc.isenabled()
        gc.disable()
        try:
            for chunk in chunks(iter(records), CHUNK, tally, expected, wishes.today, progress, cancelled):
                if any(record.related for record in chunk):
                    with self.store.read():
                        names = names_of_related(chunk)
                    chunk = [with_relatives(record, names) for record in chunk]
                arrivals = [arrival_of(record, self.address_form) for record in chunk]
                step.write(self._chunk_writer(arrivals, tally, wishes, memory))
            meet_relatives(self.store, step, wishes.today, self.address_form)
        finally:
            if collects:
                gc.enable()

    def _chunk_writer(
        self, chunk: list[Arrival], tally: Tally, wishes: Wishes, memory: Memory
    ) -> Callable[[Writer], None]:
        if len(chunk) > self.settings.daily_capacity:
            # `expected` is missing or too low.
            wishes = replace(wishes, many=True)

        def work(writer: Writer) -> None:
            # The work may run again after a busy lock: it works on copies, which are merged at the end.
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
        """Decide for each record of a chunk whether it is new, known or perhaps known, and write the outcome."""
        known = import_candidates.known_for(
            {key for one in chunk for key in one.record.keys},
            {email for one in chunk for email in one.emails},
            {phone for one in chunk for phone in one.phones},
            {one.name for one in chunk},
        )
        beside = {key for one in chunk for key in keys_beside(one, known)}
        if beside:
            known.join(import_candidates.known_for(beside, (), (), ()))
        for contact_id, candidate in list(known.candidates.items()):
            if contact_id in memory.candidates:
                known.add(memory.candidates[contact_id])
            elif contact_id in memory.met:
                known.add(replace(candidate, read_from=memory.met[contact_id]))
        gone: set[str] = set()
        if any_forgotten():
            gone = forgotten({digest for one in chunk for digest in tombstones(one.record)})
        apart = {(one, other) for one, other, two in duplicates.duplicates_of(known.candidates) if two}
        pending: list[Pending] = []
        read = ReadCards(chunk, beside, self.book, self.address_form)

        def decided(arrival: Arrival) -> Decision:
            possible = known.possible(arrival.record.keys, arrival.emails, arrival.phones, arrival.name)
            if not possible:
                return UNKNOWN
            return decide(arrival.record, told_apart(arrival.name, possible, apart), arrival.phones, arrival.said)

        for arrival in chunk:
            record = arrival.record
            if gone and gone & set(tombstones(record)):
                tally.skipped += 1
                continue
            mine = read.own(record, known.candidates) if self.book is not None else None
            arrival, namesake = (arrival, None) if mine is not None else under_own_keys(arrival, known)
            decision = mine or decided(arrival)
            if namesake is not None and decision.level is Level.NEW:
                decision = self._asked_about(arrival, namesake, memory)
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
                known.add(candidate, arrival.name, arrival.emails)
                continue
            if decision.contact_id < 0:
                self._add_all(writer, pending, wishes, memory, known, tally)
                decision = decided(arrival)
            if memory.changes.get(decision.contact_id or 0, 0) >= MOST_CHANGES:
                reason = f"{MOST_CHANGES} records before it speak of {record.name[:60]} as well"
                tally.rejected.append(Rejected(record.file, record.line, reason))
                continue
            self._merge(writer, arrival, decision, known, read, tally, wishes, memory)
        self._add_all(writer, pending, wishes, memory, None, tally)
        link_relatives(writer, [one.record for one in chunk if one.record.related])

    @staticmethod
    def _asked_about(arrival: Arrival, namesake: Candidate, memory: Memory) -> Decision:
        """Ask whether a record is the owner of its key, up to `MOST_DUPLICATES` times for one key."""
        (key, *_) = arrival.record.keys
        key = key.rpartition("~")[0]
        memory.duplicates[key] = memory.duplicates.get(key, 0) + 1
        few = memory.duplicates[key] <= MOST_DUPLICATES
        return same_key(namesake) if few else Decision(Level.NEW, None, "many of one key")

    def _add_all(
        self,
        writer: Writer,
        pending: list[Pending],
        wishes: Wishes,
        memory: Memory,
        known: Known | None,
        tally: Tally,
    ) -> None:
        """Insert all new people. `known`, if given, then finds them by their real ids."""
        if not pending:
            return
        arrivals = [one.arrival for one in pending]
        records = [one.record for one in arrivals]
        names = {name for record in records for name in record.circles} | ({wishes.circle} if wishes.circle else set())
        circle_ids = circles.ensure_circles(writer, names)
        ids = import_candidates.insert_people(
            writer,
            [columns_of(one, wishes) for one in arrivals],
            [
                import_candidates.parts_of(
                    one.record, one.told, circle_ids, wishes.circle, wishes.today, self.address_form, self.book
                )
                for one in arrivals
            ],
        )
        stored = {one.candidate.id: contact_id for contact_id, one in zip(ids, pending, strict=True)}
        asked = [
            (stored[one.candidate.id], stored.get(likely.contact_id, likely.contact_id), str(likely.likeness))
            for one in pending
            if (likely := one.likely) is not None and likely.contact_id is not None
        ]
        duplicates.insert_duplicates(writer, asked, wishes.today)
        for contact_id, one in zip(ids, pending, strict=True):
            keys = one.arrival.record.keys
            memory.met[contact_id] = one.candidate.read_from
            if keys:
                memory.cards[keys[0]] = True
            for key in keys:
                said = memory.say(key, one.arrival.digest, one.arrival.mark)
                memory.rewritten[key] = True
                if known is not None:
                    known.digests[key] = (contact_id, said)
            if known is not None:
                del known.candidates[one.candidate.id]
                known.add(candidate_of(contact_id, one.arrival), one.arrival.name, one.arrival.emails)
        tally.newcomers += ids[: max(0, NEWCOMERS - len(tally.newcomers))]
        told = list(zip(ids, records, strict=True))
        for outcome, day_of in TALKS.items():
            talks = [(key, day) for key, record in told if (day := day_of(record)) is not None]
            import_candidates.add_talks(writer, talks, outcome)
        for contact_id, record in ((key, record) for key, record in told if record.favors):
            add_favors(writer, contact_id, new_favors(record, memory), wishes.today)
        pending.clear()

    def _merge(
        self,
        writer: Writer,
        arrival: Arrival,
        decision: Decision,
        known: Known,
        read: ReadCards,
        tally: Tally,
        wishes: Wishes,
        memory: Memory,
    ) -> None:
        """Merge a record into its contact; the same record again changes nothing."""
        contact_id = decision.contact_id
        assert contact_id is not None
        record, digest = arrival.record, arrival.digest
        card = read.of(record, contact_id, memory.cards)
        says_the_same = card.text == to_text(said_of(record)) if card is not None and self.book is not None else None
        if says_the_same or (says_the_same is None and memory.said_before(known, record.keys, digest)):
            tally.unchanged += 1
            for key in record.keys:
                memory.say(key, digest, arrival.mark)
            self._remember(writer, read, card, record, contact_id, memory)
            self._meet(arrival, contact_id, {}, known, memory)
            return
        existing = contacts.read_contacts([contact_id])[contact_id]
        is_settled, fields, is_known_day = True, {}, False
        if card is not None:
            difference, is_asked = follow(writer, card, record, existing, wishes.today, self.address_form)
            tally.to_decide += len(difference.asked)
            tally.followed += [(contact_id, difference.telling)] if difference.telling else []
            is_settled, fields = not is_asked, difference.changes
            is_more = bool(difference.telling)
            changes = other_facts(existing, record)
            is_known_day = record.source == "vcard" and LAST_CONTACT not in difference.changes
            if record.source == "vcard":
                # A rhythm follows as other fields do, or stays deleted here.
                changes = replace(changes, cadence="")
        else:
            changes = self._united(existing, record, decision, arrival, known)
            fields, is_more = changes.fields, not changes.unchanged
        # A day that the card said before, perhaps written by the planner, is no new contact.
        talks = new_talks(replace(record, last_contact_on=None) if is_known_day else record, contact_id)
        favors = new_favors(record, memory)
        tells_more = bool(is_more or not changes.unchanged or talks or favors)
        # A person who is new in this import is reported once, however many cards describe them.
        tally.changed += tells_more and contact_id not in memory.met
        if is_settled and not tells_more:
            tally.unchanged += 1
        else:
            tally.merged += 1
            memory.changes[contact_id] = memory.changes.get(contact_id, 0) + 1
        own = {prefix + existing.uid for prefix in (OWN_PREFIX, import_candidates.CARD_PREFIX)}
        for key in record.keys:
            if key in own and changes.unchanged and is_settled:
                # A contact found by its own uid needs no source key, so nothing is written.
                continue
            said = memory.say(key, digest, arrival.mark)
            memory.rewritten[key] = True
            import_candidates.set_digest(writer, key, contact_id, said)
            known.digests[key] = (contact_id, said)
        if card is not None or not changes.unchanged or own.isdisjoint(record.keys):
            self._remember(writer, read, card, record, contact_id, memory)
        self._meet(arrival, contact_id, fields, known, memory)
        import_candidates.write_changes(writer, existing, changes, wishes.today, self.address_form)
        for outcome, day in talks.items():
            import_candidates.add_talks(writer, [(contact_id, day)], outcome)
        add_favors(writer, contact_id, favors, wishes.today)

    def _united(
        self, existing: Contact, record: ImportedContact, decision: Decision, arrival: Arrival, known: Known
    ) -> FieldChanges:
        """The changes in a record that was not read before: differing values are added."""
        return merge_fields(
            existing,
            record,
            contacts.typed_fields(existing.id),
            import_candidates.dated_on(existing.id),
            lambda value: self.address_form("phone", value),
            # A name that the record said before may have been replaced by a better one.
            same_record=decision.level is Level.SAME and arrival.mark not in known.candidates[existing.id].said,
        )

    @staticmethod
    def _remember(
        writer: Writer,
        read: ReadCards,
        card: StoredCard | None,
        record: ImportedContact,
        contact_id: int,
        memory: Memory,
    ) -> None:
        """Store what a record says for its next reading; of several with one key the first is stored."""
        if not record.keys or record.keys[0] in memory.cards:
            return
        memory.cards[record.keys[0]] = True
        read.remember(writer, card, record, contact_id)

    @staticmethod
    def _meet(
        arrival: Arrival,
        contact_id: int,
        fields: Mapping[str, str],
        known: Known,
        memory: Memory,
    ) -> None:
        """Remember a contact of this import under its keys and addresses, so that later records find it."""
        record = arrival.record
        before = known.candidates[contact_id]
        after = replace(
            before,
            name=fields.get("name", before.name),
            company=fields.get("company", before.company),
            keys=before.keys | set(record.keys),
            emails=before.emails | {cell.value for cell in record.emails},
            phone_keys=before.phone_keys | arrival.phones,
            said=before.said | arrival.said,
            read_from=before.read_from | {record.file},
        )
        if after == before:
            return
        if contact_id in known.candidates:
            known.add(after)
        memory.candidates[contact_id] = after
