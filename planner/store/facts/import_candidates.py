"""What an import needs of the store: candidates by key, e-mail, phone, name and company, and bulk writing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from planner.core.matching.field_changes import FieldChanges
from planner.core.matching.recognition import OWN_PREFIX, Candidate
from planner.core.model import Cell, Direction, Favor, ImportedContact, Outcome, Status
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask, ask_about, batches, grouped
from planner.store.facts.contacts import ADDRESS_FIELDS, address_values, ensure_circle, join_circle, update_contact

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


CARD_PREFIX = "vcard:"


def is_uid(text: str) -> bool:
    """Whether a text has the form of a contact's uid: 32 hexadecimal digits."""
    return len(text) == 32 and not set(text) - set("0123456789abcdef")


@dataclass(slots=True)
class Known:
    """Contacts that records of a chunk may be, and how to find them."""

    candidates: dict[int, Candidate] = field(default_factory=dict)
    digests: dict[str, tuple[int, str]] = field(default_factory=dict)
    """(contact id, digest) by source key."""
    by_email: dict[str, set[int]] = field(default_factory=dict)
    by_phone: dict[str, set[int]] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)
    """By folded name."""

    def add(self, candidate: Candidate) -> None:
        """Make a candidate findable."""
        self.candidates[candidate.id] = candidate
        for key in candidate.keys:
            self.digests.setdefault(key, (candidate.id, ""))
        for email in candidate.emails:
            self.by_email.setdefault(fold(email), set()).add(candidate.id)
        for phone in candidate.phone_keys:
            self.by_phone.setdefault(phone, set()).add(candidate.id)
        self.by_name.setdefault(fold(candidate.name), set()).add(candidate.id)

    def possible(
        self, keys: Collection[str], emails: Collection[str], phones: Collection[str], name: str
    ) -> list[Candidate]:
        """Candidates that share a key, an e-mail, a phone or the name, oldest first."""
        found = {self.digests[key][0] for key in keys if key in self.digests}
        for index, values in ((self.by_email, emails), (self.by_phone, phones)):
            for value in values:
                found |= index.get(value, set())
        found |= self.by_name.get(name, set())
        # Those not stored yet are counted down from -1, and the latest of all.
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
    # What the planner wrote itself names people by their uid, also where no source had given them a key.
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
    """Contacts as far as matching needs them."""
    found = []
    for some in batches(ids):
        keys = grouped(ask_about("SELECT contact_id, key FROM identity WHERE contact_id IN ({keys})", some))
        addresses = grouped(
            ask_about(
                "SELECT contact_id, kind, value, key FROM address WHERE contact_id IN ({keys}) AND kind <> 'url'", some
            )
        )
        for contact_id, name, company in ask_about("SELECT id, name, company FROM contact WHERE id IN ({keys})", some):
            own = addresses.get(contact_id, ())
            found.append(
                Candidate(
                    id=contact_id,
                    name=name,
                    keys=frozenset(keys.get(contact_id, ())),
                    emails=frozenset(value for kind, value, _ in own if kind == "email"),
                    phone_keys=frozenset(key for kind, _, key in own if kind == "phone"),
                    company=company,
                )
            )
    return found


def dated_on(contact_id: int) -> date | None:
    """How current a contact's company and title are, where a source told."""
    row = t.Contact.select(t.Contact.dated_on).where(t.Contact.id == contact_id).tuples().first()
    return row[0] if row is not None else None


def circle_ids(writer: Writer, names: Collection[str]) -> dict[str, int]:
    """Circle ids by folded name, made where there is none."""
    wanted = {fold(name): name.strip() for name in names if fold(name)}
    found: dict[str, int] = {}
    for some in batches(sorted(wanted)):
        found.update(t.Circle.select(t.Circle.folded, t.Circle.id).where(t.Circle.folded.in_(some)).tuples())
    missing = [name for name in wanted if name not in found]
    for folded, key in zip(
        missing, writer.insert_many(t.Circle, [{"name": wanted[name], "folded": name} for name in missing]), strict=True
    ):
        found[folded] = key
    return found


AddressForm = Callable[[str, str], str]
"""The normal form of an address: (kind, value) to what it is compared by."""
Parts = dict[type[t.Table], list[dict[str, Any]]]


