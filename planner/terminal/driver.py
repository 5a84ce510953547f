"""Sends the terminal only the cells that changed.

Textual writes every region it redraws in full, however little of it is new. `CellDriver` stands where
the text leaves for the terminal: `write` reads each frame back into a grid of cells, compares it with
what the terminal shows and sends the difference. It uses the public face of a driver alone (`write`,
`process_message`, start and stop of application mode) and needs nothing of how frames are made: whatever
is not understood is sent as it stands, and the grid of what is shown starts again from nothing, which
is how the stock driver behaves. What is unknown is always sent.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import Collection
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message import Message

from planner.terminal.grid import CellGrid

_HARMLESS = re.compile(
    r"(?:\x1b\[\?(?!(?:47|1047|1048|1049|3|5|6|69)[hl])\d+(?:[hl]|\$p)"  # modes that move no cell
    r"|\x1b\[[<>=][\d;]*u"  # keyboard protocol
    r"|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, clipboard, pointer shapes
    r"|\x07)+"
)
_FRAME = re.compile(r"\x1b\[\d+;\d+H")
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"


def erases_to_background(term: str | None = None) -> bool:
    """Return whether the terminal clears cells to the current background, as its terminfo entry says."""
    try:
        import curses

        output = sys.__stdout__.fileno() if sys.__stdout__ else -1
        curses.setupterm(term or os.environ.get("TERM", "dumb"), output)
        return curses.tigetflag("bce") > 0 and bool(curses.tigetstr("ech"))
    except Exception:
        return False


_drivers: WeakKeyDictionary[App[Any], CellDriver] = WeakKeyDictionary()

if sys.platform != "win32":
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
            chosen: dict[str, tuple[str, ...]] = getattr(app, "keys", {})
            self.bound_keys = frozenset(key for keys in chosen.values() for key in keys)
            """The keys commands have; one with Alt among them is left as it is."""
            self.cells = CellGrid(erases=erases_to_background())
            self.event_loop = asyncio.get_running_loop()
            self.screen_is_stale = True
            """The terminal may have lost what it showed: it was resized, or lent to another program."""
            self.frame: list[str] | None = None
            """What is to be sent between the marks of a synchronized update; None outside of one."""
            self.in_application_mode = False
            _drivers[app] = self

        def write(self, data: str) -> None:
            """Send `data`: a frame as its difference from what is shown, anything else as it stands."""
            if data == _SYNC_START:
                self.frame = []
            elif data == _SYNC_END:
                parts, self.frame = self.frame, None
                if parts and (update := "".join(parts)):
                    super().write(f"{_SYNC_START}{update}{_SYNC_END}")
            elif _HARMLESS.fullmatch(data):
                # The input thread writes modes too; they need no place among the frames.
                super().write(data)
            else:
                self._send(self._difference(data))

        def _send(self, data: str) -> None:
            if self.frame is not None:
                self.frame.append(data)
            elif data:
                super().write(data)

        def _difference(self, data: str) -> str:
            if not _FRAME.match(data):
                self.screen_is_stale = True
                return data
            self._look_at_terminal()
            if not self.cells.draw(data):
                self.screen_is_stale = True
                return data
            return self.cells.difference()

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
            """Send the whole screen again, as after another program wrote over it."""
            self.screen_is_stale = True
            self._look_at_terminal()
            self._send(self.cells.difference())

        def start_application_mode(self) -> None:
            """Take over the terminal; back from a suspension, show again what was there."""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            handler = signal.getsignal(signal.SIGWINCH)
            if callable(handler):

                def resized(signum: int, frame: FrameType | None) -> None:
                    self._redraw_soon()
                    handler(signum, frame)

                signal.signal(signal.SIGWINCH, resized)
            self.in_application_mode = True
            self._redraw_soon()

        def stop_application_mode(self) -> None:
            """Give the terminal back."""
            self.in_application_mode = False
            super().stop_application_mode()

        def process_message(self, message: Message) -> None:
            """Pass on what the terminal reported, noting a resize; called from the input thread."""
            if isinstance(message, events.Resize):
                self._redraw_soon()
            for one in as_typed(message, self.bound_keys):
                super().process_message(one)

        def _redraw_soon(self) -> None:
            # A terminal that was resized and back again has lost cells though no size changed.
            self.screen_is_stale = True
            self.event_loop.call_soon_threadsafe(self._redraw_if_stale)

        def _redraw_if_stale(self) -> None:
            if self.screen_is_stale and self.in_application_mode:
                self.redraw()


def as_typed(message: Message, bound: Collection[str] = ()) -> tuple[Message, ...]:
    """A letter with Alt as what the terminal cannot tell it from: escape, then the letter.

    Whoever leaves a line with escape and types on at once is understood, and Alt writes nothing into a line.
    A key in `bound` stays as it is: somebody gave it to a command.
    """
    is_letter = isinstance(message, events.Key) and message.key.startswith("alt+") and message.is_printable
    if isinstance(message, events.Key) and is_letter and message.key not in bound:
        return events.Key("escape", None), events.Key(message.key.removeprefix("alt+"), message.character)
    return (message,)


def cell_driver(stock: type[Driver]) -> type[Driver]:
    """Return `CellDriver` in place of Textual's driver for a Unix terminal, any other driver unchanged.

    An app returns it from `App.get_driver_class`.
    """
    if sys.platform != "win32" and stock is LinuxDriver:
        return CellDriver
    return stock


def redraw(app: App[Any]) -> None:
    """Send the whole screen of `app` to its terminal again."""
    driver = _drivers.get(app)
    if driver is not None:
        driver.redraw()
