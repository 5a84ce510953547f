"""The messages that the app and the places send each other."""

from __future__ import annotations

from textual.message import Message


class DataChanged(Message, bubble=False):
    """Facts changed, here or in another session, so a place must read again.

    The message does not bubble: the app gets it first, and sends it to every place.
    """

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, DataChanged)


class DayChanged(Message, bubble=False):
    """A new civil day began while the planner was open."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, DayChanged)


class WaitingForAnother(Message):
    """Another session holds the lock of the database, and a call of the desk waits for it."""


class Progressed(Message, bubble=False):
    """`done` of about `total` records are read or stored; sent from the working thread."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done, self.total = done, total

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Progressed)
