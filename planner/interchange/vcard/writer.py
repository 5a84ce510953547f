"""vCards 3.0 as address books read them, after RFC 2426, with the Apple properties that the others read too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from planner.core.contact_fields import FIELDS, Kind
from planner.core.model import Cell, Contact, ContactDate, Mode, Status
from planner.core.words.folding import clean, clean_line
from planner.core.words.parts import agree, family_and_given, parts_of
from planner.interchange.files import entry_name

FOLD_OCTETS = 75
NO_YEAR = 1604
"""The year for "no year": Apple's choice, which other address books understand; a leap year."""
_TYPES = frozenset({"home", "work", "cell", "fax", "pager", "mobile", "main", "other"})
_CALLED = {"mobile": "cell"}
"""The standard's type for a label."""
_LINES = (Kind.LINE, Kind.RHYTHM, Kind.CHOICE)
_OF_THEIR_OWN = frozenset({"company", "title"})
"""One-line fields that are written together with other values: departments, further positions."""
_USUAL = ("", None, (), Mode.RHYTHM, Status.ACTIVE)
"""Default values, which are left out of a card."""
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
    """The card of each (contact, UID) by file name: a vdir."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for contact, uid in people:
        name = entry_name(uid, ".vcf")
        if name.casefold() in taken:
            # Some file systems ignore case.
            name = entry_name(f"{uid}\0", ".vcf")
        taken.add(name.casefold())
        files[name] = card(contact, uid)
    return files


def card(contact: Contact, uid: str) -> bytes:
    """The card of a contact: lines end with CRLF and are folded at 75 octets, never within a character."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"PRODID:{escaped('-//planner//export//EN')}"]
    lines += [f"UID:{escaped(clean_line(uid))}", f"N:{_structured(contact)}"]
    lines += [f"{name}:{_line(name, value)}" for kind in _LINES for name, value in _values(contact, kind)]
    lines += _organisations(contact)
    lines += [f"{name}:{value.isoformat()}" for name, value in _values(contact, Kind.DAY)]
    groups = _Groups()
    for name, cells in _values(contact, Kind.ADDRESSES):
        for cell in cells:
            lines += _labelled(name, cell, groups)
    lines += _more(contact, groups)
    lines += _dates(contact.dates, groups)
    for known in contact.acquaintances:
        if known.name:
            lines += _grouped(groups, "X-ABRELATEDNAMES", known.name, known.relation)
    lines += [f"{name}:{','.join(map(_text, circles))}" for name, circles in _values(contact, Kind.CIRCLES)]
    lines += [f"{name}:{escaped(clean(text))}" for name, text in _values(contact, Kind.TEXT)]
    if contact.status is Status.DECEASED:
        # The planner does not store the day; RFC 6474 allows a text instead.
        lines.append("DEATHDATE;VALUE=text:unknown")
    lines.append("END:VCARD")
    return "".join(map(_folded, lines)).encode()


def _values(contact: Contact, kind: Kind) -> Iterator[tuple[str, Any]]:
    """(property, value) of the fields of a kind that a card can hold and the contact has."""
    for one in FIELDS:
        if one.vcard and one.kind is kind and one.name not in _OF_THEIR_OWN:
            value = getattr(contact, one.attribute)
            if value not in _USUAL:
                yield one.vcard, value


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line break escaped."""
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _text(text: str) -> str:
    return escaped(clean_line(text))


def _line(name: str, value: str) -> str:
    """A one-line value; for nicknames each is a value of its own."""
    return ",".join(_text(one) for one in value.split(",")) if name == "NICKNAME" else _text(value)


def _structured(contact: Contact) -> str:
    """The N property of a contact: the parts that a card gave, unless the name has changed since."""
    for cell in contact.name_parts:
        if agree(contact.name, parts_of(cell.value)):
            return _parted(parts_of(cell.value), 5)
    return _parted(family_and_given(clean_line(contact.name)), 5)


def _parted(parts: Sequence[str], count: int) -> str:
    return ";".join(_text(part) for part in (*parts, *[""] * (count - len(parts))))


def _organisations(contact: Contact) -> Iterator[str]:
    """The company with its department, then other organisations; the title, then other positions."""
    cells = [parts_of(cell.value) for cell in contact.organisations]
    of_company = next((parts for parts in cells if parts[0] == contact.company), (contact.company,))
    if contact.company:
        yield f"ORG:{_parted(of_company, 1)}"
    # The first of them was the company: it is a former one if the contact has another company now.
    others = (parts for place, parts in enumerate(cells) if parts is not of_company and (place or not contact.company))
    yield from (f"ORG:{_parted(parts, 1)}" for parts in others)
    if contact.title:
        yield f"TITLE:{_text(contact.title)}"
    yield from (f"{'ROLE' if cell.label == 'role' else 'TITLE'}:{_text(cell.value)}" for cell in contact.positions)


def _more(contact: Contact, groups: _Groups) -> Iterator[str]:
    """Chats and street addresses, and the city if no address has it."""
    for cell in contact.chats:
        yield from _labelled("IMPP", cell, groups)
    streets = [(cell, parts_of(cell.value)) for cell in contact.streets]
    if contact.city and not any(parts[3:4] == (contact.city,) for _, parts in streets):
        yield f"ADR:;;;{_text(contact.city)};;;"
    for cell, parts in streets:
        value = _parted(parts if len(parts) > 1 else ("", "", *parts), 7)
        yield from _labelled("ADR", cell, groups, value)


class _Groups:
    """Group names for lines with a label: item1, item2, …"""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        self._last += 1
        return f"item{self._last}"


def _labelled(name: str, cell: Cell, groups: _Groups, value: str = "") -> list[str]:
    """An e-mail, phone or page. A label of known types becomes TYPE; any other becomes an Apple label.

    `value` is the text on the line, if it is not the value of the cell.
    """
    words = cell.label.lower().split()
    # A web address has its own escapes; the others are text.
    value = value or (clean_line(cell.value).replace("\\", "%5C") if name == "URL" else _text(cell.value))
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
            # Not VALUE=date, which calendars read by their own rules: khal ignores such a birthday. A day without its
            # year is written like phones and servers do in this version; `--0615` belongs to the next one.
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
            # The leading blank counts too.
            piece, room = "", FOLD_OCTETS - 1
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece]) + "\r\n"


__all__ = ["card", "cards", "escaped", "folder"]
