"""The lock that a session holds while it writes a long verb; the operating system releases it when the session dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

from planner.errors import Busy, ReadOnly


class RunningLock:
    """A file beside the database, locked by the one session that writes a long verb."""

    def __init__(self, database: Path) -> None:
        self.path = Path(f"{database}-running")
        self._handle = -1

    def acquire_within(self, seconds: float, announce: Callable[[], None]) -> None:
        """Take the lock as soon as it is free, within `seconds`; call `announce` if it is not free at once.

        Raises what `acquire` raises.
        """
        started, announced = time.monotonic(), False
        while True:
            try:
                return self.acquire()
            except Busy:
                if time.monotonic() - started >= seconds:
                    raise
            if not announced:
                announced = True
                announce()
            import random  # only a start that waits needs it

            # Without the jitter, sessions that collided once would collide again.
            time.sleep(random.uniform(0.01, 0.05))

    def acquire(self) -> None:
        """Take the lock.

        Raises `Busy` while another session has it, `ReadOnly` when the folder takes no file.
        """
        while self._handle < 0:
            try:
                handle = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            except OSError as error:
                raise ReadOnly(f"{self.path} cannot be made: {error.strerror}", "Check the folder.") from None
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
                raise Busy(
                    "Another session is still taking in a file or what is watched", "Wait for it, or cancel it."
                ) from None
            if self._is_current(handle):
                self._handle = handle
            else:
                # The holder removed the file after we opened and before we locked it.
                os.close(handle)

    def release(self) -> None:
        """Release the lock and remove the file."""
        if self._handle >= 0:
            self.path.unlink(missing_ok=True)
            os.close(self._handle)
            self._handle = -1

    def _is_current(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.stat(self.path), os.fstat(handle))
        except FileNotFoundError:
            return False
