"""New people in an import: the values of their rows, and the keys by which later records find them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import TEXTS
from planner.core.matching.recognition import OWN_PREFIX, Candidate, fingerprint, key_beside, name_mark
from planner.core.model import ImportedContact, Mode, Status
from planner.core.words.folding import fold
from planner.desk.intake.tally import Arrival
from planner.errors import Refused
from planner.store.facts import contacts
from planner.store.facts.identity import import_candidates
from planner.store.facts.identity.tombstones import tombstone

if TYPE_CHECKING:
    from planner.desk.intake.tally import Wishes

_NONE: frozenset[str] = frozenset()
_MODES, _RHYTHM = frozenset(Mode), Mode.RHYTHM.value
_CHECKED = [(one.attribute, one.check) for one in TEXTS if one.check is not None]
_COLUMNS = [one.column for one in TEXTS]
_texts = attrgetter(*(one.attribute for one in TEXTS))


def columns_of(arrival: Arrival, wishes: Wishes) -> dict[str, Any]:
    """The column values of a new contact."""
    record = arrival.record
    cadence, since = rhythm_of(record, wishes)
    columns: dict[str, Any] = dict(zip(_COLUMNS, _texts(record), strict=True))
    columns.update(
        _own_uid(record),
        folded=arrival.name,
        mode=record.mode if record.mode in _MODES else _RHYTHM,
        status=status_of(record).value,
        cadence=cadence,
        cadence_since=since,
        spread=wishes.many,
        dated_on=record.dated_on,
        met_on=record.met_on,
    )
    return contacts.contact_values(columns, wishes.today)


def arrival_of(record: ImportedContact, form: Callable[[str, str], str]) -> Arrival:
    """A record with the normal forms for looking up contacts; invalid lines are left out."""
    record = with_checked_lines(record)
    return Arrival(
        record,
        frozenset([fold(cell.value) for cell in record.emails]) if record.emails else _NONE,
        frozenset([form("phone", cell.value) for cell in record.phones]) - {""} if record.phones else _NONE,
        fold(record.name),
        fingerprint(record),
        name_mark(record.name),
    )


def with_checked_lines(record: ImportedContact) -> ImportedContact:
    """A record whose lines with a fixed form, such as a language, are normalised; invalid ones are left out."""
    changes: dict[str, Any] = {}
    for attribute, check in _CHECKED:
        if text := getattr(record, attribute):
            try:
                changes[attribute] = check(text)
            except Refused:
                changes[attribute] = ""
    return replace(record, **changes) if changes else record


def rhythm_of(record: ImportedContact, wishes: Wishes) -> tuple[str | None, date | None]:
    """(the cadence of a new contact, since when); the requested cadence takes precedence over the one in the file."""
    if wishes.cadence is not None:
        return wishes.cadence, wishes.today
    if not record.cadence:
        return None, None
    return record.cadence, record.cadence_since or wishes.today


def status_of(record: ImportedContact) -> Status:
    """The status of a new contact, from its record."""
    if record.deceased:
        return Status.DECEASED
    return Status.ARCHIVED if record.archived else Status.ACTIVE


def _own_uid(record: ImportedContact) -> dict[str, str]:
    """The uid that another planner gave a contact: it is kept here."""
    for key in record.keys:
        uid = key.removeprefix(OWN_PREFIX)
        if uid != key and import_candidates.is_uid(uid):
            return {"uid": uid}
    return {}


def candidate_of(key: int, arrival: Arrival) -> Candidate:
    """A new contact as a candidate for later records of the same import."""
    record = arrival.record
    return Candidate(
        id=key,
        name=record.name,
        keys=frozenset(record.keys),
        emails=frozenset([cell.value for cell in record.emails]),
        phone_keys=arrival.phones,
        company=record.company,
        said=arrival.said,
        read_from=frozenset((record.file,)),
    )


def tombstones(record: ImportedContact) -> tuple[str, ...]:
    """The digests that would be in the database if the person of a record had been forgotten."""
    beside = (key_beside(key, record.name) for key in record.keys)
    keys = (*dict.fromkeys((*record.keys, *beside)), *(f"email:{fold(cell.value)}" for cell in record.emails))
    return tuple(tombstone(key) for key in keys)
