"""The derived tables: one row for each open item, one summary for each contact.

One function writes them, in the transaction of the facts it follows; nothing in them depends on the day,
so that no midnight makes them wrong. `differences` proves them equal to the derivation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.dates.recurrence import repeat_due
from planner.core.favors import open_loop
from planner.core.model import (
    WRITTEN_CHANNELS,
    FavorState,
    ItemKind,
    OpenItem,
    Settings,
)
from planner.core.records import record
from planner.core.rhythm.due import chosen, effective_cadence, rhythm_item
from planner.store import sqlite
from planner.store import tables as t
from planner.store.connection import Connection, ask_about, batches, days, grouped, run_many
from planner.store.facts.put_off import chosen_days, hidden
from planner.store.facts.rhythm_facts import LIVING, favors_where, rhythm_facts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

COLUMNS = (
    "id", "kind", "contact_id", "due", "worst", "ideal_days", "last_contact", "hidden_until", "paused_until",
    "planned_on", "chosen_day", "working_days", "asks", "text",
)  # fmt: skip
DUE_FIELDS = tuple(t.DueItem._meta.columns[name] for name in COLUMNS)
WRITTEN = ", ".join(f"'{channel}'" for channel in ("", *sorted(WRITTEN_CHANNELS)))
"""Channels of theirs that wait for an answer; one that was not named is taken for a message."""
OPEN_STATES = (FavorState.ASKED, FavorState.PROMISED, FavorState.DONE, FavorState.THANKED, FavorState.ALTERNATIVE)
LOOPS = frozenset(ItemKind) - {ItemKind.CADENCE, ItemKind.DATE, ItemKind.FOLLOWUP, ItemKind.PLANNED}
"""Kinds that count as a loop with a contact."""


@record(frozen=True, slots=True)
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
    found: list[OpenItem] = []
    # Composing the question costs more than asking whether there is anything to ask.
    owing = [row[0] for row in ask_about(OWING, ids)]
    for favor in favors_where(t.Favor.contact_id.in_(owing), t.Favor.state.in_(OPEN_STATES)) if owing else ():
        loop = open_loop(favor, settings)
        if loop is not None:
            found.append(replace(loop, contact_name=""))
    found += (*_follow_ups(ids), *_planned(ids), *_answers(ids, settings))
    found += (replace(item, contact_name="") for item in _network(ids, settings))
    rhythms = {key: item for key, known in facts.items() if (item := rhythm_item(known, settings)) is not None}
    found = [*hidden(found), *rhythms.values()]
    by_hand = chosen_days(ids)
    items: dict[int, list[OpenItem]] = defaultdict(list)
    for item in found:
        items[item.contact_id].append(chosen(item, *by_hand.get((item.contact_id, item.id), (None, None))))
    derived = {}
    for contact_id, known in facts.items():
        rhythm, effective = rhythms.get(contact_id), effective_cadence(known)
        derived[contact_id] = Derivation(
            items=tuple(items.get(contact_id, ())),
            last_contact=max(known.reached, default=None),
            due=rhythm.due if rhythm is not None else None,
            rhythm=effective.cadence.words if effective is not None else "",
            circles=", ".join(circle.name for circle in known.circles),
        )
    return derived


# Nothing is asked of the dead, nor owed to them on a day: what was open stays in the history, and falls silent.
# A follow-up goes on: it is a note to oneself, such as flowers for a grave.
OWING = f"""SELECT DISTINCT f.contact_id FROM favor f JOIN contact c ON c.id = f.contact_id
    WHERE f.contact_id IN ({{keys}}) AND c.{LIVING}"""
FOLLOW_UPS = """SELECT id, contact_id, text, "on", repeat FROM follow_up
    WHERE contact_id IN ({keys}) AND closed_on IS NULL"""
ROUNDS = 'SELECT follow_up_id, "on" FROM follow_up_done WHERE follow_up_id IN ({keys})'
# An interaction with several contacts is one item, on the first named of those who live.
FIRST = f"""p.id = (SELECT min(one.id) FROM participation one JOIN contact c ON c.id = one.contact_id
    WHERE one.interaction_id = i.id AND c.{LIVING})"""
PLANNED = f"""SELECT p.contact_id, i.id, i."on", i.channel, i.note
    FROM participation p JOIN interaction i ON i.id = p.interaction_id
    WHERE p.contact_id IN ({{keys}}) AND i.outcome = 'planned' AND {FIRST}"""
# Messages and missed calls of theirs that nothing of mine, on that day or later, has answered.
ANSWERS = f"""SELECT p.contact_id, i.id, i."on", i.channel, i.note
    FROM participation p JOIN interaction i ON i.id = p.interaction_id
    WHERE p.contact_id IN ({{keys}}) AND i.direction = 'them' AND i.answered_on IS NULL
    AND (i.outcome = 'attempt' OR (i.outcome = 'reached' AND i.channel IN ({WRITTEN}))) AND {FIRST}
    AND NOT EXISTS (SELECT 1 FROM participation q JOIN interaction j ON j.id = q.interaction_id
        WHERE q.contact_id = p.contact_id AND j.direction <> 'them' AND j.outcome <> 'planned' AND j."on" >= i."on")"""


def _follow_ups(ids: list[int]) -> Iterator[OpenItem]:
    rows = ask_about(FOLLOW_UPS, ids)
    done = grouped(ask_about(ROUNDS, [row[0] for row in rows]))
    for key, contact_id, text, on, repeat in rows:
        due = repeat_due(date.fromisoformat(on), repeat, days(done.get(key, ())))
        if due is not None:
            yield OpenItem(id=f"f{key}", kind=ItemKind.FOLLOWUP, contact_id=contact_id, due=due, text=text)


def _planned(ids: list[int]) -> Iterator[OpenItem]:
    for contact_id, key, on, channel, note in ask_about(PLANNED, ids):
        yield OpenItem(
            id=f"i{key}",
            kind=ItemKind.PLANNED,
            contact_id=contact_id,
            due=date.fromisoformat(on),
            text=": ".join(part for part in (channel, note) if part) or "to meet",
        )


def _answers(ids: list[int], settings: Settings) -> Iterator[OpenItem]:
    for contact_id, key, on, channel, note in ask_about(ANSWERS, ids):
        yield OpenItem(
            id=f"i{key}",
            kind=ItemKind.ANSWER,
            contact_id=contact_id,
            due=date.fromisoformat(on) + timedelta(days=settings.answer_days),
            text=note or channel,
        )


PARTNERS = """SELECT one_id, other_id FROM introduction
    WHERE closed_on IS NULL AND (one_id IN ({keys}) OR other_id IN ({keys}))"""
NEEDS = "SELECT DISTINCT need_id FROM told WHERE contact_id IN ({keys})"
HOLDERS = """SELECT contact_id FROM due_item WHERE id IN
    (SELECT 'n' || need_id FROM told WHERE contact_id IN ({keys}))"""
"""Whoever the nudge of a need stands with now: another, once they are told, put away or brought back."""


def _network(ids: list[int], settings: Settings) -> Iterator[OpenItem]:
    """The steps of introductions and the nudges of needs that stand with these contacts."""
    introduced, needs = ask_about(PARTNERS, ids), ask_about(NEEDS, ids)
    if not introduced and not needs:
        return
    # Late: most of what is derived has neither.
    from planner.core.introductions import open_step
    from planner.store.facts import introductions

    wanted = set(ids)
    for introduction in introductions.introductions_with(ids) if introduced else ():
        item = open_step(introduction, settings)
        if item is not None and item.contact_id in wanted:
            yield item
    for (need_id,) in needs:
        item = _nudge_of(need_id, settings)
        if item is not None and item.contact_id in wanted:
            yield item


def _nudge_of(need_id: int, settings: Settings) -> OpenItem | None:
    from planner.core.needs import open_need
    from planner.store.facts import needs

    need = needs.need(need_id)
    return open_need(need, needs.told_of(need_id), settings) if need is not None else None


def settle(store: Connection, writer: Writer) -> None:
    """Bring what is derived from the rows written up to date, and how it is found; in the caller's transaction."""
    refresh(store, writer.touched_contacts)
    sqlite.search_refresh(store.database, writer.searched_contacts)
    sqlite.known_refresh(store.database, writer.acquaintances)


