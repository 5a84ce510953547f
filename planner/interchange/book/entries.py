"""Calendar entries of the planner as they come back: moved, ticked, cancelled, or with other words.

Each entry has its item and the state it was planned in, so that a change made elsewhere can be told from one made here.
Everything else in the file, above all alarms, stays as other programs wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from planner.core.book.calendar import Returned
from planner.core.words.folding import clean, clean_line
from planner.interchange.book.content_lines import ContentLine, content_lines
from planner.interchange.book.line_writing import folded
from planner.interchange.calendar import DAY, ITEM, MARK, mark_of
from planner.interchange.vcard.values import unescape

ENTRY_LIMIT = 2_000_000
"""Bytes of one file; an entry of ours has less than two thousand."""
_OURS = (
    *("DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "DUE", "RRULE", "DESCRIPTION", "STATUS"),
    *("COMPLETED", "PERCENT-COMPLETE", "EXDATE", "RECURRENCE-ID", ITEM, DAY, MARK),
)
"""Properties that are replaced when the planner writes an entry again."""
_KINDS = ("VEVENT", "VTODO")
_day = re.compile(r"(\d{4})(\d{2})(\d{2})")
_moment = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)")


def returned(data: bytes, zone: tzinfo) -> Returned | None:
    """The content of our entry in a file; None if there is none, or the file is incomplete.

    `zone` is my own time zone, in which an instant becomes a day.
    """
    components = [one for one in _components(list(content_lines(data))) if one.value(ITEM)]
    masters = [one for one in components if not one.value("RECURRENCE-ID")]
    if not masters:
        return None
    # When one round of many is ticked, a program may move the entry on and add a second one with its uid.
    entry = max(masters, key=lambda one: one.number("SEQUENCE"))
    planned = _date_in(entry.value(DAY))
    day = entry.day("DUE", zone) or entry.day("DTSTART", zone)
    if planned is None or day is None:
        return None
    moved = [
        (stands_for, on)
        for one in components
        if (stands_for := one.day("RECURRENCE-ID", zone)) and (on := one.day("DTSTART", zone)) and on != stands_for
    ]
    done = [one for one in components if one.is_done()]
    return Returned(
        uid=clean_line(entry.value(ITEM))[:200],
        planned=planned,
        day=day,
        is_done=bool(done),
        done_on=next((on for one in done if (on := one.day("COMPLETED", zone))), None),
        is_cancelled=entry.value("STATUS").strip().upper() == "CANCELLED",
        words=_new_words(entry),
        sequence=max(one.number("SEQUENCE") for one in components),
        instances=tuple(moved),
    )


def _new_words(entry: _Component) -> str:
    """The title and description of an entry if somebody rewrote them; "" if they are ours."""
    title, text = (_words(entry.value(name)) for name in ("SUMMARY", "DESCRIPTION"))
    ours = entry.value(MARK).split()
    if len(ours) != 2:
        return ""
    found = [title] if mark_of(title) != ours[0] else []
    if text and mark_of(text) != ours[1]:
        found.append(text)
    return "\n".join(found)


def _words(value: str) -> str:
    return clean(unescape(value)).replace("\r\n", "\n").strip()


class _Component:
    """One event or to-do: its own lines, without those of alarms in it."""

    def __init__(self, kind: str, lines: Sequence[ContentLine], begin: int, end: int) -> None:
        self.kind = kind
        self.lines = lines
        self.begin, self.end = begin, end

    def line(self, name: str) -> ContentLine | None:
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        line = self.line(name)
        return line.decoded() if line is not None else ""

    def number(self, name: str) -> int:
        text = self.value(name).strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

    def is_done(self) -> bool:
        """Whether it is ticked: by its status, an instant, or 100 percent; each program writes only one of them."""
        status = self.value("STATUS").strip().upper()
        ticked = status == "COMPLETED" or self.number("PERCENT-COMPLETE") == 100 or bool(self.value("COMPLETED"))
        return ticked and status not in ("NEEDS-ACTION", "IN-PROCESS")

    def day(self, name: str, zone: tzinfo) -> date | None:
        """The day of a property. A whole day may come back as the instant it begins in some zone."""
        line = self.line(name)
        if line is None:
            return None
        text = line.decoded().strip()
        if (on := _date_in(text)) is not None:
            return on
        match = _moment.fullmatch(text)
        if match is None:
            return None
        with suppress(ValueError, OverflowError):
            moment = datetime(*map(int, match.groups()[:6]))  # type: ignore[arg-type]
            if not match[7]:
                return _local(moment, line.head, zone)
            if name != "COMPLETED" and self._is_whole_days(moment):
                # Midnight in somebody's zone: the nearest day.
                return (moment + timedelta(hours=12)).date()
            return moment.replace(tzinfo=UTC).astimezone(zone).date()
        return None

    def _is_whole_days(self, start: datetime) -> bool:
        end = self.line("DTEND")
        match = _moment.fullmatch(end.decoded().strip()) if end is not None else None
        if match is None:
            return self.kind == "VTODO" or self.line("DTEND") is None
        lasts = datetime(*map(int, match.groups()[:6])) - start  # type: ignore[arg-type]
        return lasts >= timedelta(days=1) and lasts % timedelta(days=1) == timedelta(0)


def _local(moment: datetime, head: str, zone: tzinfo) -> date:
    named = re.search(r";TZID=\"?([^;\":]+)", head, re.IGNORECASE)
    if named is None:
        return moment.date()
    with suppress(ValueError, OSError):
        return moment.replace(tzinfo=ZoneInfo(named[1])).astimezone(zone).date()
    return moment.date()


def _date_in(text: str) -> date | None:
    match = _day.fullmatch(text.strip().replace("-", ""))
    with suppress(ValueError):
        return date(int(match[1]), int(match[2]), int(match[3])) if match is not None else None
    return None


def _components(lines: Sequence[ContentLine]) -> Iterator[_Component]:
    """The complete events and to-dos of a file; components in them (alarms) are skipped."""
    kind, begin, depth = "", 0, 0
    own: list[ContentLine] = []
    for place, line in enumerate(lines):
        part = line.text.strip().upper()
        if line.name == "BEGIN" and not kind:
            kind, begin, own = (part, place, []) if part in _KINDS else ("", 0, [])
        elif line.name == "BEGIN":
            depth += 1
        elif line.name == "END" and depth:
            depth -= 1
        elif line.name == "END" and kind:
            yield _Component(kind, own, begin, place)
            kind = ""
        elif kind and not depth:
            own.append(line)


def rewritten(data: bytes, fresh: bytes, sequence: int) -> bytes:
    """A file whose entry has the content of `fresh`, which is the same entry written now.

    Everything the planner does not write stays: alarms, colours, lines of other programs. Single instances are removed,
    since the entry covers them again. `sequence` is the greatest number in the file: the new one is greater.
    """
    lines, new = list(content_lines(data)), list(content_lines(fresh))
    old_parts, new_parts = list(_components(lines)), list(_components(new))
    masters = [one for one in old_parts if one.value(ITEM) and not one.value("RECURRENCE-ID")]
    if not masters or masters[0].kind != new_parts[0].kind:
        return _numbered(fresh, new, new_parts[0], sequence)
    master = max(masters, key=lambda one: one.number("SEQUENCE"))
    wanted = {line.name: line for line in new_parts[0].lines if line.name in _OURS}
    wanted["SEQUENCE"] = _sequence_line(new_parts[0], sequence)
    end = lines[master.begin].line_end or b"\r\n"
    own = {id(line) for line in master.lines}
    kept: list[bytes] = []
    for place, line in enumerate(lines):
        if any(one.begin <= place <= one.end for one in old_parts if one is not master):
            continue
        if place == master.end:
            kept += [_with_end(one, end) for one in wanted.values()]
            wanted = {}
        if id(line) not in own or line.name not in _OURS:
            kept.append(line.raw)
        elif (instead := wanted.pop(line.name, None)) is not None:
            is_same = (instead.head.upper(), instead.text) == (line.head.upper(), line.text)
            kept.append(line.raw if is_same else _with_end(instead, end))
    return b"".join(kept)


def _numbered(fresh: bytes, lines: Sequence[ContentLine], part: _Component, sequence: int) -> bytes:
    line = part.line("SEQUENCE")
    if line is None:
        return fresh
    return b"".join(
        _with_end(_sequence_line(part, sequence), one.line_end) if one is line else one.raw for one in lines
    )


def _sequence_line(part: _Component, sequence: int) -> ContentLine:
    return ContentLine(b"", "SEQUENCE", str(max(part.number("SEQUENCE"), sequence + 1)))


def _with_end(line: ContentLine, end: bytes) -> bytes:
    return folded(f"{line.head}:{line.text}", end) + end


def marks_of(data: bytes) -> tuple[str, ...]:
    """The digests of the words that the planner wrote into a file."""
    return tuple(line.text.strip() for line in content_lines(data) if line.name == MARK)
