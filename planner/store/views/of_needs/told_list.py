"""The told-list of a need by pages: the size of each group, a page of a group, and the first people who wait. Of
thousands who were told only those needed are read; the others are counted in indexes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache

from planner.core.model import FavorState
from planner.core.needs import (
    KNOWS_OF_IT,
    Hearing,
    Told,
    ToldGroup,
    ToldState,
    hearing,
    standing,
    to_hear,
)
from planner.core.words.folding import fold
from planner.core.words.told_words import standing_words
from planner.store import sqlite
from planner.store.connection import ask, ask_about, day
from planner.store.evidence.replies import replies_to_told
from planner.store.facts.needs import PASSED_NAME, REACHABLE, TOLD, told_entry_of, told_with
from planner.store.tables.base import LEFT_ALONE
from planner.store.views.of_needs import need_counts

_ALONE = f"(SELECT id FROM contact WHERE {LEFT_ALONE})"
_HELPED = ", ".join(f"'{state}'" for state in FavorState if standing(ToldState.ASKED, state) is ToldState.HELPED)
_ANSWERED = f"{_HELPED}, '{FavorState.DECLINED}'"
IN_GROUP = {
    ToldGroup.DUE: f"d.state = 'told' AND d.\"on\" <= :nudged AND d.contact_id NOT IN {_ALONE}",
    ToldGroup.HEARD_OF: "d.state = 'heard of'",
    ToldGroup.TOLD: f"d.state = 'told' AND (d.\"on\" > :nudged OR d.contact_id IN {_ALONE})",
    ToldGroup.ASKED: f"d.state = 'asked' AND coalesce(f.state, '') NOT IN ({_ANSWERED})",
    ToldGroup.HELPED: f"d.state IN ('asked', 'helped') AND (d.state = 'helped' OR f.state IN ({_HELPED}))",
    ToldGroup.PASSED: "d.state = 'passed on'",
    ToldGroup.DECLINED: "d.state IN ('asked', 'declined') AND (d.state = 'declined' OR f.state = 'declined')",
}
"""SQL for the people in each group. For an ask the state of its favor decides, as in `core.needs.standing`."""
ORDER = 'd."on", d.heard_on, d.let_be_on, d.id'
"""By the day of the step, and within a day in the order of telling: the order of the index `told_need_id_state`."""
PAGE = f"""SELECT d.contact_id FROM told d LEFT JOIN favor f ON f.id = d.favor_id
    WHERE d.need_id = :need AND {{group}} ORDER BY {ORDER} LIMIT :most OFFSET :start"""
BY_STATE = "SELECT state, count(*) FROM told WHERE need_id = ? GROUP BY state"
ASKED_BY_FAVOR = """SELECT f.state, count(*) FROM told d CROSS JOIN favor f ON f.id = d.favor_id
    WHERE d.need_id = ? AND d.state = 'asked' GROUP BY f.state"""
ALL_OF_IT = f"""SELECT d.contact_id, c.name, c.folded, d.state, f.state, d."on", d.heard_on, d.let_be_on, {REACHABLE},
    {PASSED_NAME} FROM told d JOIN contact c ON c.id = d.contact_id LEFT JOIN favor f ON f.id = d.favor_id
    LEFT JOIN contact p ON p.id = d.passed_to_id WHERE d.need_id = ? ORDER BY {ORDER}"""
FIRST_SILENT = f"""SELECT d.contact_id FROM told d WHERE d.need_id = :need AND d.state = 'told'
    AND d.contact_id NOT IN {_ALONE} AND d.contact_id NOT IN {sqlite.one_of((), "wrote")[0]}
    ORDER BY d."on", d.contact_id LIMIT 1"""
_KNOWS = ", ".join(f"'{state}'" for state in sorted(KNOWS_OF_IT))
_NOT_IN_LEDGER = "d.contact_id NOT IN (SELECT contact_id FROM favor WHERE need_id = :need)"
_WAITS = f"d.heard_on IS NULL AND d.let_be_on IS NULL AND d.contact_id NOT IN {_ALONE} AND {_NOT_IN_LEDGER}"
FIRST_TO_HEAR = f"""SELECT d.contact_id FROM told d WHERE d.need_id = :need AND d.state IN ({_KNOWS}) AND {_WAITS}
    ORDER BY d.contact_id LIMIT 1"""
FIRST_STATES = (ToldState.HELPED, ToldState.PASSED)
"""The states that come first on the page of a closed need."""
FIRST = "d.need_id = ? AND d.state IN ('helped', 'passed on') AND d.heard_on IS NULL AND d.let_be_on IS NULL"
TO_HEAR_PAGE = f"""SELECT d.contact_id FROM told d WHERE d.need_id = :need
    AND d.state IN ('asked', 'declined', 'told') AND {_WAITS}
    ORDER BY d.state DESC, {ORDER} LIMIT :most OFFSET :start"""
WROTE_SINCE = """SELECT DISTINCT d.contact_id FROM told d CROSS JOIN evidence e ON e.contact_id = d.contact_id
    WHERE d.need_id = ? AND d.state = 'told' AND e.kind IN ('wrote', 'overheard', 'said') AND e."on" >= d."on\""""

Named = tuple[int, str]
"""(id, name) of a contact."""


def group_counts(need_id: int, due: int) -> dict[ToldGroup, int]:
    """The size of each group; `due` of the people who were told are in the group of due answers."""
    found = {ToldGroup(state): int(count) for state, count in ask(BY_STATE, (need_id,))}
    for favor, count in ask(ASKED_BY_FAVOR, (need_id,)):
        state = standing(ToldState.ASKED, FavorState(favor))
        found[ToldGroup.ASKED] -= count
        found[ToldGroup(state)] = found.get(ToldGroup(state), 0) + count
    found[ToldGroup.DUE] = due
    found[ToldGroup.TOLD] = found.get(ToldGroup.TOLD, 0) - due
    return {group: found[group] for group in ToldGroup if found.get(group)}


