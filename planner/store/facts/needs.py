"""Needs, and the state of everyone who was told: reading and writing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.favors import NO_OUTCOME
from planner.core.model import FavorState
from planner.core.needs import Need, PublicPost, Told, ToldState, standing
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day
from planner.store.tables.base import LEFT_ALONE

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

NEED = """SELECT n.id, n.title, n.why, n.wanted_by, n.created_on, n.closed_on, n.outcome, n.version, w.id, w.name, n.who
    FROM need n LEFT JOIN need_for f ON f.need_id = n.id LEFT JOIN contact w ON w.id = f.contact_id"""
REACHABLE = "c.status = 'active' AND c.mode <> 'never'"
"""The condition for people who can be told of a need: alive, active, and not to be left alone."""
LEFT_ALONE_COUNT = f"SELECT count(*) FROM contact WHERE {LEFT_ALONE}"
_NO_OUTCOME = ", ".join(f"'{kind}'" for kind in sorted(NO_OUTCOME))
PASSED_NAME = """CASE WHEN d.passed_to_id IS NOT NULL THEN coalesce((SELECT group_concat(w.name, ', ') FROM told h
        JOIN contact w ON w.id = h.contact_id WHERE h.heard_from_id = d.contact_id AND h.need_id = d.need_id), p.name)
        END"""
"""SQL: the names of the people a need was passed on to, separated by commas; NULL without one."""
TOLD = f"""SELECT d.need_id, d.contact_id, c.name, d.state, d."on", d.passed_to_id, d.favor_id, f.state, {PASSED_NAME},
    {REACHABLE}, d.heard_on, d.let_be_on, (SELECT min(o.state) FROM favor o
        WHERE o.need_id = d.need_id AND o.contact_id = d.contact_id AND o.direction = 'received'
        AND (o.state = '{FavorState.DONE}' OR (o.state = '{FavorState.THANKED}' AND o.kind NOT IN ({_NO_OUTCOME})))),
    c.status <> 'deceased', d.not_about_on, g.name
    FROM told d JOIN contact c ON c.id = d.contact_id LEFT JOIN favor f ON f.id = d.favor_id
    LEFT JOIN contact p ON p.id = d.passed_to_id LEFT JOIN contact g ON g.id = d.heard_from_id"""


def _need(row: tuple[Any, ...]) -> Need:
    key, title, why, by, created_on, closed_on, outcome, version, whose, name, who = row
    for_whom = (whose, name) if whose is not None else None
    return Need(key, title, why, day(by), day(created_on), day(closed_on), outcome, version, for_whom, who)


def need(need_id: int) -> Need | None:
    """One need, or None."""
    rows = ask(f"{NEED} WHERE n.id = ?", (need_id,))
    return _need(rows[0]) if rows else None


def needs(closed: bool = False) -> list[Need]:
    """The open needs, the one wanted soonest first; with `closed` the closed ones, newest first."""
    order = "n.closed_on DESC, n.id DESC" if closed else "n.wanted_by IS NULL, n.wanted_by, n.id"
    state = "NOT NULL" if closed else "NULL"
    return [_need(row) for row in ask(f"{NEED} WHERE n.closed_on IS {state} ORDER BY {order}")]


def insert_need(
    writer: Writer, title: str, why: str, by: date | None, today: date, *, who: str = "", whose: int | None = None
) -> int:
    """Insert a need of mine, or of a contact (`whose`); return its id."""
    key: int = writer.insert(t.NeedTable, title=title, why=why, wanted_by=by, created_on=today, who=who)
    if whose is not None:
        writer.insert(t.NeedForTable, need=key, contact=whose)
    return key


def update_need(writer: Writer, need_id: int, version: int | None = None, **changes: Any) -> None:
    """Change a need's columns."""
    writer.update(t.NeedTable, need_id, version, **changes)


def told_of(need_id: int) -> list[Told]:
    """The told-list of a need, by name."""
    return [told_entry_of(row) for row in ask(f"{TOLD} WHERE d.need_id = ? ORDER BY c.folded, c.id", (need_id,))]


def told_with(need_id: int, contact_ids: Iterable[int]) -> list[Told]:
    """The entries of some contacts in the told-list of a need; none for whoever is not on it."""
    rows = ask_about(f"{TOLD} WHERE d.need_id = {int(need_id)} AND d.contact_id IN ({{keys}})", contact_ids)
    return [told_entry_of(row) for row in rows]


def told_entry(need_id: int, contact_id: int) -> Told | None:
    """The entry of a contact in the told-list of a need, or None."""
    rows = ask(f"{TOLD} WHERE d.need_id = ? AND d.contact_id = ?", (need_id, contact_id))
    return told_entry_of(rows[0]) if rows else None


