"""The week in two lines: each day's items relative to its capacity, then how many items can wait."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from planner.core.model import Agenda, Day
from planner.core.rhythm.agenda import CROWDED
from planner.ui.glyphs import Glyphs, glyphs
from planner.ui.themes import Palette, palette
from planner.ui.widgets.rows import clip, level

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BAR = 5
EDGE = 3


class WeekStrip(Widget):
    """Seven days and "later". Today is highlighted; a click goes to a day."""

    DEFAULT_CSS = """
    WeekStrip { height: 2; }
    """

    class Pressed(Message):
        """A day was clicked; `index` counts from 0."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, ascii_marks: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.marks: Glyphs = glyphs(ascii_marks)
        self._agenda: Agenda | None = None

    def show(self, agenda: Agenda) -> None:
        """Show the days of a week."""
        if self._agenda is None or (agenda.days, agenda.crowded, agenda.waiting, agenda.today) != (
            self._agenda.days, self._agenda.crowded, self._agenda.waiting, self._agenda.today,
        ):  # fmt: skip
            self._agenda = agenda
            self.refresh()

    @property
    def _cell(self) -> int:
        """Cells of one day: an eighth of the line, or a seventh if "later" would get too little."""
        eighth = (self.size.width - EDGE) // 8
        return eighth if eighth >= 7 else max(4, (self.size.width - EDGE) // 7)

    def render_line(self, y: int) -> Strip:
        width, colors, agenda = self.size.width, palette(self.app), self._agenda
        if agenda is None or y > 1:
            return Strip.blank(width, self.rich_style)
        line: list[Segment] = [Segment(" " * EDGE)]
        for day in agenda.days:
            cell = self._day_name(day, agenda, colors) if y == 0 else self._day_load(day, agenda, colors)
            line += clip(cell, self._cell, "")
        line += self._later(y, agenda, colors)
        return Strip(Segment.apply_style(clip(line, width), self.rich_style), width)

    def _day_name(self, day: Day, agenda: Agenda, colors: Palette) -> list[Segment]:
        name = NAMES[day.on.weekday()]
        room = self._cell - 1
        forms = (f"{name} {day.on.day}", f"{name[:2]} {day.on.day}", f"{name[0]}{day.on.day}")
        label = next((form for form in forms if len(form) <= room), str(day.on.day))
        if day.on == agenda.today:
            return [Segment(label, colors.name)]
        return [Segment(label, colors.dim)]

    def _day_load(self, day: Day, agenda: Agenda, colors: Palette) -> list[Segment]:
        if day.on in agenda.crowded:
            return [Segment(self.marks.done, colors.done), Segment(f" {CROWDED}+", colors.dim)]
        if not day.load:
            return [Segment("·", colors.rule)]
        if day.on < agenda.today:
            return [Segment(self.marks.done, colors.done), Segment(f" {day.done}", colors.dim)]
        if day.load == day.dates:
            return [Segment(self.marks.date, colors.received), Segment(f" {day.load}", colors.text)]
        style: Style = colors.due if day.load - day.done > 0 and day.on == agenda.today else colors.accent
        number = f"{day.load}"
        if self._cell < BAR + 4:
            return [Segment(number, style)]
        full = level(day.load, day.capacity, BAR)
        return [
            Segment(self.marks.load_full * full, style),
            Segment(self.marks.load_empty * (BAR - full), colors.rule),
            Segment(f" {number}", colors.text),
        ]

    def _later(self, y: int, agenda: Agenda, colors: Palette) -> list[Segment]:
        room = self.size.width - EDGE - 7 * self._cell
        if room < 6:
            return []
        if y == 0:
            return [Segment("later", colors.dim)]
        words = f"{agenda.waiting} can wait" if agenda.waiting else ""
        return [Segment(words if len(words) <= room else str(agenda.waiting or ""), colors.dim)]

    def on_click(self, event: events.Click) -> None:
        """Send `Pressed` for the clicked day."""
        index = (event.x - EDGE) // self._cell
        if 0 <= index < 7:
            self.post_message(self.Pressed(index))
