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
    known = open_items.items_with_ids(item_ids) | _dates_with(item_ids, today, settings)
    found = []
    for key in dict.fromkeys(item_ids):
        item = known.get(key) or _without_rhythm(key, today)
        if item is None:
            raise not_open(key)
        found.append(item)
    return found


def still_open(item_ids: Collection[str], contact_id: int | None, today: date, settings: Settings) -> list[OpenItem]:
    """The open ones among some items, hidden ones too, and every open item of a contact, each once."""
    found = open_items.items_with_ids(item_ids)
    if contact_id is not None:
        found |= {item.id: item for item in open_items.items_of(contact_id)}
    found |= _dates_with(item_ids, today, settings)
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


def _without_rhythm(item_id: str, today: date) -> OpenItem | None:
    """An item of a contact without a rhythm, which no table has."""
    number = _number(item_id, "c")
    if number is None or not contact_names.exists(number):
        return None
    name = contact_names.names_of([number])[number]
    return OpenItem(item_id, ItemKind.CADENCE, number, today, contact_name=name)


def _dates_with(item_ids: Iterable[str], today: date, settings: Settings) -> dict[str, OpenItem]:
    """The days of the year with some ids, which no derived table has: the near occurrence, or the next in a year."""
    asked = {number for key in item_ids if (number := _number(key, "d")) is not None}
    if not asked:
        return {}
    whose = contact_dates.contacts_of(asked)
    start = today - timedelta(days=settings.date_belated_days)
    year = contact_dates.dates_of(whose, start, start + timedelta(days=366), settings)
    found = {item.id: item for item in (*year, *contact_dates.date_items_of(whose, today, settings))}
    return {key: found[key] for number in asked if (key := f"d{number}") in found}


def _number(item_id: str, kind: str) -> int | None:
    """The number in the id of an item of a kind, such as 7 in "d7"; None for another one."""
    number = item_id[1:]
    return int(number) if item_id[:1] == kind and number.isdigit() and len(number) <= 18 else None


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