def told_entry_of(row: tuple[Any, ...]) -> Told:
    """The entry in a row of `TOLD`."""
    need_id, contact_id, name, state, on, passed_to, favor_id, favor_state, passed_name, reachable, *after = row
    heard, let_be, owes, living, not_about, through = after
    favor = FavorState(favor_state) if favor_state is not None else None
    owed = FavorState(owes) if owes is not None else None
    return Told(
        need_id, contact_id, name, standing(ToldState(state), favor), day(on), passed_to, favor_id,
        passed_name or "", favor, bool(reachable), day(heard), day(let_be), owed,
        bool(living), day(not_about), through or "",
    )  # fmt: skip


_SHOWN = ", ".join(f"'{state}'" for state in ToldState if state not in (ToldState.ASKED, ToldState.HEARD_OF))
# Need by need and state by state, since that index has the days in order.
STEPS = f"""SELECT s.need_id, s.title, s.first, c.name, s.state, s."on", s.more FROM
    (SELECT d.need_id, n.title, d.state, d."on", min(d.contact_id) AS first, count(*) - 1 AS more
        FROM need n CROSS JOIN told d ON d.need_id = n.id
        WHERE d.state IN ({_SHOWN}) AND d."on" BETWEEN ? AND ? GROUP BY d.need_id, d.state, d."on") s
    JOIN contact c ON c.id = s.first ORDER BY s."on", s.need_id, s.state"""


def steps_between(start: date, end: date) -> list[tuple[int, str, int, str, ToldState, date, int]]:
    """(need, title, contact, name, state, day, how many more) of the steps in told-lists between two days.

    One row for each need, day and state: telling three hundred people is one thing done.
    """
    rows = ask(STEPS, (start.isoformat(), end.isoformat()))
    return [
        (need_id, title, contact_id, name, ToldState(state), date.fromisoformat(on), more)
        for need_id, title, contact_id, name, state, on, more in rows
    ]


def reachable_people() -> int:
    """The number of people who can be told of needs."""
    everybody, left_alone = ask(f"SELECT (SELECT count(*) FROM contact), ({LEFT_ALONE_COUNT})")[0]
    return int(everybody) - int(left_alone)


def people_of_need(need_id: int) -> list[tuple[int, str, ToldState]]:
    """(id, name, state) of everyone who was or can be told, by name; untold for contacts not on the told-list."""
    rows = ask(
        "SELECT c.id, c.name, coalesce(d.state, 'untold'), f.state FROM contact c"
        " LEFT JOIN told d ON d.contact_id = c.id AND d.need_id = ? LEFT JOIN favor f ON f.id = d.favor_id"
        f" WHERE (({REACHABLE}) OR d.id IS NOT NULL)"
        " AND c.id NOT IN (SELECT contact_id FROM need_for WHERE need_id = ?) ORDER BY c.folded, c.id",
        (need_id, need_id),
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
    heard_from: int | None = None,
) -> None:
    """Set the state of a contact in the told-list of a need, valid from the day `on`."""
    rows = ask("SELECT id FROM told WHERE need_id = ? AND contact_id = ?", (need_id, contact_id))
    values: dict[str, Any] = {"state": str(state), "on": on}
    if state in (ToldState.HELPED, ToldState.PASSED):
        # Thanks are owed now, whatever was decided before.
        values |= {"heard_on": None, "let_be_on": None}
    if passed_to is not None:
        values["passed_to"] = passed_to
    if favor_id is not None:
        values["favor"] = favor_id
    if heard_from is not None:
        values["heard_from_id"] = heard_from
    if rows:
        writer.update(t.ToldTable, rows[0][0], **values)
    else:
        writer.insert(t.ToldTable, need=need_id, contact=contact_id, **values)


def set_heard(writer: Writer, need_id: int, contact_id: int, on: date | None, *, let_be: bool = False) -> None:
    """Store that a contact heard on a day how a need went, or is let be since a day; None removes that."""
    for (key,) in ask("SELECT id FROM told WHERE need_id = ? AND contact_id = ?", (need_id, contact_id)):
        changes: dict[str, Any] = {"let_be_on" if let_be else "heard_on": on}
        writer.update(t.ToldTable, key, **changes)


def set_heard_from(writer: Writer, need_id: int, contact_id: int, by: int) -> None:
    """Store that a contact on the told-list of a need also heard of it from another contact."""
    for (key,) in ask("SELECT id FROM told WHERE need_id = ? AND contact_id = ?", (need_id, contact_id)):
        writer.update(t.ToldTable, key, heard_from_id=by)