def refresh(store: Connection, contact_ids: Collection[int]) -> None:
    """Write what is derived for these contacts anew; in the caller's transaction."""
    wanted = set(contact_ids)
    for ids in batches(sorted(wanted)):
        # The step of an introduction stands with one of the two and names the other.
        for pair in ask_about(PARTNERS, ids):
            wanted.update(pair)
        # The nudge of a need stands with one of those who were told, and goes on to the next.
        needs = ask_about(NEEDS, ids)
        nudges = [nudge for (key,) in needs if (nudge := _nudge_of(key, store.settings)) is not None]
        wanted.update(nudge.contact_id for nudge in nudges)
        wanted.update(holder for (holder,) in (ask_about(HOLDERS, ids) if needs else ()))
    for ids in batches(sorted(wanted)):
        before = {row[0]: row[1:] for row in ask_about(STANDING, ids)}
        ask_about("DELETE FROM due_item WHERE contact_id IN ({keys})", ids)
        ask_about("DELETE FROM contact_summary WHERE contact_id IN ({keys})", ids)
        derivations = derive(ids, store.settings)
        _write(derivations)
        if before:
            _note_moves(before, derivations)


STANDING = """SELECT id, due, chosen_day, hidden_until, paused_until, text FROM due_item WHERE contact_id IN ({keys})"""
MOVED = """INSERT INTO moved (item, contact_id, times, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (item) DO UPDATE SET times = moved.times + excluded.times, at = excluded.at"""


