"""The lines of the needs: each need with its coverage, and the people of one need in groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.typed import exact_date, short_date
from planner.core.model import FavorState, Settings
from planner.core.needs import Need, Suggestion, Told, ToldState, coverage, news_since
from planner.core.records import record
from planner.core.words.folding import fold
from planner.core.words.wording import days_word
from planner.desk.values import NeedPeople, NeedView
from planner.ui.shared.card import Line, Look, wrapped
from planner.ui.text import plain
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, bar, clip, fit, lay, spread

BAR = 12
"""Cells of a coverage bar."""
NARROW = 56
COLUMNS = (Column(14, share=1, most=26), Column(10, share=3, rank=1), Column(9, align="right"))
NARROW_COLUMNS = (Column(12, share=3), Column(9, share=2, rank=1), Column(0))
GROUPS: tuple[tuple[ToldState, str], ...] = (
    (ToldState.TOLD, "Told"),
    (ToldState.ASKED, "Asked"),
    (ToldState.HELPED, "Helped"),
    (ToldState.PASSED, "Passed it on"),
    (ToldState.DECLINED, "Could not help"),
)
"""The groups below those whose answer is due, in their order."""


@record(frozen=True, slots=True)
class NeedHeading:
    """A heading with what stands at its right."""

    words: str
    told: str = ""


@record(frozen=True, slots=True)
class NeedStanding:
    """Where somebody told stands, and since when a word of theirs is due, if it is."""

    told: Told
    due: date | None = None


# The needs


def need_rows(still_open: Sequence[NeedView], closed: Sequence[NeedView]) -> list[Row]:
    """Open needs with their coverage below, then those that are over."""
    rows: list[Row] = []
    for view in still_open:
        rows += [Row(f"need:{view.need.id}", "item", view), Row(f"told:{view.need.id}", "detail", view)]
    if closed:
        rows += [Row("blank", "blank")] if rows else []
        rows.append(Row("closed", "heading", NeedHeading("Closed")))
        rows += [Row(f"need:{view.need.id}", "item", view) for view in closed]
    return rows


def by_words(need: Need, today: date) -> str:
    """ "by Fri", "by 1 Mar 2027", "was for 12 Nov"; nothing without a day."""
    if need.by is None:
        return ""
    return f"{'was for' if need.by < today else 'by'} {short_date(need.by, today)}"


def coverage_line(view: NeedView, width: int, look: Look) -> Line:
    """The coverage as a bar and in words."""
    colors, glyphs = look.colors, look.glyphs
    cells = bar(view.told, view.of, min(BAR, max(0, width - 20)), (glyphs.load_full, glyphs.load_empty),
                (colors.accent, colors.rule))  # fmt: skip
    told, due = coverage(view.told, view.of, 0), coverage(view.told, view.of, view.answers_due)
    line = [*cells, Segment(" " if cells else ""), Segment(told, colors.text)]
    if view.answers_due:
        line.append(Segment(due.removeprefix(told), colors.due))
    return line


class NeedList(LineList):
    """What is looked for; `look` is given by its screen."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, data = self.look, row.data
        if look is None:
            return []
        colors = look.colors
        if isinstance(data, NeedHeading):
            return [Segment(f" {data.words}", colors.heading)]
        if not isinstance(data, NeedView):
            return []
        need = data.need
        if row.kind == "detail":
            return [Segment("  "), *coverage_line(data, width - 2, look)]
        if need.closed_on is not None:
            right = [Segment(f"{short_date(need.closed_on, look.today)} ", colors.dim)]
            return spread([Segment(f"{look.glyphs.done} ", colors.done), Segment(plain(need.title), colors.dim)],
                          right, width)  # fmt: skip
        mark = (look.glyphs.due, colors.due) if data.answers_due else (look.glyphs.soon, colors.accent)
        late = need.by is not None and need.by < look.today
        when = by_words(need, look.today)
        right = [Segment(f"{when} ", colors.due if late else colors.dim)] if when else []
        return spread([Segment(f"{mark[0]} ", mark[1]), Segment(plain(need.title), colors.name)], right, width)


