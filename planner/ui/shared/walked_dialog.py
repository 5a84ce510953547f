"""A dialog of entries with a mark on one of them: up and down move it, and below are details of the marked entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.ui.shared.card import Line
from planner.ui.shared.lines_dialog import LinesDialog
from planner.ui.themes import Palette
from planner.ui.widgets.rows import clip

Result = TypeVar("Result")
MOST_SHOWN = 8
"""Entries shown around the marked one, so that the dialog fits a small terminal."""
NARROW = 50
"""Cells of a dialog in which only the marked entry fits."""


class WalkedDialog(LinesDialog[Result]):
    """A subclass says how many entries there are and how each is drawn, and binds the keys that answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Leave", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
    ]
    index = 0
    """The index of the marked entry."""

    @property
    def count(self) -> int:
        """How many entries there are."""
        raise NotImplementedError

    def entry(self, place: int, width: int, colors: Palette) -> Line:
        """The line of an entry, ideally `width` cells."""
        raise NotImplementedError

    def details(self, width: int, colors: Palette) -> Iterable[Segment]:
        """Details of the marked entry: a segment for each line of `width` cells."""
        return ()

    def lines(self, width: int, colors: Palette) -> list[Line]:
        shown = MOST_SHOWN if width >= NARROW else 1
        first = max(0, min(self.index - shown // 2, self.count - shown))
        drawn: list[Line] = []
        for place in range(first, min(self.count, first + shown)):
            here = place == self.index
            mark = Segment("▌ " if here else "  ", colors.accent)
            drawn.append(clip([mark, *self.entry(place, max(1, width - 2), colors)], width))
            if here:
                drawn += [[Segment("    "), part] for part in self.details(max(1, width - 4), colors)]
        return drawn

    def action_step(self, by: int) -> None:
        """Move the mark to the entry above or below."""
        self.index = (self.index + by) % self.count
        self.draw()
