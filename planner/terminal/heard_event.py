"""An event that ends a select: a thread that waits for keys hears of it at once, without looking from time to time."""

from __future__ import annotations

import os
import threading
from contextlib import suppress


class HeardEvent(threading.Event):
    """An event of which `heard` becomes readable as well, from the moment it is set until it is cleared."""

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
