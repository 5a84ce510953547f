"""What an import needs from the store: candidates by key, e-mail, phone, name and company, and bulk writing."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from planner.core.book.said import said_of
from planner.core.contact_fields import ADDRESS_FIELDS, NAME_PART
from planner.core.matching.field_changes import FieldChanges
from planner.core.matching.recognition import OWN_PREFIX, Candidate
from planner.core.model import Contact, Direction, Favor, ImportedContact, Outcome, Status
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.book.applying import keep_position
from planner.store.book.cards import card_row
from planner.store.connection import ask, ask_about, day, grouped
from planner.store.facts.circles import ensure_circle, join_circle
from planner.store.facts.contacts import address_values, update_contact

if TYPE_CHECKING:
    from planner.store.connection import Connection
    from planner.store.row_writer import Writer


CARD_PREFIX = "vcard:"
_NOBODY: set[int] = set()
CROWD = 40
"""An address or a name of more people than this is not examined person by person."""


def is_uid(text: str) -> bool:
    """Whether a text has the form of a contact's uid: 32 hexadecimal digits."""
    return len(text) == 32 and not set(text) - set("0123456789abcdef")


@dataclass(slots=True)
class Known:
    """The contacts that the records of a chunk may mean, with the indexes to find them."""

    candidates: dict[int, Candidate] = field(default_factory=dict)
    digests: dict[str, tuple[int, str]] = field(default_factory=dict)
    """(contact id, digest) by source key."""
    by_email: dict[str, set[int]] = field(default_factory=dict)
    by_phone: dict[str, set[int]] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)
    """By folded name."""

    def add(self, candidate: Candidate, name: str | None = None, emails: Collection[str] | None = None) -> None:
        """Add a candidate to the indexes; `name` and `emails` are the folded ones, if the caller has them."""
        self.candidates[candidate.id] = candidate
        for key in candidate.keys:
            self.digests.setdefault(key, (candidate.id, ""))
        for email in map(fold, candidate.emails) if emails is None else emails:
            self.by_email.setdefault(email, set()).add(candidate.id)
        for phone in candidate.phone_keys:
            self.by_phone.setdefault(phone, set()).add(candidate.id)
        self.by_name.setdefault(fold(candidate.name) if name is None else name, set()).add(candidate.id)

    def join(self, other: Known) -> None:
        """Add the results of another search."""
        self.digests.update(other.digests)
        for candidate in other.candidates.values():
            self.add(candidate)

    def owner(self, key: str) -> Candidate | None:
        """The contact with a source key, or None."""
        return self.candidates.get(self.digests[key][0]) if key in self.digests else None

    def possible(
        self, keys: Collection[str], emails: Collection[str], phones: Collection[str], name: str
    ) -> list[Candidate]:
        """Candidates that share a key, an e-mail, a phone or the name, oldest first."""
        found = {self.digests[key][0] for key in keys if key in self.digests}
        namesakes = self.by_name.get(name, _NOBODY)
        for index, values in ((self.by_email, emails), (self.by_phone, phones)):
            for value in values:
                sharing = index.get(value, _NOBODY)
                # If a whole company shares a number, one person stands for the others.
                found |= sharing if len(sharing) <= CROWD else {*(sharing & namesakes), min(sharing, key=abs)}
        found |= namesakes if len(namesakes) <= CROWD else set(heapq.nsmallest(CROWD, namesakes, key=abs))
        if not found:
            return []
        # Contacts that are not stored yet have the ids -1, -2, … and are the newest.
        oldest_first = sorted(found, key=lambda key: (key < 0, abs(key)))
        return [self.candidates[key] for key in oldest_first if key in self.candidates]


def known_for(keys: Collection[str], emails: Collection[str], phones: Collection[str], names: Collection[str]) -> Known:
    """The contacts that share a source key, an e-mail, a phone or a folded name with some records."""
    known = Known()
    ids: set[int] = set()
    for key, contact_id, digest in ask_about(
        "SELECT key, contact_id, digest FROM identity WHERE key IN ({keys})", keys
    ):
        known.digests[key] = (contact_id, digest)
        ids.add(contact_id)
    # The planner's own files name people by uid, even people whom no source had given a key.
    uids = {uid for prefix in (CARD_PREFIX, OWN_PREFIX) for key in keys if is_uid(uid := key.removeprefix(prefix))}
    own: dict[int, set[str]] = {}
    for uid, contact_id in ask_about("SELECT uid, id FROM contact WHERE uid IN ({keys})", uids):
        own[contact_id] = {key for key in (OWN_PREFIX + uid, CARD_PREFIX + uid) if key not in known.digests}
        ids.add(contact_id)
    for kind, values in (("email", emails), ("phone", phones)):
        by_key = f"SELECT contact_id FROM address WHERE kind = '{kind}' AND key IN ({{keys}})"
        ids.update(row[0] for row in ask_about(by_key, values))
    ids.update(row[0] for row in ask_about("SELECT id FROM contact WHERE folded IN ({keys})", names))
    for candidate in candidates(sorted(ids)):
        named_so = own.get(candidate.id)
        known.add(replace(candidate, keys=candidate.keys | named_so) if named_so else candidate)
    return known


