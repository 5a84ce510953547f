"""The handles of contacts: their addresses, their full names, and handles that a person assigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.evidence.owners import ME, Key
from planner.core.evidence.seen import Handle, HandleKind
from planner.core.records import record
from planner.store import tables as t
from planner.store.connection import ask, ask_about

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

_KINDS = {"email": HandleKind.EMAIL, "phone": HandleKind.PHONE, "url": HandleKind.PROFILE}


@record(frozen=True, slots=True)
class AskedName:
    """A name or address in sources without a known owner; `times` is how often it was seen."""

    id: int
    kind: HandleKind
    value: str
    name: str
    times: int


def known_handles() -> dict[Key, set[int]]:
    """The contacts that have each handle: addresses in normal form, and full names folded."""
    found: dict[Key, set[int]] = defaultdict(set)
    for contact_id, kind, key in ask("SELECT contact_id, kind, key FROM address WHERE key <> ''"):
        if kind in _KINDS:
            # An extension leads to one desk of a company; a call log shows only the number.
            found[_KINDS[kind], key.partition(";")[0]].add(contact_id)
    for contact_id, folded in ask("SELECT id, folded FROM contact WHERE folded <> ''"):
        found[HandleKind.NAME, folded].add(contact_id)
    return found


def said_handles() -> dict[Key, int | None]:
    """The owner that a person named for each handle: a contact, `ME`, or None for nobody."""
    rows = ask("SELECT kind, value, contact_id, mine FROM known_as WHERE said_on IS NOT NULL")
    return {(HandleKind(kind), value): ME if mine else contact_id for kind, value, contact_id, mine in rows}


def taken_of(keys: Iterable[Key]) -> set[Key]:
    """The handles, among some, that a contact has or whose owner a person named."""
    wanted = set(keys)
    values = {value for _, value in wanted}
    rows = [(_KINDS[kind], key) for kind, key in ask_about(
        "SELECT kind, key FROM address WHERE key IN ({keys})", values
    ) if kind in _KINDS]  # fmt: skip
    rows += [(HandleKind.NAME, name) for (name,) in ask_about(
        "SELECT folded FROM contact WHERE folded IN ({keys})", values
    )]  # fmt: skip
    rows += [(HandleKind(kind), value) for kind, value in ask_about(
        "SELECT kind, value FROM known_as WHERE said_on IS NOT NULL AND value IN ({keys})", values
    )]  # fmt: skip
    return wanted.intersection(rows)


def asked_names() -> list[AskedName]:
    """The handles without a known owner, the most frequent first."""
    rows = ask("SELECT id, kind, value, name, times FROM known_as WHERE said_on IS NULL ORDER BY times DESC, value, id")
    return [AskedName(key, HandleKind(kind), value, name, times) for key, kind, value, name, times in rows]


def ask_whose(writer: Writer, shared: Iterable[tuple[Key, Handle, int]]) -> None:
    """Store handles to ask about, each with how often it was seen."""
    before = {(kind, value): (key, times) for key, kind, value, times in ask(
        "SELECT id, kind, value, times FROM known_as"
    )}  # fmt: skip
    new = []
    for (kind, value), handle, days in shared:
        found = before.get((str(kind), value))
        if found is None:
            new.append({"kind": str(kind), "value": value, "name": handle.name or handle.value, "times": days})
        elif found[1] < days:
            writer.update(t.KnownAsTable, found[0], times=days)
    writer.insert_many(t.KnownAsTable, new)


def say_whose(writer: Writer, key: Key, name: str, owner: int | None, today: date) -> int:
    """Store the owner of a handle: a contact, me (`ME`), or nobody; return the id of the row."""
    kind, value = key
    said: dict[str, Any] = {"contact": owner or None, "mine": owner == ME, "said_on": today}
    rows = ask("SELECT id FROM known_as WHERE kind = ? AND value = ? ORDER BY id", (str(kind), value))
    if rows:
        writer.update(t.KnownAsTable, rows[0][0], **said)
        return int(rows[0][0])
    made: int = writer.insert(t.KnownAsTable, kind=str(kind), value=value, name=name, **said)
    return made
