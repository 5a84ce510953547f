"""Interactions and their participants: reading and writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.evidence.words import source_words
from planner.core.model import Direction, Interaction, Outcome
from planner.store import tables as t
from planner.store.connection import among, ask, ask_about, day, grouped

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

INTERACTION = """SELECT i.id, i."on", i.channel, i.direction, i.outcome, i.note, i.answered_on, i.version,
        i.loop, i.seen
    FROM interaction i"""
PEOPLE = """SELECT p.interaction_id, c.id, c.name FROM participation p JOIN contact c ON c.id = p.contact_id
    WHERE p.interaction_id IN ({keys}) ORDER BY p.id"""

SEEN_IN = """SELECT e.interaction_id, w.path, w.kind FROM evidence e JOIN watched w ON w.id = e.watched_id
    WHERE e.interaction_id IN ({keys}) ORDER BY e.watched_id"""


def _interactions(rows: Sequence[tuple[Any, ...]]) -> list[Interaction]:
    people = grouped(ask_about(PEOPLE, [row[0] for row in rows]))
    # Few planners watch anything, and then most interactions were still written by hand.
    seen_in = _seen_in([row[0] for row in rows if row[-1]])
    return [
        Interaction(
            key, date.fromisoformat(on), channel, Direction(direction), Outcome(outcome), note,
            tuple(people.get(key, ())), day(answered_on), version, loop, seen_in.get(key, ""),
        )
        for key, on, channel, direction, outcome, note, answered_on, version, loop, _ in rows
    ]  # fmt: skip


def _seen_in(interaction_ids: Sequence[int]) -> dict[int, str]:
    """By interaction: the first source in which it was seen, in words."""
    rows = ask_about(SEEN_IN, interaction_ids)
    return {key: source_words(path, kind) for key, path, kind in reversed(rows)}


def interaction(interaction_id: int) -> Interaction | None:
    """One interaction, or None."""
    found = _interactions(ask(f"{INTERACTION} WHERE i.id = ?", (interaction_id,)))
    return found[0] if found else None


def interactions_of(contact_id: int, limit: int) -> list[Interaction]:
    """A contact's interactions, newest first."""
    order = 'ORDER BY i."on" DESC, i.id DESC LIMIT ?'
    with_contact = "JOIN participation p ON p.interaction_id = i.id WHERE p.contact_id = ?"
    return _interactions(ask(f"{INTERACTION} {with_contact} {order}", (contact_id, limit)))


def reached_on(contact_id: int, on: date) -> list[Interaction]:
    """The interactions on a day in which a contact was reached, in the order they were written."""
    where = """JOIN participation p ON p.interaction_id = i.id
        WHERE p.contact_id = ? AND i."on" = ? AND i.outcome = ? ORDER BY i.id"""
    return _interactions(ask(f"{INTERACTION} {where}", (contact_id, on.isoformat(), str(Outcome.REACHED))))


def interactions_between(start: date, end: date, of: Collection[int] | None = None) -> list[Interaction]:
    """Interactions between two days (both included) without planned ones, oldest first; `of` some people only."""
    condition = f"""i."on" BETWEEN ? AND ? AND i.outcome <> '{Outcome.PLANNED}' {_with(of)}"""
    span = (start.isoformat(), end.isoformat())
    return _interactions(ask(f'{INTERACTION} WHERE {condition} ORDER BY i."on", i.id', span))


def _with(contact_ids: Collection[int] | None) -> str:
    """A condition on an interaction: one of some contacts took part; empty for None."""
    if contact_ids is None:
        return ""
    theirs = among("p.contact_id", contact_ids)
    return f"AND i.id IN (SELECT p.interaction_id FROM participation p WHERE true {theirs})"


def planned_with_on(on: date) -> list[int]:
    """The contacts with a plan on a day, by name."""
    rows = ask(
        """SELECT DISTINCT c.id, c.folded FROM interaction i JOIN participation p ON p.interaction_id = i.id
        JOIN contact c ON c.id = p.contact_id WHERE i.outcome = ? AND i."on" = ? ORDER BY c.folded, c.id""",
        (str(Outcome.PLANNED), on.isoformat()),
    )
    return [key for key, _ in rows]


def answered_between(start: date, end: date, of: Collection[int] | None = None) -> list[Interaction]:
    """Their messages that were marked as answered between two days."""
    condition, span = f"i.answered_on BETWEEN ? AND ? {_with(of)}", (start.isoformat(), end.isoformat())
    return _interactions(ask(f'{INTERACTION} WHERE {condition} ORDER BY i."on", i.id', span))


def times_reached(contact_id: int) -> int:
    """The number of interactions in which a contact was reached."""
    ((count,),) = ask(
        f"""SELECT count(*) FROM participation p JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id = ? AND i.outcome = '{Outcome.REACHED}'""",
        (contact_id,),
    )
    return int(count)


def last_reached(contact_ids: Sequence[int]) -> dict[int, date]:
    """The day of the latest contact with each, by contact id."""
    return latest(contact_ids, Outcome.REACHED)


def latest(contact_ids: Sequence[int], outcome: Outcome) -> dict[int, date]:
    """The day of each contact's latest interaction with this outcome, by id."""
    found = ask_about(
        f"""SELECT p.contact_id, max(i."on") FROM participation p JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id IN ({{keys}}) AND i.outcome = '{outcome}' GROUP BY p.contact_id""",
        contact_ids,
    )
    return {key: date.fromisoformat(on) for key, on in found}


def insert_interaction(
    writer: Writer,
    contact_ids: Sequence[int],
    *,
    on: date,
    channel: str = "",
    direction: str = Direction.ME,
    outcome: str = Outcome.REACHED,
    note: str = "",
    loop: str = "",
) -> int:
    """Insert an interaction with its participants, of a loop such as "v3" or of none; return its id."""
    key: int = writer.insert(
        t.InteractionTable, on=on, channel=channel, direction=direction, outcome=outcome, note=note, loop=loop
    )
    people = dict.fromkeys(contact_ids)
    if outcome != Outcome.PLANNED:
        _absorb(writer, list(people), on, channel, outcome)
    writer.insert_many(t.ParticipationTable, [{"interaction": key, "contact": contact_id} for contact_id in people])
    return key


ABSORBED = """SELECT i.id FROM interaction i JOIN participation p ON p.interaction_id = i.id
    WHERE p.contact_id IN ({{keys}}) AND i."on" = '{on}' AND i.seen <> 0 AND i.seen = i.version
    AND (i.outcome <> 'reached' OR '{outcome}' = 'reached')"""


def _absorb(writer: Writer, contact_ids: Sequence[int], on: date, channel: str, outcome: str) -> None:
    """Delete interactions from evidence with the same people, day and channel: what a person writes replaces them.

    The traces stay, without an interaction.
    """
    query = ABSORBED.format(on=on.isoformat(), outcome=outcome)
    for (key,) in ask_about(query, contact_ids):
        row = writer.row(t.InteractionTable, key)
        if row is None or channel not in ("", row["channel"]):
            continue
        traces = [trace for (trace,) in ask("SELECT id FROM evidence WHERE interaction_id = ?", (key,))]
        writer.update_many(t.EvidenceTable, traces, interaction_id=None)
        writer.delete(t.InteractionTable, key)


def update_interaction(writer: Writer, interaction_id: int, version: int | None = None, **changes: Any) -> None:
    """Change an interaction's columns."""
    writer.update(t.InteractionTable, interaction_id, version, **changes)


def delete_interaction(writer: Writer, interaction_id: int) -> None:
    """Delete an interaction with its participations."""
    writer.delete(t.InteractionTable, interaction_id)
