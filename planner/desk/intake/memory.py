"""What an import has met so far, as its later records need to know it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date

from planner.core.matching.field_changes import FieldChanges
from planner.core.matching.recognition import Candidate
from planner.core.model import Acquaintance, Contact, ContactDate, ImportedContact, ImportedDate, Status
from planner.core.records import record
from planner.desk.intake.newcomers import rhythm_of, status_of
from planner.desk.intake.tally import Wishes
from planner.store.facts.import_candidates import Known

REMEMBERED = 7
"""Contents of one source key that are told apart; a file that uses a key more often says the same again."""


@record(frozen=True, slots=True)
class Imagined:
    """A contact as it would be after the records of a dry run: nothing of it is written."""

    contact: Contact
    dated_on: date | None = None
    last_contact: date | None = None

    @classmethod
    def of(cls, key: int, record: ImportedContact, wishes: Wishes) -> Imagined:
        """Someone new, as a record would make them."""
        contact = Contact(
            id=key,
            uid="",
            name=record.name,
            company=record.company,
            title=record.title,
            city=record.city,
            source=record.source,
            notes=record.notes,
            status=status_of(record),
            looking_for=record.looking_for,
            offers=record.offers,
            cadence=rhythm_of(record, wishes)[0],
            met_on=record.met_on,
            circles=(*record.circles, *((wishes.circle,) if wishes.circle else ())),
            emails=record.emails,
            phones=record.phones,
            urls=record.urls,
            dates=_dates(key, 0, record.dates),
            acquaintances=_acquaintances(key, record.relations),
        )
        return cls(contact, record.dated_on, record.last_contact_on)

    def changed(self, changes: FieldChanges, last_contact: date | None) -> Imagined:
        """The contact after these changes, as `store.imports.write_changes` would write them."""
        before = self.contact
        notes = changes.fields.get("notes", before.notes)
        if changes.history_note:
            notes = f"{notes}\n{changes.history_note}" if notes else changes.history_note
        years = dict(changes.years)
        known_years = tuple(replace(one, year=years.get(one.id, one.year)) for one in before.dates)
        after = replace(
            before,
            name=changes.fields.get("name", before.name),
            company=changes.fields.get("company", before.company),
            title=changes.fields.get("title", before.title),
            city=changes.fields.get("city", before.city),
            notes=notes,
            status=Status.DECEASED if changes.deceased else before.status,
            circles=(*before.circles, *changes.circles),
            emails=(*before.emails, *changes.emails),
            phones=(*before.phones, *changes.phones),
            urls=(*before.urls, *changes.urls),
            dates=(*known_years, *_dates(before.id, len(before.dates), changes.dates)),
            acquaintances=(*before.acquaintances, *_acquaintances(before.id, changes.relations)),
            looking_for=changes.fields.get("looking_for", before.looking_for),
            offers=changes.fields.get("offers", before.offers),
            cadence=changes.cadence or before.cadence,
            met_on=changes.met_on or before.met_on,
        )
        return Imagined(after, changes.dated_on or self.dated_on, last_contact or self.last_contact)


def _dates(key: int, known: int, dates: tuple[ImportedDate, ...]) -> tuple[ContactDate, ...]:
    # Numbers below zero are those of no row, and each is given once.
    return tuple(
        ContactDate(-1 - known - place, key, one.kind, one.month, one.day, one.year) for place, one in enumerate(dates)
    )


def _acquaintances(key: int, relations: tuple[tuple[str, str], ...]) -> tuple[Acquaintance, ...]:
    return tuple(Acquaintance(0, key, None, name, relation) for relation, name in relations)


@dataclass(slots=True)
class Memory:
    """Everyone an import has added or met again, and what it has said under each source key.

    In a dry run those who would be added have numbers below zero; `imagined` holds them, and everyone
    known whom a record would have changed, as they would be, and `index` finds them.
    """

    candidates: MutableMapping[int, Candidate] = field(default_factory=dict)
    met: MutableMapping[int, bool] = field(default_factory=dict)
    """Those it has added, who are as they are stored."""
    told: MutableMapping[str, str] = field(default_factory=dict)
    """What the records of this import said under a key, as digests apart by spaces, the latest last."""
    rewritten: MutableMapping[str, bool] = field(default_factory=dict)
    """Keys whose stored digests are those of `told` by now."""
    favors: MutableMapping[str, bool] = field(default_factory=dict)
    """Source keys of the favors it has told of."""
    index: Known = field(default_factory=Known)
    imagined: dict[int, Imagined] = field(default_factory=dict)
    newcomers: int = 0

    def copied(self) -> Memory:
        """A memory that can be thrown away: what it learns is kept by `keep`."""
        return Memory(
            ChainMap({}, self.candidates),
            ChainMap({}, self.met),
            ChainMap({}, self.told),
            ChainMap({}, self.rewritten),
            ChainMap({}, self.favors),
        )

    def keep(self, other: Memory) -> None:
        """Take over what a copy has learned."""
        for name in ("candidates", "met", "told", "rewritten", "favors"):
            learned = getattr(other, name)
            assert isinstance(learned, ChainMap)
            getattr(self, name).update(learned.maps[0])

    def said_before(self, known: Known, keys: tuple[str, ...], digest: str) -> bool:
        """Whether a record with these keys has said exactly this: in an earlier import, or in this one."""
        for key in keys:
            stored = "" if key in self.rewritten else known.digests.get(key, (0, ""))[1]
            if digest in self.told.get(key, "").split() or digest in stored.split():
                return True
        return False

    def say(self, key: str, digest: str) -> str:
        """Remember what a record says under a key; gives everything this import said under it."""
        told = self.told.get(key, "").split()
        if digest not in told:
            self.told[key] = " ".join((*told, digest)[-REMEMBERED:])
        return self.told[key]
