"""Interactions, follow-ups, snoozes, skips, days chosen by hand, pauses, favors: reading and writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.model import Direction, Favor, FollowUp, Interaction, Outcome
from planner.store import tables as t
from planner.store.connection import ask, batches, day, grouped
from planner.store.facts.rhythm_facts import favors_where

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

INTERACTION_FIELDS = (
    t.Interaction.id, t.Interaction.on, t.Interaction.channel, t.Interaction.direction, t.Interaction.outcome,
    t.Interaction.note, t.Interaction.answered_on, t.Interaction.version,
)  # fmt: skip


def insert_interaction(
    writer: Writer,
    contact_ids: Sequence[int],
    *,
    on: date,
    channel: str = "",
    direction: str = Direction.ME,
    outcome: str = Outcome.REACHED,
    note: str = "",
) -> int:
    """A new interaction with its participants; gives its id."""
    key: int = writer.insert(
        t.Interaction,
        on=on,
        channel=channel,
        direction=str(direction),
        outcome=str(outcome),
        note=note,
    )
    for contact_id in dict.fromkeys(contact_ids):
        writer.insert(t.Participation, interaction=key, contact=contact_id)
    return key


def _interactions(rows: Sequence[tuple[Any, ...]]) -> list[Interaction]:
    people: dict[int, list[tuple[int, str]]] = {}
    for ids in batches([row[0] for row in rows]):
        people.update(
            grouped(
                t.Participation.select(t.Participation.interaction_id, t.Contact.id, t.Contact.name)
                .join(t.Contact)
                .where(t.Participation.interaction_id.in_(ids))
                .order_by(t.Participation.id)
                .tuples()
            )
        )
    return [
        Interaction(
            id=key,
            on=on,
            channel=channel,
            direction=Direction(direction),
            outcome=Outcome(outcome),
            note=note,
            contacts=tuple((person[0], person[1]) for person in people.get(key, ())),
            answered_on=answered_on,
            version=version,
        )
        for key, on, channel, direction, outcome, note, answered_on, version in rows
    ]


def interaction(interaction_id: int) -> Interaction | None:
    """One interaction, or None."""
    rows = list(t.Interaction.select(*INTERACTION_FIELDS).where(t.Interaction.id == interaction_id).tuples())
    found = _interactions(rows)
    return found[0] if found else None


def interactions_of(contact_id: int, limit: int = 50, offset: int = 0) -> list[Interaction]:
    """A contact's interactions, newest first."""
    rows = (
        t.Interaction.select(*INTERACTION_FIELDS)
        .join(t.Participation)
        .where(t.Participation.contact_id == contact_id)
        .order_by(t.Interaction.on.desc(), t.Interaction.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return _interactions(list(rows.tuples()))


def interactions_between(start: date, end: date) -> list[Interaction]:
    """What happened or was tried in a span of days, both ends in it, oldest first."""
    rows = (
        t.Interaction.select(*INTERACTION_FIELDS)
        .where(t.Interaction.on.between(start, end), t.Interaction.outcome != Outcome.PLANNED)
        .order_by(t.Interaction.on, t.Interaction.id)
    )
    return _interactions(list(rows.tuples()))


def answered_between(start: date, end: date) -> list[Interaction]:
    """Messages of theirs marked as answered in a span of days."""
    rows = (
        t.Interaction.select(*INTERACTION_FIELDS)
        .where(t.Interaction.answered_on.between(start, end))
        .order_by(t.Interaction.on, t.Interaction.id)
    )
    return _interactions(list(rows.tuples()))


def people_reached_since(start: date, end: date) -> int:
    """How many contacts were reached in a span of days, each day of each contact once."""
    from peewee import fn

    query = (
        t.Participation.select(t.Participation.contact_id, t.Interaction.on)
        .join(t.Interaction)
        .where(t.Interaction.on.between(start, end), t.Interaction.outcome == Outcome.REACHED)
        .distinct()
    )
    row = t.Participation.select(fn.COUNT(1)).from_(query.alias("reached")).tuples().first()
    return int(row[0])


def update_interaction(writer: Writer, interaction_id: int, version: int | None = None, **changes: Any) -> None:
    """Change an interaction's columns."""
    writer.update(t.Interaction, interaction_id, version, **changes)


def delete_interaction(writer: Writer, interaction_id: int) -> None:
    """Delete an interaction with its participations."""
    writer.delete(t.Interaction, interaction_id)


def insert_follow_up(writer: Writer, contact_id: int, text: str, on: date, repeat: str = "") -> int:
    """A new follow-up; gives its id."""
    key: int = writer.insert(t.FollowUp, contact=contact_id, text=text, on=on, repeat=repeat)
    return key


def follow_ups_of(*conditions: Any) -> list[FollowUp]:
    """Follow-ups with the days they were done on, by id."""
    rows = list(
        t.FollowUp.select(
            t.FollowUp.id, t.FollowUp.contact_id, t.FollowUp.text, t.FollowUp.on, t.FollowUp.repeat,
            t.FollowUp.closed_on, t.FollowUp.version,
        )
        .where(*conditions)
        .order_by(t.FollowUp.id)
        .tuples()
    )  # fmt: skip
    done = grouped(
        t.FollowUpDone.select(t.FollowUpDone.follow_up_id, t.FollowUpDone.on)
        .where(t.FollowUpDone.follow_up_id.in_([row[0] for row in rows]))
        .order_by(t.FollowUpDone.on, t.FollowUpDone.id)
        .tuples()
    )
    return [
        FollowUp(key, contact, text, on, repeat, tuple(done.get(key, ())), closed, version)
        for key, contact, text, on, repeat, closed, version in rows
    ]


def follow_up(follow_up_id: int) -> FollowUp | None:
    """One follow-up, or None."""
    found = follow_ups_of(t.FollowUp.id == follow_up_id)
    return found[0] if found else None


def follow_ups_with(contact_id: int) -> list[FollowUp]:
    """A contact's follow-ups, by id."""
    return follow_ups_of(t.FollowUp.contact_id == contact_id)


def follow_ups_done_between(start: date, end: date) -> list[tuple[int, int, str, str, date]]:
    """(follow-up id, contact id, contact name, text, day) of rounds done in a span of days."""
    rows = (
        t.FollowUpDone.select(t.FollowUp.id, t.Contact.id, t.Contact.name, t.FollowUp.text, t.FollowUpDone.on)
        .join(t.FollowUp)
        .join(t.Contact)
        .where(t.FollowUpDone.on.between(start, end))
        .order_by(t.FollowUpDone.id)
    )
    return list(rows.tuples())


def insert_follow_up_done(writer: Writer, follow_up_id: int, on: date, due: date) -> None:
    """A round of a follow-up was done."""
    writer.insert(t.FollowUpDone, follow_up=follow_up_id, on=on, due=due)


def update_follow_up(writer: Writer, follow_up_id: int, version: int | None = None, **changes: Any) -> None:
    """Change a follow-up's columns."""
    writer.update(t.FollowUp, follow_up_id, version, **changes)


def insert_snooze(writer: Writer, item: str, contact_id: int, until: date, made_on: date, made_for: str) -> None:
    """Hide an item until a day; `made_for` is the key of its cadence, or its due date as ISO text."""
    writer.insert(t.Snooze, item=item, contact=contact_id, until=until, made_on=made_on, made_for=made_for)


def insert_skip(writer: Writer, contact_id: int, on: date) -> None:
    """Leave out this round of a rhythm."""
    writer.insert(t.Skip, contact=contact_id, on=on)


def set_chosen_day(writer: Writer, item: str, contact_id: int, day: date, for_due: date) -> None:
    """Put an item on a day of the plan by hand; at most one day an item."""
    row = t.ChosenDay.select(t.ChosenDay.id).where(t.ChosenDay.item == item).tuples().first()
    if row is None:
        writer.insert(t.ChosenDay, item=item, contact=contact_id, day=day, for_due=for_due)
    else:
        writer.update(t.ChosenDay, row[0], contact=contact_id, day=day, for_due=for_due)


def everyone_paused_until() -> date | None:
    """The end of everyone's pause, or None."""
    ((until,),) = ask("SELECT max(until) FROM pause")
    return day(until)


def set_everyone_paused(writer: Writer, until: date | None) -> bool:
    """Pause everyone until a day, or (None) end that pause; False when nothing changed."""
    rows = [row[0] for row in t.Pause.select(t.Pause.id).tuples()]
    for key in rows:
        writer.delete(t.Pause, key)
    if until is not None:
        writer.insert(t.Pause, until=until)
    return bool(rows) or until is not None


def insert_favor(writer: Writer, **values: Any) -> int:
    """A new entry of the ledger; gives its id."""
    key: int = writer.insert(t.Favor, **values)
    return key


def favor(favor_id: int) -> Favor | None:
    """One favor, or None."""
    found = favors_where(t.Favor.id == favor_id)
    return found[0] if found else None


def favors_with(contact_id: int) -> list[Favor]:
    """A contact's favors, by id."""
    return favors_where(t.Favor.contact_id == contact_id)


def all_favors(contact_id: int | None = None) -> list[Favor]:
    """Every favor, or those with one contact."""
    return favors_where(t.Favor.contact_id == contact_id) if contact_id is not None else favors_where(True)


def favors_moved_between(start: date, end: date) -> list[Favor]:
    """Favors with a step (done, thanked, told, closed) in a span of days."""
    columns = (t.Favor.done_on, t.Favor.thanked_on, t.Favor.told_on, t.Favor.closed_on)
    condition = columns[0].between(start, end)
    for column in columns[1:]:
        condition = condition | column.between(start, end)
    return favors_where(condition)


def nudges_between(start: date, end: date) -> list[tuple[int, int, str, str, date]]:
    """(favor id, contact id, contact name, note or kind, day) of nudges sent in a span of days."""
    rows = (
        t.Nudge.select(t.Favor.id, t.Contact.id, t.Contact.name, t.Favor.note, t.Favor.kind, t.Nudge.on)
        .join(t.Favor)
        .join(t.Contact)
        .where(t.Nudge.on.between(start, end))
        .order_by(t.Nudge.id)
    )
    return [(key, contact, name, note or kind, on) for key, contact, name, note, kind, on in rows.tuples()]


_SETTLED = """SELECT 'interactions' WHERE EXISTS
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
            OR told_on BETWEEN :start AND :end OR closed_on BETWEEN :start AND :end)
    UNION ALL SELECT 'network' WHERE EXISTS
        (SELECT 1 FROM told WHERE "on" BETWEEN :start AND :end)
        OR EXISTS (SELECT 1 FROM introduction WHERE one_on BETWEEN :start AND :end
            OR other_on BETWEEN :start AND :end OR worked_on BETWEEN :start AND :end
            OR closed_on BETWEEN :start AND :end)"""


def kinds_settled_between(start: date, end: date) -> frozenset[str]:
    """Which kinds of things were settled in a span of days: most days few of them were.

    Composing a question costs more than asking whether there is anything to ask.
    """
    values = {"start": start.isoformat(), "end": end.isoformat()}
    return frozenset(kind for (kind,) in ask(_SETTLED, values))


def update_favor(writer: Writer, before: Favor, after: Favor) -> None:
    """Write what changed between two values of one favor."""
    names = (
        "state", "note", "asked_on", "due_on", "done_on", "thanked_on", "told_on", "closed_on", "way_out",
        "way_out_note",
    )  # fmt: skip
    changes = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    if "state" in changes:
        changes["state"] = str(changes["state"])
    if changes:
        writer.update(t.Favor, before.id, **changes)
    for on in after.nudges[len(before.nudges) :]:
        writer.insert(t.Nudge, favor=before.id, on=on)
