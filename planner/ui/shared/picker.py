"""A widget that offers a few words, each with a digit of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from planner.ui.glyphs import glyphs
from planner.ui.text import plain
from planner.ui.text import width as cells_of
from planner.ui.themes import palette
from planner.ui.widgets.rows import clip
from planner.ui.widgets.widget_message import WidgetMessage

DIGITS = "1234567890"
GAP = 2


class Picker(Widget, can_focus=True):
    """Words in columns; a digit picks one, arrows move the mark, enter takes the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False),
        Binding("right", "step(1)", "Next", show=False),
        Binding("enter", "take", "Take", show=False),
        Binding("up", "line(-1)", "Line above", show=False),
        Binding("down", "line(1)", "Line below", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | 1 … 9, 0 | Pick the word of that digit. |
    | left, right | Go to the word before or after. |
    | enter | Pick the word the mark is on. |
    | up, down | Go to the word above or below; out of the first or last line, to the widget before or after. |
    """

    DEFAULT_CSS = """
    Picker { height: auto; }
    """

    class Picked(WidgetMessage["Picker"]):
        """A word was picked."""

        def __init__(self, picker: Picker, value: str) -> None:
            super().__init__(picker)
            self.value = value

    def __init__(self, options: Sequence[tuple[str, str]], *, chosen: str = "", id: str | None = None) -> None:
        """`options` are (value, words), at most ten; `chosen` is the value with the mark at first."""
        super().__init__(id=id)
        self.options = tuple(options)[: len(DIGITS)]
        self.index = next((n for n, (value, _) in enumerate(self.options) if value == chosen), 0)
        self.chosen = chosen

    def _columns(self, width: int) -> tuple[int, int]:
        """(cells of one word with its digit, words in a line)."""
        cell = max(cells_of(words) for _, words in self.options) + 3 + GAP
        most = max(1, (width + GAP) // cell)
        # Evenly in as few lines as possible: six words are three and three, not four and two.
        lines = -(-len(self.options) // most)
        return min(cell, max(1, width)), -(-len(self.options) // lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        _, count = self._columns(width)
        return -(-len(self.options) // count)

    def render_line(self, y: int) -> Strip:
        width, colors = self.size.width, palette(self.app)
        marks = glyphs(getattr(self.app, "ascii_marks", False))
        cell, count = self._columns(width)
        line: list[Segment] = []
        for number in range(y * count, min((y + 1) * count, len(self.options))):
            value, words = self.options[number]
            here = number == self.index and self.has_focus
            style = colors.name if value == self.chosen or here else colors.text
            parts = [
                Segment(marks.bar if here else " ", colors.accent),
                Segment(DIGITS[number], colors.key),
                Segment(f" {plain(words)}", style),
            ]
            line += clip(parts, cell, "")
        return Strip(Segment.apply_style(clip(line, width, ""), self.rich_style), width)

    def on_key(self, event: events.Key) -> None:
        """Pick the word of the digit that was pressed."""
        if event.character is not None and event.character in DIGITS:
            number = DIGITS.index(event.character)
            event.stop()
            if number < len(self.options):
                self.index = number
                self.action_take()

    def on_click(self, event: events.Click) -> None:
        """Pick the word that was clicked."""
        cell, count = self._columns(self.size.width)
        number = event.y * count + min(event.x // cell, count - 1)
        if number < len(self.options):
            self.index = number
            self.action_take()

    def action_step(self, by: int) -> None:
        """Go to the word before or after."""
        self.index = (self.index + by) % len(self.options)
        self.refresh()

    def action_line(self, by: int) -> None:
        """Go to the word on the line above or below; beyond the first or last line, to the widget before or after."""
        _, count = self._columns(self.size.width)
        there = self.index + by * count
        last_line = (len(self.options) - 1) // count
        if 0 <= there < len(self.options):
            self.index = there
        elif by > 0 and self.index // count < last_line:
            self.index = len(self.options) - 1
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()
        self.refresh()

    def action_take(self) -> None:
        """Pick the marked word."""
        self.chosen = self.options[self.index][0]
        self.refresh()
        self.post_message(self.Picked(self, self.chosen))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
