"""A quiet column of lines beside a list: the person card, scrolled when it is longer than the view."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.ui.themes import palette
from planner.ui.widgets.rows import clip, joined

Draw = Callable[[int], list[list[Segment]]]


class LinesView(ScrollView, can_focus=False):
    """Shows the lines that a function gives for a width; `redraw` calls that function again."""

    DEFAULT_CSS = """
    LinesView { overflow-x: hidden; scrollbar-size: 0 0; padding: 0; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._draw: Draw | None = None
        self._lines: list[Strip] = []
        self._blank = Strip([])
        """The line below the last one."""

    def show(self, draw: Draw | None) -> None:
        """Show the lines that `draw` gives for the width of the view, from the top; None shows nothing."""
        self._draw = draw
        if self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True)
        self.redraw()

    def redraw(self) -> None:
        """Draw the lines again, after a resize or with another theme; only those that differ are sent on."""
        width = self.scrollable_content_region.width
        lines = self._draw(width) if self._draw is not None and width > 0 else []
        ground = self.rich_style
        base = ground + palette(self.app).text
        before, blank = self._lines, self._blank
        self._lines = [Strip(joined(Segment.apply_style(clip(line, width), base)), width) for line in lines]
        self._blank = Strip.blank(width, ground)
        # A new virtual size lays out the whole screen, which takes four fifths of a cursor move.
        fits = len(lines) <= self.size.height and not self.styles.auto_dimensions
        self.virtual_size = Size(0, 0 if fits else len(lines))
        if self._blank != blank:
            self.refresh()
            return
        pairs = enumerate(zip_longest(before, self._lines))
        changed = [place - self.scroll_offset.y for place, (one, other) in pairs if one != other]
        if changed:
            self.refresh(Region(0, changed[0], self.size.width, changed[-1] - changed[0] + 1))

    @property
    def text(self) -> str:
        """The shown text, without styles."""
        return "\n".join(strip.text.rstrip() for strip in self._lines)

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.redraw()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_attached:
            self.call_later(self.redraw)

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        line = self._lines[place] if place < len(self._lines) else self._blank
        width = self.scrollable_content_region.width
        # Lines are drawn in a new size before the view is notified of it.
        return line if line.cell_length == width else line.adjust_cell_length(width, self.rich_style)
