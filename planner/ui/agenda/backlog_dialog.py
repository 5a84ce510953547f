"""Spreading the overdue rhythms over the coming weeks, after a dialog that shows how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.core.dates.civil import week_start
from planner.core.dates.shown import short_date, year_day
from planner.core.model import OpenItem
from planner.core.rhythm.agenda import backlog_is_large
from planner.core.words.counts import counted
from planner.core.words.wording import when_word
from planner.ui.glyphs import glyphs
from planner.ui.port import PlacePort
from planner.ui.shared.card import Line
from planner.ui.shared.lines_dialog import LinesDialog, paragraph
from planner.ui.text import pad
from planner.ui.themes import Palette
from planner.ui.widgets.rows import bar

PEOPLE = 10
WEEKS = 12
BAR = 30


class BacklogDialog(LinesDialog[bool]):
    """Shows how many people each week would get, and the first of them; returns True to spread them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Spread", show=False),
        Binding("escape,q,n", "answer(False)", "Leave", show=False),
    ]
    KEYS = "y or enter spreads them   esc or q leaves them   u takes it back"

    def __init__(self, preview: Sequence[tuple[OpenItem, date]], today: date, large: bool) -> None:
        """`preview` gives the new day of each overdue rhythm; `large` says that they exceed two weeks' capacity."""
        super().__init__()
        self.preview = tuple(preview)
        self.today = today
        self.large = large

    def heading(self) -> str:
        count = len(self.preview)
        return counted(count, "rhythm is due", "rhythms are due")

    def lines(self, width: int, colors: Palette) -> list[Line]:
        words = (
            "More than two weeks of room. Spread evenly over the coming weeks they are done a few at a time:"
            if self.large
            else "They fit into two weeks as they are. You can still spread them evenly:"
        )
        found = [*paragraph(words, width, colors), [], *self._weeks(width, colors), []]
        found += self._people(width, colors)
        return found

    def _weeks(self, width: int, colors: Palette) -> list[Line]:
        marks = glyphs(getattr(self.app, "ascii_marks", False))
        first = week_start(self.today)
        counts = Counter((week_start(day) - first).days // 7 for _, day in self.preview)
        most = max(counts.values(), default=0)
        last = max(counts, default=0)
        room = max(1, min(BAR, width - 22))
        found: list[Line] = []
        for number in range(min(last + 1, WEEKS)):
            start = first + timedelta(weeks=number)
            from_day = f"from {year_day(start.month, start.day, short=True)}"
            label = {0: "this week", 1: "next week"}.get(number, from_day)
            cells = bar(counts[number], most, room, (marks.load_full, marks.load_empty), (colors.accent, colors.rule))
            found.append([Segment(pad(label, 13), colors.dim), *cells, Segment(f"  {counts[number]:>5}", colors.text)])
        if last >= WEEKS:
            later = sum(count for number, count in counts.items() if number >= WEEKS)
            found.append(
                [Segment(pad("later", 13), colors.dim), Segment(" " * room), Segment(f"  {later:>5}", colors.text)]
            )
        return found

    def _people(self, width: int, colors: Palette) -> list[Line]:
        marks = glyphs(getattr(self.app, "ascii_marks", False))
        room = max(1, width - 26)
        found: list[Line] = []
        for item, day in self.preview[:PEOPLE]:
            found.append(
                [
                    Segment(pad(item.contact_name, room), colors.name),
                    Segment(pad(when_word(item, self.today), 12, "right"), colors.due),
                    Segment(pad(f"{marks.forward} {short_date(day, self.today)}", 14, "right"), colors.accent),
                ]
            )
        if len(self.preview) > PEOPLE:
            found.append([Segment(f"and {len(self.preview) - PEOPLE} more", colors.dim)])
        return found

    def action_answer(self, spread: bool) -> None:
        """Close the dialog with an answer."""
        self.dismiss(spread)


async def spread_backlog(place: PlacePort) -> None:
    """Show how the backlog would be spread, and spread it if the answer is yes; says so if there is none."""
    preview = await place.fetch(lambda desk: desk.triage.backlog())
    if not preview:
        place.say("Nothing is overdue: there is no backlog to spread", tone="due")
        return
    large = backlog_is_large(len(preview), place.planner.config.settings)
    if await place.answer_of(BacklogDialog(preview, place.planner.today, large)):
        await place.do(lambda desk: desk.triage.spread_backlog())
