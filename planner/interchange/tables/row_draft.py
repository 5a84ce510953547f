"""One row of a table while it is read: the cells of each field, and remarks on unreadable values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from planner.core.model import Cell, ImportedDate
from planner.core.words.folding import clean, clean_line, fold
from planner.interchange.cells import is_rounded, mail_addresses, name_beside_address, whole_number, without_repeats
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.tables.export_dates import is_no_date, is_open, read_date, read_day
from planner.interchange.tables.layouts import Layout
from planner.interchange.tables.own_columns import SEPARATOR, parted
from planner.interchange.text import VALUE_LIMIT

_VALUES = 50
"""The most values of one kind for one person."""
_several = re.compile(r"\s*:::\s*|\s*[;\n]\s*")
_apart = re.compile(r"\s*:::\s*|[,;\s]+")
_commas = re.compile(r"\s*:::\s*|\s*[;,\n]\s*")
# Labels that programs give to everybody.
_SYSTEM_LABELS = frozenset({"my contacts", "mycontacts", "unfiled", "starred", "imported"})


class RowDraft:
    """The cells of a row, as (text, label, column) by field, and remarks on them."""

    __slots__ = ("found", "layout", "order", "remarks")

    def __init__(self, found: dict[str, list[tuple[str, str, int]]], order: Mapping[int, str], layout: Layout) -> None:
        self.found = found
        self.order = order
        self.layout = layout
        self.remarks: list[str] = []

    def line(self, field: str) -> str:
        """The first value of a field, on one line."""
        for text, _, _ in self.found.get(field, ()):
            if value := self._cut(clean_line(text)):
                return value
        return ""

    def texts(self, field: str) -> str:
        """All values of a field with their line breaks, joined by newlines, each once."""
        texts = (clean(text).strip() for text, _, _ in self.found.get(field, ()))
        return "\n".join(dict.fromkeys(filter(None, texts)))

    def _cut(self, value: str) -> str:
        if len(value) <= VALUE_LIMIT:
            return value
        self.remarks.append(f"a value of {len(value)} characters was cut to {VALUE_LIMIT}")
        return value[:VALUE_LIMIT].rstrip()

    def name(self) -> str:
        """The full name; else its parts joined, else the nickname, else the name beside an e-mail address."""
        if name := self.line("name"):
            return name
        parts = (self.line(field) for field in ("given_name", "middle_name", "family_name"))
        if name := self._cut(" ".join(filter(None, parts))) or self.line("nickname"):
            return name
        beside = (name_beside_address(text) for text, _, _ in self.found.get("email", ()))
        return self._cut(next(filter(None, beside), ""))

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
        """E-mails, also from `Ana <ana@x>`; a value without an address is dropped with a remark."""
        found: dict[str, Cell] = {}
        for cell in self.cells("email"):
            addresses = mail_addresses(cell.value)
            if not addresses:
                self.remarks.append(f"left out an e-mail without an address: {cell.value[:60]}")
            for address in addresses[: _VALUES - len(found)]:
                found.setdefault(address.casefold(), Cell(address, cell.label))
        return tuple(found.values())

    def phones(self) -> tuple[Cell, ...]:
        """Telephone numbers; a number that a spreadsheet has rounded is dropped with a remark."""
        found = []
        for cell in self.cells("phone"):
            if is_rounded(cell.value):
                self.remarks.append(f"left out a phone that a spreadsheet has rounded: {cell.value}")
            else:
                found.append(Cell(whole_number(cell.value), cell.label))
        return without_repeats(tuple(found))

    def key(self) -> str:
        """The row's identifier from its program; "" for none, and for one that a spreadsheet has rounded."""
        key = self.line("key")
        return "" if is_rounded(key) else whole_number(key)

    def urls(self) -> tuple[Cell, ...]:
        """Pages on the web; personal profiles are labelled as such."""
        found = self.cells("url", _apart)
        return tuple(Cell(cell.value, "linkedin") if linkedin_slug(cell.value) else cell for cell in found)

    def circles(self) -> tuple[str, ...]:
        """Groups and labels, without those that a program adds by itself."""
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
        for text, label, index in self.found.get("dates", ()):
            for part in _several.split(text):
                kind, colon, day = clean_line(part).rpartition(": ")
                kind = self._cut(kind if colon else label) or "date"
                if one := self._day_of_year(kind, day, self.order.get(index, "")):
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
            self.remarks.append(_left_empty(kind, text, order))
        return found

    def day(self, field: str) -> date | None:
        """A date with its year."""
        for text, _, index in self.found.get(field, ()):
            text = clean_line(text[:200])
            if is_no_date(text):
                continue
            order = self.order.get(index, "")
            found = read_date(text, order)
            if found is None:
                self.remarks.append(_left_empty("date", text, order))
            return found
        return None


def _left_empty(kind: str, text: str, order: str) -> str:
    """Why a day was not read: it is none, or nothing in the table tells whether the day or the month comes first."""
    why = "may begin with the day or the month" if not order and is_open(text) else "was not understood"
    return f"the {kind} {text[:40]} {why}: left empty"
