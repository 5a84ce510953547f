"""Sources made of bytes, and the records read from them."""

from __future__ import annotations

import io

from planner.core.model import ImportedContact, Rejected
from planner.interchange.text import Remark, Skipped, Source
from planner.interchange.vcard.reader import Item, read_cards


def source(data: bytes, name: str = "people.vcf") -> Source:
    """A source that holds these bytes."""
    return Source(name, lambda: io.BytesIO(data), len(data))


def items(data: bytes | str) -> list[Item]:
    """Everything a card file yields."""
    return list(read_cards(source(data.encode() if isinstance(data, str) else data)))


def people(data: bytes | str) -> list[ImportedContact]:
    """The people of a card file."""
    return [item for item in items(data) if isinstance(item, ImportedContact)]


def card(*lines: str | bytes, newline: bytes = b"\r\n") -> bytes:
    """One card around these lines."""
    middle = [line.encode() if isinstance(line, str) else line for line in lines]
    return newline.join([b"BEGIN:VCARD", b"VERSION:3.0", *middle, b"END:VCARD", b""])


def one(*lines: str | bytes) -> ImportedContact:
    """The one person of a card with these lines and a name."""
    (person,) = people(card("FN:Ana Lee", *lines))
    return person


def rejected(data: bytes | str) -> list[Rejected]:
    """What could not be read of a card file."""
    return [item for item in items(data) if isinstance(item, Rejected)]


def skipped(data: bytes | str) -> list[Skipped]:
    """What was left out of a card file."""
    return [item for item in items(data) if isinstance(item, Skipped)]


def remarks(data: bytes | str) -> list[str]:
    """What was said about a card file as a whole."""
    return [item.text for item in items(data) if isinstance(item, Remark)]
