"""People who are new in an import: what their rows hold, and by what later records may know them."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import TEXTS
from planner.core.matching.recognition import OWN_PREFIX, Candidate
from planner.core.model import ImportedContact, Mode, Status
from planner.core.words.folding import fold
from planner.store.facts import contacts, import_candidates
from planner.store.repair import tombstone

if TYPE_CHECKING:
    from planner.desk.intake.tally import Arrival, Wishes

_MODES = frozenset(Mode)
_COLUMNS = [one.column for one in TEXTS]
_texts = attrgetter(*(one.attribute for one in TEXTS))


def columns_of(arrival: Arrival, wishes: Wishes) -> dict[str, Any]:
    """Column values of somebody new."""
    record = arrival.record
    cadence, since = rhythm_of(record, wishes)
    return contacts.contact_values(
        {
            **_own_uid(record),
            **dict(zip(_COLUMNS, _texts(record), strict=True)),
            "folded": arrival.name,
            "mode": str(Mode(record.mode) if record.mode in _MODES else Mode.RHYTHM),
            "status": str(status_of(record)),
            "cadence": cadence,
            "cadence_since": since,
            "spread": wishes.many,
            "dated_on": record.dated_on,
            "met_on": record.met_on,
        },
        wishes.today,
    )


def rhythm_of(record: ImportedContact, wishes: Wishes) -> tuple[str | None, date | None]:
    """The rhythm somebody new gets, and since when: what was asked for goes before what the file says."""
    if wishes.cadence is not None:
        return wishes.cadence, wishes.today
    if not record.cadence:
        return None, None
    return record.cadence, record.cadence_since or wishes.today


def status_of(record: ImportedContact) -> Status:
    """The status a record gives somebody new."""
    if record.deceased:
        return Status.DECEASED
    return Status.ARCHIVED if record.archived else Status.ACTIVE


def _own_uid(record: ImportedContact) -> dict[str, str]:
    """The uid a planner gave someone, so that they stay who they are where its files are read."""
    for key in record.keys:
        uid = key.removeprefix(OWN_PREFIX)
        if uid != key and import_candidates.is_uid(uid):
            return {"uid": uid}
    return {}


def candidate_of(key: int, arrival: Arrival) -> Candidate:
    """A record as somebody that later records of the import may be."""
    record = arrival.record
    return Candidate(
        id=key,
        name=record.name,
        keys=frozenset(record.keys),
        emails=frozenset([cell.value for cell in record.emails]),
        phone_keys=arrival.phones,
        company=record.company,
        in_this_import=True,
    )


def tombstones(record: ImportedContact) -> tuple[str, ...]:
    """Digests a record would have left, had its person been forgotten."""
    keys = (*record.keys, *(f"email:{fold(cell.value)}" for cell in record.emails))
    return tuple(tombstone(key) for key in keys)
