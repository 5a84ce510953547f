"""The rows of a place on which a verb acts, by their keys, and finding them again in another session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from planner.ui.widgets.line_list import LineList


def rows_meant(place: Screen[Any]) -> tuple[str, ...]:
    """The keys of the marked rows, or of the one under the cursor."""
    rows = _list_of(place)
    if rows is None:
        return ()
    here = (rows.cursor_row.key,) if rows.cursor_row is not None else ()
    return tuple(sorted(rows.marked)) or here


def stand_on(place: Screen[Any], keys: Sequence[str], *, marked: bool) -> bool:
    """Let verbs act on the rows with these keys: mark them, or put the cursor on the first one.

    Returns whether there is a list, and in it the row for the cursor.
    """
    rows = _list_of(place)
    if rows is None or not keys:
        return False
    if marked:
        rows.marked = frozenset(keys)
        return True
    return rows.move_to_key(keys[0])


def _list_of(place: Screen[Any]) -> LineList | None:
    return next(iter(place.query(LineList).results(LineList)), None)


class RowsOfSteps:
    """The rows that each step of the history was about; after undoing a step the cursor goes to the first one."""

    def __init__(self) -> None:
        self._rows: dict[int, Sequence[str]] = {}
        self._wanted: Sequence[str] = ()

    def keep(self, step: int | None, rows: Sequence[str]) -> None:
        """Remember the keys of a step's rows."""
        if step is not None:
            self._rows[step] = rows

    def undone(self, step: int, listed: LineList) -> None:
        """Put the cursor on the rows of a step, at once or when they are shown."""
        self._wanted = self._rows.pop(step, ())
        if any(listed.position_of(key) is not None for key in self._wanted):
            self.stand_on(listed)

    def stand_on(self, listed: LineList) -> None:
        """Put the cursor on the topmost wanted row; called when the place is read."""
        found = [place for key in self._wanted if (place := listed.position_of(key)) is not None]
        if found:
            listed.move_to(min(found))
        self._wanted = ()
