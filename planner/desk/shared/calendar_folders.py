"""The folders that the calendar goes to and comes back from, as the database remembers them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from planner.core.records import record

if TYPE_CHECKING:
    from planner.store.connection import Connection

_NOTE = "calendars"


@record(frozen=True, slots=True)
class CalendarFolder:
    """A folder for calendar entries, in both directions; with `todo`, items to do are written as to-dos."""

    path: str
    todo: bool = False


def calendar_folders(store: Connection) -> tuple[CalendarFolder, ...]:
    """The folders, in the order they were added."""
    try:
        found = json.loads(store.notes().get(_NOTE, "[]"))
        return tuple(CalendarFolder(str(path), bool(todo)) for path, todo in found)
    except (ValueError, TypeError, RecursionError):
        return ()


def keep_calendar_folders(store: Connection, folders: Collection[CalendarFolder]) -> None:
    """Remember exactly these folders; no step in the history."""
    text = json.dumps([[one.path, one.todo] for one in folders])
    store.transact(lambda: store.note(_NOTE, text))
