"""The lines of the needs: each need with its coverage, and the people of one need in groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.shown import exact_date, short_date
from planner.core.needs import Need, Told, ToldState, coverage
from planner.core.network.telling import Suggestion
from planner.core.records import record
from planner.core.words.counts import days_word
from planner.core.words.told_words import standing_words
from planner.desk.values import NeedView
from planner.ui.places.look_list import Heading, LookList
from planner.ui.shared.card import Line, Look
from planner.ui.text import plain, wrapped
from planner.ui.text import width as cells_of
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import Column, bar, clip, measure, spread

BAR = 12
"""The most cells of the bar of coverage."""
LEAST_BAR = 3
NARROW, WIDE = 56, 86
COLUMNS = (Column(1), Column(14, most=60, first=True, gap=1), Column(10, share=3, rank=1), Column(9, align="right"))
MIDDLE_COLUMNS = (COLUMNS[0], Column(14, most=22, first=True, gap=1, bends=True), *COLUMNS[2:])
"""For widths in which one long name would cut all other reasons."""
NARROW_COLUMNS = (Column(1), Column(12, share=3, first=True, gap=1), Column(9, share=2, rank=1), Column(0))


@record(frozen=True, slots=True)
class NeedStanding:
    """The told-list entry of somebody, with the day their answer is due; None if no answer is awaited.

    `is_open` says whether the need is open: for a closed one nobody is to be written to.
    """

    told: Told
    due: date | None = None
    is_open: bool = True


# The needs


def need_rows(still_open: Sequence[NeedView], closed: Sequence[NeedView]) -> list[Row]:
    """The rows of the needs: each open need and its coverage, then the closed ones, with how many are to hear."""
    rows: list[Row] = []
    for view in still_open:
        rows += [Row(f"need:{view.need.id}", "item", view), Row(f"told:{view.need.id}", "detail", view)]
    if closed:
        rows += [Row("blank", "blank")] if rows else []
        rows.append(Row("closed", "heading", Heading("Closed")))
        for view in closed:
            rows.append(Row(f"need:{view.need.id}", "item", view))
            rows += [Row(f"told:{view.need.id}", "detail", view)] if view.hear else []
    return rows


def by_words(need: Need, today: date) -> str:
    """The day of a need: "by Fri", "by 1 Mar 2027", or "was for 12 Nov" once it is past; "" without a day."""
    if need.by is None:
        return ""
    return f"{'was for' if need.by < today else 'by'} {short_date(need.by, today)}"


def coverage_line(view: NeedView, width: int, look: Look) -> Line:
    """How many people know about a need, as a bar and in words, and how many answers are due."""
    colors, glyphs = look.colors, look.glyphs
    seen = view.could_have_seen
    told, due = coverage(view.told, view.of, 0, seen), coverage(view.told, view.of, view.answers_due, seen)
    # The words are not cut for the bar, which is left out if hardly a cell of it fits beside them.
    room = min(BAR, width - 1 - cells_of(due if view.answers_due else told))
    marks = (glyphs.load_full, glyphs.load_empty)
    cells = bar(view.told, view.of, room, marks, (colors.accent, colors.rule)) if room >= LEAST_BAR else []
    line = [*cells, Segment(" " if cells else ""), Segment(told, colors.text)]
    if view.answers_due:
        line.append(Segment(due.removeprefix(told), colors.due))
    return line


class NeedList(LookList):
    """The needs, the open ones with their coverage on a second line."""

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        data, colors = row.data, look.colors
        if not isinstance(data, NeedView):
            return []
        need = data.need
        if need.closed_on is not None:
            title = [Segment(f"{look.glyphs.done} ", colors.done), Segment(plain(need.title), colors.dim)]
            right = [Segment(f"{short_date(need.closed_on, look.today)} ", colors.dim)]
            second = [Segment(f"  {data.hear:,} to hear how it went", colors.due)]
            return _with_day(row, title, second if data.hear else [], right, width)
        mark = (look.glyphs.due, colors.due) if data.answers_due else (look.glyphs.soon, colors.accent)
        late = need.by is not None and need.by < look.today
        when = by_words(need, look.today)
        right = [Segment(f"{when} ", colors.due if late else colors.dim)] if when else []
        title = [Segment(f"{mark[0]} ", mark[1]), *_titled(need, look)]
        return _with_day(row, title, [Segment("  "), *coverage_line(data, width - 2, look)], right, width)


def _with_day(row: Row, title: Line, second: Line, right: Line, width: int) -> Line:
    """A row of a need: its title, or the line below. A title is not cut for the day, which then goes below."""
    below = bool(second) and measure(title) + 2 + measure(right) > width
    shown = second if row.kind == "detail" else title
    here = below == (row.kind == "detail") and (not below or measure(second) + 2 + measure(right) <= width)
    return spread(shown, right, width) if here else shown


def _titled(need: Need, look: Look) -> list[Segment]:
    """The title of a need, after the name of its owner if it is not mine: "for Ben: a roofer"."""
    whose = [Segment(f"for {plain(need.whose[1])}: ", look.colors.accent)] if need.whose is not None else []
    return [*whose, Segment(plain(need.title), look.colors.name)]


def need_head(view: NeedView, width: int, look: Look, most: int = 6) -> list[Line]:
    """The head of a need, at most `most` lines: title, reason, day and coverage; for a closed need its outcome."""
    need, colors = view.need, look.colors
    if most == 1:
        told = f"closed {short_date(need.closed_on, look.today)}" if need.closed_on else coverage(view.told, view.of, 0)
        title = _titled(need, look)
        # The list of needs has the coverage too: if both don't fit, the title gets the line.
        shown = [] if measure(title) + 2 + cells_of(told) > width else [Segment(told, colors.dim)]
        return [spread(title, shown, width)]
    lines: list[Line] = [[Segment(part, colors.name)] for part in wrapped(need.title, width, 2)]
    if need.whose is not None:
        lines.insert(0, clip([Segment(f"for {plain(need.whose[1])}", colors.accent)], width))
    lines += [[Segment(part, colors.text)] for part in wrapped(need.why, width, 2) if part]
    if need.who and need.closed_on is None:
        lines += [[Segment(part, colors.dim)] for part in wrapped(f"who would know: {need.who}", width, 1)]
    if need.closed_on is not None:
        lines.append([Segment(f"closed {exact_date(need.closed_on)}", colors.dim)])
        lines += [[Segment(part, colors.done)] for part in wrapped(need.outcome, width, 2) if part]
        return lines[:most]
    line = coverage_line(view, width, look)
    if need.by is not None:
        line = spread(line, [Segment(f"by {exact_date(need.by)}", colors.dim)], width)
    # With too few lines, the last lines of the reason give way to the coverage.
    return [*lines[: most - 1], line]


# The people of one need


class PeopleList(LookList):
    """The people of one need."""

    BEHIND = COLUMNS[-1].width + 2

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        if width < NARROW:
            return self.laid(self.cells(row), NARROW_COLUMNS, max(0, width - 1), 1)
        return self.laid(self.cells(row), COLUMNS if width >= WIDE else MIDDLE_COLUMNS, width - 1)

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look, data = self.look, row.data
        if look is None:
            return ()
        name, text = look.colors.name, look.colors.text
        if isinstance(data, NeedStanding):
            words = standing_words(data.told, look.today)
            return _mark(data, look), (data.told.name, name), (words, text), _when(data, look)
        if isinstance(data, Suggestion):
            return (" ", text), (data.name, name), (data.why, text), ("", text)
        return ()

    def draw_summary(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        if isinstance(row.data, NeedStanding):
            when, style = _when(row.data, look)
            words = standing_words(row.data.told, look.today)
            return clip([Segment(f"  {plain(words)}", look.colors.dim), Segment(f"  {when}", style)], width)
        if isinstance(row.data, Suggestion):
            return [Segment(f"  {plain(row.data.why)}", look.colors.dim)]
        return []


def _mark(one: NeedStanding, look: Look) -> tuple[str, Style]:
    glyphs, colors = look.glyphs, look.colors
    if one.due is not None and one.due <= look.today:
        return glyphs.due, colors.due
    return {
        ToldState.ASKED: (glyphs.soon, colors.accent),
        ToldState.HELPED: (glyphs.done, colors.done),
        ToldState.PASSED: (glyphs.planned, colors.accent),
        ToldState.HEARD_OF: (glyphs.due, colors.due) if one.is_open else (glyphs.soon, colors.dim),
        ToldState.DECLINED: (glyphs.paused, colors.dim),
    }.get(one.told.state, (glyphs.soon, colors.dim))


def _when(one: NeedStanding, look: Look) -> tuple[str, Style]:
    """The day an answer is due, with its style: "3d past", "today", "Fri"; "" if no answer is awaited."""
    if one.due is None:
        return "", look.colors.dim
    past = (look.today - one.due).days
    if past >= 0:
        return ("today" if past == 0 else f"{past}d past"), look.colors.due
    return short_date(one.due, look.today), look.colors.dim


def etiquette_dates(days: Iterable[tuple[str, date | None]], today: date) -> Iterator[tuple[str, str]]:
    """(label, words) of the days that are not None: ("last gave", "Tue 4 Aug 2026, 111 days ago")."""
    for label, day in days:
        if day is not None:
            past = (today - day).days
            yield label, f"{exact_date(day)}, {'today' if past == 0 else f'{days_word(past)} ago'}"