def need_head(view: NeedView, width: int, look: Look, most: int = 6) -> list[Line]:
    """What is needed, why, by when, how many know; for a closed one how it went."""
    need, colors = view.need, look.colors
    if most == 1:
        told = f"closed {short_date(need.closed_on, look.today)}" if need.closed_on else coverage(view.told, view.of, 0)
        return [spread([Segment(plain(need.title), colors.name)], [Segment(told, colors.dim)], width)]
    lines: list[Line] = [[Segment(part, colors.name)] for part in wrapped(need.title, width, 2)]
    lines += [[Segment(part, colors.text)] for part in wrapped(need.why, width, 2) if part]
    if need.closed_on is not None:
        lines.append([Segment(f"closed {exact_date(need.closed_on)}", colors.dim)])
        lines += [[Segment(part, colors.done)] for part in wrapped(need.outcome, width, 2) if part]
        return lines[:most]
    line = coverage_line(view, width, look)
    if need.by is not None:
        line = spread(line, [Segment(f"by {exact_date(need.by)}", colors.dim)], width)
    # How many know is worth more than the last line of the reason.
    return [*lines[: most - 1], line]


# The people of one need


class PeopleRows:
    """The rows of a need's people, made only where they are looked at: there may be as many as contacts."""

    def __init__(self, people: NeedPeople, settings: Settings, today: date, words: Iterable[str] = ()) -> None:
        """`words` are folded: only people whose name or reason holds all of them."""
        wanted, self.today = tuple(words), today
        self.told = {one.contact_id: one for one in people.told}
        """Where each of those who were told stands, by contact."""
        still_open = people.view.need.closed_on is None
        due = {one.contact_id for one in people.due}
        answer = timedelta(days=settings.nudge_days)
        self.head: list[Row] = []
        self._group("Answers due", [NeedStanding(one, (one.on or date.min) + answer) for one in people.due], wanted)
        for state, title in GROUPS:
            found = [one for one in people.told if one.state is state and one.contact_id not in due]
            told = still_open and state is ToldState.TOLD
            if told:
                found.sort(key=lambda one: one.on or date.min)
            since = [(one, news_since(one) if told else None) for one in found]
            members = [NeedStanding(one, day + answer if day is not None else None) for one, day in since]
            self._group(title, members, wanted)
        self.suggestions: Sequence[Suggestion] = people.suggestions
        if wanted:
            self.suggestions = [one for one in people.suggestions if _holds(f"{one.name} {one.why}", wanted)]
        if self.suggestions:
            self._heading("Whom to tell next", f"{len(self.suggestions):,}, likeliest first")

    def _group(self, title: str, found: Sequence[NeedStanding], wanted: tuple[str, ...]) -> None:
        def holds(one: NeedStanding) -> bool:
            return _holds(f"{one.told.name} {standing_words(one, self.today)}", wanted)

        shown = [one for one in found if holds(one)] if wanted else found
        if shown:
            self._heading(title, str(len(shown)))
            self.head += [Row(f"t{one.told.contact_id}", "item", one) for one in shown]

    def _heading(self, title: str, told: str) -> None:
        if self.head:
            self.head.append(Row(f"blank:{title}", "blank"))
        self.head.append(Row(f"head:{title}", "heading", NeedHeading(title, told)))

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.head) + len(self.suggestions)

    @property
    def people(self) -> int:
        """How many people there are."""
        return sum(1 for row in self.head if row.selectable) + len(self.suggestions)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the rows of people."""
        suggested = (f"s{one.contact_id}" for one in self.suggestions)
        return frozenset([*(row.key for row in self.head if row.selectable), *suggested])

    def between(self, start: int, stop: int) -> list[Row]:
        """The rows from one position up to another."""
        first = len(self.head)
        found = self.head[max(0, start) : max(0, stop)]
        after = self.suggestions[max(0, start - first) : max(0, stop - first)]
        return [*found, *(Row(f"s{one.contact_id}", "item", one) for one in after)]


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    folded = fold(text)
    return all(word in folded for word in wanted)


def contact_of(row: Row) -> tuple[int, str]:
    """(id, name) of the person in a row."""
    data = row.data
    if isinstance(data, NeedStanding):
        return data.told.contact_id, data.told.name
    assert isinstance(data, Suggestion)
    return data.contact_id, data.name


def standing_words(one: NeedStanding, today: date) -> str:
    """Where somebody stands, in a few words."""
    told = one.told
    on = _day_words(told.on, today)
    match told.state:
        case ToldState.ASKED:
            rested = " · left to rest" if told.favor_state is FavorState.RESTED else ""
            return f"asked {on}{rested}"
        case ToldState.HELPED:
            words = {
                FavorState.DONE: "thanks are due",
                FavorState.THANKED: "thanked, to hear how it went",
                FavorState.TOLD: "thanked, knows how it went",
            }.get(told.favor_state or FavorState.TOLD, "")
            further = f"passed it on to {told.passed_name}" if told.passed_name else ""
            return " · ".join(part for part in (f"helped {on}", words, further) if part)
        case ToldState.PASSED:
            thanks = " · thanks are due" if told.favor_state is FavorState.DONE else ""
            return f"to {told.passed_name or 'somebody'}, {on}{thanks}"
        case ToldState.DECLINED:
            return f"{on} · could be asked again"
    return f"told {on}"


def _day_words(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""


class PeopleList(LineList):
    """The people of one need; `look` is given by its screen."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, data = self.look, row.data
        if look is None:
            return []
        if isinstance(data, NeedHeading):
            return spread([Segment(f" {data.words}", look.colors.heading)],
                          [Segment(f"{data.told} ", look.colors.dim)], width)  # fmt: skip
        if isinstance(data, NeedStanding):
            words = standing_words(data, look.today)
            return self._laid(_mark(data, look), data.told.name, words, _when(data, look), width, look)
        if isinstance(data, Suggestion):
            nothing = ("", look.colors.dim)
            return self._laid((" ", look.colors.dim), data.name, data.why, nothing, width, look)
        return []

    @staticmethod
    def _laid(
        mark: tuple[str, Style], name: str, words: str, when: tuple[str, Style], width: int, look: Look
    ) -> Iterable[Segment]:
        columns, gap = (COLUMNS, 2) if width >= NARROW else (NARROW_COLUMNS, 1)
        cells = ((name, look.colors.name), (words, look.colors.text), when)
        widths = fit(columns, max(0, width - 3), gap)
        if not when[0] and widths[2]:
            # Names stay below each other; the words take the place of the day.
            widths = (widths[0], widths[1] + gap + widths[2], 0)
        # The mark and the name belong together: one blank between them.
        return [Segment(f"{mark[0]} ", mark[1]), *lay(cells, columns, widths, gap=gap)]

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        look = self.look
        if look is None:
            return []
        if isinstance(row.data, NeedStanding):
            when, style = _when(row.data, look)
            words = standing_words(row.data, look.today)
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
        ToldState.DECLINED: (glyphs.paused, colors.dim),
    }.get(one.told.state, (glyphs.soon, colors.dim))


def _when(one: NeedStanding, look: Look) -> tuple[str, Style]:
    """When a word of theirs is due: "3d past", "today", "Fri"."""
    if one.due is None:
        return "", look.colors.dim
    past = (look.today - one.due).days
    if past >= 0:
        return ("today" if past == 0 else f"{past}d past"), look.colors.due
    return short_date(one.due, look.today), look.colors.dim


def etiquette_dates(days: Iterable[tuple[str, date | None]], today: date) -> Iterator[tuple[str, str]]:
    """(label, words) of days that are known: "Tue 4 Aug 2026, 111 days ago"."""
    for label, day in days:
        if day is not None:
            past = (today - day).days
            yield label, f"{exact_date(day)}, {'today' if past == 0 else f'{days_word(past)} ago'}"
