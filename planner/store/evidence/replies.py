"""Who wrote, according to evidence, after being asked for something or told of a need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from planner.core.evidence.replies import Wrote, replied_on
from planner.core.favors import asked_last, lane
from planner.core.model import Favor
from planner.core.needs import Told, news_since
from planner.store.connection import ask_about

WROTE = """SELECT e.contact_id, e."on", max(EXISTS (SELECT 1 FROM evidence m WHERE m.contact_id = e.contact_id
        AND m."on" = e."on" AND m.kind IN ('sent', 'replied', 'called', 'tried', 'rang')
        AND (e.kind = 'said' OR m.at < e.at)))
    FROM evidence e JOIN interaction i ON i.id = e.interaction_id
    WHERE e.contact_id IN ({keys}) AND e.kind IN ('wrote', 'overheard', 'said') AND i.seen = i.version
    AND i.outcome = 'reached' AND e."on" BETWEEN '{since}' AND '{until}' GROUP BY e.contact_id, e."on" """
"""The days on which they wrote, and whether I had written something earlier that day.

For a day of a chat only the last lines of both are known: it counts as earlier, since nothing is decided by it.
"""


def _wrote(contact_ids: Collection[int], since: date, until: date | None) -> dict[int, list[Wrote]]:
    sql = WROTE.replace("{since}", since.isoformat()).replace("{until}", (until or date.max).isoformat())
    found: dict[int, list[Wrote]] = defaultdict(list)
    for contact_id, on, after_mine in ask_about(sql, contact_ids):
        found[contact_id].append(Wrote(date.fromisoformat(on), bool(after_mine)))
    return found


def replies_to_favors(favors: Sequence[Favor], until: date | None = None) -> dict[int, date]:
    """By the id of a waiting ask: the day they wrote after it; days after `until` are ignored."""
    asked = {one: on for one in favors if lane(one) == "i_asked" and (on := asked_last(one)) is not None}
    if not asked:
        return {}
    wrote = _wrote({one.contact_id for one in asked}, min(asked.values()), until)
    days = {one.id: replied_on(on, wrote.get(one.contact_id, ()), one.not_about_on) for one, on in asked.items()}
    return {key: on for key, on in days.items() if on is not None}


def replies_to_told(told: Sequence[Told], until: date | None = None) -> dict[int, date]:
    """By contact of a told-list with an awaited answer: the day they wrote after they were told."""
    waiting = {one.contact_id: (on, one.not_about_on) for one in told if (on := news_since(one)) is not None}
    if not waiting:
        return {}
    wrote = _wrote(waiting, min(on for on, _ in waiting.values()), until)
    days = {key: replied_on(on, wrote.get(key, ()), not_about) for key, (on, not_about) in waiting.items()}
    return {key: on for key, on in days.items() if on is not None}


def last_wrote(contact_id: int, since: date, until: date) -> date | None:
    """The last day from `since` to `until` on which a contact wrote; None where they did not."""
    return max((one.on for one in _wrote([contact_id], since, until).get(contact_id, ())), default=None)