def set_not_about(writer: Writer, need_id: int, contact_id: int, on: date) -> None:
    """Store that letters of a contact up to a day were about something else than a need they were told of."""
    for (key,) in ask("SELECT id FROM told WHERE need_id = ? AND contact_id = ?", (need_id, contact_id)):
        writer.update(t.ToldTable, key, not_about_on=on)


def insert_post(writer: Writer, need_id: int, channel: str, text: str, on: date) -> int:
    """Insert a public post about a need, and return its id."""
    key: int = writer.insert(t.PostTable, need=need_id, channel=channel, text=text, on=on)
    return key


def posts_of(need_id: int) -> list[PublicPost]:
    """The public posts about a need, oldest first."""
    rows = ask('SELECT id, need_id, channel, "on", text FROM post WHERE need_id = ? ORDER BY "on", id', (need_id,))
    return [PublicPost(key, need, channel, date.fromisoformat(on), text) for key, need, channel, on, text in rows]


def could_have_seen(need_id: int, channels: Iterable[str]) -> int:
    """How many people could have seen a need on some channels, without those who know of it.

    The readers of a channel are the people whose source it is, who have a page on it, or who are in the circle of its
    name.
    """
    # A pattern has a maximum length; no channel has so long a name.
    names = {fold(channel)[:1_000] for channel in channels}
    readers = []
    values: list[Any] = []
    for name in sorted(names):
        readers.append(
            """c.source = ?
            OR EXISTS (SELECT 1 FROM address a WHERE a.contact_id = c.id AND a.kind = 'url'
                AND (a.key LIKE ? OR a.key LIKE ?))
            OR EXISTS (SELECT 1 FROM membership m JOIN circle r ON r.id = m.circle_id
                WHERE m.contact_id = c.id AND r.folded = ?)"""
        )
        values += [name, f"{name}.%", f"%.{name}.%", name]
    if not readers:
        return 0
    rows = ask(
        f"""SELECT count(*) FROM contact c WHERE {REACHABLE} AND ({" OR ".join(readers)})
        AND NOT EXISTS (SELECT 1 FROM told d WHERE d.need_id = ? AND d.contact_id = c.id
            AND d.state <> '{ToldState.HEARD_OF}')""",
        (*values, need_id),
    )
    return int(rows[0][0])


def merge_told(writer: Writer, kept_id: int, other_id: int) -> None:
    """Move the told-list entries of one contact to another; if both have one for a need, the more advanced state wins.

    Somebody who heard how it went under either name has heard it. Nobody passes a need on to themselves, or is told of
    their own.
    """
    further = ("heard of", "told", "declined", "asked", "passed on", "helped")
    columns = "id, state, passed_to_id, favor_id, heard_on, let_be_on, heard_from_id"
    for need_id, *other in ask(f"SELECT need_id, {columns} FROM told WHERE contact_id = ?", (other_id,)):
        rows = ask(f"SELECT {columns} FROM told WHERE need_id = ? AND contact_id = ?", (need_id, kept_id))
        if not rows:
            writer.update(t.ToldTable, other[0], contact=kept_id)
            continue
        stays, goes = list(rows[0]), other
        if further.index(goes[1]) > further.index(stays[1]):
            stays, goes = goes, stays
        filled = zip(("passed_to", "favor", "heard_on", "let_be_on", "heard_from_id"), stays[2:], goes[2:], strict=True)
        writer.delete(t.ToldTable, goes[0])
        changes = {name: found for name, own, found in filled if own is None and found is not None}
        if stays[4] or goes[4]:
            changes["let_be_on"] = None
        writer.update(t.ToldTable, stays[0], contact=kept_id, **changes)
    for (key,) in ask("SELECT id FROM told WHERE passed_to_id = ?", (other_id,)):
        writer.update(t.ToldTable, key, passed_to=kept_id)
    for (key,) in ask("SELECT id FROM told WHERE contact_id = passed_to_id AND contact_id = ?", (kept_id,)):
        writer.update(t.ToldTable, key, passed_to=None)
    for (key,) in ask("SELECT id FROM told WHERE heard_from_id = ?", (other_id,)):
        writer.update(t.ToldTable, key, heard_from_id=kept_id)
    for (key,) in ask("SELECT id FROM told WHERE contact_id = heard_from_id AND contact_id = ?", (kept_id,)):
        writer.update(t.ToldTable, key, heard_from_id=None)
    for (key,) in ask("SELECT id FROM need_for WHERE contact_id = ?", (other_id,)):
        writer.update(t.NeedForTable, key, contact=kept_id)
    own = "SELECT d.id FROM told d JOIN need_for f ON f.need_id = d.need_id AND f.contact_id = d.contact_id"
    for (key,) in ask(f"{own} WHERE d.contact_id = ?", (kept_id,)):
        writer.delete(t.ToldTable, key)
