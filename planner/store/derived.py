"""The derived tables: one row for each open item, one summary for each contact, and what people look for and offer.

`refresh` alone writes the tables, in the transaction that wrote the facts. No derived row depends on today, so no
midnight makes one wrong. `differences` compares the tables with the derivation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.dates.recurrence import repeat_due
from planner.core.favors import open_loops
from planner.core.model import WRITTEN_CHANNELS, ItemKind, OpenItem, Settings
from planner.core.records import record
from planner.core.rhythm.due import chosen, effective_cadence, rhythm_item
from planner.store import sqlite
from planner.store.connection import Connection, ask, ask_about, grouped, run_many
from planner.store.evidence.replies import replies_to_favors
from planner.store.facts.contact_names import LIVING, names_in_lists
from planner.store.facts.favors import open_favors
from planner.store.facts.follow_ups import open_follow_ups
from planner.store.facts.put_off import chosen_days, hidden
from planner.store.facts.rhythm_facts import rhythm_facts
from planner.store.table_shapes import stored
from planner.store.views.item_columns import COLUMNS, LOOPS

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SUMMARY_COLUMNS = ("contact_id", "last_contact", "due", "rhythm", "circles", "loops", "by_name")
ITEMS = f"SELECT {', '.join(COLUMNS)} FROM due_item WHERE contact_id IN ({{keys}})"
SUMMARIES = f"SELECT {', '.join(SUMMARY_COLUMNS)} FROM contact_summary WHERE contact_id IN ({{keys}})"
WRITTEN = ", ".join(f"'{channel}'" for channel in ("", *sorted(WRITTEN_CHANNELS)))
"""Channels on which an interaction of theirs waits for an answer; one without a channel is taken for a message."""
CALL_BACK = "call back"
"""The words for a call of theirs that I missed."""


@record(frozen=True, slots=True)
class Derivation:
    """Everything derived for one contact."""

    items: tuple[OpenItem, ...]
    last_contact: date | None
    due: date | None
    rhythm: str
    circles: str
    by_name: str | None

    @property
    def loops(self) -> int:
        """How many loops are open with the contact."""
        return sum(1 for item in self.items if item.kind in LOOPS)

    @property
    def rhythm_item(self) -> OpenItem | None:
        """The keep-in-touch item, or None."""
        return next((item for item in self.items if item.kind is ItemKind.CADENCE), None)


def derive(
    contact_ids: Sequence[int],
    settings: Settings,
    today: date | None = None,
    of_needs: dict[int, list[OpenItem]] | None = None,
) -> dict[int, Derivation]:
    """Everything derived for contacts that exist, from their facts alone.

    Without `today`, as the tables hold it; with it, as it is on that day, what is dated after it left out. `of_needs`
    keeps the items of needs from one call to the next, while no fact changes: a need that thousands were told of is
    then read once, not for each batch of contacts.
    """
    ids = list(contact_ids)
    facts = rhythm_facts(ids)
    found: list[OpenItem] = []
    favors = open_favors(ids)
    replied = replies_to_favors(favors, today)
    for favor in favors:
        loops = open_loops(favor, settings, replied.get(favor.id))
        found += (replace(loop, contact_name="") for loop in loops)
    answers, tried = _answers(ids, settings, today)
    found += (*_follow_ups(ids, today), *_planned(ids, today), *answers)
    of_needs = {} if of_needs is None else of_needs
    found += (replace(item, contact_name="") for item in _network(ids, settings, today, of_needs))
    rhythms = {key: item for key, known in facts.items() if (item := rhythm_item(known, settings, today)) is not None}
    found = [*hidden(found, settings, tried, today), *rhythms.values()]
    by_hand = chosen_days(ids)
    items: dict[int, list[OpenItem]] = defaultdict(list)
    for item in found:
        items[item.contact_id].append(chosen(item, *by_hand.get((item.contact_id, item.id), (None, None))))
    derived, names = {}, names_in_lists(ids)
    for contact_id, known in facts.items():
        rhythm, effective = rhythms.get(contact_id), effective_cadence(known)
        derived[contact_id] = Derivation(
            items=tuple(items.get(contact_id, ())),
            last_contact=max((on for on in known.reached if today is None or on <= today), default=None),
            due=rhythm.due if rhythm is not None else None,
            rhythm=effective.cadence.words if effective is not None else "",
            circles=", ".join(circle.name for circle in known.circles),
            by_name=names.get(contact_id),
        )
    return derived


# The open loops of a contact who has died stay in the history and are no items. Follow-ups go on: each is a note to
# oneself, such as flowers for a grave.
def _first_open(today: str, reached: str = "") -> str:
    """SQL: p is the first named participant of the interaction i who lives and was not reached since.

    An interaction with several contacts is one item, and goes on to the next once it is settled with one.
    `reached` narrows what counts as reached.
    """
    return f"""p.id = (SELECT min(one.id) FROM participation one JOIN contact c ON c.id = one.contact_id
        WHERE one.interaction_id = i.id AND c.{LIVING} AND NOT EXISTS (
            SELECT 1 FROM participation q JOIN interaction j ON j.id = q.interaction_id
            WHERE q.contact_id = one.contact_id AND j.outcome = 'reached' {reached}
            AND j."on" BETWEEN i."on" AND '{today}'))"""


def _plans(today: str) -> str:
    """SQL: what is planned and not settled by a contact on its day or later, with the hour where it is known.

    What was seen in a calendar is not settled by a letter or a call of the same day that was seen.
    """
    settles = "AND (j.\"on\" > i.\"on\" OR i.seen <> i.version OR j.seen <> j.version OR j.channel = i.channel)"
    return f"""SELECT p.contact_id, i.id, i."on", i.channel, i.note,
            CASE WHEN i.seen = i.version THEN (SELECT min(e.starts) FROM evidence e
                WHERE e.interaction_id = i.id AND e.starts <> '') END
        FROM participation p JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id IN ({{keys}}) AND i.outcome = 'planned' AND {_first_open(today, settles)}"""


def unanswered(today: str) -> str:
    """SQL: messages and missed calls of theirs that no contact of mine has answered on that day or later.

    The last column is the latest day since on which I tried. The sign keeps SQLite from the index by the day of the
    answer, which would read all that nobody answered: 20 ms for 185,000 interactions, whomever is asked about.
    """
    return f"""SELECT p.contact_id, i.id, i."on", i.channel, i.note,
            (SELECT max(j."on") FROM participation q JOIN interaction j ON j.id = q.interaction_id
            WHERE q.contact_id = p.contact_id AND j.outcome = 'attempt' AND j.direction <> 'them'
            AND j."on" BETWEEN i."on" AND '{today}')
        FROM participation p JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id IN ({{keys}}) AND i.direction = 'them' AND +i.answered_on IS NULL AND i.loop = ''
        AND i.waits IS NOT 0 AND i."on" <= '{today}'
        AND (i.outcome = 'attempt' OR (i.outcome = 'reached' AND i.channel IN ({WRITTEN})))
        AND {_first_open(today, "AND j.direction <> 'them'")}"""


SHARING = """SELECT q.contact_id FROM participation p JOIN interaction i ON i.id = p.interaction_id
    JOIN participation q ON q.interaction_id = i.id
    WHERE p.contact_id IN ({keys}) AND (i.outcome = 'planned' OR (i.direction = 'them' AND i.answered_on IS NULL))"""
"""Who takes part in what is planned or unanswered: the item goes on to another, once it is settled with one."""


def _follow_ups(ids: list[int], today: date | None) -> Iterator[OpenItem]:
    for one in open_follow_ups(ids):
        rounds = tuple(on for on in one.done_on if today is None or on <= today)
        due = repeat_due(one.on, one.repeat, rounds)
        if due is not None:
            yield OpenItem(f"f{one.id}", ItemKind.FOLLOWUP, one.contact_id, due, text=one.text)


def _planned(ids: list[int], today: date | None) -> Iterator[OpenItem]:
    for contact_id, key, on, channel, note, starts in ask_about(_plans((today or date.max).isoformat()), ids):
        how = f"{channel} at {starts}" if starts else channel
        yield OpenItem(
            id=f"i{key}",
            kind=ItemKind.PLANNED,
            contact_id=contact_id,
            due=date.fromisoformat(on),
            text=": ".join(part for part in (how, note) if part) or "to meet",
            starts=starts or "",
        )


def _answers(ids: list[int], settings: Settings, today: date | None) -> tuple[list[OpenItem], dict[str, date]]:
    """The messages to answer, and by item the latest day on which I tried and had no answer."""
    found, tried = [], {}
    for contact_id, key, on, channel, note, attempt in ask_about(unanswered((today or date.max).isoformat()), ids):
        item = OpenItem(
            id=f"i{key}",
            kind=ItemKind.ANSWER,
            contact_id=contact_id,
            due=date.fromisoformat(on) + timedelta(days=settings.answer_days),
            text=note or (CALL_BACK if channel == "call" else channel),
        )
        found.append(item)
        if attempt is not None:
            tried[item.id] = date.fromisoformat(attempt)
    return found, tried


PARTNERS = """SELECT one_id, other_id FROM introduction
    WHERE closed_on IS NULL AND (one_id IN ({keys}) OR other_id IN ({keys}))"""
NEEDS = "SELECT DISTINCT need_id FROM told WHERE contact_id IN ({keys})"
HOLDERS = """SELECT contact_id FROM due_item WHERE id IN
    (SELECT 'n' || need_id FROM told WHERE contact_id IN ({keys}))"""
ALL_HOLDERS = """SELECT contact_id FROM due_item WHERE id = 'n' || :need
    UNION ALL SELECT contact_id FROM due_item WHERE id >= 'n' || :need || 'c' AND id < 'n' || :need || 'd'"""
"""The contacts with whom the items of needs stand; an item passes to another contact when one is told or archived."""


def _network(
    ids: list[int], settings: Settings, today: date | None, of_needs: dict[int, list[OpenItem]]
) -> Iterator[OpenItem]:
    """The items of introductions and needs that stand with contacts."""
    introduced, needs = ask_about(PARTNERS, ids), ask_about(NEEDS, ids)
    if not introduced and not needs:
        return
    # Late: most contacts have neither.
    from planner.core.introductions import open_step
    from planner.store.facts import introductions

    wanted = set(ids)
    for introduction in introductions.introductions_with(ids) if introduced else ():
        item = open_step(introduction, settings)
        if item is not None and item.contact_id in wanted:
            yield item
    for (need_id,) in dict.fromkeys(needs):
        if need_id not in of_needs:
            of_needs[need_id] = _items_of_need(need_id, settings, today)
        yield from (item for item in of_needs[need_id] if item.contact_id in wanted)


def _items_of_need(need_id: int, settings: Settings, today: date | None = None) -> list[OpenItem]:
    from planner.core.needs import need_items
    from planner.store.facts import needs
    from planner.store.views.of_needs.told_list import that_matter

    need = needs.need(need_id)
    if need is None:
        return []
    told, beyond, replied = that_matter(need_id, closed=need.closed_on is not None, today=today)
    return need_items(need, told, settings, replied, beyond)


def settle(store: Connection, writer: Writer) -> None:
    """Bring derived tables and search indexes up to date with the rows written; in the caller's transaction."""
    refresh(store, writer.touched_contacts, writer.touched_needs)
    sqlite.search_refresh(store.database, writer.searched_contacts)
    sqlite.known_refresh(store.database, writer.acquaintances)
    _index_words(writer.searched_contacts)
    _index_wishes(writer.searched_contacts)


