"""A list of any length with a cursor: keys and mouse move it, and rows are loaded on demand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from planner.ui.keymap import moves
from planner.ui.widgets.line_view import GUTTER, LineView
from planner.ui.widgets.row_window import Row
from planner.ui.widgets.widget_message import WidgetMessage

__all__ = ["GUTTER", "LineList", "Row"]

LOW = 24
"""Lines below which a list is too low to show the headings above a row that is to be on top."""
MARGIN = 2
"""How many heights of the list are loaded above and below the visible lines."""


ACTIONS: Final = {"up": "cursor_up", "down": "cursor_down", "page_up": "page_up", "page_down": "page_down",
                  "first": "first", "last": "last"}  # fmt: skip
"""The action of each verb that moves through a list."""


class LineList(LineView, can_focus=True, inherit_bindings=False):
    """A list over a window of rows.

    The owner provides rows with `set_rows`, and answers `Wanted` with more of them as the list is scrolled.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *moves(ACTIONS),
        Binding("enter", "select", "Open", show=False),
    ]  # fmt: skip
    """
    | Key(s) | Description |
    | :- | :- |
    | up, k | Move the cursor to the item above. |
    | down, j | Move the cursor to the item below. |
    | pageup, pagedown | Move the cursor by a page. |
    | home, end | Move the cursor to the first or the last item. |
    | enter | Open the item under the cursor. |
    """

    class Wanted(WidgetMessage["LineList"]):
        """Rows from `start` up to `end` are about to be visible and are not loaded."""

        def __init__(self, line_list: LineList, start: int, end: int) -> None:
            super().__init__(line_list)
            self.start = start
            self.end = end

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineList.Wanted) and message.control is self.control

    class Highlighted(WidgetMessage["LineList"]):
        """The cursor moved to another row, or its row was replaced; None in an empty list."""

        def __init__(self, line_list: LineList, row: Row | None) -> None:
            super().__init__(line_list)
            self.row = row

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineList.Highlighted) and message.control is self.control

    class Selected(WidgetMessage["LineList"]):
        """A row was opened, with enter or a second click."""

        def __init__(self, line_list: LineList, row: Row) -> None:
            super().__init__(line_list)
            self.row = row

    def __init__(self, *, ascii_marks: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_marks=ascii_marks, id=id)
        self._towards = 1
        self._asked: tuple[int, int] | None = None
        self._clicked = ""
        """The key of the row a click moved the cursor to: the second click of a double click opens it."""
        self._on_top = ""
        """The key of the row at the top of a low list, until the cursor is moved."""
        self._will_tell = False
        """Whether the cursor's new row is reported after the next frame."""
        self._fits_later = False
        """Whether rows below need wider columns, which they get when the list is scrolled."""

    # For the owner

    def set_rows(self, start: int, rows: Sequence[Row], total: int, *, first: bool = False) -> None:
        """Take `rows` as the part of the list from `start` on; `total` is the length of the whole list.

        Rows that agree with the loaded ones fill the list further, and nothing moves. Otherwise the list is new: the
        cursor stays on its row by key, else goes to the next item after it, else to the last one; its line on the
        screen stays the same. With `first` the cursor goes to the first item.
        """
        loaded, top = self._loaded, self.scroll_offset.y
        seen = range(top - 1, top + self.size.height)
        more = not first and loaded.continues(start, rows, total)
        if more and not loaded.adjoins(start, start + len(rows)) and loaded.covers(top, min(seen.stop, total)):
            # The list was scrolled away and back while they were read: they would replace the visible rows.
            self._asked = None
            self._ask()
            return
        self._measure(rows)
        previous_row = self.cursor_row
        previous_line = self._line_of(self._cursor) - top
        previous_cursor = self._cursor
        before = [loaded.at(position) for position in seen] if self._asked is not None else None
        other = {position for position, row in enumerate(rows, start) if loaded.at(position) != row} if more else set()
        self._asked = None
        if more:
            loaded.join(start, rows, keep=(2 * MARGIN + 1) * max(self.size.height, 20))
            self._cursor = loaded.nearest(self._cursor, self._towards)
            if self._cursor != previous_cursor:
                self._show_cursor()
        else:
            before = None
            heir = 0 if first else loaded.heir(self._cursor, start, rows)
            loaded.take(start, rows, total)
            self._set_virtual_size()
            self._towards = 1 if first else self._towards
            place = min(max(self._cursor, 0), total - 1) if heir is None else heir
            self._cursor = loaded.nearest(place, self._towards) if total > 0 else -1
            if heir is not None:
                self._scroll_to_line(0 if first else self._line_of(self._cursor) - previous_line)
            self._show_cursor()
            if first:
                self._point_at_cursor()
        row = self.cursor_row
        if before == [loaded.at(position) for position in seen] and self._cursor == previous_cursor:
            # The new rows lie beyond the visible ones: lines with unchanged rows are still right, and keep their
            # columns. Drawing all lines again would show nothing else.
            self._fits_later = True
            self._strips = {key: strip for key, strip in self._strips.items() if key[0] not in other}
        else:
            self._fit_now()
            self.redraw()
        if row != previous_row or (before is None and row is not previous_row):
            self.post_message(self.Highlighted(self, row))
        self._ask()

    def move_to(self, position: int) -> None:
        """Move the cursor to an index, or to the nearest item, and scroll it into view."""
        self._move(min(max(position, 0), self.total - 1))

    def move_to_key(self, key: str) -> bool:
        """Move the cursor to a loaded row; return whether it is there."""
        position = self.position_of(key)
        if position is not None:
            self._move(position)
        return position is not None

    def pass_by(self, keys: Collection[str]) -> None:
        """Move the cursor from a row in `keys` to the next row that is neither in `keys` nor settled, if any."""
        row = self.cursor_row
        if row is None or row.key not in keys:
            return
        for position in range(self._cursor + 1, self.total):
            there = self.row_at(position)
            if there is None or (there.selectable and not there.settled and there.key not in keys):
                self._towards = 1
                self._move(position)
                return

    def stand_on_top(self, key: str) -> None:
        """In a low list scroll a loaded row to the top, until the cursor is moved."""
        self._on_top = key
        self._show_cursor()

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or unmark it."""
        row = self.cursor_row
        if row is not None:
            self.marked = self._marked ^ {row.key}

    # Actions

    def move(self, verb: str) -> None:
        """Perform the action of a verb in `ACTIONS`."""
        getattr(self, f"action_{ACTIONS[verb]}")()

    def action_cursor_up(self) -> None:
        """Move the cursor to the item above."""
        self._step(-1)

    def action_cursor_down(self) -> None:
        """Move the cursor to the item below."""
        self._step(1)

    def action_page_up(self) -> None:
        """Move the cursor and the visible part up by a page."""
        self._page(-1)

    def action_page_down(self) -> None:
        """Move the cursor and the visible part down by a page."""
        self._page(1)

    def action_first(self) -> None:
        """Move the cursor to the first item."""
        self._towards = 1
        self._move(0)

    def action_last(self) -> None:
        """Move the cursor to the last item."""
        self._towards = -1
        self._move(self.total - 1)

    def action_select(self) -> None:
        """Open the row under the cursor."""
        row = self.cursor_row
        if row is not None:
            self.post_message(self.Selected(self, row))

    # Moving

    def _step(self, direction: int) -> None:
        position = self._cursor + direction
        while 0 <= position < self.total:
            row = self.row_at(position)
            if row is None or row.selectable:
                self._towards = direction
                self._move(position)
                return
            position += direction
        if direction < 0:
            # Only headings above: make them visible.
            self._scroll_to_line(0)

    def _page(self, direction: int) -> None:
        height = max(1, self.size.height - 1)
        top = self.scroll_offset.y
        self._towards = direction
        target = min(max(self._cursor + direction * height, 0), self.total - 1)
        self._on_top = ""
        self._scroll_to_line(top + direction * height)
        self._move(target)

    def _move(self, position: int) -> None:
        previous = self._cursor
        if self.total <= 0:
            return
        self._cursor = self._loaded.nearest(position, self._towards)
        self._on_top = ""
        if self._cursor == previous:
            self._show_cursor()
            return
        self._refresh_row(previous, self._cursor)
        self._show_cursor()
        self._point_at_cursor()
        if not self._will_tell:
            # The row first: whatever follows the cursor is notified after the row is drawn, and only of the latest row.
            self._will_tell = True
            self.call_after_refresh(self._tell)
        self._ask()

    def _tell(self) -> None:
        self._will_tell = False
        self.post_message(self.Highlighted(self, self.cursor_row))

    # Scrolling

    def _show_cursor(self) -> None:
        """Scroll by half a window when the cursor would leave it, so that a held key stays cheap."""
        height = self.size.height
        if height <= 0 or self._cursor < 0:
            return
        place = self.position_of(self._on_top) if self._on_top and height < LOW else None
        if place is not None:
            line = self._line_of(place)
            self._fill_below(line + height)
            self._scroll_to_line(line)
            return
        top = self.scroll_offset.y
        first = self._line_of(self._cursor)
        last = first + (self.lines_below(self._cursor) if height > 1 else 0)
        half = max(1, height // 2)
        if first < top:
            top = min(first, max(top - half, last - height + 1))
        elif last >= top + height:
            top = max(last - height + 1, min(top + half, first))
        if self._only_headings_above(self._cursor) and last < height:
            top = 0
        self._scroll_to_line(top)

    def _point_at_cursor(self) -> None:
        """Put the terminal's own cursor on the row: screen readers and magnifiers follow it."""
        if self.has_focus:
            line = self._line_of(self._cursor) - self.scroll_offset.y
            self.app.cursor_position = self.content_region.offset + Offset(0, line)

    def _only_headings_above(self, position: int) -> bool:
        above = [self.row_at(line) for line in range(min(position, 4))]
        return position < 4 and not any(row is None or row.selectable for row in above)

    def _ask(self) -> None:
        """Request rows when the visible part comes near the end of the loaded ones."""
        height = self.size.height
        if height <= 0 or self.total <= 0:
            return
        top = self.scroll_offset.y
        seen = max(0, top - height), min(self.total, top + 2 * height)
        if self._loaded.covers(*seen):
            return
        if self._asked is not None and self._asked[0] <= seen[0] and seen[1] <= self._asked[1]:
            return
        reach = MARGIN * height
        self._asked = max(0, top - reach), min(self.total, top + height + reach)
        wanted = self.Wanted(self, *self._asked)
        if self._loaded.covers(top, min(self.total, top + height)):
            # The visible rows are loaded: the frame need not share the processor with reading rows beyond them.
            self.call_after_refresh(self.post_message, wanted)
        else:
            self.post_message(wanted)

    def _fit_now(self) -> None:
        """Widen the columns to fit the rows read so far."""
        self._fits_later = False
        if self._take_widths():
            self._strips.clear()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        if self._fits_later:
            self._fit_now()
        super().watch_scroll_y(old_value, new_value)
        self._ask()

    # Further changes of appearance

    def watch_two_line(self) -> None:
        self._set_virtual_size()
        self._strips.clear()
        self.refresh()
        self._show_cursor()

    def on_resize(self, event: events.Resize) -> None:
        self._strips.clear()
        self._show_cursor()
        self._ask()

    def on_focus(self) -> None:
        self._redraw_row(self._cursor)
        self._point_at_cursor()

    def on_blur(self) -> None:
        self._redraw_row(self._cursor)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        if event.chain > 1:
            # The list may have scrolled under the pointer: the row of the first click is meant. A screen opened by the
            # first click gets the second one too, and nobody means one of its rows.
            event.stop()
            if self._clicked and self.cursor_row is not None and self.cursor_row.key == self._clicked:
                self._clicked = ""
                self.action_select()
            return
        position, _ = self._row_on_line(event.y + self.scroll_offset.y)
        row = self.row_at(position)
        self._clicked = ""
        if row is None or not row.selectable:
            return
        event.stop()
        if position == self._cursor:
            self.action_select()
        else:
            self._clicked = row.key
            self._move(position)
