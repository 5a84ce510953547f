"""The lines of the contacts list: aligned columns, with the searched words highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from planner.core.dates.shown import age_words, short_date
from planner.core.model import FOREVER, ContactRow, State
from planner.core.search.conditions import Operator, Query
from planner.core.search.highlight import highlight
from planner.core.words.wording import back_words
from planner.ui.places.look_list import LookList
from planner.ui.shared.card import Look, state_mark, summary
from planner.ui.text import pad
from planner.ui.text import width as cells_of
from planner.ui.widgets.line_list import GUTTER, Row
from planner.ui.widgets.rows import Column, clip, lay, spans

COLUMNS = (
    Column(1),
    Column(17, most=60, gap=1, first=True),
    Column(13, share=4, most=48, rank=2),
    Column(8, share=2, most=48, rank=4),
    Column(6, share=1, most=24, rank=3),
    Column(4, align="right", rank=1),
    Column(8, align="right", whole=True),
    Column(5, align="right", rank=1),
)
NARROW_COLUMNS = (
    Column(1), Column(10, share=1, gap=1), Column(0), Column(0), Column(0), Column(0),
    Column(8, align="right", whole=True),
    Column(0),
)  # fmt: skip
NARROW = 52
HEADINGS = ("", "name", "company", "circles", "rhythm", "last", "due", "loops")
SORT_OF = {"name": "name", "company": "company", "last": "last", "due": "due", "loops": "loops"}
"""The heading of a column, by the name of its sort order."""
SHORT_RHYTHMS = {"every day": "daily", "every week": "weekly", "every month": "monthly", "every year": "yearly"}
HIDDEN = (State.SNOOZED, State.PAUSED, State.PLANNED)
DUE, CIRCLES = HEADINGS.index("due"), HEADINGS.index("circles")
UNITS = ("days", "weeks", "months", "years")
SEARCHED = {"name": "name", "company": "company", "circle": "circles"}
"""The heading of the column with the words of a condition, by the name of the condition."""


def searched_words(query: Query) -> dict[str, tuple[str, ...]]:
    """The folded words to highlight, by column heading; under "" the words for every column."""
    found: dict[str, tuple[str, ...]] = {"": query.words}
    for condition in query.conditions:
        if condition.field in SEARCHED and not condition.negated and condition.operator is not Operator.WITHIN:
            found[SEARCHED[condition.field]] = condition.values
    return found


def rows_of(contacts: Iterable[ContactRow]) -> list[Row]:
    """The contacts as rows whose keys are their ids."""
    return [Row(str(one.id), "item", one) for one in contacts]


def due_cell(row: ContactRow, today: date, *, short: bool = False) -> str:
    """When a contact is due: "3d past", "today", "Fri", "12 Dec"; for a hidden one the reason and the day of coming
    back.

    With `short`, only the day: "3 Jan" for "paused until 3 Jan", since the mark of the line says the rest.
    """
    if row.state in HIDDEN:
        if row.back is None or (short and row.back == FOREVER):
            return str(row.state)
        return short_date(row.back, today) if short else back_words(row.state, row.back, today)
    if row.due is None:
        return ""
    past = (today - row.due).days
    return f"{age_words(past)} past" if past > 0 else short_date(row.due, today)


def rhythm_cell(words: str) -> str:
    """A rhythm in the fewest cells: "4–6w", "monthly"; the card shows it in full."""
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


class ContactList(LookList):
    """The list of contacts. Its screen sets `look` and the words to highlight."""

    words: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    _hidden_cells = 0
    """The cells of the longest words for a hidden contact, among all rows since `measure_anew`."""
    _in_circles = False
    """Whether one of those rows names a circle."""
    HEADINGS = tuple(
        f"{heading} ↑" if heading in SORT_OF and column.align == "left" else heading
        for heading, column in zip(HEADINGS, COLUMNS, strict=True)
    )

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look, one = self.look, row.data
        if look is None or not isinstance(one, ContactRow):
            return ()
        colors = look.colors
        due_style = {State.DUE: colors.due, State.LATE: colors.late}.get(one.state, colors.dim)
        return (
            state_mark(one.state, look),
            (one.name, colors.name),
            (one.company, colors.text),
            (", ".join(one.circles), colors.dim),
            (rhythm_cell(one.rhythm), colors.dim),
            (last_cell(one, look.today), colors.dim),
            (due_cell(one, look.today, short=True), due_style),
            (str(one.loops) if one.loops else "", colors.text),
        )

    def shared(self, width: int) -> tuple[Sequence[Column], tuple[int, ...], int]:
        """The columns, their widths, and the gap between them, for a line of `width` cells."""
        columns, gap = (COLUMNS, 2) if width >= NARROW else (NARROW_COLUMNS, 1)
        return columns, self.widths(columns, width, gap), gap

    def _fit(self, columns: Sequence[Column], width: int, gap: int) -> tuple[int, ...]:
        # The reason for being hidden is shown in full only if other texts leave room.
        found = super()._fit(columns, width, gap)
        kept = [column for column, cells in zip(columns, found, strict=True) if cells]
        left = width - sum(found) - sum(column.space(gap) for column in kept[1:])
        more, empty = self._hidden_cells - found[DUE], 0 if self._in_circles else found[CIRCLES]
        if columns is not COLUMNS or more <= 0 or more > left + (empty and empty + gap):
            return found
        wider = [*found]
        wider[DUE] = self._hidden_cells
        if more > left:
            wider[CIRCLES] = 0
        return tuple(wider)

    def measure_anew(self) -> None:
        super().measure_anew()
        self._hidden_cells, self._in_circles = 0, False

    def _measure(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        people = [row.data for row in rows if isinstance(row.data, ContactRow)]
        if self.look is not None:
            hidden = (len(due_cell(one, self.look.today)) for one in people if one.state in HIDDEN)
            self._hidden_cells = max([self._hidden_cells, *hidden])
        self._in_circles = self._in_circles or any(one.circles for one in people)
        super()._measure(rows)

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, cells = self.look, self.cells(row)
        if look is None or not cells:
            return []
        columns, widths, gap = self.shared(width)
        line: list[Segment] = []
        places = list(spans([text for text, _ in cells], columns, widths, gap))
        for place, (index, space, cells_wide) in enumerate(places):
            text, style = cells[index]
            following = places[place + 1 : place + 2]
            if following and following[0][0] == DUE and columns[index].align == "left":
                # The reason for being hidden also uses the blank cells before its column.
                blank = max(0, cells_wide - cells_of(text))
                places[place + 1] = (DUE, following[0][1], following[0][2] + blank)
                cells_wide -= blank
            if index == DUE and isinstance(row.data, ContactRow):
                full = due_cell(row.data, look.today)
                text = full if len(full) <= cells_wide else text
            # The gap belongs to the text after it: half as many segments to clip and to style.
            padded = " " * space + pad(text, cells_wide, columns[index].align)
            line += self._marked_words(padded, style, HEADINGS[index], look)
        return line

    def _marked_words(self, text: str, style: Style, heading: str, look: Look) -> Iterable[Segment]:
        searchable = heading in ("name", "company", "circles")
        words = (*self.words.get("", ()), *self.words.get(heading, ())) if searchable else ()
        place = 0
        for start, end in highlight(words, text) if words else ():
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
    """The line over the list with the names of the columns and an arrow at the sorted one."""

    class Pressed(Message):
        """The name of a column was clicked."""

        def __init__(self, sort: str) -> None:
            super().__init__()
            self.sort = sort

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._people: ContactList | None = None
        self._sort = "name"
        self._shown: object = None

    def show(self, people: ContactList, sort: str) -> None:
        """Show the columns of a list and its order; redraw only if these changed."""
        self._people, self._sort = people, sort
        shown = people.look, sort, people.shared(self.size.width - GUTTER)[1]
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        people, width = self._people, self.size.width
        if people is None or people.look is None or width <= 0 or y:
            return Strip.blank(max(width, 0), self.rich_style)
        look = people.look
        columns, widths, gap = people.shared(width - GUTTER)
        arrow = look.glyphs.down if self._sort.startswith("-") else look.glyphs.up
        cells = []
        for heading in HEADINGS:
            by = SORT_OF.get(heading) == self._sort.removeprefix("-")
            cells.append((f"{heading} {arrow}" if by else heading, look.colors.accent if by else look.colors.dim))
        for index, (column, cells_wide) in enumerate(zip(columns, widths, strict=True)):
            if column.align == "right" and 0 < cells_wide < cells_of(cells[index][0]):
                # The arrow takes the gap before its column.
                columns = (*columns[:index], replace(column, gap=0), *columns[index + 1 :])
                widths = (*widths[:index], cells_wide + gap, *widths[index + 1 :])
        line = [Segment(" " * GUTTER), *lay(cells, columns, widths, gap=gap)]
        return Strip(Segment.apply_style(clip(line, width, ""), self.rich_style), width)

    def on_click(self, event: events.Click) -> None:
        """Send `Pressed` for the column whose name was clicked."""
        if self._people is None:
            return
        x = event.x - GUTTER
        columns, widths, gap = self._people.shared(self.size.width - GUTTER)
        place = 0
        for heading, column, cells_wide in zip(HEADINGS, columns, widths, strict=True):
            if not cells_wide:
                continue
            place += column.space(gap) if place else 0
            if place <= x < place + cells_wide and heading in SORT_OF:
                self.post_message(self.Pressed(SORT_OF[heading]))
                return
            place += cells_wide
