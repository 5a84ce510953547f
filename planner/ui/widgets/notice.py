"""The message above the footer: what was just done, with the undo key, or why a key cannot act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.segment import Segment
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from planner.ui.text import linked, plain, wrapped
from planner.ui.themes import palette
from planner.ui.widgets.rows import clip, measure

STAYS_SECONDS = 8.0
"""Seconds for which a message is shown."""
MARK = 3
"""Cells before a message: its mark, with a blank on either side."""
MOST_LINES = 4


class Notice(Widget):
    """Shows one message for a while.

    A report of what was done is on one line, and cut if it is longer. Any other message says what to do, and takes the
    lines it needs, at most a third of the screen.
    """

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
        self.refuses = False
        """Whether the message says why a key could not act."""
        self._waiting: list[Callable[[], None]] = []
        self._timer: Timer | None = None

    def say(
        self,
        message: str,
        *,
        tone: str = "done",
        undo_key: str = "",
        link: str = "",
        stays: bool = False,
        waits: bool = False,
    ) -> None:
        """Show a message; `tone` is a style of the palette, `undo_key` the key that undoes the action.

        If the terminal can, a click on the message opens `link`. A message that `stays` is shown until another one
        comes or another screen opens. One that `waits` does not answer a key: the answer to a key stands its time
        first. By then the undo key may undo something else, so it is not named.
        """
        if waits and self.message and not self.stays:
            self._waiting.append(partial(self.say, message, tone=tone, link=link))
            return
        self.stays, self.refuses = stays, False
        self.message, self.tone, self.undo_key, self.link = plain(message), tone, undo_key, link
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(STAYS_SECONDS, self.fade)
        self._show()

    def fade(self) -> None:
        """Remove a message that was shown long enough."""
        if not self.stays:
            self.clear()

    def forget_refusal(self) -> None:
        """Remove a message that says why a key could not act, since another key acts now."""
        if self.refuses:
            self.clear()

    def clear(self) -> None:
        """Remove the message, or one that waits for its turn."""
        if not self.message:
            return
        self.message = ""
        if self._waiting:
            self._waiting.pop(0)()
        else:
            self._show()

    def on_resize(self) -> None:
        """Break the message for the new width."""
        self._show()

    def _show(self) -> None:
        """Make room for the message, and draw it."""
        lines = len(self._lines(self.size.width))
        if self.styles.height is None or self.styles.height.value != lines:
            self.styles.height = lines
        self.refresh()

    def _lines(self, width: int) -> list[str]:
        """The words of the message, line by line."""
        most = min(MOST_LINES, self.app.size.height // 3)
        if self.tone == "done" or width <= MARK or most < 2:
            return [self.message]
        return wrapped(self.message, width - MARK - 1, most)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not self.message:
            return Strip.blank(width, self.rich_style)
        colors = palette(self.app)
        lines = self._lines(width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        mark = {"done": "✓", "late": "!", "due": "!"}.get(self.tone, "·") if y == 0 else " "
        line = [Segment(f" {mark} ", getattr(colors, self.tone)), Segment(lines[y], linked(colors.text, self.link))]
        if self.undo_key and y == len(lines) - 1:
            way_back = [Segment("   "), Segment(self.undo_key, colors.key), Segment(" undo", colors.dim)]
            # A long message is cut before the undo key.
            room = width - measure(way_back)
            line = [*(clip(line, room) if measure(line) > room > 0 else line), *way_back]
        return Strip(Segment.apply_style(clip(line, width), self.rich_style), width)
