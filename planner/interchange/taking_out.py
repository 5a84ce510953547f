"""Removes somebody from an exported file: their own entries are deleted, elsewhere "(forgotten)" replaces them.

An entry's owner is known by its UID, in a calendar also by its summary, which begins with a name. Names and numbers of
others stay: a namesake keeps the name, and a person with the same number keeps it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from planner.core.contact_fields import FIELDS, Kind
from planner.core.words.folding import fold
from planner.core.words.redaction import redaction
from planner.errors import Refused
from planner.interchange.book.content_lines import ContentLine, content_lines
from planner.interchange.book.line_writing import folded
from planner.interchange.files import save
from planner.interchange.json import own
from planner.interchange.text import FILE_LIMIT
from planner.regular_files import open_named

Rows = Iterable[tuple[str, dict[str, Any]]]
_HEAD = 4096
_ENTRIES = frozenset({"VCARD", "VEVENT", "VTODO"})
_OF_OTHERS = frozenset({"FN", "N", "NICKNAME", "TEL", "EMAIL"})
_COLUMNS_OF_OTHERS = frozenset({"name", "nickname", "name_parts", "emails", "phones", "chats", "streets"})


class Forgotten(Protocol):
    """The person to remove, with every name and address they ever had."""

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def addresses(self) -> tuple[str, ...]: ...
    @property
    def uids(self) -> tuple[str, ...]: ...
    @property
    def cards(self) -> tuple[str, ...]: ...


class Whole(Protocol):
    """Handles a file that is a whole planner."""

    def without(self, read: Callable[[int], Rows]) -> Rows: ...
    def tables(self) -> tuple[str, ...]: ...
    def schema(self) -> int: ...


def take_out(path: Path, who: Forgotten, surnames: Iterable[str], whole: Whole) -> bool:
    """Rewrite a file without somebody; return whether that was possible: False for an unknown kind of file.

    `surnames` are also removed where they stand alone. Raises `Refused` and OSError; the file then stays as it is.
    """
    with open_named(path) as file:
        head = file.read(_HEAD)
        if own.begins_whole(head):
            rows = whole.without(lambda schema: own.read(path, schema))
            lines = [(table, own.line(row)) for table, row in rows]
            save(path, own.written(lines, whole.tables(), whole.schema()))
            return True
        data = head + file.read(FILE_LIMIT)
    if len(data) > FILE_LIMIT:
        return False
    redact = redaction(who.names, who.addresses, surnames)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if text.startswith(("BEGIN:VCARD", "BEGIN:VCALENDAR")):
        save(path, _entries(data, who, redact))
    elif text.startswith(f"{FIELDS[0].header},{FIELDS[1].header},"):
        save(path, _rows(text, who, redact))
    else:
        return False
    return True


def _entries(data: bytes, who: Forgotten, redact: Callable[[str], str]) -> Iterator[bytes]:
    entry: list[ContentLine] = []
    depth = 0
    for line in content_lines(data):
        marks = line.text.strip().upper() if line.name in ("BEGIN", "END") else ""
        if depth or (line.name == "BEGIN" and marks in _ENTRIES):
            entry.append(line)
            depth += (line.name == "BEGIN") - (line.name == "END")
            if depth:
                continue
            if not any(_is_theirs(one, who) for one in entry):
                yield from (_redacted(one, who, redact) for one in entry)
            entry = []
        else:
            yield line.raw
    yield from (_redacted(one, who, redact) for one in entry)


def _is_theirs(line: ContentLine, who: Forgotten) -> bool:
    value = line.text.strip()
    if line.name == "UID":
        return value in who.cards or value.startswith(who.uids)
    return line.name == "SUMMARY" and any(fold(_plain(value)).startswith(f"{fold(name)}:") for name in who.names)


def _plain(text: str) -> str:
    return text.replace("\\,", ",").replace("\\;", ";")


def _redacted(line: ContentLine, who: Forgotten, redact: Callable[[str], str]) -> bytes:
    if any(uid in line.text for uid in (*who.uids, *who.cards)):
        return b""
    if line.name in _OF_OTHERS or (text := redact(line.text)) == line.text:
        return line.raw
    end = line.line_end
    return folded(f"{line.head}:{text}", end) + end


def _rows(text: str, who: Forgotten, redact: Callable[[str], str]) -> Iterator[bytes]:
    of_others = {number for number, one in enumerate(FIELDS) if one.name in _COLUMNS_OF_OTHERS or one.kind is Kind.DAY}
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            if row and row[0] in who.uids:
                continue
            stream = io.StringIO()
            cells = [cell if number in of_others else redact(cell) for number, cell in enumerate(row)]
            csv.writer(stream, lineterminator="\r\n").writerow(cells)
            yield stream.getvalue().encode()
    except csv.Error as error:
        raise Refused(f"The table cannot be read: {error}", "It stays as it is.") from None
