"""The driver of a Unix terminal that sends only the cells that changed.

Textual writes every redrawn region in full, however little of it is new. `CellDriver` reads each frame back into a grid
of cells, compares the grid with the screen that the terminal shows, and sends the difference. It uses only the public
methods of Textual's driver (`write`, `process_message`, starting, stopping and resuming application mode) and knows
nothing of how frames are made. A frame with an unknown sequence is sent as it stands, as the stock driver does, and the
next frame is sent whole.
"""

from __future__ import annotations

import asyncio
import os
import re
import selectors
import shutil
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic, sleep
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message import Message

from planner.terminal.grid import CellGrid
from planner.terminal.heard_event import HeardEvent
from planner.terminal.keys import as_typed
from planner.terminal.output import Output, open_output
from planner.terminal.pace import QUESTION, Pace
from planner.terminal.tolerant_input import HasRead, TolerantParser
from planner.terminal.watchdog import GONE, Ending, write_if_read

_HARMLESS = re.compile(
    r"(?:\x1b\[\?(?!(?:47|1047|1048|1049|3|5|6|69)[hl])\d+(?:[hl]|\$p)"  # modes that move no cell
    r"|\x1b\[[<>=][\d;]*u"  # keyboard protocol
    r"|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, clipboard, pointer shapes
    r"|\x07)+"
)
_FRAME = re.compile(r"\x1b\[\d+;\d+H")
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_AS_EXPECTED = "\x0f\x1b(B\x1b[r\x1b[?6l\x1b[4l\x1b[?7l\x1b[?25l\x1b[m"
"""The modes that frames rely on, which another program may have changed: ASCII letters (SI, SCS), the whole screen to
scroll (DECSTBM, DECOM), overwriting (IRM), no wrapping (DECAWM), no cursor (DECTCEM), plain style.
"""
_AS_BEFORE = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[m\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Undoes everything that application mode turns on."""
AT_ONCE = 2048
"""Characters sent to a terminal in one piece: only larger updates get synchronization marks, which would be 16 of the
380 bytes of a cursor move.
"""
SOON = 0.02
"""Seconds between two checks whether escape was pressed alone."""
AGAIN = 0.005
"""Seconds until writing to a terminal that did not take everything is tried again."""
STDERR = 2
"""The descriptor that Textual writes to."""
LAST_ANSWER = 0.5
"""Seconds to wait for outstanding answers before the terminal is given back, since they would be read as keys there."""


def erases_to_background(term: str | None = None) -> bool:
    """Whether the terminal clears cells to the current background, according to its terminfo entry."""
    try:
        import curses

        output = sys.__stdout__.fileno() if sys.__stdout__ else -1
        curses.setupterm(term or os.environ.get("TERM", "dumb"), output)
        return curses.tigetflag("bce") > 0 and bool(curses.tigetstr("ech"))
    except Exception:
        return False


_drivers: WeakKeyDictionary[App[Any], CellDriver] = WeakKeyDictionary()

if sys.platform != "win32":
    import termios

    from textual.drivers.linux_driver import LinuxDriver

    class CellDriver(LinuxDriver):
        """The driver of a full screen that sends only what changed."""

        def __init__(
            self,
            app: App[Any],
            *,
            debug: bool = False,
            mouse: bool = True,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size)
            self.told_app = app
            """The app that receives the terminal's messages."""
            self.bound_keys: frozenset[str] = frozenset()
            """The keys with commands in the app; see `keep_keys`."""
            # Checking ten times a second whether to end took half of an idle planner's time.
            self.exit_event: HeardEvent = HeardEvent()
            self.cells = CellGrid(erases=erases_to_background())
            self.event_loop = asyncio.get_running_loop()
            self.screen_is_stale = True
            """Whether the terminal may show something else: it was resized, or another program wrote on it."""
            self.frame: list[str] | None = None
            """The parts to send between the marks of a synchronized update; None outside one."""
            self.synchronizes = False
            """Whether updates are marked."""
            self.output: Output | None = None
            """Writes to the terminal; without one, Textual's thread does."""
            self.pace = Pace()
            self.frame_waits = False
            """Whether a drawn frame waits until the terminal has read what is on its way."""
            self.in_application_mode = False
            self.has_terminal = False
            """Whether the terminal is in our modes; also while it is being taken or given back."""
            self.reads = False
            """Whether somebody reads what the terminal sends."""
            self.is_ending = False
            """Whether the program ends: a terminal that is lent is not taken back."""
            self.when_input_ends: Callable[[Ending], None] | None = None
            """Called on the input thread when it ends without being told to."""
            _drivers[app] = self

        def write(self, data: str) -> None:
            """Send `data`: a frame as its difference from the shown screen, anything else as it is."""
            if data == _SYNC_START:
                self.frame, self.synchronizes = [], True
            elif data == _SYNC_END:
                parts, self.frame = self.frame, None
                if parts and (update := "".join(parts)):
                    self._write_update(update)
            elif _HARMLESS.fullmatch(data):
                # The input thread writes modes too; they need no position among the frames.
                self._write_out(data)
            elif self.has_terminal:
                self._send(self._difference(data))

        def _write_out(self, data: str) -> None:
            if self.output is not None:
                self.output.write(data)
            else:
                super().write(data)

        def _write_on(self) -> None:
            """Write what the terminal has not taken yet, as long as there is something; then the waiting frame."""
            if self.output is None or not self.in_application_mode:
                return
            self.output.write_on()
            if self._is_behind:
                self.event_loop.call_later(AGAIN, self._write_on)
            else:
                self._send_what_waits()

        def _send(self, data: str) -> None:
            if self.frame is not None:
                self.frame.append(data)
            elif data:
                self._write_update(data)

        def _write_update(self, update: str) -> None:
            if self.synchronizes and len(update) > AT_ONCE:
                update = f"{_SYNC_START}{update}{_SYNC_END}"
            asks = self.pace.asks(len(update), monotonic())
            self._write_out(f"{update}{QUESTION}" if asks else update)

        def _difference(self, data: str) -> str:
            if not _FRAME.match(data):
                self.screen_is_stale = True
                return data
            self._look_at_terminal()
            if not self.cells.draw(data):
                self.screen_is_stale = True
                return data
            if self._is_to_wait():
                if not self.frame_waits:
                    self.frame_waits = True
                    self.event_loop.call_later(self.pace.longest, self._send_what_waits)
                return ""
            self.frame_waits = False
            return self.cells.difference()

        def _is_to_wait(self) -> bool:
            return self.pace.is_full(monotonic()) or self._is_behind

        @property
        def _is_behind(self) -> bool:
            return self.output is not None and self.output.is_behind

        def _send_what_waits(self) -> None:
            if self.frame_waits and self.in_application_mode and not self._is_to_wait():
                self.frame_waits = False
                if self.screen_is_stale:
                    self.redraw()
                else:
                    self._send(self.cells.difference())

        def _look_at_terminal(self) -> None:
            try:
                width, height = os.get_terminal_size(self.fileno)
            except OSError:
                width = height = 0
            if not (width and height):
                width, height = shutil.get_terminal_size()
            if (width, height) != (self.cells.width, self.cells.height):
                self.cells.resize(width, height)
            elif self.screen_is_stale:
                self.cells.forget()
            self.screen_is_stale = False

        def redraw(self) -> None:
            """Forget what the terminal is assumed to show, and send the whole screen again."""
            self.screen_is_stale = True
            if self._is_behind:
                self.frame_waits = True
                return
            self._look_at_terminal()
            self._send(f"{_AS_EXPECTED}{self.cells.difference()}")

        def start_application_mode(self) -> None:
            """Take over the terminal; after a suspension, show the earlier screen again."""
            self.has_terminal = self.reads = True
            # The program that had the terminal meanwhile may have read an answer meant for us.
            self.pace, self.frame_waits = Pace(), False
            self.output = self.output or open_output(
                STDERR, lambda: self.event_loop.call_soon_threadsafe(self._write_on)
            )
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self._let_line_feeds_be()
            handler = signal.getsignal(signal.SIGWINCH)
            if callable(handler):

                def resized(signum: int, frame: FrameType | None) -> None:
                    self._redraw_soon()
                    handler(signum, frame)

                signal.signal(signal.SIGWINCH, resized)
            self.in_application_mode = True
            self._redraw_soon()

        def _let_line_feeds_be(self) -> None:
            """Switch off the CR added to a line feed: alone, it is the shortest move to the line below."""
            with suppress(termios.error, OSError):
                modes = termios.tcgetattr(self.fileno)
                modes[1] &= ~termios.ONLCR
                termios.tcsetattr(self.fileno, termios.TCSANOW, modes)

        def stop_application_mode(self) -> None:
            """Give the terminal back."""
            if not self.has_terminal:
                return
            self._await_answers()
            self.in_application_mode = False
            self._finish_output()
            super().stop_application_mode()
            self._finish_output()
            self.has_terminal = False

        def _await_answers(self) -> None:
            """Wait a little until the terminal has answered all that it was asked."""
            if self.pace.asks_at_last(monotonic()):
                self._write_out(QUESTION)
            until = monotonic() + LAST_ANSWER
            while self.reads and self.pace.may_be_answered(now := monotonic()) and now < until:
                sleep(SOON / 4)

        def _finish_output(self) -> None:
            """Wait until the terminal has taken everything: text in one set of modes must not be read in another."""
            if self.output is not None:
                self.output.finish()

        def resume_application_mode(self) -> None:
            """Take over the terminal again; a process that was stopped without notice gives it back first.

            SIGSTOP cannot be caught: the threads of such a process still run, and a second start would leave two of
            them reading keys, and the settings of the terminal unrestored at the end.
            """
            if self.in_application_mode:
                # This is a signal handler: the loop does it when no lock is held.
                self.event_loop.call_soon_threadsafe(self._start_again)
            elif not self.is_ending:
                super().resume_application_mode()

        def _start_again(self) -> None:
            self.suspend_application_mode()
            super().resume_application_mode()

        def run_input_thread(self) -> None:
            """Read keys until told to stop, or until the terminal is gone; this runs on the input thread."""
            ending = None
            selector = selectors.SelectSelector()
            try:
                selector.register(self.fileno, selectors.EVENT_READ)
                selector.register(self.exit_event.heard, selectors.EVENT_READ)
                parser = TolerantParser()
                while not self.exit_event.is_set() and ending is None:
                    ready = selector.select(SOON if parser.waits else None)
                    if any(key.fd == self.fileno for key, _ in ready):
                        data = os.read(self.fileno, 4096)
                        ending = None if data else GONE
                        for message in parser.feed(data):
                            self.process_message(message)
                    for message in parser.tick():
                        self.process_message(message)
            except (OSError, ValueError):
                ending = GONE
            except Exception as error:
                ending = Ending(f"the keys could not be read ({type(error).__name__})", 1)
            finally:
                self.reads = False
                selector.close()
            if ending is not None and not self.exit_event.is_set() and self.when_input_ends is not None:
                self.when_input_ends(ending)

        def process_message(self, message: Message) -> None:
            """Pass on a message of the terminal, noting a resize; called from the input thread."""
            if isinstance(message, HasRead):
                self.pace.answered()
                self.event_loop.call_soon_threadsafe(self._send_what_waits)
                return
            if isinstance(message, events.Resize):
                self._redraw_soon()
            for one in as_typed(message, self.bound_keys):
                super().process_message(one)

        def send_message(self, message: Message) -> None:
            """Put a message directly into the queue of the app; Textual makes a task of the loop for each."""
            self.told_app.post_message(message)

        def give_back_at_once(self) -> None:
            """Give the terminal back from any thread, without waiting for the writer, and hardly for a reader."""
            if self.has_terminal:
                write_if_read(self.fileno, _AS_BEFORE)
                if self.attrs_before is not None:
                    with suppress(termios.error, OSError):
                        termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

        def _redraw_soon(self) -> None:
            # A terminal that was resized and back again has lost cells though its size is the same.
            self.screen_is_stale = True
            self.event_loop.call_soon_threadsafe(self._redraw_if_stale)

        def _redraw_if_stale(self) -> None:
            if self.screen_is_stale and self.in_application_mode:
                self.redraw()


def cell_driver(stock: type[Driver]) -> type[Driver]:
    """`CellDriver` in place of Textual's driver for a Unix terminal, any other driver unchanged.

    An app returns it from `App.get_driver_class`.
    """
    if sys.platform != "win32" and stock is LinuxDriver:
        return CellDriver
    return stock


def redraw(app: App[Any]) -> None:
    """Draw the whole screen of `app` again, whatever its terminal shows after another program wrote on it."""
    driver = _drivers.get(app)
    if driver is not None:
        driver.redraw()
    app.refresh()


def give_back_at_once(app: App[Any]) -> None:
    """Give the terminal of `app` back from any thread, without waiting."""
    driver = _drivers.get(app)
    if driver is not None:
        driver.give_back_at_once()


def is_ending(app: App[Any]) -> None:
    """Let a terminal that `app` has lent stay with whom it was lent to: the app ends; any thread may call it."""
    driver = _drivers.get(app)
    if driver is not None:
        driver.is_ending = True


def when_input_ends(app: App[Any], tell: Callable[[Ending], None]) -> None:
    """Have `tell` called, on another thread, when the keys of `app` can no longer be read."""
    driver = _drivers.get(app)
    if driver is not None:
        driver.when_input_ends = tell


def keep_keys(app: App[Any], keys: Iterable[str]) -> None:
    """Tell the driver of `app` which keys have commands: such a key with Alt is not read as two keys."""
    driver = _drivers.get(app)
    if driver is not None:
        driver.bound_keys = frozenset(keys)
