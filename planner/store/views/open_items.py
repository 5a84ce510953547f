"""Open items for the agenda: those due by a day, and counts.

The most urgent rhythms are found without looking at all of them: within one length of round, urgency falls
with the due date, so the first few by due of each length hold the most urgent of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.model import EVERYONE, HEAR, ItemKind, OpenItem, Settings
from planner.store.connection import ask, ask_about, day
from planner.store.facts.contact_names import names_of
from planner.store.views.item_columns import COLUMNS, LOOPS

if TYPE_CHECKING:
    from planner.store.derived import Derivation

_SELECTED = f"""SELECT {", ".join(f"d.{name}" for name in COLUMNS)}, c.name
    FROM due_item d JOIN contact c ON c.id = d.contact_id WHERE """
_VISIBLE = """(d.hidden_until IS NULL OR d.hidden_until <= :today)
    AND (d.paused_until IS NULL OR d.paused_until <= :today) AND (d.planned_on IS NULL OR d.planned_from > :today)"""
_NO_DAY_TO_COME = "(d.chosen_day IS NULL OR d.chosen_day < :today)"
_PRESSING = f"""{_SELECTED} d.kind = 'cadence' AND d.ideal_days = :length AND d.due <= :end
    AND {_NO_DAY_TO_COME} AND {_VISIBLE} {{and_more}} ORDER BY d.due, c.name, d.id LIMIT :most"""


def _items(condition: str, **values: Any) -> list[OpenItem]:
    return _open_items(ask(_SELECTED + condition, values))


def _open_items(rows: Iterable[tuple[Any, ...]]) -> list[OpenItem]:
    return [
        OpenItem(
            key, ItemKind(kind), contact_id, date.fromisoformat(due), day(worst), ideal_days, day(last_contact),
            day(hidden_until), day(paused_until), day(planned_on), day(planned_from), day(chosen_day),
            bool(working_days), asks, text, EVERYONE if asks == HEAR else name, starts,
        )
        for (
            key, kind, contact_id, due, worst, ideal_days, last_contact, hidden_until, paused_until, planned_on,
            planned_from, chosen_day, working_days, asks, text, starts, name,
        ) in rows
    ]  # fmt: skip


def fixed_items(end: date, today: date) -> list[OpenItem]:
    """Open items that are not rhythms and due by a day, and every item with a day chosen by hand.

    A rhythm only while that day is to come: see `pressing_rhythms`.
    """
    others = _items("d.kind <> 'cadence' AND (d.due <= :end OR d.chosen_day IS NOT NULL)", end=end.isoformat())
    by_hand = _items(f"d.kind = 'cadence' AND d.chosen_day >= :today AND {_VISIBLE}", today=today.isoformat())
    return others + by_hand


def pressing_rhythms(end: date, today: date, most: int) -> list[OpenItem]:
    """The visible rhythms due by a day: at least the `most` most urgent today, and of those that turn late by a day.

    `most` is how many can be placed up to `end`. For each length and each day the first by due are the most
    urgent ones that turn late on that day.
    """
    values: dict[str, Any] = {"end": end.isoformat(), "today": today.isoformat(), "most": most}
    lengths = ask("SELECT DISTINCT ideal_days FROM due_item WHERE kind = 'cadence' AND due <= :end", values)
    found: dict[str, OpenItem] = {}
    for (length,) in lengths:
        values["length"] = length
        some = _open_items(ask(_PRESSING.format(and_more=""), values))
        found.update((item.id, item) for item in some)
        if len(some) < most:
            # Then these are all there are.
            continue
        if any(item.working_days for item in some):
            # Rhythms of working days cannot take the weekend, where less urgent ones have room.
            others = _open_items(ask(_PRESSING.format(and_more="AND NOT d.working_days"), values))
            found.update((item.id, item) for item in others)
        for count in range((end - today).days + 1):
            values["worst"] = (today + timedelta(days=count)).isoformat()
            turning = _open_items(ask(_PRESSING.format(and_more="AND d.worst = :worst"), values))
            found.update((item.id, item) for item in turning)
    return list(found.values())


def rhythms_with(contact_ids: Iterable[int], end: date, today: date) -> list[OpenItem]:
    """The visible rhythms of some contacts that are due by a day and have no day chosen by hand to come."""
    found = _open_items(ask_about(f"{_SELECTED} d.kind = 'cadence' AND d.contact_id IN ({{keys}})", set(contact_ids)))
    return [
        item
        for item in found
        if item.due <= end and _shows(item, today) and (item.chosen_day is None or item.chosen_day < today)
    ]


def _shows(item: OpenItem, today: date) -> bool:
    """Whether nothing hides an item, as `_VISIBLE` asks of its row."""
    put_off = any(day is not None and day > today for day in (item.hidden_until, item.paused_until))
    plan_stands = item.planned_on is not None and (item.planned_from is None or item.planned_from <= today)
    return not put_off and not plan_stands


def fixed_items_after(contact_ids: Iterable[int], after: date) -> list[OpenItem]:
    """Open items of some contacts that are not rhythms and due after a day."""
    found = _open_items(ask_about(f"{_SELECTED} d.kind <> 'cadence' AND d.contact_id IN ({{keys}})", set(contact_ids)))
    return [item for item in found if item.due > after and item.chosen_day is None]


def rhythms_due(end: date, today: date, settings: Settings) -> int:
    """How many visible rhythms are due by a day."""
    anew = derived_as_of(settings, today)
    values = {"today": today.isoformat(), "end": end.isoformat()}
    count = _count(f"d.kind = 'cadence' AND d.due <= :end AND {_VISIBLE}", values, anew)
    rhythms = (one.rhythm_item for one in anew.values())
    return count + sum(1 for item in rhythms if item is not None and item.due <= end and _shows(item, today))


def _count(condition: str, values: dict[str, str], anew: Mapping[int, Derivation]) -> int:
    """How many rows of open items meet a condition, but for those of the contacts that are derived anew."""
    if not anew:
        ((count,),) = ask(f"SELECT count(*) FROM due_item d WHERE {condition}", values)
        return int(count)
    rows = ask(f"SELECT d.contact_id FROM due_item d WHERE {condition}", values)
    return sum(1 for (key,) in rows if key not in anew)


def overdue_rhythms(today: date, settings: Settings) -> list[OpenItem]:
    """Every visible rhythm due today or before, without a day chosen by hand that is still to come."""
    condition = f"d.kind = 'cadence' AND d.due <= :today AND {_VISIBLE} AND {_NO_DAY_TO_COME}"
    found = as_of(_items(condition, today=today.isoformat()), settings, today)
    return [
        item
        for item in found
        if item.kind is ItemKind.CADENCE
        and item.due <= today
        and _shows(item, today)
        and (item.chosen_day is None or item.chosen_day < today)
    ]


def all_rhythms() -> list[OpenItem]:
    """The item of every rhythm."""
    return _items("d.kind = 'cadence'")


def items_of(contact_id: int) -> list[OpenItem]:
    """Every open item of a contact but dates of the year, by due date."""
    return _items("d.contact_id = :contact ORDER BY d.due, d.id", contact=contact_id)


def items_of_kinds(kinds: Iterable[ItemKind]) -> list[OpenItem]:
    """Every open item of some kinds."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return _items(f"d.kind IN ({listed})")


