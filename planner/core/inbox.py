"""Lines for the capture line that were written elsewhere: which lines of an inbox file were not read before. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from planner.core.records import record

_BULLET = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+(?:\[[ xX]?\]\s+)?|\[[ xX]?\]\s+")


@record(frozen=True, slots=True)
class InboxText:
    """A whole file of the inbox: its name, the civil day and the instant (in seconds) it was written, and its lines."""

    name: str
    on: date
    modified: float
    lines: tuple[str, ...]


@record(frozen=True, slots=True)
class ReadBefore:
    """What a file of the same name held when it was read: the digests of its lines, and its instant in seconds."""

    modified: float
    lines: tuple[str, ...]


@record(frozen=True, slots=True)
class Unread:
    """The new lines of a file, and those that may have been read before, by their index in the file."""

    new: tuple[int, ...]
    doubtful: tuple[int, ...] = ()


@record(frozen=True, slots=True)
class WaitingLine:
    """A line that waits: its number, the text, the civil day it was written, its file, and why it is unclear."""

    id: int
    text: str
    on: date
    source: str = ""
    problem: str = ""


def inbox_lines(text: str) -> tuple[str, ...]:
    """The lines of a text as capture lines, without bullets, boxes and surrounding blanks; empty lines are left out."""
    stripped = (_BULLET.sub("", line.strip(), count=1).strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


def unread(digests: Sequence[str], modified: float, before: ReadBefore | None) -> Unread:
    """The lines of a file that were not read before.

    A syncing program may bring back a file that was read and put away, unchanged or with lines added: the lines it held
    then are known. A file that shares less than half of the earlier lines is a different file with the same name. One
    or two equal lines prove neither, like "called Ana" twice in a month: those are doubtful.
    """
    everything = tuple(range(len(digests)))
    if before is None:
        return Unread(everything)
    if tuple(digests) == before.lines and abs(modified - before.modified) < 2:
        return Unread(())
    from difflib import SequenceMatcher  # most files are new

    blocks = SequenceMatcher(None, before.lines, digests, autojunk=False).get_matching_blocks()
    known = {block.b + step for block in blocks for step in range(block.size)}
    if 2 * len(known) < len(before.lines) or not known:
        return Unread(everything)
    rest = tuple(place for place in everything if place not in known)
    return Unread(rest) if len(known) > 2 else Unread(rest, tuple(sorted(known)))
