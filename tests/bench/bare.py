"""Bare programs to measure beside, with nothing of the planner in them: `python bare.py app` or `lines`."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Segment, Strip
from textual.widgets import Static

READY = "bare and ready"
ROWS = 100


class BareApp(App[None]):
    """The least a full-screen program can be: one text."""

    def compose(self) -> ComposeResult:
        yield Static(READY)


class BareList(ScrollView, can_focus=True):
    """A hundred rows in memory, drawn line by line; a move draws the two rows that change."""

    DEFAULT_CSS = "BareList { scrollbar-size: 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)"),
        Binding("up", "move(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("pageup", "page(-1)"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self.virtual_size = Size(0, ROWS)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        mark = ">" if row == self.cursor else " "
        text = f"{mark} {READY if row == 0 else 'Person'} {row:<24}a company    friends      every {row % 9 + 1} weeks"
        return Strip([Segment(text.ljust(self.size.width)[: self.size.width], self.rich_style)])

    def action_move(self, step: int) -> None:
        """Move the cursor by a row."""
        before, self.cursor = self.cursor, max(0, min(ROWS - 1, self.cursor + step))
        top = self.scroll_offset.y
        if not top <= self.cursor < top + self.size.height:
            self.scroll_to(y=top + step, animate=False, force=True)
        self.refresh(*(Region(0, row - self.scroll_offset.y, self.size.width, 1) for row in (before, self.cursor)))

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self.cursor = max(0, min(ROWS - 1, self.cursor + step * self.size.height))
        self.scroll_to(y=self.cursor, animate=False, force=True)
        self.refresh()


class BareLines(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        yield BareList()


if __name__ == "__main__":
    (BareLines() if sys.argv[1:] == ["lines"] else BareApp()).run()
