"""The dialog with words to send to one person."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.desk.reciprocity.drafts import Letter
from planner.ui.asking.words_dialog import NOT_SENT, SendsWords
from planner.ui.shared.card import Line
from planner.ui.text import plain
from planner.ui.themes import Palette
from planner.unfinished import Unfinished


class LetterDialog(SendsWords[bool]):
    """Returns True when the words were sent or said, and that settles their matter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sent", "Sent", show=False),
        Binding("d", "done", "Done", show=False),
        Binding("escape,q,ctrl+c", "leave", "Leave", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | enter | The words were sent, if they were copied or mailed. The matter is settled, where words settle it. |
    | d | The words were said in another way. |
    | c, m, v | Copy the message, copy a link that starts the mail, open the message in the editor. |
    | escape, q | Leave. The matter stays open. |
    """

    def __init__(self, letter: Letter, *, settles: bool) -> None:
        super().__init__()
        self.draft = letter
        self.settles = settles

    def on_mount(self) -> None:
        """Restore words that were edited in an ended session."""
        if self.contact_id is not None:
            self.take_up_words([self.contact_id])

    def kept_as(self, contact_id: int | None) -> Unfinished:
        letter = self.draft
        purpose, name = (letter.purpose, letter.name) if letter is not None else ("", "")
        contacts = (contact_id,) if contact_id is not None else ()
        return Unfinished(f"words in {type(self).__name__} {purpose}", contacts, "", f"Message to {name}")

    def heading(self) -> str:
        return f"To {plain(self.draft.name)}" if self.draft is not None else ""

    def lines(self, width: int, colors: Palette) -> list[Line]:
        return [self.way(colors), [], *self.message(width, colors)]

    def keys(self) -> str:
        sent = ("enter sent   " if self.is_handed else "") + ("d said already   " if self.settles else "")
        return f"{sent}c copy   m mail   v edit   esc or q leaves"

    def action_sent(self) -> None:
        """Close the dialog, if the message was copied or mailed; else say what to do."""
        if self.is_handed:
            self.dismiss(self.settles)
        else:
            self.tell(f"{NOT_SENT}; d where it is said already" if self.settles else NOT_SENT)

    def action_done(self) -> None:
        """Close the dialog: the words were said in another way, which settles the matter."""
        if self.settles:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Close the dialog. The matter stays open."""
        self.dismiss(False)
