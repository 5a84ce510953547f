"""The XML of SMS Backup & Restore: `calls-*.xml` and `sms-*.xml`, read as a stream.

Pictures are attributes of megabytes. The program writes half characters (`&#55357;`) as references, which XML forbids.
A truncated backup has no end: everything before the cut counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from planner.core.evidence.seen import Seen
from planner.errors import Refused
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.texting import INBOX, SENT, call_seen, text_seen

_begins = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<")
_root = re.compile(rb"<(?:!DOCTYPE\s+)?(?:calls|smses)[\s>\[]")
_reference = re.compile(rb"&#(x?)([0-9a-fA-F]{1,9});")
_CONTROL = bytes.maketrans(bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32)), b" " * 29)
_LONGEST_REFERENCE = 14
_SENDER = "137"
"""The type of the writer's address in a message to several people."""
_DEEPEST = 8
_LARGEST = 32 << 20
"""Bytes of one element, such as a message with its picture: expat holds it whole, and starts over with each block."""


def _is_backup(content: Content) -> bool:
    return _begins.match(content.head) is not None and _root.search(content.head) is not None


def _allowed(reference: re.Match[bytes]) -> bytes:
    number = int(reference[2], 16 if reference[1] else 10) if reference[1] or reference[2].isdigit() else 0
    is_allowed = (
        number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0xFFFF < number < 0x110000
    )
    return reference[0] if is_allowed else b" "


def _clean_chunks(content: Content) -> Iterator[bytes]:
    """The bytes without references and characters that XML forbids."""
    rest = b""
    for chunk in content.chunks():
        data = rest + chunk
        cut = data.rfind(b"&", len(data) - _LONGEST_REFERENCE)
        rest = data[cut:] if cut >= 0 else b""
        data = data[:cut] if cut >= 0 else data
        if b"&#" in data:
            data = _reference.sub(_allowed, data)
        yield data.translate(_CONTROL)
    yield _reference.sub(_allowed, rest)


class _Elements:
    """Makes records of the elements; `taken` gives those made since its last call."""

    def __init__(self, reader: FileReader) -> None:
        self._reader = reader
        self._seen: list[Seen] = []
        self._message: dict[str, str] = {}
        self._sender: str | None = None
        self._depth = 0

    def taken(self) -> list[Seen]:
        """The records that were made since the last call."""
        seen, self._seen = self._seen, []
        return seen

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused("it is nested too deeply", "Export it again")
        if name == "call":
            self._add(
                call_seen(
                    self._reader,
                    attributes.get("number", ""),
                    attributes.get("type", ""),
                    attributes.get("date", ""),
                    attributes.get("duration", ""),
                    attributes.get("contact_name", ""),
                    attributes.get("presentation", ""),
                )
            )
        elif name == "sms":
            self._text(attributes, attributes.get("type", ""), None)
        elif name == "mms":
            self._message, self._sender = attributes, None
        elif name == "addr" and attributes.get("type") == _SENDER:
            self._sender = attributes.get("address")

    def end(self, name: str) -> None:
        """An element ends. A message with pictures names its writer in its parts, so its record is made here."""
        self._depth -= 1
        if name == "mms":
            self._text(self._message, self._message.get("msg_box", ""), self._sender)
            self._message = {}

    def _text(self, attributes: dict[str, str], box: str, sender: str | None) -> None:
        if box not in (INBOX, SENT):
            return
        at = self._reader.instant_of_milliseconds(attributes.get("date", ""))
        others = attributes.get("address", "")[:2000].split("~")
        self._add(text_seen(self._reader, others, sender, at, box == SENT, attributes.get("contact_name", "")))

    def _add(self, seen: Seen | None) -> None:
        if seen is not None:
            self._seen.append(seen)


def _refuse(*_: object) -> None:
    raise Refused("it declares a type of document of its own", "Export it again")


def _read(content: Content, reader: FileReader) -> Iterator[Seen]:
    elements = _Elements(reader)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = elements.start, elements.end
    parser.StartDoctypeDeclHandler = _refuse
    damaged, fed = False, 0
    try:
        for chunk in _clean_chunks(content):
            parser.Parse(chunk, False)
            fed += len(chunk)
            yield from elements.taken()
            if fed - parser.CurrentByteIndex > _LARGEST:
                raise Refused(
                    f"a message in it is larger than {_LARGEST >> 20} MB; what stands before was read",
                    "Make the backup again without pictures and videos",
                )
        parser.Parse(b"", True)
    except expat.ExpatError:
        damaged = True
    yield from elements.taken()
    if damaged:
        raise Refused(
            f"it is damaged or cut off in line {parser.CurrentLineNumber}; what stands before was read",
            "Make the backup again",
        )


LAYOUT = FileLayout("SMS Backup & Restore", "calls", 10, _is_backup, _read)
