"""The most urgent rhythms for the week plan, found without looking at all of them.

Within one length of round urgency falls with the due date, so the first few by due of each length hold the most
urgent of all. Each question steps from length to length in the index and reads no more rows than have room: 12 ms of
processor at 1,000,000 contacts, where sorting all that are equally urgent by name took 150.
"""

from __future__ import annotations

from datetime import date

from planner.core.model import OpenItem
from planner.store.connection import ask
from planner.store.views.item_columns import COLUMNS
from planner.store.views.open_items import NO_DAY_TO_COME, VISIBLE, items_of_rows

NOT_FOR_WORKING_DAYS = "AND NOT d.working_days"
_LENGTHS = """length(days) AS (SELECT min(i.ideal_days) FROM due_item i WHERE i.kind = 'cadence' UNION ALL
    SELECT (SELECT min(i.ideal_days) FROM due_item i WHERE i.kind = 'cadence' AND i.ideal_days > length.days)
    FROM length WHERE length.days IS NOT NULL)"""
_DAYS = """day("on") AS (SELECT :today UNION ALL SELECT date(day."on", '+1 day') FROM day WHERE day."on" < :end)"""
_NAMED = f"""SELECT {", ".join(f"f.{name}" for name in COLUMNS)}, c.name FROM"""
_FIRST = f"""length CROSS JOIN due_item f WHERE f.id IN (SELECT d.id FROM due_item d
    WHERE d.kind = 'cadence' AND d.ideal_days = length.days AND {{span}} AND {NO_DAY_TO_COME} AND {VISIBLE} {{and_more}}
    ORDER BY d.due, d.id LIMIT :most)"""
_CONTACT = "CROSS JOIN contact c ON c.id = f.contact_id"
# As `planner.core.rhythm.agenda` orders them; a round has at least one day there, too.
_ORDER = """round(max(0, julianday(:today) - julianday(f.due)) / max(1, f.ideal_days), 6) DESC,
    coalesce(f.worst, f.due), f.due"""
PAST = f"""WITH RECURSIVE {_LENGTHS} {_NAMED}
    (SELECT f.* FROM {_FIRST.format(span="d.due < :today", and_more="{and_more}")}) f {_CONTACT}
    ORDER BY {_ORDER}, c.name, f.id LIMIT :most"""
SOON = f"""WITH RECURSIVE {_LENGTHS} {_NAMED}
    (SELECT f.* FROM {_FIRST.format(span="d.due BETWEEN :today AND :end", and_more="{and_more}")}) f {_CONTACT}"""
TURNING = f"""WITH RECURSIVE {_LENGTHS}, {_DAYS} {_NAMED}
    (SELECT f.*, row_number() OVER (PARTITION BY f.worst ORDER BY {_ORDER}, f.id) AS place FROM day CROSS JOIN
    {_FIRST.format(span='d.worst = day."on" AND d.due <= :end', and_more="{and_more}")}) f {_CONTACT}
    WHERE f.place <= :most"""


def pressing_rhythms(end: date, today: date, capacity: int, more: int) -> dict[str, OpenItem]:
    """The visible rhythms that can find a place from today to a day, by id: the most urgent, and those that turn late.

    `capacity` is how many places a day has, of which half go first to those that turn late; `more` how many
    rhythms may leave their place, since they join another item. Where more are equally urgent than there are
    places, those with the first ids stand for them all.
    """
    days = (end - today).days + 1
    found = _pressing(end, today, days * capacity + more, days * -(-capacity // 2) + more, "")
    if any(item.working_days for item in found.values()):
        # Rhythms of working days cannot take the weekend, where less urgent ones have room.
        found |= _pressing(end, today, days * capacity + more, days * -(-capacity // 2) + more, NOT_FOR_WORKING_DAYS)
    return found


def _pressing(end: date, today: date, most: int, turning: int, and_more: str) -> dict[str, OpenItem]:
    def items(statement: str, most: int) -> list[OpenItem]:
        values = {"end": end.isoformat(), "today": today.isoformat(), "most": most}
        return items_of_rows(ask(statement.format(and_more=and_more), values))

    found = {item.id: item for item in items(PAST, most)}
    if len(found) < most:
        found.update((item.id, item) for item in items(SOON, most))
    found.update((item.id, item) for item in items(TURNING, turning))
    return found
