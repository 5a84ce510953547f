"""vCards 3.0 as address books read them, after RFC 2426, with the Apple properties that the others read too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from planner.core.contact_fields import FIELDS, Kind
from planner.core.model import Cell, Contact, ContactDate, Status
from planner.core.words.folding import clean, clean_line

FOLD_OCTETS = 75
NO_YEAR = 1604
"""What stands for no year: Apple's choice, which other address books understand; a leap year."""
_TYPES = frozenset({"home", "work", "cell", "fax", "pager", "mobile", "main", "other"})
_APPLE_LABELS = {
    "anniversary": "Anniversary", "spouse": "Spouse", "mother": "Mother", "father": "Father", "parent": "Parent",
    "brother": "Brother", "sister": "Sister", "child": "Child", "friend": "Friend", "partner": "Partner",
    "manager": "Manager", "assistant": "Assistant",
}  # fmt: skip


def cards(people: Iterable[tuple[Contact, str]]) -> Iterator[bytes]:
    """One card for each (contact, UID)."""
    for contact, uid in people:
        yield card(contact, uid)


def card(contact: Contact, uid: str) -> bytes:
    """The card of a contact: lines end with CRLF and are folded at 75 octets, never within a character."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"PRODID:{escaped('-//planner//export//EN')}"]
    lines += [f"UID:{escaped(clean_line(uid))}", f"N:{_structured(contact.name)}"]
    lines += [f"{name}:{_text(value)}" for name, value in _values(contact, Kind.LINE)]
    groups = _Groups()
    for name, cells in _values(contact, Kind.ADDRESSES):
        for cell in cells:
            lines += _labelled(name, cell, groups)
    if contact.city:
        lines.append(f"ADR:;;;{_text(contact.city)};;;")
    lines += _dates(contact.dates, groups)
    for known in contact.acquaintances:
        if known.name:
            lines += _grouped(groups, "X-ABRELATEDNAMES", known.name, known.relation)
    lines += [f"{name}:{','.join(map(_text, circles))}" for name, circles in _values(contact, Kind.CIRCLES)]
    lines += [f"{name}:{escaped(clean(text))}" for name, text in _values(contact, Kind.TEXT)]
    if contact.status is Status.DECEASED:
        # The day is not kept here, and RFC 6474 wants one or a text.
        lines.append("DEATHDATE;VALUE=text:unknown")
    lines.append("END:VCARD")
    return "".join(map(_folded, lines)).encode()


def _values(contact: Contact, kind: Kind) -> Iterator[tuple[str, Any]]:
    """(property, value) of the fields of a kind that a card can hold and the contact has."""
    for one in FIELDS:
        if one.vcard and one.kind is kind and (value := getattr(contact, one.attribute)):
            yield one.vcard, value


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line break escaped."""
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _text(text: str) -> str:
    return escaped(clean_line(text))


def _structured(name: str) -> str:
    """A name in its parts as well as they can be guessed: the last word is the family name."""
    words = clean_line(name).split(" ")
    family, given = (words[-1], " ".join(words[:-1])) if len(words) > 1 else ("", words[0])
    return f"{escaped(family)};{escaped(given)};;;"


class _Groups:
    """Numbers for the lines that belong to a label: item1, item2, …"""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        self._last += 1
        return f"item{self._last}"


def _labelled(name: str, cell: Cell, groups: _Groups) -> list[str]:
    """A way to reach somebody: with types where its label is made of those, else with a label of its own."""
    words = cell.label.lower().split()
    value = _text(cell.value)
    if not set(words) - _TYPES:
        types = "".join(f";TYPE={word.upper()}" for word in words)
        return [f"{name}{types}:{value}"]
    group = groups.next()
    return [f"{group}.{name}:{value}", f"{group}.X-ABLABEL:{_text(cell.label)}"]


def _grouped(groups: _Groups, name: str, value: str, label: str) -> list[str]:
    group = groups.next()
    lines = [f"{group}.{name}:{_text(value)}"]
    if label:
        apple = _APPLE_LABELS.get(label.casefold())
        lines.append(f"{group}.X-ABLABEL:{f'_$!<{apple}>!$_' if apple else _text(label)}")
    return lines


def _dates(dates: Iterable[ContactDate], groups: _Groups) -> Iterator[str]:
    is_first = True
    for one in dates:
        value = f"{one.year or NO_YEAR:04d}-{one.month:02d}-{one.day:02d}"
        omitted = "" if one.year else f";X-APPLE-OMIT-YEAR={NO_YEAR}"
        if one.kind == "birthday" and is_first:
            is_first = False
            yield f"BDAY;VALUE=date{omitted}:{value}"
        else:
            first, *rest = _grouped(groups, "X-ABDATE", value, one.kind)
            yield first.replace(":", f"{omitted}:", 1)
            yield from rest


def _folded(line: str) -> str:
    """A line as it stands in a file: at most 75 octets in a row, each further piece after a blank."""
    if len(line) <= FOLD_OCTETS and (line.isascii() or len(line.encode()) <= FOLD_OCTETS):
        return f"{line}\r\n"
    pieces, piece, room = [], "", FOLD_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            # The blank at the start counts as well.
            piece, room = "", FOLD_OCTETS - 1
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece]) + "\r\n"


__all__ = ["card", "cards", "escaped"]
