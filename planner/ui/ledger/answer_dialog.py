"""The dialog with a kind answer to send, after a request was answered with something better than no."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from planner.desk.reciprocity.drafts import Letter
from planner.ui.asking.words_dialog import SendsWords
from planner.ui.shared.card import Line
from planner.ui.text import plain
from planner.ui.themes import Palette
from planner.unfinished import Unfinished


class AnswerDialog(SendsWords[None]):
    """Shows the answer; its content is stored already."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,q,ctrl+c", "leave", "Leave", show=False)]

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self.draft = letter

    def heading(self) -> str:
        return f"A kind answer to {plain(self.draft.name)}" if self.draft is not None else ""

    def keys(self) -> str:
        return "c copy   m mail   v edit   enter closes"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        return [self.way(colors), [], *self.message(width, colors)]

    def kept_as(self, contact_id: int | None) -> Unfinished:
        contacts = (contact_id,) if contact_id is not None else ()
        return Unfinished(f"words in {type(self).__name__}", contacts, self.about[0], self.heading())

    def on_key(self, event: events.Key) -> None:
        """Take the answer back with the undo key, which is named below while the dialog is open."""
        if event.key in self.planner.keys["app.undo"]:
            event.stop()
            self.dismiss(None)
            self.planner.undo_at_once()

    def action_leave(self) -> None:
        """Close the dialog."""
        self.dismiss(None)
