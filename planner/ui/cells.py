"""A screen as a grid of cells: reads frames into it, and says how one screen becomes another.

Sequences a frame may hold: CUP, SGR, OSC 8, line feed and text (ECMA-48; OSC 8 as in the terminals'
shared note on hyperlinks). Sequences sent: the same, and CUF, EL and ECH where the terminal clears to
the current background, DECSTBM, IL and DL to scroll.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from operator import ne
from zlib import crc32

from rich.cells import split_graphemes

_TOKEN = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\[(?P<sgr>[\d;:]*)m"
    r"|\x1b\]8;(?P<link>[^\x00-\x1f\x7f]*)(?:\x1b\\|\x07)"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\n"
)
_NARROW = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0557\u2010-\u2027\u2030-\u203b"
    "\u2190-\u2319\u2500-\u25fc\u2660-\u266f\u2713\u2800-\u28ff\ufffd]*"
)
"""Text whose every character takes one cell, quickly told."""
_WIDE = ((0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFF01, 0xFF60))
"""First and last of the characters that take two cells in every terminal."""

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
        "21": "24", "51": "54", "52": "54", "53": "55"}  # fmt: skip
_VISIBLE_ON_BLANK = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
_BRIDGE = 5
"""As many unchanged cells are sent again as skipping them would cost bytes."""
_ERASE = 12
"""The least length of a blank run that is worth an ECH and the CUF after it."""


class _Look:
    """How a cell is drawn; equal looks are one object, so `is` compares them.

    `blank` is the look of a space drawn so: what does not show on a space is left out of it.
    """

    __slots__ = ("attributes", "background", "blank", "erasable", "foreground", "link")

    def __init__(self, attributes: frozenset[str], foreground: str, background: str, link: str) -> None:
        self.attributes = attributes
        self.foreground = foreground
        self.background = background
        self.link = link
        visible = attributes & _VISIBLE_ON_BLANK
        blank_foreground = foreground if visible else ""
        self.erasable = not visible and not link
        self.blank: _Look = (
            self
            if visible == attributes and blank_foreground == foreground
            else _look(visible, blank_foreground, background, link)
        )


@lru_cache(maxsize=4096)
def _look(attributes: frozenset[str], foreground: str, background: str, link: str) -> _Look:
    return _Look(attributes, foreground, background, link)


PLAIN = _look(frozenset(), "", "", "")


@lru_cache(maxsize=4096)
def _apply_sgr(look: _Look, sgr: str) -> _Look | None:
    """Return the look after an SGR sequence, or None where its meaning is not known."""
    attributes, foreground, background = set(look.attributes), look.foreground, look.background
    codes = iter(sgr.split(";"))
    for code in codes:
        if code in ("", "0"):
            attributes, foreground, background = set(), "", ""
        elif code in _OFF:
            attributes.add(code)
        elif code in _OFF.values():
            attributes = {one for one in attributes if _OFF[one] != code}
        elif code in ("38", "48"):
            kind = next(codes, "")
            count = {"5": 1, "2": 3}.get(kind)
            if count is None:
                return None
            color = ";".join((code, kind, *(next(codes, "0") for _ in range(count))))
            foreground, background = (color, background) if code == "38" else (foreground, color)
        elif code == "39":
            foreground = ""
        elif code == "49":
            background = ""
        elif re.fullmatch("3[0-7]|9[0-7]", code):
            foreground = code
        elif re.fullmatch("4[0-7]|10[0-7]", code):
            background = code
        else:
            return None
    return _look(frozenset(attributes), foreground, background, look.link)


@lru_cache(maxsize=1024)
def _same_link(link: str) -> str:
    """Return parameters and address of a link with an id that is the same whenever the address is.

    Rich makes up another id for each frame: by it every link on the screen would be new.
    """
    address = link.partition(";")[2]
    return f"id={crc32(address.encode('utf-8', 'replace')):x};{address}" if address else ""


@lru_cache(maxsize=16384)
def _transition(old: _Look, new: _Look) -> str:
    """Return the shortest sequence that turns one look into another."""
    link = "" if old.link == new.link else f"\x1b]8;{new.link or ';'}\x1b\\"
    colors = [part for part in (new.foreground, new.background) if part]
    afresh = ";".join(["", *sorted(new.attributes), *colors])
    step: list[str] = []
    lost = old.attributes - new.attributes
    step += sorted({_OFF[one] for one in lost})
    # One code may put out two attributes: what is still wanted is set again.
    step += sorted(one for one in new.attributes if one not in old.attributes or _OFF[one] in step)
    if old.foreground != new.foreground:
        step.append(new.foreground or "39")
    if old.background != new.background:
        step.append(new.background or "49")
    if not step:
        return link
    return f"{link}\x1b[{min(';'.join(step), afresh, key=len)}m"


class _Run:
    """A piece of one line that is drawn in one look without moving the cursor."""

    __slots__ = ("blank", "end", "look", "text", "x", "y")

    def __init__(self, y: int, x: int, look: _Look) -> None:
        self.y = y
        self.x = self.end = x
        self.look = look
        self.text: list[str] = []
        self.blank = True
        """Nothing but spaces so far, so that any look will do that has the same blanks."""

    def joins(self, character: str, look: _Look) -> bool:
        """Return whether a cell can follow in this run, which may take on the look of the cell."""
        if look is self.look or (character == " " and self.look.blank is look):
            return True
        if self.blank and look.blank is self.look:
            self.look = look
            return True
        return False


def _by_look(run: _Run) -> tuple[str, str, bool, str, int, int]:
    look = run.look
    attributes = ";".join(sorted(look.attributes))
    return look.link, look.background, run.blank, f"{look.foreground} {attributes}", run.y, run.x


def _in_order(runs: Iterable[_Run]) -> str:
    """Return the sequences that draw the runs one after the other, the look left plain."""
    out: list[str] = []
    look = PLAIN
    row = column = -1
    for run in runs:
        if run.y != row or run.x != column:
            ahead = run.x - column if run.y == row and column >= 0 else 0
            out.append(_move(run.x, run.y) if ahead <= 0 else "\x1b[C" if ahead == 1 else f"\x1b[{ahead}C")
        if run.look is not look and not (run.blank and look.blank is run.look):
            out.append(_transition(look, run.look))
            look = run.look
        out.extend(run.text)
        row, column = run.y, run.end
    if look is not PLAIN:
        out.append("\x1b]8;;\x1b\\\x1b[m" if look.link else "\x1b[m")
    return "".join(out)


Row = tuple[list[str], list[_Look]]
"""The cells of one line: a character with its marks, "" for the right half of a wide one; their looks."""


class CellGrid:
    """What the app wants on the screen, what the terminal shows, and the bytes between the two."""

    def __init__(self, *, erases: bool = False) -> None:
        """`erases`: the terminal clears cells to the current background (EL, ECH)."""
        self.erases = erases
        self.width = self.height = 0
        self.wanted: list[Row] = []
        self.shown: list[Row] = []
        self.cursor: tuple[int, int] | None = None
        self.target: tuple[int, int] | None = None
        self.dirty: set[int] = set()

    def resize(self, width: int, height: int) -> None:
        """Take a new size in cells; what was on the screen is no longer known."""
        self.width, self.height = width, height
        self.wanted = [self._unknown() for _ in range(height)]
        self.forget()

    def forget(self) -> None:
        """Take nothing for shown: the next frame brings every cell that is wanted."""
        self.shown = [self._unknown() for _ in range(self.height)]
        self.cursor = None
        self.dirty = set(range(self.height))

    def _unknown(self) -> Row:
        # A cell that was never drawn is a NUL, equal to nothing that is wanted.
        return ["\0"] * self.width, [PLAIN] * self.width

    def draw(self, frame: str) -> bool:
        """Take a frame as the app wrote it; return False, drawing nothing, where it is not understood."""
        runs: list[tuple[int, int, str, _Look]] = []
        look, x, y, end = PLAIN, 0, 0, 0
        for token in _TOKEN.finditer(frame):
            if token.start() != end:
                return False
            end = token.end()
            kind = token.lastgroup
            if kind == "text":
                text = token["text"]
                runs.append((x, y, text, look))
                x += len(text) if text.isascii() else _cells(text)
            elif kind == "sgr":
                changed = _apply_sgr(look, token["sgr"])
                if changed is None:
                    return False
                look = changed
            elif kind == "column":
                x, y = int(token["column"]) - 1, int(token["row"]) - 1
            elif kind == "link":
                look = _look(look.attributes, look.foreground, look.background, _same_link(token["link"]))
            else:
                x, y = 0, y + 1
        if end != len(frame):
            return False
        for run in runs:
            self._put(*run)
        if self.width and self.height:
            self.target = min(max(x, 0), self.width - 1), min(max(y, 0), self.height - 1)
        return True

    def _put(self, x: int, y: int, text: str, look: _Look) -> None:
        if not 0 <= y < self.height or x >= self.width:
            return
        characters, looks = self.wanted[y]
        cells = list(text) if _NARROW.fullmatch(text) else list(_split(text))
        room = self.width - x
        if len(cells) > room:
            # A wide character that would hang over the edge is not drawn by terminals.
            whole = cells[room] != ""
            cells = cells[:room]
            if not whole:
                cells[-1] = " "
        stop = x + len(cells)
        if x and characters[x] == "":
            characters[x - 1], looks[x - 1] = " ", looks[x - 1].blank
        if stop < self.width and characters[stop] == "":
            characters[stop], looks[stop] = " ", looks[stop].blank
        characters[x:stop] = cells
        if look.blank is look or " " not in cells:
            looks[x:stop] = [look] * len(cells)
        else:
            blank = look.blank
            looks[x:stop] = [blank if cell == " " else look for cell in cells]
        self.dirty.add(y)

    def difference(self) -> str:
        """Return what turns the terminal's screen into the wanted one, and take it for shown."""
        rows = [y for y in sorted(self.dirty) if self.wanted[y] != self.shown[y]]
        self.dirty.clear()
        out: list[str] = []
        if len(rows) > 2:
            scrolled = self._scroll(rows)
            if scrolled:
                out.append(scrolled)
                rows = [y for y in range(rows[0], rows[-1] + 1) if self.wanted[y] != self.shown[y]]
        runs = [run for y in rows for run in self._runs(y)]
        # A change of colour costs more than a move: lines of like columns are shorter by colour.
        drawn = min(_in_order(runs), _in_order(sorted(runs, key=_by_look)), key=len)
        out.append(drawn)
        update = "".join(out)
        if self.target is not None and (update or self.cursor != self.target):
            update += _move(*self.target)
            self.cursor = self.target
        return update

    def _runs(self, y: int) -> list[_Run]:
        """Return what is to be drawn on one line, from left to right, and take it for shown."""
        characters, looks = self.wanted[y]
        shown_characters, shown_looks = self.shown[y]
        width = self.width
        changed = [
            x
            for x in range(width)
            if (characters[x] != shown_characters[x] or looks[x] is not shown_looks[x]) and characters[x] != "\0"
        ]
        if not all(_is_certain(characters[x]) and _is_certain(shown_characters[x]) for x in changed):
            # The terminal may draw such a character wider or narrower than it is counted, over its
            # neighbours or short of them: only a whole line drawn anew is sure to be right.
            changed = [x for x in range(width) if characters[x] != "\0"]
        tail = self._blank_tail(characters, looks) if self.erases else width
        runs: list[_Run] = []
        run: _Run | None = None
        x = -1
        for start in changed:
            if start < x:
                continue
            x = start - 1 if start and characters[start] == "" else start
            character, look = characters[x], looks[x]
            if run is not None and not self._reaches(run, x):
                run = None
            if run is None or not run.joins(character, look):
                run = _Run(y, x, look)
                runs.append(run)
            if x >= tail:
                run.text.append("\x1b[K")
                break
            if character == " " and self.erases and look.erasable:
                length = self._blank_run(characters, looks, x)
                if length > _ERASE:
                    run.text.append(f"\x1b[{length}X")
                    run = None
                    x += length
                    continue
            size = 2 if x + 1 < width and characters[x + 1] == "" else 1
            if _is_certain(character):
                run.text.append(character)
                run.blank = run.blank and character == " "
                run.end = x = x + size
            else:
                # Clear its place first, and don't trust where the cursor stands after it.
                if run.text:
                    run = _Run(y, x, look)
                    runs.append(run)
                run.text.append(" " * size + _move(x, y) + character)
                run.blank = False
                run.end = -1
                run = None
                x += size
        shown_characters[:] = characters
        shown_looks[:] = looks
        return runs

    def _reaches(self, run: _Run, x: int) -> bool:
        """Take a run on to `x` over a few unchanged cells of its own look, where there are such."""
        if run.end == x:
            return True
        if not 0 < x - run.end <= _BRIDGE:
            return False
        characters, looks = self.wanted[run.y]
        between = range(run.end, x)
        if not all(
            run.joins(characters[one], looks[one])
            and characters[one] not in ("", "\0")
            and _is_certain(characters[one])
            for one in between
        ):
            return False
        run.text.extend(characters[one] for one in between)
        run.end = x
        return True

    def _blank_tail(self, characters: list[str], looks: list[_Look]) -> int:
        """Return where the blank rest of a line begins that an EL can draw."""
        last = looks[-1]
        if characters[-1] != " " or not last.erasable:
            return self.width
        x = self.width
        while x and characters[x - 1] == " " and looks[x - 1] is last:
            x -= 1
        return x if self.width - x > 3 else self.width

    def _blank_run(self, characters: list[str], looks: list[_Look], x: int) -> int:
        look, stop = looks[x], x
        while stop < self.width and characters[stop] == " " and looks[stop] is look:
            stop += 1
        return stop - x

    def _scroll(self, rows: list[int]) -> str:
        """Scroll the changed part of the screen where that leaves clearly less to send."""
        top, bottom = rows[0], rows[-1] + 1
        best = min(
            ((self._cost(top, bottom, shift), abs(shift), shift) for shift in self._shifts(top, bottom)),
            default=None,
        )
        if best is None:
            return ""
        cost, lines, shift = best
        # What scrolling costs besides: its own sequences, and the eye's rest when little is gained.
        if cost + 40 >= self._cost(top, bottom, 0):
            return ""
        blank = [self._unknown() for _ in range(lines)]
        if shift > 0:
            self.shown[top:bottom] = self.shown[top + lines : bottom] + blank
        else:
            self.shown[top:bottom] = blank + self.shown[top : bottom - lines]
        self.cursor = None
        command = "M" if shift > 0 else "L"
        # The lines scrolled in take the background of the moment in some terminals: they stay unknown.
        return f"\x1b[{top + 1};{bottom}r{_move(0, top)}\x1b[{lines}{command}\x1b[r"

    def _shifts(self, top: int, bottom: int) -> list[int]:
        """Return the few distances by which most lines look moved, up being positive."""
        places: dict[str, int] = {}
        for y in range(top, bottom):
            places.setdefault(_print(self.shown[y]), y)
        votes: dict[int, int] = {}
        for y in range(top, bottom):
            fingerprint = _print(self.wanted[y])
            was = places.get(fingerprint)
            if was is not None and was != y and not fingerprint.isspace():
                votes[was - y] = votes.get(was - y, 0) + 1
        return sorted((one for one in votes if votes[one] > 2), key=lambda one: -votes[one])[:2]

    def _cost(self, top: int, bottom: int, shift: int) -> int:
        """Return about how many cells would be sent if the lines were moved up by `shift` first."""
        cost = 0
        for y in range(top, bottom):
            characters, looks = self.wanted[y]
            if top <= y + shift < bottom:
                old_characters, old_looks = self.shown[y + shift]
                if characters != old_characters:
                    cost += sum(map(ne, characters, old_characters))
                if looks != old_looks:
                    cost += sum(map(ne, looks, old_looks)) // 4
            else:
                cost += self.width - characters.count(" ")
        return cost


