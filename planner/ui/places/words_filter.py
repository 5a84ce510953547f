"""A place whose list can be narrowed to the rows with some words."""

from __future__ import annotations

from typing import ClassVar

from planner.core.words.folding import fold
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.widgets.prompt import Question


class WordsFilter(PlaceScreen):
    """Asks for the words and keeps them, folded, in `words`; a subclass shows only rows that contain all of them."""

    FILTER_HINT: ClassVar[str] = ""
    """The texts of a row in which the words are searched."""
    words: tuple[str, ...] = ()

    def show_filtered(self) -> None:
        """Show the rows that contain all of `words`."""

    def filtered(self) -> str:
        """How many rows are shown: "3 entries"."""
        return ""

    def filter_taken(self) -> None:
        """Called when enter was pressed in the filter."""

    def filter_by(self, text: str) -> None:
        """Show only rows that contain the words of a text, which is not folded yet; "" shows every row."""
        words = tuple(fold(text).split())
        if words != self.words:
            self.words = words
            self.show_filtered()

    async def filter_shown(self, text: str) -> None:
        """Show only rows that contain the words of a text, like `filter_by`; they are shown when this returns."""
        self.filter_by(text)

    def verb_filter(self) -> None:
        """Ask for the words, and show the matching rows while they are typed."""

        async def check(text: str) -> str:
            await self.filter_shown(text)
            return self.filtered()

        async def submit(text: str) -> None:
            await self.filter_shown(text)
            self.filter_taken()

        self.ask(Question("Show", self.FILTER_HINT, " ".join(self.words), check=check, may_be_empty=True), submit)
