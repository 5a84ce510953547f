"""A quiet column of lines beside a list: the person card, scrolled when it is longer than its place."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.ui.themes import palette
from planner.ui.widgets.rows import clip

Draw = Callable[[int], list[list[Segment]]]


class LinesView(ScrollView, can_focus=False):
    """Shows the lines that a function gives for a width; `redraw` asks that function again."""

    DEFAULT_CSS = """
    LinesView { overflow-x: hidden; scrollbar-size: 0 0; padding: 0; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._draw: Draw | None = None
        self._lines: list[Strip] = []

    def show(self, draw: Draw | None) -> None:
        """Show what `draw` gives for the width of the view, from the top; None shows nothing."""
        self._draw = draw
        self.scroll_to(y=0, animate=False, force=True)
        self.redraw()

    def redraw(self) -> None:
        """Draw the lines anew, after a resize or with another theme."""
        width = self.scrollable_content_region.width
        lines = self._draw(width) if self._draw is not None and width > 0 else []
        base = self.rich_style + palette(self.app).text
        self._lines = [Strip(Segment.apply_style(clip(line, width), base), width) for line in lines]
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join(strip.text.rstrip() for strip in self._lines)

    def on_resize(self) -> None:
        """Another width breaks lines elsewhere."""
        self.redraw()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_attached:
            self.call_later(self.redraw)

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if place < len(self._lines):
            return self._lines[place].adjust_cell_length(width, self.rich_style)
        return Strip.blank(width, self.rich_style)