def _print(row: Row) -> str:
    """Return what tells a line from the others: its left part, where lists stand beside a card."""
    characters = row[0]
    return "".join(characters[2 : min(len(characters), 42)])


def _move(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"


@lru_cache(maxsize=4096)
def _is_certain(character: str) -> bool:
    """Return whether terminals agree on the width `character` is counted with.

    They do not for emoji, for letters with marks and for whatever is joined of several characters.
    """
    if character in ("", "\0") or _NARROW.fullmatch(character):
        return True
    if len(character) == 1 and any(first <= ord(character) <= last for first, last in _WIDE):
        return True
    return (
        len(character) == 1
        and character < "\U0001f000"
        and unicodedata.category(character)[0] in "LN"
        and unicodedata.east_asian_width(character) not in "WF"
    )


@lru_cache(maxsize=2048)
def _split(text: str) -> tuple[str, ...]:
    """Split text into cells: a character with its marks, followed by "" where it is two cells wide."""
    cells: list[str] = []
    for start, stop, size in split_graphemes(text)[0]:
        if size:
            cells.append(text[start:stop])
            cells.extend([""] * (size - 1))
        elif cells:
            cells[-1 if cells[-1] else -2] += text[start:stop]
    return tuple(cells)


def _cells(text: str) -> int:
    return len(text) if _NARROW.fullmatch(text) else len(_split(text))
