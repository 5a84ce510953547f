"""Finds the letters in a mailbox file (mbox, also Google Takeout's and Thunderbird's), block by block."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from planner.interchange.evidence.mail.head import MOST_BYTES, head_of

_CHUNK = 1 << 20
_LONGEST_LINE = 1000
_OVER = MOST_BYTES + _LONGEST_LINE + 16
_LEAD = 4
_dated = re.compile(rb"From [^\n]{0,990}?\d{1,2}:\d\d")
_bare = re.compile(rb"From *-? *\r?$")
"""The line before a letter as Thunderbird may write it, without a date."""
_field = re.compile(rb">?From |[!-9;-~]{1,200}[ \t]*:")


def is_mailbox(data: bytes) -> bool:
    """Whether the first bytes of a file are those of a mailbox."""
    if not data.startswith(b"From "):
        return False
    end = data.find(b"\n", 0, _LONGEST_LINE)
    return end > 0 and _field.match(data, end + 1) is not None


def letters_in(descriptor: int, start: int, end: int) -> Iterator[tuple[int, bytes, bool]]:
    """The letters of a file from an offset on: (its offset, its head, whether the head is complete).

    `start` is 0 or the offset of a letter; nothing from `end` on is read, nor a line without its end.
    """
    place = start
    while place < end:
        lead = min(_LEAD, place)
        data = os.pread(descriptor, min(lead + _CHUNK + _OVER, lead + end - place), place - lead)
        if len(data) <= lead:
            return
        for found in _beginnings(data, lead, lead + _CHUNK, is_start=place == start):
            line_end = data.find(b"\n", found)
            rest = data[line_end + 1 : line_end + 1 + MOST_BYTES]
            head, whole = head_of(rest, len(rest) < MOST_BYTES)
            if len(rest) < MOST_BYTES and b"\n\n" not in rest and b"\r\n\r\n" not in rest:
                # The end of the file: more of this head may follow.
                whole = False
            yield place - lead + found, head, whole
        place += _CHUNK


def _beginnings(data: bytes, first: int, limit: int, *, is_start: bool) -> Iterator[int]:
    if is_start and data.startswith(b"From ", first) and data.find(b"\n", first) - first > 0:
        yield first
    found = data.find(b"\nFrom ", max(first - 1, 0))
    while 0 <= found < limit - 1:
        place = found + 1
        if (place > first or not is_start) and place >= first and _begins(data, place):
            yield place
        found = data.find(b"\nFrom ", place)


def _begins(data: bytes, place: int) -> bool:
    """Whether a "From " line begins a letter: a blank line precedes, it has a date, a field follows."""
    blank = data[max(place - 3, 0) : place]
    if not (blank.endswith((b"\n\n", b"\n\r\n")) or blank in (b"\n", b"\r\n")):
        return False
    end = data.find(b"\n", place, place + _LONGEST_LINE)
    if end < 0:
        return False
    line = data[place:end]
    if not (_dated.match(line) or _bare.match(line)):
        return False
    return _field.match(data, end + 1) is not None