def needs_to_close() -> list[OpenItem]:
    """The item of each closed need that somebody is still to hear of, by due date."""
    return _items("d.kind = 'need' AND d.asks = :asks ORDER BY d.due, d.id", asks=HEAR)


def items_with_ids(ids: Iterable[str]) -> dict[str, OpenItem]:
    """Open items by id; dates of the year are not among them."""
    return {item.id: item for item in _open_items(ask_about(f"{_SELECTED} d.id IN ({{keys}})", set(ids)))}


_DONE_LATER = """SELECT p.contact_id FROM participation p JOIN interaction i ON i.id = p.interaction_id
    WHERE i."on" > :today AND i.outcome <> 'planned'
    UNION SELECT f.contact_id FROM follow_up_done d JOIN follow_up f ON f.id = d.follow_up_id WHERE d."on" > :today"""
_PUT_OFF_LATER = """SELECT contact_id FROM skip WHERE "on" > :today
    UNION SELECT contact_id FROM snooze WHERE made_on > :today"""


def _dated_after(today: date) -> list[int]:
    after = {"today": today.isoformat()}
    found = {contact_id for (contact_id,) in ask(_DONE_LATER, after)}
    # Skips and snoozes have no index by day: they are looked at only where something was done on a later day.
    if ask("SELECT 1 FROM journal WHERE made_on > :today LIMIT 1", after):
        found.update(contact_id for (contact_id,) in ask(_PUT_OFF_LATER, after))
    return sorted(found)


