"""The width of a text in terminal cells, and cutting and padding by that width.

Counted here, because the library of the screen takes longer to load than a whole text command runs.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ZERO_WIDTH_JOINER = "\u200d"
EMOJI_PRESENTATION = "\ufe0f"


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def _clusters(text: str) -> list[tuple[str, int]]:
    """The text in pieces that must not be split, each with its width in cells.

    A combining mark belongs to the letter before it. Letters with a zero-width joiner between them are one picture. The
    sign for emoji presentation widens the letter before it to two cells.
    """
    pieces: list[tuple[str, int]] = []
    joined = False
    for letter in text:
        width = _letter_width(letter)
        if pieces and (joined or width == 0):
            before, taken = pieces[-1]
            if letter == EMOJI_PRESENTATION:
                taken = 2
            pieces[-1] = (before + letter, max(taken, width) if joined else taken)
        else:
            pieces.append((letter, width))
        joined = letter == ZERO_WIDTH_JOINER
    return pieces


def width_of(text: str) -> int:
    """The cells of a clean, one-line text."""
    return len(text) if text.isascii() else sum(width for _, width in _clusters(text))


def cut(text: str, width: int, mark: str = "…") -> str:
    """The text in at most `width` cells; a cut text ends with the mark."""
    if width_of(text) <= width:
        return text
    room = width - width_of(mark)
    if room < 0:
        return ""
    kept: list[str] = []
    for piece, taken in _clusters(text):
        if taken > room:
            break
        kept.append(piece)
        room -= taken
    return "".join(kept).rstrip() + mark


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text padded with blanks to `width` cells, flush left unless `right`."""
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks
