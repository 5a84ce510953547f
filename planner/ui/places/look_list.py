"""The list shared by all places: drawn in the look of its screen, with headings of one form."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment

from planner.core.records import record
from planner.desk.values import Card
from planner.ui.shared.card import Line, Look
from planner.ui.text import plain
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import measure, spread


@record(frozen=True, slots=True)
class Heading:
    """A heading of a list: its title, and at the right a text about the group below it."""

    title: str
    told: str = ""
    late: bool = False
    """Whether `told` names something late: it is then drawn in the colour of late things."""


def heading_line(heading: Heading, width: int, look: Look) -> Line:
    """A heading in `width` cells. If the two parts do not fit, `told` is left out before the title is cut."""
    title = [Segment(f" {plain(heading.title)}", look.colors.heading)]
    told = [Segment(f"{plain(heading.told)} ", look.colors.late if heading.late else look.colors.dim)]
    fits = heading.told and measure(title) + measure(told) + 3 <= width
    return spread(title, told if fits else [], width)


class LookList(LineList):
    """A list of a place. The screen sets `look` before the first rows; a subclass draws rows in it."""

    look: Look | None = None
    card: Card | None = None
    """The card of the person under the cursor, if the second line of the row is drawn from it."""

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        if self.look is None:
            return []
        if isinstance(row.data, Heading):
            return heading_line(row.data, width, self.look)
        return self.draw_row(row, width, self.look)

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        return self.draw_summary(row, width, self.look) if self.look is not None else []

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        """The segments of a row other than a heading, ideally `width` cells."""
        return []

    def draw_summary(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        """The segments of the second line of the row under the cursor, ideally `width` cells."""
        return []
