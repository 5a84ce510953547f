"""A thread that makes a full-screen program leave when it is told to, or when its terminal is gone.

A signal handler needs the main thread, an event loop needs to turn, a display needs somebody who reads its output. When
a line drops, all three may stand still: the main thread waits for a writer that waits for a terminal nobody reads. The
watchdog needs none of them. It gets signals through a pipe that Python's C handler writes to, and checks the terminal
itself.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from types import FrameType

LOOK_SECONDS = 1.0
"""Seconds between two checks of the terminal, if the system does not report its end at once."""
READ_SECONDS = 1.0
"""Seconds a terminal has at the end to read earlier output; with 256 unread bytes it takes no more."""
GRACE_SECONDS = 1.2
"""Seconds a program has to leave by itself; after that it is ended."""


@dataclass(frozen=True)
class Ending:
    """Why a program ends, in words for a person, and the exit code."""

    reason: str
    code: int
    terminal_is_gone: bool = False


TOLD_TO = {
    name: Ending(f"it was told to end ({name})", 128 + int(getattr(signal, name)))
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT")
    if hasattr(signal, name)
}
FROM_THE_KEYBOARD = ("SIGINT", "SIGQUIT")
"""Signals that a terminal sends to all its programs."""
GONE = Ending("its terminal is gone", 129, terminal_is_gone=True)


class Watchdog:
    """Watches signals and the terminal from `start` on until the process ends."""

    def __init__(
        self,
        leave: Callable[[Ending], object],
        at_last: Callable[[Ending], object],
        *,
        descriptor: int = 0,
        grace: float = GRACE_SECONDS,
    ) -> None:
        """Both functions are called on the thread of the watchdog.

        `leave` asks the program to leave by itself. If it is still running `grace` seconds later, `at_last` is called,
        which must not wait for any other thread, and the process ends. `descriptor` is the terminal's.
        """
        self._leave, self._at_last = leave, at_last
        self._descriptor, self._grace = descriptor, grace
        self._heard, self._told = os.pipe()
        for end in (self._heard, self._told):
            os.set_blocking(end, False)
        self._reading = threading.Lock()
        self._asked: Ending | None = None
        self._lent = 0
        self.ending: Ending | None = None
        """Why the program ends; None while it runs."""

    def start(self) -> None:
        """Take over the signals that end a program; call it on the main thread."""
        for name in TOLD_TO:
            signal.signal(getattr(signal, name), _heard_by_the_pipe)
        signal.set_wakeup_fd(self._told, warn_on_full_buffer=False)
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """A block in which another program has the terminal: interrupts and quits are meant for that program."""
        self._lent += 1
        try:
            yield
        finally:
            # Signals for that program may not have been read yet: on a busy machine it ends before that.
            ending = self._told_to()
            self._lent -= 1
            if ending is not None:
                self.end(ending)

    def end(self, ending: Ending) -> None:
        """End the program for another reason; any thread may call it."""
        self._asked = ending
        with suppress(OSError):
            os.write(self._told, b"\0")

    def _watch(self) -> None:
        while (ending := self._listen()) is None:
            pass
        self.ending = ending
        deadline = monotonic() + self._grace
        with suppress(Exception):
            self._leave(ending)
        # A program that leaves by itself ends the process, and this thread with it.
        while (left := deadline - monotonic()) > 0:
            select.select([], [], [], left)
        try:
            self._at_last(ending)
        finally:
            # The stuck threads would keep any other way of ending a process waiting.
            os._exit(ending.code)

    def _listen(self) -> Ending | None:
        """The reason to leave, once there is one; None when nothing happened for a while."""
        is_gone = False
        if hasattr(select, "poll") and sys.platform != "darwin":
            watched = select.poll()
            watched.register(self._heard, select.POLLIN)
            # No event is requested: a terminal reports its end unasked, and nothing has to be checked meanwhile.
            watched.register(self._descriptor, 0)
            is_gone = any(where == self._descriptor for where, _ in watched.poll())
        else:
            select.select([self._heard], [], [], LOOK_SECONDS)
        if (ending := self._told_to()) is not None:
            return ending
        if self._asked is not None:
            return self._asked
        return GONE if is_gone or not terminal_is_there(self._descriptor) else None

    def _told_to(self) -> Ending | None:
        """The ending requested by signals since the last call; None without one, or if all were for another program."""
        with self._reading:
            heard = b""
            with suppress(BlockingIOError):
                heard = os.read(self._heard, 4096)
            for number in heard:
                for name, ending in TOLD_TO.items():
                    if number == getattr(signal, name) and not (self._lent and name in FROM_THE_KEYBOARD):
                        return ending
        return None


def _heard_by_the_pipe(number: int, frame: FrameType | None) -> None:
    """Do nothing: without a handler no signal is written to the pipe."""


def terminal_is_there(descriptor: int) -> bool:
    """Whether a terminal still answers."""
    import termios

    try:
        termios.tcgetattr(descriptor)
    except (termios.error, OSError, ValueError):
        return False
    return True


def write_if_read(descriptor: int, data: bytes) -> bool:
    """Write to a terminal, waiting at most `READ_SECONDS` until it reads; return whether it took the data."""
    try:
        if not select.select([], [descriptor], [], READ_SECONDS)[1]:
            return False
        return os.write(descriptor, data) == len(data)
    except (OSError, ValueError):
        return False
