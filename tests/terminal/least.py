"""The least that takes a terminal from one screen to another: a floor beside what is sent, and no code of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyte
from pyte.screens import Char

Cells = list[list[Char]]
_FAR = 4
"""The fewest bytes of a move over more than three lines."""
_GAP = 3
"""Up to this many blanks between two words are drawn: even the shortest move over them is not shorter."""
_ONE_CLEARING = 4
"""The fewest bytes that clear the rest of a line: a move and an EL."""
_PLAIN = ("default", "default", frozenset[str]())
Style = tuple[str, str, frozenset[str]]
"""Foreground, background, attributes by their SGR codes."""


@dataclass(slots=True)
class Piece:
    """Changed cells of one line and one style; no style for blanks."""

    y: int
    x: int
    end: int
    style: Style | None
    ground: str
    size: int
    """The bytes of its text."""


def cells_of(screen: pyte.Screen) -> Cells:
    """What a screen shows, kept as it is."""
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


def least_bytes(before: Cells, after: Cells) -> int:
    """The bytes that no order of drawing goes below.

    These are the changed characters, for each piece of them the shortest move from any other piece, for each style the
    shortest change from any other style, and one clearing at most for the blanks of a line. No order has all the
    shortest moves at once: the best ones that a long search found for some pages lie 25 to 35 % above. Lines are not
    moved.
    """
    pieces = [piece for y, row in enumerate(after) for piece in _pieces(y, before[y], row)]
    words = [piece for piece in pieces if piece.style is not None]
    entries = [_entry(piece, pieces) for piece in words]
    blanks: dict[int, int] = {}
    for piece in pieces:
        if piece.style is None:
            blanks[piece.y] = blanks.get(piece.y, 0) + piece.size + _entry(piece, pieces)
    # The first piece is entered from where the cursor happens to be.
    moves = sum(entries) - max(entries, default=0)
    clearing = sum(min(cost, _ONE_CLEARING) for cost in blanks.values())
    return sum(piece.size for piece in words) + moves + clearing + _styles(pieces)


def _looks(cell: Char) -> tuple[object, ...]:
    if cell.data != " ":
        return tuple(cell)
    lines = (cell.underscore, cell.reverse, cell.strikethrough)
    return (" ", cell.bg, lines, cell.fg if any(lines) else "")


def _style(cell: Char) -> Style | None:
    on = {"1": cell.bold, "3": cell.italics, "4": cell.underscore, "5": cell.blink, "7": cell.reverse,
          "9": cell.strikethrough}  # fmt: skip
    attributes = frozenset(code for code, is_on in on.items() if is_on)
    if cell.data == " " and not attributes & {"4", "7", "9"}:
        return None
    return cell.fg, cell.bg, attributes


def _pieces(y: int, before: list[Char], after: list[Char]) -> list[Piece]:
    found: list[Piece] = []
    for x, (old, cell) in enumerate(zip(before, after, strict=True)):
        if _looks(old) == _looks(cell):
            continue
        style, size = _style(cell), len(cell.data.encode())
        last = found[-1] if found and found[-1].end == x and found[-1].ground == cell.bg else None
        if last is not None and (cell.data == "" or last.style == style):
            last.end, last.size = x + 1, last.size + size
            continue
        word = found[-2] if last is not None and last.style is None and len(found) > 1 else None
        if last is not None and word is not None and word.style == style and word.end == last.x and last.size <= _GAP:
            found.pop()
            word.end, word.size = x + 1, word.size + last.size + size
            continue
        found.append(Piece(y, x, x + 1, style, cell.bg, size))
    return found


def _entry(piece: Piece, pieces: list[Piece]) -> int:
    """The bytes of the shortest move to a piece from another; blanks may be cleared, and left where they begin."""
    best = _FAR
    for other in pieces:
        if other is not piece and abs(other.y - piece.y) < _FAR:
            for x in {other.end, other.x} if other.style is None else {other.end}:
                best = min(best, _hop(x, other.y, piece.x, piece.y))
    return best


@lru_cache(maxsize=1 << 17)
def _hop(x: int, y: int, to_x: int, to_y: int) -> int:
    right, down = to_x - x, to_y - y
    across = [len(f"\x1b[{to_x + 1}G"), len(f"\x1b[{abs(right)}C"), 3 if right in (1, -1) else 99]
    across += [right] if right >= 0 and not down else []
    across += [-right] if right <= 0 else []
    across += [1] if to_x == 0 else []
    along = [len(f"\x1b[{to_y + 1}d"), len(f"\x1b[{abs(down)}A"), down if down >= 0 else 2 - 2 * (down + 1)]
    return min(min(across) + min(along), len(f"\x1b[{to_y + 1};{to_x + 1}H") if to_x else len(f"\x1b[{to_y + 1}H"))


def _styles(pieces: list[Piece]) -> int:
    """The bytes of the shortest change to each style from any other, or from none."""
    wanted: set[Style] = {piece.style for piece in pieces if piece.style is not None}
    grounds = {style[1] for style in wanted} | {"default"}
    wanted |= {("default", piece.ground, frozenset()) for piece in pieces if piece.ground not in grounds}
    return sum(min(_change(old, new) for old in (wanted | {_PLAIN}) - {new}) for new in wanted - {_PLAIN})


def _change(old: Style, new: Style) -> int:
    afresh = ["", *new[2], *(_colour(one) for one in new[:2] if one != "default")]
    step = [*("2_" for _ in old[2] - new[2]), *(new[2] - old[2])]
    step += [_colour(now) for was, now in zip(old[:2], new[:2], strict=True) if was != now]
    return len("\x1b[m") + min(len(";".join(afresh)), len(";".join(step)))


def _colour(name: str) -> str:
    """The SGR code of a colour, as long as it is sent."""
    try:
        red, green, blue = bytes.fromhex(name)
    except ValueError:
        return "3_"
    return f"38;2;{red};{green};{blue}"
