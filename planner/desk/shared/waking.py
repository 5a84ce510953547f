"""Ending snoozes, and the waits after attempts, before their day. Inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.model import ItemKind, OpenItem, Settings
from planner.core.rhythm.due import keep_in_touch
from planner.desk.shared.items import still_open
from planner.errors import Refused
from planner.store.facts import contact_dates, put_off, rhythm_facts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def snoozed_with(contact_ids: Collection[int], today: date, settings: Settings) -> list[OpenItem]:
    """All snoozed items of some contacts, days of the year included."""
    found = []
    for contact_id in contact_ids:
        dates = [item.id for item in contact_dates.date_items_of([contact_id], today, settings)]
        found += still_open(dates, contact_id, today, settings)
    return [item for item in found if is_snoozed(item, today)]


def is_snoozed(item: OpenItem, today: date) -> bool:
    """Whether a snooze or the wait after an attempt hides an item."""
    return item.hidden_until is not None and today < item.hidden_until


def wake(writer: Writer, items: Sequence[OpenItem], today: date, settings: Settings) -> None:
    """Show items again from today on; refused if one of them is not snoozed."""
    awake = [item.contact_name for item in items if not is_snoozed(item, today)]
    if awake or not items:
        who = awake[0] if awake else "Nobody"
        raise Refused(f"{who} is not snoozed: a snooze to today hides nothing", "Give a day after today")
    for item in items:
        made_for = item.due.isoformat()
        if item.kind is ItemKind.CADENCE:
            known = rhythm_facts.rhythm_facts([item.contact_id])[item.contact_id]
            rhythm = keep_in_touch(known, settings, today)
            made_for = rhythm.effective.key if rhythm is not None else made_for
        put_off.end_snooze(writer, item.id, item.contact_id, today, made_for)
