"""The content of the newcomers place: the lines, the answers for each person, and the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.shown import age_words
from planner.core.words.counts import counted
from planner.desk.values import Newcomer, NewcomerCount
from planner.ui.places.look_list import LookList
from planner.ui.shared.card import Line, Look
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import Column, bar, measure, spread

RHYTHMS = {"weekly": "1w", "monthly": "1m", "quarterly": "3m", "half_yearly": "6m", "yearly": "1y"}
"""The cadence that each verb sets."""
ANSWERS = (*RHYTHMS, "occasion", "never", "leave_as_it_is")
"""The verbs that answer the question for a person, in the order of display."""
ABOUT_PEOPLE = frozenset(
    {*RHYTHMS, "rhythm", "occasion", "never", "leave_as_it_is", "circle", "mark", "mark_all", "open", "by_circle"}
)
FILTER_KEYS = "{filter}  changes the filter        {back}  goes back"
COME_BACK = "in the contacts {palette} “newcomers” comes back to them"
NOBODY_NEW = """\
Nobody waits for a word.

Who comes with a file stands here: one key says how often to be in touch.

{back}  goes back, and {contacts.bring_in} in the contacts brings in a file
{new}  lists the people you write with who are not here"""
COLUMNS = (
    Column(14, most=60, first=True),
    Column(14, share=4, most=60, rank=1),
    Column(8, share=1, most=30, rank=3),
    Column(10, share=1, most=40, rank=4),
    Column(10, rank=5),
    Column(5, align="right", rank=2),
    Column(13, most=22, whole=True),
)
BAR = 24
"""Cells of the progress bar."""


class NewcomerList(LookList):
    """The newcomers, in the order of the questions."""

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        return self.laid(self.cells(row), COLUMNS, width)

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look, one = self.look, row.data
        if look is None or not isinstance(one, Newcomer):
            return ()
        colors = look.colors
        ways = [word for word, count in (("mail", one.emails), ("phone", one.phones)) if count]
        last = age_words((look.today - one.last_contact).days) if one.last_contact is not None else ""
        return (
            (one.name, colors.dim if one.said else colors.name),
            (", ".join(part for part in (one.title, one.company) if part), colors.dim if one.said else colors.text),
            (one.city, colors.dim),
            (", ".join(one.circles), colors.dim),
            (" ".join(ways), colors.dim),
            (last, colors.dim),
            (f"{look.glyphs.done} {one.said}" if one.said else "", colors.done),
        )


def told_lines(
    count: NewcomerCount,
    shown: int,
    words: str,
    marked: int,
    others: str,
    answers: Sequence[tuple[str, str]],
    width: int,
    look: Look,
) -> list[Line]:
    """Above the list: the question, "214 of 30,000 said" with a bar, the filter, the number of marks; then the answers.

    `shown` is how many people match the filter `words`. If nobody is marked, `others` takes that place. `answers` are
    (key, word); an answer that does not fit is left out, never cut.
    """
    lines = [_told_line(count, shown, words, marked, others, width, look)]
    if answers:
        line: Line = [Segment(" ")]
        for key, word in answers:
            piece = [Segment(f" {key} ", look.colors.key), Segment(f"{word} ", look.colors.dim)]
            if measure(line) + measure(piece) > width:
                break
            line += piece
        lines.append(line)
    return lines


def _told_line(count: NewcomerCount, shown: int, words: str, marked: int, others: str, width: int, look: Look) -> Line:
    colors, glyphs = look.colors, look.glyphs
    left: Line = [Segment("  How often?  " if width < 80 else "  How often to be in touch?   ", colors.heading)]
    left += [Segment(f"{count.said:,} of {count.total:,} said", colors.dim)]
    if width >= 80:
        left += [Segment("  "), *bar(count.said, count.total, BAR, (glyphs.progress_full, glyphs.progress_empty),
                                     (colors.accent, colors.rule))]  # fmt: skip
    if words:
        left += [Segment(f"   {counted(shown, 'holds', 'hold')} “{words}”", colors.text)]
    right = [Segment(f"{marked:,} marked ", colors.key)] if marked else []
    if others and not marked and measure(left) + len(others) + 3 <= width:
        right = [Segment(f"{others} ", colors.dim)]
    return spread(left, right, width)


def strangers_words(count: int, key: str) -> str:
    """How many people I write with are not contacts, and the key that lists them; "" for none."""
    return f"{key} {count:,} more you write with" if count else ""
