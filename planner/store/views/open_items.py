"""Reading the agenda's raw material: open items due in a span, dates of the year, counts.

The most urgent rhythms are found without looking at all of them: within one length of round, urgency falls
with the due date, so the first few by due of each length hold the most urgent of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from peewee import Case, fn

from planner.core.dates.typed import yearly_occurrence
from planner.core.model import ItemKind, OpenItem, Settings, Status
from planner.core.rhythm.due import chosen, rhythm_item
from planner.store import tables as t
from planner.store.connection import ask, batches
from planner.store.connection import day as day_of
from planner.store.derived import COLUMNS
from planner.store.facts.put_off import chosen_days, hidden
from planner.store.facts.rhythm_facts import rhythm_facts

CADENCE = str(ItemKind.CADENCE)
NO_LOOPS = (ItemKind.CADENCE, ItemKind.DATE, ItemKind.FOLLOWUP, ItemKind.PLANNED)


def _visible(today: date) -> Any:
    due = t.DueItem
    return (
        (due.hidden_until.is_null() | (due.hidden_until <= today))
        & (due.paused_until.is_null() | (due.paused_until <= today))
        & due.planned_on.is_null()
    )


_SELECTED = f"""SELECT {", ".join(f"d.{name}" for name in COLUMNS)}, c.name
    FROM due_item d JOIN contact c ON c.id = d.contact_id WHERE """
_VISIBLE = """(d.hidden_until IS NULL OR d.hidden_until <= :today)
    AND (d.paused_until IS NULL OR d.paused_until <= :today) AND d.planned_on IS NULL"""
_NO_DAY_TO_COME = "(d.chosen_day IS NULL OR d.chosen_day < :today)"
_PRESSING = f"""{_SELECTED} d.kind = 'cadence' AND d.ideal_days = :length AND d.due <= :end
    AND {_NO_DAY_TO_COME} AND {_VISIBLE} {{and_more}} ORDER BY d.due, c.name, d.id LIMIT :most"""


def _items(condition: str, **values: Any) -> list[OpenItem]:
    return _taken(_SELECTED + condition, values)


def _taken(statement: str, values: dict[str, Any]) -> list[OpenItem]:
    """Open items of a whole statement, in which dates are ISO text as they are stored.

    The agenda is asked a dozen such questions while a person waits: written out, they cost a quarter of
    what composing them does.
    """
    return [
        OpenItem(
            key, ItemKind(kind), contact_id, date.fromisoformat(due), day_of(worst), ideal_days, day_of(last_contact),
            day_of(hidden_until), day_of(paused_until), day_of(planned_on), day_of(chosen_day), bool(working_days),
            asks, text, name,
        )
        for (
            key, kind, contact_id, due, worst, ideal_days, last_contact, hidden_until, paused_until, planned_on,
            chosen_day, working_days, asks, text, name,
        ) in ask(statement, values)
    ]  # fmt: skip


def fixed_items(end: date, today: date) -> list[OpenItem]:
    """Open items that are not rhythms and due by a day, and every item with a day chosen by hand.

    A rhythm only while that day is to come: see `pressing_rhythms`.
    """
    others = _items("d.kind <> 'cadence' AND (d.due <= :end OR d.chosen_day IS NOT NULL)", end=end.isoformat())
    by_hand = _items(f"d.kind = 'cadence' AND d.chosen_day >= :today AND {_VISIBLE}", today=today.isoformat())
    return others + by_hand


def pressing_rhythms(end: date, today: date, most: int) -> list[OpenItem]:
    """The visible rhythms due by a day, at least the `most` most urgent of them today."""
    values: dict[str, Any] = {"end": end.isoformat(), "today": today.isoformat(), "most": most}
    lengths = ask("SELECT DISTINCT ideal_days FROM due_item WHERE kind = 'cadence' AND due <= :end", values)
    found: list[OpenItem] = []
    for (length,) in lengths:
        values["length"] = length
        some = _taken(_PRESSING.format(and_more=""), values)
        found.extend(some)
        if len(some) == most and any(item.working_days for item in some):
            # Those cannot take the weekend, where others that are less urgent have room.
            known = {item.id for item in some}
            others = _taken(_PRESSING.format(and_more="AND NOT d.working_days"), values)
            found.extend(item for item in others if item.id not in known)
    return found


def rhythms_due(end: date, today: date) -> int:
    """How many visible rhythms are due by a day."""
    statement = f"SELECT count(*) FROM due_item d WHERE d.kind = 'cadence' AND d.due <= :end AND {_VISIBLE}"
    ((count,),) = ask(statement, {"end": end.isoformat(), "today": today.isoformat()})
    return int(count)


def overdue_rhythms(today: date) -> list[OpenItem]:
    """Every visible rhythm due today or before, without a day chosen by hand that is still to come."""
    condition = f"d.kind = 'cadence' AND d.due <= :today AND {_VISIBLE} AND {_NO_DAY_TO_COME}"
    return _items(condition, today=today.isoformat())


def all_rhythms() -> list[OpenItem]:
    """Every rhythm that is kept up."""
    return _items("d.kind = 'cadence'")


def items_of(contact_id: int) -> list[OpenItem]:
    """Every open item of a contact but dates of the year, by due date."""
    return _items("d.contact_id = :contact ORDER BY d.due, d.id", contact=contact_id)


def items_with_ids(ids: Iterable[str]) -> dict[str, OpenItem]:
    """Open items by id; dates of the year are not among them."""
    found: dict[str, OpenItem] = {}
    for some in batches(sorted(set(ids))):
        named = {f"item{number}": item for number, item in enumerate(some)}
        listed = ", ".join(f":{name}" for name in named)
        found.update((item.id, item) for item in _items(f"d.id IN ({listed})", **named))
    return found


_DONE_LATER = """SELECT contact_id FROM contact_summary WHERE last_contact > :today
    UNION SELECT p.contact_id FROM participation p JOIN interaction i ON i.id = p.interaction_id
    WHERE i."on" > :today AND i.outcome = 'attempt'"""
_PUT_OFF_LATER = """SELECT contact_id FROM skip WHERE "on" > :today
    UNION SELECT contact_id FROM snooze WHERE made_on > :today AND item LIKE 'c%'"""


def _dated_after(today: date) -> list[int]:
    """Contacts with a contact, an attempt, a skip or a snooze of their rhythm that is dated after a day."""
    after = {"today": today.isoformat()}
    found = {contact_id for (contact_id,) in ask(_DONE_LATER, after)}
    # Skips and snoozes have no index by day: they are looked at only where something was done on a later day.
    if ask("SELECT 1 FROM journal WHERE made_on > :today LIMIT 1", after):
        found.update(contact_id for (contact_id,) in ask(_PUT_OFF_LATER, after))
    return sorted(found)


def as_of(items: list[OpenItem], settings: Settings, today: date) -> list[OpenItem]:
    """The items with rhythms derived anew where a fact is dated after today (a clock set back)."""
    ahead = _dated_after(today)
    if not ahead:
        return items
    anew = set(ahead)
    kept = [item for item in items if not (item.kind is ItemKind.CADENCE and item.contact_id in anew)]
    for ids in batches(ahead):
        names = dict(t.Contact.select(t.Contact.id, t.Contact.name).where(t.Contact.id.in_(ids)).tuples())
        days = chosen_days(ids)
        for contact_id, facts in rhythm_facts(ids).items():
            item = rhythm_item(facts, settings, today)
            if item is not None:
                item = chosen(item, *days.get((contact_id, item.id), (None, None)))
                kept.append(replace(item, contact_name=names[contact_id]))
    return kept


def dates_between(start: date, end: date, today: date, settings: Settings) -> list[OpenItem]:
    """Days of the year with an occurrence in a span, each once: the earliest one not kept yet.

    Contacts of the mode occasion or never, and archived ones, are left out; the deceased are remembered.
    """
    days = {start + timedelta(days=count) for count in range(-1, (end - start).days + 2)}
    wanted = {day.month * 100 + day.day for day in days}
    if wanted & {228, 301}:
        wanted.add(229)
    listed = ", ".join(map(str, sorted(wanted)))
    rows = ask(f"{_DATES} d.month_day IN ({listed}) AND c.status <> 'archived' AND c.mode = 'rhythm'")
    return hidden([item for row in rows if (item := _date_item(row, start, end, settings)) is not None])


_DATES = """SELECT d.id, d.contact_id, d.kind, d.month_day, d.year, d.kept_on, c.name, c.status, c.spread, c.created_on
    FROM contact_date d JOIN contact c ON c.id = d.contact_id WHERE"""


def _date_item(row: tuple[Any, ...], start: date, end: date, settings: Settings) -> OpenItem | None:
    key, contact_id, kind, month_day, year, kept, name, status, spread, created_on = row
    kept_on = day_of(kept)
    if spread:
        # Whoever came with an import of many is congratulated from then on, not belatedly by the dozen.
        start = max(start, date.fromisoformat(created_on))
    for on_year in range(start.year, end.year + 1):
        day = yearly_occurrence(month_day // 100, month_day % 100, on_year, settings.leap_birthday)
        if start <= day <= end and (kept_on is None or kept_on < day) and (year is None or on_year >= year):
            return OpenItem(
                id=f"d{key}",
                kind=ItemKind.DATE,
                contact_id=contact_id,
                due=day,
                text=date_words(kind, year, on_year, status == Status.DECEASED),
                contact_name=name,
            )
    return None


def date_words(kind: str, year: int | None, on_year: int, deceased: bool) -> str:
    """ "birthday: turns 36", "anniversary: 12 years", "remember: birthday"; the age only when known."""
    if deceased:
        return f"remember: {kind}"
    if year is None or on_year <= year:
        return kind
    count = on_year - year
    return f"{kind}: turns {count}" if kind == "birthday" else f"{kind}: {count} years"


def date_items_of(contact_id: int, today: date, settings: Settings) -> list[OpenItem]:
    """A contact's own days of the year that are near: belated, today or within the lead time."""
    rows = ask(f"{_DATES} d.contact_id = ?", (contact_id,))
    start = today - timedelta(days=settings.date_belated_days)
    end = today + timedelta(days=settings.date_lead_days)
    return [item for row in rows if (item := _date_item(row, start, end, settings)) is not None]


