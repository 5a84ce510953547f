"""Open items for the agenda: those due by a day, and counts."""

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
    from planner.store.views.derivation import Derivation

_SELECTED = f"""SELECT {", ".join(f"d.{name}" for name in COLUMNS)}, c.name
    FROM due_item d JOIN contact c ON c.id = d.contact_id WHERE """
VISIBLE = """(d.hidden_until IS NULL OR d.hidden_until <= :today)
    AND (d.paused_until IS NULL OR d.paused_until <= :today) AND (d.planned_on IS NULL OR d.planned_from > :today)"""
NO_DAY_TO_COME = "(d.chosen_day IS NULL OR d.chosen_day < :today)"
_FIXED = ", ".join(f"'{kind}'" for kind in ItemKind if kind not in (ItemKind.CADENCE, ItemKind.DATE))
# Every kind by name: the condition "not a rhythm" would read all rhythms, for 26 ms at 1,000,000 contacts.
FIXED_DUE = f"{_SELECTED} d.kind IN ({_FIXED}) AND d.due <= :end"
FIXED_BY_HAND = f"{_SELECTED} d.kind IN ({_FIXED}) AND d.chosen_day IS NOT NULL AND +d.due > :end"
KINDS = """WITH RECURSIVE found(kind) AS (SELECT min(kind) FROM due_item UNION ALL
    SELECT (SELECT min(d.kind) FROM due_item d WHERE d.kind > found.kind) FROM found WHERE found.kind IS NOT NULL)
    SELECT kind FROM found WHERE kind IS NOT NULL"""
RHYTHMS_BY_HAND = f"{_SELECTED} d.kind = 'cadence' AND d.chosen_day >= :today AND {VISIBLE}"
# By their ids, "c" and that of the contact: three times as fast as by the contact, whose other items are read then.
RHYTHMS_WITH = f"{_SELECTED} d.id IN ({{keys}}) AND d.due <= :end"
OTHERS_WITH = f"{_SELECTED} d.kind <> 'cadence' AND d.contact_id IN ({{keys}})"


def _items(condition: str, **values: Any) -> list[OpenItem]:
    return items_of_rows(ask(_SELECTED + condition, values))


def items_of_rows(rows: Iterable[tuple[Any, ...]]) -> list[OpenItem]:
    """Open items from rows of `COLUMNS` and the name of the contact."""
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
    """Open items other than rhythms that are due by a day, and every item with a day chosen by hand.

    A rhythm is included only while that day is still to come: see `planner.store.views.pressing`.
    """
    now, span = {"today": today.isoformat()}, {"end": end.isoformat()}
    for (kind,) in ask(KINDS):
        # An unknown kind in a damaged file raises an error here: the statements by kind would miss it.
        ItemKind(kind)
    return items_of_rows([*ask(FIXED_DUE, span), *ask(FIXED_BY_HAND, span), *ask(RHYTHMS_BY_HAND, now)])


def rhythms_with(contact_ids: Iterable[int], end: date, today: date) -> list[OpenItem]:
    """The visible rhythms of some contacts that are due by a day, without those moved by hand to a future day."""
    due = RHYTHMS_WITH.replace(":end", f"'{end.isoformat()}'")
    found = items_of_rows(ask_about(due, (f"c{key}" for key in set(contact_ids))))
    return [one for one in found if _shows(one, today) and (one.chosen_day is None or one.chosen_day < today)]


def _shows(item: OpenItem, today: date) -> bool:
    """Whether nothing hides an item, by the same rules as `VISIBLE`."""
    put_off = any(day is not None and day > today for day in (item.hidden_until, item.paused_until))
    plan_stands = item.planned_on is not None and (item.planned_from is None or item.planned_from <= today)
    return not put_off and not plan_stands


def fixed_items_after(contact_ids: Iterable[int], after: date) -> list[OpenItem]:
    """Open items of some contacts, other than rhythms, that are due after a day."""
    found = items_of_rows(ask_about(OTHERS_WITH, set(contact_ids)))
    return [item for item in found if item.due > after and item.chosen_day is None]


DUE = f"FROM due_item d WHERE d.kind = 'cadence' AND d.due <= :end AND {VISIBLE}"


def rhythms_due(end: date, today: date, settings: Settings) -> int:
    """The number of visible rhythms due by a day."""
    anew = derived_as_of(settings, today)
    values = {"today": today.isoformat(), "end": end.isoformat()}
    if not anew:
        ((count,),) = ask(f"SELECT count(*) {DUE}", values)
        return int(count)
    stand = sum(1 for (key,) in ask(f"SELECT d.contact_id {DUE}", values) if key not in anew)
    rhythms = (one.rhythm_item for one in anew.values())
    return stand + sum(1 for item in rhythms if item is not None and item.due <= end and _shows(item, today))


def overdue_rhythms(today: date, settings: Settings) -> list[OpenItem]:
    """Every visible rhythm due today or before, without those that have a future day chosen by hand."""
    condition = f"d.kind = 'cadence' AND d.due <= :today AND {VISIBLE} AND {NO_DAY_TO_COME}"
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


ROUNDS = "SELECT ideal_days, count(*) FROM due_item WHERE kind = 'cadence' AND ideal_days > 0 GROUP BY ideal_days"
BEHIND = f"""{_SELECTED} d.kind = 'cadence' AND d.ideal_days = :length AND d.due <= min(:before, coalesce(
    (SELECT i.due FROM due_item i WHERE i.kind = 'cadence' AND i.ideal_days = :length ORDER BY i.due LIMIT 1
    OFFSET :most - 1), :before)) ORDER BY d.due, c.name, d.id LIMIT :most"""


