"""Snoozes, skips, chosen days and the pause of everyone: reading and writing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.core.model import OpenItem, Settings, Snooze
from planner.core.rhythm.hiding import put_off_until
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day, days, grouped

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SNOOZES = """SELECT contact_id, item, id, until, made_on, made_for FROM snooze
    WHERE contact_id IN ({keys}) ORDER BY made_on, id"""
CHOSEN_DAYS = "SELECT contact_id, item, day, for_due FROM chosen_day WHERE contact_id IN ({keys})"


def snoozes(contact_ids: Collection[int]) -> dict[tuple[int, str], list[Snooze]]:
    """Snoozes by (contact id, item id), the latest last. A snooze holds only while the item belongs to the contact."""
    found: dict[tuple[int, str], list[Snooze]] = {}
    for contact_id, item, key, until, made_on, made_for in ask_about(SNOOZES, contact_ids):
        one = Snooze(key, date.fromisoformat(until), date.fromisoformat(made_on), made_for)
        found.setdefault((contact_id, item), []).append(one)
    return found


def hidden(
    items: Collection[OpenItem],
    settings: Settings,
    tried: Mapping[str, date] | None = None,
    today: date | None = None,
) -> list[OpenItem]:
    """The items, each with the day until which it is hidden; rhythms are not treated here.

    A snooze counts if it is the latest of its item and was made for its due date. `tried` holds the day of the latest
    attempt by item. With `today`, later snoozes are ignored.
    """
    snoozed = snoozes({item.contact_id for item in items})
    found = []
    for item in items:
        made = [one for one in snoozed.get((item.contact_id, item.id), ()) if today is None or one.made_on <= today]
        latest = made[-1] if made and made[-1].made_for == item.due.isoformat() else None
        until = put_off_until(latest, tried.get(item.id) if tried else None, settings)
        found.append(replace(item, hidden_until=until) if until is not None else item)
    return found


def chosen_days(contact_ids: Collection[int]) -> dict[tuple[int, str], tuple[date, date]]:
    """(chosen day, due date at that time) by (contact id, item id)."""
    rows = ask_about(CHOSEN_DAYS, contact_ids)
    return {(one, item): (date.fromisoformat(day), date.fromisoformat(due)) for one, item, day, due in rows}


def skips(contact_ids: Collection[int]) -> dict[int, tuple[date, ...]]:
    """The days on which a round of a rhythm was skipped, by contact."""
    rows = grouped(ask_about('SELECT contact_id, "on" FROM skip WHERE contact_id IN ({keys})', contact_ids))
    return {contact_id: days(texts) for contact_id, texts in rows.items()}


def everyone_paused_until() -> date | None:
    """The end of everyone's pause, or None."""
    ((until,),) = ask("SELECT max(until) FROM pause")
    return day(until)


def insert_snooze(writer: Writer, item: str, contact_id: int, until: date, made_on: date, made_for: str) -> None:
    """Hide an item until a day; `made_for` is the key of the cadence of a rhythm, else the due date as ISO text."""
    writer.insert(t.SnoozeTable, item=item, contact=contact_id, until=until, made_on=made_on, made_for=made_for)


def end_snooze(writer: Writer, item: str, contact_id: int, on: date, made_for: str) -> None:
    """Show a hidden item again by a snooze that ends on the day it is made: the latest counts, and it hides nothing."""
    insert_snooze(writer, item, contact_id, on, on, made_for)
    writer.touch(contact_id)


def paused_beside_everyone(today: date) -> int:
    """The number of rhythms that have a pause of their own, or their circle's."""
    ((count,),) = ask("SELECT count(*) FROM due_item WHERE kind = 'cadence' AND paused_until > ?", (today.isoformat(),))
    return int(count)


def insert_skip(writer: Writer, contact_id: int, on: date) -> None:
    """Skip the present round of a rhythm, on the day `on`."""
    writer.insert(t.SkipTable, contact=contact_id, on=on)


def set_chosen_day(writer: Writer, item: str, contact_id: int, day: date, for_due: date) -> None:
    """Choose a day of the week plan for an item; it replaces the day chosen before."""
    known = ask("SELECT id FROM chosen_day WHERE item = ?", (item,))
    if known:
        writer.update(t.ChosenDayTable, known[0][0], contact=contact_id, day=day, for_due=for_due)
    else:
        writer.insert(t.ChosenDayTable, item=item, contact=contact_id, day=day, for_due=for_due)


def set_everyone_paused(writer: Writer, until: date | None) -> bool:
    """Pause everyone until a day, or with None end that pause; False when nothing changed."""
    standing = ask("SELECT id FROM pause")
    for (key,) in standing:
        writer.delete(t.PauseTable, key)
    if until is not None:
        writer.insert(t.PauseTable, until=until)
    return bool(standing) or until is not None
