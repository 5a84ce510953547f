"""Facts of many contacts at once, as the rules want them. Reads only; inside a transaction of the caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from planner.core.model import (
    CircleCadence,
    Direction,
    Favor,
    FavorDirection,
    FavorState,
    Mode,
    Outcome,
    RhythmFacts,
    Snooze,
    Status,
)
from planner.store import tables as t
from planner.store.connection import ask_about, batches, day, days, grouped

LIVING = "status <> 'deceased'"
"""Of a contact: nothing is asked of whoever has died."""

CIRCLES = """SELECT m.contact_id, c.name, c.cadence, c.cadence_since, m.joined_on, c.paused_until
    FROM membership m JOIN circle c ON c.id = m.circle_id WHERE m.contact_id IN ({keys}) ORDER BY c.name"""
INTERACTIONS = """SELECT p.contact_id, i."on", i.outcome, i.direction
    FROM participation p JOIN interaction i ON i.id = p.interaction_id WHERE p.contact_id IN ({keys})"""
SNOOZES = """SELECT contact_id, id, until, made_on, made_for FROM snooze
    WHERE contact_id IN ({keys}) AND item LIKE 'c%'"""
SKIPS = 'SELECT contact_id, "on" FROM skip WHERE contact_id IN ({keys})'
CONTACTS = """SELECT id, uid, mode, status, cadence, cadence_since, spread, returned_on, paused_until
    FROM contact WHERE id IN ({keys})"""


def rhythm_facts(contact_ids: Sequence[int]) -> dict[int, RhythmFacts]:
    """The facts of each contact that exists, by id; at most `BATCH` ids at once."""
    ids = list(contact_ids)
    circles = grouped(ask_about(CIRCLES, ids))
    reached: dict[int, list[str]] = defaultdict(list)
    attempts: dict[int, list[str]] = defaultdict(list)
    planned: dict[int, list[str]] = defaultdict(list)
    for contact_id, on, outcome, direction in ask_about(INTERACTIONS, ids):
        if outcome == Outcome.REACHED:
            reached[contact_id].append(on)
        elif outcome == Outcome.PLANNED:
            planned[contact_id].append(on)
        elif direction != Direction.THEM:
            attempts[contact_id].append(on)
    snoozes = grouped(ask_about(SNOOZES, ids))
    skips = grouped(ask_about(SKIPS, ids))
    found = {}
    for key, uid, mode, status, cadence, since, spread, returned_on, paused_until in ask_about(CONTACTS, ids):
        found[key] = RhythmFacts(
            contact_id=key,
            uid=uid,
            mode=Mode(mode),
            status=Status(status),
            cadence=cadence,
            cadence_since=day(since),
            circles=tuple(
                CircleCadence(name, text, day(max(set_on, joined)) if set_on else None, day(paused))
                for name, text, set_on, joined, paused in circles.get(key, ())
            ),
            spread=bool(spread),
            returned_on=day(returned_on),
            paused_until=day(paused_until),
            reached=days(reached.get(key, ())),
            attempts=days(attempts.get(key, ())),
            planned=days(planned.get(key, ())),
            snoozes=tuple(
                Snooze(number, date.fromisoformat(until), date.fromisoformat(made_on), made_under)
                for number, until, made_on, made_under in snoozes.get(key, ())
            ),
            skips=days(skips.get(key, ())),
        )
    return found


def favors_where(*conditions: Any) -> list[Favor]:
    """Favors with their contact's name and nudges, oldest first."""
    rows = list(
        t.Favor.select(
            t.Favor.id,
            t.Favor.contact_id,
            t.Favor.direction,
            t.Favor.kind,
            t.Favor.state,
            t.Favor.note,
            t.Favor.asked_on,
            t.Favor.due_on,
            t.Favor.done_on,
            t.Favor.thanked_on,
            t.Favor.told_on,
            t.Favor.closed_on,
            t.Favor.way_out,
            t.Favor.way_out_note,
            t.Contact.name,
            t.Favor.version,
        )
        .join(t.Contact)
        .where(*conditions)
        .order_by(t.Favor.id)
        .tuples()
    )
    nudges: dict[int, list[date]] = {}
    for ids in batches([row[0] for row in rows]):
        nudges.update(grouped(t.Nudge.select(t.Nudge.favor_id, t.Nudge.on).where(t.Nudge.favor_id.in_(ids)).tuples()))
    return [
        Favor(
            id=row[0],
            contact_id=row[1],
            direction=FavorDirection(row[2]),
            kind=row[3],
            state=FavorState(row[4]),
            note=row[5],
            asked_on=row[6],
            due_on=row[7],
            done_on=row[8],
            thanked_on=row[9],
            told_on=row[10],
            closed_on=row[11],
            way_out=row[12],
            way_out_note=row[13],
            nudges=tuple(sorted(nudges.get(row[0], ()))),
            contact_name=row[14],
            version=row[15],
        )
        for row in rows
    ]
