"""People from a table, whatever program wrote it: which column means what comes from a layout and by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from planner.core.contact_fields import FIELDS, Kind
from planner.core.matching.recognition import OWN_PREFIX
from planner.core.model import Cell, ImportedContact, ImportedDate, Rejected, Status
from planner.core.records import record
from planner.core.words.folding import clean, clean_line, fold
from planner.errors import Refused
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.record_keys import record_key
from planner.interchange.tables.columns import NAME_FIELDS, guess
from planner.interchange.tables.export_dates import is_no_date, order_of, read_date, read_day
from planner.interchange.tables.own_columns import SEPARATOR, parted, unguarded
from planner.interchange.tables.table import LOOKED_AT, Opened, chosen_fields, listed_columns, open_table
from planner.interchange.text import VALUE_LIMIT, Item, Remark, Row, Source, is_mail_address

_VALUES = 50
"""Values of one kind that one person may have."""
_GUESSES = 6
"""Guesses that a refusal writes out."""
_ANY = "csv"
"""The source of a table of no program we know."""
_DATES = frozenset({"anniversary", *(one.word for one in FIELDS if one.kind in (Kind.DAY, Kind.YEAR_DAY))})
_several = re.compile(r"\s*:::\s*|\s*[;\n]\s*")
_apart = re.compile(r"\s*:::\s*|[,;\s]+")
_commas = re.compile(r"\s*:::\s*|\s*[;,\n]\s*")
# What address books file everybody under: it says nothing about the person.
_SYSTEM_LABELS = frozenset({"my contacts", "mycontacts", "unfiled", "starred", "imported"})


@record(frozen=True, slots=True)
class Place:
    """A column that is read: its place from 0, what it means, and where the label of its values comes from."""

    index: int
    field: str
    label: str = ""
    label_index: int = -1
    """The column that holds the label, -1 when `label` is it."""


@record(frozen=True, slots=True)
class Layout:
    """How the tables of one program are read; `order` is that of dates in numbers ("" is told by the values)."""

    source: str
    places: tuple[Place, ...]
    order: str = ""
    is_own: bool = False
    marks_several: bool = False
    """Several labels in one cell are apart by ` ::: ` alone: a comma or a semicolon belongs to a name."""


LayoutOf = Callable[[Sequence[str]], Layout | None]
"""From the names of the columns to how they are read, or None when the table is another program's."""


def any_layout(header: Sequence[str]) -> Layout:
    """The layout of a table of no program we know: each column by its name."""
    return Layout(_ANY, tuple(Place(index, field) for index, name in enumerate(header) if (field := guess(name))))


def named_places(header: Sequence[str], wanted: Mapping[str, tuple[str, str]]) -> tuple[Place, ...]:
    """The columns with these folded headers, each for a (field, label), in the order they are wanted."""
    where = {fold(name): index for index, name in reversed(list(enumerate(header)))}
    return tuple(Place(where[name], *meant) for name, meant in wanted.items() if name in where)


def names_people(layout: Layout) -> bool:
    """Whether the columns can tell who a row is about."""
    fields = {place.field for place in layout.places}
    return bool(fields & NAME_FIELDS) or {"email", "company"} <= fields or {"email", "phone"} <= fields


def read_people(source: Source, layout_of: LayoutOf, mapping: Mapping[str, str] | None = None) -> Iterator[Item]:
    """The people of a table, streaming; `mapping` is from columns to fields, and beats the layout.

    Rows without anything are no record. In a table of no program we know, the columns that are left out are
    named in a remark. Raises Refused when the file cannot be read, and when no column
    tells a name.
    """
    opened = open_table(source, mapping)
    if opened.guessed:
        yield Remark(source.name, 0, opened.guessed)
    layout = layout_of(opened.header) or any_layout(opened.header)
    chosen: Mapping[int, str] = {}
    if mapping:
        chosen = chosen_fields(opened.header, mapping, source.name)
        kept = tuple(place for place in layout.places if place.index not in chosen)
        added = tuple(Place(index, field) for index, field in chosen.items() if field)
        layout = replace(layout, places=(*kept, *added))
    if not names_people(layout):
        raise no_names(source.name, opened)
    if layout.source == _ANY:
        known = {place.index for place in layout.places} | set(chosen)
        if left := [name for place, name in enumerate(opened.header) if place not in known and _says(opened, place)]:
            count = "1 column" if len(left) == 1 else f"{len(left)} columns"
            text = f"{count} left out: {listed_columns(left)}; say what they mean with --map, or m on the screen"
            yield Remark(source.name, 0, text)
    yield from _Reader(source, opened, layout).items()