def candidates(ids: Sequence[int]) -> list[Candidate]:
    """Contacts with the values that matching needs."""
    keys = grouped(ask_about("SELECT contact_id, key, digest FROM identity WHERE contact_id IN ({keys})", ids))
    reached_by = "SELECT contact_id, kind, value, key FROM address WHERE contact_id IN ({keys}) AND kind <> 'url'"
    addresses = grouped(ask_about(reached_by, ids))
    found = []
    people = "SELECT id, uid, name, company FROM contact WHERE id IN ({keys})"
    for contact_id, uid, name, company in ask_about(people, ids):
        own, stored = addresses.get(contact_id, ()), keys.get(contact_id, ())
        found.append(
            Candidate(
                id=contact_id,
                name=name,
                keys=frozenset(key for key, _ in stored),
                own_keys=frozenset((OWN_PREFIX + uid, CARD_PREFIX + uid)),
                emails=frozenset(value for kind, value, _ in own if kind == "email"),
                phone_keys=frozenset(key for kind, _, key in own if kind == "phone"),
                company=company,
                said=frozenset(mark for _, digest in stored for mark in digest.split()),
            )
        )
    return found


def dated_on(contact_id: int) -> date | None:
    """The date of a contact's company and title, if a source told it."""
    rows = ask("SELECT dated_on FROM contact WHERE id = ?", (contact_id,))
    return day(rows[0][0]) if rows else None


_NUMBERS = 2_000
"""Rows that one transaction changes."""
_REGION = "region"
"""The name of the note with the region in which numbers without a country were last read."""
AddressForm = Callable[[str, str], str]
"""Gives the normal form by which addresses are compared, from (kind, value)."""
Parts = dict[type[t.Table], list[dict[str, Any]]]
_cells = attrgetter(*ADDRESS_FIELDS.values())


def parts_of(
    record: ImportedContact,
    digest: str,
    circles: dict[str, int],
    circle: str | None,
    today: date,
    form: AddressForm,
    book: int | None = None,
) -> Parts:
    """The child rows of a new contact, without its id; `circles` gives ids by folded name.

    `book` is the id of the record's book.
    """
    joined = dict.fromkeys(filter(None, map(fold, (*record.circles, circle or "")))) if circles else ()
    return {
        t.IdentityTable: [{"key": key, "digest": digest} for key in dict.fromkeys(record.keys)],
        t.AddressTable: [
            {
                "kind": kind,
                "value": cell.value,
                "key": form(kind, cell.value),
                "label": cell.label,
                "position": position,
            }
            for kind, cells in zip(ADDRESS_FIELDS, _cells(record), strict=True)
            if cells
            for position, cell in enumerate(cells)
        ],
        t.MembershipTable: [{"circle": circles[name], "joined_on": today} for name in joined],
        t.NewcomerTable: [{"came_on": today}],
        t.CardTable: [
            card_row(record.source, key, said_of(record), book, "" if book is None else record.file)
            for key in record.keys[:1]
        ],
        t.ContactDateTable: [
            {"kind": one.kind, "month_day": one.month * 100 + one.day, "year": one.year, "raw": one.raw}
            for one in record.dates
        ],
        t.AcquaintanceTable: [
            {"name": name, "folded": fold(name), "about": fold(name), "relation": relation, "created_on": today}
            for relation, name in record.relations
        ],
    }


