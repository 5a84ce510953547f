"""New days of contact and favors in a record: only days later than the known ones, and each favor once."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from planner.core.favors import told_of
from planner.core.model import ImportedContact, ImportedFavor, Outcome
from planner.desk.intake.memory import Memory
from planner.store.facts import interactions
from planner.store.facts.identity import import_candidates

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

TALKS = {Outcome.REACHED: attrgetter("last_contact_on"), Outcome.ATTEMPT: attrgetter("attempted_on")}
"""The attributes of a record with days of contact, by outcome."""


def new_talks(record: ImportedContact, contact_id: int) -> dict[Outcome, date]:
    """The days of contact that a record adds: later than the known ones; an attempt only after the last contact."""
    talks: dict[Outcome, date] = {}
    if not any(day_of(record) for day_of in TALKS.values()):
        return talks
    last = date.min
    for outcome, day_of in TALKS.items():
        last = max(last, interactions.latest([contact_id], outcome).get(contact_id, date.min))
        if (day := day_of(record)) is not None and day > last:
            talks[outcome] = last = day
    return talks


def new_favors(record: ImportedContact, memory: Memory) -> list[ImportedFavor]:
    """The favors that no record has reported before; the memory then knows them."""
    if not record.favors:
        return []
    known = import_candidates.known_favors([favor.key for favor in record.favors])
    new = [favor for favor in record.favors if favor.key not in known and favor.key not in memory.favors]
    memory.favors.update(dict.fromkeys((favor.key for favor in new), True))
    return new


def add_favors(writer: Writer, contact_id: int, favors: list[ImportedFavor], today: date) -> None:
    for favor in favors:
        import_candidates.add_favor(writer, told_of(favor, contact_id, today), favor.key)
