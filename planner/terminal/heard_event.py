"""An event that ends a select, so that a thread that waits for keys notices it at once, without polling."""

from __future__ import annotations

import os
import threading
from contextlib import suppress


class HeardEvent(threading.Event):
    """An event with a pipe `heard`, which is readable from the moment the event is set until it is cleared."""

    def __init__(self) -> None:
        super().__init__()
        self.heard, self._told = os.pipe()
        for end in (self.heard, self._told):
            os.set_blocking(end, False)

    def set(self) -> None:
        super().set()
        # A full pipe is readable already.
        with suppress(BlockingIOError):
            os.write(self._told, b"\0")

    def clear(self) -> None:
        super().clear()
        with suppress(BlockingIOError):
            while os.read(self.heard, 4096):
                pass
