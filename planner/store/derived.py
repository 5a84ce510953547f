"""The derived tables: one row for each open item, one summary for each contact.

One function writes them, in the transaction of the facts it follows; nothing in them depends on the day,
so that no midnight makes them wrong. `differences` proves them equal to the derivation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.due import chosen, effective_cadence, rhythm_item
from planner.core.ledger import open_loop
from planner.core.model import (
    WRITTEN_CHANNELS,
    Direction,
    FavorState,
    ItemKind,
    OpenItem,
    Outcome,
    Settings,
)
from planner.core.recurrence import repeat_due
from planner.store import tables as t
from planner.store.facts import batches, favors_where, grouped, rhythm_facts

if TYPE_CHECKING:
    from planner.store.database import Store

COLUMNS = (
    "id", "kind", "contact_id", "due", "worst", "ideal_days", "last_contact", "hidden_until", "paused_until",
    "planned_on", "chosen_day", "working_days", "asks", "text",
)  # fmt: skip
DUE_FIELDS = tuple(t.DueItem._meta.columns[name] for name in COLUMNS)
OPEN_STATES = (FavorState.ASKED, FavorState.PROMISED, FavorState.DONE, FavorState.THANKED, FavorState.ALTERNATIVE)
LOOPS = frozenset(ItemKind) - {ItemKind.CADENCE, ItemKind.DATE, ItemKind.FOLLOWUP, ItemKind.PLANNED}
"""Kinds that count as a loop with a contact."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """What is derived for one contact."""

    items: tuple[OpenItem, ...]
    last_contact: date | None
    due: date | None
    rhythm: str
    circles: str

    @property
    def loops(self) -> int:
        """How many loops are open with the contact."""
        return sum(1 for item in self.items if item.kind in LOOPS)


def derive(contact_ids: Sequence[int], settings: Settings) -> dict[int, Derivation]:
    """Everything derived for contacts that exist, from their facts alone."""
    ids = list(contact_ids)
    facts = rhythm_facts(ids)
    items: dict[int, list[OpenItem]] = defaultdict(list)
    for favor in favors_where(t.Favor.contact_id.in_(ids), t.Favor.state.in_(OPEN_STATES)):
        loop = open_loop(favor, settings)
        if loop is not None:
            items[favor.contact_id].append(replace(loop, contact_name=""))
    for item in (*_follow_ups(ids), *_planned(ids), *_answers(ids, settings)):
        items[item.contact_id].append(item)
    snoozed, days = _item_snoozes(ids), _chosen_days(ids)
    found = {}
    for contact_id, known in facts.items():
        rhythm = rhythm_item(known, settings)
        own = [_hidden(item, snoozed) for item in items.get(contact_id, ())]
        if rhythm is not None:
            own.append(rhythm)
        effective = effective_cadence(known)
        found[contact_id] = Derivation(
            items=tuple(chosen(item, *days.get(item.id, (None, None))) for item in own),
            last_contact=max(known.reached, default=None),
            due=rhythm.due if rhythm is not None else None,
            rhythm=effective.cadence.words if effective is not None else "",
            circles=", ".join(circle.name for circle in known.circles),
        )
    return found


def _follow_ups(ids: list[int]) -> Iterator[OpenItem]:
    rows = list(
        t.FollowUp.select(t.FollowUp.id, t.FollowUp.contact_id, t.FollowUp.text, t.FollowUp.on, t.FollowUp.repeat)
        .where(t.FollowUp.contact_id.in_(ids), t.FollowUp.closed_on.is_null())
        .tuples()
    )
    done = grouped(
        t.FollowUpDone.select(t.FollowUpDone.follow_up_id, t.FollowUpDone.on)
        .where(t.FollowUpDone.follow_up_id.in_([row[0] for row in rows]))
        .tuples()
    )
    for key, contact_id, text, on, repeat in rows:
        due = repeat_due(on, repeat, tuple(sorted(done.get(key, ()))))
        if due is not None:
            yield OpenItem(id=f"f{key}", kind=ItemKind.FOLLOWUP, contact_id=contact_id, due=due, text=text)


def _planned(ids: list[int]) -> Iterator[OpenItem]:
    """Planned interactions; one with several contacts is one item, on the one named first."""
    rows = (
        t.Participation.select(
            t.Participation.contact_id, t.Interaction.id, t.Interaction.on, t.Interaction.channel, t.Interaction.note
        )
        .join(t.Interaction)
        .where(t.Participation.contact_id.in_(ids), t.Interaction.outcome == Outcome.PLANNED)
        .order_by(t.Participation.id)
        .tuples()
    )
    found = [row for row in rows if _first_of(row[1]) == row[0]]
    for contact_id, key, on, channel, note in found:
        yield OpenItem(
            id=f"i{key}",
            kind=ItemKind.PLANNED,
            contact_id=contact_id,
            due=on,
            text=": ".join(part for part in (channel, note) if part) or "to meet",
        )


def _first_of(interaction_id: int) -> int | None:
    row = (
        t.Participation.select(t.Participation.contact_id)
        .where(t.Participation.interaction_id == interaction_id)
        .order_by(t.Participation.id)
        .tuples()
        .first()
    )
    return row[0] if row is not None else None


def _answers(ids: list[int], settings: Settings) -> Iterator[OpenItem]:
    """Messages and missed calls of theirs that nothing of mine, on that day or later, has answered."""
    rows = list(
        t.Participation.select(
            t.Participation.contact_id,
            t.Interaction.id,
            t.Interaction.on,
            t.Interaction.channel,
            t.Interaction.outcome,
            t.Interaction.note,
        )
        .join(t.Interaction)
        .where(
            t.Participation.contact_id.in_(ids),
            t.Interaction.direction == Direction.THEM,
            t.Interaction.outcome != Outcome.PLANNED,
            t.Interaction.answered_on.is_null(),
        )
        .tuples()
    )
    waiting = [row for row in rows if row[3] in WRITTEN_CHANNELS or row[4] == Outcome.ATTEMPT]
    if not waiting:
        return
    from peewee import fn

    mine = dict(
        t.Participation.select(t.Participation.contact_id, fn.MAX(t.Interaction.on))
        .join(t.Interaction)
        .where(
            t.Participation.contact_id.in_(sorted({row[0] for row in waiting})),
            t.Interaction.direction != Direction.THEM,
            t.Interaction.outcome != Outcome.PLANNED,
        )
        .group_by(t.Participation.contact_id)
        .tuples()
    )
    for contact_id, key, on, channel, _outcome, note in waiting:
        last = mine.get(contact_id)
        # The aggregate comes back as text on some drivers and as a date on others.
        last_on = date.fromisoformat(last) if isinstance(last, str) else last
        if (last_on is not None and last_on >= on) or _first_of(key) != contact_id:
            continue
        yield OpenItem(
            id=f"i{key}",
            kind=ItemKind.ANSWER,
            contact_id=contact_id,
            due=on + timedelta(days=settings.answer_days),
            text=note or channel,
        )


def _item_snoozes(ids: list[int]) -> dict[str, tuple[date, str]]:
    """The latest snooze of each item that is not keep-in-touch: (until, the due date it was made for)."""
    rows = (
        t.Snooze.select(t.Snooze.item, t.Snooze.until, t.Snooze.cadence_key)
        .where(t.Snooze.contact_id.in_(ids), ~t.Snooze.item.startswith("c"))
        .order_by(t.Snooze.made_on, t.Snooze.id)
        .tuples()
    )
    return {item: (until, key) for item, until, key in rows}


def _hidden(item: OpenItem, snoozed: dict[str, tuple[date, str]]) -> OpenItem:
    until, made_for = snoozed.get(item.id, (None, ""))
    return replace(item, hidden_until=until) if made_for == item.due.isoformat() else item


def _chosen_days(ids: list[int]) -> dict[str, tuple[date, date]]:
    rows = t.ChosenDay.select(t.ChosenDay.item, t.ChosenDay.day, t.ChosenDay.for_due).where(
        t.ChosenDay.contact_id.in_(ids)
    )
    return {item: (day, for_due) for item, day, for_due in rows.tuples()}


def refresh(store: Store, contact_ids: Collection[int]) -> None:
    """Write what is derived for these contacts anew; in the caller's transaction."""
    for ids in batches(sorted(set(contact_ids))):
        t.DueItem.delete().where(t.DueItem.contact_id.in_(ids)).execute()
        t.ContactSummary.delete().where(t.ContactSummary.contact_id.in_(ids)).execute()
        _write(derive(ids, store.settings))


