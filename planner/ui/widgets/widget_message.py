"""The base of messages that a widget sends about itself."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.message import Message
from textual.widget import Widget

Sender = TypeVar("Sender", bound=Widget)


class WidgetMessage(Message, Generic[Sender]):
    """A message of a widget; `control` is the widget, so that a handler can be chosen by its id."""

    def __init__(self, control: Sender) -> None:
        super().__init__()
        self._control = control

    @property
    def control(self) -> Sender:
        """The widget that sent the message."""
        return self._control
