"""The app that the tests of the display look at: run it with "stock" for Textual's own display, "cells" for ours."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme
from textual.widgets import Input, Static

from planner.terminal import driver, pace
from planner.terminal.driver import cell_driver, keep_keys, redraw

PLAIN_NAMES = ("Ana Silva", "Ben Okri", "Ivo Moss", "Nora Quist")
NAMES = (
    PLAIN_NAMES
    if "plain" in sys.argv
    else (
        "Ana Silva",
        "Zoë Ångström",
        "山田 太郎",
        "Cy 👩‍👩‍👧 Young",
        "שלום",
        "e\u0301mile",
        "김민준",
        "Nora ❤️ Quist",
        "नमस्ते",
    )
)
LINES = 400
DARK = Theme(
    "dark", "#7aa2d8", secondary="#9c8fd0", accent="#e0a458", foreground="#d8d4cc", background="#14171c",
    surface="#1a1e25", panel="#232a35", dark=True,
)  # fmt: skip
LIGHT = Theme(
    "light", "#23568f", secondary="#5a4a9c", accent="#8a5a10", foreground="#2b2925", background="#faf8f3",
    surface="#f1eee6", panel="#e6e1d5", dark=False,
)  # fmt: skip


class People(ScrollView, can_focus=True):
    """Lines of coloured columns, headings among them, and a cursor; drawn line by line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)"),
        Binding("down,j", "move(1)"),
        Binding("pageup", "page(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("home", "move(-1000)"),
        Binding("end", "move(1000)"),
    ]
    DEFAULT_CSS = "People { width: 1fr; scrollbar-size: 0 0; overflow-x: hidden; }"

    @dataclass
    class Moved(Message):
        """The cursor came to a line."""

        line: int

    def __init__(self) -> None:
        super().__init__()
        self.line = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(0, LINES)
        self.move_to(0)

    def move_to(self, line: int) -> None:
        """Set the cursor on a line, or on the one after a heading."""
        line = min(max(line, 0), LINES - 1)
        self.line = line + 1 if line % 9 == 0 else line
        top, height = self.scroll_offset.y, self.size.height
        self.scroll_to(y=min(max(top, self.line - height + 1), self.line), animate=False, force=True, immediate=True)
        self.refresh()
        self.post_message(self.Moved(self.line))

    def action_move(self, by: int) -> None:
        onto = self.line + by
        self.move_to(onto - 1 if by < 0 and onto > 0 and onto % 9 == 0 else onto)

    def action_page(self, by: int) -> None:
        self.move_to(self.line + by * max(1, self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        number, width = y + self.scroll_offset.y, self.size.width
        colors = self.app.theme_variables
        if number >= LINES:
            return Strip.blank(width, self.rich_style)
        if number % 9 == 0:
            return Strip([Segment(f"Group {number}", Style(bold=True))]).adjust_cell_length(width, self.rich_style)
        ink = Style(color=(colors["primary"], colors["secondary"], colors["accent"])[number % 3])
        base = Style(bgcolor=colors["panel"]) if number == self.line else self.rich_style
        name = f"{NAMES[number % len(NAMES)]} {number}"
        cells = (
            ("●▲○"[number % 3], ink, 3),
            ("promise", Style(dim=True), 11),
            (name, Style(bold=True), max(14, width - 44)),
            (f"every {number % 7} weeks", Style(italic=number % 5 == 0, underline=number % 11 == 0), 16),
            (f"{number}d past", ink, 10),
        )
        parts = [part for text, style, size in cells for part in Strip([Segment(text, style)]).adjust_cell_length(size)]
        return Strip(Segment.apply_style(parts, base)).adjust_cell_length(width, base)


class Dialog(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("m", "dismiss", "Close"), ("x", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        yield Static(Content("overlay 山田太郎\n" * 5), id="dialog")


class Place(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Static(Content("Planner  1 Agenda  2 Contacts"), id="top")
        with Horizontal():
            yield People()
            with Vertical(id="card"):
                yield Static(id="text")
                yield Input()

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
        self.query_one(People).focus()

    def on_people_moved(self, message: People.Moved) -> None:
        name = NAMES[message.line % len(NAMES)]
        self.query_one("#text", Static).update(
            Content.assemble((name, "bold"), "\n", (f"see {name}", f"link='https://example.org/{message.line}'"))
        )


class OtherPlace(Place):
    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self.query_one(People).move_to, 57)


class ScreenApp(App[None]):
    CSS = """
    Screen { background: $background; color: $foreground; }
    #top { height: 1; background: $panel; }
    #card { width: 40%; border-left: solid $primary; }
    #text { height: 6; }
    Input { border: none; height: 1; min-width: 60; }
    Dialog { align: center middle; }
    #dialog { width: 31; height: 7; border: round $accent; background: $panel; }
    """
    MODES: ClassVar[dict[str, Any]] = {"one": Place, "two": OtherPlace}
    DEFAULT_MODE = "one"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "tell_when_drawn", priority=True),
        ("1", "switch_mode('one')", ""),
        ("2", "switch_mode('two')", ""),
        ("m", "overlay", ""),
        ("t", "other_theme", ""),
        ("z", "lend", ""),
        ("s", "scroll", ""),
        ("tab", "focus_next", ""),
        Binding("ctrl+l", "redraw", priority=True),
        ("alt+y", "tell_of_alt", ""),
    ]

    def __init__(self, *, stock: bool) -> None:
        self.stock = stock
        super().__init__(ansi_color="NO_COLOR" in os.environ)
        self.animation_level = "none"
        for one in (DARK, LIGHT):
            self.register_theme(one)
        self.theme = DARK.name

    def get_driver_class(self) -> type[Driver]:
        stock = super().get_driver_class()
        return stock if self.stock else cell_driver(stock)

    def on_mount(self) -> None:
        keep_keys(self, {"alt+y"})

    def action_tell_of_alt(self) -> None:
        self.copy_to_clipboard("alt+y")

    def action_redraw(self) -> None:
        redraw(self)

    def action_tell_when_drawn(self) -> None:
        self.call_after_refresh(self.call_after_refresh, self.tell)

    def tell(self) -> None:
        self.copy_to_clipboard(f"{self.size.width}x{self.size.height} drawn")

    def action_overlay(self) -> None:
        self.push_screen(Dialog())

    def action_other_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_scroll(self) -> None:
        self.screen.query_one(People).scroll_relative(y=1, animate=False)

    def action_lend(self) -> None:
        with self.suspend():
            os.write(1, b"\x1b[31msomebody else's words" * 40 + b"\x1b[m")


if __name__ == "__main__":
    if "patient" in sys.argv:
        # However busy the machine is, no answer counts as lost.
        pace.LONGEST = driver.LAST_ANSWER = 3600
    if "not-ours" in sys.argv:
        # As after su: the terminal belongs to somebody else, who alone may open it.
        driver.open_output = lambda *given: None
    ScreenApp(stock=sys.argv[1] == "stock").run()
