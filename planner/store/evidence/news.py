"""Counts what was seen since the person last opened the list of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from planner.core.model import SeenCount
from planner.store.connection import ask

LOOKED = "seen_looked"
"""The name of the note about the last look and the one on an earlier day: "2026-11-24:812 2026-11-20:640"."""


PEOPLE_SEEN = """WITH RECURSIVE person(id) AS (
    SELECT min(contact_id) FROM evidence
    UNION ALL SELECT (SELECT min(e.contact_id) FROM evidence e WHERE e.contact_id > person.id) FROM person
    WHERE person.id IS NOT NULL)
    SELECT count(*) FROM person WHERE EXISTS (
        SELECT 1 FROM evidence e JOIN interaction i ON i.id = e.interaction_id
        WHERE e.contact_id = person.id AND e.id > ? AND i.seen = i.version)"""
"""How many people were seen in traces with higher ids.

It steps from person to person, not from trace to trace: one trace per person is enough.
"""
FIRST_FOUND = "SELECT found_on FROM evidence ORDER BY id LIMIT 1"
"""The day on which the first trace was found: ids rise with the day of finding."""


class Looked(NamedTuple):
    """A look at the list: its day, and the id of the last trace that was stored then."""

    on: date
    after: int


def count(today: date) -> SeenCount | None:
    """How many people were seen since the last look on an earlier day; None if there is nothing to report."""
    names = int(ask("SELECT count(*) FROM known_as WHERE said_on IS NULL")[0][0])
    last = _looked(today)
    fresh = ask("SELECT 1 FROM evidence WHERE id > ? LIMIT 1", (last.after if last is not None else 0,))
    if not fresh:
        return SeenCount(today, 0, names) if names else None
    last = last or looked(today)
    people = int(ask(PEOPLE_SEEN, (last.after,))[0][0])
    return SeenCount(last.on, people, names) if people or names else None


def looked(today: date) -> Looked:
    """The last look on a day before `today`, or else the beginning of the watch."""
    found = _looked(today)
    if found is not None:
        return found
    first = ask(FIRST_FOUND)
    return Looked(date.fromisoformat(first[0][0]) if first else today, 0)


def look(today: date) -> str:
    """The note to store under `LOOKED` when the list is opened."""
    last = int(ask("SELECT coalesce(max(id), 0) FROM evidence")[0][0])
    before = _looked(today)
    return f"{today.isoformat()}:{last}" + (f" {before.on.isoformat()}:{before.after}" if before else "")


def _looked(today: date) -> Looked | None:
    rows = ask('SELECT "value" FROM "meta" WHERE "key" = ?', (LOOKED,))
    for part in str(rows[0][0]).split() if rows else ():
        day, _, last = part.partition(":")
        if date.fromisoformat(day) < today:
            return Looked(date.fromisoformat(day), int(last))
    return None
