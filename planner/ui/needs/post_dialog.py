"""The dialog with the words of a public post about a need."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from planner.core.needs import Need
from planner.desk.reciprocity.drafts import Subject
from planner.errors import PlannerError
from planner.ui.asking.words_dialog import SendsWords
from planner.ui.shared.card import Line
from planner.ui.text import plain
from planner.ui.themes import Palette
from planner.unfinished import Unfinished

NOT_POSTED = "Nothing was posted yet: c copies it; T where it is posted already"


class PostDialog(SendsWords[str | None]):
    """Returns the posted words, None if nothing was posted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "posted", "Posted", show=False),
        Binding("T", "told", "Posted already", show=False),
        Binding("escape,q,ctrl+c", "leave", "Leave", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | enter | What was copied is posted; where is asked next. |
    | T | It is posted already, in other words. |
    | c, v | Copy the words, open them in the editor. |
    | escape, q | Leave; nothing was posted. |
    """

    def __init__(self, need: Need) -> None:
        super().__init__()
        self.need = need

    def on_mount(self) -> None:
        """Write the words."""
        self._write()

    def heading(self) -> str:
        return f"For everybody to read: {plain(self.need.title)}"

    def keys(self) -> str:
        first = "enter posted   c copy" if self.is_handed else "c copy"
        return f"{first}   v edit   T posted already   esc leaves"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        return self.message(width, colors)

    def kept_as(self, contact_id: int | None) -> Unfinished:
        return Unfinished(f"words in {type(self).__name__} {self.need.id}", (), self.about[0], self.heading())

    @work(exclusive=True, group="drafts")
    async def _write(self) -> None:
        subject = Subject(need=self.need.id)
        try:
            self.draft = await self.fetch(lambda desk: desk.drafts.draft("post", None, subject))
        except PlannerError as problem:
            self.tell(str(problem))
            return
        self.draw()

    def action_posted(self) -> None:
        """Return the words if they were copied; else say what to do."""
        if self.is_handed:
            self.dismiss(self.text)
        else:
            self.tell(NOT_POSTED)

    def action_told(self) -> None:
        """Return no words: it was posted in other words."""
        self.dismiss("")

    def action_leave(self) -> None:
        """Leave; nothing was posted."""
        self.dismiss(None)
