"""The thread of the screen that owns the database, and the one for long readings.

Every call of the desk runs on the first, in the order of requests; long readings run on the second, so that no verb
waits for them. The event loop never touches the database, so that a key never waits for another session's lock.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from planner.errors import PlannerError

if TYPE_CHECKING:
    from planner.desk import Desk

Answer = TypeVar("Answer")
GIVES_WAY_SECONDS = 0.002
"""Seconds of one wait of a long reading while keys come."""
LONGEST_WAY = 150
"""The most waits in a row, so that a key held down does not stop the reading for ever."""
SLICE_SECONDS = 0.01
"""Seconds that it then reads before it waits again."""
ASIDE_SECONDS = 1.0
"""Seconds that closing waits for a long reading whose result nobody needs."""


class ReadAhead(Protocol):
    """A result that is read before a thread asks for it."""

    def result(self, work: Callable[[Desk], Any]) -> Any:
        """What was read by this function, once; None if nothing was, or by another one."""

    def end(self) -> None:
        """Stop reading: nobody will ask."""


class Gateway:
    """Runs functions that take a desk on the thread that opened the desk.

    The thread opens the desk at once, while the screen is still being made; with `ahead` only after the first call, if
    its result was read ahead. If opening fails, every call raises that error.
    """

    def __init__(self, open_desk: Callable[[], Desk], ahead: ReadAhead | None = None) -> None:
        self._open_desk = open_desk
        self._ahead = ahead
        self.was_read_ahead = False
        """Whether the first result was read ahead: something may have been written since."""
        self.on_wait: Callable[[], None] | None = None
        """Called on the database thread when a function has to wait for another session."""
        self._jobs: SimpleQueue[tuple[Callable[[Desk], Any], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="planner-database", daemon=True)
        self._closed = False
        self._aside: Gateway | None = None
        """The second thread, with its own connection, after the first long reading."""
        self._opening: asyncio.Future[Gateway] | None = None
        self._thread.start()

    def _work(self) -> None:
        desk, problem = (None, None) if self._ahead is not None else self._opened()
        while (job := self._jobs.get()) is not None:
            work, future = job
            if not future.set_running_or_notify_cancel():
                continue
            ahead, self._ahead = self._ahead, None
            if ahead is not None and (read := ahead.result(work)) is not None:
                self.was_read_ahead = True
                future.set_result(read)
                continue
            if desk is None and problem is None:
                desk, problem = self._opened()
            try:
                if desk is None:
                    raise problem or RuntimeError("the database is closed")
                future.set_result(work(desk))
            except PlannerError as refusal:
                future.set_exception(refusal)
            except Exception as error:
                future.set_exception((desk.explained(error) if desk is not None else None) or error)
            except BaseException as error:
                future.set_exception(error)
        if self._ahead is not None:
            self._ahead.end()
        if desk is not None:
            desk.close()

    def _opened(self) -> tuple[Desk | None, Exception | None]:
        try:
            desk = self._open_desk()
        except Exception as error:
            return None, error
        desk.store.on_wait = self._waiting
        return desk, None

    def _waiting(self) -> None:
        if self.on_wait is not None:
            self.on_wait()

    def submit(self, work: Callable[[Desk], Answer]) -> Future[Answer]:
        """Run a function on the database thread; the future gets its result or its exception."""
        future: Future[Answer] = Future()
        if self._closed:
            future.set_exception(RuntimeError("the planner is closing"))
        else:
            self._jobs.put((work, future))
        return future

    async def call(self, work: Callable[[Desk], Answer]) -> Answer:
        """The result of a function that runs on the database thread; raises its exception."""
        return await asyncio.wrap_future(self.submit(work))

    async def aside(self, read: Callable[[Desk], Answer]) -> Answer:
        """The result of a function that reads long; raises its exception.

        It runs on the second thread, on a desk that only reads, in the order of requests. The result includes
        everything written before it was found, for which the function may run several times.
        """
        gateway = await self._beside()
        return await gateway.call(lambda desk: desk.store.steady(lambda: read(desk)))

    async def _beside(self) -> Gateway:
        """The gateway for long readings: this one itself if its desk cannot be opened twice."""
        opening = self._opening = self._opening or asyncio.ensure_future(self._open_aside())
        try:
            # The first one to ask may have stopped waiting, as letters typed ahead do; the next one finds it open.
            return await asyncio.shield(opening)
        except Exception:
            if self._opening is opening:
                # The next reading tries again.
                self._opening = None
            raise

    async def _open_aside(self) -> Gateway:
        open_desk = await self.call(lambda desk: desk.opens_aside)
        if open_desk is None or self._closed:
            return self
        gateway = self._aside = Gateway(open_desk)
        try:
            await gateway.call(lambda desk: None)
        except Exception:
            gateway.close(0)
            raise
        return gateway

    def close(self, wait_seconds: float = 2.0) -> None:
        """Run what was submitted, close the desk and end the thread; wait at most `wait_seconds`."""
        if not self._closed:
            self._closed = True
            if self._aside is not None:
                # Before the other one: the last to close removes the log, which a connection that only reads cannot.
                self._aside.close(min(wait_seconds, ASIDE_SECONDS))
            self._jobs.put(None)
        self._thread.join(wait_seconds)


class GivingWay:
    """Called often by the reading: waits while keys come (`busy`), but not for ever."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        self._busy = busy
        self._reads_until = 0.0

    def __call__(self) -> None:
        if not self._busy() or monotonic() < self._reads_until:
            return
        for _ in range(LONGEST_WAY):
            sleep(GIVES_WAY_SECONDS)
            if not self._busy():
                return
        self._reads_until = monotonic() + SLICE_SECONDS
