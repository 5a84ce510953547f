"""Names in a captured line: which words of a part mean somebody the line is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from planner.core.words.folding import fold

Find = Callable[[str], Sequence[str]]
"""Gives the full names of the contacts that a typed name fits, whole or by whole words."""

WORD: Final = re.compile(r"[^\W_](?:[\w’'.-]*[^\W_])?")
_OWN: Final = re.compile(r"['’]s?\Z")
_BETWEEN: Final = re.compile(r"\s*(?:,|&|\+|\band\b)\s*", re.IGNORECASE)
_PARTICLES: Final = frozenset(
    {"de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "al", "bin", "ten", "zu"}
)
_LITTLE: Final = frozenset(
    {"the", "a", "an", "and", "of", "my", "our", "his", "her", "to", "for", "with", "at", "more"}
)
_LONGEST: Final = 5
"""The most words of a name that are looked at."""


def nobody(name: str) -> Sequence[str]:
    """The `Find` of a planner without contacts."""
    return ()


class PeopleOfLine:
    """The people a line is about, by every form of their names: as typed, in full, or one word."""

    def __init__(self, typed: Sequence[str], find: Find = nobody) -> None:
        self.names = tuple(typed)
        self._by_words: dict[tuple[str, ...], int | None] = {}
        self._small = {word for name in typed for word in name.split() if word[:1].islower()}
        for place, name in enumerate(typed):
            full = find(name)
            words = [tuple(fold(one).split()) for one in (name, *(full if len(full) == 1 else ()))]
            for form in {*words, *((one,) for whole in words for one in whole if one not in _PARTICLES | _LITTLE)}:
                # A word that two names share means both people, or neither.
                self._by_words[form] = place if self._by_words.get(form, place) == place else None

    def at(self, text: str) -> tuple[tuple[int, ...], int]:
        """(the people named at the beginning of a text, "Ana", "Ana, Ben and Ida"; where their names end)."""
        found: list[int] = []
        place = end = 0
        while (one := self._one_at(text, place)) is not None:
            if one[0] not in found:
                found.append(one[0])
            end = one[1]
            between = _BETWEEN.match(text, end)
            if between is None:
                break
            place = between.end()
        return tuple(found), end

    def _one_at(self, text: str, place: int) -> tuple[int, int] | None:
        words: list[str] = []
        found: tuple[int, int] | None = None
        while len(words) < _LONGEST and (match := WORD.match(text, place)):
            word = _OWN.sub("", match[0])
            words += fold(word).split()
            end = match.start() + len(word)
            one = self._by_words.get(tuple(words))
            if one is not None and self._is_name(word):
                found = one, end
            if end < match.end() or text[match.end() : match.end() + 1] != " ":
                break
            place = match.end() + 1
        return found

    def _is_name(self, word: str) -> bool:
        """Whether a word is written like a name: "Will called" names Will, "will call" nobody."""
        return not word[:1].islower() or word in self._small

    def in_text(self, text: str) -> tuple[int, ...]:
        """Everyone a text names anywhere."""
        found: list[int] = []
        for match in WORD.finditer(text):
            one = self._one_at(text, match.start())
            if one is not None and one[0] not in found:
                found.append(one[0])
        return tuple(found)


def is_name(text: str, find: Find = nobody) -> bool:
    """Whether a text reads like a person's name: its words begin with capitals, or a contact has that name."""
    words = text.split()
    if not words or not all(word[:1].isalpha() for word in words):
        return False
    capital = words[0][0].isupper() and all(word[0].isupper() or fold(word) in _PARTICLES for word in words)
    return capital or bool(find(text))


def name_at(text: str, find: Find = nobody) -> int:
    """The end of the name at the beginning of a text, as an index; 0 without one."""
    end = last = 0
    for match in WORD.finditer(text):
        if match.start() > last + (1 if last else 0) or not is_name(text[: match.end()], find):
            break
        last = match.end()
        if fold(match[0]) not in _PARTICLES:
            end = last
    return end
