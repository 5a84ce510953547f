"""The display that sends only changed cells: on a real terminal it looks as Textual's own does.

Run as a program, this file is the app the tests look at.
"""

from __future__ import annotations

import base64
import fcntl
import os
import random
import re
import select
import signal
import struct
import sys
import termios
import time
from typing import Any, ClassVar

import pexpect
import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from planner.terminal.driver import CellDriver, as_typed, cell_driver, erases_to_background
from planner.terminal.grid import CellGrid
from planner.ui.themes import THEMES, palette, variable_defaults
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, fit, lay
from tests.cases import PATIENCE
from tests.trust.terminal import has_work

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
COLUMNS = (Column(1), Column(9), Column(12, share=1), Column(8, share=2), Column(8, align="right"))


class People(LineList):
    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> list[Segment]:
        assert isinstance(row.data, int)
        colors, number = palette(self.app), row.data
        if row.kind == "heading":
            return [Segment(f"Group {number}", colors.heading)]
        state = (colors.due, colors.late, colors.accent)[number % 3]
        cells = (
            ("●▲○"[number % 3], state),
            ("promise", colors.dim),
            (f"{NAMES[number % len(NAMES)]} {number}", colors.name),
            (f"every {number % 7} weeks", Style(italic=number % 5 == 0, underline=number % 11 == 0)),
            (f"{number}d past", state),
        )
        return lay(cells, COLUMNS, fit(COLUMNS, width))


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
        people = self.query_one(People)
        rows = [Row(f"row {n}", "heading" if n % 9 == 0 else "item", n) for n in range(400)]
        people.set_rows(0, rows, len(rows))
        people.focus()

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        if message.row is not None:
            number = message.row.data
            assert isinstance(number, int)
            name = NAMES[number % len(NAMES)]
            self.query_one("#text", Static).update(
                Content.assemble((name, "bold"), "\n", (f"see {name}", f"link='https://example.org/{number}'"))
            )


class OtherPlace(Place):
    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self.query_one(People).move_to, 57)


class ScreenApp(App[None]):
    CSS = """
    Screen { background: $background; color: $foreground; }
    #top { height: 1; background: $panel; }
    #card { width: 40%; border-left: solid $rule; }
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
    ]

    def __init__(self, *, stock: bool) -> None:
        self.stock = stock
        super().__init__(ansi_color="NO_COLOR" in os.environ)
        self.animation_level = "none"
        for one in THEMES:
            self.register_theme(one)
        self.theme = THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def get_driver_class(self) -> type[Driver]:
        stock = super().get_driver_class()
        return stock if self.stock else cell_driver(stock)

    def action_tell_when_drawn(self) -> None:
        self.call_after_refresh(self.call_after_refresh, self.tell)

    def tell(self) -> None:
        self.copy_to_clipboard(f"{self.size.width}x{self.size.height} drawn")

    def action_overlay(self) -> None:
        self.push_screen(Dialog())

    def action_other_theme(self) -> None:
        self.theme = "planner-light" if self.theme == "planner-dark" else "planner-dark"

    def action_scroll(self) -> None:
        self.screen.query_one(People).scroll_relative(y=1, animate=False)

    def action_lend(self) -> None:
        with self.suspend():
            os.write(1, b"\x1b[31msomebody else's words" * 40 + b"\x1b[m")


class Emulated(pyte.Screen):
    """pyte's screen with what terminals do beyond: joined letters, halved ones, an empty alternate screen."""

    def draw(self, data: str) -> None:
        line = self.buffer[self.cursor.y]
        for start, stop, size in split_graphemes(data)[0]:
            x = min(self.cursor.x, self.columns - size)
            if size == 0:
                line[x - 1] = line[x - 1]._replace(data=line[x - 1].data + data[start:stop])
                continue
            for edge, half in ((x, x - 1), (x + size, x + size)):
                if line[edge].data == "":
                    line[half] = line[half]._replace(data=" ")
            line[x] = self.cursor.attrs._replace(data=data[start:stop])
            if size == 2:
                line[x + 1] = self.cursor.attrs._replace(data="")
            self.cursor.x = x + size

    def set_mode(self, *modes: int, **options: Any) -> None:
        super().set_mode(*modes, **options)
        if 1049 in modes:
            self.select_graphic_rendition(0)
            self.erase_in_display(2)

    def text(self) -> list[str]:
        return ["".join(self.buffer[y][x].data for x in range(self.columns)).rstrip() for y in range(self.lines)]

    def looks(self) -> list[list[tuple[Any, ...]]]:
        """Return every cell as it meets the eye: what does not show on a space is left out."""
        rows = []
        for y in range(self.lines):
            row: list[tuple[Any, ...]] = []
            for x in range(self.columns):
                cell = self.buffer[y][x]
                if cell.data == " ":
                    lines = (cell.underscore, cell.reverse, cell.strikethrough)
                    row.append((" ", cell.bg, lines, cell.fg if any(lines) else ""))
                else:
                    row.append(tuple(cell))
            rows.append(row)
        return rows


