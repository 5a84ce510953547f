"""The most urgent rhythms for the week plan, found without reading all of them.

Among rounds of one length, urgency falls with the due date. So the index alone gives the urgency of the last rhythm
that may find a place, length by length, and only rhythms as urgent are read: 30 ms of processor time at 1,000,000
contacts and 2 at 10,000, where sorting everybody who is due by name takes 150 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from planner.core.model import OpenItem
from planner.store.connection import ask
from planner.store.sqlite import days_between, pairs_of
from planner.store.views.item_columns import COLUMNS
from planner.store.views.open_items import NO_DAY_TO_COME, VISIBLE, items_of_rows

_LENGTHS = """length(days) AS (SELECT min(i.ideal_days) FROM due_item i WHERE i.kind = 'cadence' UNION ALL
    SELECT (SELECT min(i.ideal_days) FROM due_item i WHERE i.kind = 'cadence' AND i.ideal_days > length.days)
    FROM length WHERE length.days IS NOT NULL)"""
_DAYS = """day("on") AS (SELECT :since UNION ALL SELECT date(day."on", '+1 day') FROM day WHERE day."on" < :until)"""
# Same formula as `planner.core.rhythm.urgency`, in which a round also has at least one day.
_URGENCY = f"round(max(0, {days_between('{due}', ':today')}) / max(1, length.days), 6)"
# The number due on each of the first days of each length; and the urgency up to which there are enough.
_FEW = """SELECT due AS key, count(*) AS value FROM (SELECT i.due FROM due_item i WHERE i.kind = 'cadence'
    AND i.ideal_days = length.days AND {span} ORDER BY i.due LIMIT :most) GROUP BY due"""
_DUES = f"""SELECT {{on}} AS "on", one.key AS due, one.value AS many, {_URGENCY.format(due="one.key")} AS urgency
    FROM {{days}} length, {pairs_of(_FEW)} one"""
_LAST = f"""SELECT "on", urgency, due FROM
    (SELECT *, sum(many) OVER (PARTITION BY "on" ORDER BY urgency DESC, due) AS up_to FROM ({_DUES}))
    WHERE up_to >= :most AND up_to - many < :most"""
LAST_PAST = f"""WITH RECURSIVE {_LENGTHS} {_LAST.format(on="''", days="", span="i.due < :today")}"""
LAST_TURNING = f"""WITH RECURSIVE {_LENGTHS}, {_DAYS}
    {_LAST.format(on='day."on"', days="day CROSS JOIN", span='i.worst = day."on" AND i.due <= :end')}"""

_NAMED = f"""SELECT {", ".join(f"d.{name}" for name in COLUMNS)}, c.name FROM"""
_CONTACT = "CROSS JOIN contact c ON c.id = d.contact_id"
_OF_LENGTH = f"""length CROSS JOIN due_item d {_CONTACT} WHERE d.kind = 'cadence' AND d.ideal_days = length.days
    AND {NO_DAY_TO_COME} AND {VISIBLE} {{and_more}}"""
# Days past due per day of the round, rounded up to whole days. An urgency is rounded to six places.
_PAST_DAYS = "(:least - 0.0000005) * max(1, length.days)"
_AS_URGENT = f"""CASE WHEN :least > 0 THEN date(:today, '-' || (CAST({_PAST_DAYS} AS INTEGER) + 1) || ' days')
    ELSE :latest END"""
_ORDER = f"{_URGENCY.format(due='d.due')} DESC, coalesce(d.worst, d.due), d.due, c.name, d.id"
PAST = f"""WITH RECURSIVE {_LENGTHS} {_NAMED} {_OF_LENGTH} AND d.due <= {_AS_URGENT} ORDER BY {_ORDER} LIMIT :most"""
TURNING = f"""WITH RECURSIVE {_LENGTHS} {_NAMED} {_OF_LENGTH} AND d.worst IN ({{days}})
    AND d.due <= {_AS_URGENT} ORDER BY {_ORDER} LIMIT :most"""
SOON = f"""WITH RECURSIVE {_LENGTHS} SELECT {", ".join(COLUMNS)}, name FROM
    (SELECT d.*, c.name, row_number() OVER (PARTITION BY d.ideal_days ORDER BY d.due, d.worst, c.name, d.id) AS place
    FROM {_OF_LENGTH} AND d.due BETWEEN :today AND coalesce(
    (SELECT d.due FROM due_item d WHERE d.kind = 'cadence' AND d.ideal_days = length.days AND {NO_DAY_TO_COME}
    AND {VISIBLE} {{and_more}} AND d.due BETWEEN :today AND :end ORDER BY d.due LIMIT 1 OFFSET :most), :end)) soon
    WHERE place <= :most"""


def pressing_rhythms(end: date, today: date, capacity: int, more: int) -> dict[str, OpenItem]:
    """The visible rhythms that can find a place from today to `end`, by id: the most urgent, and those that turn late.

    `capacity` is the number of places in a day, half of which go first to those that turn late; `more` is how many
    rhythms may give up their place by joining another item.
    """
    days = (end - today).days + 1
    most, turning = days * capacity + more, days * -(-capacity // 2) + more
    found = _pressing(end, today, most, turning, "")
    if any(item.working_days for item in found.values()):
        # Rhythms for working days cannot use the weekend, where less urgent ones have room.
        found |= _pressing(end, today, most, turning, "AND NOT d.working_days")
    return found


def _pressing(end: date, today: date, most: int, turning: int, and_more: str) -> dict[str, OpenItem]:
    span = {"today": today.isoformat(), "end": end.isoformat()}
    yesterday = (today - timedelta(days=1)).isoformat()

    def rows(statement: str, days: Iterable[str] = (), **values: str | float) -> list[tuple[Any, ...]]:
        # The days are our own dates, so they can be part of a statement as they are.
        listed = ", ".join(f"'{on}'" for on in days)
        return ask(statement.format(and_more=and_more, days=listed), span | values)

    def past(count: int) -> tuple[list[tuple[Any, ...]], bool]:
        last = rows(LAST_PAST, most=count)
        _, least, latest = last[0] if last else ("", 0, yesterday)
        return rows(PAST, least=least, latest=latest, most=most), not last

    def late_on(on: str, count: int) -> tuple[list[tuple[Any, ...]], bool]:
        last = [many[on]] if count == turning else rows(LAST_TURNING, since=on, until=on, most=count)
        _, least, latest = last[0] if last else (on, 0, end.isoformat())
        return rows(TURNING, [on], least=least, latest=latest, most=turning), not last

    found = _enough(past, most)
    if len(found) < most:
        found += rows(SOON, most=most)
    many = {row[0]: row for row in rows(LAST_TURNING, since=span["today"], until=span["end"], most=turning)}
    days = [(today + timedelta(days=count)).isoformat() for count in range((end - today).days + 1)]
    found += rows(TURNING, [on for on in days if on not in many], least=0, latest=end.isoformat(), most=-1)
    for on in many:
        found += _enough(partial(late_on, on), turning)
    return {item.id: item for item in items_of_rows(found)}


def _enough(read: Callable[[int], tuple[list[tuple[Any, ...]], bool]], most: int) -> list[tuple[Any, ...]]:
    """The first `most` visible rows; where hidden ones are among them, as many more are read as needed.

    `read` gets a count and gives (the visible rows among that many, whether there are no more).
    """
    count = most
    while True:
        found, whole = read(count)
        if whole or len(found) >= most:
            return found
        count *= 4
