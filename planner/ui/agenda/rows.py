"""The rows of the agenda: headings of days, open items, and done items, which are dim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.shown import WEEKDAY_NAMES, exact_date
from planner.core.favors import HOME
from planner.core.giving import GivingEntry
from planner.core.model import Agenda, AgendaItem, ItemKind
from planner.core.records import record
from planner.core.rhythm.agenda import CROWDED, side_by_side
from planner.core.words.folding import fold
from planner.core.words.triage import item_words
from planner.core.words.wording import WHETHER, detail_words, planned_words, row_word
from planner.ui.agenda.below_today import BelowToday
from planner.ui.agenda.waiting_rows import Waits, newcomers_row, strangers_row, waiting_rows
from planner.ui.places.look_list import LookList
from planner.ui.shared.card import Look, colors_of_when, item_mark, summary
from planner.ui.text import plain
from planner.ui.text import width as cells_of
from planner.ui.verbs.verb import Target
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import Column, clip, fit, lay, spread

COLUMNS = (
    Column(9, rank=2),
    Column(17, most=60, first=True),
    Column(8, share=1, rank=1),
    Column(9, align="right"),
)
NARROW_COLUMNS = (Column(0), Column(10, share=1), Column(0), Column(9, align="right"))
NARROW = 56
NOTHING_BELOW = BelowToday()


class BesideRow(Row):
    """A keep-in-touch item about the same person as the row above; the name is not repeated."""


@record(frozen=True, slots=True)
class DayHead:
    """The heading of a day: its name, the number of done items, and the number of all its items."""

    words: str
    done: int
    total: int


@record(frozen=True, slots=True)
class DayGone:
    """A past day in one line; enter shows or hides its done items."""

    on: date
    words: str
    done: str
    """The number of done items."""
    unfolded: bool


def rows_of(
    agenda: Agenda,
    words: Iterable[str] = (),
    unfolded: Iterable[date] = (),
    below: BelowToday = NOTHING_BELOW,
) -> list[Row]:
    """The rows of a week; days without items are left out, except today.

    A past day of this week, or a day with very many done items, is one line, followed by its items only if it is
    `unfolded`. With (folded) words only items that contain all of them are shown, on every day. If nobody is due today,
    the page of giving is shown, with the numbers of waiting newcomers and of strangers; below open items only the
    newcomers.
    """
    giving, newcomers, strangers = below.giving, below.newcomers, below.strangers
    wanted = tuple(words)
    by_day: dict[date, tuple[list[AgendaItem], list[AgendaItem]]] = {}
    for place, items in ((0, agenda.items), (1, agenda.done)):
        for item in items:
            if holds(item, wanted):
                by_day.setdefault(item.planned, ([], []))[place].append(item)
    now = agenda.start <= agenda.today <= agenda.end and not wanted
    waiting = [*waiting_rows(agenda)] if now else []
    for day in agenda.crowded:
        by_day.setdefault(day, ([], []))
    if now and (by_day or giving or waiting or newcomers or strangers):
        by_day.setdefault(agenda.today, ([], []))
    shown = frozenset(unfolded)
    rows: list[Row] = []
    for day in sorted(by_day):
        still_open, done = by_day[day]
        if (now and day < agenda.today) or day in agenda.crowded or day in shown:
            many = f"more than {CROWDED}" if day in agenda.crowded else f"{len(done)}"
            rows.append(Row(f"day:{day}", "item", DayGone(day, short_day(day), many, day in shown), settled=True))
            rows += _done_rows(done) if day in shown else []
            continue
        if rows:
            rows.append(Row(f"blank:{day}", "blank"))
        head = DayHead(day_words(day, agenda.today), len(done), len(still_open) + len(done))
        rows.append(Row(f"day:{day}", "heading", head))
        if now and day == agenda.today:
            rows += waiting
        if now and day == agenda.today and not still_open:
            rows.append(Row("nothing", "detail", "All is done for today" if done else "Nobody is due today"))
            rows += [newcomers_row(newcomers)] if newcomers else []
            rows += [strangers_row(strangers)] if strangers else []
            rows += [Row(f"give:{one.kind}", "item", one, settled=True) for one in giving.entries(agenda.today)]
            rows += [Row("weeks", "detail", giving.weeks_words)] if giving.weeks_words else []
        rows += _open_rows(still_open)
        if now and day == agenda.today and still_open and newcomers:
            rows.append(newcomers_row(newcomers))
        rows += _done_rows(done)
    return rows


def _open_rows(still_open: Sequence[AgendaItem]) -> list[Row]:
    rows: list[Row] = []
    above = None
    for item in side_by_side(still_open):
        beside = item.joined and above == item.item.contact_id
        rows.append((BesideRow if beside else Row)(item.item.id, "item", item))
        above = item.item.contact_id
    return rows


def _done_rows(done: Iterable[AgendaItem]) -> list[Row]:
    return [
        Row(f"done:{number}:{item.item.id}:{item.planned}", "item", item, settled=True)
        for number, item in enumerate(done)
    ]


def nothing_there(agenda: Agenda, *, filtered: bool) -> str:
    """The text in place of a week without rows, with keys as `PlaceScreen.with_keys` takes them."""
    if filtered:
        return "Nothing here holds these words. / changes them, esc shows everything."
    if agenda.end < agenda.today:
        return "Nothing was noted that week.  . comes back to today."
    if agenda.waiting:
        return f"Nothing fits this week yet; {agenda.waiting} can wait."
    return (
        "Nobody is due this week.\n\n"
        "{capture}  write down what happened\n"
        "{contacts}  see everyone; {contacts.rhythm} gives a rhythm\n"
        "{palette}  newcomers: how often, for each who came with a file"
    )


def first_open(rows: Sequence[Row], today: date) -> int | None:
    """The index of today's first open item, else of the next open item, else of the first row of today."""
    start = next((place for place, row in enumerate(rows) if row.key == f"day:{today}"), 0)
    after = range(start, len(rows))
    still_open = next((place for place in after if rows[place].selectable and not rows[place].settled), None)
    return still_open if still_open is not None else next((place for place in after if rows[place].selectable), None)


