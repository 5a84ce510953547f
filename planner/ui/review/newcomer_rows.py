"""The lines of those who are new: who they are, how they can be reached, what was said about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment

from planner.core.dates.typed import age_words
from planner.desk.values import Newcomer, NewcomerCount
from planner.ui.shared.card import Line, Look
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, bar, fit, lay, measure, spread

COLUMNS = (
    Column(14, share=3, most=30),
    Column(14, share=4, most=44, rank=1),
    Column(8, share=1, most=16, rank=3),
    Column(10, share=1, most=18, rank=4),
    Column(10, rank=5),
    Column(5, align="right", rank=2),
    Column(13, share=1, most=22),
)
BAR = 24


class NewcomerList(LineList):
    """Those who are new, the ones who matter first."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, one = self.look, row.data
        if look is None or not isinstance(one, Newcomer):
            return []
        colors = look.colors
        ways = [word for word, count in (("mail", one.emails), ("phone", one.phones)) if count]
        last = age_words((look.today - one.last_contact).days) if one.last_contact is not None else ""
        cells = (
            (one.name, colors.dim if one.said else colors.name),
            (", ".join(part for part in (one.title, one.company) if part), colors.dim if one.said else colors.text),
            (one.city, colors.dim),
            (", ".join(one.circles), colors.dim),
            (" ".join(ways), colors.dim),
            (last, colors.dim),
            (f"{look.glyphs.done} {one.said}" if one.said else "", colors.done),
        )
        return lay(cells, COLUMNS, fit(COLUMNS, width))


def told_lines(
    count: NewcomerCount,
    shown: int,
    words: str,
    marked: int,
    answers: Sequence[tuple[str, str]],
    width: int,
    look: Look,
) -> list[Line]:
    """The question, "214 of 30,000 said" with its bar, the filter, how many are marked; then the answers.

    `answers` are keys with their words; those that do not fit are left out, never cut.
    """
    lines = [_told_line(count, shown, words, marked, width, look)]
    if answers:
        line: Line = [Segment(" ")]
        for key, word in answers:
            piece = [Segment(f" {key} ", look.colors.key), Segment(f"{word} ", look.colors.dim)]
            if measure(line) + measure(piece) > width:
                break
            line += piece
        lines.append(line)
    return lines


def _told_line(count: NewcomerCount, shown: int, words: str, marked: int, width: int, look: Look) -> Line:
    colors, glyphs = look.colors, look.glyphs
    left: Line = [Segment("  How often?  " if width < 80 else "  How often to be in touch?   ", colors.heading)]
    left += [Segment(f"{count.said:,} of {count.total:,} said", colors.dim)]
    if width >= 80:
        left += [Segment("  "), *bar(count.said, count.total, BAR, (glyphs.progress_full, glyphs.progress_empty),
                                     (colors.accent, colors.rule))]  # fmt: skip
    if words:
        left += [Segment(f"   {shown:,} hold “{words}”", colors.text)]
    right = [Segment(f"{marked:,} marked ", colors.key)] if marked else []
    return spread(left, right, width)
