"""Pieces of lines, and the shortest way to draw them one after the other.

Sequences sent: SGR, OSC 8, ECH, and the shortest move among CUP, backspace, CR, LF, CUF, CUB, CHA, RI, CUU, CUD, VPA
(ECMA-48). A line feed keeps the column: the sender must make sure that no CR is added.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter, itemgetter

from planner.terminal.cell_style import PLAIN, CellStyle, style_of, transition

Place = tuple[int, int]
"""A column and a line, from 0."""
_FEW_LINES = 4
"""Up to this many lines, each is drawn in its own shorter order; more lines all in one order."""
_MANY = 6
"""With so many runs of each style on more lines, drawing from left to right is never shorter, and not tried."""
_LANES_FROM = 6
"""Fewer runs of one style are drawn line by line."""
_MARK, _NEAR = 2, 4
"""A column of runs of at most so many cells at the left is drawn by itself, if they are mostly so many lines apart."""
_TURNS = 4
"""Up to this many runs of one style on a line, each of them may be the first to be drawn."""
_BY_PLACE = attrgetter("y", "x")


class Run:
    """Adjacent cells of one line that are drawn in one style without moving the cursor."""

    __slots__ = ("before", "between", "blank", "end", "erases", "on_other_background", "style", "text", "x", "y")

    def __init__(self, y: int, x: int, style: CellStyle) -> None:
        self.y = y
        self.x = self.end = x
        self.style = style
        self.text: list[str] = []
        self.erases = False
        """Whether the run clears cells in which other runs are drawn afterwards."""
        self.on_other_background = False
        """Whether the run is drawn in cleared cells, on a background other than theirs."""
        self.before: Run | None = None
        self.between: list[str] = []
        """The cells from the end of `before` up to this run, all in the style of `before`: shorter than a move."""
        self.blank = True
        """Whether the run has only spaces so far: any style with the same blanks then draws it."""

    def joins(self, character: str, style: CellStyle) -> bool:
        """Whether a cell can be added to this run; a blank run takes on the style of the cell."""
        if style is self.style or (character == " " and self.style.blank is style):
            return True
        if self.blank and style.blank is self.style:
            self.style = style
            return True
        return False

    def erase_end(self, least: int) -> bool:
        """Erase the blanks at the end in place of drawing them, if there are at least so many; whether it was done."""
        text = self.text
        if self.erases or self.end < 0 or len(text) < least or text[-1] != " " or not self.style.blank.erasable:
            return False
        blanks = 1
        while blanks < len(text) and text[-1 - blanks] == " ":
            blanks += 1
        if blanks < least:
            return False
        text[-blanks:] = [f"\x1b[{blanks}X"]
        self.end -= blanks
        return True


def _onto(style: CellStyle, run: Run) -> CellStyle:
    """The style to draw a run in. Blanks take any text colour: the last one is often wanted again."""
    if not run.blank:
        return run.style
    same_ink = style_of(style.attributes, style.foreground, run.style.background, run.style.link)
    return same_ink if same_ink.blank is run.style else run.style


def _by_style(runs: list[Run], style: CellStyle) -> list[Run]:
    """The runs of one style together, each style followed by the one that needs the fewest bytes to reach.

    A place is cleared before anything is drawn there, and runs with another background than it come last.
    """
    stages: dict[tuple[bool, str, bool], dict[CellStyle, list[Run]]] = {}
    for run in runs:
        stage = run.on_other_background, run.style.background, not run.erases
        stages.setdefault(stage, {}).setdefault(run.style, []).append(run)
    ordered: list[Run] = []
    for stage in sorted(stages):
        styles = stages[stage]
        _give_blanks_away(styles)
        while styles:
            nearest = min(styles, key=lambda one: 0 if style.blank is one else len(transition(style, one)))
            ordered += _in_lanes(styles.pop(nearest))
            style = _onto(style, ordered[-1])
    return ordered


def _give_blanks_away(styles: dict[CellStyle, list[Run]]) -> None:
    """Have each blank run drawn with the text that is nearest to it, since a blank has no colour of its own."""
    for blank in [style for style in styles if style.blank is style]:
        near: dict[int, list[Run]] = {}
        for style, runs in styles.items():
            if style.blank is blank and style is not blank:
                for run in runs:
                    near.setdefault(run.y, []).append(run)
        left: list[Run] = []
        for run in styles.pop(blank):
            around = [*near.get(run.y, ()), *near.get(run.y - 1, ()), *near.get(run.y + 1, ())]
            if run.blank and around:
                nearest = min(around, key=lambda one: distance(one.end, one.y, run.x, run.y))
                styles[nearest.style].append(run)
            else:
                left.append(run)
        if left:
            styles[blank] = left


def _in_lanes(runs: list[Run]) -> list[Run]:
    """The runs of one style line by line; a narrow column at the left, as of marks, from top to bottom before the rest.

    Drawn with the rest of its line, each mark would take two longer moves in place of a short one.
    """
    runs.sort(key=_BY_PLACE)
    if len(runs) < _LANES_FROM:
        return runs
    edge = min([run.x for run in runs]) + _MARK
    lane = [run for run in runs if run.x < edge]
    beside = len(lane) < len(runs) and all(run.end <= edge for run in lane)
    if beside and lane[-1].y - lane[0].y <= _NEAR * (len(lane) - 2):
        return _turned(lane) + _turned([run for run in runs if run.x >= edge])
    return _turned(runs)


def _turned(runs: list[Run]) -> list[Run]:
    """Runs line by line, each line begun where the moves are shortest.

    The runs of a line are drawn from one of them to the right, then the others from the left. Of all ways to draw the
    lines so far the shortest is kept for each run that the last line may end with.
    """
    lines: dict[int, list[Run]] = {}
    for run in runs:
        lines.setdefault(run.y, []).append(run)
    if len(lines) == len(runs):
        return runs
    ways: list[tuple[int, list[Run]]] = [(0, [])]
    for y, line in lines.items():
        if len(line) == 1:
            ways = [_onward(ways, line, 0)]
            continue
        moves = [distance(one.end, y, two.x, y) for one, two in pairwise([*line, line[0]])]
        inside = sum(moves)
        # What stands after a character of uncertain width is drawn after it. Where a line begins in its middle, one
        # move to the right is left out for the one back to the left.
        turns = range(len(line)) if len(line) <= _TURNS and all(run.end >= 0 for run in line) else (0,)
        ways = [_onward(ways, line[turn:] + line[:turn], inside - moves[turn - 1]) for turn in turns]
    return min(ways, key=itemgetter(0))[1]


def _onward(ways: list[tuple[int, list[Run]]], line: list[Run], inside: int) -> tuple[int, list[Run]]:
    """The shortest of some ways with a line after it, whose own moves take so many bytes."""
    x, y = line[0].x, line[0].y
    costs = [sent + distance(drawn[-1].end, drawn[-1].y, x, y) if drawn else sent for sent, drawn in ways]
    cost = min(costs)
    return cost + inside, ways[costs.index(cost)][1] + line


def _in_order(runs: Iterable[Run], width: int, target: Place | None) -> str:
    """The sequences that draw the runs in this order; they leave the style plain and the cursor at `target`."""
    out: list[str] = []
    style = PLAIN
    row = column = -1
    previous: Run | None = None
    for run in runs:
        if run.before is previous and previous is not None and row >= 0:
            out += run.between
        elif run.y != row or run.x != column:
            out.append(step(column, row, run.x, run.y) if row >= 0 else move(run.x, run.y))
        if run.style is not style and not (run.blank and style.blank is run.style):
            onto = _onto(style, run)
            out.append(transition(style, onto))
            style = onto
        out.extend(run.text)
        row, column, previous = run.y, run.end, run
        if not 0 <= column < width:
            # At the end of a line, and after a character of uncertain width, terminals disagree about the cursor.
            row = -1
    if style is not PLAIN:
        out.append("\x1b]8;;\x1b\\\x1b[m" if style.link else "\x1b[m")
    if target is not None:
        out.append(step(column, row, *target) if row >= 0 else move(*target))
    return "".join(out)


def shortest(runs: list[Run], width: int, target: Place | None) -> str:
    """The shortest sequences that draw the runs, from left to right or all of one style together.

    They leave the cursor at `target`, a column and a line from 0. A change of colour costs more bytes than a move, so
    lines with the same coloured columns are shorter when drawn by colour.
    """

    def sent(way: list[Run]) -> str:
        return _in_order(way, width, target)

    ways = [_by_style(runs, PLAIN)]
    lines = {run.y for run in runs}
    if len(lines) <= _FEW_LINES or len(runs) < _MANY * len({run.style for run in runs}):
        ways.append(runs)
    if 1 < len(lines) <= _FEW_LINES:
        each: list[Run] = []
        for y in sorted(lines):
            line = [run for run in runs if run.y == y]
            by_style = _by_style(line, each[-1].style if each else PLAIN)
            each = min([*each, *line], [*each, *by_style], key=lambda way: len(sent(way)))
        ways.append(each)
    return min(map(sent, ways), key=len)


def move(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"


@lru_cache(maxsize=16384)
def step(x: int, y: int, to_x: int, to_y: int) -> str:
    """The shortest sequence that moves the cursor from a known cell to another."""
    right, down = to_x - x, to_y - y
    across = [""] if right == 0 else [f"\x1b[{to_x + 1}G"]
    if right > 0:
        across.append(f"\x1b[{_count(right)}C")
    elif right < 0:
        across += [f"\x1b[{_count(-right)}D", "\b" * -right]
    if to_x == 0:
        across.append("\r")
    along = [""] if down == 0 else [f"\x1b[{to_y + 1}d", f"\x1b[{_count(abs(down))}{'B' if down > 0 else 'A'}"]
    # Neither scrolls: there is a line beyond.
    if down > 0:
        along.append("\n" * down)
    elif down == -1:
        along.append("\x1bM")
    return min(move(to_x, to_y), min(along, key=len) + min(across, key=len), key=len)


def _count(number: int) -> str:
    return "" if number == 1 else str(number)


@lru_cache(maxsize=65536)
def distance(x: int, y: int, to_x: int, to_y: int) -> int:
    """The bytes of the shortest move from one cell to another; a negative `x` is an unknown place."""
    return len(step(x, y, to_x, to_y) if x >= 0 else move(to_x, to_y))
