"""One vCard while it is being read: what each property adds, and the person it makes in the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from planner.core.contact_fields import LINES
from planner.core.model import Cell, ImportedContact, ImportedDate, Rejected
from planner.core.words.folding import clean_line
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.record_keys import digest, record_key
from planner.interchange.text import LINE_LIMIT, VALUE_LIMIT, Skipped
from planner.interchange.vcard.values import Header, plain_label, read_date, split_values, unescape

PROPERTY_LIMIT = 1_000
"""Properties of one card, photos aside; what comes after them is passed over."""
_address_ends = re.compile(r"[\s<>,;]+")
_not_people = {"group": "a group", "location": "a place", "application": "a program", "device": "a device"}
# What address books file everybody under: it says nothing about the person.
_system_categories = frozenset({"my contacts", "mycontacts", "vcard", "unfiled"})
_Labelled = tuple[str, Header]


class Draft:
    """The properties of one card so far; `line` is where it began."""

    __slots__ = (
        "anniversaries",
        "categories",
        "cities",
        "count",
        "dates",
        "deceased",
        "emails",
        "formatted",
        "group_labels",
        "kind",
        "line",
        "lines",
        "nickname",
        "notes",
        "organisation",
        "phones",
        "problem",
        "relations",
        "remarks",
        "revised",
        "role",
        "structured",
        "title",
        "uid",
        "urls",
    )

    def __init__(self, line: int) -> None:
        self.line = line
        self.count = 0
        self.problem = ""
        self.remarks: list[str] = []
        self.formatted = self.structured = self.nickname = self.organisation = ""
        self.title = self.role = self.uid = self.kind = self.revised = ""
        self.deceased = False
        self.lines: dict[str, str] = {}
        self.emails: list[_Labelled] = []
        self.phones: list[_Labelled] = []
        self.urls: list[_Labelled] = []
        self.cities: list[_Labelled] = []
        self.dates: list[tuple[str, str, Header]] = []
        self.relations: list[tuple[str, str, Header]] = []
        self.categories: list[str] = []
        self.notes: list[str] = []
        self.group_labels: dict[str, str] = {}

    def is_full(self) -> bool:
        """Count one more property, and say whether it is one too many."""
        self.count += 1
        if self.count == PROPERTY_LIMIT + 1:
            self.remarks.append(f"only the first {PROPERTY_LIMIT} properties were read")
        return self.count > PROPERTY_LIMIT

    def take(self, header: Header, value: str) -> None:
        """Add one property; its value is decoded and clean, but still escaped."""
        HANDLERS[header.name](self, header, value)

    def finish(self, file: str) -> ImportedContact | Rejected | Skipped:
        """The person the card describes, or why there is none."""
        if self.problem:
            return Rejected(file, self.line, self.problem)
        if self.kind in _not_people:
            name = self._line(unescape(self.formatted)) or "it"
            return Skipped(file, self.line, f"{name} is {_not_people[self.kind]}, not a person")
        emails = self._emails()
        company = self._company()
        nickname = self._line(", ".join(part.strip() for part in split_values(self.nickname, ",")))
        name = self._name(nickname, company, emails)
        if not name:
            return Rejected(file, self.line, "the card has no name, no e-mail and no company")
        urls = self._urls()
        phones = self._phones()
        dates = self._dates()
        circles = self._circles()
        title = self._line(unescape(self.title or self.role))
        keys = self._keys(urls)
        if not keys:
            keys = (record_key(name, company, title, *(cell.value for cell in (*emails, *phones, *urls))),)
        more: dict[str, Any] = {name: self._line(unescape(text)) for name, text in self.lines.items()}
        return ImportedContact(
            name=name,
            source="vcard",
            keys=keys,
            company=company,
            title=title,
            city=self._city(),
            emails=emails,
            phones=phones,
            urls=urls,
            dates=dates,
            circles=circles,
            relations=self._relations(),
            notes="\n".join(self.notes)[:LINE_LIMIT] if self.notes else "",
            nickname=nickname,
            dated_on=self._revised_on(),
            deceased=self.deceased,
            file=file,
            line=self.line,
            remarks=tuple(self.remarks),
            **more,
        )

    def _line(self, text: str) -> str:
        line = clean_line(text)
        if len(line) > VALUE_LIMIT:
            self.remarks.append(f"a value of {len(line)} characters was cut to {VALUE_LIMIT}")
            line = line[:VALUE_LIMIT].rstrip()
        return line

    def _name(self, nickname: str, company: str, emails: tuple[Cell, ...]) -> str:
        name = self._line(unescape(self.formatted))
        if not name and self.structured:
            family, given, additional, _, suffix = ([*split_values(self.structured, ";"), *[""] * 5])[:5]
            name = self._line(" ".join((given, additional, family, suffix)))
        return name or nickname or company or (emails[0].value if emails else "")

    def _company(self) -> str:
        if not self.organisation:
            return ""
        lines = (self._line(part) for part in split_values(self.organisation, ";"))
        return next((line for line in lines if line), "")

    def _label(self, header: Header) -> str:
        if header.group and header.group in self.group_labels:
            return self.group_labels[header.group]
        return header.label

    def _emails(self) -> tuple[Cell, ...]:
        cells: dict[str, Cell] = {}
        for value, header in _preferred_first(self.emails):
            addresses = _addresses(value)
            if not addresses:
                self.remarks.append(f"left out an e-mail without an address: {clean_line(value)[:60]}")
            for address in addresses:
                cells.setdefault(address.casefold(), Cell(address, self._label(header)))
        return tuple(cells.values())

    def _phones(self) -> tuple[Cell, ...]:
        cells: dict[str, Cell] = {}
        for value, header in _preferred_first(self.phones):
            number = _telephone(value)
            digits = "".join(character for character in number if character.isdigit())
            if not digits:
                self.remarks.append(f"left out a phone without a number: {number[:60]}")
                continue
            cells.setdefault(digits, Cell(number[:100], self._label(header)))
        return tuple(cells.values())

    def _urls(self) -> tuple[Cell, ...]:
        cells: dict[str, Cell] = {}
        for value, header in _preferred_first(self.urls):
            url = self._line(unescape(value))
            if url.lower().startswith("x-apple:"):
                # An address book's own pointer; the account name behind it is all it means.
                url = header.user
            if url:
                cells.setdefault(url.casefold().rstrip("/"), Cell(url, self._label(header)))
        return tuple(cells.values())

    def _city(self) -> str:
        if not self.cities:
            return ""
        ranked = sorted(self.cities, key=lambda city: (not city[1].preferred, "home" not in city[1].types))
        return next((city for city in (self._line(value) for value, _ in ranked) if city), "")

    def _dates(self) -> tuple[ImportedDate, ...]:
        found: dict[tuple[str, int, int], ImportedDate] = {}
        for kind, value, header in self.dates:
            kind = kind or self._date_kind(header)
            text = self._line(unescape(value))
            read = read_date(kind, text)
            if read:
                found.setdefault((kind.casefold(), read.month, read.day), read)
            elif any(digit in text for digit in "123456789") or text.isalpha():
                self.notes.append(f"{kind}: {text}")
                self.remarks.append(f"{kind} {text[:60]} names no day and month: kept in the notes")
        return tuple(found.values())

    def _date_kind(self, header: Header) -> str:
        label = self._label(header)
        return label.lower() if label.lower() in ("anniversary", "birthday") else label or "date"

    def _circles(self) -> tuple[str, ...]:
        circles: dict[str, str] = {}
        for text in self.categories:
            for value in split_values(text, ",;"):
                circle = self._line(value)
                if circle and not circle.startswith("* ") and circle.casefold() not in _system_categories:
                    circles.setdefault(circle.casefold(), circle)
        return tuple(circles.values())

    def _relations(self) -> tuple[tuple[str, str], ...]:
        relations: dict[tuple[str, str], None] = {}
        for relation, value, header in self.relations:
            name = self._line(unescape(value))
            if name.lower().startswith(("urn:", "uuid:", "http:", "https:")):
                # It names another card by its number, which is no name to show.
                continue
            name = name.removeprefix("mailto:")
            if name:
                relations[(relation or self._label(header) or " ".join(header.types[:1]), name)] = None
        return tuple(relations)

    def _keys(self, urls: tuple[Cell, ...]) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        uid = clean_line(unescape(self.uid))
        if uid[:9].lower() == "urn:uuid:":
            uid = uid[9:].lower()
        if uid:
            keys[f"vcard:{uid}" if len(uid) <= 200 else f"vcard:{digest(uid)}"] = None
        for cell in urls:
            if slug := linkedin_slug(cell.value):
                keys[f"linkedin:{slug}"] = None
        return tuple(keys)

    def _revised_on(self) -> date | None:
        if not self.revised:
            return None
        read = read_date("", self.revised.strip())
        return date(read.year, read.month, read.day) if read and read.year else None


def _preferred_first(values: list[_Labelled]) -> Iterable[_Labelled]:
    if len(values) < 2:
        return values
    return sorted(values, key=lambda value: not value[1].preferred)


def _addresses(value: str) -> list[str]:
    """Every e-mail address in a value: bare, as `mailto:`, as `Name <address>`, or several."""
    found = []
    for word in _address_ends.split(unescape(value)):
        address = word.strip("\"'()")
        if address[:7].lower() == "mailto:":
            address = address[7:].partition("?")[0]
        if 0 < address.find("@") < len(address) - 1 and len(address) <= 320:
            found.append(address)
    return found


def _telephone(value: str) -> str:
    """A number as written; from a `tel:` address (RFC 3966) the number and its extension."""
    number = clean_line(unescape(value))
    if number[:4].lower() != "tel:":
        return number
    number, *parameters = number[4:].split(";")
    for parameter in parameters:
        if parameter[:4].lower() == "ext=":
            number += f" ext. {parameter[4:]}"
    return number


def _first(attribute: str) -> Callable[[Draft, Header, str], None]:
    """A handler that keeps the first value that is not blank."""

    def handle(draft: Draft, header: Header, value: str) -> None:
        if not getattr(draft, attribute) and value.strip(" ;"):
            setattr(draft, attribute, value)

    return handle


def _plain(attribute: str) -> Callable[[Draft, Header, str], None]:
    """A handler of a field that the card says as the planner does: the first value that is not blank."""

    def handle(draft: Draft, header: Header, value: str) -> None:
        if not value.isspace():
            draft.lines.setdefault(attribute, value)

    return handle


def _listed(attribute: str) -> Callable[[Draft, Header, str], None]:
    """A handler that keeps every value that is not blank, with its header."""

    def handle(draft: Draft, header: Header, value: str) -> None:
        if value and not value.isspace():
            getattr(draft, attribute).append((value, header))

    return handle


def _dated(kind: str) -> Callable[[Draft, Header, str], None]:
    def handle(draft: Draft, header: Header, value: str) -> None:
        draft.dates.append((kind, value, header))

    return handle


def _related(relation: str) -> Callable[[Draft, Header, str], None]:
    def handle(draft: Draft, header: Header, value: str) -> None:
        draft.relations.append((relation, value, header))

    return handle


def _take_locality(draft: Draft, header: Header, value: str) -> None:
    parts = split_values(value, ";")
    if len(parts) > 3 and parts[3].strip():
        draft.cities.append((parts[3], header))


def _take_note(draft: Draft, header: Header, value: str) -> None:
    note = unescape(value).strip()
    if note and note not in draft.notes:
        draft.notes.append(note)


def _take_categories(draft: Draft, header: Header, value: str) -> None:
    draft.categories.append(value)


def _take_group_label(draft: Draft, header: Header, value: str) -> None:
    if header.group:
        draft.group_labels[header.group] = plain_label(unescape(value))


def _take_kind(draft: Draft, header: Header, value: str) -> None:
    draft.kind = value.strip().lower()


def _take_death(draft: Draft, header: Header, value: str) -> None:
    draft.deceased = True


HANDLERS: dict[str, Callable[[Draft, Header, str], None]] = {
    "FN": _first("formatted"),
    "N": _first("structured"),
    "NICKNAME": _first("nickname"),
    "ORG": _first("organisation"),
    "TITLE": _first("title"),
    "ROLE": _first("role"),
    "UID": _first("uid"),
    "REV": _first("revised"),
    "EMAIL": _listed("emails"),
    "TEL": _listed("phones"),
    "URL": _listed("urls"),
    "X-SOCIALPROFILE": _listed("urls"),
    "SOCIALPROFILE": _listed("urls"),
    "X-LINKEDIN": _listed("urls"),
    "ADR": _take_locality,
    "NOTE": _take_note,
    "CATEGORIES": _take_categories,
    "BDAY": _dated("birthday"),
    "ANNIVERSARY": _dated("anniversary"),
    "X-ANNIVERSARY": _dated("anniversary"),
    "X-MS-ANNIVERSARY": _dated("anniversary"),
    "X-EVOLUTION-ANNIVERSARY": _dated("anniversary"),
    "X-KADDRESSBOOK-X-ANNIVERSARY": _dated("anniversary"),
    "X-ABDATE": _dated(""),
    "RELATED": _related(""),
    "X-ABRELATEDNAMES": _related(""),
    **{
        name: _related(relation)
        for relation in ("spouse", "manager", "assistant")
        for stem in (relation.upper(),)
        for name in (f"X-{stem}", f"X-MS-{stem}", f"X-EVOLUTION-{stem}", f"X-KADDRESSBOOK-X-{stem}SNAME")
    },
    "X-ABLABEL": _take_group_label,
    "KIND": _take_kind,
    "X-ADDRESSBOOKSERVER-KIND": _take_kind,
    "DEATHDATE": _take_death,
}
HANDLERS |= {one.vcard: _plain(one.attribute) for one in LINES if one.vcard and one.vcard not in HANDLERS}
