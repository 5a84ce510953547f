"""What parts of the screen tell each other."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class DataChanged(Message, bubble=False):
    """Facts changed, here or in another session: what is shown should be read anew.

    It does not bubble: the app answers it by telling every place.
    """

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, DataChanged)


@dataclass
class DayChanged(Message, bubble=False):
    """A new civil day began while the planner was open."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, DayChanged)


@dataclass
class WaitingForAnother(Message):
    """Another session holds the database: what was asked for comes once it lets go."""
