"""Removes a person from texts: names in any case and with or without accents, addresses, numbers in any spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from planner.core.words.folding import fold

FORGOTTEN = "(forgotten)"
"""The text that replaces a name."""
LEAST_NAME = 3
"""The fewest letters of a surname that is also searched by itself."""
_NUMBER = re.compile(r"(?<![\w+])\+?\(?\d[\d ().\-/\u00a0]{5,}\d(?!\w)")
_DIGITS_THAT_TELL = 8
"""How many last digits identify a number; with fewer it could belong to another country or area."""


def surnames(names: Iterable[str]) -> tuple[str, ...]:
    """The last words of names with several words, each once."""
    last = (name.split()[-1] for name in names if " " in name.strip())
    return tuple(dict.fromkeys(word for word in last if len(word) >= LEAST_NAME))


def redaction(names: Iterable[str], addresses: Iterable[str], alone: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that replaces names and addresses in a text where they are whole words.

    Case, accents and the grouping of a telephone number do not matter. A name of one word, and the words in `alone`,
    may be common words too: they are replaced only where they begin with a capital.
    """
    given = list(dict.fromkeys(fold(name) for name in names if name.strip()))
    whole = {name for name in given if " " in name}
    single = {name for name in given if " " not in name} | {fold(word) for word in alone}
    numbers = {digits[-_DIGITS_THAT_TELL:] for one in addresses if len(digits := _digits(one)) >= _DIGITS_THAT_TELL}
    whole |= {fold(one) for one in addresses if len(one) > LEAST_NAME}
    words = sorted((one for one in whole | single if one), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_spaced, words)) or '(?!)'})(?!\w)")

    def redact(text: str) -> str:
        for start, end in reversed(list(_found(text))):
            text = f"{text[:start]}{FORGOTTEN}{text[end:]}"
        return _NUMBER.sub(_number, text) if numbers else text

    def _found(text: str) -> Iterable[tuple[int, int]]:
        folded, places = _folded(text)
        for match in pattern.finditer(folded):
            start, end = places[match.start()], places[match.end() - 1] + 1
            while end < len(text) and not fold(text[end]) and not text[end].isspace():
                # A separate accent belongs to the letter before it.
                end += 1
            if match.group() not in single or not text[start].islower():
                yield start, end

    def _number(match: re.Match[str]) -> str:
        return FORGOTTEN if _digits(match.group())[-_DIGITS_THAT_TELL:] in numbers else match.group()

    return redact


def _folded(text: str) -> tuple[str, list[int]]:
    """A text folded letter by letter, and the index in the text of each folded letter."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    parts = [" " if letter.isspace() else fold(letter) for letter in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())