def _note_moves(before: dict[str, tuple[Any, ...]], derivations: dict[int, Derivation]) -> None:
    """Count for each open item that its day was changed, and note when its day or its text was."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    rows = []
    for contact_id, one in derivations.items():
        for item in one.items:
            days = (item.due, item.chosen_day, item.hidden_until, item.paused_until)
            after = (*map(_stored, days), item.text)
            was = before.get(item.id, after)
            if was != after:
                rows.append((item.id, contact_id, int(was[:4] != after[:4]), at))
    run_many(MOVED, rows)


def _write(derivations: dict[int, Derivation]) -> None:
    rows = [
        tuple(_stored(value) for value in _row(item))
        for derivation in derivations.values()
        for item in derivation.items
    ]
    marks = ", ".join("?" * len(COLUMNS))
    run_many(f"INSERT INTO due_item ({', '.join(COLUMNS)}) VALUES ({marks})", rows)
    summaries = [
        (contact_id, _stored(one.last_contact), _stored(one.due), one.rhythm, one.circles, one.loops)
        for contact_id, one in derivations.items()
    ]
    run_many(
        "INSERT INTO contact_summary (contact_id, last_contact, due, rhythm, circles, loops) VALUES (?, ?, ?, ?, ?, ?)",
        summaries,
    )


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _row(item: OpenItem) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in COLUMNS)


def all_contact_ids() -> list[int]:
    """Every contact's id, in order."""
    return [row[0] for row in t.Contact.select(t.Contact.id).order_by(t.Contact.id).tuples()]


def rebuild(store: Connection) -> None:
    """Derive everything anew; in the caller's transaction."""
    t.DueItem.delete().execute()
    t.ContactSummary.delete().execute()
    for ids in batches(all_contact_ids()):
        _write(derive(ids, store.settings))


def differences(store: Connection) -> list[str]:
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
