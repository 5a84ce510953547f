"""Bare programs to measure beside, with nothing of the planner in them: `python bare.py app`, `lines`, `store FILE`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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


class BareStore(App[None]):
    """The least that shows what a database holds: Peewee and one query on a thread of their own, and a text."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.reading = ThreadPoolExecutor(1).submit(partial(_names, file))

    def compose(self) -> ComposeResult:
        yield Static("\n".join([READY, *self.reading.result()]), markup=False)


def _names(file: str) -> list[str]:
    from peewee import SqliteDatabase

    return [row[0] for row in SqliteDatabase(file).execute_sql("SELECT name FROM contact ORDER BY id LIMIT 36")]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["lines"]:
            BareLines().run()
        case ["store", file]:
            BareStore(file).run()
        case _:
            BareApp().run()
