"""Notices while the planner is open that another session wrote or waits, and that a new day began."""

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
    """What a watch needs from the app."""

    gateway: Gateway
    clock: Callable[[], date]
    today: date

    def post_message(self, message: Message) -> bool:
        """Send a message, from any thread."""

    def day_changed(self, day: date) -> None:
        """Called when a new day began."""


def _look(desk: Desk) -> bool:
    # Started after the first screen; then it costs nothing.
    desk.keeping.look_at_content()
    return desk.keeping.changed()


class Watch:
    """Checks the clock and the database."""

    def __init__(self, app: Watched) -> None:
        self._app = app
        app.gateway.on_wait = self._waits

    def look(self) -> None:
        """Check the day, and on the database thread whether another session wrote."""
        day = self._app.clock()
        if day != self._app.today:
            self._app.day_changed(day)
        self._app.gateway.submit(_look).add_done_callback(self._looked)

    # On the database thread, which may only send a message.

    def _looked(self, future: Future[bool]) -> None:
        if not future.cancelled() and future.exception() is None and future.result():
            self._app.post_message(DataChanged())

    def _waits(self) -> None:
        self._app.post_message(WaitingForAnother())
