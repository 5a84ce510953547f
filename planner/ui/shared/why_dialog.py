"""The dialog that explains why an item is due on its day, and its position in the list."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.core.dates.shown import exact_date
from planner.core.model import State
from planner.core.words.counts import days_word
from planner.core.words.wording import STATE_WORDS
from planner.desk.values import Why
from planner.ui.glyphs import glyphs
from planner.ui.shared.card import Line, Look, state_mark
from planner.ui.shared.lines_dialog import LinesDialog, paragraph
from planner.ui.text import plain, wrapped
from planner.ui.themes import Palette
from planner.ui.widgets.rows import clip, spread

NUMBER = 12
"""Cells of a number: the greatest urgency has seven digits before the point."""


class WhyDialog(LinesDialog[None]):
    """Shows the steps that led to the due day, then the parts of the urgency and their sum."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q,w,W", "close", "Close", show=False),
    ]

    def __init__(self, why: Why, today: date) -> None:
        super().__init__()
        self.why = why
        self.today = today

    def heading(self) -> str:
        return "Why it stands where it stands"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        why = self.why
        marks = glyphs(getattr(self.app, "ascii_marks", False))
        mark, style = state_mark(why.state, Look(colors, marks, self.today))
        state = [Segment(f"{mark} {self._state_words()}".strip(), style)]
        found: list[Line] = [spread([Segment(plain(why.name), colors.name)], state, width), []]
        for number, step in enumerate(why.steps, 1):
            for place, part in enumerate(wrapped(step, max(1, width - 4), 6)):
                head = f"{number:>2}  " if place == 0 else "    "
                found.append([Segment(head, colors.accent), Segment(part, colors.text)])
        if why.terms:
            found += [[], [Segment("urgency", colors.heading)], *self._terms(width, colors)]
        found += [[], *paragraph(self._kind_words(), width, colors, "dim")]
        return found

    def _state_words(self) -> str:
        """The state in words, with the days overdue or the day that belongs to it."""
        why, past = self.why, (self.today - self.why.due).days if self.why.due is not None else 0
        if why.state in (State.DUE, State.LATE):
            return f"{STATE_WORDS[why.state]}, {days_word(past)} past" if past > 0 else "due today"
        if why.state is State.SNOOZED and why.snoozed_until is not None:
            return f"snoozed to {exact_date(why.snoozed_until)}"
        if why.state in (State.SOON, State.FINE) and why.due is not None:
            return f"due {exact_date(why.due)}"
        return STATE_WORDS[why.state]

    def _terms(self, width: int, colors: Palette) -> list[Line]:
        room = max(1, width - NUMBER - 2)

        def line(words: str, number: str, style: str) -> Line:
            cells = clip([Segment(f"    {plain(words)}", colors.dim)], room)
            return [*cells, Segment("  "), Segment(f"{number:>{NUMBER}}", getattr(colors, style))]

        found = [line(term.name, f"{term.value:,.2f}", "text") for term in self.why.terms]
        return [*found, line("together", f"{self.why.urgency:,.2f}", "name")]

    def _kind_words(self) -> str:
        if self.why.state in (State.DUE, State.LATE):
            return "The number only orders the list. A short hello is enough, and a snooze gives you more time."
        if self.why.state is State.SNOOZED:
            return "It comes back by itself; nothing is lost meanwhile."
        if self.why.state is State.PAUSED:
            return "It rests. What you promised still shows."
        if self.why.state is State.NONE:
            return "Nobody has to be kept in touch with; give a rhythm when you want one."
        return "Nothing to do about it today."

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(None)
