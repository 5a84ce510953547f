"""An event loop that says when it is at rest: nothing is ready to run, and no timer is due soon.

To look again and again whether a planner is idle, each time at every widget, takes most of the time of such a test.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from selectors import DefaultSelector, SelectorKey
from threading import Lock
from typing import Any

from tests.cases import Patience

SOON = 0.04
"""Seconds: timers that are due sooner draw a frame, which may be two of Textual's ticks of a sixtieth away; a cursor
blinks and a clock is looked at later."""
LOOK_SECONDS = 1.0
"""Seconds between two looks at whether a wait takes too long."""


class _Selector(DefaultSelector):
    """Where a loop waits for files, threads and timers, which it does when it has nothing else to do."""

    at_rest: Callable[[], bool] | None = None
    """What to call when the loop is at rest; true where somebody waited for that."""

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if self.at_rest is None or (timeout is not None and timeout <= 0):
            return super().select(timeout)
        if found := super().select(0):
            return found
        if (timeout is None or timeout > SOON) and self.at_rest():
            return []
        return super().select(LOOK_SECONDS if timeout is None else min(timeout, LOOK_SECONDS))


class RestingLoop(asyncio.SelectorEventLoop):
    """The event loop of every test."""

    def __init__(self) -> None:
        self._selects = _Selector()
        self._counting = Lock()
        self.heard = 0
        """How often another thread gave the loop something to run: an answer of the desk, or a message."""
        super().__init__(self._selects)

    def call_soon_threadsafe(self, *given: Any, **named: Any) -> asyncio.Handle:
        with self._counting:
            self.heard += 1
        return super().call_soon_threadsafe(*given, **named)

    async def rest(self, is_over: Callable[[], bool]) -> bool:
        """Wait until the loop is at rest and `is_over` is true; gives False where that never comes."""
        answer: asyncio.Future[bool] = self.create_future()
        patience = Patience()

        def look() -> bool:
            if not answer.done() and (is_over() or patience.over):
                answer.set_result(not patience.over)
            return answer.done()

        self._selects.at_rest = look
        try:
            return await answer
        finally:
            self._selects.at_rest = None
