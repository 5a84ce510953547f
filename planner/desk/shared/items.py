"""Open items by their ids, and the next due day of a rhythm. Inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from planner.core.dates.recurrence import repeat_due
from planner.core.dates.shown import exact_date
from planner.core.model import ItemKind, OpenItem, Settings
from planner.core.rhythm.due import Rhythm, keep_in_touch
from planner.core.rhythm.hours import has_begun
from planner.desk.shared.context import Context
from planner.errors import Refused
from planner.store.facts import contact_dates, contact_names, follow_ups, rhythm_facts
from planner.store.views import open_items


def not_open(item_id: str) -> Refused:
    """The refusal of an id without an open item."""
    return Refused(f"Nothing open has the id {item_id[:20]}", "It may have been settled meanwhile")


def items_with(item_ids: Sequence[str], today: date, settings: Settings) -> list[OpenItem]:
    """Open items by id, each once, in the given order; refused when none is given or one is not open."""
    if not item_ids:
        raise Refused("Nothing was named", "Name an item of the agenda, such as c5")
    known = open_items.items_with_ids(item_ids)
    found = []
    for key in dict.fromkeys(item_ids):
        item = known.get(key) or _without_row(key, today, settings)
        if item is None:
            raise not_open(key)
        found.append(item)
    return found


def still_open(item_ids: Collection[str], contact_id: int | None, today: date, settings: Settings) -> list[OpenItem]:
    """The open ones among some items, hidden ones too, and every open item of a contact, each once."""
    found = open_items.items_with_ids(item_ids)
    if contact_id is not None:
        found |= {item.id: item for item in open_items.items_of(contact_id)}
    dates = [key for key in item_ids if key[:1] == "d"]
    found |= {item.id: item for key in dates if (item := _without_row(key, today, settings)) is not None}
    asked = {item.contact_id for item in found.values()} | ({contact_id} if contact_id is not None else set())
    standing = open_items.as_of(list(found.values()), settings, today, asked)
    return [item for item in standing if item.id in item_ids or item.contact_id == contact_id]


def to_come(items: Iterable[OpenItem], context: Context) -> frozenset[str]:
    """The ids of the items due today whose hour is still to come."""
    today, hour, starts = context.today, context.hour, context.settings.day_starts_at
    return frozenset(one.id for one in items if one.due == today and not has_begun(one, today, hour, starts))


def names_of(items: Sequence[OpenItem]) -> list[str]:
    """The names of the contacts of items, each once."""
    return list({item.contact_id: item.contact_name for item in items}.values())


def _without_row(item_id: str, today: date, settings: Settings) -> OpenItem | None:
    """An item outside the derived table: a day of the year, or a contact without a rhythm."""
    kind, number = item_id[:1], item_id[1:]
    if not number.isdigit() or len(number) > 18:
        return None
    if kind == "d":
        return _date_item(int(number), today, settings)
    if kind == "c" and contact_names.exists(int(number)):
        name = contact_names.names_of([int(number)])[int(number)]
        return OpenItem(item_id, ItemKind.CADENCE, int(number), today, contact_name=name)
    return None


def _date_item(date_id: int, today: date, settings: Settings) -> OpenItem | None:
    row = contact_dates.contact_date(date_id)
    if row is None:
        return None
    start = today - timedelta(days=settings.date_belated_days)
    year_on = start + timedelta(days=366)
    near = contact_dates.date_items_of(row[0], today, settings)
    found = {item.id: item for item in (*contact_dates.dates_between(start, year_on, settings), *near)}
    return found.get(f"d{date_id}")


def rhythm_of(contact_id: int, settings: Settings, today: date) -> Rhythm | None:
    """The rhythm of a contact from the facts in this transaction, None without one."""
    return keep_in_touch(rhythm_facts.rhythm_facts([contact_id])[contact_id], settings, today)


def next_due(contact_ids: Sequence[int], settings: Settings, today: date) -> str:
    """ "; next due Fri 27 Nov 2026", the end of a sentence about one contact with a rhythm; else empty."""
    rhythm = rhythm_of(contact_ids[0], settings, today) if len(set(contact_ids)) == 1 else None
    return f"; next due {exact_date(rhythm.due)}" if rhythm is not None else ""


def next_round(follow_up_id: int) -> str:
    """ "; next due Fri 27 Nov 2026", the end of a sentence about a recurring follow-up; else empty."""
    found = follow_ups.follow_up(follow_up_id)
    if found is None or not found.repeat:
        return ""
    due = repeat_due(found.on, found.repeat, found.done_on)
    return f"; next due {exact_date(due)}" if due is not None else "; it was the last one"


def comes_back(contact_ids: Sequence[int], settings: Settings, today: date) -> str:
    """ "; again on Mon 30 Nov 2026", if the rhythms of contacts are hidden until the same day; else empty."""
    rhythms = [rhythm_of(contact_id, settings, today) for contact_id in dict.fromkeys(contact_ids)]
    days = {rhythm.hidden_until if rhythm is not None else None for rhythm in rhythms}
    day = days.pop() if len(days) == 1 else None
    return f"; again on {exact_date(day)}" if day is not None and day > today else ""
