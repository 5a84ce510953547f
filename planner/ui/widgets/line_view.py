"""Rows of a list drawn line by line: the appearance of a row, its line, and which row is highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.ui.glyphs import Glyphs, glyphs
from planner.ui.themes import Palette, lifted, palette
from planner.ui.widgets.row_window import Row, RowWindow
from planner.ui.widgets.rows import Column, ColumnNeed, clip, fit, joined, lay, needs_of_widths, widths_of

GUTTER = 2
"""The cells left of every row: the bar of the cursor, and the mark."""


class LineView(ScrollView):
    """A window of rows drawn with the Line API: its cost does not grow with the length of the list.

    A subclass draws a row in `render_row`. A row that is not loaded is drawn as a quiet line.
    """

    DEFAULT_CSS = """
    LineView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 0;
    }
    """

    HEADINGS: ClassVar[Sequence[str]] = ()
    """The words over the columns, as minimum widths. Empty if there are none."""
    BEHIND: ClassVar[int] = 0
    """The cells of a last column that is often empty, with the gap before it, which the text before it may use."""

    # Textual lays out the whole screen where it changes; a list only scrolls, unless it is as high as its rows.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    two_line: reactive[bool] = reactive(False, init=False)
    """Whether the row under the cursor has a second line, drawn by `render_summary`."""

    def __init__(self, *, ascii_marks: bool = False, id: str | None = None) -> None:
        """With `ascii_marks` the list is drawn with the marks for an ASCII-only locale."""
        super().__init__(id=id)
        self.marks: Glyphs = glyphs(ascii_marks)
        self._loaded = RowWindow()
        self._cursor = -1
        self._marked: frozenset[str] = frozenset()
        self._shows_cursor = True
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        """Cache of drawn lines, by row index, whether it is the second line, and whether it is selected."""
        self._strips_width = -1
        self._looks: tuple[Palette, Style] | None = None
        self._least_lines = 0
        self._needs: tuple[ColumnNeed, ...] = tuple(ColumnNeed(len(words), len(words)) for words in self.HEADINGS)
        """The cells of the widest text in each column, among all rows since the columns were last reset."""
        self._widths: dict[str, tuple[Row, tuple[int, ...]]] = {}
        """The last measured rows, by their keys, with the widths of their texts."""
        self._fitted: dict[tuple[int, int, int], tuple[Sequence[Column], tuple[int, ...]]] = {}
        """Cache of columns and their widths, by the identity of the columns, the cells of a line and the gap."""

    # To be overridden by a list

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        """The segments of one row, ideally `width` cells; they are cut or filled to it.

        Segments need no background. The list draws the bar of the cursor, the mark and the background of the selected
        row.
        """
        return [Segment(row.key)]

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        """The segments of the second line of the row under the cursor, if `two_line` is set."""
        return []

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        """The texts of the columns of a row, each with its style; none for a row without columns."""
        return ()

    # Columns

    def laid(
        self, cells: Sequence[tuple[str, Style]], columns: Sequence[Column], width: int, gap: int = 2
    ) -> list[Segment]:
        """One line of cells in columns fitted to the texts of the list; nothing without cells."""
        return lay(cells, columns, self.widths(columns, width, gap), gap=gap) if cells else []

    def widths(self, columns: Sequence[Column], width: int, gap: int = 2) -> tuple[int, ...]:
        """The widths of columns in a line of `width` cells, fitted to the texts of the list."""
        key = id(columns), width, gap
        found = self._fitted.get(key)
        if found is None:
            found = self._fitted[key] = columns, self._fit(columns, width, gap)
        return found[1]

    def _fit(self, columns: Sequence[Column], width: int, gap: int) -> tuple[int, ...]:
        return fit(columns, width, gap, self._needs if len(self._needs) == len(columns) else ())

    def measure_anew(self) -> None:
        """Forget the widths of texts, before other rows come. Otherwise columns only grow, so that nothing jumps."""
        self._needs = tuple(ColumnNeed(len(words), len(words)) for words in self.HEADINGS)
        self._widths.clear()
        self._fitted.clear()

    def _measure(self, rows: Iterable[Row]) -> None:
        """Measure the texts of rows; `_take_widths` then sets the widths of the columns."""
        before, self._widths, measured = self._widths, {}, []
        for row in rows:
            known, widths = before.get(row.key, (None, ()))
            # In a week with 2,300 rows a verb changes one: measuring the others again takes 15 ms.
            if known is None or known.data is not row.data or type(known) is not type(row):
                widths = widths_of([text for text, _ in self.cells(row)], self.BEHIND)
            self._widths[row.key] = row, widths
            measured.append(widths)
        self._needs = needs_of_widths(measured, self._needs)

    def _take_widths(self) -> bool:
        """Fit the columns to all texts measured so far; return whether any width changed."""
        fitted = self._fitted
        self._fitted = {key: (one, self._fit(one, *key[1:])) for key, (one, _) in fitted.items()}
        return self._fitted != fitted

    # Rows and lines

    def redraw(self) -> None:
        """Draw every row again, after the data behind the rows have changed."""
        self._strips.clear()
        self.refresh()

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor, -1 in an empty list."""
        return self._cursor

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor; None if there is none or it is not loaded."""
        row = self.row_at(self._cursor)
        return row if row is not None and row.selectable else None

    @property
    def total(self) -> int:
        """The length of the whole list in rows, loaded or not."""
        return self._loaded.total

    @property
    def window(self) -> tuple[int, int]:
        """The range (start, stop) of loaded rows."""
        return self._loaded.start, self._loaded.stop

    def row_at(self, position: int) -> Row | None:
        """The row at an index of the whole list, None if it is not loaded."""
        return self._loaded.at(position)

    def position_of(self, key: str) -> int | None:
        """The index of a loaded row."""
        return self._loaded.position_of(key)

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

    @property
    def shows_cursor(self) -> bool:
        """Whether the row under the cursor is highlighted: of several lists, only the one the keys act on."""
        return self._shows_cursor

    @shows_cursor.setter
    def shows_cursor(self, shows: bool) -> None:
        if shows != self._shows_cursor:
            self._shows_cursor = shows
            self._redraw_row(self._cursor)

    def _fill_below(self, lines: int) -> None:
        """Make the list at least `lines` lines long; lines after its last row are empty."""
        self._least_lines = lines
        self._set_virtual_size()

    def _set_virtual_size(self) -> None:
        lines = self.total + (1 if self.two_line and self.total > 0 else 0)
        size = Size(0, max(0, lines, self._least_lines))
        if self.virtual_size != size:
            self.virtual_size = size
            if self.styles.auto_dimensions:
                self.refresh(layout=True)

    def _line_of(self, position: int) -> int:
        return position + (1 if self.two_line and 0 <= self._cursor < position else 0)

    def _row_on_line(self, line: int) -> tuple[int, bool]:
        """(the index of the row on a line, whether it is the second line of the cursor's row)."""
        if not self.two_line or self._cursor < 0 or line <= self._cursor:
            return line, False
        return line - 1, line == self._cursor + 1

    def is_lit(self, position: int) -> bool:
        """Whether a row is drawn as the one under the cursor."""
        return position == self._cursor

    def lines_below(self, position: int) -> int:
        """How many lines below the cursor's row belong to it, and are scrolled into view with it."""
        return 1 if self.two_line else 0

    def _scroll_to_line(self, line: int) -> None:
        line = min(max(line, 0), max(0, self.virtual_size.height - self.size.height))
        if line != self.scroll_offset.y:
            self.scroll_to(y=line, animate=False, force=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        position, summary = self._row_on_line(y + self.scroll_offset.y)
        if not 0 <= position < self.total:
            return Strip.blank(width, self.rich_style)
        if width != self._strips_width or len(self._strips) > 1024:
            # Lines are drawn in a new size before the list is notified of it.
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
        # A theme without a background for the row under the cursor reverses that row: in the list with the focus alone.
        lit = selected and self._shows_cursor
        reversed_here = lit and (self.has_focus or not self.can_focus or colors.selected.bgcolor is not None)
        bar = Segment(self.marks.bar if lit else " ", colors.accent if self.has_focus else colors.dim)
        mark = Segment(self.marks.marked if marked and not summary else " ", colors.key)
        cells = clip([bar, mark, *clip(line, inner, self.marks.ellipsis)], width, "")
        base = ground + colors.text
        if reversed_here:
            cells = self._on_selected(cells, colors)
            base += colors.selected
        return Strip(joined(Segment.apply_style(cells, base)), width)

    def _on_selected(self, cells: list[Segment], colors: Palette) -> list[Segment]:
        background = colors.selected.bgcolor
        if background is None or background.triplet is None:
            return cells
        hexadecimal = background.triplet.hex
        return [Segment(text, lifted(style, hexadecimal) if style is not None else None) for text, style, _ in cells]

    def _redraw_row(self, position: int) -> None:
        """Draw a row again."""
        for summary in (False, True):
            for selected in (False, True):
                self._strips.pop((position, summary, selected), None)
        self._refresh_row(position)

    def _refresh_row(self, *positions: int) -> None:
        """Show the present state of rows; if the second line of the cursor moved, also of the rows between them."""
        (width, height), top = self.size, self.scroll_offset.y
        if self.two_line:
            first, last = min(positions), max(positions) + 1
            first, last = max(first, top), min(last, top + height)
            if first <= last:
                self.refresh_lines(first, last - first + 1)
            return
        lines = [Region(0, position - top, width, 1) for position in positions if 0 <= position - top < height]
        if lines:
            self.refresh(*lines)

    # Further changes of appearance

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._looks = None
