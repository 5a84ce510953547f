"""The derived tables: one row for each open item, one summary for each contact, and an index of wishes and offers.

Only `refresh` writes the tables, in the transaction that wrote the facts. No derived row depends on today, so none
becomes wrong at midnight. `differences` compares the tables with a new derivation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from planner.core.model import OpenItem
from planner.store import sqlite
from planner.store.connection import Connection, ask, ask_about, grouped, insert_rows, run_many
from planner.store.facts.contact_names import NAME_IN_LISTS
from planner.store.table_shapes import stored
from planner.store.views.derivation import (
    ALL_HOLDERS,
    HOLDERS,
    NEEDS,
    NOTHING,
    PARTNERS,
    SHARING,
    Derivation,
    derive,
    items_of_need,
)
from planner.store.views.item_columns import COLUMNS

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SUMMARY_COLUMNS = ("contact_id", "last_contact", "due", "rhythm", "circles", "loops", "recent", "by_name")
ITEMS = f"SELECT {', '.join(COLUMNS)} FROM due_item WHERE contact_id IN ({{keys}})"
SUMMARIES = f"SELECT {', '.join(SUMMARY_COLUMNS)} FROM contact_summary WHERE contact_id IN ({{keys}})"


def settle(store: Connection, writer: Writer) -> None:
    """Bring derived tables and search indexes up to date after rows were written; in the caller's transaction."""
    new, searched, gone = writer.new_contacts, writer.searched_contacts, writer.gone_contacts
    refresh(store, writer.touched_contacts - new - gone, writer.touched_needs)
    _derive_first(store, new)
    sqlite.search_take_out(store.database, gone)
    sqlite.search_refresh(store.database, searched - gone, new)
    sqlite.known_refresh(store.database, writer.acquaintances)
    _index_words(searched - gone, new)
    _index_wishes(searched - gone, new)


def _index_words(contact_ids: Collection[int], new: Collection[int] = ()) -> None:
    if contact_ids:
        # Late: reading, and most verbs, change no word of a contact.
        from planner.store.facts.contact_words import index_words

        index_words(contact_ids, new)


INDEXED = "SELECT contact_id FROM wish_word WHERE contact_id IN ({keys})"
WISHING = "SELECT id FROM contact WHERE id IN ({keys}) AND (looking_for <> '' OR offers <> '')"


def _index_wishes(contact_ids: Collection[int], new: Collection[int] = ()) -> None:
    # An index holds nothing yet of whoever is new.
    rows = (*ask_about(WISHING, contact_ids), *ask_about(INDEXED, set(contact_ids).difference(new)))
    wishing = {key for (key,) in rows}
    if wishing:
        # Late: most contacts look for nothing and offer nothing.
        from planner.store.facts.wishes import index_wishes

        index_wishes(wishing)


def refresh(store: Connection, contact_ids: Collection[int], need_ids: Collection[int] = ()) -> None:
    """Derive contacts again, and every contact to whom one of their items may pass; in the caller's transaction.

    For the needs in `need_ids` it derives the contacts who had one of their items, and those who get one.
    """
    wanted = set(contact_ids)
    of_needs: dict[int, list[OpenItem]] = {}

    def items(need_id: int) -> list[OpenItem]:
        if need_id not in of_needs:
            of_needs[need_id] = items_of_need(need_id, store.settings)
        return of_needs[need_id]

    for key in need_ids:
        wanted.update(holder for (holder,) in ask(ALL_HOLDERS, {"need": key}))
        wanted.update(item.contact_id for item in items(key))
    for ids in sqlite.batches(sorted(wanted)):
        wanted.update(sharer for (sharer,) in ask_about(SHARING, ids))
        # The item of an introduction belongs to one of the two and names the other.
        for pair in ask_about(PARTNERS, ids):
            wanted.update(pair)
        # The item of a need belongs to one contact of its told-list, and passes to the next.
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


PERHAPS_WITH_RHYTHM = """(cadence IS NOT NULL
    OR EXISTS (SELECT 1 FROM membership m WHERE m.contact_id = contact.id))"""
SUMMARIZE = f"""INSERT INTO contact_summary ({", ".join(SUMMARY_COLUMNS)})
    SELECT id, {", ".join("?" * (len(SUMMARY_COLUMNS) - 2))}, {NAME_IN_LISTS}
    FROM contact WHERE NOT {PERHAPS_WITH_RHYTHM} AND"""


def _derive_first(store: Connection, contact_ids: Collection[int]) -> None:
    """Derive new contacts: no derived row exists of them, and no other rows than those of rhythms and circles."""
    summary = _summary(0, NOTHING)[1:-1]
    for those, values in sqlite.conditions("id", [sorted(contact_ids)]):
        ask(f"{SUMMARIZE} {those}", (*summary, *values))
        others = ask(f"SELECT id FROM contact WHERE {PERHAPS_WITH_RHYTHM} AND {those}", values)
        for ids in sqlite.batches([key for (key,) in others]):
            _write(derive(ids, store.settings))


STANDING = """SELECT id, due, chosen_day, hidden_until, paused_until, text FROM due_item WHERE contact_id IN ({keys})"""
MOVED = """INSERT INTO moved (item, contact_id, times, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (item) DO UPDATE SET times = moved.times + excluded.times, at = excluded.at"""


def _note_moves(before: dict[str, tuple[Any, ...]], derivations: dict[int, Derivation]) -> None:
    """Count changes of each open item's day, and note when its day or text last changed."""
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
    insert_rows("due_item", COLUMNS, items)
    insert_rows("contact_summary", SUMMARY_COLUMNS, summaries)


_columns_of = attrgetter(*COLUMNS)


def _row(item: OpenItem) -> tuple[Any, ...]:
    return tuple([value.isoformat() if isinstance(value, date) else value for value in _columns_of(item)])


def _summary(contact_id: int, one: Derivation) -> tuple[Any, ...]:
    last, due = stored(one.last_contact), stored(one.due)
    return contact_id, last, due, one.rhythm, one.circles, one.loops, one.recent, one.by_name


def all_contact_ids() -> list[int]:
    """Every contact's id, in order."""
    return [key for (key,) in ask("SELECT id FROM contact ORDER BY id")]


def rebuild(store: Connection, *, readable: bool = False) -> None:
    """Derive everything again, and write the rows that differ; in the caller's transaction.

    Rows not known to be `readable` are not compared but deleted first.
    """
    if not readable:
        for table in ("due_item", "contact_summary", "wish_word", "contact_word"):
            ask(f"DELETE FROM {table}")
    for ids, derivations, wrong in _compared(store):
        if wrong:
            anew = {key: derivations[key] for key in wrong}
            ask_about("DELETE FROM due_item WHERE contact_id IN ({keys})", wrong)
            # An item may still be stored for another contact, who is compared later.
            ask_about("DELETE FROM due_item WHERE id IN ({keys})", [x.id for one in anew.values() for x in one.items])
            ask_about("DELETE FROM contact_summary WHERE contact_id IN ({keys})", wrong)
            _write(anew)
        of_words, of_wishes = _wrongly_indexed(ids)
        _index_words(of_words)
        _index_wishes(of_wishes)


def differences(store: Connection) -> list[str]:
    """The differences between the derived tables and a new derivation, as lines."""
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
    """All contacts in batches: (their ids, their derivations, the differences by contact as lines)."""
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
    """(the contacts whose words are indexed wrongly, those whose wishes are)."""
    from planner.store.facts import contact_words, wishes

    return contact_words.wrongly_indexed(contact_ids), wishes.wrongly_indexed(contact_ids)