def _index_words(contact_ids: Collection[int]) -> None:
    if contact_ids:
        # Late: what only reads, and most verbs, change no word of a contact.
        from planner.store.facts.contact_words import index_words

        index_words(contact_ids)


WISHING = """SELECT contact_id FROM wish_word WHERE contact_id IN ({keys})
    UNION SELECT id FROM contact WHERE id IN ({keys}) AND (looking_for <> '' OR offers <> '')"""


def _index_wishes(contact_ids: Collection[int]) -> None:
    wishing = [key for (key,) in ask_about(WISHING, contact_ids)]
    if wishing:
        # Late: most contacts look for nothing and offer nothing.
        from planner.store.facts.wishes import index_wishes

        index_wishes(wishing)


def refresh(store: Connection, contact_ids: Collection[int], need_ids: Collection[int] = ()) -> None:
    """Derive contacts anew, and every contact to whom one of their items may pass; in the caller's transaction.

    Of the needs whose number is given those contacts are derived with whom their items stood, and stand from now on.
    """
    wanted = set(contact_ids)
    of_needs: dict[int, list[OpenItem]] = {}

    def items(need_id: int) -> list[OpenItem]:
        if need_id not in of_needs:
            of_needs[need_id] = _items_of_need(need_id, store.settings)
        return of_needs[need_id]

    for key in need_ids:
        wanted.update(holder for (holder,) in ask(ALL_HOLDERS, {"need": key}))
        wanted.update(item.contact_id for item in items(key))
    for ids in sqlite.batches(sorted(wanted)):
        wanted.update(sharer for (sharer,) in ask_about(SHARING, ids))
        # The item of an introduction stands with one of the two and names the other.
        for pair in ask_about(PARTNERS, ids):
            wanted.update(pair)
        # The item of a need stands with one contact of its told-list, and passes to the next.
        needs = ask_about(NEEDS, ids)
        wanted.update(item.contact_id for (key,) in needs for item in items(key))
        wanted.update(holder for (holder,) in (ask_about(HOLDERS, ids) if needs else ()))
    for ids in sqlite.batches(sorted(wanted)):
        before = {row[0]: row[1:] for row in ask_about(STANDING, ids)}
        ask_about("DELETE FROM due_item WHERE contact_id IN ({keys})", ids)
        ask_about("DELETE FROM contact_summary WHERE contact_id IN ({keys})", ids)
        derivations = derive(ids, store.settings, of_needs=of_needs)
        _write(derivations)
        if before:
            _note_moves(before, derivations)


