"""What was put off or put on a day by hand: for as long as it stands with the same contact."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from planner.core.model import OpenItem
from planner.store.connection import ask_about

SNOOZES = """SELECT contact_id, item, until, made_for FROM snooze
    WHERE contact_id IN ({keys}) AND item NOT LIKE 'c%' ORDER BY made_on, id"""
CHOSEN_DAYS = "SELECT contact_id, item, day, for_due FROM chosen_day WHERE contact_id IN ({keys})"


def hidden(items: Collection[OpenItem]) -> list[OpenItem]:
    """The items, each hidden until the end of its latest snooze if that was made for its due date; no rhythms."""
    contact_ids = sorted({item.contact_id for item in items})
    snoozed = {(one, item): (until, due) for one, item, until, due in ask_about(SNOOZES, contact_ids)}
    found = []
    for item in items:
        until, due = snoozed.get((item.contact_id, item.id), ("", ""))
        found.append(replace(item, hidden_until=date.fromisoformat(until)) if due == item.due.isoformat() else item)
    return found


def chosen_days(contact_ids: Collection[int]) -> dict[tuple[int, str], tuple[date, date]]:
    """(day chosen by hand, due date it was chosen for) by contact and item."""
    rows = ask_about(CHOSEN_DAYS, sorted(contact_ids))
    return {(one, item): (date.fromisoformat(day), date.fromisoformat(due)) for one, item, day, due in rows}
