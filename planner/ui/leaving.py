"""Leaving on a signal, or when the terminal is gone: typed text is kept, and the reason is shown and logged."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from planner.core.words.counts import counted
from planner.faults import append
from planner.terminal import driver
from planner.terminal.watchdog import Ending, Watchdog, write_if_read
from planner.ui import editor

if TYPE_CHECKING:
    from textual.app import App

    from planner.paths import Paths
    from planner.ui.session.unfinished import Typed


class Leaving:
    """Makes sure that an app leaves within two seconds, whatever hangs."""

    def __init__(self, app: App[None], paths: Paths | None, typed: Typed, *, leave: Callable[[], None]) -> None:
        """`leave` is called on the event loop."""
        self.app, self.paths, self.typed = app, paths, typed
        self._leave = leave
        self._loop = asyncio.get_running_loop()
        self.watchdog = Watchdog(self._begin, self._at_last)

    @property
    def ending(self) -> Ending | None:
        """Why the app is being left; None if the person leaves it."""
        return self.watchdog.ending

    def start(self) -> None:
        """Watch from here on."""
        self.watchdog.start()
        driver.when_input_ends(self.app, self.watchdog.end)

    def _begin(self, ending: Ending) -> None:
        """Runs on the thread of the watchdog: typed text is stored before anything else is tried."""
        self._store(ending)
        driver.is_ending(self.app)
        editor.hang_up()
        self._loop.call_soon_threadsafe(self._leave)

    def _at_last(self, ending: Ending) -> None:
        """Runs on the thread of the watchdog, when neither loop nor writer has ended in time."""
        editor.hang_up(at_once=True)
        driver.give_back_at_once(self.app)
        if not ending.terminal_is_gone:
            write_if_read(2, f"planner: {self._words(ending)}\r\n".encode())

    def _words(self, ending: Ending) -> str:
        # Counted late: an editor that is told about the end writes its file then.
        return left_words(ending, self.typed.count, self.typed.trouble)

    def _store(self, ending: Ending) -> None:
        with suppress(Exception):
            self.typed.keep(at_last=True)
        if self.paths is not None:
            with suppress(OSError):
                append(self.paths.logs, f"left, because {ending.reason}")

    def say(self) -> None:
        """Say on the terminal, once the app has released it, why the planner left."""
        if self.ending is not None and not self.ending.terminal_is_gone and sys.__stderr__ is not None:
            with suppress(OSError, ValueError):
                print(f"planner: {self._words(self.ending)}", file=sys.__stderr__, flush=True)


def left_words(ending: Ending, kept: int, trouble: str = "") -> str:
    """The sentence that says why the planner left and what it kept; `trouble` says why typed text could not be kept."""
    texts = f" {counted(kept, 'unfinished text is', 'unfinished texts are')} kept for next time." if kept else ""
    lost = f" What was typed last could not be kept: {trouble}." if trouble else ""
    return f"Left, because {ending.reason}.{texts}{lost}"