STANDING = """SELECT id, due, chosen_day, hidden_until, paused_until, text FROM due_item WHERE contact_id IN ({keys})"""
MOVED = """INSERT INTO moved (item, contact_id, times, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (item) DO UPDATE SET times = moved.times + excluded.times, at = excluded.at"""


def _note_moves(before: dict[str, tuple[Any, ...]], derivations: dict[int, Derivation]) -> None:
    """Count how often the day of each open item was changed, and note when its day or text was changed last."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    rows = []
    for contact_id, one in derivations.items():
        for item in one.items:
            days = (item.due, item.chosen_day, item.hidden_until, item.paused_until)
            after = (*map(stored, days), item.text)
            was = before.get(item.id, after)
            if was != after:
                rows.append((item.id, contact_id, int(was[:4] != after[:4]), at))
    run_many(MOVED, rows)


def _write(derivations: dict[int, Derivation]) -> None:
    items = [_row(item) for one in derivations.values() for item in one.items]
    summaries = [_summary(contact_id, one) for contact_id, one in derivations.items()]
    for table, columns, rows in (("due_item", COLUMNS, items), ("contact_summary", SUMMARY_COLUMNS, summaries)):
        run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)


def _row(item: OpenItem) -> tuple[Any, ...]:
    return tuple(stored(getattr(item, name)) for name in COLUMNS)


def _summary(contact_id: int, one: Derivation) -> tuple[Any, ...]:
    return contact_id, stored(one.last_contact), stored(one.due), one.rhythm, one.circles, one.loops, one.by_name


def all_contact_ids() -> list[int]:
    """Every contact's id, in order."""
    return [key for (key,) in ask("SELECT id FROM contact ORDER BY id")]