def holds(item: AgendaItem, words: tuple[str, ...]) -> bool:
    """Whether an item's kind, name and text together contain every folded word."""
    if not words:
        return True
    text = fold(f"{row_word(item)} {item.item.contact_name} {item.item.text}")
    return all(word in text for word in words)


def day_words(day: date, today: date) -> str:
    """The name of a day: "Today", "Tuesday 24"; with the month for a day of another week."""
    if day == today:
        return "Today"
    near = abs((day - today).days) <= 7
    return f"{WEEKDAY_NAMES[day.weekday()].capitalize()} {day.day}" if near else exact_date(day)


def _due_words(item: AgendaItem, today: date) -> str:
    """When an item is due, without the day that has room for it: "due today" from "due today, room tomorrow"."""
    return planned_words(item, today).split(",", 1)[0]


def short_day(day: date) -> str:
    """ "Mon 23"."""
    return f"{WEEKDAY_NAMES[day.weekday()][:3].capitalize()} {day.day}"


def loan_words(text: str, room: int) -> str:
    """The words about a loan in `room` cells; if the day does not fit it is left out, since the heading has it."""
    thing, _, home = text.partition(HOME)
    back = f"{thing}{HOME}{' '.join(home.split()[:2])}"
    return next((words for words in (text, back) if cells_of(words) <= room), thing) if home else text


