"""The form of a text for comparing, and the form that is safe to show."""

from __future__ import annotations

import unicodedata
from typing import Any

from planner.core.words.patterns import late

UNSAFE = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""The inside of a regular expression class: characters that act on a terminal or reorder a line.

Control characters but tab and newline, C1, bidirectional marks, line separators, and lone surrogates,
which no file or database can hold. Zero-width joiners stay: scripts and emoji need them.
"""
INVISIBLE = r"\xad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""The inside of a regular expression class: invisible characters, which make different texts look alike.

Soft hyphens, zero-width spaces, byte order marks, word joiners, annotations and tags.
"""
REPLACEMENT = "\ufffd"
_unsafe = late(f"[{UNSAFE}]")
_invisible = late(f"[{INVISIBLE}]")
_marks = frozenset({"Mn", "Me", "Cf"})
_MOST_CHARACTERS = 10_000
"""The most characters that a table keeps: more than people write with, fewer than a hostile file may hold."""


class _CharacterTable(dict[int, Any]):
    """For `str.translate`, which is slow with characters that are not in the table: each is looked up once."""

    def __missing__(self, character: int) -> int | None:
        found = self.first(character)
        if len(self) < _MOST_CHARACTERS:
            self[character] = found
        return found

    def first(self, character: int) -> int | None:
        return character


class _WithoutMarks(_CharacterTable):
    def first(self, character: int) -> int | None:
        return None if unicodedata.category(chr(character)) in _marks else character


_without_marks = _WithoutMarks()
# Letters whose mark is part of the letter, so that no decomposition removes it.
_plain_letters = _CharacterTable(
    str.maketrans(
        {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
    )
)


def clean(text: str, *, visible: bool = False) -> str:
    """Remove invisible characters and those that act on a terminal; `visible` replaces the latter by U+FFFD.

    Tab and newline stay.
    """
    if text.isprintable():
        return text
    return _unsafe.sub(REPLACEMENT if visible else "", _invisible.sub("", text))


def clean_line(text: str) -> str:
    """One clean line: without unsafe characters, with every run of white space as a single blank, none at the ends."""
    if not text.isprintable():
        # White space first: a line separator between two words is a blank, not nothing.
        text = _unsafe.sub("", _invisible.sub("", " ".join(text.split())))
    return " ".join(text.split())


def fold(text: str) -> str:
    """The form in which texts are compared: without case and accents, with single blanks.

    Folding twice changes nothing. Invisible format characters are dropped, so a joiner or a soft hyphen in a name does
    not hide it from a search.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = folded.translate(_without_marks).casefold().translate(_plain_letters)
    # Composed again, for Hangul syllables only: everything else has lost its marks.
    return " ".join(unicodedata.normalize("NFC", plain).split())
