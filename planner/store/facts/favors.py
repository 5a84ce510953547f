"""Entries of the ledger and the reminders about them: reading and writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.favors import COUNTED, lane, let_be, rest
from planner.core.model import Favor, FavorDirection, FavorState
from planner.store import tables as t
from planner.store.connection import among, ask, ask_about, day, days, grouped
from planner.store.facts.contact_names import LIVING

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

FAVOR = """SELECT f.id, f.contact_id, f.direction, f.kind, f.state, f.note, f.asked_on, f.due_on, f.done_on,
    f.thanked_on, f.told_on, f.closed_on, f.way_out, f.way_out_note, c.name, f.version,
    f.need_id, f.introduction_id, f.home_by, f.home_on, f.occasion, f.not_about_on
    FROM favor f JOIN contact c ON c.id = f.contact_id"""
NUDGES = 'SELECT favor_id, "on" FROM nudge WHERE favor_id IN ({keys})'
OPEN = f"""(f.state NOT IN ('{FavorState.DECLINED}', '{FavorState.RESTED}', '{FavorState.TOLD}', '{FavorState.IDEA}')
    OR (f.home_by IS NOT NULL AND f.home_on IS NULL))"""
STEPS = ("done_on", "thanked_on", "told_on", "closed_on", "home_on")
"""The columns with the day of a step of a favor."""
IN_SPAN = " UNION ALL ".join(f"SELECT id FROM favor WHERE {step} BETWEEN :start AND :end" for step in STEPS)
"""The ids of favors with a step between two days: each step has an index of its own."""
CHANGEABLE = (
    "state", "note", "asked_on", "due_on", *STEPS, "way_out", "way_out_note", "home_by", "occasion", "not_about_on",
)  # fmt: skip


def _favors(rows: Sequence[tuple[Any, ...]]) -> list[Favor]:
    nudges = grouped(ask_about(NUDGES, [row[0] for row in rows]))
    return [
        Favor(
            key, contact_id, FavorDirection(direction), kind, FavorState(state), note, day(asked), day(due), day(done),
            day(thanked), day(told), day(closed), way_out, way_out_note, days(nudges.get(key, ())), name, version,
            need_id, introduction_id, day(home_by), day(home_on), occasion, day(not_about),
        )
        for key, contact_id, direction, kind, state, note, asked, due, done, thanked, told, closed, way_out,
        way_out_note, name, version, need_id, introduction_id, home_by, home_on, occasion, not_about in rows
    ]  # fmt: skip


def favor(favor_id: int) -> Favor | None:
    """One favor, or None."""
    found = _favors(ask(f"{FAVOR} WHERE f.id = ?", (favor_id,)))
    return found[0] if found else None


def favors_with(contact_id: int) -> list[Favor]:
    """A contact's favors, oldest first."""
    return _favors(ask(f"{FAVOR} WHERE f.contact_id = ? ORDER BY f.id", (contact_id,)))


def favors_with_ids(favor_ids: Iterable[int]) -> list[Favor]:
    """Favors by their ids, oldest first."""
    found = _favors(ask_about(f"{FAVOR} WHERE f.id IN ({{keys}})", sorted(favor_ids)))
    return sorted(found, key=lambda one: one.id)


def counts_by_contact() -> list[tuple[int, str, int, int]]:
    """(contact id, name, how often I helped, how often they helped) of everybody with a favor."""
    counted = ", ".join(f"'{state}'" for state in sorted(COUNTED))
    return ask(
        f"""SELECT c.id, c.name, f.gave, f.received FROM (SELECT contact_id,
            sum(state IN ({counted}) AND direction = '{FavorDirection.GIVEN}') AS gave,
            sum(state IN ({counted}) AND direction = '{FavorDirection.RECEIVED}') AS received
            FROM favor GROUP BY contact_id) f JOIN contact c ON c.id = f.contact_id"""
    )


def is_any() -> bool:
    """Whether the ledger has an entry."""
    return bool(ask("SELECT 1 FROM favor LIMIT 1"))


def helped_between(start: date, end: date, contact_id: int | None = None) -> int:
    """How many people I helped between two days; with `contact_id`, 1 or 0 for that one."""
    whom = "" if contact_id is None else "AND contact_id = ?"
    rows = ask(
        f"""SELECT count(DISTINCT contact_id) FROM favor WHERE direction = '{FavorDirection.GIVEN}'
        AND done_on BETWEEN ? AND ? {whom}""",
        (start.isoformat(), end.isoformat(), *(() if contact_id is None else (contact_id,))),
    )
    return int(rows[0][0])