TOLD = re.compile("\x1b\\]52;c;([^\x07]*)\x07")
"""What the app sends, as text for the clipboard, once everything is drawn."""
UNKNOWN_TO_PYTE = re.compile(r"\x1b\[[<>=][\d;]*u|\x1b\[\?[\d;]*\$p")
KEYS = {"up": "\x1b[A", "down": "\x1b[B", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F"}


class Terminal:
    """A program in a real pseudo-terminal, with what its screen shows."""

    def __init__(self, *arguments: str, columns: int = 100, rows: int = 30, **environment: str) -> None:
        self.screen = Emulated(columns, rows)
        self.stream = pyte.Stream(self.screen)
        # A size named in the environment would hide that of the terminal; parallel test runners name one.
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tests.terminal.test_driver", *arguments],
            dimensions=(rows, columns),
            env={**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment},
            encoding="utf-8",
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None
        self.resized = False
        self.sent = 0
        """Bytes the terminal was sent since `press` or the start."""

    def answer_synchronized(self) -> None:
        self.child.send("\x1b[?2026;2$y")

    def settle(self) -> None:
        """Wait until the program has drawn what it was told to draw."""
        size = f"{self.screen.columns}x{self.screen.lines} drawn"
        until = time.monotonic() + PATIENCE
        while True:
            told, drawn = "", True
            self.child.send("\x14")
            # What is typed while the terminal is lent to another program is thrown away: then ask again. An
            # answer that was only late comes as one more.
            while self._is_told(until):
                drawn = bool(self.child.before)
                self._take(self.child.before)
                told = base64.b64decode(self.child.match[1]).decode()
            if told == size and not drawn and not self.child.buffer:
                return
            assert time.monotonic() < until, f"the program never came to rest: it says {told!r}, not {size!r}"

    def _is_told(self, until: float) -> bool:
        """Whether an answer comes before the program is found without work a few times."""
        without_work = 0
        while without_work < 4 and time.monotonic() < until:
            if self.child.expect([TOLD, pexpect.TIMEOUT], timeout=0.03) == 0:
                return True
            without_work = 0 if has_work(self.child.pid) else without_work + 1
        return False

    def _take(self, data: str) -> None:
        self.sent += len(data.encode())
        self.stream.feed(UNKNOWN_TO_PYTE.sub("", data))

    def press(self, *keys: str) -> int:
        """Press keys; return the bytes the terminal was sent for them."""
        self.send(*keys)
        self.settle()
        return self.sent

    def send(self, *keys: str) -> None:
        self.sent = 0
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def resize(self, columns: int, rows: int) -> None:
        self.resized = True
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def quiet(self, seconds: float) -> bool:
        """Return whether the program sends nothing for a while."""
        return not self.child.buffer and not select.select([self.child.child_fd], [], [], seconds)[0]

    def looks(self) -> list[Any]:
        """Return what every cell looks like and, at the end, where the cursor is.

        An input tells the app its place before it knows of a new size, or after: only a terminal that
        kept its size can say where the cursor is.
        """
        cursor = self.screen.cursor
        return [*self.screen.looks(), cursor.hidden, () if self.resized else (cursor.x, cursor.y)]

    def close(self) -> None:
        self.child.close(force=True)


@pytest.fixture
def terminals(request: pytest.FixtureRequest) -> Any:
    """Start the app under both displays: first Textual's own, then ours."""
    opened: list[Terminal] = []

    def start(*arguments: str, **options: Any) -> tuple[Terminal, Terminal]:
        opened.extend(Terminal(kind, *arguments, **options) for kind in ("stock", "cells"))
        for terminal in opened:
            terminal.settle()
        return opened[0], opened[1]

    yield start
    for terminal in opened:
        terminal.close()


def compare(stock: Terminal, ours: Terminal, after: object) -> None:
    """Hold one screen against the other, once both programs have come to rest."""
    for _ in range(30):
        if stock.looks() == ours.looks():
            return
        # A busy machine may rest in the middle of a frame.
        stock.settle()
        ours.settle()
    for y, (expected, seen) in enumerate(zip(stock.looks(), ours.looks(), strict=True)):
        assert seen == expected, f"line {y} after {after}"


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color"], ids=["erasing", "not erasing"])
@pytest.mark.parametrize("seed", range(3))
def test_any_keys_and_sizes_look_as_with_textual_alone(terminals: Any, term: str, seed: int) -> None:
    stock, ours = terminals(TERM=term)
    if seed:
        stock.answer_synchronized()
        ours.answer_synchronized()
    compare(stock, ours, "start")
    chance = random.Random(seed)
    # In an input a bound key acts at once while a letter waits in its queue: mixed, their order is chance.
    bursts = [[*KEYS, "\x7f"], ["j", "k", "j", "k", "s", "s", "a", "é"]]
    # What opens another screen goes alone: which screen gets the next key is a matter of time.
    alone = ["1", "2", "m", "x", "t", "z", "\t"]
    said: list[object] = []
    for _ in range(15):
        if chance.random() < 0.15:
            size = chance.choice([(80, 24), (120, 40), (40, 12), (100, 30), (33, 7), (1, 1), (17, 50)])
            said.append(size)
            for terminal in (stock, ours):
                terminal.resize(*size)
                # How far a page is depends on whether the size is known already.
                terminal.settle()
        else:
            kind = chance.choice(bursts)
            burst = [chance.choice(kind) for _ in range(chance.randint(1, 4))]
            press = burst if chance.random() < 0.7 else [chance.choice(alone)]
            said.append(press)
            stock.press(*press)
            ours.press(*press)
        compare(stock, ours, said)


def test_without_colour_it_looks_as_with_textual_alone(terminals: Any) -> None:
    stock, ours = terminals(NO_COLOR="1")
    for key in ("down", "pagedown", "m", "x", "2", "end", "up"):
        stock.press(key)
        ours.press(key)
        compare(stock, ours, key)


def test_a_terminal_resized_and_back_gets_its_cells_again(terminals: Any) -> None:
    stock, ours = terminals()
    for terminal in (stock, ours):
        # The terminal lost half of its cells before the app could know of a size.
        terminal.screen.resize(15, 50)
        terminal.screen.resize(30, 100)
        size = struct.pack("HHHH", 30, 100, 0, 0)
        fcntl.ioctl(terminal.child.child_fd, termios.TIOCSWINSZ, size)
        os.kill(terminal.child.pid, signal.SIGWINCH)
        terminal.settle()
    assert "Planner  1 Agenda" in ours.screen.text()[0]
    assert "Group 27" in "\n".join(ours.screen.text())


def test_few_bytes_are_sent(terminals: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, ours = terminals("plain", columns=120, rows=40)
    figures = {"first paint": ours.sent}
    figures["move"] = max(ours.press("down") for _ in range(5))
    figures["page"] = max(ours.press("pagedown") for _ in range(3))
    figures["scroll by one"] = max(ours.press("s") for _ in range(3))
    with capsys.disabled():
        print("\nbytes at 120×40:", ", ".join(f"{what} {count}" for what, count in figures.items()))
    assert figures["first paint"] <= 8000
    assert figures["move"] <= 600
    assert figures["page"] <= 3000
    assert figures["scroll by one"] <= 500
    assert ours.quiet(0.3)


class TestGrid:
    """What the grid sends, on a screen of its own."""

    @given(
        st.lists(
            st.tuples(
                st.integers(1, 8),
                st.integers(1, 24),
                st.sampled_from(["", "1", "2", "7;31", "4", "38;2;1;2;3;48;2;9;8;7", "38;5;9", "44", "1;97;104"]),
                st.text("ab  漢字é🙂─", min_size=1, max_size=24),
            ),
            max_size=12,
        ),
        st.booleans(),
    )
    def test_any_frames_come_to_the_same_screen(self, frames: list[tuple[int, int, str, str]], erases: bool) -> None:
        expected, seen = Emulated(24, 8), Emulated(24, 8)
        grid = CellGrid(erases=erases)
        grid.resize(24, 8)
        blank = "".join(f"\x1b[{y};1H{' ' * 24}" for y in range(1, 9))
        for frame in [blank, *(written(*one) for one in frames)]:
            assert grid.draw(frame)
            pyte.Stream(expected).feed(frame)
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()
            assert (seen.cursor.x, seen.cursor.y) == (min(expected.cursor.x, 23), expected.cursor.y)

    @given(st.data(), st.booleans())
    def test_any_scrolling_comes_to_the_same_screen(self, data: st.DataObject, erases: bool) -> None:
        names = data.draw(st.lists(st.sampled_from(["", "Ana Silva", "Zoë", "山田 太郎", "Group", "━━━"]), min_size=40))
        grid, seen = CellGrid(erases=erases), Emulated(40, 12)
        grid.resize(40, 12)
        for top in data.draw(st.lists(st.integers(0, 28), min_size=1, max_size=6)):
            lines = [f"{y + top:3} {names[y + top]} {'x' * (y % 3 * 9)}" for y in range(12)]
            card = data.draw(st.sampled_from(["", "card", "rhythm"]))
            frame = [written(y + 1, 1, "44", set_cell_size(line, 30), 40) for y, line in enumerate(lines)]
            frame += [written(y + 1, 31, "1", f"{card:10}", 40) for y in range(12)]
            expected = Emulated(40, 12)
            assert grid.draw("".join(frame))
            pyte.Stream(expected).feed("".join(frame))
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()

    @given(st.data(), st.booleans())
    def test_any_lines_in_columns_come_to_the_same_screen(self, data: st.DataObject, erases: bool) -> None:
        """Lines of a list as it is moved in and paged: coloured columns, on two backgrounds, beside a card."""
        texts = st.sampled_from(
            ["", "", "Ana Silva", "Nina Lacombe", "promise", "6w", "山田", "Cy 👩‍👩‍👧", "e\u0301", "1d past"]
        )
        inks = st.sampled_from(["1;38;2;9;9;9", "38;2;7;7;7", "31", "4"])
        grid, expected, seen = CellGrid(erases=erases), Emulated(60, 6), Emulated(60, 6)
        grid.resize(60, 6)
        frames = ["".join(written(y, 1, "40", " " * 60, 60) for y in range(1, 7))]
        for _ in range(data.draw(st.integers(1, 4))):
            pieces: list[str] = []
            for y in data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=6, unique=True)):
                ground = data.draw(st.sampled_from(["40", "44", "48;2;1;2;3"]))
                columns = ((1, 1), (3, 14), (18, 22), (41, 7), (49, 11))
                shown = data.draw(st.lists(texts, min_size=5, max_size=5))
                for (x, width), text in zip(columns, shown, strict=True):
                    ink = data.draw(inks)
                    pieces.append(written(y, x, f"{ink};{ground}", set_cell_size(text, width) + " ", 60))
            frames.append("".join(pieces))
        for frame in frames:
            assert grid.draw(frame)
            pyte.Stream(expected).feed(frame)
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()

    def test_an_equal_frame_sends_nothing(self) -> None:
        grid = CellGrid()
        grid.resize(20, 3)
        frame = written(1, 1, "1;31", "Ana Silva")
        assert grid.draw(frame)
        assert grid.difference()
        assert grid.draw(frame)
        assert grid.difference() == ""

    def test_what_is_not_understood_is_refused_and_draws_nothing(self) -> None:
        grid = CellGrid()
        grid.resize(20, 3)
        for strange in ("\x1b[2J", "\x1b[1;1Ha\tb", "\x1b[1;1H\x1b[58;5;1mx", "\x1b[1;1H\x9b31m"):
            assert not grid.draw(strange)
            assert grid.difference() == ""

    def test_a_link_is_opened_and_closed(self) -> None:
        grid = CellGrid()
        grid.resize(20, 1)
        assert grid.draw("\x1b[1;1H\x1b]8;id=1;https://example.org\x1b\\\x1b[4mlink\x1b[0m\x1b]8;;\x1b\\ end")
        sent = grid.difference()
        assert (
            sent.index("https://example.org\x1b\\")
            < sent.index("link")
            < sent.index("\x1b]8;;\x1b\\")
            < sent.index("end")
        )

    def test_lines_that_moved_are_scrolled(self) -> None:
        grid = CellGrid()
        grid.resize(60, 20)
        lines = [f"line {n} {'abcdefgh'[n % 8] * 40}" for n in range(30)]
        screen = Emulated(60, 20)
        for top in (0, 1, 4, 3):
            assert grid.draw("".join(written(y + 1, 1, "", f"{lines[top + y]:60}", 60) for y in range(20)))
            sent = grid.difference()
            pyte.Stream(screen).feed(sent)
            assert screen.text() == lines[top : top + 20]
            if top:
                assert len(sent) < 260


