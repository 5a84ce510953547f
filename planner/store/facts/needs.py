"""Needs, and where everyone stands with them: reading and writing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.model import Favor, FavorState
from planner.core.needs import Candidate, Need, Told, ToldState, standing
from planner.store import tables as t
from planner.store.connection import ask, day, grouped
from planner.store.facts.rhythm_facts import favors_where

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

NEED_COLUMNS = "id, title, why, wanted_by, created_on, closed_on, outcome, version"
REACHABLE = "c.status = 'active' AND c.mode <> 'never'"
"""Whom a need can be told to: the living who are not to be left alone."""
TOLD = f"""SELECT d.need_id, d.contact_id, c.name, d.state, d."on", d.passed_to_id, d.favor_id, f.state, p.name,
    {REACHABLE} FROM told d JOIN contact c ON c.id = d.contact_id
    LEFT JOIN favor f ON f.id = d.favor_id LEFT JOIN contact p ON p.id = d.passed_to_id"""


def _need(row: tuple[Any, ...]) -> Need:
    key, title, why, by, created_on, closed_on, outcome, version = row
    return Need(key, title, why, day(by), day(created_on), day(closed_on), outcome, version)


def need(need_id: int) -> Need | None:
    """One need, or None."""
    rows = ask(f"SELECT {NEED_COLUMNS} FROM need WHERE id = ?", (need_id,))
    return _need(rows[0]) if rows else None


def needs(closed: bool = False) -> list[Need]:
    """The open needs, the one wanted soonest first; with `closed` those that are over, newest first."""
    order = "closed_on DESC, id DESC" if closed else "wanted_by IS NULL, wanted_by, id"
    state = "NOT NULL" if closed else "NULL"
    return [_need(row) for row in ask(f"SELECT {NEED_COLUMNS} FROM need WHERE closed_on IS {state} ORDER BY {order}")]


def insert_need(writer: Writer, title: str, why: str, by: date | None, today: date) -> int:
    """A new need; gives its id."""
    key: int = writer.insert(t.Need, title=title, why=why, wanted_by=by, created_on=today)
    return key


def update_need(writer: Writer, need_id: int, version: int | None = None, **changes: Any) -> None:
    """Change a need's columns."""
    writer.update(t.Need, need_id, version, **changes)


def told_of(need_id: int) -> list[Told]:
    """Everyone told about a need or beyond, by name."""
    return [_told(row) for row in ask(f"{TOLD} WHERE d.need_id = ? ORDER BY c.folded, c.id", (need_id,))]


def told_entry(need_id: int, contact_id: int) -> Told | None:
    """Where one contact stands with a need, or None while nothing was said."""
    rows = ask(f"{TOLD} WHERE d.need_id = ? AND d.contact_id = ?", (need_id, contact_id))
    return _told(rows[0]) if rows else None


def _told(row: tuple[Any, ...]) -> Told:
    need_id, contact_id, name, state, on, passed_to, favor_id, favor_state, passed_name, reachable = row
    favor = FavorState(favor_state) if favor_state is not None else None
    return Told(
        need_id, contact_id, name, standing(ToldState(state), favor), day(on), passed_to, favor_id,
        passed_name or "", favor, bool(reachable),
    )  # fmt: skip


def steps_between(start: date, end: date) -> list[tuple[int, str, int, str, ToldState, date, int]]:
    """(need, title, contact, name, state, day, how many more) of what was said about needs in a span of days.

    One line for each need, day and state: telling three hundred people is one thing done.
    """
    rows = ask(
        """SELECT s.need_id, n.title, s.first, c.name, s.state, s."on", s.more FROM
        (SELECT need_id, state, "on", min(contact_id) AS first, count(*) - 1 AS more FROM told
            WHERE "on" BETWEEN ? AND ? AND state <> 'asked' GROUP BY need_id, state, "on") s
        JOIN need n ON n.id = s.need_id JOIN contact c ON c.id = s.first ORDER BY s."on", s.need_id, s.state""",
        (start.isoformat(), end.isoformat()),
    )
    return [
        (need_id, title, contact_id, name, ToldState(state), date.fromisoformat(on), more)
        for need_id, title, contact_id, name, state, on, more in rows
    ]


def to_tell(need_id: int) -> int:
    """How many people a need can be told to: everyone active who is not to be left alone, and whoever was told."""
    everyone = ask(f"SELECT count(*) FROM contact c WHERE {REACHABLE}")[0][0]
    others = ask(
        f"SELECT count(*) FROM told d JOIN contact c ON c.id = d.contact_id WHERE d.need_id = ? AND NOT ({REACHABLE})",
        (need_id,),
    )[0][0]
    return int(everyone) + int(others)


def favors_of_need(need_id: int) -> list[Favor]:
    """The asks and the help that came of a need, oldest first."""
    return favors_where(t.Favor.need_id == need_id)


def people_of_need(need_id: int, offset: int, limit: int) -> list[tuple[int, str, ToldState]]:
    """(id, name, state) of whom it can be told to and whoever was told, by name; untold where nothing was said."""
    rows = ask(
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
    rows = ask("SELECT id FROM told WHERE need_id = ? AND contact_id = ?", (need_id, contact_id))
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
    for key, need_id, state in ask("SELECT id, need_id, state FROM told WHERE contact_id = ?", (other_id,)):
        own = ask("SELECT id, state FROM told WHERE need_id = ? AND contact_id = ?", (need_id, kept_id))
        if not own:
            writer.update(t.Told, key, contact=kept_id)
        elif further.index(state) <= further.index(own[0][1]):
            writer.delete(t.Told, key)
        else:
            writer.delete(t.Told, own[0][0])
            writer.update(t.Told, key, contact=kept_id)
    for (key,) in ask("SELECT id FROM told WHERE passed_to_id = ?", (other_id,)):
        writer.update(t.Told, key, passed_to=kept_id)


def candidates(exclude: Iterable[int]) -> list[Candidate]:
    """Everyone a need can be told to as far as a suggestion needs it, but those to leave out."""
    left_out = set(exclude)
    found = ask("SELECT contact_id, name, company, topic FROM acquaintance ORDER BY id")
    knows = grouped([(key, ", ".join(part for part in words if part)) for key, *words in found])
    rows = ask(
        "SELECT c.id, c.name, c.company, c.title, c.offers, s.last_contact, c.city FROM contact c"
        f" LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE {REACHABLE}"
    )
    return [
        Candidate(key, name, company, title, offers, tuple(knows.get(key, ())), day(last), city=city)
        for key, name, company, title, offers, last, city in rows
        if key not in left_out
    ]
