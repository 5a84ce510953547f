"""Facts of many contacts at once, as the rules want them. Reads only; inside a transaction of the caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

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

BATCH = 400
"""Ids in one query: below SQLite's oldest limit on parameters, with room for others."""

Value = TypeVar("Value")


def batches(ids: Collection[Value], size: int = BATCH) -> Iterator[list[Value]]:
    """The ids in lists of at most `size`."""
    everything = list(ids)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]


def grouped(rows: Any) -> dict[int, list[Any]]:
    """Rows of (contact id, …) by contact id; a row of two gives its second value, a longer one its rest."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1] if len(row) == 2 else row[1:])
    return found


def rhythm_facts(contact_ids: Sequence[int]) -> dict[int, RhythmFacts]:
    """The facts of each contact that exists, by id; at most `BATCH` ids at once."""
    ids = list(contact_ids)
    circles = grouped(
        t.Membership.select(
            t.Membership.contact_id,
            t.Circle.name,
            t.Circle.cadence,
            t.Circle.cadence_since,
            t.Membership.joined_on,
            t.Circle.paused_until,
        )
        .join(t.Circle)
        .where(t.Membership.contact_id.in_(ids))
        .order_by(t.Circle.name)
        .tuples()
    )
    reached: dict[int, list[date]] = defaultdict(list)
    attempts: dict[int, list[date]] = defaultdict(list)
    planned: dict[int, list[date]] = defaultdict(list)
    rows = (
        t.Participation.select(
            t.Participation.contact_id, t.Interaction.on, t.Interaction.outcome, t.Interaction.direction
        )
        .join(t.Interaction)
        .where(t.Participation.contact_id.in_(ids))
        .tuples()
    )
    for contact_id, on, outcome, direction in rows:
        if outcome == Outcome.REACHED:
            reached[contact_id].append(on)
        elif outcome == Outcome.PLANNED:
            planned[contact_id].append(on)
        elif direction != Direction.THEM:
            attempts[contact_id].append(on)
    snoozes = grouped(
        t.Snooze.select(t.Snooze.contact_id, t.Snooze.id, t.Snooze.until, t.Snooze.made_on, t.Snooze.cadence_key)
        .where(t.Snooze.contact_id.in_(ids), t.Snooze.item.startswith("c"))
        .tuples()
    )
    skips = grouped(t.Skip.select(t.Skip.contact_id, t.Skip.on).where(t.Skip.contact_id.in_(ids)).tuples())
    contacts = t.Contact.select(
        t.Contact.id,
        t.Contact.uid,
        t.Contact.mode,
        t.Contact.status,
        t.Contact.cadence,
        t.Contact.cadence_since,
        t.Contact.spread,
        t.Contact.returned_on,
        t.Contact.paused_until,
    ).where(t.Contact.id.in_(ids))
    found = {}
    for key, uid, mode, status, cadence, since, spread, returned_on, paused_until in contacts.tuples():
        found[key] = RhythmFacts(
            contact_id=key,
            uid=uid,
            mode=Mode(mode),
            status=Status(status),
            cadence=cadence,
            cadence_since=since,
            circles=tuple(
                CircleCadence(name, text, max(set_on, joined) if set_on else None, paused)
                for name, text, set_on, joined, paused in circles.get(key, ())
            ),
            spread=bool(spread),
            returned_on=returned_on,
            paused_until=paused_until,
            reached=tuple(sorted(reached.get(key, ()))),
            attempts=tuple(sorted(attempts.get(key, ()))),
            planned=tuple(sorted(planned.get(key, ()))),
            snoozes=tuple(Snooze(*row) for row in snoozes.get(key, ())),
            skips=tuple(sorted(skips.get(key, ()))),
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
