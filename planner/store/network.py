"""Needs, who was told, introductions, who knows whom, and who matches: reading and writing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.folding import fold
from planner.core.introductions import Answer, Introduction
from planner.core.matchmaking import Side
from planner.core.model import Favor, FavorDirection, FavorState
from planner.core.needs import Candidate, Need, Told, ToldState, standing
from planner.core.reach import Match, Standing, spread_days
from planner.store import tables as t
from planner.store.facts import batches, day, favors_where, grouped, select

if TYPE_CHECKING:
    from planner.store.writing import Writer

NEED_COLUMNS = "id, title, why, wanted_by, created_on, closed_on, outcome, version"
TOLD = """SELECT d.need_id, d.contact_id, c.name, d.state, d."on", d.passed_to_id, d.favor_id, f.state, p.name
    FROM told d JOIN contact c ON c.id = d.contact_id
    LEFT JOIN favor f ON f.id = d.favor_id LEFT JOIN contact p ON p.id = d.passed_to_id"""
REACHABLE = "c.status = 'active' AND c.mode <> 'never'"
"""Whom a need can be told to: the living who are not to be left alone."""
INTRODUCTION = """SELECT i.id, i.one_id, i.other_id, a.name, b.name, i.note, i.created_on, i.one_answer, i.one_on,
    i.other_answer, i.other_on, i.made_on, i.worked_on, i.closed_on, i.version
    FROM introduction i JOIN contact a ON a.id = i.one_id JOIN contact b ON b.id = i.other_id"""


def run(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    rows: list[tuple[Any, ...]] = t.database_proxy.execute_sql(sql, parameters).fetchall()
    return rows


# Needs


def _need(row: tuple[Any, ...]) -> Need:
    key, title, why, by, created_on, closed_on, outcome, version = row
    return Need(key, title, why, day(by), day(created_on), day(closed_on), outcome, version)


def need(need_id: int) -> Need | None:
    """One need, or None."""
    rows = run(f"SELECT {NEED_COLUMNS} FROM need WHERE id = ?", (need_id,))
    return _need(rows[0]) if rows else None


def needs(closed: bool = False) -> list[Need]:
    """The open needs, the one wanted soonest first; with `closed` those that are over, newest first."""
    order = "closed_on DESC, id DESC" if closed else "wanted_by IS NULL, wanted_by, id"
    state = "NOT NULL" if closed else "NULL"
    return [_need(row) for row in run(f"SELECT {NEED_COLUMNS} FROM need WHERE closed_on IS {state} ORDER BY {order}")]


def insert_need(writer: Writer, title: str, why: str, by: date | None, today: date) -> int:
    """A new need; gives its id."""
    key: int = writer.insert(t.Need, uid=uuid.uuid4().hex, title=title, why=why, wanted_by=by, created_on=today)
    return key


def update_need(writer: Writer, need_id: int, version: int | None = None, **changes: Any) -> None:
    """Change a need's columns."""
    writer.update(t.Need, need_id, version, **changes)


def told_of(need_id: int) -> list[Told]:
    """Everyone told about a need or beyond, by name."""
    return [_told(row) for row in run(f"{TOLD} WHERE d.need_id = ? ORDER BY c.folded, c.id", (need_id,))]


def told_entry(need_id: int, contact_id: int) -> Told | None:
    """Where one contact stands with a need, or None while nothing was said."""
    rows = run(f"{TOLD} WHERE d.need_id = ? AND d.contact_id = ?", (need_id, contact_id))
    return _told(rows[0]) if rows else None


def _told(row: tuple[Any, ...]) -> Told:
    need_id, contact_id, name, state, on, passed_to, favor_id, favor_state, passed_name = row
    favor = FavorState(favor_state) if favor_state is not None else None
    return Told(
        need_id, contact_id, name, standing(ToldState(state), favor), day(on), passed_to, favor_id,
        passed_name or "", favor,
    )  # fmt: skip


def to_tell(need_id: int) -> int:
    """How many people a need can be told to: everyone active who is not to be left alone, and whoever was told."""
    everyone = run(f"SELECT count(*) FROM contact c WHERE {REACHABLE}")[0][0]
    others = run(
        f"SELECT count(*) FROM told d JOIN contact c ON c.id = d.contact_id WHERE d.need_id = ? AND NOT ({REACHABLE})",
        (need_id,),
    )[0][0]
    return int(everyone) + int(others)


def favors_of_need(need_id: int) -> list[Favor]:
    """The asks and the help that came of a need, oldest first."""
    return favors_where(t.Favor.need_id == need_id)


