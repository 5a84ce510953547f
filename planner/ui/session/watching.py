"""Notices while the planner is open that another session wrote or waits, and that another day has come."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from planner.ui.gateway import Gateway
from planner.ui.messages import DataChanged, WaitingForAnother

if TYPE_CHECKING:
    from planner.desk import Desk


class Watched(Protocol):
    """What a watch asks of the app."""

    gateway: Gateway
    clock: Callable[[], date]
    today: date

    def post_message(self, message: Message) -> bool:
        """Send a message, from any thread."""

    def day_changed(self, day: date) -> None:
        """Another day has come."""


def _look(desk: Desk) -> bool:
    # Begun once the first screen is there; after that it costs nothing.
    desk.keeping.look_at_content()
    return desk.keeping.changed()


class Watch:
    """Looks at the clock and at the database."""

    def __init__(self, app: Watched) -> None:
        self._app = app
        app.gateway.on_wait = self._waits

    def look(self) -> None:
        """Ask for the day, and on the database thread whether another session wrote."""
        day = self._app.clock()
        if day != self._app.today:
            self._app.day_changed(day)
        self._app.gateway.submit(_look).add_done_callback(self._looked)

    # On the database thread: a message is all that may leave it.

    def _looked(self, future: Future[bool]) -> None:
        if not future.cancelled() and future.exception() is None and future.result():
            self._app.post_message(DataChanged())

    def _waits(self) -> None:
        self._app.post_message(WaitingForAnother())
