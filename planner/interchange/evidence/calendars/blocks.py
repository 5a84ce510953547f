"""Splits a calendar into its events and time zones, so that a damaged event costs only itself.

Only the properties of times and people are passed on: titles, texts and alarms are dropped unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.core.records import record
from planner.interchange.evidence.content import Content

_WANTED = frozenset(
    b"DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID UID STATUS TRANSP ATTENDEE ORGANIZER SEQUENCE".split()
)
_name = re.compile(rb"[A-Za-z0-9-]+")
UNCLOSED = "an event without an end"
MOST_LINES = 5_000
"""Lines of one event or time zone; further ones are dropped."""
_LONGEST = 16 * 1024
_MOST_BYTES = 256 * 1024
"""The most bytes kept of one event or time zone: a million exclusions would take a minute to read."""


@record(frozen=True, slots=True)
class CalendarBlock:
    """An event ("VEVENT", or `UNCLOSED`), a time zone ("VTIMEZONE"), or a property of the calendar itself (its name).

    `lines` are unfolded: for a time zone everything between BEGIN and END, for an event the wanted lines.
    """

    name: str
    lines: tuple[bytes, ...]


def blocks_of(content: Content) -> Iterator[CalendarBlock]:
    """The events and time zones of a calendar, in the order of the file."""
    inside: list[bytes] = []
    block = b""
    kept: list[bytes] = []
    size = 0
    for line in _unfolded(content):
        name = _property_name(line)
        is_wanted = block == b"VTIMEZONE"
        if name == b"BEGIN":
            part = line.partition(b":")[2].strip().upper()
            if part == b"VEVENT" or (part == b"VTIMEZONE" and not block):
                # An event begins within another one, which was never closed.
                if block == b"VEVENT":
                    yield CalendarBlock(UNCLOSED, tuple(kept))
                inside, block, kept, size = [], part, [], 0
                continue
            inside.append(part)
        elif name == b"END":
            part = line.partition(b":")[2].strip().upper()
            if part == block:
                yield CalendarBlock(block.decode(), tuple(kept))
                block, kept, inside = b"", [], []
                continue
            if part in inside:
                del inside[len(inside) - 1 - inside[::-1].index(part) :]
        elif block:
            is_wanted = is_wanted or (name in _WANTED and not inside)
        elif name in (b"X-WR-TIMEZONE", b"METHOD"):
            yield CalendarBlock(name.decode(), (line,))
        size += len(line) if is_wanted else 0
        if is_wanted and len(kept) < MOST_LINES and size < _MOST_BYTES:
            kept.append(line)
    if block == b"VEVENT":
        yield CalendarBlock(UNCLOSED, tuple(kept))


def _property_name(line: bytes) -> bytes:
    match = _name.match(line)
    return match[0].upper() if match else b""


def _unfolded(content: Content) -> Iterator[bytes]:
    """The lines of a file with their continuations; a line beyond 16 kB is cut."""
    held: list[bytes] = []
    size = 0
    for number, line in enumerate(content.lines()):
        if number == 0:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line[:1] in (b" ", b"\t"):
            size += len(line)
            if size <= _LONGEST:
                held.append(line[1:])
            continue
        if held:
            yield b"".join(held)
        held, size = [line[:_LONGEST]], len(line)
    if held:
        yield b"".join(held)
