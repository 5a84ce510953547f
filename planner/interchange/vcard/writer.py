"""vCards 3.0 as address books read them, after RFC 2426, with the Apple properties that the others read too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from planner.core.contact_fields import FIELDS, Kind
from planner.core.model import Cell, Contact, ContactDate, Mode, Status
from planner.core.words.folding import clean, clean_line
from planner.interchange.files import entry_name

FOLD_OCTETS = 75
NO_YEAR = 1604
"""What stands for no year: Apple's choice, which other address books understand; a leap year."""
_TYPES = frozenset({"home", "work", "cell", "fax", "pager", "mobile", "main", "other"})
_CALLED = {"mobile": "cell"}
"""Types by the name that the standard has for them."""
_LINES = (Kind.LINE, Kind.RHYTHM, Kind.CHOICE)
_USUAL = ("", None, (), Mode.RHYTHM, Status.ACTIVE)
"""Values that say nothing about somebody."""
_APPLE_LABELS = {
    "anniversary": "Anniversary", "spouse": "Spouse", "mother": "Mother", "father": "Father", "parent": "Parent",
    "brother": "Brother", "sister": "Sister", "child": "Child", "friend": "Friend", "partner": "Partner",
    "manager": "Manager", "assistant": "Assistant",
}  # fmt: skip


def cards(people: Iterable[tuple[Contact, str]]) -> Iterator[bytes]:
    """One card for each (contact, UID)."""
    for contact, uid in people:
        yield card(contact, uid)


def folder(people: Iterable[tuple[Contact, str]]) -> dict[str, bytes]:
    """The card of each (contact, UID) by the name of its file: a vdir."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for contact, uid in people:
        name = entry_name(uid, ".vcf")
        if name.casefold() in taken:
            # Some file systems take no notice of capitals.
            name = entry_name(f"{uid}\0", ".vcf")
        taken.add(name.casefold())
        files[name] = card(contact, uid)
    return files


def card(contact: Contact, uid: str) -> bytes:
    """The card of a contact: lines end with CRLF and are folded at 75 octets, never within a character."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"PRODID:{escaped('-//planner//export//EN')}"]
    lines += [f"UID:{escaped(clean_line(uid))}", f"N:{_structured(contact.name)}"]
    lines += [f"{name}:{_text(value)}" for kind in _LINES for name, value in _values(contact, kind)]
    lines += [f"{name}:{value.isoformat()}" for name, value in _values(contact, Kind.DAY)]
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
        # The planner does not keep the day; RFC 6474 allows a text instead.
        lines.append("DEATHDATE;VALUE=text:unknown")
    lines.append("END:VCARD")
    return "".join(map(_folded, lines)).encode()


def _values(contact: Contact, kind: Kind) -> Iterator[tuple[str, Any]]:
    """(property, value) of the fields of a kind that a card can hold and the contact has."""
    for one in FIELDS:
        if one.vcard and one.kind is kind and (value := getattr(contact, one.attribute)) not in _USUAL:
            yield one.vcard, value


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line break escaped."""
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _text(text: str) -> str:
    return escaped(clean_line(text))


def _structured(name: str) -> str:
    """The N property of a name: the last word is taken for the family name."""
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
    """An e-mail, phone or page. A label of known types becomes TYPE; any other becomes an Apple label."""
    words = cell.label.lower().split()
    # An address of the web has escapes of its own; the others are text.
    value = clean_line(cell.value).replace("\\", "%5C") if name == "URL" else _text(cell.value)
    if not set(words) - _TYPES:
        types = "".join(f";TYPE={_CALLED.get(word, word).upper()}" for word in words)
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
            # Not VALUE=date, which calendars read by their own rules: khal passes over such a birthday. A day without
            # its year is written as phones and servers write it in this version; `--0615` belongs to the next one.
            yield f"BDAY{omitted}:{value}"
        else:
            first, *rest = _grouped(groups, "X-ABDATE", value, one.kind)
            yield first.replace(":", f"{omitted}:", 1)
            yield from rest


def _folded(line: str) -> str:
    """Fold a line: at most 75 octets in a row, each further piece after a blank."""
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


__all__ = ["card", "cards", "escaped", "folder"]
