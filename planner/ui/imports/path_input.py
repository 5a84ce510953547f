"""A line for a path, which tab completes as a shell does."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class PathInput(Input):
    """The path; tab completes it as a shell does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    class Complete(Message):
        """Tab was pressed."""

    def action_complete(self) -> None:
        """Complete what is typed."""
        self.post_message(self.Complete())
