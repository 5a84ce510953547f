"""The places of searched words in a shown text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from planner.core.words.folding import fold


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return fold(character) or (" " if character.isspace() else "")


def highlight(words: Iterable[str], text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) spans of folded words in a shown text, in order and without overlap.

    A letter with accents counts as a whole, with the marks that follow it.
    """
    wanted = [word for word in words if word]
    if not wanted or not text:
        return ()
    folded, starts, ends = _folded_with_places(text)
    spans: list[tuple[int, int]] = []
    for word in wanted:
        place = folded.find(word)
        while place >= 0:
            spans.append((starts[place], ends[place + len(word) - 1]))
            place = folded.find(word, place + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _folded_with_places(text: str) -> tuple[str, list[int] | range, list[int] | range]:
    """The folded text, and for each of its characters the start and end in the original."""
    if text.isascii() and "  " not in text and text.isprintable():
        return text.lower(), range(len(text)), range(1, len(text) + 1)
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        letters = _fold_character(character)
        if not letters or (letters == " " and folded and folded[-1] == " "):
            # A mark belongs to the letter before it, which may have folded to several.
            back = len(ends) - 1
            while back >= 0 and starts[back] == starts[-1]:
                ends[back] = place + 1
                back -= 1
            continue
        for letter in letters:
            folded.append(letter)
            starts.append(place)
            ends.append(place + 1)
    return "".join(folded), starts, ends
