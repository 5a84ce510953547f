"""The widget of the line for a path."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class PathInput(Input):
    """A line for a path; tab asks its place to complete it, like a shell."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    class Complete(Message):
        """Tab was pressed."""

    def action_complete(self) -> None:
        """Send `Complete`."""
        self.post_message(self.Complete())
