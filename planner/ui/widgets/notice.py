"""The line above the footer: what was just done, with the key that takes it back, or why a key cannot act."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from planner.ui.text import linked, plain
from planner.ui.themes import palette
from planner.ui.widgets.rows import clip, measure

STAYS_SECONDS = 8.0
"""Seconds for which a message is shown."""


class Notice(Widget):
    """Shows one message for a while, on a line of its own."""

    DEFAULT_CSS = """
    Notice { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.message = ""
        self.tone = "done"
        self.undo_key = ""
        self.link = ""
        self.stays = False
        self._timer: Timer | None = None

    def say(self, message: str, *, tone: str = "done", undo_key: str = "", link: str = "", stays: bool = False) -> None:
        """Show a message; `tone` is a style of the palette, `undo_key` the key that takes back what was done.

        Where the terminal can, it opens `link` at a click on the message. A message that `stays` is shown until
        another one is said or another screen opens.
        """
        self.stays = stays
        self.message, self.tone, self.undo_key, self.link = plain(message), tone, undo_key, link
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(STAYS_SECONDS, self.fade)
        self.refresh()

    def fade(self) -> None:
        """Show nothing once a message has stood long enough."""
        if not self.stays:
            self.clear()

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
        if self.undo_key:
            way_back = [Segment("   "), Segment(self.undo_key, colors.key), Segment(" undo", colors.dim)]
            # A long message is cut before the key that takes it back.
            room = width - measure(way_back)
            line = [*(clip(line, room) if measure(line) > room > 0 else line), *way_back]
        return Strip(Segment.apply_style(clip(line, width), self.rich_style), width)