def page(need_id: int, group: ToldGroup, nudged: date | None, start: int, stop: int) -> list[Told]:
    """The contacts of one group of the told-list, from index `start` up to `stop`; an answer is due from everyone told
    up to the day `nudged`.
    """
    values = {"need": need_id, "nudged": _iso(nudged), "start": start, "most": stop - start}
    return _in_order(need_id, ask(PAGE.format(group=IN_GROUP[group]), values))


def names_in(need_id: int, group: ToldGroup) -> list[str]:
    """The names of the contacts in a group; none are listed for the group of due answers."""
    values = {"need": need_id, "nudged": "", "start": 0, "most": -1}
    return [name for _, name in _named([key for (key,) in ask(PAGE.format(group=IN_GROUP[group]), values)])]


def _iso(nudged: date | None) -> str:
    return nudged.isoformat() if nudged is not None else ""


def _in_order(need_id: int, rows: Sequence[tuple[int]]) -> list[Told]:
    keys = [key for (key,) in rows]
    found = {one.contact_id: one for one in told_with(need_id, keys)}
    return [found[key] for key in keys]


def holding(need_id: int, nudged: date | None, words: Collection[str], today: date) -> dict[ToldGroup, list[Named]]:
    """By group, everybody whose name or state in words contains all of some folded words, in the order of the pages."""
    found: dict[ToldGroup, list[Named]] = {}

    @cache
    def said(*standing_of: str | None) -> str:
        state, favor, on, heard, let_be, passed = standing_of
        known = FavorState(favor) if favor is not None else None
        one = Told(
            need_id, 0, "", standing(ToldState(state or ""), known), day(on), passed_name=passed or "",
            favor_state=known, heard_on=day(heard), let_be_on=day(let_be),
        )  # fmt: skip
        return fold(standing_words(one, today))

    for key, name, folded, state, favor, on, heard, let_be, reachable, passed in ask(ALL_OF_IT, (need_id,)):
        if words:
            text = f"{folded} {said(state, favor, on, heard, let_be, passed)}"
            if not all(word in text for word in words):
                continue
        stands = standing(ToldState(state), FavorState(favor) if favor is not None else None)
        due = stands is ToldState.TOLD and reachable and on <= _iso(nudged)
        found.setdefault(ToldGroup.DUE if due else ToldGroup(stands), []).append((key, name))
    return {group: found[group] for group in ToldGroup if group in found}


def that_matter(need_id: int, *, closed: bool, today: date | None) -> tuple[list[Told], int, dict[int, date]]:
    """(the people of a told-list on whom the need's items depend, how many more wait, who wrote when).

    `core.needs.need_items` makes the same items from them as from the whole list.
    """
    return _of_closed(need_id) if closed else _of_open(need_id, today)


def _of_open(need_id: int, today: date | None) -> tuple[list[Told], int, dict[int, date]]:
    wrote = told_with(need_id, [key for (key,) in ask(WROTE_SINCE, (need_id,))])
    replied = replies_to_told(wrote, today)
    found = [one for one in wrote if one.contact_id in replied]
    heard_of = ask(PAGE.format(group=IN_GROUP[ToldGroup.HEARD_OF]), {"need": need_id, "most": -1, "start": 0})
    found += _in_order(need_id, heard_of)
    _, silent, _ = need_counts.coverage_of([need_id], date.max)[need_id]
    first = ask(FIRST_SILENT, {"need": need_id, "wrote": sqlite.one_of(replied)[1][0]})
    return [*found, *_in_order(need_id, first)], max(0, silent - len(replied) - 1), replied


def _of_closed(need_id: int) -> tuple[list[Told], int, dict[int, date]]:
    in_ledger = [told_entry_of(row) for row in ask_about(need_counts.IN_LEDGER, [need_id])]
    first = _in_order(need_id, ask(FIRST_TO_HEAR, {"need": need_id}))
    hear = need_counts.to_hear_counts([need_id])[need_id]
    others = hear - sum(hearing(one) is Hearing.TO_HEAR for one in in_ledger)
    return [*to_hear(in_ledger), *first], max(0, others - 1), {}


def first_to_hear(need_id: int) -> list[Told]:
    """The people to hear how a closed need went who helped, passed it on or are in the ledger, in page order."""
    rows = ask(f"{TOLD} WHERE {FIRST}", (need_id,))
    rows += ask_about(need_counts.IN_LEDGER, [need_id])
    known = {one.contact_id: one for one in map(told_entry_of, rows) if hearing(one) is Hearing.TO_HEAR}
    place = {state: number for number, state in enumerate(FIRST_STATES)}
    return sorted(known.values(), key=lambda one: (place.get(one.state, len(place)), fold(one.name), one.contact_id))


def others_to_hear(need_id: int, start: int, stop: int) -> list[Told]:
    """Everybody else who is to hear, from index `start` up to `stop`."""
    return _in_order(need_id, ask(TO_HEAR_PAGE, {"need": need_id, "start": start, "most": stop - start}))


def others_named(need_id: int) -> list[Named]:
    """(id, name) of everybody else who is to hear, in page order."""
    return _named([key for (key,) in ask(TO_HEAR_PAGE, {"need": need_id, "start": 0, "most": -1})])


def _named(contact_ids: Sequence[int]) -> list[Named]:
    names = dict(ask_about("SELECT id, name FROM contact WHERE id IN ({keys})", contact_ids))
    return [(key, names[key]) for key in contact_ids]
