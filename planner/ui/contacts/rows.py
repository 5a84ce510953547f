"""The lines of the contacts list: columns that line up, and the searched words marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from planner.core.dates.typed import age_words, short_date
from planner.core.model import ContactRow, State
from planner.core.search.highlight import highlight
from planner.core.search.query import Operator, Query
from planner.desk.values import Card
from planner.ui.shared.card import Look, state_mark, summary
from planner.ui.text import pad
from planner.ui.widgets.line_list import GUTTER, LineList, Row
from planner.ui.widgets.rows import Column, clip, fit

COLUMNS = (
    Column(1),
    Column(17, share=5, most=32),
    Column(10, share=4, most=28, rank=2),
    Column(8, share=2, most=22, rank=4),
    Column(7, share=1, most=14, rank=3),
    Column(5, align="right", rank=1),
    Column(8, align="right"),
    Column(5, align="right", rank=1),
)
NARROW_COLUMNS = (
    Column(1), Column(10, share=1), Column(0), Column(0), Column(0), Column(0), Column(9, align="right"), Column(0),
)  # fmt: skip
NARROW = 52
HEADINGS = ("", "name", "company", "circles", "rhythm", "last", "due", "loops")
SORT_OF = {"name": "name", "company": "company", "last": "last", "due": "due", "loops": "loops"}
"""Headings by the order they stand for."""
SHORT_RHYTHMS = {"every day": "daily", "every week": "weekly", "every month": "monthly", "every year": "yearly"}
UNITS = ("days", "weeks", "months", "years")
SEARCHED = {"name": "name", "company": "company", "circle": "circles"}
"""Filters whose words stand in a column."""


def widths_of(width: int) -> tuple[Sequence[Column], tuple[int, ...], int]:
    """The columns, their widths, and the gap between them, for a line of `width` cells."""
    columns = COLUMNS if width >= NARROW else NARROW_COLUMNS
    gap = 2 if width >= NARROW else 1
    return columns, fit(columns, width, gap), gap


def searched_words(query: Query) -> dict[str, tuple[str, ...]]:
    """The folded words to mark, by column heading; under "" those marked everywhere."""
    found: dict[str, tuple[str, ...]] = {"": query.words}
    for condition in query.conditions:
        if condition.field in SEARCHED and not condition.negated and condition.operator is not Operator.WITHIN:
            found[SEARCHED[condition.field]] = condition.values
    return found


def rows_of(contacts: Iterable[ContactRow]) -> list[Row]:
    """The contacts as rows of a list, by id."""
    return [Row(str(one.id), "item", one) for one in contacts]


def due_cell(row: ContactRow, today: date) -> str:
    """ "3d past", "today", "Fri", "12 Dec"; what hides it where it is hidden."""
    if row.state in (State.SNOOZED, State.PAUSED):
        return str(row.state)
    if row.due is None:
        return ""
    past = (today - row.due).days
    return f"{age_words(past)} past" if past > 0 else short_date(row.due, today)


def rhythm_cell(words: str) -> str:
    """A rhythm in the fewest cells: "4–6w", "monthly"; the card has all of it."""
    found = SHORT_RHYTHMS.get(words)
    if found is not None:
        return found
    short = words.removeprefix("every ").removesuffix(" on working days")
    count, _, unit = short.partition(" ")
    return f"{count}{unit[:1]}" if count[:1].isdigit() and unit in UNITS else words


def last_cell(row: ContactRow, today: date) -> str:
    """How long ago the last contact was: "today", "3d", "5w"."""
    if row.last_contact is None:
        return ""
    days = (today - row.last_contact).days
    return "today" if days <= 0 else age_words(days)


class ContactList(LineList):
    """The list of contacts; look, searched words and the card of the one under the cursor come from its screen."""

    look: Look | None = None
    words: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    card: Card | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, one = self.look, row.data
        if look is None or not isinstance(one, ContactRow):
            return []
        colors = look.colors
        mark, mark_style = state_mark(one.state, look)
        due_style = {State.DUE: colors.due, State.LATE: colors.late}.get(one.state, colors.dim)
        cells = (
            (mark, mark_style),
            (one.name, colors.name),
            (one.company, colors.text),
            (", ".join(one.circles), colors.dim),
            (rhythm_cell(one.rhythm), colors.dim),
            (last_cell(one, look.today), colors.dim),
            (due_cell(one, look.today), due_style),
            (str(one.loops) if one.loops else "", colors.text),
        )
        columns, widths, gap = widths_of(width)
        line: list[Segment] = []
        for (text, style), column, cells_wide, heading in zip(cells, columns, widths, HEADINGS, strict=True):
            if not cells_wide:
                continue
            if line:
                # The mark and the name belong together.
                line.append(Segment(" " * (1 if len(line) == 1 else gap)))
            line += self._marked_words(pad(text, cells_wide, column.align), style, heading, look)
        return line

    def _marked_words(self, text: str, style: Style, heading: str, look: Look) -> Iterable[Segment]:
        searchable = heading in ("name", "company", "circles")
        words = (*self.words.get("", ()), *self.words.get(heading, ())) if searchable else ()
        place = 0
        for start, end in highlight(words, text):
            yield Segment(text[place:start], style)
            yield Segment(text[start:end], style + look.colors.accent + Style(underline=True))
            place = end
        yield Segment(text[place:], style)

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        look, card, one = self.look, self.card, row.data
        if look is None or card is None or not isinstance(one, ContactRow) or card.contact.id != one.id:
            return []
        circles = ", ".join(card.contact.circles)
        words = " · ".join(part for part in (summary(card, look.today), circles) if part)
        return [Segment("  " + words, look.colors.dim)]


class ContactHead(Widget):
    """The names of the columns over the list, and how it is sorted."""

    look: Look | None = None
    sort = "name"

    class Pressed(Message):
        """The name of a column was clicked."""

        def __init__(self, sort: str) -> None:
            super().__init__()
            self.sort = sort

    def show(self, look: Look, sort: str) -> None:
        """Show the order that is on."""
        self.look, self.sort = look, sort
        self.refresh()

    def render_line(self, y: int) -> Strip:
        look, width = self.look, self.size.width
        if look is None or width <= 0:
            return Strip.blank(max(width, 0), self.rich_style)
        columns, widths, gap = widths_of(width - GUTTER)
        line = [Segment(" " * GUTTER)]
        for heading, column, cells_wide in zip(HEADINGS, columns, widths, strict=True):
            if not cells_wide:
                continue
            if len(line) > 1:
                line.append(Segment(" " * (1 if len(line) == 2 else gap)))
            sorted_by = SORT_OF.get(heading) == self.sort.removeprefix("-")
            plain_marks = look.glyphs.bar == "|"
            arrow = ("v" if plain_marks else "↓") if self.sort.startswith("-") else ("^" if plain_marks else "↑")
            style = look.colors.accent if sorted_by else look.colors.dim
            shown = f"{heading} {arrow}" if sorted_by else heading
            line.append(Segment(pad(shown, cells_wide, column.align), style))
        return Strip(Segment.apply_style(clip(line, width, ""), self.rich_style), width)

    def on_click(self, event: object) -> None:
        """Sort by the column whose name was clicked."""
        x = getattr(event, "x", 0) - GUTTER
        _, widths, gap = widths_of(self.size.width - GUTTER)
        place = 0
        for heading, cells_wide in zip(HEADINGS, widths, strict=True):
            if not cells_wide:
                continue
            if place <= x < place + cells_wide and heading in SORT_OF:
                self.post_message(self.Pressed(SORT_OF[heading]))
                return
            place += cells_wide + (1 if place == 0 else gap)
