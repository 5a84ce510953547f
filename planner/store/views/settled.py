"""The kinds of items settled between two days, and the days with too many of them to be read at once."""

from __future__ import annotations

from datetime import date

from planner.store.connection import ask

SETTLED = """SELECT 'interactions' WHERE EXISTS
        (SELECT 1 FROM interaction WHERE "on" BETWEEN :start AND :end AND outcome <> 'planned')
    UNION ALL SELECT 'answers' WHERE EXISTS
        (SELECT 1 FROM interaction WHERE answered_on BETWEEN :start AND :end)
    UNION ALL SELECT 'follow-ups' WHERE EXISTS
        (SELECT 1 FROM follow_up_done WHERE "on" BETWEEN :start AND :end)
    UNION ALL SELECT 'dates' WHERE EXISTS
        (SELECT 1 FROM contact_date WHERE settled_on BETWEEN :start AND :end)
    UNION ALL SELECT 'nudges' WHERE EXISTS
        (SELECT 1 FROM nudge WHERE "on" BETWEEN :start AND :end)
    UNION ALL SELECT 'favors' WHERE EXISTS
        (SELECT 1 FROM favor WHERE done_on BETWEEN :start AND :end OR thanked_on BETWEEN :start AND :end
            OR told_on BETWEEN :start AND :end OR closed_on BETWEEN :start AND :end
            OR home_on BETWEEN :start AND :end)
    UNION ALL SELECT 'network' WHERE EXISTS
        (SELECT 1 FROM told WHERE "on" BETWEEN :start AND :end)
        OR EXISTS (SELECT 1 FROM introduction WHERE one_on BETWEEN :start AND :end
            OR other_on BETWEEN :start AND :end OR worked_on BETWEEN :start AND :end
            OR closed_on BETWEEN :start AND :end)"""

CROWDED = """SELECT "on" FROM interaction WHERE "on" BETWEEN ? AND ? GROUP BY "on" HAVING count(*) > ?"""


def crowded_days(start: date, end: date, most: int) -> list[date]:
    """The days in a span with more than `most` interactions, in order."""
    rows = ask(CROWDED, (start.isoformat(), end.isoformat(), most))
    return [date.fromisoformat(on) for (on,) in rows]


def kinds_settled_between(start: date, end: date) -> frozenset[str]:
    """The kinds of items settled between two days; usually few, and only their tables are read."""
    values = {"start": start.isoformat(), "end": end.isoformat()}
    return frozenset(kind for (kind,) in ask(SETTLED, values))
