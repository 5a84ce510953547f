"""A list of any length drawn line by line from a window of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.ui.keymap import moves
from planner.ui.themes import Glyphs, Palette, glyphs, lifted, palette
from planner.ui.widgets.row_window import Row, RowWindow
from planner.ui.widgets.rows import clip

__all__ = ["GUTTER", "LineList", "Row"]

GUTTER = 2
"""The cells left of every row: the bar of the cursor, and the mark."""
MARGIN = 2
"""Heights of the list that are asked for beyond what is seen, above and below."""


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list over a window of rows, drawn with the Line API: its cost does not grow with its length.

    A subclass says how a row looks in `render_row`. The owner gives rows with `set_rows`, and answers
    `Wanted` with more of them as the list is scrolled; what is not there yet is drawn as a quiet line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *moves(
            {"up": "cursor_up", "down": "cursor_down", "page_up": "page_up", "page_down": "page_down",
             "first": "first", "last": "last"}
        ),
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

    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 0;
    }
    """

    two_line: reactive[bool] = reactive(False, init=False)
    """Whether the row under the cursor takes a second line, drawn by `render_summary`."""

    class Wanted(Message):
        """Rows from `start` up to `end` are about to be seen and are not there."""

        def __init__(self, line_list: LineList, start: int, end: int) -> None:
            super().__init__()
            self.line_list = line_list
            self.start = start
            self.end = end

        @property
        def control(self) -> LineList:
            return self.line_list

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineList.Wanted) and message.line_list is self.line_list

    class Highlighted(Message):
        """The cursor came to another row, or its row was replaced; None in an empty list."""

        def __init__(self, line_list: LineList, row: Row | None) -> None:
            super().__init__()
            self.line_list = line_list
            self.row = row

        @property
        def control(self) -> LineList:
            return self.line_list

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineList.Highlighted) and message.line_list is self.line_list

    class Selected(Message):
        """A row was opened, with enter or a second click."""

        def __init__(self, line_list: LineList, row: Row) -> None:
            super().__init__()
            self.line_list = line_list
            self.row = row

        @property
        def control(self) -> LineList:
            return self.line_list

    def __init__(
        self,
        *,
        ascii_marks: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """`ascii_marks`: draw with the marks of a locale that has no others."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.marks: Glyphs = glyphs(ascii_marks)
        self._loaded = RowWindow()
        self._cursor = -1
        self._towards = 1
        self._marked: frozenset[str] = frozenset()
        self._asked: tuple[int, int] | None = None
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        """Lines as they were drawn, by position, whether it is the second line, and whether it is selected."""
        self._strips_width = -1
        self._looks: tuple[Palette, Style] | None = None

    # What the owner draws

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        """Return the segments of one row, at best `width` cells; they are cut or filled to it.

        Segments need no background. The bar of the cursor, the mark and the background of the selected
        row are drawn by the list.
        """
        return [Segment(row.key)]

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        """Return the segments of the second line of the row under the cursor, where `two_line` is set."""
        return []

    # What the owner gives and asks

    def set_rows(self, start: int, rows: Sequence[Row], total: int) -> None:
        """Take `rows` as the part of the list from `start` on; `total` is the length of the whole list.

        Rows that agree with those already there fill the list further, and nothing moves. Otherwise the
        list is new: the cursor stays on its row by key, else goes to the next item after it, else to
        the last one; the line it stands on stays the same.
        """
        loaded = self._loaded
        previous_row = self.cursor_row
        previous_line = self._line_of(self._cursor) - self.scroll_offset.y
        previous_cursor = self._cursor
        top = self.scroll_offset.y
        seen = range(top - 1, top + self.size.height)
        before = [loaded.at(position) for position in seen] if self._asked is not None else None
        self._asked = None
        if loaded.continues(start, rows, total):
            loaded.join(start, rows, keep=(2 * MARGIN + 1) * max(self.size.height, 20))
            self._cursor = loaded.nearest(self._cursor, self._towards)
            if self._cursor != previous_cursor:
                self._show_cursor()
        else:
            before = None
            heir = loaded.heir(self._cursor, start, rows)
            loaded.take(start, rows, total)
            self._set_virtual_size()
            place = min(max(self._cursor, 0), total - 1) if heir is None else heir
            self._cursor = loaded.nearest(place, self._towards) if total > 0 else -1
            if heir is not None:
                self._scroll_to_line(self._line_of(self._cursor) - previous_line)
            self._show_cursor()
        row = self.cursor_row
        if before == [loaded.at(position) for position in seen] and self._cursor == previous_cursor:
            # What was asked for lies beyond what is seen: the lines drawn are still right.
            self._strips = {key: strip for key, strip in self._strips.items() if key[0] in seen}
        else:
            self.redraw()
        if row != previous_row or (before is None and row is not previous_row):
            self.post_message(self.Highlighted(self, row))
        self._ask()

    def redraw(self) -> None:
        """Draw every row anew, after something its owner draws it from has changed."""
        self._strips.clear()
        self.refresh()

    @property
    def cursor(self) -> int:
        """The position of the row under the cursor, -1 in an empty list."""
        return self._cursor

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor; None where there is none or it is not loaded."""
        row = self.row_at(self._cursor)
        return row if row is not None and row.selectable else None

    @property
    def total(self) -> int:
        """The length of the whole list in rows, loaded or not."""
        return self._loaded.total

    @property
    def window(self) -> tuple[int, int]:
        """The positions from which and up to which rows are loaded."""
        return self._loaded.start, self._loaded.stop

    def row_at(self, position: int) -> Row | None:
        """Return the row at a position of the whole list, None where it is not loaded."""
        return self._loaded.at(position)

    def position_of(self, key: str) -> int | None:
        """Return the position of a loaded row."""
        return self._loaded.position_of(key)

    def move_to(self, position: int) -> None:
        """Move the cursor to a position, or to the item nearest to it, and scroll it into sight."""
        self._move(min(max(position, 0), self.total - 1))

    def move_to_key(self, key: str) -> bool:
        """Move the cursor to a loaded row; return whether it is there."""
        position = self.position_of(key)
        if position is not None:
            self._move(position)
        return position is not None

    @property
    def marked(self) -> frozenset[str]:
        """The keys of the marked rows, loaded or not."""
        return self._marked

    @marked.setter
    def marked(self, keys: Iterable[str]) -> None:
        changed = self._marked ^ (now := frozenset(keys))
        self._marked = now
        for position in range(*self.window):
            row = self.row_at(position)
            if row is not None and row.key in changed:
                self._redraw_row(position)

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        row = self.cursor_row
        if row is not None:
            self.marked = self._marked ^ {row.key}

    # Actions

    def action_cursor_up(self) -> None:
        """Move the cursor to the item above."""
        self._step(-1)

    def action_cursor_down(self) -> None:
        """Move the cursor to the item below."""
        self._step(1)

    def action_page_up(self) -> None:
        """Move the cursor and what is seen up by a page."""
        self._page(-1)

    def action_page_down(self) -> None:
        """Move the cursor and what is seen down by a page."""
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
            # Nothing above but headings: let them be seen.
            self._scroll_to_line(0)

    def _page(self, direction: int) -> None:
        height = max(1, self.size.height - 1)
        top = self.scroll_offset.y
        self._towards = direction
        target = min(max(self._cursor + direction * height, 0), self.total - 1)
        self._scroll_to_line(top + direction * height)
        self._move(target)

    def _move(self, position: int) -> None:
        previous = self._cursor
        if self.total <= 0:
            return
        self._cursor = self._loaded.nearest(position, self._towards)
        if self._cursor == previous:
            self._show_cursor()
            return
        self._refresh_row(previous, self._cursor)
        self._show_cursor()
        self._point_at_cursor()
        self.post_message(self.Highlighted(self, self.cursor_row))
        self._ask()

    # Scrolling

    def _set_virtual_size(self) -> None:
        lines = self.total + (1 if self.two_line and self.total > 0 else 0)
        size = Size(0, max(0, lines))
        if self.virtual_size != size:
            self.virtual_size = size

    def _line_of(self, position: int) -> int:
        return position + (1 if self.two_line and 0 <= self._cursor < position else 0)

    def _row_on_line(self, line: int) -> tuple[int, bool]:
        """Return the position drawn on a line, and whether it is the second line of the cursor's row."""
        if not self.two_line or self._cursor < 0 or line <= self._cursor:
            return line, False
        return line - 1, line == self._cursor + 1

    def is_lit(self, position: int) -> bool:
        """Whether a row is drawn as the one under the cursor."""
        return position == self._cursor

    def lines_below(self, position: int) -> int:
        """How many lines belong to the row of the cursor below it, and are scrolled into sight with it."""
        return 1 if self.two_line else 0

    def _show_cursor(self) -> None:
        """Scroll by half a window where the cursor would leave it, so that a held key stays cheap."""
        height = self.size.height
        if height <= 0 or self._cursor < 0:
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
        """Leave the terminal's own cursor on the row: what reads or enlarges a screen goes by it."""
        if self.has_focus:
            line = self._line_of(self._cursor) - self.scroll_offset.y
            self.app.cursor_position = self.content_region.offset + Offset(0, line)

    def _only_headings_above(self, position: int) -> bool:
        above = [self.row_at(line) for line in range(min(position, 4))]
        return position < 4 and not any(row is None or row.selectable for row in above)

    def _scroll_to_line(self, line: int) -> None:
        line = min(max(line, 0), max(0, self.virtual_size.height - self.size.height))
        if line != self.scroll_offset.y:
            self.scroll_to(y=line, animate=False, force=True)

    def _ask(self) -> None:
        """Ask for rows where what is seen comes near the end of what is loaded."""
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
        self.post_message(self.Wanted(self, *self._asked))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask()

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        position, summary = self._row_on_line(y + self.scroll_offset.y)
        if not 0 <= position < self.total:
            return Strip.blank(width, self.rich_style)
        if width != self._strips_width or len(self._strips) > 1024:
            # Lines are drawn in a new size before the list is told of it.
            self._strips.clear()
            self._strips_width = width
        key = position, summary, self.is_lit(position)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw(position, summary, width)
        return strip

    def _draw(self, position: int, summary: bool, width: int) -> Strip:
        if self._looks is None:
            self._looks = palette(self.app), self.rich_style
        colors, ground = self._looks
        row = self.row_at(position)
        selected = position == self._cursor
        marked = row is not None and row.key in self._marked
        inner = max(0, width - GUTTER)
        line: Iterable[Segment]
        if row is None:
            line = [Segment(self.marks.ellipsis, colors.rule)]
        elif summary:
            line = self.render_summary(row, inner)
        else:
            line = self.render_row(row, inner, selected, marked)
        bar = Segment(self.marks.bar if selected else " ", colors.accent if self.has_focus else colors.dim)
        mark = Segment(self.marks.marked if marked and not summary else " ", colors.key)
        cells = clip([bar, mark, *clip(line, inner, self.marks.ellipsis)], width, "")
        base = ground + colors.text
        if selected:
            cells = self._on_selected(cells, colors)
            base += colors.selected
        return Strip(Segment.apply_style(cells, base), width)

    def _on_selected(self, cells: list[Segment], colors: Palette) -> list[Segment]:
        background = colors.selected.bgcolor
        if background is None or background.triplet is None:
            return cells
        hexadecimal = background.triplet.hex
        return [Segment(text, lifted(style, hexadecimal) if style is not None else None) for text, style, _ in cells]

    def _redraw_row(self, position: int) -> None:
        """Draw a row anew that is not as it was."""
        for summary in (False, True):
            for selected in (False, True):
                self._strips.pop((position, summary, selected), None)
        self._refresh_row(position)

    def _refresh_row(self, *positions: int) -> None:
        """Show rows as they are now; where the cursor's second line moved, what lies between them too."""
        if self.two_line:
            first, last = min(positions), max(positions) + 1
            top = self.scroll_offset.y
            first, last = max(first, top), min(last, top + self.size.height)
            if first <= last:
                self.refresh_lines(first, last - first + 1)
            return
        for position in positions:
            if 0 <= position - self.scroll_offset.y < self.size.height:
                self.refresh_line(position)

    # What else changes how it looks

    def watch_two_line(self) -> None:
        self._set_virtual_size()
        self._strips.clear()
        self.refresh()
        self._show_cursor()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._looks = None

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
        position, _ = self._row_on_line(event.y + self.scroll_offset.y)
        row = self.row_at(position)
        if row is None or not row.selectable:
            return
        event.stop()
        if position == self._cursor:
            self.action_select()
        else:
            self._move(position)