def parts_of(
    record: ImportedContact, digest: str, circles: dict[str, int], circle: str | None, today: date, form: AddressForm
) -> Parts:
    """The child rows of someone new, without the contact's id; `circles` gives ids by folded name."""
    joined = dict.fromkeys(fold(name) for name in (*record.circles, circle or "") if fold(name))
    return {
        t.Identity: [{"key": key, "digest": digest} for key in dict.fromkeys(record.keys)],
        t.Address: [
            {
                "kind": kind,
                "value": cell.value,
                "key": form(kind, cell.value),
                "label": cell.label,
                "position": position,
            }
            for kind, plural in ADDRESS_FIELDS.items()
            for position, cell in enumerate(getattr(record, plural))
        ],
        t.Membership: [{"circle": circles[name], "joined_on": today} for name in joined],
        t.Newcomer: [{"came_on": today}],
        t.ContactDate: [
            {"kind": one.kind, "month_day": one.month * 100 + one.day, "year": one.year, "raw": one.raw}
            for one in record.dates
        ],
        t.Acquaintance: [
            {"name": name, "folded": fold(name), "about": fold(name), "relation": relation, "created_on": today}
            for relation, name in record.relations
        ],
    }


def write_changes(
    writer: Writer, contact_id: int, notes: str, changes: FieldChanges, today: date, form: AddressForm
) -> None:
    """Write what a record changes about a contact; `notes` are the contact's as they stand."""
    columns: dict[str, Any] = dict(changes.fields)
    if changes.history_note:
        before = columns.get("notes", notes)
        columns["notes"] = f"{before}\n{changes.history_note}" if before else changes.history_note
    if changes.dated_on is not None:
        columns["dated_on"] = changes.dated_on
    if changes.cadence:
        columns |= {"cadence": changes.cadence, "cadence_since": changes.cadence_since or today}
    if changes.met_on is not None:
        columns["met_on"] = changes.met_on
    if changes.deceased:
        columns["status"] = str(Status.DECEASED)
    update_contact(writer, contact_id, columns, today)
    added: dict[str, tuple[Cell, ...]] = {"email": changes.emails, "phone": changes.phones, "url": changes.urls}
    for kind, cells in added.items():
        for position, cell in enumerate(cells):
            row = address_values(contact_id, kind, cell, form(kind, cell.value), 100 + position)
            writer.insert(t.Address, **row)
    for name in changes.circles:
        join_circle(writer, ensure_circle(writer, name), contact_id, today)
    for one in changes.dates:
        month_day = one.month * 100 + one.day
        writer.insert(t.ContactDate, contact=contact_id, kind=one.kind, month_day=month_day, year=one.year, raw=one.raw)
    for date_id, year in changes.years:
        writer.update(t.ContactDate, date_id, year=year)
    for relation, name in changes.relations:
        folded = fold(name)
        writer.insert(
            t.Acquaintance,
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
    ids: list[int] = writer.insert_many(t.Contact, contacts)
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
    """Remember under a source key all that the source said, for this contact."""
    row = t.Identity.select(t.Identity.digest).where(t.Identity.key == key).tuples().first()
    if row is None:
        writer.insert(t.Identity, key=key, contact=contact_id, digest=digest)
    elif row[0] != digest:
        writer.update(t.Identity, key, digest=digest)


def last_reached(contact_ids: Collection[int]) -> dict[int, date]:
    """The latest contact of each, by id."""
    from peewee import fn

    found: dict[int, date] = {}
    for some in batches(sorted(contact_ids)):
        rows = (
            t.Participation.select(t.Participation.contact_id, fn.MAX(t.Interaction.on))
            .join(t.Interaction)
            .where(t.Participation.contact_id.in_(some), t.Interaction.outcome == Outcome.REACHED)
            .group_by(t.Participation.contact_id)
        )
        found.update((key, date.fromisoformat(str(day))) for key, day in rows.tuples())
    return found


def add_last_contacts(writer: Writer, contacts: Sequence[tuple[int, date]], channel: str) -> None:
    """Contacts the source tells of, as interactions; of each (contact id, day)."""
    common = {"channel": channel, "direction": str(Direction.BOTH), "outcome": str(Outcome.REACHED)}
    keys = writer.insert_many(t.Interaction, [{"on": on, **common} for _, on in contacts])
    together = zip(keys, contacts, strict=True)
    writer.insert_many(
        t.Participation, [{"interaction": key, "contact": contact_id} for key, (contact_id, _) in together]
    )


def known_favors(keys: Sequence[str]) -> set[str]:
    """Which of these source keys of favors are in the ledger already."""
    by_uid = {_favor_uid(key): key for key in keys}
    return {by_uid[row[0]] for row in ask_about("SELECT uid FROM favor WHERE uid IN ({keys})", by_uid)}


def add_favor(writer: Writer, favor: Favor, key: str) -> None:
    """A favor the source tells of; by its source key it is known again."""
    writer.insert(
        t.Favor,
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


def forgotten(digests: Collection[str]) -> set[str]:
    """Which of these digests belong to someone who is to stay forgotten."""
    return {row[0] for row in ask_about("SELECT digest FROM forgotten WHERE digest IN ({keys})", digests)}


def any_forgotten() -> bool:
    """Whether anybody is to stay forgotten."""
    return bool(ask("SELECT 1 FROM forgotten LIMIT 1"))