def rounds() -> dict[int, int]:
    """The number of rhythms by their length in days."""
    return dict(ask(ROUNDS))


def furthest_behind(lengths: Iterable[int], today: date, most: int) -> list[OpenItem]:
    """For each length of round, the first rhythms due before today, hidden ones included: at least `most` in all.

    If fewer are overdue, every rhythm: names decide among the others.
    """
    before = (today - timedelta(days=1)).isoformat()
    found = [row for one in lengths for row in ask(BEHIND, {"length": one, "before": before, "most": most})]
    return items_of_rows(found) if len(found) >= most else all_rhythms()


def items_of(contact_id: int) -> list[OpenItem]:
    """Every open item of a contact other than days of the year, by due date."""
    return _items("d.contact_id = :contact ORDER BY d.due, d.id", contact=contact_id)


def items_of_people(contact_ids: Collection[int], settings: Settings, today: date) -> list[OpenItem]:
    """Every open item of some contacts other than days of the year, as of today."""
    found = items_of_rows(ask_about(f"{_SELECTED} d.contact_id IN ({{keys}})", contact_ids))
    return as_of(found, settings, today, contact_ids)


def items_of_kinds(kinds: Iterable[ItemKind]) -> list[OpenItem]:
    """Every open item of some kinds."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return _items(f"d.kind IN ({listed})")


def needs_to_close() -> list[OpenItem]:
    """The item of each closed need that somebody is still to hear about, by due date."""
    return _items("d.kind = 'need' AND d.asks = :asks ORDER BY d.due, d.id", asks=HEAR)


def items_with_ids(ids: Iterable[str]) -> dict[str, OpenItem]:
    """Open items by id, without days of the year."""
    return {item.id: item for item in items_of_rows(ask_about(f"{_SELECTED} d.id IN ({{keys}})", set(ids)))}


_DONE_LATER = """SELECT p.contact_id FROM participation p JOIN interaction i ON i.id = p.interaction_id
    WHERE i."on" > :today AND i.outcome <> 'planned'
    UNION SELECT f.contact_id FROM follow_up_done d JOIN follow_up f ON f.id = d.follow_up_id WHERE d."on" > :today"""
_PUT_OFF_LATER = """SELECT contact_id FROM skip WHERE "on" > :today
    UNION SELECT contact_id FROM snooze WHERE made_on > :today"""


def _dated_after(today: date) -> list[int]:
    after = {"today": today.isoformat()}
    found = {contact_id for (contact_id,) in ask(_DONE_LATER, after)}
    # Skips and snoozes have no index by day: they are read only if something was done on a later day.
    if ask("SELECT 1 FROM journal WHERE made_on > :today LIMIT 1", after):
        found.update(contact_id for (contact_id,) in ask(_PUT_OFF_LATER, after))
    return sorted(found)


def derived_as_of(settings: Settings, today: date) -> dict[int, Derivation]:
    """The derivations as of today, by contact, for contacts with a later fact (the clock was set back)."""
    ahead = _dated_after(today)
    if not ahead:
        return {}
    # Late: reading needs the rules of every item only if the clock was set back.
    from planner.store.views.derivation import derive

    return derive(ahead, settings, today)


def as_of(
    items: list[OpenItem], settings: Settings, today: date, only: Collection[int] | None = None
) -> list[OpenItem]:
    """The items, where those of contacts with facts dated after today are replaced by a derivation without these facts.

    `only` limits it to some contacts.
    """
    anew = {key: one for key, one in derived_as_of(settings, today).items() if only is None or key in only}
    kept = [item for item in items if item.contact_id not in anew]
    names = names_of(anew)
    for contact_id, one in anew.items():
        kept += (replace(item, contact_name=names[contact_id]) for item in one.items)
    return kept


def loops(settings: Settings, today: date) -> dict[ItemKind, tuple[int, int]]:
    """(open, due today or before) for each kind of loop with an open one."""
    anew = derived_as_of(settings, today)
    items = [item for one in anew.values() for item in one.items if item.kind in LOOPS]
    open_loops: Counter[ItemKind] = Counter(item.kind for item in items)
    due_loops: Counter[ItemKind] = Counter(item.kind for item in items if item.due <= today)
    for kind, count, of_them in _loops({"today": today.isoformat()}, anew):
        open_loops[ItemKind(kind)] += count
        due_loops[ItemKind(kind)] += of_them
    return {kind: (open_loops[kind], due_loops[kind]) for kind in open_loops}


def _loops(now: dict[str, str], anew: Mapping[int, Derivation]) -> list[tuple[str, int, int]]:
    """(kind of loop, how many are open, how many are due), without the contacts in `anew`."""
    kinds = f"""kind IN ({", ".join(f"'{kind}'" for kind in sorted(LOOPS))})"""
    if not anew:
        return ask(
            f"""SELECT kind, count(*), sum(CASE WHEN due <= :today THEN 1 ELSE 0 END) FROM due_item
            WHERE {kinds} GROUP BY kind""",
            now,
        )
    rows = ask(f"SELECT contact_id, kind, due <= :today FROM due_item WHERE {kinds}", now)
    return [(kind, 1, of_them) for key, kind, of_them in rows if key not in anew]
