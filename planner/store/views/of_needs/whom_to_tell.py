"""The people who can be told of a need: those related to it, found through the indexes, and everybody else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from planner.core.network.reasons import ContactToTell
from planner.core.network.sought import Sought
from planner.core.network.telling import (
    MONTH,
    NEAR,
    NEVER_MET,
    QUIET,
    Row,
    Suggestion,
    Suggestions,
    matching,
    mixed,
    quiet_before,
    ties_among,
)
from planner.core.words.folding import fold
from planner.store import sqlite
from planner.store.connection import ask, ask_about, day, grouped
from planner.store.facts.contact_words import BUDGET, who_has
from planner.store.facts.needs import REACHABLE
from planner.store.facts.wishes import who_offers
from planner.store.tables.base import LEFT_ALONE

GONE = f"""(SELECT value FROM {sqlite.one_of((), "gone")[0]} UNION ALL SELECT contact_id FROM told
    WHERE need_id = :need UNION ALL SELECT contact_id FROM need_for WHERE need_id = :need
    UNION ALL SELECT id FROM contact WHERE {LEFT_ALONE})"""
"""The contacts left out of the others: people already told, the owner of the need, people to leave alone."""
KINDS = ("s.last_contact < :quiet", "s.last_contact IS NULL", "s.last_contact >= :quiet")
"""The conditions of the others, in their order: ties gone quiet, people never met, people near."""
SAID: tuple[tuple[str, ...], ...] = (QUIET, (NEVER_MET,), (NEAR,))
"""The words for each kind; for ties gone quiet a number goes between the two parts."""
DAYS = sqlite.days_between("s.last_contact", ":today")
MONTHS = f"'{QUIET[0]}' || CAST({DAYS} / {MONTH} AS INTEGER) || '{QUIET[1]}'"
AMONG = f"""s.contact_id NOT IN (SELECT value FROM {sqlite.one_of((), "gone")[0]})
    AND NOT EXISTS (SELECT 1 FROM told d WHERE d.need_id = :need AND d.contact_id = s.contact_id)
    AND NOT EXISTS (SELECT 1 FROM need_for w WHERE w.need_id = :need AND w.contact_id = s.contact_id)
    AND s.contact_id NOT IN (SELECT id FROM contact WHERE {LEFT_ALONE})"""
"""The condition for a few examined contacts that they are not left out."""
OTHERS = f"""SELECT o.contact_id, c.name, o.last_contact FROM
    (SELECT s.contact_id, s.last_contact FROM contact_summary s WHERE {{kind}} AND {{holds}} AND {AMONG}
        ORDER BY s.last_contact, s.contact_id LIMIT :most OFFSET :start) o
    CROSS JOIN contact c ON c.id = o.contact_id"""
HOW_MANY = "SELECT count(*) FROM contact_summary s WHERE {kind}"
GONE_OF_EACH = f"""SELECT {", ".join(f"coalesce(sum({kind}), 0)" for kind in KINDS)}
    FROM contact_summary s WHERE s.contact_id IN {GONE}"""
HOW_MANY_OTHERS = f"SELECT count(*) FROM contact_summary s WHERE {{kind}} AND {{holds}} AND {AMONG}"
NAMED = "s.contact_id IN (SELECT id FROM contact WHERE {holds})"
"""Names are searched in an index: reading each contact in the order of last contact takes five times as long."""
COUNTED = f"""EXISTS (SELECT 1 FROM contact c WHERE c.id = s.contact_id
    AND {sqlite.has_part(f"c.folded || ' ' || {MONTHS}", ":word{number}")})"""
AMONG_SOME = f"s.contact_id IN {sqlite.one_of((), 'among')[0]}"
DIGITS = frozenset("0123456789")
MATCHING = f"""SELECT c.id, c.name, c.company, c.title, c.offers, c.city, s.last_contact FROM contact c
    LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE c.id IN ({{keys}}) AND {REACHABLE}"""
KNOWN = f"""SELECT contact_id, substr({
    " || ".join(f"CASE WHEN {part} <> '' THEN ', ' || {part} ELSE '' END" for part in ("name", "company", "topic"))
}, 3) FROM acquaintance WHERE contact_id IN ({{keys}}) ORDER BY id"""
"""SQL: (contact, "Carl Stone, Port of Lyon, cranes") for everybody a contact knows."""
MOST = 400
"""The most contacts weighed for each way of finding them; others who share a common word are not weighed."""
MOST_KNOWN = 200
"""The most contacts found for each word through their acquaintances or by a name."""
FIRST = 200
"""How many people without a match are read at first; the others are read when somebody scrolls to them."""


def whom_to_tell(wanted: Sought, need_id: int, today: date, *, most: int = MOST, budget: int = BUDGET) -> Suggestions:
    """Everyone who can be told of a need, without those on its told-list; the likeliest to help first.

    `most` contacts are weighed for each way of finding them, and `budget` rows of the index of words are read for each.
    Contacts who are not weighed come later, among people without a match.
    """
    near = {
        *who_offers(wanted.about.keys, most),
        *who_has(wanted.rare_stems, most, budget),
        *who_has(wanted.place_stems, most, budget),
        *_who_knows(wanted),
        *_named(wanted),
    }
    near -= _told(need_id, near)
    knows = grouped(ask_about(KNOWN, near))
    candidates = [
        ContactToTell(key, name, company, title, offers, tuple(knows.get(key, ())), day(last), city)
        for key, name, company, title, offers, city, last in ask_about(MATCHING, near)
    ]
    found = matching(wanted, candidates)
    left_out = frozenset(one.contact_id for one in found)
    nobody = Suggestions((), {}, today, need_id=need_id, left_out=left_out)
    ties = _others(0, nobody, 0, ties_among(found))
    return _begun(mixed(found, ties, today), left_out.union(key for key, *_ in ties), need_id, today)


def _told(need_id: int, contact_ids: Collection[int]) -> set[int]:
    """The contacts, among some, who are on the told-list of a need or own it."""
    sql = f"SELECT contact_id FROM told WHERE need_id = {int(need_id)} AND contact_id IN ({{keys}})"
    whose = ask("SELECT contact_id FROM need_for WHERE need_id = ?", (need_id,))
    return {key for (key,) in (*ask_about(sql, contact_ids), *whose)}


def without_told(known: Suggestions, today: date) -> Suggestions:
    """The same people in the same order, without those who meanwhile know of the need; counted again."""
    gone = _told(known.need_id, known.left_out)
    head = [one for one in known.head if one.contact_id not in gone]
    return _begun(head, known.left_out, known.need_id, today)


def holding(known: Suggestions, words: Sequence[str], among: frozenset[int] | None = None) -> Suggestions:
    """The people whose name and reason contain some folded words, in the same order; `among` some contacts."""
    head = [
        one for one in known.head
        if all(word in fold(f"{one.name} {one.why}") for word in words) and (among is None or one.contact_id in among)
    ]  # fmt: skip
    found = Suggestions(
        head, {}, known.today, need_id=known.need_id, left_out=known.left_out, words=tuple(words), among=among
    )
    counts = [
        int(ask(HOW_MANY_OTHERS.format(kind=kind, holds=_holds(place, found)), _parameters(found))[0][0])
        for place, kind in enumerate(KINDS)
    ]
    found.counts = (counts[0], counts[1], counts[2])
    return found


def _begun(head: Sequence[Suggestion], left_out: frozenset[int], need_id: int, today: date) -> Suggestions:
    found = Suggestions(head, {}, today, need_id=need_id, left_out=left_out)
    values = _parameters(found)
    ((*gone,),) = ask(GONE_OF_EACH, values)
    there = [ask(HOW_MANY.format(kind=kind), values)[0][0] for kind in KINDS]
    quiet, never, close = (int(all_of) - int(some) for all_of, some in zip(there, gone, strict=True))
    found.counts = (quiet, never, close)
    found.take(0, others(found, 0, FIRST))
    return found


def others(known: Suggestions, start: int, stop: int) -> list[Row]:
    """The people without a match, from index `start` among them up to `stop`."""
    rows: list[Row] = []
    before = 0
    for place, count in enumerate(known.counts):
        first, last = max(0, start - before), min(count, stop - before)
        if first < last:
            rows += _others(place, known, first, last - first)
        before += count
    return rows


def _others(place: int, known: Suggestions, start: int, most: int) -> list[Row]:
    values = _parameters(known) | {"start": start, "most": most}
    rows: list[Row] = ask(OTHERS.format(kind=KINDS[place], holds=_holds(place, known)), values)
    return rows


def _holds(place: int, known: Suggestions) -> str:
    """SQL: a condition that somebody of a kind contains the words and is among the examined contacts."""
    names, found = [], [AMONG_SOME] if known.among is not None else []
    for number, word in enumerate(known.words):
        if any(word in said for said in SAID[place]):
            continue
        if len(SAID[place]) > 1 and DIGITS.intersection(word):
            found.append(COUNTED.format(number=number))
        else:
            names.append(sqlite.has_part("folded", f":word{number}"))
    found += [NAMED.format(holds=" AND ".join(names))] if names else []
    return " AND ".join(found) or "TRUE"


def _parameters(known: Suggestions) -> dict[str, Any]:
    words = {f"word{number}": word for number, word in enumerate(known.words)}
    return words | {
        "gone": sqlite.one_of(known.left_out)[1][0],
        "need": known.need_id,
        "quiet": quiet_before(known.today),
        "today": known.today.isoformat(),
        "among": sqlite.one_of(known.among or ())[1][0],
    }


def _named(wanted: Sought) -> set[int]:
    """The contacts named in the line about who might know."""
    found: set[int] = set()
    for hint in wanted.who:
        subquery, parameters = sqlite.search_match(sorted(hint.tokens))
        found.update(key for (key,) in ask(f"SELECT id FROM {subquery} AS found LIMIT {MOST_KNOWN}", parameters))
    return found


def _who_knows(wanted: Sought) -> set[int]:
    """The contacts whose acquaintances have a name, a thing or a town of the need."""
    found: set[int] = set()
    for words in wanted.known_by:
        known = sqlite.known_match(words, MOST_KNOWN)
        if known is not None:
            whose = f"SELECT contact_id FROM acquaintance WHERE id IN {known[0]}"
            found.update(key for (key,) in ask(whose, known[1]))
    return found
