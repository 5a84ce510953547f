"""The dialog for the lines in the inbox: one key captures a line in other words, another discards it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.core.dates.shown import exact_date
from planner.core.inbox import WaitingLine
from planner.core.records import record
from planner.ui.shared.capture_line import capture_question, capture_submit
from planner.ui.shared.card import Line
from planner.ui.shared.walked_dialog import WalkedDialog
from planner.ui.text import plain, wrapped
from planner.ui.themes import Palette

if TYPE_CHECKING:
    from planner.desk import Desk, Done
    from planner.ui.port import PlacePort


@record(frozen=True, slots=True)
class Chosen:
    """The chosen line of the inbox; `thrown_away` is False if it is to be captured."""

    line: WaitingLine
    thrown_away: bool = False


class InboxDialog(WalkedDialog[Chosen]):
    """Returns the chosen line and what to do with it; None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose(False)", "Capture it", show=False),
        Binding("x", "choose(True)", "Throw it away", show=False),
    ]
    KEYS = "enter captures it   x throws it away   up down   esc leaves them"

    def __init__(self, lines: list[WaitingLine], index: int = 0) -> None:
        super().__init__()
        self.waiting = lines
        self.index = min(index, len(lines) - 1)

    def heading(self) -> str:
        return f"Lines to read: {self.index + 1} of {len(self.waiting)}"

    @property
    def count(self) -> int:
        return len(self.waiting)

    def entry(self, place: int, width: int, colors: Palette) -> Line:
        one = self.waiting[place]
        return [Segment(f"{exact_date(one.on)}  ", colors.dim), Segment(plain(one.text), colors.text)]

    def details(self, width: int, colors: Palette) -> list[Segment]:
        one = self.waiting[self.index]
        parts = wrapped(one.text, width, 4) if len(one.text) > width - 16 else []
        parts = [*parts, *(wrapped(one.problem, width, 3) if one.problem else ())]
        return [Segment(part, colors.due) for part in parts]

    def action_choose(self, thrown_away: bool) -> None:
        """Close the dialog with the marked line."""
        self.dismiss(Chosen(self.waiting[self.index], thrown_away))


async def read_lines(place: PlacePort) -> None:
    """Show the lines of the inbox: delete each discarded line; open the capture line with a chosen one."""
    index = 0
    while True:
        waiting = await place.fetch(lambda desk: desk.inbox.waiting())
        if not waiting:
            return
        dialog = InboxDialog(waiting, index)
        chosen = await place.answer_of(dialog)
        if chosen is None:
            return
        index, line = dialog.index, chosen.line
        if not chosen.thrown_away:
            _capture(place, line)
            return
        await place.do(partial(_drop, line.id))


def _capture(place: PlacePort, line: WaitingLine) -> None:
    def take(desk: Desk, text: str) -> Done:
        return desk.inbox.settle(line.id, text, add=True)

    place.ask(capture_question(place, line.text, line.on), capture_submit(place, line.on, take))


def _drop(line_id: int, desk: Desk) -> Done:
    return desk.inbox.drop([line_id])
