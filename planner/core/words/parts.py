"""A value with parts on one line: "Lund;Ana;;Dr.;". The parts of a street address, an organisation or a name.

A backslash escapes a semicolon or a backslash within a part, as in vCards (RFC 6350, 3.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.core.words.folding import fold
from planner.core.words.patterns import late

_pieces = late(r"\\.|[^\\;]+|[;\\]", re.DOTALL)


def with_parts(parts: Iterable[str]) -> str:
    """The value made of some parts; empty ones at the end are left out."""
    given = list(parts)
    while given and not given[-1]:
        given.pop()
    text = ";".join(given)
    if "\\" not in text and text.count(";") < len(given):
        return text
    return ";".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in given)


def parts_of(value: str) -> tuple[str, ...]:
    """The parts of a value."""
    if "\\" not in value:
        return tuple(value.split(";"))
    parts = [""]
    for piece in _pieces.findall(value):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece[1:] if piece[0] == "\\" and piece[1:] in (";", "\\") else piece
    return tuple(parts)


def in_words(value: str) -> str:
    """A value with parts as people read it: the non-empty parts, separated by commas."""
    return ", ".join(part.strip() for part in parts_of(value) if part.strip())


def family_and_given(name: str) -> tuple[str, str]:
    """The family name in a full name (its last word) and the words before it."""
    given, _, family = name.strip().rpartition(" ")
    return (family, given) if given else ("", family)


def agree(name: str, parts: Iterable[str]) -> bool:
    """Whether the parts of a name fit a full name: each of its words is in one of the parts."""
    words = {word for part in parts for word in fold(part).replace(",", " ").split()}
    return bool(name.strip()) and set(fold(name).split()) <= words
