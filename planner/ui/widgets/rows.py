"""Lays out the cells of one line: columns that share a width, left and right parts, bars.

Everything here is pure: text and styles in, segments of an exact width in cells out. Text goes through
`planner.ui.text` and is shown literally.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style

from planner.core.records import record
from planner.ui.text import Align, cut, pad, plain

NO_STYLE = Style()


@record(frozen=True, slots=True)
class Column:
    """How one column of a list takes its share of a line."""

    width: int
    """The least number of cells."""
    share: int = 0
    """The part of the spare width it takes beside the other columns; 0 stays at `width`."""
    most: int | None = None
    """The greatest number of cells, None for no limit."""
    align: Align = "left"
    rank: int = 0
    """Where the line is too narrow the columns of the highest rank are left out first; 0 stays longest."""
    gap: int | None = None
    """The cells between it and the column before it, None as everywhere in the line."""

    def space(self, gap: int) -> int:
        """Return the cells before it in a line whose columns stand `gap` apart."""
        return gap if self.gap is None else self.gap


def fit(columns: Sequence[Column], width: int, gap: int = 2) -> tuple[int, ...]:
    """Return the width in cells of each column in a line of `width` cells, 0 for one left out.

    Between two columns that stay are `gap` cells. The sum never exceeds `width`: what cannot even hold
    its last column has that column narrowed.
    """
    kept = [index for index, column in enumerate(columns) if column.width or column.share]

    def taken() -> int:
        gaps = sum(columns[index].space(gap) for index in kept[1:])
        return sum(columns[index].width for index in kept) + gaps

    while len(kept) > 1 and taken() > width:
        kept.remove(max(kept, key=lambda index: (columns[index].rank, index)))
    widths = [0] * len(columns)
    for index in kept:
        widths[index] = min(columns[index].width, max(width, 0))
    spare = width - taken() if kept else 0
    growing = [index for index in kept if columns[index].share]
    while spare > 0 and growing:
        shares = sum(columns[index].share for index in growing)
        full = [
            index
            for index in growing
            if (most := columns[index].most) is not None
            and widths[index] + spare * columns[index].share // shares >= most
        ]
        if full:
            for index in full:
                most = columns[index].most or 0
                spare -= max(0, most - widths[index])
                widths[index] = max(widths[index], most)
                growing.remove(index)
            continue
        left = spare
        for index in growing:
            extra = spare * columns[index].share // shares
            widths[index] += extra
            left -= extra
        widths[growing[-1]] += left
        break
    return tuple(widths)


def lay(
    cells: Iterable[tuple[str, Style]],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    gap: int = 2,
    ellipsis: str = "…",
) -> list[Segment]:
    """Return one line of cells, each a text and its style, in columns of the widths `fit` gave."""
    segments: list[Segment] = []
    for (text, style), column, width in zip(cells, columns, widths, strict=True):
        if not width:
            continue
        if segments and column.space(gap):
            segments.append(Segment(" " * column.space(gap), NO_STYLE))
        segments.append(Segment(pad(text, width, column.align, ellipsis), style))
    return segments


def say(text: str, style: Style = NO_STYLE) -> Segment:
    """Return `text` as one plain segment."""
    return Segment(plain(text), style)


def measure(segments: Iterable[Segment]) -> int:
    """Return how many cells the segments take."""
    return sum(segment.cell_length for segment in segments)


def clip(segments: Iterable[Segment], width: int, ellipsis: str = "…") -> list[Segment]:
    """Return the segments in exactly `width` cells: cut with an ellipsis, or filled with spaces."""
    line: list[Segment] = []
    room = max(width, 0)
    remaining = list(segments)
    while remaining and room:
        segment = remaining.pop(0)
        length = segment.cell_length
        more = any(rest.text.strip() for rest in remaining)
        if length > room or (length == room and more):
            text = cut(segment.text + ("\N{NO-BREAK SPACE}" * (room + 1) if more else ""), room, ellipsis)
            text = text.replace("\N{NO-BREAK SPACE}", " ")
            line.append(Segment(text, segment.style))
            room -= Segment(text).cell_length
            break
        line.append(segment)
        room -= length
    if room:
        line.append(Segment(" " * room, NO_STYLE))
    return line


def spread(left: Sequence[Segment], right: Sequence[Segment], width: int, gap: int = 2) -> list[Segment]:
    """Return one line of `width` cells with a left part and a right part; the left one is cut first.

    The right part is left out where fewer than `gap` cells would stay for the left.
    """
    room = width - measure(right) - gap
    if not right or room < gap:
        return clip(left, width)
    return [*clip(left, room), Segment(" " * gap, NO_STYLE), *right]


def level(part: int, whole: int, cells: int) -> int:
    """Return how many of `cells` stand for `part` of `whole`: none only for nothing, all only for all."""
    if whole <= 0 or part <= 0 or cells <= 0:
        return 0
    if part >= whole:
        return cells
    return min(max(1, round(cells * part / whole)), max(1, cells - 1))


def bar(part: int, whole: int, cells: int, marks: tuple[str, str], styles: tuple[Style, Style]) -> list[Segment]:
    """Return a bar of `cells` cells, filled as `part` of `whole`; marks and styles: full, empty."""
    full = level(part, whole, cells)
    parts = ((marks[0] * full, styles[0]), (marks[1] * (cells - full), styles[1]))
    return [Segment(text, style) for text, style in parts if text]