def _says(opened: Opened, place: int) -> bool:
    """Whether there is, or may be further down, something in a column."""
    rows = opened.first_rows
    return len(rows) >= LOOKED_AT or any(place < len(row.cells) and row.cells[place].strip() for row in rows)


def no_names(file: str, opened: Opened) -> Refused:
    """The refusal of a table in which no column is known to tell a name, with what its values look like."""
    import shlex

    from planner.interchange.tables.value_guess import guess_by_values

    known = {place.index: place.field for place in any_layout(opened.header).places}
    guesses = guess_by_values(opened.first_rows, len(opened.header), known)
    told = sorted(guesses.items(), key=lambda one: (one[1] != "name", one))[:_GUESSES]
    options = [shlex.join(("--map", f"{opened.header[place]}={field}")) for place, field in told]
    if "name" in guesses.values() or "email" in guesses.values():
        advice = f"By what stands in them, perhaps: {' '.join(options)}"
    else:
        advice = 'Say what its columns mean: --map "Column=name" (also email, phone, company, …).'
    return Refused(
        f"{file} has no column that is known to tell a name; it has: {listed_columns(opened.header)}", advice
    )


class _Reader:
    """The rows of one table, one after the other."""

    def __init__(self, source: Source, opened: Opened, layout: Layout) -> None:
        self.file = source.name
        self.dated_on = source.dated_on
        self.rows = opened.rows
        self.width = len(opened.header)
        self.layout = layout
        self.places = [(place.index, place.field, place.label, place.label_index) for place in layout.places]
        self.order = {
            place.index: layout.order
            or order_of(row.cells[place.index] for row in opened.first_rows if place.index < len(row.cells))
            for place in layout.places
            if place.field in _DATES
        }

    def items(self) -> Iterator[Item]:
        """Every row as what it is."""
        for row in self.rows:
            cells = row.cells
            if row.error:
                yield Rejected(self.file, row.line, row.error)
            elif not any(cells) or not any(map(str.strip, cells)):
                continue  # a blank line between two people is nobody
            elif len(cells) > self.width and any(map(str.strip, cells[self.width :])):
                yield Rejected(self.file, row.line, f"the row has {len(cells)} cells under {self.width} columns")
            else:
                yield self._person(row)

    def _person(self, row: Row) -> ImportedContact | Rejected:
        cells = row.cells
        found: dict[str, list[tuple[str, str, int]]] = {}
        for index, field, label, label_index in self.places:
            if index < len(cells) and (text := cells[index]):
                if text[0] == "'":
                    text = unguarded(text)
                if 0 <= label_index < len(cells):
                    label = _label(cells[label_index])
                found.setdefault(field, []).append((text, label, index))
        draft = _Draft(found, self.order, self.layout)
        emails = draft.emails() if "email" in found else ()
        phones = draft.cells("phone") if "phone" in found else ()
        urls = draft.urls() if "url" in found else ()
        company = draft.line("company")
        name = draft.name() or company or (emails[0].value if emails else "")
        if not name:
            return Rejected(self.file, row.line, "the row has no name, no e-mail and no company")
        title = draft.line("title")
        # Most columns of most rows are empty: what is there is looked for, not everything there could be.
        rarer = {name: take(draft, word) for word, (name, take) in _TAKEN.items() if word in found}
        if "status" in found:
            status = draft.line("status").casefold()
            rarer |= {"deceased": status == Status.DECEASED, "archived": status == Status.ARCHIVED}
        if not found.keys().isdisjoint(_DAYS_OF_YEAR):
            rarer["dates"] = draft.dates()
        return ImportedContact(
            name=name,
            source=draft.line("source") or self.layout.source or "csv",
            keys=self._keys(draft, name, company, title, (*emails, *phones, *urls)),
            company=company,
            title=title,
            emails=emails,
            phones=phones,
            urls=urls,
            # What the planner wrote is as old as what it knew, not as the file.
            dated_on=None if self.layout.is_own else self.dated_on,
            file=self.file,
            line=row.line,
            remarks=tuple(draft.remarks),
            **rarer,
        )

    def _keys(self, draft: _Draft, name: str, company: str, title: str, cells: tuple[Cell, ...]) -> tuple[str, ...]:
        keys = []
        if key := draft.line("key"):
            keys.append(f"{OWN_PREFIX if self.layout.is_own else 'csv:'}{key[:200]}")
        slugs = (linkedin_slug(cell.value) for cell in cells if cell.label == "linkedin")
        keys += [f"linkedin:{slug}" for slug in slugs if slug]
        return tuple(keys) or (record_key(self.layout.source, name, company, title, *(cell.value for cell in cells)),)


