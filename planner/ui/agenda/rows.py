"""The lines of the agenda: headings of days, open items, and what was done, dimmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.typed import WEEKDAY_NAMES, exact_date
from planner.core.model import Agenda, AgendaItem
from planner.core.records import record
from planner.core.words.folding import fold
from planner.core.words.wording import detail_words, kind_word, when_word
from planner.desk.values import Card
from planner.ui.shared.card import Look, colors_of_when, item_mark, summary
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, fit, lay, spread

COLUMNS = (
    Column(9, rank=2),
    Column(14, share=1, most=17),
    Column(8, share=2, rank=1),
    Column(9, align="right"),
)
NARROW_COLUMNS = (Column(0), Column(10, share=1), Column(0), Column(9, align="right"))
NARROW = 56


@record(frozen=True, slots=True)
class DayHead:
    """The heading of a day: its name, how many of its items are done, how many there are."""

    words: str
    done: int
    total: int


def rows_of(agenda: Agenda, words: Iterable[str] = ()) -> list[Row]:
    """The rows of a week, days with nothing left out; only items that hold every (folded) word."""
    wanted = tuple(words)
    by_day: dict[date, tuple[list[AgendaItem], list[AgendaItem]]] = {}
    for place, items in ((0, agenda.items), (1, agenda.done)):
        for item in items:
            if holds(item, wanted):
                by_day.setdefault(item.planned, ([], []))[place].append(item)
    rows: list[Row] = []
    for day in sorted(by_day):
        still_open, done = by_day[day]
        if rows:
            rows.append(Row(f"blank:{day}", "blank"))
        head = DayHead(day_words(day, agenda.today), len(done), len(still_open) + len(done))
        rows.append(Row(f"day:{day}", "heading", head))
        rows += [Row(item.item.id, "item", item) for item in still_open]
        rows += [Row(f"done:{number}:{item.item.id}:{item.planned}", "item", item) for number, item in enumerate(done)]
    return rows


def holds(item: AgendaItem, words: tuple[str, ...]) -> bool:
    """Whether an item's kind, name or text holds every folded word."""
    if not words:
        return True
    text = fold(f"{kind_word(item.item)} {item.item.contact_name} {item.item.text}")
    return all(word in text for word in words)


def day_words(day: date, today: date) -> str:
    """ "Today", "Tuesday 24"; a day of another week with its month."""
    if day == today:
        return "Today"
    near = abs((day - today).days) <= 7
    return f"{WEEKDAY_NAMES[day.weekday()].capitalize()} {day.day}" if near else exact_date(day)


def when_cell(item: AgendaItem, today: date) -> str:
    """ "3d past", "today", "due Sun"; nothing where the heading says it."""
    if item.item.due == item.planned and item.planned != today:
        return ""
    if item.item.due == today + timedelta(days=1) and item.planned == today:
        return "tomorrow"
    return when_word(item.item, today)


class AgendaList(LineList):
    """The agenda's list; `look` and the card of the row under the cursor are given by its screen."""

    look: Look | None = None
    card: Card | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, data = self.look, row.data
        if look is None:
            return []
        if isinstance(data, DayHead):
            told = f"{data.done} of {data.total} done" if data.done else ""
            right = [Segment(f"{told} ", look.colors.dim)] if told else []
            return spread([Segment(f" {data.words}", look.colors.heading)], right, width)
        if isinstance(data, AgendaItem):
            return self._done(data, width, look) if data.item.settled_on else self._open(data, width, look)
        return []

    def _open(self, item: AgendaItem, width: int, look: Look) -> Iterable[Segment]:
        due_now = item.item.due <= look.today
        mark, style = item_mark(item.item.kind, item.state, look, due_now=due_now)
        cells = (
            (kind_word(item.item), look.colors.dim),
            (item.item.contact_name, look.colors.name),
            (detail_words(item.item), look.colors.text),
            (when_cell(item, look.today), colors_of_when(item.item, look)),
        )
        return self._laid(Segment(f"{mark} ", style), cells, width)

    def _done(self, item: AgendaItem, width: int, look: Look) -> Iterable[Segment]:
        dim = look.colors.dim
        cells = (
            (kind_word(item.item), dim),
            (item.item.contact_name, dim),
            (detail_words(item.item), dim),
            ("", dim),
        )
        return self._laid(Segment(f"{look.glyphs.done} ", look.colors.done), cells, width)

    @staticmethod
    def _laid(mark: Segment, cells: Iterable[tuple[str, Style]], width: int) -> Iterable[Segment]:
        # The mark and the kind belong together: one blank between them.
        columns, gap = (COLUMNS, 2) if width >= NARROW else (NARROW_COLUMNS, 1)
        return [mark, *lay(cells, columns, fit(columns, width - 3, gap), gap=gap)]

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        look = self.look
        if look is None or not isinstance(row.data, AgendaItem):
            return []
        card = self.card
        if card is None or card.contact.id != row.data.item.contact_id:
            return []
        return [Segment("  " + summary(card, look.today), look.colors.dim)]