def contact_date(date_id: int) -> tuple[int, str, int, int | None, str] | None:
    """(contact id, kind, month × 100 + day, year, contact name) of a day of the year, or None."""
    row = (
        t.ContactDate.select(
            t.ContactDate.contact_id, t.ContactDate.kind, t.ContactDate.month_day, t.ContactDate.year, t.Contact.name
        )
        .join(t.Contact)
        .where(t.ContactDate.id == date_id)
        .tuples()
        .first()
    )
    return tuple(row) if row is not None else None


def keep_date(writer: Any, date_id: int, occurrence: date, on: date) -> None:
    """This occurrence of a day of the year was kept, on a day."""
    writer.update(t.ContactDate, date_id, kept_on=occurrence, settled_on=on)


def dates_kept_between(start: date, end: date) -> list[tuple[int, int, str, str, date]]:
    """(date id, contact id, contact name, what it was, day) of dates that were kept in a span of days."""
    rows = (
        t.ContactDate.select(
            t.ContactDate.id,
            t.Contact.id,
            t.Contact.name,
            t.ContactDate.kind,
            t.ContactDate.year,
            t.ContactDate.kept_on,
            t.Contact.status,
            t.ContactDate.settled_on,
        )
        .join(t.Contact)
        .where(t.ContactDate.settled_on.between(start, end))
        .order_by(t.ContactDate.id)
    )
    # Kept in December for January: the age is that of the day itself.
    return [
        (key, contact_id, name, date_words(kind, year, kept_on.year, status == Status.DECEASED), on)
        for key, contact_id, name, kind, year, kept_on, status, on in rows.tuples()
    ]


def counts(today: date, everyone_paused_until: date | None) -> tuple[int, int, int, dict[ItemKind, tuple[int, int]]]:
    """(contacts, open loops, items due today or before, (open, due) of each kind of loop)."""
    contacts = t.Contact.select(fn.COUNT(1)).tuples().first()[0]
    rows = (
        t.DueItem.select(t.DueItem.kind, fn.COUNT(1), fn.SUM(Case(None, [(t.DueItem.due <= today, 1)], 0)))
        .where(t.DueItem.kind.not_in([str(kind) for kind in NO_LOOPS]))
        .group_by(t.DueItem.kind)
    )
    loops = {ItemKind(kind): (int(count), int(due)) for kind, count, due in rows.tuples()}
    wanted = (t.DueItem.due <= today) & _visible(today)
    if everyone_paused_until is not None and today < everyone_paused_until:
        wanted &= t.DueItem.kind != CADENCE
    due = t.DueItem.select(fn.COUNT(1)).where(wanted).tuples().first()[0]
    return int(contacts), sum(count for count, _ in loops.values()), int(due), loops
