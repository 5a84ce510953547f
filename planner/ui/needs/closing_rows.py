"""The lines of a closed need's page: the people still to hear how it went, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.shown import short_date
from planner.core.model import FavorState
from planner.core.needs import Told, ToldState
from planner.desk.values import ClosingPage
from planner.ui.places.look_list import Heading, LookList
from planner.ui.shared.card import Line, Look
from planner.ui.text import plain, wrapped
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import Column, clip, spread

COLUMNS = (Column(1), Column(16, most=60, first=True, gap=1), Column(11, rank=1), Column(8, share=2, rank=2))
NARROW_COLUMNS = (Column(1), Column(12, share=2, first=True, gap=1), Column(10, share=3, rank=1), Column(0))
NARROW = 56
GROUPS = ((ToldState.HELPED, "Helped"), (ToldState.PASSED, "Passed it on"), (None, "Told"))
"""The groups in their order; the last one has everybody else who knew."""


class ClosingRows:
    """The rows of the page; of thousands who were told only the visible ones are read."""

    def __init__(self, page: ClosingPage) -> None:
        self.page, self.total = page, 0
        """The number of rows: headings, the people in them, and a blank line between groups."""
        named = {state for state, _ in GROUPS}
        self._fixed: dict[int, Row] = {}
        self._people: list[tuple[int, int, int]] = []
        """(index of the first row, number on the page of its person, how many people) of each group."""
        self.read: dict[int, Told] = dict(enumerate(page.first))
        """The people that were read, by their number on the page."""
        number = 0
        for state, title in GROUPS:
            count = sum(one.state is state if state is not None else one.state not in named for one in page.first)
            count += page.others if state is None else 0
            if count:
                if self._people:
                    self._fixed[self.total] = Row(f"blank:{title}", "blank")
                    self.total += 1
                self._fixed[self.total] = Row(f"head:{title}", "heading", Heading(title, f"{count:,}"))
                self._people.append((self.total + 1, number, count))
                self.total += 1 + count
                number += count

    def unread(self, start: int, stop: int) -> tuple[int, int]:
        """The range of page numbers (start, stop) to read before the rows between two indexes are complete."""
        numbers = [self._number(place) for place in range(max(0, start), min(stop, self.total))]
        missing = [number for number in numbers if number is not None and number not in self.read]
        return (missing[0], missing[-1] + 1) if missing else (0, 0)

    def take(self, start: int, found: Sequence[Told]) -> None:
        """Keep people that were read, from a page number on."""
        self.read |= dict(enumerate(found, start))

    def number_of(self, contact_id: int) -> int:
        """The page number of a person that was read."""
        return next(number for number, one in self.read.items() if one.contact_id == contact_id)

    def between(self, start: int, stop: int) -> list[Row]:
        """The rows from index `start` up to `stop` (excluded); only up to the first unread one."""
        rows: list[Row] = []
        for place in range(max(0, start), min(stop, self.total)):
            row, number = self._fixed.get(place), self._number(place)
            if row is None and number in self.read:
                one = self.read[number]
                row = Row(f"h{one.contact_id}", "item", one)
            if row is None:
                break
            rows.append(row)
        return rows

    def _number(self, place: int) -> int | None:
        for first, number, count in self._people:
            if first <= place < first + count:
                return number + place - first
        return None


def to_say(one: Told) -> str:
    """What somebody is to hear: "thanks, and how it went", "how it went"."""
    return "thanks, and how it went" if one.owes is FavorState.DONE else "how it went"


def stands(one: Told, look: Look) -> str:
    """The state of somebody with the need: "told 12 Nov", "asked 3 Nov", "to Grete Lund"."""
    on = short_date(one.on, look.today) if one.on is not None else ""
    match one.state:
        case ToldState.PASSED:
            return f"to {one.passed_name or 'somebody'}, {on}"
        case ToldState.DECLINED:
            return f"could not help, {on}"
    return f"{one.state} {on}"


def closing_head(page: ClosingPage, width: int, look: Look, most: int) -> list[Line]:
    """The need with its outcome, how many were told and how many heard; at most `most` lines."""
    colors, need = look.colors, page.need
    told = f"told {page.told} · heard how it went {page.heard}" + (f" · let be {page.let_be}" if page.let_be else "")
    right = [Segment(told, colors.dim)]
    outcome = " ".join(need.outcome.split())
    title = f"{plain(need.title)}{' · ' if outcome else ''}"
    left = [Segment(title, colors.name), Segment(plain(outcome), colors.done)]
    if most == 1 or sum(len(part.text) for part in (*left, *right)) + 3 <= width:
        return [spread(left, right, width)]
    lines: list[Line] = [clip([Segment(plain(need.title), colors.name)], width)]
    lines += [[Segment(part, colors.done)] for part in wrapped(outcome, width, max(1, most - 2)) if part]
    return [*lines, clip(right, width)]


class ClosingList(LookList):
    """The people still to hear."""

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        columns, gap = (COLUMNS, 2) if width >= NARROW else (NARROW_COLUMNS, 1)
        return self.laid(self.cells(row), columns, max(0, width - 1), gap)

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look, one = self.look, row.data
        if look is None or not isinstance(one, Told):
            return ()
        colors, words = look.colors, to_say(one)
        thanks = words.startswith("thanks")
        mark = (look.glyphs.due, colors.due) if thanks else (look.glyphs.soon, colors.accent)
        return mark, (one.name, colors.name), (words, colors.text), (stands(one, look), colors.dim)

    def draw_summary(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        if not isinstance(row.data, Told):
            return []
        return clip([Segment(f"  {to_say(row.data)} · {stands(row.data, look)}", look.colors.dim)], width)
