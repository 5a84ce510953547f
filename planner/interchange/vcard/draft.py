"""One vCard while it is read: its properties, and at the end the person they describe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from planner.core.book.rhythm import rhythm_read
from planner.core.model import Cell, ImportedContact, ImportedDate, Rejected
from planner.core.words.folding import clean_line
from planner.core.words.parts import family_and_given, parts_of, with_parts
from planner.interchange.cells import is_mail_address, is_rounded, mail_addresses, whole_number, without_repeats
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.record_keys import key_of_uid, record_key
from planner.interchange.text import LINE_LIMIT, VALUE_LIMIT, Skipped
from planner.interchange.vcard.values import PropertyHeader, plain_uid, read_date, split_values, unescape

PROPERTY_LIMIT = 1_000
"""Properties of one card, photos aside; further ones are ignored."""
_not_people = {"group": "a group", "location": "a place", "application": "a program", "device": "a device"}
# Categories that programs give to everybody.
_system_categories = frozenset({"my contacts", "mycontacts", "vcard", "unfiled"})
_UIDS = ("urn:uuid:", "uuid:")
_NO_NAMES = ("urn:", "uuid:", "http:", "https:")
_Labelled = tuple[str, PropertyHeader]


class Draft:
    """The properties of one card so far; `line` is where it began."""

    __slots__ = (
        "archived",
        "categories",
        "chats",
        "count",
        "dates",
        "days",
        "deceased",
        "emails",
        "formatted",
        "group_labels",
        "kind",
        "line",
        "lines",
        "nickname",
        "notes",
        "organisations",
        "phones",
        "problem",
        "relations",
        "remarks",
        "revised",
        "roles",
        "streets",
        "structured",
        "titles",
        "uid",
        "urls",
    )

    def __init__(self, line: int) -> None:
        self.line = line
        self.count = 0
        self.problem = ""
        self.remarks: list[str] = []
        self.formatted = self.structured = self.nickname = ""
        self.uid = self.kind = self.revised = ""
        self.deceased = self.archived = False
        self.days: dict[str, date] = {}
        self.lines: dict[str, str] = {}
        self.emails: list[_Labelled] = []
        self.phones: list[_Labelled] = []
        self.urls: list[_Labelled] = []
        self.streets: list[_Labelled] = []
        self.chats: list[_Labelled] = []
        self.organisations: list[_Labelled] = []
        self.titles: list[_Labelled] = []
        self.roles: list[_Labelled] = []
        self.dates: list[tuple[str, str, PropertyHeader]] = []
        self.relations: list[tuple[str, str, PropertyHeader]] = []
        self.categories: list[str] = []
        self.notes: list[str] = []
        self.group_labels: dict[str, str] = {}

    def is_full(self) -> bool:
        """Count one more property, and return whether it is one too many."""
        self.count += 1
        if self.count == PROPERTY_LIMIT + 1:
            self.remarks.append(f"only the first {PROPERTY_LIMIT} properties were read")
        return self.count > PROPERTY_LIMIT

    def finish(self, file: str) -> ImportedContact | Rejected | Skipped:
        """The person the card describes, or why there is none."""
        if self.problem:
            return Rejected(file, self.line, self.problem)
        if self.kind in _not_people:
            name = self._line(unescape(self.formatted)) or "it"
            return Skipped(file, self.line, f"{name} is {_not_people[self.kind]}, not a person")
        emails = self._emails()
        company = self._company()
        nickname = ""
        if self.nickname:
            nickname = self._line(", ".join(part.strip() for part in split_values(self.nickname, ",")))
        name = self._name(nickname, company, emails)
        if not name:
            return Rejected(file, self.line, "the card has no name, no e-mail and no company")
        urls = self._urls() if self.urls else ()
        phones = self._phones() if self.phones else ()
        dates = self._dates() if self.dates else ()
        circles = self._circles() if self.categories else ()
        (title, *positions) = self._positions() or [Cell("")]
        keys = self._keys(urls)
        if not keys:
            keys = (record_key(name, company, title.value, *(cell.value for cell in (*emails, *phones, *urls))),)
        more: dict[str, Any] = {}
        if self.lines:
            more = {name: self._line(unescape(text)) for name, text in self.lines.items()}
        if more.get("cadence"):
            more["cadence"] = rhythm_read(more["cadence"])
        if self.archived:
            more["archived"] = True
        more |= self.days
        found = ImportedContact(
            name=name,
            source="vcard",
            keys=keys,
            company=company,
            title=title.value,
            city=self._city(),
            emails=emails,
            phones=phones,
            urls=urls,
            dates=dates,
            circles=circles,
            relations=self._relations() if self.relations else (),
            related=self._related() if self.relations else (),
            notes="\n".join(self.notes)[:LINE_LIMIT] if self.notes else "",
            nickname=nickname,
            name_parts=self._name_parts(name),
            chats=self._chats() if self.chats else (),
            streets=self._streets() if self.streets else (),
            organisations=self._organisations(company),
            positions=tuple(positions),
            dated_on=self._revised_on(),
            deceased=self.deceased,
            file=file,
            line=self.line,
            remarks=tuple(self.remarks),
        )
        # Most cards have none of these, and a call with computed names is slower.
        return replace(found, **more) if more else found

    def _line(self, text: str) -> str:
        line = clean_line(text)
        if len(line) > VALUE_LIMIT:
            self.remarks.append(f"a value of {len(line)} characters was cut to {VALUE_LIMIT}")
            line = line[:VALUE_LIMIT].rstrip()
        return line

    def _name(self, nickname: str, company: str, emails: tuple[Cell, ...]) -> str:
        """The name of the person. If FN is an e-mail address, N, nickname or company is used instead."""
        name = self._line(unescape(self.formatted))
        if not name or is_mail_address(name):
            parts = ""
            if self.structured:
                family, given, additional, _, suffix = ([*split_values(self.structured, ";"), *[""] * 5])[:5]
                parts = self._line(" ".join((given, additional, family, suffix)))
            name = parts or nickname or company or name
        return name or (emails[0].value if emails else "")

    def _company(self) -> str:
        for value, _ in self.organisations:
            if found := next(filter(None, map(self._line, split_values(value, ";"))), ""):
                return found
        return ""

    def _positions(self) -> list[Cell]:
        """Titles, then roles, each once; the first is the person's title."""
        if len(self.titles) + len(self.roles) < 2:
            return [Cell(line) for value, _ in (*self.titles, *self.roles) if (line := self._line(unescape(value)))]
        found: dict[str, Cell] = {}
        for label, values in (("", self.titles), ("role", self.roles)):
            for value, _ in values:
                if line := self._line(unescape(value)):
                    found.setdefault(line.casefold(), Cell(line, label))
        return list(found.values())

    def _name_parts(self, name: str) -> tuple[Cell, ...]:
        """The parts of the name, if they say more than the name does."""
        text = self._parts(self.structured, 5) if self.structured else ""
        if not text or text == with_parts(family_and_given(name)):
            return ()
        return (Cell(text),)

    def _organisations(self, company: str) -> tuple[Cell, ...]:
        """The organisations with their departments, if they say more than the company does."""
        if len(self.organisations) < 2 and all(";" not in value for value, _ in self.organisations):
            return ()
        cells = self._parted(self.organisations, 8)
        return () if cells == (Cell(with_parts([company])),) else cells

    def _streets(self) -> tuple[Cell, ...]:
        """The street addresses; an address with only a town is the person's city."""
        cells = self._parted(self.streets, 7)
        return tuple(one for one in cells if any(parts_of(one.value)[:3]) or parts_of(one.value)[4:])

    def _chats(self) -> tuple[Cell, ...]:
        values = ((unescape(value), header) for value, header in _preferred_first(self.chats))
        lines = ((self._line(value), self._label(header) or header.service.lower()) for value, header in values)
        return tuple({line.casefold(): Cell(line, label) for line, label in lines if line}.values())

    def _parted(self, values: list[_Labelled], most: int) -> tuple[Cell, ...]:
        """Values with parts, each once, with at most `most` parts."""
        cells: dict[str, Cell] = {}
        for value, header in _preferred_first(values):
            if text := self._parts(value, most):
                cells.setdefault(text.casefold(), Cell(text, self._label(header)))
        return tuple(cells.values())

    def _parts(self, value: str, most: int) -> str:
        """A value with parts, each clean."""
        if "\\" in value or "  " in value or len(value) > VALUE_LIMIT or not value.isprintable():
            return with_parts(self._line(part) for part in split_values(value, ";")[:most])
        # Most values are clean as they are.
        return ";".join(map(str.strip, value.split(";")[:most])).rstrip(";")

    def _label(self, header: PropertyHeader) -> str:
        if header.group and header.group in self.group_labels:
            return self.group_labels[header.group]
        return header.label

    def _emails(self) -> tuple[Cell, ...]:
        cells: dict[str, Cell] = {}
        for value, header in _preferred_first(self.emails):
            addresses = mail_addresses(unescape(value))
            if not addresses:
                self.remarks.append(f"left out an e-mail without an address: {clean_line(value)[:60]}")
            for address in addresses:
                cells.setdefault(address.casefold(), Cell(address, self._label(header)))
        return tuple(cells.values())

    def _phones(self) -> tuple[Cell, ...]:
        cells: dict[str, Cell] = {}
        for value, header in _preferred_first(self.phones):
            number = telephone(value)
            digits = "".join(filter(str.isdigit, number))
            if not digits or is_rounded(number):
                why = "that a spreadsheet has rounded" if digits else "without a number"
                self.remarks.append(f"left out a phone {why}: {number[:60]}")
                continue
            cells.setdefault(digits, Cell(number[:100], self._label(header)))
        return without_repeats(tuple(cells.values()))

    def _urls(self) -> tuple[Cell, ...]:
        cells: dict[str, Cell] = {}
        for value, header in _preferred_first(self.urls):
            url = self._line(unescape(value))
            if url.lower().startswith("x-apple:"):
                # An address of Apple's own; only the account name in its parameter means something.
                url = header.user
            if url:
                cells.setdefault(url.casefold().rstrip("/"), Cell(url, self._label(header)))
        return tuple(cells.values())

    def _city(self) -> str:
        if not self.streets:
            return ""
        ranked = self.streets
        if len(ranked) > 1:
            ranked = sorted(ranked, key=lambda street: (street[1].preference, "home" not in street[1].types))
        towns = (split_values(value, ";")[3:4] for value, _ in ranked)
        return next((city for city in (self._line(town[0]) for town in towns if town) if city), "")

    def _dates(self) -> tuple[ImportedDate, ...]:
        found: dict[tuple[str, int, int], ImportedDate] = {}
        for kind, value, header in self.dates:
            kind = kind or self._date_kind(header)
            text = self._line(unescape(value))
            read = read_date(kind, text)
            if read and header.left_out and header.left_out in ("any", str(read.year)):
                read = replace(read, year=None)
            if read:
                found.setdefault((kind.casefold(), read.month, read.day), read)
            elif any(digit in text for digit in "123456789") or text.isalpha():
                self.notes.append(f"{kind}: {text}")
                self.remarks.append(f"{kind} {text[:60]} names no day and month: kept in the notes")
        return tuple(found.values())

    def _date_kind(self, header: PropertyHeader) -> str:
        label = self._label(header)
        return label.lower() if label.lower() in ("anniversary", "birthday") else label or "date"

    def _circles(self) -> tuple[str, ...]:
        circles: dict[str, str] = {}
        for text in self.categories:
            for value in split_values(text, ",;"):
                circle = self._line(value)
                if circle and not is_of_a_program(circle):
                    circles.setdefault(circle.casefold(), circle)
        return tuple(circles.values())

    def _relations(self) -> tuple[tuple[str, str], ...]:
        relations: dict[tuple[str, str], None] = {}
        for relation, value, header in self.relations:
            name = self._line(unescape(value))
            if name.lower().startswith(_NO_NAMES):
                # The UID of another card is no name: see `_related`.
                continue
            name = name.removeprefix("mailto:")
            if name:
                relations[(relation or self._label(header) or " ".join(header.types[:1]), name)] = None
        return tuple(relations)

    def _related(self) -> tuple[tuple[str, str], ...]:
        """(relation, key) of people who are named by the UID of their card."""
        found: dict[tuple[str, str], None] = {}
        for relation, value, header in self.relations:
            name = self._line(unescape(value))
            if name.lower().startswith(_UIDS) and (uid := plain_uid(name)):
                found[(relation or self._label(header) or " ".join(header.types[:1]), key_of_uid(uid))] = None
        return tuple(found)

    def _keys(self, urls: tuple[Cell, ...]) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        if uid := plain_uid(self.uid):
            keys[key_of_uid(uid)] = None
        for cell in urls:
            if slug := linkedin_slug(cell.value):
                keys[f"linkedin:{slug}"] = None
        return tuple(keys)

    def _revised_on(self) -> date | None:
        if not self.revised:
            return None
        read = read_date("", self.revised.strip())
        return date(read.year, read.month, read.day) if read and read.year else None


def is_of_a_program(category: str) -> bool:
    """Whether a program gives a category to everybody, so that it is no circle."""
    return category.startswith("* ") or category.casefold() in _system_categories


def _preferred_first(values: list[_Labelled]) -> Iterable[_Labelled]:
    if len(values) < 2:
        return values
    return sorted(values, key=lambda value: value[1].preference)


def telephone(value: str) -> str:
    """A number as written; from a `tel:` address (RFC 3966) the number and its extension."""
    number = whole_number(clean_line(unescape(value)))
    if number[:4].lower() != "tel:":
        return number
    number, *parameters = number[4:].split(";")
    for parameter in parameters:
        if parameter[:4].lower() == "ext=":
            number += f" ext. {parameter[4:]}"
    return number
