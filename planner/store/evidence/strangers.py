"""Keeps how many people could be contacts: their number alone, for nobody is kept who was not added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.store.connection import ask

if TYPE_CHECKING:
    from planner.store.connection import Connection

STRANGERS = "strangers"
"""The name of the note that holds the number."""


def count() -> int:
    """The number that was kept last; 0 where nobody was looked for."""
    rows = ask('SELECT "value" FROM "meta" WHERE "key" = ?', (STRANGERS,))
    return int(rows[0][0]) if rows else 0


def keep_count(store: Connection, number: int) -> None:
    """Keep a number; in the caller's transaction, not journaled."""
    store.note(STRANGERS, str(max(0, number)))
