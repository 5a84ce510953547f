"""Forgetting: erases a person from tables, search index and journal, and finds files that still name them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from planner.core.contact_fields import ORGANISATION, POSITION
from planner.core.records import record
from planner.core.words.folding import fold
from planner.core.words.redaction import LEAST_NAME, redaction, surnames
from planner.errors import Refused
from planner.store import sqlite
from planner.store import tables as t
from planner.store.book.cards import forget_written
from planner.store.connection import Connection, ask
from planner.store.derived import settle
from planner.store.evidence.forgotten import forget_evidence
from planner.store.facts.identity.import_candidates import CARD_PREFIX
from planner.store.facts.identity.tombstones import keep_forgotten, tombstone
from planner.store.journal import images_in, keys_in, recover, row_text, to_text
from planner.store.row_writer import Key, Row, Writer
from planner.store.table_shapes import shape_of, tables_by_name

_SHARED = frozenset({ORGANISATION, POSITION})
"""Kinds of addresses that identify nobody: other people work there, or do the same."""


@record(frozen=True, slots=True)
class Erased:
    """The person who was erased, with every name and address they ever had here, and the texts that may still mean
    them.

    `traces` are names, addresses and keys by which other files about the person are found; `cards` are the UIDs that
    their cards came with; `maybe` names rows that contain only the surname, as (table, number).
    """

    name: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    uids: tuple[str, ...]
    cards: tuple[str, ...] = ()
    maybe: tuple[tuple[str, int], ...] = ()

    @property
    def surnames(self) -> tuple[str, ...]:
        """The last words of their names."""
        return surnames(self.names)

    @property
    def traces(self) -> tuple[str, ...]:
        """Texts that must not be in any file without the person."""
        return tuple(dict.fromkeys([*self.names, *map(fold, self.names), *self.addresses, *self.uids]))


def erase_contact(store: Connection, contact_id: int, *, surname_too: bool = False) -> Erased:
    """Erase a person from tables, search index and journal, leaving no byte behind; cannot be undone.

    Interactions with nobody else are deleted too; in notes of other people "(forgotten)" replaces each name and address
    the person has or had, in any case and spelling; with `surname_too` the surname alone as well. Digests of the keys
    stay, so that an import does not bring the person back. Raises `Refused` when there is no such contact.
    """
    recover(store)

    def erase() -> Erased:
        sqlite.overwrite_deleted(store.database)
        writer = Writer()
        row = writer.row(t.ContactTable, contact_id)
        if row is None:
            raise Refused(f"There is no contact #{contact_id}")
        kept = ask("SELECT kind, value, key FROM address WHERE contact_id = ?", (contact_id,))
        addresses = [one for one in kept if one[0] not in _SHARED]
        keys = [one[0] for one in ask("SELECT key FROM identity WHERE contact_id = ?", (contact_id,))]
        cards = tuple(one.removeprefix(CARD_PREFIX) for one in keys if one.startswith(CARD_PREFIX))
        keys += [f"email:{key or fold(value)}" for kind, value, key in addresses if kind == "email"]
        same = [row, *_made_one_with(contact_id)]
        # The planner's own exports identify people by these keys.
        keys += [f"{kind}:{one['uid']}" for one in same for kind in ("vcard", "planner")]
        former_names, former_addresses = _formerly([one["id"] for one in same])
        keys += [f"email:{fold(one)}" for one in former_addresses if "@" in one]
        keep_forgotten(map(tombstone, keys))
        folded_others = {row[0] for row in ask("SELECT folded FROM contact WHERE id <> ?", (contact_id,))}
        # A name entered by mistake for a moment may belong to somebody else.
        former_names = [one for one in former_names if fold(one) not in folded_others]
        called = [part for one in same for part in _nicknames(one) if fold(part) not in folded_others]
        names = list(dict.fromkeys([*(str(one["name"]) for one in same), *called, *former_names]))
        theirs = {text for _, value, key in addresses for text in (value, key) if text}
        others = ask("SELECT value, key FROM address WHERE contact_id <> ?", (contact_id,))
        texts = theirs | (former_addresses - {text for row in others for text in row})
        last = surnames(names)
        redact = redaction(names, texts, last if surname_too else ())
        folded = list(dict.fromkeys([*(str(one["folded"]) for one in same), *map(fold, names)]))
        forget_written(contact_id)
        forget_evidence(writer, contact_id, folded)
        _delete_all(writer, contact_id, folded)
        _redact_rows(writer, redact, texts)
        _clean_journal(writer, [one["id"] for one in same], redact)
        settle(store, writer)
        maybe = () if surname_too else tuple(_still_naming(redaction((), (), last)))
        uids = tuple(str(one["uid"]) for one in same if one["uid"])
        return Erased(str(row["name"]), tuple(names), tuple(sorted(texts)), uids, cards, maybe)

    erased = store.transact(erase)
    store.outside(lambda: sqlite.scrub(store.database))
    return erased


def erase_texts(store: Connection, erased: Erased, *, surname_too: bool = False) -> None:
    """Remove somebody from the texts of another copy in which they are no contact."""
    recover(store)
    texts = set(erased.addresses)
    redact = redaction(erased.names, texts, surnames(erased.names) if surname_too else ())

    def erase() -> None:
        sqlite.overwrite_deleted(store.database)
        writer = Writer()
        _redact_rows(writer, redact, texts)
        _clean_journal(writer, [], redact)
        settle(store, writer)

    store.transact(erase)
    store.outside(lambda: sqlite.scrub(store.database))


def _formerly(contact_ids: list[int]) -> tuple[list[str], set[str]]:
    """(earlier names and nicknames, earlier addresses) of contacts, from the journal."""
    names: dict[str, None] = {}
    addresses: set[str] = set()
    steps = ask("SELECT table_name, before, after FROM journal_change WHERE table_name IN ('contact', 'address')")
    for table, before, after in steps:
        for image in (*images_in(before), *images_in(after)):
            if table == "contact" and image["id"] in contact_ids:
                names |= dict.fromkeys((str(image["name"]), *_nicknames(image)))
            elif table == "address" and image["contact_id"] in contact_ids and image["kind"] not in _SHARED:
                addresses |= {text for text in (image["value"], image["key"]) if text}
    return list(names), addresses


def _nicknames(row: Row) -> list[str]:
    """The nicknames of a contact, except those too short to search for."""
    return [part for one in str(row.get("nickname", "")).split(",") if len(part := one.strip()) >= LEAST_NAME]


def _still_naming(redact: Callable[[str], str]) -> Iterator[tuple[str, int]]:
    """(table, id) of the rows whose texts, other than names, would be redacted."""
    for table in t.FACTS:
        shape, columns = shape_of(table), [one for one in _text_columns(table) if one not in ("name", "folded")]
        if not columns or not shape.numbered:
            continue
        listed = ", ".join(f'"{column}"' for column in (shape.key, *columns))
        for key, *texts in ask(f'SELECT {listed} FROM "{shape.name}"'):
            if any(text and redact(text) != text for text in texts):
                yield shape.name, int(key)


def _made_one_with(contact_id: int) -> list[dict[str, Any]]:
    """The rows that contacts had before they were merged into a contact: they hold other names of the person."""
    found: dict[int, dict[str, Any]] = {}
    into = [contact_id]
    while into:
        steps = ask(
            "SELECT gone.row, gone.before FROM journal_change gone JOIN journal ON journal.id = gone.journal_id"
            " WHERE journal.verb = 'merge' AND journal.state = 'done' AND gone.table_name = 'contact'"
            " AND gone.before IS NOT NULL AND EXISTS (SELECT 1 FROM journal_change kept"
            " WHERE kept.journal_id = journal.id AND kept.table_name = 'contact' AND kept.row = ?)"
            " AND NOT EXISTS (SELECT 1 FROM contact WHERE contact.id = CAST(gone.row AS INTEGER))",
            (str(into.pop()),),
        )
        fresh = {int(row): json.loads(before) for row, before in steps if int(row) not in found}
        found |= fresh
        into += fresh
    return list(found.values())


def _delete_all(writer: Writer, contact_id: int, folded: list[str]) -> None:
    alone = ask(
        "SELECT interaction_id FROM participation GROUP BY interaction_id"
        " HAVING min(contact_id) = ? AND max(contact_id) = ?",
        (contact_id, contact_id),
    )
    for (key,) in alone:
        writer.delete(t.InteractionTable, key)
    known = ask(
        "SELECT id FROM acquaintance WHERE other_id = ?"
        f" OR (other_id IS NULL AND folded IN ({', '.join('?' * len(folded))}))",
        (contact_id, *folded),
    )
    for (key,) in known:
        writer.delete(t.AcquaintanceTable, key)
    writer.delete(t.ContactTable, contact_id)


def _text_columns(table: type[t.Table]) -> list[str]:
    return [
        field.column_name
        for field in table._meta.sorted_fields
        if field.field_type == "TEXT" and not field.primary_key and field.column_name != "cadence"
    ]


def _redact_rows(writer: Writer, redact: Callable[[str], str], addresses: set[str]) -> None:
    for table in t.FACTS:
        shape, columns = shape_of(table), _text_columns(table)
        if not columns:
            continue
        names = ", ".join(f'"{column}"' for column in (shape.key, *columns))
        some = " OR ".join(f"\"{column}\" <> ''" for column in columns)
        rows = ask(f'SELECT {names} FROM "{shape.name}" WHERE {some}')
        for key, *texts in rows:
            if table is t.AddressTable and addresses & set(texts):
                # Somebody else shares this mailbox or number and keeps it.
                continue
            changed = {
                column: new
                for column, text in zip(columns, texts, strict=True)
                # A namesake keeps the name.
                if text and column not in ("name", "folded") and (new := redact(text)) != text
            }
            if changed:
                writer.update(table, key, None, **changed)


def _clean_journal(writer: Writer, contact_ids: list[int], redact: Callable[[str], str]) -> None:
    """Remove a person from the journal: their rows are deleted, names and addresses in other rows replaced."""
    gone: set[tuple[str, Key]] = {("contact", key) for key in contact_ids}
    gone.update((shape_of(one.table).name, one.key) for one in writer.changes if one.before and _went(writer, one))
    steps = [
        (key, name, keys_in(name, row), images_in(before), images_in(after))
        for key, name, row, before, after in ask("SELECT id, table_name, row, before, after FROM journal_change")
    ]
    grown = True
    while grown:
        # Rows that belonged to one of their rows are deleted too.
        found = {
            (name, image[shape_of(tables_by_name()[name]).key])
            for _, name, _, before, after in steps
            for image in (*before, *after)
            if _belongs(image, gone)
        }
        grown = not found <= gone
        gone |= found
    for key, name, rows, before, after in steps:
        shape, kept = shape_of(tables_by_name()[name]), [one for one in rows if (name, one) not in gone]
        if not kept:
            ask("DELETE FROM journal_change WHERE id = ?", (key,))
            continue
        # A run of numbers stays whole: it says nothing of a person.
        row = row_text(rows if shape.numbered else kept)
        was = to_text(_redacted(before[0], redact)) if before else None
        images = [_redacted(image, redact) for image in after if (name, image[shape.key]) not in gone]
        text = to_text(images if len(rows) > 1 else images[0]) if images else None
        ask("UPDATE journal_change SET row = ?, before = ?, after = ? WHERE id = ?", (row, was, text, key))
    ask("DELETE FROM journal WHERE id NOT IN (SELECT journal_id FROM journal_change)")
    for key, summary in ask("SELECT id, summary FROM journal"):
        if redact(summary) != summary:
            ask("UPDATE journal SET summary = ? WHERE id = ?", (redact(summary), key))


def _went(writer: Writer, change: Any) -> bool:
    return writer.row(change.table, change.key) is None


_LOOPS = {"v": "favor", "n": "need", "t": "introduction"}
"""The table that an interaction's loop refers to, by the letter of the loop."""


def _belongs(image: dict[str, Any], gone: set[tuple[str, Key]]) -> bool:
    parents = {
        "contact_id": "contact",
        "one_id": "contact",
        "other_id": "contact",
        "known_id": "contact",
        "card_id": "card",
        "favor_id": "favor",
        "follow_up_id": "follow_up",
        "interaction_id": "interaction",
    }
    loop = image.get("loop") or ""
    if loop and (_LOOPS[loop[0]], int(loop[1:])) in gone:
        return True
    return any((parents[column], image[column]) in gone for column in parents if image.get(column) is not None)


def _redacted(image: Row, redact: Callable[[str], str]) -> Row:
    return {column: redact(value) if isinstance(value, str) else value for column, value in image.items()}