def favors_of_need(need_id: int) -> list[Favor]:
    """The favors of a need, oldest first."""
    return _favors(ask(f"{FAVOR} WHERE f.need_id = ? ORDER BY f.id", (need_id,)))


def open_favors(contact_ids: Iterable[int]) -> list[Favor]:
    """Favors of living contacts in a state with a possible next step."""
    return _favors(ask_about(f"{FAVOR} WHERE f.contact_id IN ({{keys}}) AND {OPEN} AND c.{LIVING}", contact_ids))


def gifts_for(contact_ids: Iterable[int]) -> dict[int, list[Favor]]:
    """By contact, the gifts I gave or think of giving, oldest first."""
    found = _favors(
        ask_about(
            f"{FAVOR} WHERE f.contact_id IN ({{keys}}) AND f.kind = 'gift' AND f.direction = 'given' ORDER BY f.id",
            contact_ids,
        )
    )
    return grouped((one.contact_id, one) for one in found)


def favors_moved_between(start: date, end: date, of: Collection[int] | None = None) -> list[Favor]:
    """Favors with a step (done, thanked, told, closed) between two days, oldest first; `of` some contacts only."""
    span = {"start": start.isoformat(), "end": end.isoformat()}
    return _favors(ask(f"{FAVOR} WHERE f.id IN ({IN_SPAN}) {among('f.contact_id', of)} ORDER BY f.id", span))


def nudges_between(start: date, end: date, of: Collection[int] | None = None) -> list[tuple[int, int, str, str, date]]:
    """(favor id, contact id, contact name, note or kind, day) of nudges sent between two days."""
    rows = ask(
        f"""SELECT f.id, c.id, c.name, f.note, f.kind, n."on" FROM nudge n JOIN favor f ON f.id = n.favor_id
        JOIN contact c ON c.id = f.contact_id WHERE n."on" BETWEEN ? AND ?
        {among("f.contact_id", of)} ORDER BY n.id""",
        (start.isoformat(), end.isoformat()),
    )
    return [(key, contact, name, note or kind, date.fromisoformat(on)) for key, contact, name, note, kind, on in rows]


def owe_once(writer: Writer, latest: Favor, on: date) -> None:
    """Let other thanks owed for the same need be: somebody who helped twice with a need is thanked once."""
    for one in favors_with(latest.contact_id):
        if one.id != latest.id and one.need_id == latest.need_id and lane(one) == "to_close":
            update_favor(writer, one, let_be(one, on))


def settle_doubles(writer: Writer, contact_id: int, on: date) -> None:
    """After a merge, thank once for a need with which both contacts helped, and keep one ask where both were asked.

    An ask that was followed by help rests.
    """
    needs: dict[int, list[Favor]] = {}
    for one in favors_with(contact_id):
        if one.need_id is not None and one.direction is FavorDirection.RECEIVED:
            needs.setdefault(one.need_id, []).append(one)
    for found in needs.values():
        owed = [one for one in found if lane(one) == "to_close"]
        if owed:
            latest = max(owed, key=lambda one: (one.state is FavorState.DONE, one.done_on or on, one.id))
            owe_once(writer, latest, on)
        asked = [one for one in found if lane(one) == "i_asked"]
        helped = max((one.done_on for one in owed if one.done_on is not None), default=None)
        first = None if helped is not None else next(iter(asked), None)
        for one in asked:
            answered = helped is not None and (one.asked_on or helped) <= helped
            if answered or (first is not None and one.id != first.id):
                update_favor(writer, one, rest(one, on))


def insert_favor(writer: Writer, **values: Any) -> int:
    """Insert an entry of the ledger, and return its id."""
    key: int = writer.insert(t.FavorTable, **values)
    return key


def update_favor(writer: Writer, before: Favor, after: Favor) -> None:
    """Write the difference between two values of one favor."""
    changes = {name: getattr(after, name) for name in CHANGEABLE if getattr(after, name) != getattr(before, name)}
    if changes:
        writer.update(t.FavorTable, before.id, **changes)
    for on in after.nudges[len(before.nudges) :]:
        writer.insert(t.NudgeTable, favor=before.id, on=on)