class _Draft:
    """One row: (text, label, column) by field, and what could not be understood of it."""

    __slots__ = ("found", "layout", "order", "remarks")

    def __init__(self, found: dict[str, list[tuple[str, str, int]]], order: Mapping[int, str], layout: Layout) -> None:
        self.found = found
        self.order = order
        self.layout = layout
        self.remarks: list[str] = []

    def line(self, field: str) -> str:
        """The first value of a field on one line."""
        for text, _, _ in self.found.get(field, ()):
            if value := self._cut(clean_line(text)):
                return value
        return ""

    def texts(self, field: str) -> str:
        """All values of a field with their line breaks, one under the other, each once."""
        texts = (clean(text).strip() for text, _, _ in self.found.get(field, ()))
        return "\n".join(dict.fromkeys(filter(None, texts)))

    def _cut(self, value: str) -> str:
        if len(value) <= VALUE_LIMIT:
            return value
        self.remarks.append(f"a value of {len(value)} characters was cut to {VALUE_LIMIT}")
        return value[:VALUE_LIMIT].rstrip()

    def name(self) -> str:
        """The whole name, or what its parts make, or the nickname."""
        if name := self.line("name"):
            return name
        parts = (self.line(field) for field in ("given_name", "middle_name", "family_name"))
        return self._cut(" ".join(filter(None, parts))) or self.line("nickname")

    def cells(self, field: str, apart: re.Pattern[str] = _several) -> tuple[Cell, ...]:
        """The labelled values of a field, each once."""
        values = self.found.get(field)
        if values is None:
            return ()
        found: dict[str, Cell] = {}
        for text, label, _ in values:
            text = clean(text)
            for cell in (
                parted(text) if self.layout.is_own else [Cell(part, label) for part in apart.split(text.strip())]
            ):
                if (value := clean_line(cell.value)) and len(found) < _VALUES:
                    found.setdefault(value.casefold(), Cell(self._cut(value), clean_line(cell.label)[:60]))
        return tuple(found.values())

    def emails(self) -> tuple[Cell, ...]:
        """E-mails; what cannot be an address is left out with a remark."""
        found = self.cells("email", _apart)
        good = tuple(cell for cell in found if is_mail_address(cell.value))
        if len(good) < len(found):
            bad = next(cell.value for cell in found if cell not in good)
            self.remarks.append(f"left out an e-mail without an address: {bad[:60]}")
        return good

    def urls(self) -> tuple[Cell, ...]:
        """Pages on the web; personal profiles are labelled as such."""
        found = self.cells("url", _apart)
        return tuple(Cell(cell.value, "linkedin") if linkedin_slug(cell.value) else cell for cell in found)

    def circles(self) -> tuple[str, ...]:
        """Groups and labels, without those a program gives by itself."""
        found: dict[str, str] = {}
        for text, _, _ in self.found.get("circles", ()):
            parts = text.split(SEPARATOR.strip()) if self.layout.marks_several else _commas.split(text)
            for part in parts:
                name = clean_line(part)
                if name and not name.startswith("* ") and fold(name) not in _SYSTEM_LABELS:
                    found.setdefault(fold(name), name[:100].rstrip())
        return tuple(found.values())[:_VALUES]

    def relations(self) -> tuple[tuple[str, str], ...]:
        """(relation, name) of people this person knows."""
        found: dict[tuple[str, str], None] = {}
        for text, label, _ in self.found.get("relations", ()):
            for part in _several.split(text):
                relation, colon, name = clean_line(part).rpartition(": ")
                pair = (self._cut(relation if colon else label), self._cut(name))
                if pair[1]:
                    found.setdefault(pair)
        return tuple(found)[:_VALUES]

    def dates(self) -> tuple[ImportedDate, ...]:
        """Birthday, anniversary and other days of the year."""
        found = []
        for kind in ("birthday", "anniversary"):
            for text, label, index in self.found.get(kind, ()):
                if one := self._day_of_year(label or kind, text, self.order.get(index, "")):
                    found.append(one)
                    break
        for text, label, _ in self.found.get("dates", ()):
            for part in _several.split(text):
                kind, colon, day = clean_line(part).rpartition(": ")
                kind = self._cut(kind if colon else label) or "date"
                if one := self._day_of_year(kind, day, ""):
                    found.append(one)
        if "birth_day" in self.found and not any(one.kind == "birthday" for one in found):
            year, month, day = (self.line(f"birth_{part}") for part in ("year", "month", "day"))
            if month and day and not is_no_date(month + day):
                shown = f"{year}-{month:0>2}-{day:0>2}" if year else f"--{month:0>2}-{day:0>2}"
                if one := self._day_of_year("birthday", shown, ""):
                    found.append(one)
        return tuple(found[:_VALUES])

    def _day_of_year(self, kind: str, text: str, order: str) -> ImportedDate | None:
        text = clean_line(text[:200])
        if is_no_date(text):
            return None
        found = read_day(kind, text, order)
        if found is None:
            self.remarks.append(f"the {kind} {text[:40]} was not understood: left empty")
        return found

    def day(self, field: str) -> date | None:
        """A date with its year."""
        for text, _, index in self.found.get(field, ()):
            text = clean_line(text[:200])
            if is_no_date(text):
                continue
            found = read_date(text, self.order.get(index, ""))
            if found is None:
                self.remarks.append(f"the date {text[:40]} was not understood: left empty")
            return found
        return None


def _label(text: str) -> str:
    """The label of a value as it is kept: `* Home` is home, `Work` is work."""
    return clean_line(text[:200]).removeprefix("* ").strip()[:60].casefold()


_BY_KIND: dict[Kind, Callable[[_Draft, str], Any]] = {
    **dict.fromkeys((Kind.LINE, Kind.RHYTHM), _Draft.line),
    Kind.DAY: _Draft.day,
    Kind.CIRCLES: lambda draft, word: draft.circles(),
    Kind.PEOPLE: lambda draft, word: draft.relations(),
    Kind.TEXT: lambda draft, word: draft.texts(word),
}
_ALWAYS = frozenset({"name", "company", "title", "source"})
_TAKEN: dict[str, tuple[str, Callable[[_Draft, str], Any]]] = {
    "nickname": ("nickname", _Draft.line),
    "mode": ("mode", lambda draft, word: draft.line(word).casefold()),
} | {
    one.word: (one.attribute, _BY_KIND[one.kind])
    for one in FIELDS
    if one.kind in _BY_KIND and one.word not in _ALWAYS
}
"""How the fields that stand for themselves are read: the attribute of each, and what gives its value."""
_DAYS_OF_YEAR = frozenset({"birthday", "anniversary", "dates", "birth_day"})