def rebuild(store: Connection, *, readable: bool = False) -> None:
    """Derive everything anew, and write what stands otherwise; in the caller's transaction.

    Rows that are not known to be `readable` are not compared: they go first.
    """
    if not readable:
        for table in ("due_item", "contact_summary", "wish_word", "contact_word"):
            ask(f"DELETE FROM {table}")
    for ids, derivations, wrong in _compared(store):
        if wrong:
            anew = {key: derivations[key] for key in wrong}
            ask_about("DELETE FROM due_item WHERE contact_id IN ({keys})", wrong)
            # An item may stand with somebody else, whose turn comes later.
            ask_about("DELETE FROM due_item WHERE id IN ({keys})", [x.id for one in anew.values() for x in one.items])
            ask_about("DELETE FROM contact_summary WHERE contact_id IN ({keys})", wrong)
            _write(anew)
        of_words, of_wishes = _wrongly_indexed(ids)
        _index_words(of_words)
        _index_wishes(of_wishes)


def differences(store: Connection) -> list[str]:
    """The differences between the derived tables and the derivation, a line each."""
    found: list[str] = []
    for ids, _, wrong in _compared(store):
        of_words, of_wishes = _wrongly_indexed(ids)
        found.extend(f"contact {key}: what they look for or offer is indexed wrongly" for key in of_wishes)
        found.extend(f"contact {key}: what they are, offer and live in is indexed wrongly" for key in of_words)
        found.extend(f"contact {key}: {line}" for key, lines in wrong.items() for line in lines)
    gone = ask("SELECT id, contact_id FROM due_item WHERE contact_id NOT IN (SELECT id FROM contact)")
    found.extend(f"item {key}: contact {owner} is gone" for key, owner in gone)
    return found


def _compared(store: Connection) -> Iterator[tuple[list[int], dict[int, Derivation], dict[int, list[str]]]]:
    """Everybody, some at a time: their ids, what is derived, and by contact what stands otherwise, a line each."""
    of_needs: dict[int, list[OpenItem]] = {}
    for ids in sqlite.batches(all_contact_ids()):
        derivations, wrong = derive(ids, store.settings, of_needs=of_needs), defaultdict[int, list[str]](list)
        standing = grouped((row[2], row) for row in ask_about(ITEMS, ids))
        summaries = {row[0]: row for row in ask_about(SUMMARIES, ids)}
        for contact_id, one in derivations.items():
            items = {*standing.get(contact_id, ())} ^ {_row(item) for item in one.items}
            for key in sorted(str(row[0]) for row in items):
                wrong[contact_id].append(f"item {key} is stored, not derived, or differs")
            if summaries.get(contact_id) != _summary(contact_id, one):
                wrong[contact_id].append("the summary differs")
        yield ids, derivations, wrong


def _wrongly_indexed(contact_ids: Collection[int]) -> tuple[list[int], list[int]]:
    """Of some contacts those whose words are indexed wrongly, and those whose wishes are."""
    from planner.store.facts import contact_words, wishes

    return contact_words.wrongly_indexed(contact_ids), wishes.wrongly_indexed(contact_ids)
