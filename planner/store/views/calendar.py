"""Every open item and every day of the year, as entries of a calendar."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from planner.core.model import OLDEST, ItemKind, Settings, Status
from planner.core.rhythm.calendar_entries import CalendarEntry, repeat_rule, shown_day, yearly
from planner.store.connection import ask, day

FACTS_OF_ITEMS = {
    "c": "contact",
    "f": "follow_up",
    "i": "interaction",
    "v": "favor",
    "l": "favor",
    "t": "introduction",
    "n": "need",
}
"""The table for the first letter of an item's id."""
ITEMS = """SELECT d.id, d.kind, d.due, d.chosen_day, d.hidden_until, d.paused_until, d.text, d.last_contact,
    c.name, c.changed_at, m.times, m.at
    FROM due_item d JOIN contact c ON c.id = d.contact_id LEFT JOIN moved m ON m.item = d.id
    WHERE d.planned_on IS NULL OR d.planned_from > ? ORDER BY d.due, d.id"""
DATES = """SELECT d.id, d.kind, d.month_day, d.year, d.version, c.uid, c.name, c.status, c.created_on, c.changed_at
    FROM contact_date d JOIN contact c ON c.id = d.contact_id
    WHERE c.status <> 'archived' AND c.mode = 'rhythm' ORDER BY c.id, d.id"""


def entries(settings: Settings, everyone_paused_until: date | None, today: date) -> list[CalendarEntry]:
    """The entries of open items by day, then those of the days of the year.

    They depend on today in one case only: a plan far ahead replaces a rhythm only once it comes near.
    """
    return [*_items(everyone_paused_until, today), *_dates(settings)]


def _items(everyone_paused_until: date | None, today: date) -> list[CalendarEntry]:
    rows = ask(ITEMS, (today.isoformat(),))
    uids = {letter: dict(ask(f"SELECT id, uid FROM {table}")) for letter, table in FACTS_OF_ITEMS.items()}
    follow_ups: dict[int, tuple[str, str]] = {
        key: (on, repeat)
        for key, on, repeat in ask("SELECT id, \"on\", repeat FROM follow_up WHERE closed_on IS NULL AND repeat <> ''")
    }
    found = []
    for key, kind, due, chosen, hidden, paused, text, last, name, changed_at, times, moved_at in rows:
        # The item of a need may name a person after its number: n1c5.
        digits, _, person = key[1:].partition("c")
        number = int(digits)
        until = day(paused)
        if kind == ItemKind.CADENCE and everyone_paused_until is not None:
            until = max(until or everyone_paused_until, everyone_paused_until)
        due_on = date.fromisoformat(due)
        on = shown_day(due_on, day(chosen), day(hidden), until)
        if on is None:
            continue
        rule = repeat_rule(*_anchor(follow_ups[number]), due_on) if key[0] == "f" and number in follow_ups else ""
        found.append(
            CalendarEntry(
                uid=f"{uids[key[0]][number]}-{kind}{person and f'-{person}'}",
                kind=ItemKind(kind),
                name=name,
                text=text,
                day=on,
                # A round on a chosen day is an entry of its own: the rule starts from the due date.
                rule=rule if on == due_on else "",
                sequence=times or 0,
                changed_at=max(changed_at, moved_at or ""),
                last_contact=day(last),
                item=key,
            )
        )
    return found


def _anchor(row: tuple[str, str]) -> tuple[date, str]:
    return date.fromisoformat(row[0]), row[1]


def _dates(settings: Settings) -> list[CalendarEntry]:
    found = []
    places: dict[tuple[str, str], int] = defaultdict(int)
    for key, kind, month_day, year, version, uid, name, status, created_on, changed_at in ask(DATES):
        places[uid, kind] += 1
        known_in = date.fromisoformat(created_on).year
        on, rule = yearly(month_day // 100, month_day % 100, year or known_in, settings.leap_birthday)
        died = status == Status.DECEASED
        words = f"remember: {kind}" if died else kind
        can_be = year is not None and (died or known_in - year <= OLDEST)
        found.append(
            CalendarEntry(
                # A contact may have several days of one kind: their order tells them apart.
                uid=f"{uid}-date-{_slug(kind)}-{places[uid, kind]}",
                kind=ItemKind.DATE,
                name=name,
                text=f"{words} ({year})" if can_be else words,
                day=on,
                rule=rule,
                sequence=version - 1,
                changed_at=changed_at,
                item=f"d{key}",
            )
        )
    return found


def _slug(text: str) -> str:
    """The kind of a day of the year, made fit for an identifier."""
    from hashlib import blake2b

    if text.isascii() and text.isalpha() and len(text) <= 30:
        return text.lower()
    return blake2b(text.encode(), digest_size=6).hexdigest()
