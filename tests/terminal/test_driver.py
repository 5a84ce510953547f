"""The display that sends only changed cells: on a real terminal it looks as Textual's own does."""

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
from typing import Any

import pexpect
import pyte
import pytest
from textual.drivers.linux_driver import LinuxDriver

from planner.terminal.driver import CellDriver, cell_driver, erases_to_background
from tests.cases import PATIENCE, Patience
from tests.terminal.emulated import Emulated
from tests.trust.terminal import has_work

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
            ["-m", "tests.terminal.app", *arguments],
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
        patience = Patience()
        while True:
            told, drawn = "", True
            self.child.send("\x14")
            # What is typed while the terminal is lent to another program is thrown away: then ask again. An
            # answer that was only late comes as one more.
            while self._is_told():
                drawn = bool(self.child.before)
                self._take(self.child.before)
                told = base64.b64decode(self.child.match[1]).decode()
            if told == size and not drawn and not self.child.buffer:
                return
            assert not patience.over, f"the program never came to rest: it says {told!r}, not {size!r}"

    def _is_told(self) -> bool:
        """Whether an answer comes before the program is found without work a few times."""
        without_work, patience = 0, Patience()
        while without_work < 4 and not patience.over:
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


def test_a_terminal_that_may_not_be_opened_anew_looks_as_with_textual_alone(terminals: Any) -> None:
    stock, ours = terminals("not-ours")
    for key in ("down", "pagedown", "m", "x", "z", "2", "end"):
        stock.press(key)
        ours.press(key)
        compare(stock, ours, key)


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


def test_what_another_program_wrote_goes_when_the_app_redraws(terminals: Any) -> None:
    stock, ours = terminals()
    for key in ("down", "m"):
        stock.press(key)
        ours.press(key)
        ours.stream.feed("\x1b[1;35msomebody else's words " * 90 + "\x1b[3;9r\x1b[4h\x1b[?25h\x1b[7m")
        assert stock.looks() != ours.looks()
        ours.press("\x0c")
        compare(stock, ours, key)


def test_a_key_with_alt_that_has_a_command_stays_one_key(terminals: Any) -> None:
    _, ours = terminals()
    ours.child.send("\x1by")
    ours.child.expect(TOLD)
    assert base64.b64decode(ours.child.match[1]).decode() == "alt+y"


def test_few_bytes_are_sent(terminals: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, ours = terminals("plain", columns=120, rows=40)
    figures: dict[str, float] = {"first paint": ours.sent}
    # On a busy machine a frame may come with the next key: the mean counts each once.
    figures["move"] = sum(ours.press("down") for _ in range(5)) / 5
    figures["page"] = sum(ours.press("pagedown") for _ in range(3)) / 3
    figures["scroll by one"] = sum(ours.press("s") for _ in range(3)) / 3
    with capsys.disabled():
        print("\nbytes at 120×40:", ", ".join(f"{what} {count:.0f}" for what, count in figures.items()))
    assert figures["first paint"] <= 8000
    assert figures["move"] <= 600
    assert figures["page"] <= 3000
    assert figures["scroll by one"] <= 500
    assert ours.quiet(0.3)


def test_a_terminal_that_reads_nothing_for_a_while_is_sent_the_latest_frame_alone(terminals: Any) -> None:
    stock, ours = terminals("plain", columns=120, rows=40)
    ours.send(*"\x0c" * 200, "pagedown")
    without_work, patience = 0, Patience()
    while without_work < 10:
        assert not patience.over
        select.select([], [], [], 0.03)
        without_work = 0 if has_work(ours.child.pid) else without_work + 1
    ours.settle()
    # What the system holds for a terminal, and a frame; the whole screen 200 times is some 700 kB.
    assert ours.sent < 100_000
    stock.press("pagedown")
    compare(stock, ours, "200 times the whole screen")


def test_only_the_driver_of_a_unix_terminal_is_replaced() -> None:
    class Other(LinuxDriver):
        pass

    assert cell_driver(LinuxDriver) is CellDriver
    assert cell_driver(Other) is Other


def test_a_terminal_without_an_entry_is_not_trusted_to_erase() -> None:
    assert not erases_to_background("no-such-terminal")
    assert not erases_to_background("dumb")
