"""Reading in a process of its own, while this one loads what the screen is made of.

Loading the screen, and loading and asking the database, both keep Python busy, and threads of one process only take
turns: with 10,000 people the first screen took 1.6 times as long as a bare Textual app, and 1.4 times as long with two
processes. The other one ends when it has told what it read; the database is opened here after the first paint.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.desk import Desk

LONGEST_SECONDS = 1.0
"""Seconds after which the process is ended, as when another session keeps it waiting."""


def read_beside(work: Callable[[Desk], Any], open_desk: Callable[[], Desk]) -> ReadBeside | None:
    """Begin reading in a copy of this process; None where it cannot be copied, and everything is read here.

    It cannot be while threads run, where the system's own libraries do not allow it, or without room for a process.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return None
    try:
        return ReadBeside(work, open_desk)
    except OSError:
        return None


class ReadBeside:
    """What one function reads of a desk, in a copy of this process; begins at once."""

    def __init__(self, work: Callable[[Desk], Any], open_desk: Callable[[], Desk]) -> None:
        """Both run in the copy; what `work` returns must be something that can be pickled."""
        self._work = work
        self._process = 0
        self._pipe, told = os.pipe()
        try:
            self._process = os.fork()
            if self._process == 0:
                _tell(lambda: work(open_desk()), told)
        except OSError:
            os.close(self._pipe)
            raise
        finally:
            os.close(told)

    def result(self, work: Callable[[Desk], Any]) -> Any:
        """What was read by this function, once; waits for it. None if nothing was, or by another function."""
        parts = []
        if work is not self._work:
            self.end()
            return None
        with suppress(OSError):
            while part := os.read(self._pipe, 1 << 16):
                parts.append(part)
        self.end()
        try:
            return pickle.loads(b"".join(parts))
        except (EOFError, pickle.UnpicklingError):
            return None

    def end(self) -> None:
        """End the process if it still runs, and leave nothing of it behind."""
        if self._process:
            os.close(self._pipe)
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)
            self._process = 0


def _tell(read: Callable[[], Any], told: int) -> None:
    """Be the other process: read, tell, end. It must write nothing else, wherever it fails."""
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for terminal in range(3):
            os.dup2(nowhere, terminal)
        with open(told, "wb") as pipe:
            pickle.dump(read(), pipe, pickle.HIGHEST_PROTOCOL)
    finally:
        # Nothing that this process has, such as files and locks of the other one, may be closed or flushed twice.
        os._exit(0)
