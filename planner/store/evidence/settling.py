"""Stores traces, and makes the interactions of each contact equal to what the traces show.

An interaction that a person wrote or changed stays: its version differs from the one evidence wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.core.evidence.judgement import HOW_MUCH, Finding, JudgedBy, judge
from planner.core.evidence.traces import MEETINGS, Trace, TraceKind
from planner.core.model import Direction, Mode, Outcome, Status
from planner.core.records import record
from planner.core.rhythm.due import effective_cadence
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day
from planner.store.evidence.sources import modes_of, sources
from planner.store.facts.rhythm_facts import rhythm_facts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

_TRACE = 'id, watched_id, digest, kind, contact_id, "on", at, answers, interaction_id, starts'
_LINES = frozenset({TraceKind.SAID, TraceKind.REPLIED})
Row = tuple[Any, ...]


@record(frozen=True, slots=True)
class SeenInteraction:
    """An interaction that evidence made or changed; `source` is the id of the first source that shows it."""

    id: int
    contact_id: int
    on: date
    channel: str
    direction: Direction
    outcome: Outcome
    source: int
    waits: bool = False


class _Made(NamedTuple):
    """An interaction that evidence made and nobody changed since."""

    id: int
    outcome: str
    version: int
    waits: bool
    answered_on: str | None


class _Facts(NamedTuple):
    """The stored facts by which the traces of contacts are judged.

    `traces` are those of each contact; `others`, by digest, are traces of other people and of nobody. `made` are the
    interactions that evidence made, by id, each with the contact, day, channel and direction; `by_hand` are channels
    and outcomes of those a person wrote, by contact and day. `taken` are ids of interactions that a person made their
    own.
    """

    traces: dict[int, list[Trace]]
    others: dict[str, list[Trace]]
    made: dict[int, tuple[int, date, str, str, _Made]]
    by_hand: dict[tuple[int, date], list[tuple[str, Outcome]]]
    taken: frozenset[int]


def _trace(row: Row) -> Trace:
    key, source, digest, kind, contact, on, at, answers, interaction, starts = row
    return Trace(source, digest, TraceKind(kind), contact, day(on), at, answers, key, interaction, starts)


# Storing traces


def _place(one: Trace) -> tuple[Any, ...]:
    """The unique key of a stored trace."""
    return one.source, one.digest, one.kind, one.contact, one.on, one.answers


def sort_new(writer: Writer, traces: Iterable[Trace]) -> tuple[list[Trace], set[int]]:
    """(the traces that are not stored yet, the contacts whose stored traces got a new time).

    Of a day of a chat the latest time counts, of a meeting the one read last, of anything else the earliest.
    """
    found = {_place(one): one for one in traces}
    stored: dict[tuple[Any, ...], Trace] = {}
    digests = {one.digest for one in found.values()}
    for row in ask_about(f"SELECT {_TRACE} FROM evidence WHERE digest IN ({{keys}})", digests):
        one = _trace(row)
        stored[_place(one)] = one
    touched: set[int] = set()
    for place in found.keys() & stored.keys():
        new, old = found[place], stored[place]
        if new.kind in MEETINGS:
            if (new.at, new.starts) != (old.at, old.starts):
                writer.update(t.EvidenceTable, old.id, at=new.at, starts=new.starts)
                if old.contact is not None:
                    # The item of the plan shows the hour.
                    writer.touch(old.contact)
                    touched.add(old.contact)
        elif new.at and (new.at > old.at if new.kind in _LINES else new.at < old.at):
            writer.update(t.EvidenceTable, old.id, at=new.at)
            touched |= {old.contact} if old.contact else set()
    return [one for place, one in found.items() if place not in stored], touched


def drop_moved_events(writer: Writer, shown: Collection[tuple[int, str]], found: Iterable[Trace]) -> set[int]:
    """Delete the traces of events that changed in their calendar; return the contacts of these traces.

    `shown` are (source, digest) of every event that was read, `found` the traces of this reading.
    """
    wanted = {_place(one) for one in found if one.kind in MEETINGS}
    touched: set[int] = set()
    left: set[int] = set()
    query = f"SELECT {_TRACE} FROM evidence WHERE kind IN ('met', 'unsure') AND digest IN ({{keys}})"
    for row in ask_about(query, {digest for _, digest in shown}):
        one = _trace(row)
        if (one.source, one.digest) in shown and _place(one) not in wanted:
            writer.delete(t.EvidenceTable, one.id)
            touched |= {one.contact} if one.contact else set()
            if one.interaction is not None:
                left.add(one.interaction)
    query = """SELECT id FROM interaction WHERE id IN ({keys}) AND seen = version
        AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.interaction_id = interaction.id)"""
    for (key,) in list(ask_about(query, left)):
        writer.delete(t.InteractionTable, key)
    return touched


def write_shared(writer: Writer, traces: Iterable[Trace], today: date) -> None:
    """Store the new traces without a contact."""
    writer.insert_many(t.EvidenceTable, [_row(one, None, today) for one in traces if one.contact is None])


def _row(one: Trace, interaction: int | None, today: date) -> dict[str, Any]:
    return {
        "watched": one.source, "digest": one.digest, "kind": str(one.kind), "contact": one.contact, "on": one.on,
        "at": one.at, "answers": one.answers, "interaction_id": interaction, "found_on": today,
        "starts": one.starts,
    }  # fmt: skip


def contacts_concerned(traces: Collection[Trace]) -> set[int]:
    """The contacts of new traces, and those whose stored traces share a digest with new ones or answer them."""
    found = {one.contact for one in traces if one.contact is not None}
    digests = {one.digest for one in traces if one.contact is None or one.kind is TraceKind.VOID}
    sent = {one.digest for one in traces if one.kind is TraceKind.SENT}
    for column, keys in (("digest", digests), ("answers", sent)):
        query = f"SELECT DISTINCT contact_id FROM evidence WHERE contact_id IS NOT NULL AND {column} IN ({{keys}})"
        found |= {key for (key,) in ask_about(query, keys)}
    return {key for key in found if key is not None}


def contacts_unsettled(today: date) -> set[int]:
    """The contacts whose interactions may have changed through time alone, or through what a person wrote since.

    They have a meeting that was not over yet, or an interaction from evidence beside a person's own on the same day.
    """
    pending = """SELECT DISTINCT e.contact_id FROM evidence e LEFT JOIN interaction i ON i.id = e.interaction_id
        WHERE e.kind IN ('met', 'unsure') AND e.refused_on IS NULL
        AND (i.outcome = 'planned' OR (e.interaction_id IS NULL AND e."on" >= ?))"""
    doubled = """SELECT DISTINCT p.contact_id FROM interaction i JOIN participation p ON p.interaction_id = i.id
        JOIN participation q ON q.contact_id = p.contact_id JOIN interaction j ON j.id = q.interaction_id
        WHERE i.seen <> 0 AND i.seen = i.version AND j.id <> i.id AND j."on" = i."on"
        AND j.channel IN ('', i.channel) AND j.outcome <> 'planned' AND j.seen <> j.version"""
    return {key for query, values in ((pending, (today.isoformat(),)), (doubled, ())) for (key,) in ask(query, values)}


def contacts_of(source_id: int) -> list[int]:
    """The contacts with traces in a source."""
    query = "SELECT DISTINCT contact_id FROM evidence WHERE watched_id = ? AND contact_id IS NOT NULL"
    return [key for (key,) in ask(query, (source_id,))]


def resting_on(interaction_id: int) -> list[tuple[int, int]]:
    """(id, contact) of each trace behind an interaction; none if a person wrote or changed it."""
    query = """SELECT e.id, e.contact_id FROM evidence e JOIN interaction i ON i.id = e.interaction_id
        WHERE i.id = ? AND i.seen = i.version AND e.contact_id IS NOT NULL ORDER BY e.id"""
    return [(trace, contact) for trace, contact in ask(query, (interaction_id,))]


def found_since(since: date, after: int = 0) -> list[SeenInteraction]:
    """The interactions based on traces found on a day or later, each with its first source.

    Only traces with ids greater than `after` count.
    """
    query = """SELECT i.id, e.contact_id, i."on", i.channel, i.direction, i.outcome, min(e.watched_id),
            i.waits AND i.answered_on IS NULL
        FROM evidence e JOIN interaction i ON i.id = e.interaction_id
        WHERE e.id > ? AND e.found_on >= ? AND e.contact_id IS NOT NULL AND i.seen = i.version
        GROUP BY i.id, e.contact_id ORDER BY i."on" DESC, i.id"""
    return [
        SeenInteraction(
            key, contact, date.fromisoformat(on), channel, Direction(direction), Outcome(outcome), source, bool(waits)
        )
        for key, contact, on, channel, direction, outcome, source, waits in ask(query, (after, since.isoformat()))
    ]


# Settling interactions


def settle_people(
    writer: Writer, contact_ids: Collection[int], fresh: Mapping[int, Sequence[Trace]], today: date, now: int
) -> list[SeenInteraction]:
    """Make the interactions of contacts what their stored and fresh traces show, and store the fresh ones.

    `now` is in seconds since 1970. Returns the interactions that were made or changed.
    """
    ids = sorted(contact_ids)
    known = _facts(ids, fresh)
    by = _rules(ids, known, today, now)
    changed: list[SeenInteraction] = []
    links: dict[Trace, int | None] = {}
    new: list[tuple[int, Finding, list[Trace]]] = []
    for contact_id in ids:
        own = [*known.traces.get(contact_id, ()), *fresh.get(contact_id, ())]
        beside = [one for digest in {key for one in own for key in (one.digest, one.answers) if key} for one in
                  known.others.get(digest, ())]  # fmt: skip
        standing = _standing(known, contact_id)
        for finding in judge(contact_id, [*own, *beside], by[contact_id]):
            rests_on = [
                one for one in finding.traces if one.contact == contact_id and one.interaction not in known.taken
            ]
            if not rests_on or _is_absorbed(finding, known.by_hand.get((contact_id, finding.on), ())):
                continue
            before = standing.pop(finding.place, None)
            if before is None:
                new.append((contact_id, finding, rests_on))
                continue
            links |= dict.fromkeys(rests_on, before.id)
            if _bring_up_to_date(writer, before, finding):
                changed.append(_seen(before.id, contact_id, finding))
        _let_go(writer, standing.values(), own, links)
    changed += _insert(writer, new, links)
    _link(writer, links, [one for key in ids for one in fresh.get(key, ())], known, today)
    return changed


def _facts(ids: Sequence[int], fresh: Mapping[int, Sequence[Trace]]) -> _Facts:
    query = f"SELECT {_TRACE} FROM evidence WHERE contact_id IN ({{keys}}) AND refused_on IS NULL ORDER BY id"
    stored = [_trace(row) for row in ask_about(query, ids)]
    resting = {one.interaction for one in stored if one.interaction is not None}
    columns = 'id, "on", channel, direction, outcome, version, seen, waits, answered_on'
    rows = {row[0]: row[1:] for row in ask_about(f"SELECT {columns} FROM interaction WHERE id IN ({{keys}})", resting)}
    owner = {one.interaction: one.contact for one in stored}
    made = {
        key: (int(owner[key] or 0), date.fromisoformat(on), channel, direction,
              _Made(key, outcome, version, bool(waits), answered_on))
        for key, (on, channel, direction, outcome, version, seen, waits, answered_on) in rows.items()
        if seen == version
    }  # fmt: skip
    # A trace whose interaction was deleted by hand is ignored.
    stored = [one for one in stored if one.interaction is None or one.interaction in rows]
    traces: dict[int, list[Trace]] = defaultdict(list)
    for one in stored:
        traces[one.contact or 0].append(one)
    everything = [*stored, *(one for key in ids for one in fresh.get(key, ()))]
    others: dict[str, list[Trace]] = defaultdict(list)
    query = f"SELECT {_TRACE} FROM evidence WHERE contact_id IS NULL AND digest IN ({{keys}})"
    for row in ask_about(query, {one.digest for one in everything}):
        others[row[2]].append(_trace(row))
    query = f"SELECT {_TRACE} FROM evidence WHERE kind = 'sent' AND digest IN ({{keys}})"
    for row in ask_about(query, {one.answers for one in everything if one.kind is TraceKind.OVERHEARD}):
        others[row[2]].append(_trace(row))
    by_hand: dict[tuple[int, date], list[tuple[str, Outcome]]] = defaultdict(list)
    query = """SELECT p.contact_id, i."on", i.channel, i.outcome FROM participation p
        JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id IN ({keys}) AND (i.seen = 0 OR i.seen <> i.version)"""
    for contact_id, on, channel, outcome in ask_about(query, ids):
        by_hand[contact_id, date.fromisoformat(on)].append((channel, Outcome(outcome)))
    return _Facts(traces, others, made, by_hand, frozenset(key for key in rows if key not in made))


def _rules(ids: Sequence[int], known: _Facts, today: date, now: int) -> dict[int, JudgedBy]:
    watched = {one.id: one for one in sources(removed=True)}
    said, rhythms = modes_of(ids), rhythm_facts(ids)
    since = {key: one.added_on for key, one in watched.items()}
    waiting: dict[int, set[tuple[date, str]]] = defaultdict(set)
    for contact_id, on, channel, _, made in known.made.values():
        if made.waits and made.answered_on is None:
            waiting[contact_id].add((on, channel))
    found = {}
    for contact_id in ids:
        facts, modes = rhythms.get(contact_id), said.get(contact_id, {})
        counts = {key: modes.get(key, modes.get(None, one.counts)) for key, one in watched.items()}
        kept = facts is not None and facts.mode is Mode.RHYTHM and facts.status is Status.ACTIVE
        found[contact_id] = JudgedBy(
            now, today, counts, since, kept and facts is not None and effective_cadence(facts) is not None,
            frozenset(waiting[contact_id]),
            may_wait=facts is not None and facts.status is Status.ACTIVE and facts.mode is not Mode.NEVER,
        )  # fmt: skip
    return found


def _standing(known: _Facts, contact_id: int) -> dict[tuple[date, str, Direction], _Made]:
    """The interactions that evidence made with a contact, by day, channel and direction.

    If a merge left two with the same key, the first keeps it; the second gets a key that no finding has, so it is
    deleted.
    """
    found: dict[tuple[date, str, Direction], _Made] = {}
    for key in sorted(known.made):
        owner, on, channel, direction, made = known.made[key]
        if owner == contact_id:
            place = (on, channel, Direction(direction))
            found[place if place not in found else (on, f"{channel} {key}", Direction(direction))] = made
    return found


def _is_absorbed(finding: Finding, by_hand: Sequence[tuple[str, Outcome]]) -> bool:
    """Whether a person wrote down at least the same outcome for that day and channel."""
    return any(
        channel in ("", finding.channel) and HOW_MUCH[outcome] >= HOW_MUCH[finding.outcome]
        for channel, outcome in by_hand
    )


def _bring_up_to_date(writer: Writer, made: _Made, finding: Finding) -> bool:
    if made.outcome == finding.outcome and made.waits == finding.waits:
        return False
    changes: dict[str, Any] = {"outcome": str(finding.outcome), "waits": finding.waits}
    if made.waits and not finding.waits and finding.answered_on is not None:
        changes["answered_on"] = finding.answered_on
    writer.update(t.InteractionTable, made.id, seen=writer.next_version(made.version), **changes)
    return True


def _let_go(writer: Writer, standing: Iterable[_Made], own: Sequence[Trace], links: dict[Trace, int | None]) -> None:
    """Delete interactions that no trace shows any longer, and unlink them from their traces."""
    gone = {one.id for one in standing}
    links |= {one: None for one in own if one.interaction in gone and one not in links}
    for key in sorted(gone):
        writer.delete(t.InteractionTable, key)


def _insert(
    writer: Writer, new: Sequence[tuple[int, Finding, list[Trace]]], links: dict[Trace, int | None]
) -> list[SeenInteraction]:
    keys = writer.insert_many(
        t.InteractionTable,
        [
            {"on": one.on, "channel": one.channel, "direction": str(one.direction), "outcome": str(one.outcome),
             "seen": 1, "waits": one.waits}
            for _, one, _ in new
        ],
    )  # fmt: skip
    writer.insert_many(
        t.ParticipationTable,
        [{"interaction": key, "contact": contact_id} for key, (contact_id, _, _) in zip(keys, new, strict=True)],
    )
    for key, (_, _, rests_on) in zip(keys, new, strict=True):
        links |= dict.fromkeys(rests_on, key)
    return [_seen(key, contact_id, one) for key, (contact_id, one, _) in zip(keys, new, strict=True)]


def _link(
    writer: Writer, links: Mapping[Trace, int | None], fresh: Sequence[Trace], known: _Facts, today: date
) -> None:
    """Store the fresh traces, and set the interaction of each stored trace."""
    writer.insert_many(t.EvidenceTable, [_row(one, links.get(one), today) for one in fresh])
    stored = {one: one.interaction for traces in known.traces.values() for one in traces}
    moved: dict[int | None, list[int]] = defaultdict(list)
    for one, before in stored.items():
        if before in known.taken:
            continue
        after = links.get(one)
        if after != before:
            moved[after].append(one.id)
    for interaction, keys in moved.items():
        writer.update_many(t.EvidenceTable, keys, interaction_id=interaction)


def _seen(key: int, contact_id: int, one: Finding) -> SeenInteraction:
    source = min(trace.source for trace in one.traces)
    return SeenInteraction(key, contact_id, one.on, one.channel, one.direction, one.outcome, source, one.waits)
