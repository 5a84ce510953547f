"""Whom a need can be told to: whoever may have to do with it, found through the indexes, and everybody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from planner.core.network.reasons import ContactToTell
from planner.core.network.sought import Sought
from planner.core.network.telling import (
    Row,
    Suggestion,
    Suggestions,
    matching,
    mixed,
    quiet_before,
    ties_among,
)
from planner.store import sqlite
from planner.store.connection import ask, ask_about, day, grouped
from planner.store.facts.contact_words import BUDGET, who_has
from planner.store.facts.needs import REACHABLE
from planner.store.facts.wishes import who_offers
from planner.store.tables.base import LEFT_ALONE

GONE = f"(SELECT value FROM {sqlite.one_of((), 'gone')[0]} UNION ALL SELECT id FROM contact WHERE {LEFT_ALONE})"
"""The contacts who are left out of the others."""
KINDS = ("last_contact < :quiet", "last_contact IS NULL", "last_contact >= :quiet")
"""The others in the order in which they come: ties gone quiet, who was never met, who is near."""
OTHERS = """SELECT o.contact_id, c.name, o.last_contact FROM
    (SELECT contact_id, last_contact FROM contact_summary WHERE {kind} AND contact_id NOT IN {gone}
        ORDER BY last_contact, contact_id LIMIT :most OFFSET :start) o
    CROSS JOIN contact c ON c.id = o.contact_id"""
HOW_MANY = "SELECT count(*) FROM contact_summary WHERE {kind}"
GONE_OF_EACH = f"""SELECT {", ".join(f"coalesce(sum({kind}), 0)" for kind in KINDS)}
    FROM contact_summary WHERE contact_id IN {GONE}"""
MATCHING = f"""SELECT c.id, c.name, c.company, c.title, c.offers, c.city, s.last_contact FROM contact c
    LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE c.id IN ({{keys}}) AND {REACHABLE}"""
KNOWN = "SELECT contact_id, name, company, topic FROM acquaintance WHERE contact_id IN ({keys}) ORDER BY id"
MOST = 600
"""The most contacts that are weighed for each way of being found; others who share a common word are not weighed."""
MOST_KNOWN = 200
"""The most contacts found for each word by whom they know or by a name."""


FIRST = 200
"""How many of those who match in nothing are read at first; the others are read once somebody looks at them."""


def whom_to_tell(
    wanted: Sought, exclude: Iterable[int], today: date, *, most: int = MOST, budget: int = BUDGET
) -> Suggestions:
    """Everyone a need can be told to, without the contacts `exclude`; the likeliest to help first.

    `most` contacts are weighed for each way of being found, `budget` rows of the index of words are read for each.
    Contacts who are not weighed come after, as those with whom nothing is shared.
    """
    left_out = frozenset(exclude)
    near = {
        *who_offers(wanted.about.keys, most),
        *who_has(wanted.rare_stems, most, budget),
        *who_has(wanted.place_stems, most, budget),
        *_who_knows(wanted),
        *_named(wanted),
    }
    knows = grouped([(key, ", ".join(part for part in words if part)) for key, *words in ask_about(KNOWN, near)])
    candidates = [
        ContactToTell(key, name, company, title, offers, tuple(knows.get(key, ())), day(last), city)
        for key, name, company, title, offers, city, last in ask_about(MATCHING, near)
        if key not in left_out
    ]
    found = matching(wanted, candidates)
    left_out = left_out.union(one.contact_id for one in found)
    ties = _others(KINDS[0], left_out, today, 0, ties_among(found))
    return _begun(mixed(found, ties, today), left_out.union(key for key, *_ in ties), today)


def without(known: Suggestions, contact_ids: Iterable[int], today: date) -> Suggestions:
    """The same people in the same order, but for some; counted anew."""
    gone = frozenset(contact_ids)
    return _begun([one for one in known.head if one.contact_id not in gone], known.left_out | gone, today)


def _begun(head: Sequence[Suggestion], left_out: frozenset[int], today: date) -> Suggestions:
    ((*gone,),) = ask(GONE_OF_EACH, _parameters(left_out, today))
    there = [ask(HOW_MANY.format(kind=kind), _parameters((), today))[0][0] for kind in KINDS]
    quiet, never, close = (int(all_of) - int(some) for all_of, some in zip(there, gone, strict=True))
    found = Suggestions(head, {}, today, counts=(quiet, never, close), left_out=left_out)
    found.take(0, others(found, 0, FIRST))
    return found


def others(known: Suggestions, start: int, stop: int) -> list[Row]:
    """Those who match in nothing, from the place `start` among them up to `stop`."""
    rows: list[Row] = []
    before = 0
    for kind, count in zip(KINDS, known.counts, strict=True):
        first, last = max(0, start - before), min(count, stop - before)
        if first < last:
            rows += _others(kind, known.left_out, known.today, first, last - first)
        before += count
    return rows


def _others(kind: str, left_out: Collection[int], today: date, start: int, most: int) -> list[Row]:
    values = _parameters(left_out, today) | {"start": start, "most": most}
    rows: list[Row] = ask(OTHERS.format(kind=kind, gone=GONE), values)
    return rows


def _parameters(left_out: Collection[int], today: date) -> dict[str, Any]:
    return {"gone": sqlite.one_of(left_out)[1][0], "quiet": quiet_before(today)}


def _named(wanted: Sought) -> set[int]:
    """The contacts whom the line about who would know names."""
    found: set[int] = set()
    for hint in wanted.who:
        subquery, parameters = sqlite.search_match(sorted(hint.tokens))
        found.update(key for (key,) in ask(f"SELECT id FROM {subquery} AS found LIMIT {MOST_KNOWN}", parameters))
    return found


def _who_knows(wanted: Sought) -> set[int]:
    """The contacts who know somebody of whom a name, a thing or a town of the need is known."""
    found: set[int] = set()
    for words in wanted.known_by:
        known = sqlite.known_match(words, MOST_KNOWN)
        if known is not None:
            whose = f"SELECT contact_id FROM acquaintance WHERE id IN {known[0]}"
            found.update(key for (key,) in ask(whose, known[1]))
    return found
