"""Birthdays, anniversaries and other days of the year: reading and writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.dates.civil import yearly_occurrence
from planner.core.gifts import gift_words
from planner.core.model import OLDEST, Favor, ItemKind, OpenItem, Settings, Status
from planner.core.words.counts import counted
from planner.store import tables as t
from planner.store.connection import among, ask, ask_about
from planner.store.connection import day as day_of
from planner.store.facts.favors import gifts_for
from planner.store.facts.put_off import hidden

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

_DATES = """SELECT d.id, d.contact_id, d.kind, d.month_day, d.year, d.kept_on, c.name, c.status, c.spread, c.created_on
    FROM contact_date d JOIN contact c ON c.id = d.contact_id WHERE"""
_KEPT_UP = "c.status <> 'archived' AND c.mode = 'rhythm'"


def dates_between(start: date, end: date, settings: Settings) -> list[OpenItem]:
    """Days of the year with an occurrence between two days, each once: the earliest occurrence not kept yet.

    Archived contacts and those with the mode occasion or never are left out; deceased contacts are remembered.
    """
    days = {start + timedelta(days=count) for count in range(-1, (end - start).days + 2)}
    wanted = {day.month * 100 + day.day for day in days}
    if wanted & {228, 301}:
        wanted.add(229)
    listed = ", ".join(map(str, sorted(wanted)))
    return _items(ask(f"{_DATES} d.month_day IN ({listed}) AND {_KEPT_UP}"), start, end, settings)


def dates_of(contact_ids: Iterable[int], start: date, end: date, settings: Settings) -> list[OpenItem]:
    """Days of the year of some contacts with an occurrence between two days, like `dates_between`."""
    rows = ask_about(f"{_DATES} d.contact_id IN ({{keys}}) AND {_KEPT_UP}", set(contact_ids))
    return _items(rows, start, end, settings)


def _items(rows: Iterable[tuple[Any, ...]], start: date, end: date, settings: Settings) -> list[OpenItem]:
    """The items of days of the year between two days, each with what is known about gifts for it."""
    found = [item for row in rows if (item := _date_item(row, start, end, settings)) is not None]
    gifts = gifts_for({item.contact_id for item in found})
    return hidden([_with_gifts(item, gifts.get(item.contact_id, ())) for item in found], settings)


def _with_gifts(item: OpenItem, gifts: Sequence[Favor]) -> OpenItem:
    """The item of a day of the year, with gift ideas and earlier gifts."""
    kind, _, more = item.text.partition(": ")
    words = gift_words(gifts, kind, item.due) if gifts and kind != "remember" else ""
    return replace(item, text=f"{kind}: {' · '.join(part for part in (more, words) if part)}") if words else item


def _date_item(row: tuple[Any, ...], start: date, end: date, settings: Settings) -> OpenItem | None:
    key, contact_id, kind, month_day, year, kept, name, status, spread, created_on = row
    kept_on = day_of(kept)
    if spread:
        # A contact of a large import is congratulated from the import on: not a dozen belated birthdays at once.
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
    """ "birthday: turns 36", "anniversary: 12 years", "remember: birthday"; with the age only if it is plausible."""
    if deceased:
        return f"remember: {kind}"
    if year is None or not 0 < on_year - year <= OLDEST:
        return kind
    count = on_year - year
    return f"{kind}: turns {count}" if kind == "birthday" else f"{kind}: {counted(count, 'year')}"


def date_items_of(contact_ids: Iterable[int], today: date, settings: Settings) -> list[OpenItem]:
    """The near days of the year of some contacts: belated, today or within the lead time."""
    rows = ask_about(f"{_DATES} d.contact_id IN ({{keys}})", set(contact_ids))
    start = today - timedelta(days=settings.date_belated_days)
    return _items(rows, start, today + timedelta(days=settings.date_lead_days), settings)


def contacts_of(date_ids: Iterable[int]) -> set[int]:
    """The contacts with some days of the year, by the ids of the days."""
    rows = ask_about("SELECT contact_id FROM contact_date WHERE id IN ({keys})", date_ids)
    return {contact_id for (contact_id,) in rows}


def contact_date(date_id: int) -> tuple[int, str, int, int | None, str] | None:
    """(contact id, kind, month × 100 + day, year, contact name) of a day of the year, or None."""
    rows = ask(
        """SELECT d.contact_id, d.kind, d.month_day, d.year, c.name
        FROM contact_date d JOIN contact c ON c.id = d.contact_id WHERE d.id = ?""",
        (date_id,),
    )
    return next(((contact_id, kind, day, year, name) for contact_id, kind, day, year, name in rows), None)


def dates_kept_between(
    start: date, end: date, of: Collection[int] | None = None
) -> list[tuple[int, int, str, str, date]]:
    """(date id, contact id, contact name, words, day) of days of the year kept between two days."""
    rows = ask(
        f"""SELECT d.id, c.id, c.name, d.kind, d.year, d.kept_on, c.status, d.settled_on
        FROM contact_date d JOIN contact c ON c.id = d.contact_id WHERE d.settled_on BETWEEN ? AND ?
        {among("d.contact_id", of)} ORDER BY d.id""",
        (start.isoformat(), end.isoformat()),
    )
    # Kept in December for January: the age is that on the day itself.
    return [
        (key, who, name, date_words(kind, year, int(kept[:4]), status == Status.DECEASED), date.fromisoformat(on))
        for key, who, name, kind, year, kept, status, on in rows
    ]


def keep_date(writer: Writer, date_id: int, occurrence: date, on: date) -> None:
    """Store that an occurrence of a day of the year was kept, on the day `on`."""
    writer.update(t.ContactDateTable, date_id, kept_on=occurrence, settled_on=on)


def set_date(
    writer: Writer, contact_id: int, kind: str, found: tuple[int | None, int, int] | None, raw: str = ""
) -> None:
    """Set a contact's day of the year of one kind to (year, month, day); None removes it."""
    rows = ask("SELECT id, year, month_day FROM contact_date WHERE contact_id = ? AND kind = ?", (contact_id, kind))
    if found is None:
        for key, *_ in rows[:1]:
            writer.delete(t.ContactDateTable, key)
        return
    year, month, day = found
    values: dict[str, Any] = {"year": year, "month_day": month * 100 + day, "raw": raw}
    if not rows:
        writer.insert(t.ContactDateTable, contact=contact_id, kind=kind, **values)
    elif rows[0][1:] != (year, month * 100 + day):
        writer.update(t.ContactDateTable, rows[0][0], **values)
