"""The cards of a file as lines of bytes, with their content read and their spelling kept.

Lines end with CRLF, LF or CR and nothing else; a line continues if the next one is indented, after the `=` of
quoted-printable, and in pictures whose lines are not indented. Every byte of the file belongs to one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from planner.core.records import record
from planner.errors import Refused
from planner.interchange.encodings import guess
from planner.interchange.text import FILE_LIMIT, marked_encoding, undecodable
from planner.interchange.vcard.values import (
    BINARY_NAMES,
    PropertyHeader,
    decode_value,
    header_end,
    parse_header,
    plain_uid,
)

_physical = re.compile(rb"([^\r\n]*)(\r{0,2}\n|\r|\Z)")
_line_end = re.compile(rb"(?:\r{0,2}\n|\r)\Z")
_base64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}[ \t]*")
_ends_soft = (b"END:VCARD", b"BEGIN:VCAR")
_MARK = "\ufeff"


@record(frozen=True, slots=True)
class ContentLine:
    """One line of a card: `raw` is all its bytes, line ends and folds included."""

    raw: bytes
    head: str = ""
    """The text before the colon, unfolded; empty for a line without content, such as a blank one."""
    text: str = ""
    """The text after the colon, unfolded, still encoded and escaped; bytes that are not UTF-8 are surrogates."""
    header: PropertyHeader = PropertyHeader("")

    @property
    def name(self) -> str:
        """The property in capitals, without its group; empty for a line without content."""
        return self.header.name

    @property
    def line_end(self) -> bytes:
        """The bytes that end it: none at the end of a file without a line end."""
        found = _line_end.search(self.raw)
        return found[0] if found else b""

    def decoded(self) -> str:
        """The value as text by its own encoding, cleaned, still escaped."""
        return decode_value(self.text, self.header, self._codec, is_recoded=False)[0]

    def _codec(self) -> str:
        found = guess(undecodable(self.raw))
        return found if found != "utf-8" else "cp1252"


@record(frozen=True, slots=True)
class CardLines:
    """One card of a file: its lines from BEGIN to END, and the place of its bytes."""

    lines: tuple[ContentLine, ...]
    """Cards inside the card (AGENT) are lines without content."""
    start: int
    end: int
    is_whole: bool
    """Whether it has an end: half a card is still being written."""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return b"".join(line.raw for line in self.lines)

    @property
    def uid(self) -> str:
        """Its UID in the form for comparing cards, "" without one."""
        return next((plain_uid(line.decoded()) for line in self.named("UID")), "")

    @property
    def version(self) -> str:
        """Its version; "3.0" without one."""
        return next((line.decoded().strip() for line in self.named("VERSION")), "") or "3.0"

    @property
    def line_end(self) -> bytes:
        """The line end it uses."""
        return self.lines[0].line_end or b"\r\n"

    def named(self, *names: str) -> Iterator[ContentLine]:
        """Its lines with these properties, in order."""
        return (line for line in self.lines if line.name in names)


def cards_of(data: bytes) -> tuple[CardLines, ...]:
    """The cards of a file, in order.

    Raises Refused for a file beyond `FILE_LIMIT`, and for an encoding without one byte per ASCII character.
    """
    if len(data) > FILE_LIMIT:
        raise Refused(f"The card file is larger than {FILE_LIMIT // 1_000_000} MB", "Split it.")
    if (marked := marked_encoding(data[: 64 * 1024])) and marked[0] != "utf-8":
        raise Refused(f"The card file is written in {marked[0].upper()}", "Save it as UTF-8, as phones do.")
    return tuple(_cards(data))


def card_of(data: bytes, uid: str) -> CardLines:
    """The one card of a file with this UID, or with "" its only card. Raises Refused if there is none or several."""
    found = [card for card in cards_of(data) if not uid or card.uid == plain_uid(uid)]
    if len(found) == 1:
        return found[0]
    which = f"with the UID {plain_uid(uid)}" if uid else "in the file"
    if not found:
        raise Refused(f"There is no card {which}", "Sync again: it may have been moved or renamed.")
    raise Refused(f"There are {len(found)} cards {which}", "Let one of them go, then sync again.")


def _cards(data: bytes) -> Iterator[CardLines]:
    lines: list[ContentLine] = []
    depth = place = start = 0
    after_agent = False
    for line in content_lines(data):
        begins = _is_marker(line, "BEGIN")
        if begins and depth == 1 and not after_agent:
            # The card before this one never ended.
            yield CardLines(tuple(lines), start, place, is_whole=False)
            depth = 0
        if begins:
            if not depth:
                lines, start = [], place
            depth += 1
        if depth:
            lines.append(line if depth == 1 else ContentLine(line.raw))
        place += len(line.raw)
        if _is_marker(line, "END") and depth:
            depth -= 1
            if not depth:
                yield CardLines(tuple(lines), start, place, is_whole=True)
        elif line.name == "AGENT" and _is_begin(line.text):
            depth += 1 if depth else 0
        if line.name:
            after_agent = line.name == "AGENT" and not line.text.strip()
    if depth:
        yield CardLines(tuple(lines), start, place, is_whole=False)


def _is_marker(line: ContentLine, name: str) -> bool:
    return line.name == name and line.text.strip().upper() == "VCARD"


def _is_begin(text: str) -> bool:
    return text.strip().upper().replace(" ", "") == "BEGIN:VCARD"


def content_lines(data: bytes) -> Iterator[ContentLine]:
    """The lines of a file of cards or calendars, in order."""
    physical = [(match[1], match[2]) for match in _physical.finditer(data) if match[0]]
    number = 0
    while number < len(physical):
        first = number
        number, unfolded = _unfolded(physical, first)
        raw = b"".join(chain.from_iterable(physical[first:number]))
        text = unfolded.decode("utf-8", "surrogateescape")
        place = header_end(text)
        if place < 0 or not text.strip():
            yield ContentLine(raw)
        else:
            head = text[:place]
            yield ContentLine(raw, head, text[place + 1 :], parse_header(head.lstrip(f"{_MARK} \t")))


def _unfolded(physical: list[tuple[bytes, bytes]], number: int) -> tuple[int, bytes]:
    """The number of the line after the one that begins at `number`, and that line unfolded."""
    body = physical[number][0]
    number += 1
    if not body.strip():
        return number, body
    pieces = [body]
    head = body[: body.find(b":") + 1].upper()
    soft = body.endswith(b"=") and b"QUOTED-PRINTABLE" in head
    if soft:
        pieces[0] = body[:-1]
    is_picture = _is_picture(head, body)
    while number < len(physical):
        body = physical[number][0]
        if soft and not body[:10].upper().startswith(_ends_soft):
            soft = body.endswith(b"=")
            pieces.append(body[:-1] if soft else body)
        elif body[:1] in (b" ", b"\t") and (body.strip() or not is_picture):
            pieces.append(body[1:])
        elif is_picture and (more := _more_of_picture(physical, number)) > number:
            pieces += [physical[one][0].strip() for one in range(number, more)]
            number = more
            continue
        else:
            break
        number += 1
    return number, b"".join(pieces)


def _is_picture(head: bytes, body: bytes) -> bool:
    name = head.rstrip(b":").partition(b";")[0].rpartition(b".")[2].decode("ascii", "replace")
    return name in BINARY_NAMES - {"AGENT"} or b"BASE64" in head or b"ENCODING=B" in head or b";base64," in body


def _more_of_picture(physical: list[tuple[bytes, bytes]], number: int) -> int:
    """The number of the line after a piece of a picture, which is not indented or has blank lines before it."""
    behind = number
    while behind < len(physical) and not physical[behind][0].strip():
        behind += 1
    if behind == len(physical):
        return number
    body = physical[behind][0]
    if body[:1] in (b" ", b"\t"):
        return behind + 1 if behind > number else number
    return behind + 1 if _base64.fullmatch(body) else number
