"""The loaded part of a long list, and the place of a cursor in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planner.core.records import record

Kind = Literal["item", "heading", "blank", "detail"]


@record(frozen=True, slots=True)
class Row:
    """One line of a list. `key` identifies the line across readings; `data` is what the owner of the list draws.

    The cursor stops only at items.
    """

    key: str
    kind: Kind = "item"
    data: object = None
    settled: bool = False
    """Whether the row needs no action: only a key brings the cursor to it."""

    @property
    def selectable(self) -> bool:
        """Whether the cursor may be on it."""
        return self.kind == "item"


class RowWindow:
    """Rows from one index of a list up to another; indexes count from 0 over the whole list."""

    def __init__(self) -> None:
        self.total = 0
        """The length of the whole list."""
        self.start = 0
        self.rows: Sequence[Row] = ()

    @property
    def stop(self) -> int:
        """The index after the last loaded row."""
        return self.start + len(self.rows)

    def at(self, position: int) -> Row | None:
        """The row at an index, None if it is not loaded."""
        offset = position - self.start
        return self.rows[offset] if 0 <= offset < len(self.rows) else None

    def position_of(self, key: str) -> int | None:
        """The index of a loaded row."""
        for offset, row in enumerate(self.rows):
            if row.key == key:
                return self.start + offset
        return None

    def covers(self, start: int, stop: int) -> bool:
        """Whether every row from `start` up to `stop` is loaded."""
        return self.start <= start and stop <= self.stop

    def adjoins(self, start: int, stop: int) -> bool:
        """Whether rows from `start` up to `stop` leave no gap to the loaded ones."""
        return start <= self.stop and self.start <= stop

    def continues(self, start: int, rows: Sequence[Row], total: int) -> bool:
        """Whether rows are more of the same list: of its length, and equal where both have one."""
        if not self.rows or total != self.total:
            return False
        return all(
            (known := self.at(start + offset)) is None or known.key == row.key for offset, row in enumerate(rows)
        )

    def take(self, start: int, rows: Sequence[Row], total: int) -> None:
        """Replace the loaded rows."""
        self.start, self.rows, self.total = start, tuple(rows), total

    def join(self, start: int, rows: Sequence[Row], keep: int) -> None:
        """Add rows of the same list; of the loaded ones, `keep` on either side stay."""
        stop = start + len(rows)
        if not self.adjoins(start, stop):
            self.take(start, rows, self.total)
            return
        before = self.rows[max(0, start - self.start - keep) : max(0, start - self.start)]
        after = self.rows[max(0, stop - self.start) : max(0, stop - self.start) + keep]
        self.take(start - len(before), (*before, *rows, *after), self.total)

    def nearest(self, position: int, towards: int) -> int:
        """The item at or nearest to an index, searched in the direction `towards` first.

        Rows that are not loaded count as items; -1 if there is none.
        """
        for direction in (towards, -towards):
            candidate = position
            while (row := self.at(candidate)) is not None and not row.selectable:
                candidate += direction
            if 0 <= candidate < self.total:
                return candidate
        return -1

    def heir(self, cursor: int, start: int, rows: Sequence[Row]) -> int | None:
        """The place of a cursor from the loaded rows in new ones.

        The row with the same key; else the next of the rows after it that still exists; else the position after the
        last of those before it. Settled rows count only if no others are left. None if no loaded row is left.
        """
        here = self.at(cursor)
        if here is None:
            return None
        selectable = {row.key: start + offset for offset, row in enumerate(rows) if row.selectable}
        if here.key in selectable:
            return selectable[here.key]
        unsettled = {row.key: start + offset for offset, row in enumerate(rows) if row.selectable and not row.settled}
        for places in (unsettled, selectable):
            for position in range(cursor + 1, self.stop):
                row = self.rows[position - self.start]
                if row.key in places:
                    return places[row.key]
            for position in range(cursor - 1, self.start - 1, -1):
                row = self.rows[position - self.start]
                if row.key in places:
                    return self._after(places[row.key] - start, rows) + start
        return None

    @staticmethod
    def _after(offset: int, rows: Sequence[Row]) -> int:
        """The offset of the row after one: the same if no unsettled row follows directly."""
        following = offset + 1
        if following >= len(rows) or (rows[following].settled and not rows[offset].settled):
            return offset
        return following
