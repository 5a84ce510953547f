"""Whom a need can be told to: whoever may have to do with it, found through the indexes, and everybody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.core.network.reasons import ContactToTell
from planner.core.network.sought import Sought
from planner.core.network.telling import Suggestions, in_order, matching
from planner.store import sqlite
from planner.store.connection import ask, ask_about, day, grouped
from planner.store.facts.contact_words import BUDGET, who_has
from planner.store.facts.needs import REACHABLE
from planner.store.facts.wishes import who_offers

# The names in the order of the table, the days in that of their index: joined, each is looked up by itself, which takes
# twice as long.
NAMES = f"SELECT c.id, c.name FROM contact c WHERE {REACHABLE.replace('c.status', '+c.status')}"
DAYS = "SELECT contact_id, last_contact FROM contact_summary ORDER BY last_contact, contact_id"
MATCHING = f"""SELECT c.id, c.name, c.company, c.title, c.offers, c.city, s.last_contact FROM contact c
    LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE c.id IN ({{keys}}) AND {REACHABLE}"""
KNOWN = "SELECT contact_id, name, company, topic FROM acquaintance WHERE contact_id IN ({keys}) ORDER BY id"
MOST = 600
"""The most contacts that are weighed for each way of being found; others who share a common word are not weighed."""
MOST_KNOWN = 200
"""The most contacts found for each word by whom they know or by a name."""


def whom_to_tell(
    wanted: Sought, exclude: Iterable[int], today: date, *, most: int = MOST, budget: int = BUDGET
) -> Suggestions:
    """Everyone a need can be told to, without the contacts `exclude`; the likeliest to help first.

    `most` contacts are weighed for each way of being found, `budget` rows of the index of words are read for each.
    Contacts who are not weighed come after, as those with whom nothing is shared.
    """
    left_out = set(exclude)
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
    left_out.update(one.contact_id for one in found)
    names = dict(ask(NAMES))
    for key in left_out:
        names.pop(key, None)
    return in_order(found, [(key, names[key], last) for key, last in ask(DAYS) if key in names], today)


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
        known = sqlite.known_match(words)
        if known is not None:
            whose = f"SELECT contact_id FROM acquaintance WHERE id IN {known[0]} LIMIT {MOST_KNOWN}"
            found.update(key for (key,) in ask(whose, known[1]))
    return found