def derived_as_of(settings: Settings, today: date) -> dict[int, Derivation]:
    """What is derived as of today, by contact, for those with a fact dated after it: the clock was set back."""
    ahead = _dated_after(today)
    if not ahead:
        return {}
    # Late: the rules of every item are loaded where the clock was set back, and nowhere else to read.
    from planner.store.derived import derive

    return derive(ahead, settings, today)


def as_of(
    items: list[OpenItem], settings: Settings, today: date, only: Collection[int] | None = None
) -> list[OpenItem]:
    """The items, with every one of contacts who have a fact dated after today as it is without that fact.

    `only` names the contacts that are asked about.
    """
    anew = {key: one for key, one in derived_as_of(settings, today).items() if only is None or key in only}
    kept = [item for item in items if item.contact_id not in anew]
    names = names_of(anew)
    for contact_id, one in anew.items():
        kept += (replace(item, contact_name=names[contact_id]) for item in one.items)
    return kept


def counts(
    settings: Settings, today: date, everyone_paused_until: date | None
) -> tuple[int, int, int, dict[ItemKind, tuple[int, int]]]:
    """(contacts, open loops, items due today or before, (open, due) of each kind of loop)."""
    now = {"today": today.isoformat()}
    ((contacts,),) = ask("SELECT count(*) FROM contact")
    anew = derived_as_of(settings, today)
    items = [item for one in anew.values() for item in one.items]
    paused = everyone_paused_until is not None and today < everyone_paused_until
    no_rhythms = "AND d.kind <> 'cadence'" if paused else ""
    due = _count(f"d.due <= :today AND {_VISIBLE} {no_rhythms}", now, anew)
    pressing = [item for item in items if item.due <= today and _shows(item, today)]
    due += sum(1 for item in pressing if not (paused and item.kind is ItemKind.CADENCE))
    open_loops: Counter[ItemKind] = Counter(item.kind for item in items if item.kind in LOOPS)
    due_loops: Counter[ItemKind] = Counter(item.kind for item in items if item.kind in LOOPS and item.due <= today)
    for kind, count, of_them in _loops(now, anew):
        open_loops[ItemKind(kind)] += count
        due_loops[ItemKind(kind)] += of_them
    return int(contacts), open_loops.total(), due, {kind: (open_loops[kind], due_loops[kind]) for kind in open_loops}


def _loops(now: dict[str, str], anew: Mapping[int, Derivation]) -> list[tuple[str, int, int]]:
    """(kind of loop, how many are open, how many of them due), but for those of contacts that are derived anew."""
    kinds = f"""kind IN ({", ".join(f"'{kind}'" for kind in sorted(LOOPS))})"""
    if not anew:
        return ask(
            f"""SELECT kind, count(*), sum(CASE WHEN due <= :today THEN 1 ELSE 0 END) FROM due_item
            WHERE {kinds} GROUP BY kind""",
            now,
        )
    rows = ask(f"SELECT contact_id, kind, due <= :today FROM due_item WHERE {kinds}", now)
    return [(kind, 1, of_them) for key, kind, of_them in rows if key not in anew]
