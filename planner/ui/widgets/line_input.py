"""A line to type in that keeps every pasted line."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from planner.terminal.compositor import NarrowFrames

ENDS = (".", ",", ";", ":", "!", "?", "…", "-", "–")
"""Endings of a line after which the next one needs no comma before it."""
LONGEST_LINE = 16_384
"""Characters of a line after a paste: its reading is computed again at each key."""


class LineInput(Input):
    """An input of one line. Pasted lines are joined into it and shown; none is dropped.

    A paste that would make the line longer than `LONGEST_LINE` is refused as a whole, and the app says so.
    """

    # How much of the line can be scrolled to. In Textual every widget is laid out anew where that changes, which took
    # longer than all else a letter brought; the size of an input depends on its text only where its width is auto.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    class PasteRefused(Message):
        """More characters were pasted than a line takes."""

        def __init__(self, length: int) -> None:
            super().__init__()
            self.words = f"Too long for one line: {length:,} characters, {LONGEST_LINE:,} fit; paste a part of it"

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace the text between two places, as every key that writes or deletes does, and draw the line at once.

        What follows from the text, such as a search, takes longer.
        """
        super().replace(text, start, end)
        if self.has_focus and isinstance(screen := self.screen, NarrowFrames):
            screen.draw_at_once()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if len(event.text) + len(self.value) > LONGEST_LINE:
            self.post_message(self.PasteRefused(len(event.text)))
            return
        text = in_one_line(event.text)
        if text and self.selection.is_empty:
            self.insert_text_at_cursor(text)
        elif text:
            self.replace(text, *self.selection)


def in_one_line(text: str) -> str:
    """The lines of a text joined into one, with commas where no other mark separates them; blank ones are left out.

    A single line stays as it is, with the blanks around it.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return lines[0] if lines else ""
    joined = lines[0].strip()
    for line in lines[1:]:
        joined += f"{' ' if joined.endswith(ENDS) else ', '}{line.strip()}"
    return joined
