"""Pieces of lines, and the shortest way to draw them one after the other.

Sequences sent: SGR, OSC 8, and the shortest move among CUP, backspace, CR, LF, CUF, CUB, CHA, RI, CUU, CUD, VPA
(ECMA-48). A line feed keeps the column: the sender must make sure that no CR is added.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from planner.terminal.cell_style import PLAIN, CellStyle, style_of, transition

Place = tuple[int, int]
"""A column and a line, from 0."""
_FEW_LINES = 4
"""Up to this many lines, each is drawn in its own shorter order; more lines all in one order."""


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
        while styles:
            nearest = min(styles, key=lambda one: 0 if style.blank is one else len(transition(style, one)))
            ordered += styles.pop(nearest)
            style = _onto(style, ordered[-1])
    return ordered


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

    ways: list[list[Run]] = [runs, _by_style(runs, PLAIN)]
    lines = {run.y for run in runs}
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
