"""Counts for needs, from indexes: people who know, due news, and people still to hear how a need went.

People who were told are counted without being read. People to leave alone, and people with an entry about the need in
the ledger, are few: they are read one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from planner.core.needs import KNOWS_OF_IT, Hearing, ToldState, hearing
from planner.store.connection import ask, ask_about
from planner.store.facts.needs import REACHABLE, TOLD, told_entry_of
from planner.store.tables.base import LEFT_ALONE

_KNOWS = ", ".join(f"'{state}'" for state in sorted(KNOWS_OF_IT))
KNOWN = f"SELECT d.need_id, count(*) FROM told d WHERE d.need_id IN ({{keys}}) AND d.state IN ({_KNOWS}) GROUP BY 1"
WAITING = f"""SELECT d.need_id, count(*) FROM told d WHERE d.need_id IN ({{keys}}) AND d.state IN ({_KNOWS})
    AND d.heard_on IS NULL AND d.let_be_on IS NULL GROUP BY 1"""
_OF_STATE = """SELECT d.need_id, count(*) FROM told d WHERE d.need_id IN ({{keys}}) AND d.state = '{}' {}GROUP BY 1"""
HEARD_OF = _OF_STATE.format(ToldState.HEARD_OF, "")
ALONE = f"""SELECT d.need_id, d.state, d."on", d.heard_on IS NULL AND d.let_be_on IS NULL
    FROM (SELECT id FROM contact WHERE {LEFT_ALONE}) c CROSS JOIN told d ON d.contact_id = c.id
    WHERE +d.need_id IN ({{keys}})"""
IN_LEDGER = f"""{TOLD} WHERE d.id IN (SELECT n.id FROM favor e CROSS JOIN told n ON n.need_id = e.need_id
    AND n.contact_id = e.contact_id WHERE e.need_id IN ({{keys}}))"""

WHOSE = f"""SELECT w.need_id FROM need_for w JOIN contact c ON c.id = w.contact_id
    WHERE w.need_id IN ({{keys}}) AND {REACHABLE}"""
"""The needs of other people who can be reached: nobody is told of their own need."""
LET_BE = f"SELECT count(*) FROM told d WHERE d.need_id = ? AND d.state IN ({_KNOWS}) AND d.let_be_on IS NOT NULL"
ALONE_UNHEARD = f"""{TOLD} WHERE d.id IN (SELECT n.id FROM (SELECT id FROM contact WHERE {LEFT_ALONE}) a
    CROSS JOIN told n ON n.contact_id = a.id WHERE n.need_id = ? AND n.heard_on IS NULL AND n.let_be_on IS NULL)"""


def news_due(nudged: date) -> str:
    """SQL that counts the people told up to a day and silent since."""
    return _OF_STATE.format(ToldState.TOLD, f"AND d.\"on\" <= '{nudged.isoformat()}' ")


def coverage_of(need_ids: Collection[int], nudged: date) -> dict[int, tuple[int, int, int]]:
    """By need: (how many know of it, how many news are due from people told up to `nudged`, what to add to the number
    of reachable people).

    People who were told but cannot be reached any more are added; reachable people who only heard of it from others are
    subtracted, until I have written to them.
    """
    known, due, heard_of = (dict(ask_about(sql, need_ids)) for sql in (KNOWN, news_due(nudged), HEARD_OF))
    more = dict.fromkeys(need_ids, 0)
    for need_id, state, on, _ in ask_about(ALONE, need_ids):
        if state == ToldState.HEARD_OF:
            heard_of[need_id] -= 1
        else:
            more[need_id] += 1
        if state == ToldState.TOLD and on <= nudged.isoformat():
            due[need_id] -= 1
    for (need_id,) in ask_about(WHOSE, need_ids):
        more[need_id] -= 1
    return {key: (known.get(key, 0), due.get(key, 0), more[key] - heard_of.get(key, 0)) for key in need_ids}


def to_hear_counts(need_ids: Iterable[int]) -> dict[int, int]:
    """By need, how many are still to hear how it went, by the rules of `core.needs.hearing`, as if it were closed."""
    keys = list(need_ids)
    found = dict.fromkeys(keys, 0) | dict(ask_about(WAITING, keys))
    for need_id, state, _, waits in ask_about(ALONE, keys):
        found[need_id] -= bool(waits) and state in KNOWS_OF_IT
    for one in map(told_entry_of, ask_about(IN_LEDGER, keys)):
        plain = one.state in KNOWS_OF_IT and one.heard_on is None and one.let_be_on is None and one.reachable
        found[one.need_id] += (hearing(one) is Hearing.TO_HEAR) - plain
    return found


def let_be_count(need_id: int) -> int:
    """How many who knew of a closed need need not hear how it went, by the rules of `core.needs.hearing`."""
    ((count,),) = ask(LET_BE, (need_id,))
    alone = map(told_entry_of, ask(ALONE_UNHEARD, (need_id,)))
    return int(count) + sum(hearing(one) is Hearing.LET_BE for one in alone)
