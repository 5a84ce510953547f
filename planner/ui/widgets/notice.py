"""The line above the footer: what was just done, with the key that takes it back, or why a key cannot act."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from planner.ui.text import linked, plain
from planner.ui.themes import palette
from planner.ui.widgets.rows import clip

STAYS_SECONDS = 8.0


class Notice(Widget):
    """Says one thing for a while and covers nothing."""

    DEFAULT_CSS = """
    Notice { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.message = ""
        self.tone = "done"
        self.with_undo = False
        self.link = ""
        self._timer: Timer | None = None

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "") -> None:
        """Show a message; `tone` is a style of the palette, `undo` adds the key that takes it back.

        The terminal opens `link` from the message, where it can.
        """
        self.message, self.tone, self.with_undo, self.link = plain(message), tone, undo, link
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(STAYS_SECONDS, self.clear)
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        if self.message:
            self.message = ""
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not self.message:
            return Strip.blank(width, self.rich_style)
        colors = palette(self.app)
        mark = {"done": "✓", "late": "!", "due": "!"}.get(self.tone, "·")
        line = [Segment(f" {mark} ", getattr(colors, self.tone)), Segment(self.message, linked(colors.text, self.link))]
        if self.with_undo:
            line += [Segment("   "), Segment("u", colors.key), Segment(" undo", colors.dim)]
        return Strip(Segment.apply_style(clip(line, width), self.rich_style), width)
