"""The dialog with a brief: one person on one screen before a meeting."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.core.brief import Brief
from planner.ui.shared.card import Line
from planner.ui.shared.lines_dialog import LinesDialog
from planner.ui.text import plain, wrapped
from planner.ui.themes import Palette

LABEL = 11
NARROW = 50
"""Cells of a dialog below which a text may take more lines."""


class BriefDialog(LinesDialog[None]):
    """Shows a brief. The key that opens it, b, also closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q,b", "close", "Close", show=False),
    ]

    def __init__(self, brief: Brief) -> None:
        super().__init__()
        self.brief = brief

    def heading(self) -> str:
        return plain(self.brief.name)

    def lines(self, width: int, colors: Palette) -> list[Line]:
        found: list[Line] = []
        for label, words in self.brief.lines:
            for place, part in enumerate(wrapped(words, max(1, width - LABEL), 2 if width >= NARROW else 4)):
                head = label if place == 0 else ""
                found.append([Segment(f"{head:<{LABEL}}", colors.dim), Segment(part, colors.text)])
        return found

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(None)
