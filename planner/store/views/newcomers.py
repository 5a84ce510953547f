"""Newcomers: imported contacts, until somebody decides how to keep in touch with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day, grouped

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

WAITING = (
    "n.said_on IS NULL AND c.cadence IS NULL AND c.mode = 'rhythm' AND c.status = 'active' AND NOT EXISTS"
    " (SELECT 1 FROM membership m JOIN circle k ON k.id = m.circle_id WHERE m.contact_id = c.id AND k.cadence <> '')"
)
"""The condition for newcomers who wait: no rhythm of their own or a circle's, no mode or status set, not settled."""
HAS = "EXISTS (SELECT 1 FROM address a WHERE a.contact_id = c.id AND a.kind = '{kind}')"
ORDER = (
    "s.last_contact IS NULL, s.last_contact DESC, coalesce(c.met_on >= ?, 0) DESC,"
    f" {HAS.format(kind='email')} + {HAS.format(kind='phone')} DESC,"
    " (c.company <> '') + (c.title <> '') + (c.city <> '') DESC, c.met_on DESC, c.folded, c.id"
)
"""Contacts I was in touch with first, then those met lately, those with addresses, those with most fields."""
# CROSS: from the newcomers to their contacts. The other way, by the status, takes 450 ms at 1,000,000 contacts.
NEWCOMERS = "FROM newcomer n CROSS JOIN contact c ON c.id = n.contact_id"
FIRST = f"SELECT min(n.came_on) {NEWCOMERS} WHERE {WAITING}"
LATELY = timedelta(days=366)


def waiting_ids(today: date, words: str = "") -> list[int]:
    """The ids of the waiting newcomers, in `ORDER`; with `words` only those whose texts contain all of them."""
    rows = ask(
        "SELECT c.id, c.folded, c.company, c.title, c.city, s.circles"
        f" {NEWCOMERS} LEFT JOIN contact_summary s ON s.contact_id = c.id"
        f" WHERE {WAITING} ORDER BY {ORDER}",
        ((today - LATELY).isoformat(),),
    )
    wanted = fold(words).split()
    if not wanted:
        return [row[0] for row in rows]

    def holds(texts: Sequence[str]) -> bool:
        text = fold(" ".join(part for part in texts if part))
        return all(word in text for word in wanted)

    return [row[0] for row in rows if holds(row[1:])]


def counts() -> tuple[int, int]:
    """(the number of newcomers, the number of those settled), counted from the first who still waits."""
    ((first,),) = ask(FIRST)
    if first is None:
        ((total,),) = ask("SELECT count(*) FROM newcomer")
        return total, total
    ((total, waiting),) = ask(f"SELECT count(*), sum({WAITING}) {NEWCOMERS} WHERE n.came_on >= ?", (first,))
    return total, total - waiting


Line = tuple[int, str, str, str, str, int, int, date | None, tuple[str, ...], bool, str, str | None, str, bool]
"""(id, name, title, company, city, e-mails, phones, last contact, circles, said, mode, cadence, status, wish known)"""


def lines(contact_ids: Sequence[int]) -> list[Line]:
    """The lines of the list of newcomers, in the order of the ids; missing ids are left out."""
    kinds = grouped(ask_about("SELECT contact_id, kind FROM address WHERE contact_id IN ({keys})", contact_ids))
    rows = ask_about(
        "SELECT c.id, c.name, c.title, c.company, c.city, s.last_contact, s.circles, n.said_on, c.mode, c.cadence,"
        " c.status, c.looking_for <> '' OR c.offers <> '' FROM contact c"
        " LEFT JOIN contact_summary s ON s.contact_id = c.id"
        " LEFT JOIN newcomer n ON n.contact_id = c.id WHERE c.id IN ({keys})",
        contact_ids,
    )
    found: dict[int, Line] = {}
    for key, name, title, company, city, last, circles, said_on, mode, cadence, status, wish in rows:
        own = kinds.get(key, [])
        found[key] = (
            key, name, title, company, city, own.count("email"), own.count("phone"), day(last),
            tuple(circles.split(", ")) if circles else (), said_on is not None, mode, cadence, status,
            bool(wish),
        )  # fmt: skip
    return [found[key] for key in contact_ids if key in found]


def say(writer: Writer, contact_ids: Sequence[int], today: date) -> None:
    """Mark newcomers as settled, so that they no longer wait."""
    rows = ask_about("SELECT id FROM newcomer WHERE said_on IS NULL AND contact_id IN ({keys})", contact_ids)
    writer.update_many(t.NewcomerTable, [key for (key,) in rows], said_on=today)
