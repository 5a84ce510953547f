"""The dialog about a problem of the database, and what to do about it."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.errors import Damaged, PlannerError
from planner.ui.shared.card import Line
from planner.ui.shared.lines_dialog import LinesDialog, paragraph
from planner.ui.themes import Palette


class ProblemDialog(LinesDialog[None]):
    """Shows the message of a problem, its advice, and for a damaged database the newest good backup."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q", "close", "Close", show=False),
    ]

    def __init__(self, problem: PlannerError) -> None:
        super().__init__()
        self.problem = problem

    def heading(self) -> str:
        return self.problem.title

    def lines(self, width: int, colors: Palette) -> list[Line]:
        found = paragraph(f"{self.problem.message.rstrip('.')}.", width, colors)
        if self.problem.advice:
            found += [[], *paragraph(f"{self.problem.advice.rstrip('.')}.", width, colors, "name")]
        backup = self.problem.backup if isinstance(self.problem, Damaged) else ""
        if backup and backup not in self.problem.advice:
            found += [[], [Segment("The newest good backup:", colors.dim)]]
            found += [[Segment("  "), *line] for line in paragraph(backup, max(1, width - 2), colors, "accent")]
        return found

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(None)
