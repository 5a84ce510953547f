"""What was put off or put on a day by hand: by item, for an item may pass on from one contact to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from planner.core.model import OpenItem
from planner.store.facts.rhythm_facts import select_texts

SNOOZES = "SELECT item, until, made_for FROM snooze WHERE item IN ({values}) ORDER BY made_on, id"
CHOSEN_DAYS = "SELECT item, day, for_due FROM chosen_day WHERE item IN ({values})"


def hidden(items: Collection[OpenItem]) -> list[OpenItem]:
    """The items, each hidden until the end of its latest snooze if that was made for its due date; no rhythms."""
    latest = {item: (until, due) for item, until, due in select_texts(SNOOZES, {item.id for item in items})}
    return [
        replace(item, hidden_until=date.fromisoformat(latest[item.id][0]))
        if item.id in latest and latest[item.id][1] == item.due.isoformat()
        else item
        for item in items
    ]


def chosen_days(items: Collection[str]) -> dict[str, tuple[date, date]]:
    """(day chosen by hand, due date it was chosen for) by item, of the items that have one."""
    rows = select_texts(CHOSEN_DAYS, items)
    return {item: (date.fromisoformat(day), date.fromisoformat(due)) for item, day, due in rows}