def people_of_need(need_id: int, offset: int, limit: int) -> list[tuple[int, str, ToldState]]:
    """(id, name, state) of whom it can be told to and whoever was told, by name; untold where nothing was said."""
    rows = run(
        "SELECT c.id, c.name, coalesce(d.state, 'untold'), f.state FROM contact c"
        " LEFT JOIN told d ON d.contact_id = c.id AND d.need_id = ? LEFT JOIN favor f ON f.id = d.favor_id"
        f" WHERE ({REACHABLE}) OR d.id IS NOT NULL ORDER BY c.folded, c.id LIMIT ? OFFSET ?",
        (need_id, limit, offset),
    )
    return [
        (key, name, standing(ToldState(state), FavorState(favor) if favor is not None else None))
        for key, name, state, favor in rows
    ]


def set_told(
    writer: Writer,
    need_id: int,
    contact_id: int,
    state: ToldState,
    on: date,
    *,
    passed_to: int | None = None,
    favor_id: int | None = None,
) -> None:
    """Where a contact stands with a need from a day on."""
    rows = run("SELECT id FROM told WHERE need_id = ? AND contact_id = ?", (need_id, contact_id))
    values: dict[str, Any] = {"state": str(state), "on": on}
    if passed_to is not None:
        values["passed_to"] = passed_to
    if favor_id is not None:
        values["favor"] = favor_id
    if rows:
        writer.update(t.Told, rows[0][0], **values)
    else:
        writer.insert(t.Told, need=need_id, contact=contact_id, **values)


def merge_told(writer: Writer, kept_id: int, other_id: int) -> None:
    """Give one contact what the other was told; where both stand in a need, the one further on counts."""
    further = ("told", "declined", "asked", "passed on", "helped")
    for key, need_id, state in run("SELECT id, need_id, state FROM told WHERE contact_id = ?", (other_id,)):
        own = run("SELECT id, state FROM told WHERE need_id = ? AND contact_id = ?", (need_id, kept_id))
        if not own:
            writer.update(t.Told, key, contact=kept_id)
        elif further.index(state) <= further.index(own[0][1]):
            writer.delete(t.Told, key)
        else:
            writer.delete(t.Told, own[0][0])
            writer.update(t.Told, key, contact=kept_id)
    for (key,) in run("SELECT id FROM told WHERE passed_to_id = ?", (other_id,)):
        writer.update(t.Told, key, passed_to=kept_id)


def candidates(exclude: Iterable[int]) -> list[Candidate]:
    """Everyone a need can be told to as far as a suggestion needs it, but those to leave out."""
    left_out = set(exclude)
    knows = grouped(run("SELECT contact_id, trim(name || ' ' || company || ' ' || topic) FROM acquaintance"))
    rows = run(
        "SELECT c.id, c.name, c.company, c.title, c.offers, s.last_contact FROM contact c"
        f" LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE {REACHABLE}"
    )
    return [
        Candidate(key, name, company, title, offers, tuple(knows.get(key, ())), day(last))
        for key, name, company, title, offers, last in rows
        if key not in left_out
    ]


# Introductions


def _introduction(row: tuple[Any, ...]) -> Introduction:
    key, one, other, one_name, other_name, note, created, a, a_on, b, b_on, made, worked, closed, version = row
    return Introduction(
        key, one, other, one_name, other_name, note, day(created), Answer(a), day(a_on), Answer(b), day(b_on),
        day(made), day(worked), day(closed), version,
    )  # fmt: skip


def introduction(introduction_id: int) -> Introduction | None:
    """One introduction, or None."""
    rows = run(f"{INTRODUCTION} WHERE i.id = ?", (introduction_id,))
    return _introduction(rows[0]) if rows else None


def introductions(*, with_contact: int | None = None, only_open: bool = True) -> list[Introduction]:
    """Introductions, the newest first."""
    conditions = ["i.closed_on IS NULL"] if only_open else []
    if with_contact is not None:
        conditions.append(f"{int(with_contact)} IN (i.one_id, i.other_id)")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return [_introduction(row) for row in run(f"{INTRODUCTION}{where} ORDER BY i.id DESC")]


def introductions_with(contact_ids: Sequence[int]) -> list[Introduction]:
    """The open introductions of contacts; at most `BATCH` ids at once."""
    sql = f"{INTRODUCTION} WHERE i.closed_on IS NULL AND (i.one_id IN ({{ids}}) OR i.other_id IN ({{ids}}))"
    return [_introduction(row) for row in select(sql, contact_ids)]


