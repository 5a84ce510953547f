"""Circles and their members: reading and writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.records import record
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


@record(frozen=True, slots=True)
class CircleRow:
    """A circle with its number of members and its default cadence."""

    id: int
    name: str
    members: int
    cadence: str | None
    paused_until: date | None


def circle_rows() -> tuple[CircleRow, ...]:
    """Every circle, by name."""
    rows = ask(
        """SELECT c.id, c.name, count(m.id), c.cadence, c.paused_until
        FROM circle c LEFT JOIN membership m ON m.circle_id = c.id GROUP BY c.id ORDER BY c.folded"""
    )
    return tuple(CircleRow(key, name, count, cadence, day(paused)) for key, name, count, cadence, paused in rows)


def circle_id(name: str) -> int | None:
    """The id of a circle by name, ignoring case and accents."""
    rows = ask("SELECT id FROM circle WHERE folded = ?", (fold(name),))
    return rows[0][0] if rows else None


def cadence_of(circle: int) -> str | None:
    """The default cadence of a circle, or None."""
    rows = ask("SELECT cadence FROM circle WHERE id = ?", (circle,))
    return rows[0][0] if rows else None


def ensure_circles(writer: Writer, names: Collection[str]) -> dict[str, int]:
    """The ids of circles by folded name; missing circles are created, empty names are left out."""
    wanted = {fold(name): name.strip() for name in names if fold(name)}
    found: dict[str, int] = dict(ask_about("SELECT folded, id FROM circle WHERE folded IN ({keys})", wanted))
    missing = [folded for folded in wanted if folded not in found]
    made = writer.insert_many(t.CircleTable, [{"name": wanted[folded], "folded": folded} for folded in missing])
    return found | dict(zip(missing, made, strict=True))


def ensure_circle(writer: Writer, name: str) -> int:
    """The id of the circle with a name; a missing circle is created."""
    return ensure_circles(writer, [name])[fold(name)]


def join_circle(writer: Writer, circle: int, contact_id: int, today: date) -> bool:
    """Put a contact into a circle; False if it was in it already."""
    if _membership(circle, contact_id) is not None:
        return False
    writer.insert(t.MembershipTable, circle=circle, contact=contact_id, joined_on=today)
    return True


def leave_circle(writer: Writer, circle: int, contact_id: int) -> bool:
    """Take a contact out of a circle; False if it was not in it."""
    membership = _membership(circle, contact_id)
    return membership is not None and writer.delete(t.MembershipTable, membership)


def _membership(circle: int, contact_id: int) -> int | None:
    rows = ask("SELECT id FROM membership WHERE circle_id = ? AND contact_id = ?", (circle, contact_id))
    return rows[0][0] if rows else None


def set_circles(writer: Writer, contact_id: int, names: Sequence[str], today: date) -> None:
    """Make these the circles of a contact."""
    wanted = set(ensure_circles(writer, names).values())
    present = dict(ask("SELECT circle_id, id FROM membership WHERE contact_id = ?", (contact_id,)))
    for circle, membership in present.items():
        if circle not in wanted:
            writer.delete(t.MembershipTable, membership)
    for circle in sorted(wanted - present.keys()):
        writer.insert(t.MembershipTable, circle=circle, contact=contact_id, joined_on=today)


def set_circle(writer: Writer, circle: int, **changes: Any) -> None:
    """Change a circle's cadence or pause; its members are derived again."""
    writer.update(t.CircleTable, circle, **changes)
