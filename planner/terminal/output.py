"""Writes to a terminal at once, without waiting for a terminal that does not take it.

Textual hands each frame to a thread, which writes once the event loop has nothing else to do. A newly opened,
non-blocking descriptor of the terminal can be written to from the event loop itself.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable


class Output:
    """Writes to one terminal from any thread, each text whole and in the order of the calls."""

    def __init__(self, descriptor: int, is_behind: Callable[[], object]) -> None:
        """Open the terminal of `descriptor` a second time; raises OSError if it is no terminal or cannot be opened.

        `is_behind` is called on the writing thread when the terminal took only a part: from then on somebody must call
        `write_on` until everything is out.
        """
        self._tell = is_behind
        # It is never closed: a number that a signal handler closed could belong to a file when it is written to.
        self._descriptor = os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        # A signal handler writes too, on the thread that may be writing.
        self._writing = threading.RLock()
        self._left = b""

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not taken everything yet."""
        return bool(self._left)

    def write(self, text: str) -> None:
        """Write as much of a text as the terminal takes; the rest follows."""
        with self._writing:
            was_behind = self.is_behind
            self._left += text.encode("utf-8", "replace")
            if not was_behind:
                self.write_on()
                if self.is_behind:
                    self._tell()

    def write_on(self) -> None:
        """Write as much of the rest as the terminal takes."""
        with self._writing:
            data, self._left = self._left, b""
            try:
                written = os.write(self._descriptor, data) if data else 0
            except BlockingIOError:
                written = 0
            except OSError:
                # The terminal is gone, which the watchdog sees.
                return
            self._left = data[written:] + self._left

    def finish(self) -> None:
        """Write all of the rest, waiting for the terminal to take it."""
        while self.is_behind:
            select.select([], [self._descriptor], [])
            self.write_on()


def open_output(descriptor: int, is_behind: Callable[[], object]) -> Output | None:
    """The output for a terminal; None if the descriptor is not a terminal, or not ours to open."""
    try:
        return Output(descriptor, is_behind)
    except OSError:
        return None