def insert_introduction(writer: Writer, one: int, other: int, note: str, today: date) -> int:
    """A new introduction, of which the first is asked today; gives its id."""
    key: int = writer.insert(
        t.Introduction,
        uid=uuid.uuid4().hex,
        one=one,
        other=other,
        note=note,
        created_on=today,
        one_answer=str(Answer.ASKED),
        one_on=today,
    )
    return key


def update_introduction(writer: Writer, before: Introduction, after: Introduction) -> None:
    """Write what changed between two values of one introduction."""
    names = ("note", "one_answer", "one_on", "other_answer", "other_on", "made_on", "worked_on", "closed_on")
    changes = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    for name in ("one_answer", "other_answer"):
        if name in changes:
            changes[name] = str(changes[name])
    if changes:
        writer.update(t.Introduction, before.id, **changes)


# Who knows whom


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
    rows = run("SELECT id, company, topic FROM acquaintance WHERE contact_id = ? AND folded = ?", (contact_id, folded))
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
    """Contacts who are the target or work there, and acquaintances who do; by whole words of it, folded."""
    words = [word for word in fold(target).split() if word]
    if not words:
        return []
    found: list[Match] = []
    for key, name, company, title, offers in _contacts_holding(words, most):
        why = _why_contact(words, name, company, title, offers)
        if why:
            found.append(Match(key, why))
    parts = " AND ".join("instr(about, ?) > 0" for _ in words)
    rows = run(
        "SELECT contact_id, name, company, topic, other_id FROM acquaintance"
        f" WHERE {parts} ORDER BY id LIMIT {int(most)}",
        words,
    )
    for contact_id, name, company, topic, other_id in rows:
        why = ", ".join(part for part in (company, topic) if part) or "knows them"
        found.append(Match(contact_id, why, name, other_id))
    return found


def _contacts_holding(words: Sequence[str], most: int) -> list[tuple[Any, ...]]:
    from planner.store.sqlite_only import search_match

    sql, parameters = search_match(words)
    return run(
        f"SELECT id, name, company, title, offers FROM contact WHERE status = 'active' AND id IN {sql}"
        f" ORDER BY id LIMIT {int(most)}",
        parameters,
    )


def _why_contact(words: Sequence[str], name: str, company: str, title: str, offers: str) -> str:
    """Why a contact fits a target; empty when only some other part of what is known holds its words."""
    for text, why in ((name, "you know them"), (company, f"works at {company}"), (title, title), (offers, offers)):
        folded = fold(text)
        if text and all(word in folded for word in words):
            return why
    return ""


def who_knows(contact_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The contacts who know each of these contacts, or are known by them."""
    found: dict[int, set[int]] = {}
    for ids in batches(sorted(set(contact_ids))):
        pairs = select("SELECT contact_id, other_id FROM acquaintance WHERE other_id IN ({ids})", ids)
        pairs += [
            (other, one)
            for one, other in select(
                "SELECT contact_id, other_id FROM acquaintance WHERE contact_id IN ({ids}) AND other_id IS NOT NULL",
                ids,
            )
        ]
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
        for key, direction, asked_on, done_on in select(
            "SELECT contact_id, direction, asked_on, done_on FROM favor WHERE contact_id IN ({ids})", ids
        ):
            on = day(done_on)
            if direction == FavorDirection.GIVEN and on is not None:
                helped[key] = max(helped.get(key, on), on)
                gave[key] = gave.get(key, 0) + (on > year_ago)
            elif direction == FavorDirection.RECEIVED and asked_on and (day(asked_on) or today) > year_ago:
                asked[key] = asked.get(key, 0) + 1
        rows = select(
            "SELECT c.id, c.name, s.last_contact FROM contact c LEFT JOIN contact_summary s ON s.contact_id = c.id"
            " WHERE c.id IN ({ids})",
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


# Who matches


def looking_for() -> list[Side]:
    """Active contacts with what they look for."""
    return [
        Side(*row)
        for row in run(
            "SELECT id, name, looking_for FROM contact WHERE looking_for <> '' AND status = 'active' ORDER BY id"
        )
    ]


def offering() -> list[Side]:
    """Active contacts with what they offer."""
    return [
        Side(*row)
        for row in run("SELECT id, name, offers FROM contact WHERE offers <> '' AND status = 'active' ORDER BY id")
    ]


def not_these() -> set[tuple[int, int]]:
    """Pairs that are not to be proposed, the smaller id first."""
    return {(min(pair), max(pair)) for pair in run("SELECT one_id, other_id FROM not_these")}


def insert_not_these(writer: Writer, one: int, other: int, today: date) -> None:
    """Do not propose these two again."""
    if (min(one, other), max(one, other)) not in not_these():
        writer.insert(t.NotThese, one=min(one, other), other=max(one, other), on=today)
