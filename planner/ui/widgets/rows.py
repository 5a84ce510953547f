"""Lays out the cells of one line: columns that share a width, left and right parts, bars.

Everything here is pure: text and styles in, segments of an exact width in cells out. Text goes through
`planner.ui.text` and is shown literally.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style

from planner.core.records import record
from planner.ui.text import Align, cut, pad, plain
from planner.ui.text import width as cells_of

NO_STYLE = Style()


@record(frozen=True, slots=True)
class Column:
    """How one column of a list takes its share of a line."""

    width: int
    """The least number of cells."""
    share: int = 0
    """The share of the spare width relative to other columns; with 0 it stays at `width`."""
    most: int | None = None
    """The greatest number of cells, None for no limit."""
    align: Align = "left"
    rank: int = 0
    """When the line is too narrow, columns with the highest rank are left out first; 0 stays longest."""
    gap: int | None = None
    """The cells between it and the column before it, None for the line's default."""
    whole: bool = False
    """Whether its texts are never cut: if they do not fit, columns with a higher rank are left out."""
    first: bool = False
    """Whether it gets what its cells need before the other columns grow; names do."""
    bends: bool = False
    """Whether it may lend its empty cells in a row to the text after it, or borrow some, if that keeps a text whole
    that would otherwise be cut.
    """

    def space(self, gap: int) -> int:
        """The cells before it in a line whose columns are `gap` apart."""
        return gap if self.gap is None else self.gap


USUAL = 0.8
"""The part of the texts of a column that fit its usual width."""
NAME = 20
"""The cells that names may take before the columns beside them grow; most names are shorter."""


@record(frozen=True, slots=True)
class ColumnNeed:
    """The cells that the texts of one column take: the usual ones, and the widest."""

    usual: int = 0
    most: int = 0


Needs = Sequence[ColumnNeed]
"""What each column needs; empty if unknown."""


def needs_of(rows: Iterable[Sequence[str]], known: Needs = (), behind: int = 0) -> tuple[ColumnNeed, ...]:
    """What each column needs for these texts, at least what is `known`.

    The last column is empty in some rows; the text before it then also uses its `behind` cells, and needs as many fewer
    of its own.
    """
    return needs_of_widths((widths_of(texts, behind) for texts in rows), known)


def widths_of(texts: Sequence[str], behind: int = 0) -> tuple[int, ...]:
    """How many cells each text of a row needs, as `needs_of` counts them."""
    widths = [len(text) if text.isascii() else cells_of(text) for text in texts]
    if behind and len(texts) > 1 and not texts[-1]:
        widths[-2] = max(0, widths[-2] - behind)
    return tuple(widths)


def needs_of_widths(rows: Iterable[Sequence[int]], known: Needs = ()) -> tuple[ColumnNeed, ...]:
    """What each column needs for rows with texts of these widths, at least what is `known`."""
    found = []
    for column, need in zip_longest(zip_longest(*filter(None, rows)), known):
        before = need or ColumnNeed()
        cells = sorted(wide for wide in column or () if wide is not None)
        usual = cells[min(len(cells) - 1, int(len(cells) * USUAL))] if cells else 0
        found.append(ColumnNeed(max(before.usual, usual), max(before.most, cells[-1] if cells else 0)))
    return tuple(found)


