"""A screen as a grid of cells: reads frames, and gives the bytes from one screen to the next.

Sequences a frame may contain: CUP, SGR, OSC 8, line feed and text (ECMA-48; OSC 8 as in the terminals' shared note on
hyperlinks). Sequences sent: the same and other moves, EL and ECH if the terminal clears to the current background,
DECSTBM, IL and DL to scroll.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import compress, pairwise
from operator import is_not, ne, or_

from planner.terminal.cell_style import PLAIN, CellStyle
from planner.terminal.cells import Line, are_certain, is_certain, read_cells
from planner.terminal.difference import Run, move, shortest
from planner.terminal.moved_lines import Edit, edited, edits, same_lines, sequences

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H|\n")
_BRIDGE = 4
"""Up to this many unchanged cells are sent again: skipping them would cost as many bytes."""
_ERASE = 12
"""A longer run of blanks is worth an ECH and the CUF after it."""
_ERASE_END = 5
"""So many blanks at the end of a piece are worth an ECH: the cursor is moved after it in any case."""
_FEW_MOVED = 4
"""If less than one line in so many has moved, as after a page, nothing is moved: most lines are drawn in any case."""
_APART = 8
"""Changes of one line with more unchanged cells between them are optimized separately."""


Row = tuple[list[str], list[CellStyle]]
"""The cells of one line: a character with its marks, "" for the right half of a wide one; their styles."""


class CellGrid:
    """The screen an app wants, the screen a terminal is assumed to show, and the bytes between the two."""

    def __init__(self, *, erases: bool = False) -> None:
        """`erases`: the terminal clears cells to the current background (EL, ECH)."""
        self.erases = erases
        self.width = self.height = 0
        self.wanted: list[Row] = []
        """The cells the app has drawn."""
        self.shown: list[Row] = []
        """The cells the terminal is assumed to show."""
        self.cursor: tuple[int, int] | None = None
        """Column and line, from 0, of the terminal's cursor; None if unknown."""
        self.target: tuple[int, int] | None = None
        """Column and line, from 0, where the app wants the cursor."""
        self.dirty: set[int] = set()
        """The lines in which `wanted` and `shown` may differ."""

    def resize(self, width: int, height: int) -> None:
        """Take a new size in cells; all cells are forgotten."""
        self.width, self.height = width, height
        self.wanted = [self._unknown() for _ in range(height)]
        self.forget()

    def forget(self) -> None:
        """Forget what the terminal is assumed to show: the next difference has every cell the app has drawn."""
        self.shown = [self._unknown() for _ in range(self.height)]
        self.cursor = None
        self.dirty = set(range(self.height))

    def _unknown(self) -> Row:
        # A cell that was never drawn is a NUL, equal to nothing that is wanted.
        return ["\0"] * self.width, [PLAIN] * self.width

    def draw(self, frame: str) -> bool:
        """Read a frame as the app wrote it; return False, and draw nothing, if it has an unknown sequence."""
        lines: list[tuple[int, int, Line]] = []
        style, x, y = PLAIN, 0, 0
        pieces = _MOVE.split(frame)
        for place in range(0, len(pieces), 3):
            if place:
                row, column = pieces[place - 2], pieces[place - 1]
                x, y = (int(column) - 1, int(row) - 1) if row else (0, y + 1)
            if pieces[place]:
                line = read_cells(pieces[place], style)
                if line is None:
                    return False
                # A style without text would else halve a wide character at its place.
                if line[0]:
                    lines.append((x, y, line))
                x += len(line[0])
                style = line[2]
        for one in lines:
            self._put(*one)
        if self.width and self.height:
            self.target = min(max(x, 0), self.width - 1), min(max(y, 0), self.height - 1)
        return True

    def _put(self, x: int, y: int, line: Line) -> None:
        if not 0 <= y < self.height or x >= self.width:
            return
        characters, styles = self.wanted[y]
        cells, cell_styles, _ = line
        room = self.width - x
        if len(cells) > room:
            # A wide character that would cross the edge is not drawn by terminals.
            whole = cells[room] != ""
            cells, cell_styles = cells[:room], cell_styles[:room]
            if not whole:
                cells[-1] = " "
        stop = x + len(cells)
        if x and characters[x] == "":
            characters[x - 1], styles[x - 1] = " ", styles[x - 1].blank
        if stop < self.width and characters[stop] == "":
            characters[stop], styles[stop] = " ", styles[stop].blank
        characters[x:stop] = cells
        styles[x:stop] = cell_styles
        self.dirty.add(y)

    def difference(self) -> str:
        """The bytes that turn the shown screen into the wanted one; they then count as sent."""
        rows = [y for y in sorted(self.dirty) if self.wanted[y] != self.shown[y]]
        self.dirty.clear()
        changes = self._edits(rows[0], rows[-1] + 1) if len(rows) > 2 else []
        if not changes:
            return self._drawn(rows)
        top, bottom = rows[0], rows[-1] + 1
        before = [(characters[:], styles[:]) for characters, styles in self.shown]
        drawn = self._drawn(rows)
        self.shown = before
        moved = self._move_lines(top, bottom, changes)
        rows = [y for y in range(top, bottom) if self.wanted[y] != self.shown[y]]
        return min(drawn, moved + self._drawn(rows), key=len)

    def _drawn(self, rows: list[int]) -> str:
        """The bytes that draw some lines as wanted, and leave the cursor at `target`."""
        runs = [run for y in rows for run in self._runs(y)]
        if not runs and self.cursor == self.target:
            return ""
        self.cursor = self.target
        return shortest(runs, self.width, self.target)

    def _runs(self, y: int) -> list[Run]:
        """The runs to draw on one line, from left to right; they then count as drawn."""
        characters, styles = self.wanted[y]
        shown_characters, shown_styles = self.shown[y]
        width = self.width
        differs = map(or_, map(ne, characters, shown_characters), map(is_not, styles, shown_styles))
        changed = list(compress(range(width), differs))
        if "\0" in characters:
            changed = [x for x in changed if characters[x] != "\0"]
        ends_blank = self.erases and changed and "".join(characters[changed[-1] :]).isspace()
        tail = self._blank_tail(characters, styles) if ends_blank else width
        if not are_certain(characters, changed) or not are_certain(shown_characters, changed):
            # The terminal may draw such a character wider or narrower than it is counted, over its neighbours or short
            # of them: only redrawing the whole line is sure to be right.
            runs, _ = self._pieces(y, [x for x in range(width) if characters[x] != "\0"], tail)
        elif self.erases:
            runs, drawn_to = [], 0
            for part in _parts(changed, _APART):
                left = part if part[0] >= drawn_to else [x for x in part if x >= drawn_to]
                if left:
                    more, drawn_to = self._shorter_pieces(y, left, tail)
                    runs += more
        else:
            runs, _ = self._pieces(y, changed, tail)
        shown_characters[:] = characters
        shown_styles[:] = styles
        if self.erases:
            for place, run in enumerate(runs):
                if (
                    run.text[-1] == " "
                    and run.erase_end(_ERASE_END)
                    and place + 1 < len(runs)
                    and runs[place + 1].before is run
                ):
                    runs[place + 1].before = None
        return runs

    def _shorter_pieces(self, y: int, changed: list[int], tail: int) -> tuple[list[Run], int]:
        """The runs that draw cells as they are, or into a cleared area if that is shorter.

        With them comes the cell up to which the line is drawn.
        """
        if len(changed) <= _ERASE:
            return self._pieces(y, changed, tail)
        characters, styles = self.wanted[y]
        blanks = [x for x in changed if characters[x] == " " and styles[x].erasable]
        if len(blanks) <= _ERASE:
            return self._pieces(y, changed, tail)
        styles_of_blanks = [styles[x] for x in blanks]
        fill = max(set(styles_of_blanks), key=styles_of_blanks.count)
        blanks = [x for x in blanks if styles[x] is fill]
        start, stop = blanks[0], blanks[-1] + 1
        if start - changed[0] == changed.index(start):
            # Everything before it is redrawn in any case, and the cursor is usually nearer.
            start = changed[0]
        to_the_end = stop >= tail and styles[-1] is fill
        clear = "\x1b[K" if to_the_end else f"\x1b[{stop - start}X"
        again = stop - start - (bisect_left(changed, stop) - bisect_left(changed, start))
        # Skipping a blank costs at most a CUF; drawing it costs its length, or an ECH and a CUF.
        gained = sum(min(length, 10) - min(length, _BRIDGE) for length in map(len, _parts(blanks, 1)))
        # Unchanged characters of uncertain width stay as they are.
        if gained <= again + len(clear) or not all(map(is_certain, characters[start:stop])):
            return self._pieces(y, changed, tail)
        clearing = Run(y, start, fill)
        clearing.erases = True
        clearing.text.append(clear)
        if to_the_end:
            stop = self.width
        left = [x for x in changed if not start <= x < stop]
        left += [
            x for x in range(start, stop) if characters[x] != "\0" and (characters[x] != " " or styles[x] is not fill)
        ]
        drawn, drawn_to = self._pieces(y, sorted(left), tail)
        for run in drawn:
            run.on_other_background = run.style.background != fill.background
        return [clearing, *drawn], max(stop, drawn_to)

    def _pieces(self, y: int, changed: list[int], tail: int) -> tuple[list[Run], int]:
        """The runs that draw cells of one line, from left to right, and the cell up to which they draw it.

        From `tail` on an EL draws the rest.
        """
        characters, styles = self.wanted[y]
        width = self.width
        redrawn = set(changed)
        runs: list[Run] = []
        run: Run | None = None
        x = -1
        for start in changed:
            if start < x:
                continue
            x = start - 1 if start and characters[start] == "" else start
            character, style = characters[x], styles[x]
            between = None if run is None else [] if run.end == x else self._between(run, x)
            if run is not None and between is not None and run.joins(character, style):
                run.text += between
                run.end = x
            else:
                before, run = run, Run(y, x, style)
                runs.append(run)
                if between:
                    run.before, run.between = before, between
            if x >= tail:
                run.text.append("\x1b[K")
                x = width
                break
            if character == " " and self.erases and style.erasable:
                length = self._blank_run(characters, styles, x)
                if length > _ERASE:
                    run.text.append(f"\x1b[{length}X")
                    run = None
                    x += length
                    continue
            size = 2 if x + 1 < width and characters[x + 1] == "" else 1
            if is_certain(character):
                run.text.append(character)
                run.blank = run.blank and character == " "
                x += size
                # Letters of one style are most of what is drawn.
                letters, ink = x, run.style
                while x in redrawn and styles[x] is ink and " " < characters[x] <= "~":
                    x += 1
                if x > letters:
                    run.text += characters[letters:x]
                    run.blank = False
                run.end = x
            else:
                # Clear its place first, and do not rely on the position of the cursor after it.
                if run.text:
                    run = Run(y, x, style)
                    runs.append(run)
                run.text.append(" " * size + move(x, y) + character)
                run.blank = False
                run.end = -1
                run = None
                x += size
        return runs, x

    def _between(self, run: Run, x: int) -> list[str] | None:
        """The few unchanged cells over which a run could continue to `x`; None if others are between."""
        if not 0 <= x - run.end <= _BRIDGE:
            return None
        characters, styles = self.wanted[run.y]
        if not all(
            run.joins(characters[one], styles[one])
            and characters[one] not in ("", "\0")
            and is_certain(characters[one])
            for one in range(run.end, x)
        ):
            return None
        between = characters[run.end : x]
        run.blank = run.blank and set(between) <= {" "}
        return between

    def _blank_tail(self, characters: list[str], styles: list[CellStyle]) -> int:
        """The start of the blank rest of a line that an EL can draw."""
        last = styles[-1]
        if characters[-1] != " " or not last.erasable:
            return self.width
        x = self.width
        while x and characters[x - 1] == " " and styles[x - 1] is last:
            x -= 1
        return x if self.width - x > 3 else self.width

    def _blank_run(self, characters: list[str], styles: list[CellStyle], x: int) -> int:
        style, stop = styles[x], x
        while stop < self.width and characters[stop] == " " and styles[stop] is style:
            stop += 1
        return stop - x

    def _edits(self, top: int, bottom: int) -> list[Edit]:
        """The edits that bring moved lines to their new places; none unless clearly less is to be drawn afterwards."""
        now = [_print(row) for row in self.wanted[top:bottom]]
        pairs = same_lines([_print(row) for row in self.shown[top:bottom]], now)
        # Text beside a list moves with its lines, and must be drawn again.
        pairs = [(i, j) for i, j in pairs if i == j or self._cost(top + j, top + i) < self._cost(top + j, top + j)]
        changes = edits(pairs)
        if _FEW_MOVED * sum(i != j for i, j in pairs) < bottom - top:
            return []
        after = edited([*range(bottom - top)], changes)
        cost = sum(self._cost(top + j, None if i is None else top + i) for j, i in enumerate(after))
        # The further cost of the edits: their own sequences, and an unsteady picture for a small gain.
        worth = sum(self._cost(y, y) for y in range(top, bottom)) - 30 - 10 * len(changes)
        return changes if cost < worth else []

    def _move_lines(self, top: int, bottom: int, changes: list[Edit]) -> str:
        """The bytes of edits in some lines; the edits then count as done."""
        shown = self.shown
        # In some terminals inserted lines take the current background: they stay unknown.
        after = edited([*range(top, bottom)], changes)
        self.shown = [*shown[:top], *(self._unknown() if y is None else shown[y] for y in after), *shown[bottom:]]
        self.cursor = None
        return sequences(changes, top, bottom)

    def _cost(self, y: int, source: int | None) -> int:
        """The approximate number of cells to send for a line if another one is shown; None for an inserted line."""
        characters, styles = self.wanted[y]
        if source is None:
            return self.width - characters.count(" ")
        shown_characters, shown_styles = self.shown[source]
        cost = sum(map(ne, characters, shown_characters)) if characters != shown_characters else 0
        return cost + (sum(map(ne, styles, shown_styles)) // 4 if styles != shown_styles else 0)


def _print(row: Row) -> str:
    """The part of a line that identifies it: its left part, since lists are beside a card."""
    characters = row[0]
    return "".join(characters[2 : min(len(characters), 42)])


def _parts(cells: list[int], apart: int) -> list[list[int]]:
    """The cells of a line in groups that are more than `apart` from each other."""
    if cells and cells[-1] - cells[0] == len(cells) - 1:
        return [cells]
    cuts = [place for place, (before, x) in enumerate(pairwise(cells), 1) if x - before > apart]
    if not cuts:
        return [cells] if cells else []
    return [cells[start:stop] for start, stop in pairwise([0, *cuts, len(cells)])]
