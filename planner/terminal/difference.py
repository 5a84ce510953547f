"""Pieces of lines, and the shortest way to draw them one after the other.

Sequences sent: SGR, OSC 8, and of the moves whichever is shortest: CUP, backspace, CR, CUF, CUB, CHA, IND,
RI, CUU, CUD, VPA (ECMA-48).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from planner.terminal.looks import PLAIN, Look, transition

Place = tuple[int, int]
"""A column and a line, from 0."""
_FEW_LINES = 4
"""Of so few lines each is drawn in its own way; of more, only all in one way."""


class Run:
    """A piece of one line that is drawn in one look without moving the cursor."""

    __slots__ = ("blank", "end", "erases", "look", "on_other_ground", "text", "x", "y")

    def __init__(self, y: int, x: int, look: Look) -> None:
        self.y = y
        self.x = self.end = x
        self.look = look
        self.text: list[str] = []
        self.erases = self.on_other_ground = False
        """Whether it clears a place for other runs, and whether it is one of those on another background."""
        self.blank = True
        """Nothing but spaces so far, so that any look will do that has the same blanks."""

    def joins(self, character: str, look: Look) -> bool:
        """Return whether a cell can follow in this run, which may take on the look of the cell."""
        if look is self.look or (character == " " and self.look.blank is look):
            return True
        if self.blank and look.blank is self.look:
            self.look = look
            return True
        return False


def _by_look(run: Run) -> tuple[bool, str, str, bool, bool, str, int, int]:
    look = run.look
    drawn = f"{look.foreground} {';'.join(sorted(look.attributes))}" if look.attributes else look.foreground
    # A place is cleared before anything is drawn there.
    return run.on_other_ground, look.link, look.background, not run.erases, run.blank, drawn, run.y, run.x


def _in_order(runs: Iterable[Run], width: int, target: Place | None) -> str:
    """Return the sequences that draw the runs one after the other, the look left plain and the cursor at `target`."""
    out: list[str] = []
    look = PLAIN
    row = column = -1
    for run in runs:
        if run.y != row or run.x != column:
            out.append(_step(column, row, run.x, run.y) if row >= 0 else move(run.x, run.y))
        if run.look is not look and not (run.blank and look.blank is run.look):
            out.append(transition(look, run.look))
            look = run.look
        out.extend(run.text)
        row, column = run.y, run.end
        if not 0 <= column < width:
            # At the end of a line, and after what has no certain width, terminals differ about the cursor.
            row = -1
    if look is not PLAIN:
        out.append("\x1b]8;;\x1b\\\x1b[m" if look.link else "\x1b[m")
    if target is not None:
        out.append(_step(column, row, *target) if row >= 0 else move(*target))
    return "".join(out)


def shortest(runs: list[Run], width: int, target: Place | None) -> str:
    """Return the shortest way to draw runs, from left to right or all of one look together.

    It leaves the cursor at `target`. A change of colour costs more than a move, so lines of like columns are
    shorter by colour. A few lines are drawn each in the way that is shorter for it.
    """
    by_look = sorted(runs, key=_by_look)
    ways: list[list[Run]] = [runs, by_look]
    lines = {run.y for run in runs}
    if 1 < len(lines) <= _FEW_LINES:
        each: list[Run] = []
        for y in sorted(lines):
            line = [run for run in runs if run.y == y], [run for run in by_look if run.y == y]
            each += min(line, key=lambda way: len(_in_order(way, width, target)))
        ways.append(each)
    return min((_in_order(way, width, target) for way in ways), key=len)


def move(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"


@lru_cache(maxsize=16384)
def _step(x: int, y: int, to_x: int, to_y: int) -> str:
    """Return the shortest sequence that takes the cursor from a known cell to another."""
    right, down = to_x - x, to_y - y
    across = [""] if right == 0 else [f"\x1b[{to_x + 1}G"]
    if right > 0:
        across.append(f"\x1b[{_count(right)}C")
    elif right < 0:
        across += [f"\x1b[{_count(-right)}D", "\b" * -right]
    if to_x == 0:
        across.append("\r")
    along = [""] if down == 0 else [f"\x1b[{to_y + 1}d", f"\x1b[{_count(abs(down))}{'B' if down > 0 else 'A'}"]
    if abs(down) == 1:
        # Neither scrolls: there is a line beyond.
        along.append("\x1bD" if down == 1 else "\x1bM")
    return min(move(to_x, to_y), min(along, key=len) + min(across, key=len), key=len)


def _count(number: int) -> str:
    return "" if number == 1 else str(number)