def fit(columns: Sequence[Column], width: int, gap: int = 2, needs: Needs = ()) -> tuple[int, ...]:
    """The width in cells of each column in a line of `width` cells, 0 for one that is left out.

    Remaining columns are `gap` cells apart. The sum never exceeds `width`: if even the last remaining column does not
    fit, it is narrowed. With `needs` a column grows no further than its texts, except one that shares without limit. If
    not every text fits, columns without a share come first, then those that are `first`, and the usual texts of all
    before the longest of any; of two columns whose usual texts would be cut, the one with the higher rank is left out.
    """
    kept = [index for index, column in enumerate(columns) if column.width or column.share]
    most = [column.most for column in columns]
    least = [column.width for column in columns]
    for index, need in enumerate(needs):
        column = columns[index]
        # A column that does not grow keeps its width, so that it lines up from one list to the next.
        least[index] = min(column.width, need.most) if column.share or column.first else column.width
        if column.whole:
            least[index] = max(least[index], need.most)
        most[index] = max(least[index], need.most if column.most is None else min(need.most, column.most))

    def taken() -> int:
        gaps = sum(columns[index].space(gap) for index in kept[1:])
        return sum(least[index] for index in kept) + gaps

    while len(kept) > 1 and taken() > width:
        kept.remove(max(kept, key=lambda index: (columns[index].rank, index)))
    while True:
        widths = [0] * len(columns)
        for index in kept:
            widths[index] = min(least[index], max(width, 0))
        spare = width - taken() if kept else 0
        if needs:
            spare = _grown(columns, most, kept, widths, spare, needs)
        # Of two columns whose usual texts are both cut, one is left out to make room for the other.
        short = [index for index in kept if needs and columns[index].share and widths[index] < needs[index].usual]
        if len({columns[index].rank for index in short}) < 2:
            break
        kept.remove(max(short, key=lambda index: (columns[index].rank, index)))
    spare = _shared(columns, most, [index for index in kept if columns[index].share], widths, spare)
    endless = [index for index in kept if needs and columns[index].share and columns[index].most is None]
    _shared(columns, [None] * len(columns), endless, widths, spare)
    return tuple(widths)


def _grown(
    columns: Sequence[Column], most: Sequence[int | None], kept: Sequence[int], widths: list[int], spare: int,
    needs: Needs,
) -> int:  # fmt: skip
    """Let columns grow one after the other, to their usual texts and then to their longest; return the cells left."""

    def grow(index: int, to: int) -> None:
        nonlocal spare
        extra = min(max(0, min(to, most[index] or 0) - widths[index]), spare)
        widths[index] += extra
        spare -= extra

    fixed = [index for index in kept if not columns[index].share and not columns[index].first]
    names = [index for index in kept if columns[index].first]
    sharing = [index for index in kept if columns[index].share and not columns[index].first]
    for index in fixed:
        grow(index, needs[index].most)
    for index in names:
        grow(index, max(needs[index].usual, min(needs[index].most, NAME)))
    for index in sharing:
        grow(index, needs[index].usual)
    for index in names:
        grow(index, needs[index].most)
    return spare


def _shared(
    columns: Sequence[Column], most: Sequence[int | None], growing: list[int], widths: list[int], spare: int
) -> int:
    """Let columns grow by their shares up to their maximum; return the cells left."""
    while spare > 0 and growing:
        shares = sum(columns[index].share for index in growing)
        full = [
            index
            for index in growing
            if (limit := most[index]) is not None and widths[index] + spare * columns[index].share // shares >= limit
        ]
        for index in full:
            extra = max(0, (most[index] or 0) - widths[index])
            widths[index] += extra
            spare -= extra
            growing.remove(index)
        if full:
            continue
        left = spare
        for index in growing:
            extra = spare * columns[index].share // shares
            widths[index] += extra
            left -= extra
        widths[growing[-1]] += left
        return 0
    return spare


def lay(
    cells: Iterable[tuple[str, Style]],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    gap: int = 2,
) -> list[Segment]:
    """One line of cells, each a text and its style, in columns with widths from `fit`.

    A text longer than its column continues over the empty cells after it.
    """
    shown = list(cells)
    segments: list[Segment] = []
    for index, space, width in spans([text for text, _ in shown], columns, widths, gap):
        if space:
            segments.append(Segment(" " * space, NO_STYLE))
        text, style = shown[index]
        segments.append(Segment(pad(text, width, columns[index].align), style))
    return segments


