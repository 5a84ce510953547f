"""What is written to a terminal goes out at once, and nobody waits for a terminal that does not take it.

Textual hands each frame to a thread, which writes once the event loop has nothing else to do. A description of the
terminal that is opened anew and never blocks can be written to from the event loop itself.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable


class Output:
    """Writes to one terminal from any thread, each text whole and in the order of the calls."""

    def __init__(self, descriptor: int, is_behind: Callable[[], object]) -> None:
        """Open the terminal of `descriptor` anew; raises OSError where that is none, or cannot be opened.

        `is_behind` is called on the thread that wrote where the terminal took only a part: from then on somebody is
        to call `write_on` until all is out.
        """
        self._tell = is_behind
        # It is never closed: a number that a signal handler gave back could be a file's when it is written to.
        self._descriptor = os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        # A signal handler writes too, on the thread that may be writing.
        self._writing = threading.RLock()
        self._left = b""

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not taken everything yet."""
        return bool(self._left)

    def write(self, text: str) -> None:
        """Write a text, as much of it as the terminal takes; what is left follows."""
        with self._writing:
            was_behind = self.is_behind
            self._left += text.encode("utf-8", "replace")
            if not was_behind:
                self.write_on()
                if self.is_behind:
                    self._tell()

    def write_on(self) -> None:
        """Write what is left, as much of it as the terminal takes."""
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
        """Write all that is left, waiting for the terminal to take it."""
        while self.is_behind:
            select.select([], [self._descriptor], [])
            self.write_on()


def open_output(descriptor: int, is_behind: Callable[[], object]) -> Output | None:
    """The output for a terminal; None where the descriptor is of none, or of one that is not ours to open."""
    try:
        return Output(descriptor, is_behind)
    except OSError:
        return None