def write_changes(writer: Writer, contact: Contact, changes: FieldChanges, today: date, form: AddressForm) -> None:
    """Write the changes of a record; `contact` is its present state."""
    contact_id = contact.id
    columns: dict[str, Any] = dict(changes.fields)
    if changes.is_moved:
        keep_position(writer, contact, today)
    if changes.dated_on is not None:
        columns["dated_on"] = changes.dated_on
    if changes.cadence:
        columns |= {"cadence": changes.cadence, "cadence_since": changes.cadence_since or today}
    if changes.met_on is not None:
        columns["met_on"] = changes.met_on
    if changes.deceased:
        columns["status"] = str(Status.DECEASED)
    update_contact(writer, contact_id, columns, today)
    added = {"email": changes.emails, "phone": changes.phones, "url": changes.urls, **changes.said}
    if changes.said.get(NAME_PART):
        for (key,) in ask("SELECT id FROM address WHERE contact_id = ? AND kind = ?", (contact_id, NAME_PART)):
            writer.delete(t.AddressTable, key)
    for kind, cells in added.items():
        for position, cell in enumerate(cells):
            row = address_values(contact_id, kind, cell, form(kind, cell.value), 100 + position)
            writer.insert(t.AddressTable, **row)
    for name in changes.circles:
        join_circle(writer, ensure_circle(writer, name), contact_id, today)
    for one in changes.dates:
        month_day = one.month * 100 + one.day
        writer.insert(
            t.ContactDateTable, contact=contact_id, kind=one.kind, month_day=month_day, year=one.year, raw=one.raw
        )
    for date_id, year in changes.years:
        writer.update(t.ContactDateTable, date_id, year=year)
    for relation, name in changes.relations:
        folded = fold(name)
        writer.insert(
            t.AcquaintanceTable,
            contact=contact_id,
            name=name,
            folded=folded,
            about=folded,
            relation=relation,
            created_on=today,
        )


def insert_people(
    writer: Writer,
    contacts: Sequence[dict[str, Any]],
    parts: Sequence[Parts],
) -> list[int]:
    """Insert contacts with their child rows, which get the new ids; far faster than one by one."""
    ids: list[int] = writer.insert_many(t.ContactTable, contacts)
    together: Parts = {}
    for contact_id, own in zip(ids, parts, strict=True):
        for table, rows in own.items():
            if rows:
                for row in rows:
                    row["contact"] = contact_id
                together.setdefault(table, []).extend(rows)
    for table, rows in together.items():
        writer.insert_many(table, rows)
    return ids


def set_digest(writer: Writer, key: str, contact_id: int, digest: str) -> None:
    """Store, under a source key, the digest of everything the source said about this contact."""
    if ask("SELECT 1 FROM identity WHERE key = ?", (key,)):
        writer.update(t.IdentityTable, key, digest=digest)
    else:
        writer.insert(t.IdentityTable, key=key, contact=contact_id, digest=digest)


def add_talks(writer: Writer, talks: Sequence[tuple[int, date]], outcome: Outcome) -> None:
    """Store the days on which a source says we were in touch, as messages; each is (contact id, day).

    An attempt is mine. For a contact the writer of the last message is left open: an old message of theirs would ask
    for an answer.
    """
    direction = Direction.ME if outcome is Outcome.ATTEMPT else Direction.BOTH
    common = {"channel": "message", "direction": str(direction), "outcome": str(outcome)}
    keys = writer.insert_many(t.InteractionTable, [{"on": on, **common} for _, on in talks])
    together = zip(keys, talks, strict=True)
    writer.insert_many(
        t.ParticipationTable, [{"interaction": key, "contact": contact_id} for key, (contact_id, _) in together]
    )


def read_numbers_anew(store: Connection, form: Callable[[str], str], region: str) -> None:
    """Update the normal forms of stored phone numbers if another region is set than before.

    The region tells to which country a number without one belongs.
    """
    if store.notes().get(_REGION, "") == region:
        return
    with store.read():
        stored = ask("SELECT id, value, key FROM address WHERE kind = 'phone'")
    changed = [(key, number) for number, value, old in stored if (key := form(value)) != old]

    def write() -> None:
        for key, number in some:
            ask("UPDATE address SET key = ? WHERE id = ?", (key, number))
        if start + _NUMBERS >= len(changed):
            store.note(_REGION, region)

    for start in range(0, max(1, len(changed)), _NUMBERS):
        some = changed[start : start + _NUMBERS]
        store.transact(write)


def known_favors(keys: Sequence[str]) -> set[str]:
    """The source keys, among these, of favors that are already in the ledger."""
    by_uid = {_favor_uid(key): key for key in keys}
    return {by_uid[row[0]] for row in ask_about("SELECT uid FROM favor WHERE uid IN ({keys})", by_uid)}


def add_favor(writer: Writer, favor: Favor, key: str) -> None:
    """Insert a favor from a source; its source key identifies it later."""
    writer.insert(
        t.FavorTable,
        uid=_favor_uid(key),
        contact=favor.contact_id,
        direction=str(favor.direction),
        kind=favor.kind,
        state=str(favor.state),
        note=favor.note,
        done_on=favor.done_on,
    )


def _favor_uid(key: str) -> str:
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).hexdigest()
