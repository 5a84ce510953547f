"""The dialog with the words that introduce two people to each other, to copy into a mail."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.ui.shared.card import Line
from planner.ui.shared.lines_dialog import LinesDialog, paragraph
from planner.ui.text import plain
from planner.ui.themes import Palette


class IntroductionDialog(LinesDialog[bool]):
    """Shows the words to send to both; returns whether they were introduced, never True before both agreed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy", show=False),
        Binding("d,enter", "made", "Introduced", show=False),
        Binding("escape,q,ctrl+c", "leave", "Not yet", show=False),
    ]

    def __init__(self, names: str, words: str, *, agreed: bool) -> None:
        """`names` is "Ana and Ben", `words` the text to send, `agreed` whether both said yes."""
        super().__init__()
        self.agreed = agreed
        self.names = names
        self.words = words
        self.copied = False

    def heading(self) -> str:
        return f"Introduce {plain(self.names)}"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        found: list[Line] = []
        for text in self.words.splitlines():
            found += paragraph(text, width, colors)
        return found

    def keys(self) -> str:
        copy = "sent to the clipboard" if self.copied else "c copies it"
        leave = "d or enter: they are introduced   esc or q: not yet" if self.agreed else "esc or q leaves"
        return f"{copy}   {leave}"

    def action_copy(self) -> None:
        """Copy the words through the terminal, which works over SSH too if the terminal allows it."""
        self.app.copy_to_clipboard(self.words)
        self.copied = True
        self.draw()

    def action_made(self) -> None:
        """Say that they were introduced; before both agreed, only close the dialog."""
        self.dismiss(self.agreed)

    def action_leave(self) -> None:
        """Close the dialog: they are not introduced yet."""
        self.dismiss(False)
