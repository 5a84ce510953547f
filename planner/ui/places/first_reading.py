"""A place that is painted after it is read: its first frame shows people, not an empty place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any

from planner.terminal.compositor import NarrowFrames

PAINT_ANYWAY = 0.5
"""Seconds a place waits for its first people before it is painted without them."""


class FirstReading(NarrowFrames):
    """A mixin that goes before `Screen` among the bases of a place, which calls `hold_frames` once it is composed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.was_read = False
        """Whether the first reading is over."""
        self._unpainted = ExitStack()
        """Holds back the frames until then."""
        self._follow_reading: list[Callable[[], None]] = []

    def hold_frames(self) -> None:
        """Hold back every frame until the place is read."""
        self.begin_frames()
        self._unpainted.enter_context(self.app.batch_update())

    def on_unmount(self) -> None:
        """Release the frames if the place is left before it is read."""
        self._unpainted.close()

    async def read_first(self, read: Coroutine[Any, Any, None], painted: Callable[[], None]) -> None:
        """Read the place, then paint it; if reading takes longer than `PAINT_ANYWAY`, it is painted before."""
        reading = asyncio.create_task(read)
        try:
            await asyncio.wait({reading}, timeout=PAINT_ANYWAY)
            self._unpainted.close()
            self.refresh()
            self.call_after_refresh(painted)
            await reading
        except asyncio.CancelledError:
            reading.cancel()
            raise
        finally:
            self._unpainted.close()
        self.was_read = True
        for follow in self._follow_reading:
            follow()
        self._follow_reading.clear()

    def when_read(self, follow: Callable[[], None]) -> None:
        """Call a function once the first reading is over, or at once if it is over already."""
        if self.was_read:
            follow()
        else:
            self._follow_reading.append(follow)