def spans(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the places of the texts in a line: (column, cells before it, its own cells).

    A text longer than its column also takes the empty cells after it. A column that bends lends and borrows.
    """
    kept = [index for index, width in enumerate(widths) if width]
    widths = _bent(texts, columns, widths, kept, gap)
    lent = 0
    for place, index in enumerate(kept):
        width, space = widths[index], columns[index].space(gap) if place else 0
        if lent:
            # The text before has taken some of these cells.
            taken = min(lent, space)
            lent, space = lent - taken, space - taken
            taken = min(lent, width)
            lent, width = lent - taken, width - taken
            if not width:
                continue
        text = texts[index]
        if columns[index].align == "left" and len(text) * 2 > width and place + 1 < len(kept):
            missing = cells_of(text) - width
            if missing > 0:
                lent = min(missing, _empty_behind(texts, columns, widths, kept[place + 1 :], gap))
                width += lent
        yield index, space, width


def _bent(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], kept: Sequence[int], gap: int
) -> Sequence[int]:
    """The widths of columns in one line, after columns that bend have lent cells to a neighbour or borrowed some."""
    found = list(widths)
    for place, index in enumerate(kept[:-1]):
        after, column = kept[place + 1], columns[index]
        if not column.bends or columns[after].align != "left":
            continue
        spare = widths[index] - cells_of(texts[index])
        behind = _empty_behind(texts, columns, widths, kept[place + 2 :], gap)
        spare_after = widths[after] - cells_of(texts[after])
        if 0 < -spare <= spare_after or (spare_after < 0 < -spare_after - behind <= spare):
            moved = -spare if spare < 0 else -spare_after - behind
            found[index] += moved if spare < 0 else -moved
            found[after] -= moved if spare < 0 else -moved
    return found


def _empty_behind(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], behind: Iterable[int], gap: int
) -> int:
    """The empty cells up to the next text of a line, less the gap before it."""
    free = 0
    for index in behind:
        used = cells_of(texts[index])
        if used:
            return free + (max(0, widths[index] - used) if columns[index].align == "right" else 0)
        free += columns[index].space(gap) + widths[index]
    return free


def say(text: str, style: Style = NO_STYLE) -> Segment:
    """A text as one plain segment."""
    return Segment(plain(text), style)


def measure(segments: Iterable[Segment]) -> int:
    """How many cells the segments take."""
    return sum(segment.cell_length for segment in segments)


def clip(segments: Iterable[Segment], width: int, ellipsis: str = "…") -> list[Segment]:
    """The segments in exactly `width` cells: cut with an ellipsis, or filled with spaces."""
    remaining = list(segments)
    room = max(width, 0)
    missing = room - measure(remaining)
    if missing >= 0:
        return [*remaining, Segment(" " * missing, NO_STYLE)] if missing else remaining
    line: list[Segment] = []
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


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """Segments that look the same in smaller number: blanks are merged into the text beside them.

    Each segment is filtered, encoded and parsed on its way to the terminal, and every second one of a row is a gap:
    merging saves a quarter of a page's time.
    """
    line: list[Segment] = []
    for segment in segments:
        before = line[-1] if line else segment
        ink = before if not segment.text.strip(" ") else segment if not before.text.strip(" ") else None
        if not line or ink is None or not _alike_on_blanks(before.style or NO_STYLE, segment.style or NO_STYLE):
            line.append(segment)
        else:
            line[-1] = Segment(before.text + segment.text, ink.style)
    return line


@lru_cache(maxsize=1024)
def _alike_on_blanks(one: Style, other: Style) -> bool:
    """Whether a blank looks the same in two styles."""
    return one.bgcolor == other.bgcolor and not any(
        style.reverse or style.underline or style.underline2 or style.strike or style.overline or style.blink
        or style.blink2 or style.frame or style.encircle or style.link
        for style in (one, other)
    )  # fmt: skip


def spread(left: Sequence[Segment], right: Sequence[Segment], width: int, gap: int = 2) -> list[Segment]:
    """One line of `width` cells with a left part and a right part; the left one is cut first.

    The right part is left out if the left one would get fewer than `gap` cells.
    """
    room = width - measure(right) - gap
    if not right or room < gap:
        return clip(left, width)
    return [*clip(left, room), Segment(" " * gap, NO_STYLE), *right]


def level(part: int, whole: int, cells: int) -> int:
    """How many of `cells` represent `part` of `whole`: none only for nothing, all only for all."""
    if whole <= 0 or part <= 0 or cells <= 0:
        return 0
    if part >= whole:
        return cells
    return min(max(1, round(cells * part / whole)), max(1, cells - 1))


def bar(part: int, whole: int, cells: int, marks: tuple[str, str], styles: tuple[Style, Style]) -> list[Segment]:
    """A bar of `cells` cells, filled as `part` of `whole`; marks and styles: full, empty."""
    full = level(part, whole, cells)
    parts = ((marks[0] * full, styles[0]), (marks[1] * (cells - full), styles[1]))
    return [Segment(text, style) for text, style in parts if text]
