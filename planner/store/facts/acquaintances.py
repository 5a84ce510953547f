"""Who knows whom, and who leads me to somebody: reading and writing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from planner.core.model import FavorDirection
from planner.core.network.reach import KNOWN_MYSELF, Match, Standing, spread_days
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def set_through(writer: Writer, contact_id: int, known_id: int | None) -> None:
    """Store that I know a contact only through another one, or only by name (None)."""
    rows = ask("SELECT id FROM through WHERE contact_id = ?", (contact_id,))
    if rows:
        writer.update(t.ThroughTable, rows[0][0], known=known_id)
    else:
        writer.insert(t.ThroughTable, contact=contact_id, known=known_id)


def clear_through(writer: Writer, contact_id: int) -> None:
    """Store that I know a contact directly."""
    for (key,) in ask("SELECT id FROM through WHERE contact_id = ?", (contact_id,)):
        writer.delete(t.ThroughTable, key)


def through_of(contact_ids: Iterable[int]) -> dict[int, tuple[int | None, str]]:
    """By contact, through whom I know them: (id, name), (None, "") if I only heard of them; others are left out."""
    rows = ask_about(
        "SELECT t.contact_id, t.known_id, coalesce(k.name, '') FROM through t LEFT JOIN contact k ON k.id = t.known_id"
        " WHERE t.contact_id IN ({keys})",
        contact_ids,
    )
    return {key: (known, name) for key, known, name in rows}


def through_name(contact_id: int) -> str:
    """The name of the person through whom I know a contact; empty without one."""
    rows = ask("SELECT c.name FROM through t JOIN contact c ON c.id = t.known_id WHERE t.contact_id = ?", (contact_id,))
    return str(rows[0][0]) if rows else ""


def knowers_of(name: str) -> list[tuple[int, int]]:
    """(acquaintance, contact) of everyone who knows a non-contact of this name, oldest first."""
    return ask(
        "SELECT id, contact_id FROM acquaintance WHERE folded = ? AND other_id IS NULL ORDER BY id", (fold(name),)
    )


def unlinked(contact_id: int, other_id: int) -> list[int]:
    """The acquaintances of a contact that have another contact's name but no link to a contact."""
    rows = ask(
        "SELECT a.id FROM acquaintance a JOIN contact o ON o.id = ? AND o.folded = a.folded"
        " WHERE a.contact_id = ? AND a.other_id IS NULL ORDER BY a.id", (other_id, contact_id),
    )  # fmt: skip
    return [key for (key,) in rows]


def point_to(writer: Writer, acquaintance_id: int, other_id: int) -> None:
    """Link an acquaintance to the contact it names."""
    writer.update(t.AcquaintanceTable, acquaintance_id, other=other_id)


def insert_acquaintance(
    writer: Writer,
    contact_id: int,
    other_id: int | None,
    name: str,
    relation: str,
    company: str,
    topic: str,
    today: date,
) -> int:
    """Store that A knows B, and return the id of the acquaintance. An existing one gets the fields it lacks."""
    folded = fold(name)
    rows = ask("SELECT id, company, topic FROM acquaintance WHERE contact_id = ? AND folded = ?", (contact_id, folded))
    values: dict[str, Any] = {"relation": relation, "company": company, "topic": topic}
    given = {key: value for key, value in values.items() if value}
    before = rows[0][1:] if rows else ("", "")
    given["about"] = fold(f"{name} {company or before[0]} {topic or before[1]}")
    if other_id is not None:
        given["other"] = other_id
    if rows:
        writer.update(t.AcquaintanceTable, rows[0][0], **given)
        return int(rows[0][0])
    key: int = writer.insert(
        t.AcquaintanceTable, contact=contact_id, name=name, folded=folded, created_on=today, **given
    )
    return key


BROAD = 3_000
"""A target with more matching rows is only searched among contacts met lately, who would come first anyway."""
LATELY_MET = 1_000
"""How many contacts count as met lately."""


def reach_matches(target: str, most: int = 200, *, broad: int = BROAD, lately: int = LATELY_MET) -> list[Match]:
    """Matches of a target: contacts who are it or work there, and people whom contacts know; lately met ones first.

    A match contains every word of the target, folded; a word of two letters must begin a word. People who must not be
    asked (archived, or with the mode never) are left out.
    """
    words = fold(target).split()
    if not words:
        return []
    return [*_contacts(words, most, broad, lately), *_known(words, most, broad, lately)]


# Not by the index of the status, which nearly everyone shares: the ids narrow the search.
ASKABLE = "coalesce(c.status, '') = 'active' AND c.mode <> 'never'"
CONTACTS = f"""SELECT s.last_contact, c.id, c.name, c.company, c.title, c.offers
    FROM contact c LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE c.id IN ({{keys}}) AND {ASKABLE}"""
KNOWN = f"""SELECT s.last_contact, a.id, a.contact_id, a.name, a.company, a.topic, a.other_id, o.company
    FROM acquaintance a JOIN contact c ON c.id = a.contact_id LEFT JOIN contact o ON o.id = a.other_id
    LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE a.id IN ({{keys}}) AND {ASKABLE}"""


