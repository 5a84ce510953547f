"""Keeps how many people could become contacts: only the number, since nobody is stored who was not added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.store.connection import ask

if TYPE_CHECKING:
    from planner.store.connection import Connection

STRANGERS = "strangers"
"""The name of the note that holds the number."""


def count() -> int:
    """The number stored last; 0 if it was never counted."""
    rows = ask('SELECT "value" FROM "meta" WHERE "key" = ?', (STRANGERS,))
    return int(rows[0][0]) if rows else 0


def keep_count(store: Connection, number: int) -> None:
    """Store the number; in the caller's transaction, not journaled."""
    store.note(STRANGERS, str(max(0, number)))
