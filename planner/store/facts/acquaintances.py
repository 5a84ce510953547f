"""Who knows whom, and who gets me there: reading and writing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from planner.core.model import FavorDirection
from planner.core.network.reach import Match, Standing, spread_days
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask, ask_about, batches, day

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


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
    """A knows B; gives the id of that. What is known already is filled in, not doubled."""
    folded = fold(name)
    rows = ask("SELECT id, company, topic FROM acquaintance WHERE contact_id = ? AND folded = ?", (contact_id, folded))
    values: dict[str, Any] = {"relation": relation, "company": company, "topic": topic}
    given = {key: value for key, value in values.items() if value}
    before = rows[0][1:] if rows else ("", "")
    given["about"] = fold(f"{name} {company or before[0]} {topic or before[1]}")
    if other_id is not None:
        given["other"] = other_id
    if rows:
        writer.update(t.Acquaintance, rows[0][0], **given)
        return int(rows[0][0])
    key: int = writer.insert(t.Acquaintance, contact=contact_id, name=name, folded=folded, created_on=today, **given)
    return key


def reach_matches(target: str, most: int = 200) -> list[Match]:
    """Contacts who are the target or work there, and whom contacts know who do; lately met ones first.

    Every word of the target has to be in it, folded; a word of two letters as the beginning of a word.
    People who are not to be asked (archived, or left in peace) are left out.
    """
    words = fold(target).split()
    if not words:
        return []
    return [*_contacts(words, most), *_known(words, most)]


# Not by the index of the status, which nearly everyone shares: the ids are what narrows a search.
ASKABLE = "coalesce(c.status, '') = 'active' AND c.mode <> 'never'"
BROAD = 3_000
"""A target that fits more than so many is sought among those lately met alone: they come first anyway."""
LATELY_MET = 1_000
CONTACTS = f"""SELECT s.last_contact, c.id, c.name, c.company, c.title, c.offers
    FROM contact c LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE c.id IN ({{keys}}) AND {ASKABLE}"""
KNOWN = f"""SELECT s.last_contact, a.id, a.contact_id, a.name, a.company, a.topic, a.other_id, o.company
    FROM acquaintance a JOIN contact c ON c.id = a.contact_id LEFT JOIN contact o ON o.id = a.other_id
    LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE a.id IN ({{keys}}) AND {ASKABLE}"""


def _lately_met() -> list[int]:
    rows = ask(
        "SELECT contact_id FROM contact_summary WHERE last_contact IS NOT NULL"
        f" ORDER BY last_contact DESC, contact_id LIMIT {LATELY_MET}"
    )
    return [row[0] for row in rows]


def _ids(subquery: str, parameters: Sequence[Any]) -> list[int] | None:
    """The ids a subquery gives; None where they are too many."""
    rows = ask(f"SELECT id FROM {subquery} AS found LIMIT {BROAD + 1}", parameters)
    return [row[0] for row in rows] if len(rows) <= BROAD else None


def _latest_first(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of (last contact, id, …), those lately met first."""
    in_order = sorted(rows, key=lambda row: row[1])
    in_order.sort(key=lambda row: row[0] or "", reverse=True)
    return in_order


def _contacts(words: Sequence[str], most: int) -> list[Match]:
    from planner.store.sqlite import search_match

    ids = _ids(*search_match(words))
    rows = _latest_first(ask_about(CONTACTS, ids if ids is not None else _lately_met()))
    # What a contact is found by holds more than what leads to a target, such as notes and the town.
    found = (Match(key, why) for _, key, *texts in rows if (why := _why(words, *texts)))
    return list(islice(found, most))


def _known(words: Sequence[str], most: int) -> list[Match]:
    from planner.store.sqlite import known_match

    sought = known_match(words)
    ids = _ids(*sought) if sought is not None else None
    if ids is None:
        parts = [f" {word}" if len(word) == 2 else word for word in words]
        rows = ask_about("SELECT id, ' ' || about FROM acquaintance WHERE contact_id IN ({keys})", _lately_met())
        ids = [key for key, about in rows if all(part in about for part in parts)]
    found = []
    for _, _, contact_id, name, company, topic, other_id, own_company in _latest_first(ask_about(KNOWN, ids))[:most]:
        why = ", ".join(part for part in (company or own_company or "", topic) if part)
        found.append(Match(contact_id, why or "knows them", name, other_id))
    return found


def _why(words: Sequence[str], name: str, company: str, title: str, offers: str) -> str:
    """Why a contact fits a target; empty when only some other part of what is known holds its words."""
    for text, why in ((name, "you know them"), (company, f"works at {company}"), (title, title), (offers, offers)):
        if text and all((f" {word}" if len(word) == 2 else word) in f" {fold(text)}" for word in words):
            return why
    return ""


def who_knows(contact_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The contacts who know each of these contacts, or are known by them; only those who can be asked."""
    found: dict[int, set[int]] = {}
    for ids in batches(sorted(set(contact_ids))):
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
        for friend, contact_id in pairs:
            if friend != contact_id:
                found.setdefault(contact_id, set()).add(friend)
    return {key: tuple(sorted(friends)) for key, friends in found.items()}


def standings(contact_ids: Iterable[int], today: date) -> dict[int, Standing]:
    """How I stand with contacts: since when in touch, since when helped, asks and gifts of the last year."""
    year_ago = today - timedelta(days=365)
    found: dict[int, Standing] = {}
    for ids in batches(sorted(set(contact_ids))):
        helped: dict[int, date] = {}
        asked: dict[int, int] = {}
        gave: dict[int, int] = {}
        for key, direction, asked_on, done_on in ask_about(
            "SELECT contact_id, direction, asked_on, done_on FROM favor WHERE contact_id IN ({keys})", ids
        ):
            on = day(done_on)
            if direction == FavorDirection.GIVEN and on is not None:
                helped[key] = max(helped.get(key, on), on)
                gave[key] = gave.get(key, 0) + (on > year_ago)
            elif direction == FavorDirection.RECEIVED and asked_on and (day(asked_on) or today) > year_ago:
                asked[key] = asked.get(key, 0) + 1
        rows = ask_about(
            "SELECT c.id, c.name, s.last_contact FROM contact c LEFT JOIN contact_summary s ON s.contact_id = c.id"
            " WHERE c.id IN ({keys})",
            ids,
        )
        for key, name, last in rows:
            found[key] = Standing(
                name,
                spread_days(day(last), today),
                spread_days(helped.get(key), today),
                asked.get(key, 0),
                gave.get(key, 0),
            )
    return found
