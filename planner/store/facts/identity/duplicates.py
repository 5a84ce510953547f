"""Duplicates: pairs that an import left open, pairs confirmed as two people, and the values to compare."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.core.matching.duplicates import Compared, ComparedContact
from planner.core.matching.recognition import PROFILE_PREFIX
from planner.store import tables as t
from planner.store.connection import ask, ask_about

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

Pair = tuple[int, int]
"""Two contacts, the smaller id first."""


def ordered(one: int, other: int) -> Pair:
    """Two contacts as a pair."""
    return (one, other) if one < other else (other, one)


def insert_duplicates(writer: Writer, pairs: Iterable[tuple[int, int, str]], today: date) -> None:
    """Store (contact, contact, why) as pairs to look at; a known pair stays as it is."""
    wanted = {ordered(one, other): why for one, other, why in pairs}
    known = {row[:2] for row in duplicates_of({key for pair in wanted for key in pair})}
    writer.insert_many(
        t.DoubtTable,
        [
            {"one": one, "other": other, "why": why, "found_on": today}
            for (one, other), why in wanted.items()
            if (one, other) not in known
        ],
    )


def duplicates_of(contact_ids: Collection[int]) -> list[tuple[int, int, bool]]:
    """(one, other, whether they are confirmed as two people) of every known pair with one of these contacts."""
    sql = "SELECT one_id, other_id, apart_on IS NOT NULL FROM doubt WHERE one_id IN ({keys}) OR other_id IN ({keys})"
    return [(one, other, bool(apart)) for one, other, apart in ask_about(sql, sorted(contact_ids))]


def open_duplicates() -> list[tuple[int, int, str]]:
    """(one, other, why) of the pairs to look at, oldest first."""
    return ask("SELECT one_id, other_id, why FROM doubt WHERE apart_on IS NULL ORDER BY id")


def apart() -> set[Pair]:
    """The pairs that a person confirmed as two people."""
    return set(ask("SELECT one_id, other_id FROM doubt WHERE apart_on IS NOT NULL"))


def set_apart(writer: Writer, one: int, other: int, today: date) -> None:
    """Store that two contacts are two people."""
    pair = ordered(one, other)
    found = ask("SELECT id FROM doubt WHERE one_id = ? AND other_id = ?", pair)
    if found:
        writer.update(t.DoubtTable, found[0][0], apart_on=today)
    else:
        writer.insert(t.DoubtTable, one=pair[0], other=pair[1], found_on=today, apart_on=today)


def merge_duplicates(writer: Writer, kept_id: int, other_id: int) -> None:
    """Move the pairs of one contact to another, except the pair of both; a confirmed pair of two people stays one."""
    rows = ask("SELECT id, one_id, other_id, apart_on FROM doubt WHERE ? IN (one_id, other_id)", (other_id,))
    for key, one, other, apart_on in rows:
        pair = ordered(*(kept_id if side == other_id else side for side in (one, other)))
        again = ask("SELECT id, apart_on FROM doubt WHERE one_id = ? AND other_id = ?", pair)
        if pair[0] == pair[1]:
            writer.delete(t.DoubtTable, key)
        elif again:
            writer.delete(t.DoubtTable, key)
            if again[0][1] is None and apart_on is not None:
                writer.update(t.DoubtTable, again[0][0], apart_on=apart_on)
        else:
            writer.update(t.DoubtTable, key, one=pair[0], other=pair[1])


# The values to compare

REPEATED = "SELECT folded FROM contact GROUP BY folded HAVING count(*) > 1 LIMIT ?"
SHARED = """SELECT a.key, a.contact_id FROM (SELECT key FROM address WHERE kind = '{kind}' AND {which}
        GROUP BY key HAVING count(*) > 1 LIMIT :most) b
    CROSS JOIN address a ON a.kind = '{kind}' AND a.key = b.key"""
"""Repeated keys are found in the index alone: few are, and reading the owner of each would take twice as long."""
PAGE = "SELECT id, name, company FROM contact WHERE id > ? ORDER BY id LIMIT 5000"
"""In pages, so that no writer waits for more than one of them."""
ENTRIES = "SELECT id, name, company FROM contact WHERE id IN ({keys})"
SHARED_EMAILS = SHARED.format(kind="email", which="key > ''")
SHARED_PHONES = SHARED.format(kind="phone", which="key >= '+' AND key < ','")
"""Only numbers with their country code: one without may belong to anybody."""


def compared(most: int | None = None) -> Compared:
    """The values to compare, of the whole network or of the first `most` groups that share a name or an address.

    In the latter case everybody who shares the address is included.
    """
    emails, phones = _shared(SHARED_EMAILS, most), _shared(SHARED_PHONES, most)
    known = {(one, other): why for one, other, why in open_duplicates()[:most]}
    if most is None:
        return Compared(_everybody(), emails, phones, known)
    names = [name for (name,) in ask(REPEATED, (most,))]
    ids = {key for (key,) in ask_about("SELECT id FROM contact WHERE folded IN ({keys})", names)}
    ids.update(*emails.values(), *phones.values(), *known)
    return Compared(_entries(ask_about(ENTRIES, sorted(ids))), emails, phones, known)


def _everybody() -> list[ComparedContact]:
    found: list[ComparedContact] = []
    while page := ask(PAGE, (found[-1].id if found else 0,)):
        found += _entries(page)
    return found


def _entries(rows: Iterable[tuple[int, str, str]]) -> list[ComparedContact]:
    return [ComparedContact(*row) for row in rows]


def _shared(statement: str, most: int | None) -> dict[str, list[int]]:
    """Contacts who share an address, by its normal form."""
    found: dict[str, list[int]] = {}
    for key, contact_id in ask(statement, {"most": -1 if most is None else most}):
        if contact_id not in found.setdefault(key, []):
            found[key].append(contact_id)
    return {key: ids for key, ids in found.items() if len(ids) > 1}


def profiles(contact_ids: Collection[int]) -> dict[int, set[str]]:
    """Profiles of contacts by id; contacts with different profiles are two people."""
    found: dict[int, set[str]] = {}
    for contact_id, key in ask_about("SELECT contact_id, key FROM identity WHERE contact_id IN ({keys})", contact_ids):
        if key.startswith(PROFILE_PREFIX):
            found.setdefault(contact_id, set()).add(key)
    return found


def present(contact_ids: Collection[int]) -> set[int]:
    """The contacts, among some, that exist."""
    return {key for (key,) in ask_about("SELECT id FROM contact WHERE id IN ({keys})", contact_ids)}


def names_and_companies(contact_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """(name, company) by id."""
    rows = ask_about("SELECT id, name, company FROM contact WHERE id IN ({keys})", set(contact_ids))
    return {key: (name, company) for key, name, company in rows}