class AgendaList(LookList):
    """The list of the agenda: headings of days, open items, done items."""

    BEHIND = COLUMNS[-1].width + 2

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, data = self.look, row.data
        if look is None:
            return []
        if isinstance(data, DayHead):
            told = f"{data.done} of {data.total} done" if data.done else ""
            right = [Segment(f"{told} ", look.colors.dim)] if told else []
            return spread([Segment(f" {data.words}", look.colors.heading)], right, width)
        if isinstance(data, DayGone):
            return self._gone(data, width, selected, look)
        if isinstance(data, AgendaItem):
            return self._item(row, data, width, look)
        if isinstance(data, Waits):
            # If the row has a second line, that has the key.
            return data.segments(width, look, with_key=selected and not self.two_line)
        if isinstance(data, GivingEntry):
            words = [Segment(f" {data.label:<13}", look.colors.dim), Segment(plain(data.words), look.colors.text)]
            return clip(words, width, look.glyphs.ellipsis)
        return [Segment(f"   {data}", look.colors.dim)] if isinstance(data, str) else []

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        item, look = row.data, self.look
        if look is None or not isinstance(item, AgendaItem):
            return ()
        colors, done = look.colors, item.item.settled_on is not None
        return (
            (row_word(item), colors.due if item.asked else colors.dim),
            ("" if isinstance(row, BesideRow) else item.item.contact_name, colors.dim if done else colors.name),
            (detail_words(item.item), colors.dim if done else colors.text),
            ("", colors.dim) if done else (_due_words(item, look.today), colors_of_when(item.item, look)),
        )

    def _gone(self, day: DayGone, width: int, selected: bool, look: Look) -> Iterable[Segment]:
        colors = look.colors
        keys = f"enter {'folds' if day.unfolded else 'unfolds'} " if selected else ""
        name = colors.heading if day.unfolded else colors.dim
        left = [Segment(f" {day.words}", name), Segment(f"  {day.done} done", colors.dim)]
        return spread(left, [Segment(keys, colors.dim)] if keys else [], width)

    def _item(self, row: Row, item: AgendaItem, width: int, look: Look) -> Iterable[Segment]:
        cells = self.cells(row)
        if item.item.settled_on is not None:
            mark, style = look.glyphs.done, look.colors.done
        else:
            mark, style = item_mark(item.item.kind, item.state, look, due_now=item.item.due <= look.today)
        # One blank between the mark and the kind, which belong together.
        start = Segment(f"{mark} ", style)
        columns, gap = (COLUMNS, 2) if width >= NARROW else (NARROW_COLUMNS, 1)
        widths = self.widths(columns, width - 3, gap) if width >= NARROW else fit(columns, width - 3, gap)
        words, style = cells[3]
        if width < NARROW and isinstance(row, BesideRow):
            # Its kind has no column here, and its name is on the line above.
            cells = (cells[0], cells[0], *cells[2:])
        if len(words) > widths[3]:
            cells = (*cells[:3], (words.removeprefix("due "), style))
        elif words:
            # The heading gives the day; the row repeats it in cells that nothing else needs.
            whole, texts = planned_words(item, look.today), sum(widths[2:]) + gap
            if cells_of(cells[1][0]) <= widths[1] and cells_of(cells[2][0]) + gap + len(whole) <= texts:
                widths = (*widths[:2], texts - gap - len(whole), len(whole))
                cells = (*cells[:3], (whole, style))
        if item.item.kind is ItemKind.LOAN:
            behind = gap + widths[3] if not cells[3][0] else max(0, widths[3] - cells_of(cells[3][0]))
            cells = (*cells[:2], (loan_words(cells[2][0], widths[2] + behind), cells[2][1]), cells[3])
        return [start, *lay(cells, columns, widths, gap=gap)]

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        look = self.look
        if look is not None and isinstance(row.data, Waits):
            return [Segment(f"   {row.data.opens}", look.colors.dim)]
        if look is None or not isinstance(row.data, AgendaItem):
            return []
        card = self.card
        if card is None or card.contact.id != row.data.item.contact_id:
            return []
        words, rest = self._not_in_the_row(row.data, width), plain(summary(card, look.today))
        line = [Segment("  "), Segment(plain(words), look.colors.text)]
        return [*line, Segment(f"{' · ' if words and rest else ''}{rest}", look.colors.dim)]

    def _not_in_the_row(self, item: AgendaItem, width: int) -> str:
        """What an item is about, for the line below a row without room for it; "" if the row has it."""
        if item.item.kind is ItemKind.CADENCE:
            # The summary of the card has the rhythm.
            return ""
        if width < NARROW:
            return item_words(item.item) + (WHETHER if item.asked else "")
        words, widths = detail_words(item.item), self.widths(COLUMNS, width - 3)
        return words if cells_of(words) > widths[2] else ""


def target_of(one: AgendaItem) -> Target:
    """An agenda item as the target of a verb: its person, and the item itself."""
    item = one.item
    return Target(item.contact_id, item.contact_name, item, one.planned, settled=item.settled_on is not None)