def _write(derivations: dict[int, Derivation]) -> None:
    rows = [_row(item) for derivation in derivations.values() for item in derivation.items]
    for chunk in batches(rows, 60):
        t.DueItem.insert_many(chunk, fields=DUE_FIELDS).execute()
    summaries = [
        (contact_id, one.last_contact, one.due, one.rhythm, one.circles, one.loops)
        for contact_id, one in derivations.items()
    ]
    fields = (
        t.ContactSummary.contact,
        t.ContactSummary.last_contact,
        t.ContactSummary.due,
        t.ContactSummary.rhythm,
        t.ContactSummary.circles,
        t.ContactSummary.loops,
    )
    for chunk in batches(summaries, 150):
        t.ContactSummary.insert_many(chunk, fields=fields).execute()


def _row(item: OpenItem) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in COLUMNS)


def all_contact_ids() -> list[int]:
    """Every contact's id, in order."""
    return [row[0] for row in t.Contact.select(t.Contact.id).order_by(t.Contact.id).tuples()]


def rebuild(store: Store) -> None:
    """Derive everything anew; in the caller's transaction."""
    t.DueItem.delete().execute()
    t.ContactSummary.delete().execute()
    for ids in batches(all_contact_ids()):
        _write(derive(ids, store.settings))


def differences(store: Store) -> list[str]:
    """Where the derived tables differ from the derivation, a line each; empty when they are right."""
    found: list[str] = []
    known = set()
    for ids in batches(all_contact_ids()):
        known.update(ids)
        stored: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
        for row in t.DueItem.select(*DUE_FIELDS).where(t.DueItem.contact_id.in_(ids)).tuples():
            stored[row[2]].add(tuple(row))
        summaries = {
            row[0]: tuple(row[1:])
            for row in t.ContactSummary.select(
                t.ContactSummary.contact_id,
                t.ContactSummary.last_contact,
                t.ContactSummary.due,
                t.ContactSummary.rhythm,
                t.ContactSummary.circles,
                t.ContactSummary.loops,
            )
            .where(t.ContactSummary.contact_id.in_(ids))
            .tuples()
        }
        for contact_id, one in derive(ids, store.settings).items():
            expected = {_row(item) for item in one.items}
            found.extend(
                f"contact {contact_id}: item {row[0]} is stored, not derived, or differs"
                for row in sorted(stored[contact_id] ^ expected, key=lambda row: str(row[0]))
            )
            summary = (one.last_contact, one.due, one.rhythm, one.circles, one.loops)
            if summaries.get(contact_id) != summary:
                found.append(f"contact {contact_id}: the summary differs")
    orphans = t.DueItem.select(t.DueItem.id, t.DueItem.contact_id).tuples()
    found.extend(f"item {key}: contact {owner} is gone" for key, owner in orphans if owner not in known)
    return found