def written(y: int, x: int, sgr: str, text: str, width: int = 24) -> str:
    """Return a piece of a frame as Textual writes it, cut where a wide letter would hang over the edge."""
    while cell_len(text) > width + 1 - x:
        text = text[:-1]
    return f"\x1b[{y};{x}H" + (f"\x1b[{sgr}m{text}\x1b[0m" if sgr else text) + f"\x1b[{y};{x}H"


def test_only_the_driver_of_a_unix_terminal_is_replaced() -> None:
    class Other(LinuxDriver):
        pass

    assert cell_driver(LinuxDriver) is CellDriver
    assert cell_driver(Other) is Other


def test_a_terminal_without_an_entry_is_not_trusted_to_erase() -> None:
    assert not erases_to_background("no-such-terminal")
    assert not erases_to_background("dumb")


if __name__ == "__main__":
    ScreenApp(stock=sys.argv[1] == "stock").run()


def test_a_letter_after_escape_is_both_however_fast_it_comes() -> None:
    found = [(one.key, one.character) for one in as_typed(events.Key("alt+a", "a")) if isinstance(one, events.Key)]
    assert found == [("escape", None), ("a", "a")]
    plain = events.Key("a", "a")
    assert as_typed(plain) == (plain,)
    mine = events.Key("alt+x", "x")
    assert as_typed(mine, {"alt+x"}) == (mine,)
