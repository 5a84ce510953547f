"""The dialog about changes from a calendar: shown first, applied by one key; deleted entries raise a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.core.book.calendar import GoneAnswer
from planner.core.dates.shown import short_date
from planner.core.records import record
from planner.core.words.counts import counted
from planner.desk.calendar_back import CameBack
from planner.ui.glyphs import glyphs
from planner.ui.shared.card import Line
from planner.ui.shared.walked_dialog import WalkedDialog
from planner.ui.text import plain, wrapped
from planner.ui.themes import Palette
from planner.ui.widgets.rows import clip

if TYPE_CHECKING:
    from planner.ui.port import PlacePort

ANSWERS = {"x": GoneAnswer.SKIP, "D": GoneAnswer.DROP, "b": GoneAnswer.BACK}
DOES = "x: leave out this round; D: end it here, too; b: write the entry again"


@record(frozen=True, slots=True)
class Taken:
    """Applies all changes; `item` is one whose entry was deleted, with what happens to it."""

    item: str = ""
    answer: GoneAnswer | None = None


class CalendarDialog(WalkedDialog[Taken]):
    """Returns what to apply; None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take it", show=False),
        *(Binding(key, f"answer('{key}')", "Answer", show=False) for key in ANSWERS),
    ]

    def __init__(self, came: CameBack, index: int = 0) -> None:
        super().__init__()
        self.came = came
        self.index = max(0, min(index, self.count - 1))

    @property
    def count(self) -> int:
        return len(self.came.lines) + len(self.came.gone)

    @property
    def _is_gone(self) -> bool:
        """Whether the marked entry was deleted."""
        return self.index >= len(self.came.lines)

    def heading(self) -> str:
        return f"From the calendar: {counted(self.count, 'change')}"

    def keys(self) -> str:
        keys = ["enter takes them"] if self.came.lines else []
        keys += ["x leaves out", "D ends it", "b puts it back"] if self._is_gone else []
        return "   ".join([*keys, "esc leaves"])

    def entry(self, place: int, width: int, colors: Palette) -> Line:
        marks = glyphs(getattr(self.app, "ascii_marks", False))
        if place < len(self.came.lines):
            words = plain(self.came.lines[place])
            return clip([Segment(f"{marks.done} ", colors.done), Segment(words, colors.text)], width, marks.ellipsis)
        one = self.came.gone[place - len(self.came.lines)]
        today = self.app.today  # type: ignore[attr-defined]
        said = " · ".join(part for part in ("deleted", one.text, short_date(one.day, today)) if part)
        name = [Segment("? ", colors.due), Segment(f"{plain(one.name)}  ", colors.name)]
        return clip([*name, Segment(plain(said), colors.due)], width, marks.ellipsis)

    def details(self, width: int, colors: Palette) -> list[Segment]:
        if self._is_gone:
            return [Segment(part, colors.dim) for part in wrapped(DOES, width, 3)]
        words = plain(self.came.lines[self.index])
        # The text that does not fit in the line above.
        return [Segment(part, colors.dim) for part in wrapped(words, width, 3)] if cell_len(words) > width else []

    def action_take(self) -> None:
        """Apply all changes."""
        if self.came.lines:
            self.dismiss(Taken())

    def action_answer(self, key: str) -> None:
        """Say what happens to the item of a deleted entry; the other changes are applied with it."""
        if self._is_gone:
            self.dismiss(Taken(self.came.gone[self.index - len(self.came.lines)].item, ANSWERS[key]))


async def show_calendar(place: PlacePort, came: CameBack) -> None:
    """Show the changes, and apply them as one step, until none are left or the dialog is left."""
    files = place.planner.outside.books
    index = 0
    while came.lines or came.gone:
        dialog = CalendarDialog(came, index)
        taken = await place.answer_of(dialog)
        if taken is None:
            return
        index = dialog.index
        done = await files.calendar({taken.item: taken.answer} if taken.answer is not None else None)
        place.planner.data_changed()
        if done is not None and done.done is not None:
            place.say(done.done.said, undo=True)
        again = await files.calendar(dry_run=True)
        if again is None or (again.lines, again.gone) == (came.lines, came.gone):
            return
        came = again
    for trouble in came.troubles:
        place.say(trouble, tone="due")
