"""The facts about the rhythms of many contacts at once, for the rules of due dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planner.core.model import CircleCadence, Direction, Mode, Outcome, RhythmFacts, Status
from planner.store.connection import ask_about, day, days, grouped
from planner.store.facts.put_off import skips, snoozes

CIRCLES = """SELECT m.contact_id, c.name, c.cadence, c.cadence_since, m.joined_on, c.paused_until
    FROM membership m JOIN circle c ON c.id = m.circle_id WHERE m.contact_id IN ({keys}) ORDER BY c.name"""
INTERACTIONS = """SELECT p.contact_id, i."on", i.outcome, i.direction, i.loop, i.seen = i.version
    FROM participation p JOIN interaction i ON i.id = p.interaction_id WHERE p.contact_id IN ({keys})"""
CONTACTS = """SELECT id, uid, mode, status, cadence, cadence_since, spread, returned_on, paused_until
    FROM contact WHERE id IN ({keys})"""


_MODES, _STATUSES = {str(one): one for one in Mode}, {str(one): one for one in Status}


def rhythm_facts(contact_ids: Sequence[int]) -> dict[int, RhythmFacts]:
    """The rhythm facts of each contact, by id; ids that do not exist are left out."""
    ids = list(contact_ids)
    circles = grouped(ask_about(CIRCLES, ids))
    reached: dict[int, list[str]] = defaultdict(list)
    attempts: dict[int, list[str]] = defaultdict(list)
    wrote: dict[int, list[str]] = defaultdict(list)
    planned: dict[int, list[str]] = defaultdict(list)
    seen: dict[int, list[str]] = defaultdict(list)
    for contact_id, on, outcome, direction, loop, is_seen in ask_about(INTERACTIONS, ids):
        if outcome == Outcome.REACHED:
            reached[contact_id].append(on)
            if is_seen:
                seen[contact_id].append(on)
        elif outcome == Outcome.PLANNED:
            planned[contact_id].append(on)
        elif direction != Direction.THEM:
            (wrote if loop else attempts)[contact_id].append(on)
    snoozed, skipped = snoozes(ids), skips(ids)
    found = {}
    for key, uid, mode, status, cadence, since, spread, returned_on, paused_until in ask_about(CONTACTS, ids):
        found[key] = RhythmFacts(
            contact_id=key,
            uid=uid,
            mode=_MODES[mode],
            status=_STATUSES[status],
            cadence=cadence,
            cadence_since=day(since),
            circles=tuple(
                CircleCadence(name, text, day(max(set_on, joined)) if set_on else None, day(paused), day(set_on))
                for name, text, set_on, joined, paused in circles.get(key, ())
            ),
            spread=bool(spread),
            returned_on=day(returned_on),
            paused_until=day(paused_until),
            reached=days(reached[key]) if key in reached else (),
            seen=days(seen[key]) if key in seen else (),
            attempts=days(attempts[key]) if key in attempts else (),
            wrote=days(wrote[key]) if key in wrote else (),
            planned=days(planned[key]) if key in planned else (),
            snoozes=tuple(snoozed.get((key, f"c{key}"), ())) if snoozed else (),
            skips=skipped.get(key, ()),
        )
    return found
