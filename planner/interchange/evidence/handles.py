"""Makes handles from the names, numbers and addresses in calendars, calls and chats, and keys for their records."""

from __future__ import annotations

import hashlib

from planner.core.evidence.seen import Handle, HandleKind
from planner.core.words.folding import clean_line, fold
from planner.interchange.phones import phone_key

LONGEST_NAME = 200
_NO_NAMES = frozenset({"", "(unknown)", "unknown", "null"})


def seen_key(*parts: object) -> str:
    """The key of a record, made of the parts that distinguish it from every other record."""
    text = "\0".join(str(part) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def shown_name(text: object) -> str:
    """A name as written, on one line; "" if it is a phone's word for an unknown name."""
    name = clean_line(text[: 4 * LONGEST_NAME])[:LONGEST_NAME] if isinstance(text, str) else ""
    return "" if name.casefold() in _NO_NAMES else name


def phone_handle(text: object, region: str | None, name: object = "") -> Handle | None:
    """The handle of a phone number; None for a hidden number, a short code, a service code or the name of a sender."""
    number = text.strip() if isinstance(text, str) else ""
    if not number or len(number) > 60 or number[0] in "-*#" or any(character.isalpha() for character in number):
        return None
    value = phone_key(number, region)
    return Handle(HandleKind.PHONE, value, shown_name(name)) if value else None


def email_handle(text: str, name: object = "") -> Handle | None:
    """The handle of an e-mail address, with or without "mailto:"; None for any other text."""
    address = text.strip()
    if address[:7].lower() == "mailto:":
        address = address[7:].partition("?")[0]
    # A line folded in the wrong place leaves a blank in an address.
    address = fold("".join(address.split()).strip("<>")) if len(address) <= 320 else ""
    local, at, host = address.partition("@")
    if not (local and at and host) or "@" in host:
        return None
    return Handle(HandleKind.EMAIL, address, shown_name(name))


def name_handle(text: object, region: str | None = None) -> Handle | None:
    """The handle of a name in a chat: of a number if the name is one, else of the name as written."""
    name = shown_name(text).removeprefix("~").strip()
    if not name:
        return None
    if name[0] in "+(" or name[0].isdigit():
        number = phone_handle(name, region)
        if number is not None:
            return number
    return Handle(HandleKind.NAME, name, name)
