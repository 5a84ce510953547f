"""Lines of a screen that have moved, and the edits that move them without drawing.

Sequences sent: DECSTBM, IL, DL and moves (ECMA-48; DECSTBM as in the VT100).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from planner.terminal.difference import move, step

Pair = tuple[int, int]
"""The index of a line before, and its index now, from 0."""
Edit = tuple[int, int]
"""An index, and how many lines are deleted there; a negative number is inserted."""


def same_lines(before: Sequence[str], now: Sequence[str]) -> list[Pair]:
    """The lines that occur in both, in increasing order.

    Lines that occur once are searched; equal lines next to such a line are included.
    """
    places = {line: place for place, line in enumerate(before) if not line.isspace() and before.count(line) == 1}
    pairs = [(places[line], place) for place, line in enumerate(now) if line in places and now.count(line) == 1]
    found: list[Pair] = []
    old, new = 0, 0
    for i, j in [*_rising(pairs), (len(before), len(now))]:
        while old < i and new < j and before[old] == now[new]:
            found.append((old, new))
            old, new = old + 1, new + 1
        near: list[Pair] = []
        while i > old and j > new and before[i - 1] == now[j - 1]:
            i, j = i - 1, j - 1
            near.append((i, j))
        found += reversed(near)
        old, new = i + len(near), j + len(near)
        if new < len(now):
            found.append((old, new))
            old, new = old + 1, new + 1
    return found


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest sequence of these pairs, sorted by their second index, whose first indexes rise too."""
    ends: list[int] = []
    chosen: list[int] = []
    last_of: list[int] = []
    before: list[int] = []
    for index, (place, _) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last_of[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last_of.append(index)
        else:
            ends[length], last_of[length] = place, index
    index = last_of[-1] if last_of else -1
    while index >= 0:
        chosen.append(index)
        index = before[index]
    return [pairs[index] for index in reversed(chosen)]


def edits(pairs: Sequence[Pair]) -> list[Edit]:
    """The edits that bring the lines of `pairs` to their places: first all deletions, then all insertions.

    In this order no remaining line is pushed over the end.
    """
    taken: list[Edit] = []
    put: list[Edit] = []
    old = new = gone = 0
    for i, j in pairs:
        more = (i - old) - (j - new)
        if more > 0:
            taken.append((i - gone - more, more))
            gone += more
        elif more < 0:
            put.append((j + more, more))
        old, new = i + 1, j + 1
    return taken + put


def edited(lines: list[int | None], changes: Sequence[Edit]) -> list[int | None]:
    """The lines after some edits; None for an inserted one."""
    found, height = list(lines), len(lines)
    for place, count in changes:
        if count > 0:
            del found[place : place + count]
            found += [None] * count
        else:
            found[place:place] = [None] * -count
            del found[height:]
    return found


def sequences(changes: Sequence[Edit], top: int, bottom: int) -> str:
    """The bytes of edits in the lines from `top` up to `bottom`; the position of the cursor is unknown afterwards."""
    out = [f"\x1b[{top + 1};{bottom}r"]
    y: int | None = None
    for place, count in changes:
        to = top + place
        out.append(move(0, to) if y is None else step(0, y, 0, to))
        out.append(f"\x1b[{abs(count) if abs(count) > 1 else ''}{'M' if count > 0 else 'L'}")
        y = to
    return "".join([*out, "\x1b[r"])
