"""Two sessions changed one field: both texts, and one key for each."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.errors import Conflict
from planner.ui.card import Line
from planner.ui.dialogs.lines_dialog import LinesDialog, paragraph
from planner.ui.themes import Palette

LONGEST = 8
"""Lines that are shown of either text."""


class ConflictDialog(LinesDialog[dict[str, str] | None]):
    """Asks field by field which text stays; gives field and text, None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "keep('theirs')", "Keep theirs", show=False),
        Binding("m", "keep('mine')", "Keep mine", show=False),
        Binding("b", "keep('both')", "Keep both", show=False),
        Binding("escape,q", "leave", "Leave", show=False),
    ]

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict
        self.fields = list(conflict.fields.items())
        self.chosen: dict[str, str] = {}

    @property
    def _place(self) -> int:
        return min(len(self.chosen), max(0, len(self.fields) - 1))

    def heading(self) -> str:
        return self.conflict.title

    def keys(self) -> str:
        both = "   b both, one after the other" if self._joinable else ""
        return f"t keeps theirs   m keeps mine{both}   esc or q decides later"

    @property
    def _joinable(self) -> bool:
        """Only notes are texts that make sense one after the other."""
        return bool(self.fields) and self.fields[self._place][0] == "notes"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        found = paragraph(f"{self.conflict.message}.", width, colors, "dim")
        if not self.fields:
            return found
        name, (theirs, mine) = self.fields[self._place]
        count = f"  {self._place + 1} of {len(self.fields)}" if len(self.fields) > 1 else ""
        found += [[], [Segment(name.replace("_", " "), colors.heading), Segment(count, colors.dim)]]
        for key, label, text in (("t", "theirs", theirs), ("m", "mine", mine)):
            parts = paragraph(text or "(empty)", max(1, width - 10), colors, "text" if text else "dim", LONGEST)
            for place, part in enumerate(parts):
                head = [Segment(f" {key} ", colors.key), Segment(f"{label:<7}", colors.dim)]
                found.append([*(head if place == 0 else [Segment(" " * 10)]), *part])
        return found

    def action_keep(self, which: str) -> None:
        """Take one of the texts, then ask about the next field."""
        if not self.fields:
            self.dismiss({})
            return
        name, (theirs, mine) = self.fields[self._place]
        if which == "both" and not self._joinable:
            return
        self.chosen[name] = {"theirs": theirs, "mine": mine, "both": f"{theirs}\n{mine}"}[which]
        if len(self.chosen) == len(self.fields):
            self.dismiss(self.chosen)
        else:
            self.draw()

    def action_leave(self) -> None:
        """Decide nothing."""
        self.dismiss(None)
