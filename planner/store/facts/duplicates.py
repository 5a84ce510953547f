"""Pairs who may be one person: those a file made one think of, those said to be two, and all there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.matching.duplicates import Entry
from planner.core.matching.recognition import PROFILE_PREFIX
from planner.store import tables as t
from planner.store.connection import ask, ask_about, batches

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

Pair = tuple[int, int]
"""Two contacts, the smaller id first."""


def ordered(one: int, other: int) -> Pair:
    """A pair as it is kept."""
    return (one, other) if one < other else (other, one)


def insert_doubts(writer: Writer, doubts: Iterable[tuple[int, int, str]], today: date) -> None:
    """Remember (contact, contact, why) for later; a pair that is known already stays as it is."""
    wanted = {ordered(one, other): why for one, other, why in doubts}
    known = {row[:2] for row in doubts_of({key for pair in wanted for key in pair})}
    writer.insert_many(
        t.Doubt,
        [
            {"one": one, "other": other, "why": why, "found_on": today}
            for (one, other), why in wanted.items()
            if (one, other) not in known
        ],
    )


def doubts_of(contact_ids: Collection[int]) -> list[tuple[int, int, bool]]:
    """(one, other, whether they were said to be two) of every remembered pair with one of these contacts."""
    sql = "SELECT one_id, other_id, apart_on IS NOT NULL FROM doubt WHERE one_id IN ({keys}) OR other_id IN ({keys})"
    return [(one, other, bool(apart)) for one, other, apart in ask_about(sql, sorted(contact_ids))]


def open_doubts() -> list[tuple[int, int, str]]:
    """(one, other, why) of the pairs that wait to be looked at, in the order they were found."""
    return ask("SELECT one_id, other_id, why FROM doubt WHERE apart_on IS NULL ORDER BY id")


def count_doubts() -> int:
    """How many pairs wait to be looked at."""
    return int(ask("SELECT count(*) FROM doubt WHERE apart_on IS NULL")[0][0])


def apart() -> set[Pair]:
    """Pairs that were said to be two people."""
    return set(ask("SELECT one_id, other_id FROM doubt WHERE apart_on IS NOT NULL"))


def set_apart(writer: Writer, one: int, other: int, today: date) -> None:
    """Remember that two contacts are two people."""
    pair = ordered(one, other)
    found = ask("SELECT id FROM doubt WHERE one_id = ? AND other_id = ?", pair)
    if found:
        writer.update(t.Doubt, found[0][0], apart_on=today)
    else:
        writer.insert(t.Doubt, one=pair[0], other=pair[1], found_on=today, apart_on=today)


def merge_doubts(writer: Writer, kept_id: int, other_id: int) -> None:
    """Give a contact the doubts of another, but those about the two themselves; what was said stays said."""
    rows = ask("SELECT id, one_id, other_id, apart_on FROM doubt WHERE ? IN (one_id, other_id)", (other_id,))
    for key, one, other, apart_on in rows:
        pair = ordered(*(kept_id if side == other_id else side for side in (one, other)))
        again = ask("SELECT id, apart_on FROM doubt WHERE one_id = ? AND other_id = ?", pair)
        if pair[0] == pair[1]:
            writer.delete(t.Doubt, key)
        elif again:
            writer.delete(t.Doubt, key)
            if again[0][1] is None and apart_on is not None:
                writer.update(t.Doubt, again[0][0], apart_on=apart_on)
        else:
            writer.update(t.Doubt, key, one=pair[0], other=pair[1])


# The whole network


def entries() -> list[Entry]:
    """Everyone, as far as a look for duplicates needs them."""
    return [Entry(*row) for row in ask("SELECT id, name, company FROM contact")]


def shared(kind: str) -> dict[str, list[int]]:
    """Contacts by the normal form of an address that several of them have, of a kind ("email", "phone")."""
    found: dict[str, list[int]] = {}
    rows = ask(
        "SELECT a.key, a.contact_id FROM address a JOIN (SELECT key FROM address WHERE kind = ? AND key <> ''"
        " GROUP BY key HAVING min(contact_id) <> max(contact_id)) b ON b.key = a.key WHERE a.kind = ?",
        (kind, kind),
    )
    for key, contact_id in rows:
        if contact_id not in found.setdefault(key, []):
            found[key].append(contact_id)
    return found


def profiles(contact_ids: Collection[int]) -> dict[int, set[str]]:
    """Profiles by contact; two with different ones are two people."""
    found: dict[int, set[str]] = {}
    for some in batches(sorted(contact_ids)):
        for contact_id, key in ask_about("SELECT contact_id, key FROM identity WHERE contact_id IN ({keys})", some):
            if key.startswith(PROFILE_PREFIX):
                found.setdefault(contact_id, set()).add(key)
    return found


def names_and_companies(contact_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(name, company) by id."""
    found: dict[int, tuple[str, str]] = {}
    for some in batches(sorted(set(contact_ids))):
        rows = ask_about("SELECT id, name, company FROM contact WHERE id IN ({keys})", some)
        found.update((key, (name, company)) for key, name, company in rows)
    return found
