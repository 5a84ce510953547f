"""The watched sources: what counts in each, what is remembered about them, and the key of all digests."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.evidence.judgement import WhatCounts
from planner.core.records import record
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day, run_many

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

READ, KNOWN = "r:", "k:"
"""The prefixes of remembered states: those of a reader, and our own."""
_COLUMNS = "id, path, kind, mode, all_day, free, added_on, removed_on"


@record(frozen=True, slots=True)
class WatchedSource:
    """A source, with its settings."""

    id: int
    path: str
    kind: str
    counts: WhatCounts
    all_day: bool
    free: bool
    added_on: date
    removed_on: date | None = None


def sources(*, removed: bool = False) -> list[WatchedSource]:
    """The sources in use, in the order they were added; with `removed` also those taken off the list."""
    where = "" if removed else "WHERE removed_on IS NULL"
    return [
        WatchedSource(
            key, path, kind, WhatCounts(mode), bool(all_day), bool(free), date.fromisoformat(added), day(gone)
        )
        for key, path, kind, mode, all_day, free, added, gone in ask(
            f"SELECT {_COLUMNS} FROM watched {where} ORDER BY id"
        )
    ]


def counts() -> dict[int, int]:
    """The number of interactions based on each source, by the id of the source."""
    query = """SELECT e.watched_id, count(DISTINCT i.id) FROM evidence e JOIN interaction i ON i.id = e.interaction_id
        GROUP BY e.watched_id"""
    return {int(key): int(count) for key, count in ask(query)}


def insert_source(
    writer: Writer, path: str, kind: str, counts: WhatCounts, today: date, *, all_day: bool, free: bool
) -> int:
    """Insert a source, and return its id."""
    key: int = writer.insert(
        t.WatchedTable, path=path, kind=kind, mode=str(counts), all_day=all_day, free=free, added_on=today
    )
    return key


# The kinds of evidence that count


def modes_of(contact_ids: Sequence[int]) -> dict[int, dict[int | None, WhatCounts]]:
    """By contact and id of the source: what counts as contact, as a person set it; None stands for all sources."""
    found: dict[int, dict[int | None, WhatCounts]] = {}
    query = "SELECT contact_id, watched_id, mode FROM evidence_mode WHERE contact_id IN ({keys})"
    for contact_id, watched, mode in ask_about(query, contact_ids):
        found.setdefault(contact_id, {})[watched] = WhatCounts(mode)
    return found


def set_mode(writer: Writer, contact_id: int, source_id: int | None, counts: WhatCounts) -> None:
    """Set what counts as contact with somebody in one source, or with None in all of them."""
    where, values = ("watched_id = ?", (contact_id, source_id)) if source_id else ("watched_id IS NULL", (contact_id,))
    rows = ask(f"SELECT id FROM evidence_mode WHERE contact_id = ? AND {where}", values)
    if rows:
        writer.update(t.EvidenceModeTable, rows[0][0], mode=str(counts))
    else:
        writer.insert(t.EvidenceModeTable, contact=contact_id, watched=source_id, mode=str(counts))


# Digests


def digesting(writer: Writer | None = None) -> Callable[[str], str]:
    """A function that gives the keyed digest of an id: 32 hexadecimal digits.

    If no key is stored one is made; without a `writer` it is not stored.
    """
    rows = ask("SELECT value FROM evidence_key ORDER BY id LIMIT 1")
    value = rows[0][0] if rows else secrets.token_hex(32)
    if not rows and writer is not None:
        writer.insert(t.EvidenceKeyTable, value=value)
    key = bytes.fromhex(value)

    def digest(text: str) -> str:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()

    return digest


# The remembered states


def remembered(source_id: int, prefix: str = READ) -> dict[str, bytes]:
    """The states remembered for a source, by the names its reader gave."""
    rows = ask("SELECT name, value FROM watched_state WHERE watched_id = ?", (source_id,))
    return {name.removeprefix(prefix): bytes(value) for name, value in rows if name.startswith(prefix)}


def remember(source_id: int, states: Mapping[str, bytes | None], prefix: str = READ) -> None:
    """Remember states of a source; a state of None is deleted. In the caller's transaction, not journaled."""
    run_many(
        "DELETE FROM watched_state WHERE watched_id = ? AND name = ?",
        [(source_id, f"{prefix}{name}") for name, value in states.items() if value is None],
    )
    run_many(
        "INSERT INTO watched_state (watched_id, name, value) VALUES (?, ?, ?)"
        " ON CONFLICT (watched_id, name) DO UPDATE SET value = excluded.value",
        [(source_id, f"{prefix}{name}", value) for name, value in states.items() if value is not None],
    )


def forget_read(source_id: int) -> None:
    """Forget everything remembered for a source; in the caller's transaction, not journaled."""
    ask("DELETE FROM watched_state WHERE watched_id = ?", (source_id,))
