"""Whether a card still has its picture: a digest of the picture, independent of how a program writes it."""

from __future__ import annotations

import binascii
import hashlib

from planner.core.book.said import CUT
from planner.errors import Refused
from planner.interchange.book.content_lines import card_of

FOLD = 75
"""Octets in a row of a card."""


def picture_of(data: bytes) -> str:
    """The digest of the picture in the only card of a file: of its bytes, or of its address.

    `CUT` if a server has truncated it, "" without one.
    """
    if b"PHOTO" not in data.upper():
        return ""
    try:
        line = next(card_of(data, "").named("PHOTO"), None)
    except Refused:
        return ""
    if line is None:
        return ""
    text = line.text.strip()
    if text[:5].lower() == "data:":
        kind, comma, text = text.partition(",")
        return _digest(text) if comma and kind.lower().endswith("base64") else CUT
    if line.header.encoding == "b":
        return _digest(text)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest() if ":" in text else CUT


def with_picture(data: bytes, kept: bytes) -> bytes:
    """A card with its earlier picture, in the form of version 3.0, which no server is known to truncate.

    `kept` is the earlier card. The same bytes if neither has a line of a picture.
    """
    card = card_of(data, "")
    cut, whole = (next(one.named("PHOTO"), None) for one in (card, card_of(kept, "")))
    if cut is None or whole is None:
        return data
    kind, comma, text = whole.text.strip().partition(",")
    raw = whole.raw
    if comma and kind[:5].lower() == "data:":
        name = kind[5:].partition(";")[0].rpartition("/")[2].upper()
        line = f"PHOTO;ENCODING=b;TYPE={name if name.isalnum() else 'JPEG'}:{''.join(text.split())}"
        rows = [line[:FOLD], *(line[place : place + FOLD - 1] for place in range(FOLD, len(line), FOLD - 1))]
        raw = (card.line_end + b" ").join(row.encode("ascii", "replace") for row in rows) + card.line_end
    return data[: card.start] + card.data.replace(cut.raw, raw, 1) + data[card.end :]


def _digest(text: str) -> str:
    try:
        picture = binascii.a2b_base64("".join(text.split()))
    except (ValueError, UnicodeEncodeError):
        return CUT
    return hashlib.blake2b(picture, digest_size=16).hexdigest() if picture else CUT