def _lately_met(most: int) -> list[int]:
    rows = ask(
        "SELECT contact_id FROM contact_summary WHERE last_contact IS NOT NULL"
        " ORDER BY last_contact DESC, contact_id LIMIT ?",
        (most,),
    )
    return [row[0] for row in rows]


def _ids(subquery: str, parameters: Sequence[Any], most: int) -> list[int] | None:
    """The ids that a subquery gives; None if there are more than `most`."""
    rows = ask(f"SELECT id FROM {subquery} AS found LIMIT {most + 1}", parameters)
    return [row[0] for row in rows] if len(rows) <= most else None


def _latest_first(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of (last contact, id, …), the latest contact first."""
    in_order = sorted(rows, key=lambda row: row[1])
    in_order.sort(key=lambda row: row[0] or "", reverse=True)
    return in_order


def _contacts(words: Sequence[str], most: int, broad: int, lately: int) -> list[Match]:
    from planner.store.sqlite import search_match

    ids = _ids(*search_match(words), broad)
    rows = _latest_first(ask_about(CONTACTS, ids if ids is not None else _lately_met(lately)))
    # The search index of a contact has more than the fields that lead to a target, such as notes and the town.
    found = (Match(key, why) for _, key, *texts in rows if (why := _why(words, *texts)))
    return list(islice(found, most))


def _known(words: Sequence[str], most: int, broad: int, lately: int) -> list[Match]:
    from planner.store.sqlite import known_match

    sought = known_match(words)
    ids = _ids(*sought, broad) if sought is not None else None
    if ids is None:
        parts = [f" {word}" if len(word) == 2 else word for word in words]
        whose = _lately_met(lately)
        rows = ask_about("SELECT id, ' ' || about FROM acquaintance WHERE contact_id IN ({keys})", whose)
        ids = [key for key, about in rows if all(part in about for part in parts)]
    found = []
    for _, _, contact_id, name, company, topic, other_id, own_company in _latest_first(ask_about(KNOWN, ids))[:most]:
        why = ", ".join(part for part in (company or own_company or "", topic) if part)
        found.append(Match(contact_id, why or "knows them", name, other_id))
    return found


def _why(words: Sequence[str], name: str, company: str, title: str, offers: str) -> str:
    """Why a contact matches a target; empty when no shown field contains a word of it."""
    for text, why in ((name, KNOWN_MYSELF), (company, f"works at {company}"), (title, title), (offers, offers)):
        if text and all((f" {word}" if len(word) == 2 else word) in f" {fold(text)}" for word in words):
            return why
    return ""


def who_knows(contact_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """By contact id: the contacts who know each contact or are known by them, if they can be asked."""
    ids = set(contact_ids)
    pairs = ask_about(
        "SELECT a.contact_id, a.other_id FROM acquaintance a JOIN contact c ON c.id = a.contact_id"
        f" WHERE a.other_id IN ({{keys}}) AND {ASKABLE}",
        ids,
    )
    pairs += ask_about(
        "SELECT a.other_id, a.contact_id FROM acquaintance a JOIN contact c ON c.id = a.other_id"
        f" WHERE a.contact_id IN ({{keys}}) AND {ASKABLE}",
        ids,
    )
    pairs += ask_about(
        "SELECT t.known_id, t.contact_id FROM through t JOIN contact c ON c.id = t.known_id"
        f" WHERE t.contact_id IN ({{keys}}) AND {ASKABLE}",
        ids,
    )
    found: dict[int, set[int]] = {}
    for friend, contact_id in pairs:
        if friend != contact_id:
            found.setdefault(contact_id, set()).add(friend)
    return {key: tuple(sorted(friends)) for key, friends in found.items()}


def standings(contact_ids: Iterable[int], today: date) -> dict[int, Standing]:
    """My standing with contacts: days since contact and help, asks and favors given in the last year."""
    year_ago = today - timedelta(days=365)
    ids = set(contact_ids)
    helped: dict[int, date] = {}
    asked: dict[int, int] = {}
    gave: dict[int, int] = {}
    favors = "SELECT contact_id, direction, asked_on, done_on FROM favor WHERE contact_id IN ({keys})"
    for key, direction, asked_on, done_on in ask_about(favors, ids):
        on = day(done_on)
        if direction == FavorDirection.GIVEN and on is not None:
            helped[key] = max(helped.get(key, on), on)
            gave[key] = gave.get(key, 0) + (on > year_ago)
        elif direction == FavorDirection.RECEIVED and asked_on and (day(asked_on) or today) > year_ago:
            asked[key] = asked.get(key, 0) + 1
    rows = ask_about(
        "SELECT c.id, c.name, s.last_contact, t.id IS NULL OR s.last_contact IS NOT NULL FROM contact c"
        " LEFT JOIN contact_summary s ON s.contact_id = c.id LEFT JOIN through t ON t.contact_id = c.id"
        " WHERE c.id IN ({keys})",
        ids,
    )
    return {
        key: Standing(
            name,
            spread_days(day(last), today),
            spread_days(helped.get(key), today),
            asked.get(key, 0),
            gave.get(key, 0),
            bool(known),
        )
        for key, name, last, known in rows
    }
