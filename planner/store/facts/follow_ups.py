"""Follow-ups and their completed rounds: reading and writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.model import FollowUp
from planner.store import tables as t
from planner.store.connection import among, ask, ask_about, day, days, grouped

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

FOLLOW_UP = 'SELECT id, contact_id, text, "on", repeat, closed_on, version FROM follow_up'
ROUNDS = 'SELECT follow_up_id, "on" FROM follow_up_done WHERE follow_up_id IN ({keys})'


def _follow_ups(rows: Sequence[tuple[Any, ...]]) -> list[FollowUp]:
    done = grouped(ask_about(ROUNDS, [row[0] for row in rows]))
    return [
        FollowUp(key, contact, text, date.fromisoformat(on), repeat, days(done.get(key, ())), day(closed), version)
        for key, contact, text, on, repeat, closed, version in rows
    ]


def follow_up(follow_up_id: int) -> FollowUp | None:
    """One follow-up, or None."""
    found = _follow_ups(ask(f"{FOLLOW_UP} WHERE id = ?", (follow_up_id,)))
    return found[0] if found else None


def follow_ups_with(contact_id: int) -> list[FollowUp]:
    """A contact's follow-ups, oldest first."""
    return _follow_ups(ask(f"{FOLLOW_UP} WHERE contact_id = ? ORDER BY id", (contact_id,)))


def open_follow_ups(contact_ids: Sequence[int]) -> list[FollowUp]:
    """The open follow-ups of contacts."""
    return _follow_ups(ask_about(f"{FOLLOW_UP} WHERE contact_id IN ({{keys}}) AND closed_on IS NULL", contact_ids))


def follow_ups_done_between(
    start: date, end: date, of: Collection[int] | None = None
) -> list[tuple[int, int, str, str, date]]:
    """(follow-up id, contact id, contact name, text, day) of rounds completed between two days."""
    rows = ask(
        f"""SELECT f.id, c.id, c.name, f.text, d."on" FROM follow_up_done d JOIN follow_up f ON f.id = d.follow_up_id
        JOIN contact c ON c.id = f.contact_id WHERE d."on" BETWEEN ? AND ?
        AND d.skipped IS NOT 1 {among("c.id", of)} ORDER BY d.id""",
        (start.isoformat(), end.isoformat()),
    )
    return [(key, contact_id, name, text, date.fromisoformat(on)) for key, contact_id, name, text, on in rows]


def insert_follow_up(writer: Writer, contact_id: int, text: str, on: date, repeat: str = "") -> int:
    """Insert a follow-up, and return its id."""
    key: int = writer.insert(t.FollowUpTable, contact=contact_id, text=text, on=on, repeat=repeat)
    return key


def insert_follow_up_done(writer: Writer, follow_up_id: int, on: date, due: date, *, skipped: bool = False) -> None:
    """Store that a round of a follow-up was done, or `skipped`: either leads to the next round."""
    writer.insert(t.FollowUpDoneTable, follow_up=follow_up_id, on=on, due=due, skipped=skipped or None)


def update_follow_up(writer: Writer, follow_up_id: int, **changes: Any) -> None:
    """Change a follow-up's columns."""
    writer.update(t.FollowUpTable, follow_up_id, None, **changes)
