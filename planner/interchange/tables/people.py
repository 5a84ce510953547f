"""Reads the people of a table. A layout gives the meanings of its columns; a mapping by hand takes precedence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from planner.core.contact_fields import ADDRESS_FIELDS, FIELDS, NAME_PART, SAID_MORE, Kind
from planner.core.matching.recognition import OWN_PREFIX
from planner.core.model import Cell, ImportedContact, Rejected, Status
from planner.core.words.folding import clean_line
from planner.errors import Refused
from planner.interchange.cells import is_broken, may_lack_zero, without_formula
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.record_keys import record_key
from planner.interchange.tables.date_order import orders_of
from planner.interchange.tables.layouts import ANY, Layout, LayoutOf, Place, any_layout, names_people
from planner.interchange.tables.own_columns import unguarded
from planner.interchange.tables.row_draft import RowDraft
from planner.interchange.tables.table import LOOKED_AT, Opened, chosen_fields, listed_columns, open_table
from planner.interchange.text import FileRow, Item, Remark, Source

_GUESSES = 6
"""The most guesses that a refusal lists."""


def read_people(source: Source, layout_of: LayoutOf, mapping: Mapping[str, str] | None = None) -> Iterator[Item]:
    """The people of a table, streaming; `mapping` is from columns to fields, and takes precedence over the layout.

    Empty rows are no records. For a table of an unknown program, a remark names the columns that are left out. Raises
    Refused when the file cannot be read, and when no column is a name.
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
    if layout.source == ANY:
        known = {place.index for place in layout.places} | set(chosen)
        if left := [name for place, name in enumerate(opened.header) if place not in known and _says(opened, place)]:
            count = "1 column" if len(left) == 1 else f"{len(left)} columns"
            text = f"{count} left out: {listed_columns(left)}; say what they mean with --map, or m on the screen"
            yield Remark(source.name, 0, text)
    yield from _TableReader(source, opened, layout, mapping).items()


def read_rows(source: Source, opened: Opened, layout: Layout) -> Iterator[Item]:
    """The people in rows that the reader of another format made."""
    return _TableReader(source, opened, layout, None).items()


def _says(opened: Opened, place: int) -> bool:
    """Whether a column has a value in the first rows, or may have one in later rows."""
    rows = opened.first_rows
    return len(rows) >= LOOKED_AT or any(place < len(row.cells) and row.cells[place].strip() for row in rows)


def no_names(file: str, opened: Opened) -> Refused:
    """The refusal of a table without a column of names. It says what the values of its columns look like."""
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
    if opened.guessed:
        # A wrong encoding hides the names of columns too.
        advice = f"{advice.rstrip('.')}. It was read in a {opened.guessed}"
    return Refused(
        f"{file} has no column that is known to tell a name; it has: {listed_columns(opened.header)}", advice
    )


class _TableReader:
    """Turns the rows of one table into people."""

    def __init__(self, source: Source, opened: Opened, layout: Layout, mapping: Mapping[str, str] | None) -> None:
        self.file = source.name
        self.dated_on = source.dated_on
        self.rows = opened.rows
        self.width = len(opened.header)
        self.layout = layout
        self.places = [(place.index, place.field, place.label, place.label_index) for place in layout.places]
        self.order = orders_of(source, opened, layout, mapping)
        self.without_zero: list[tuple[int, str]] = []
        """(line, number) of telephone numbers that may have lost their first digit."""

    def items(self) -> Iterator[Item]:
        """A person, or a reject, for each row; at the end remarks about the table."""
        for row in self.rows:
            cells = row.cells
            if row.error:
                yield Rejected(self.file, row.line, row.error)
            elif not any(cells) or not any(map(str.strip, cells)):
                continue  # a blank line
            elif len(cells) > self.width and any(map(str.strip, cells[self.width :])):
                yield Rejected(self.file, row.line, f"the row has {len(cells)} cells under {self.width} columns")
            else:
                yield self._person(row)
        if self.without_zero:
            (line, number), count = self.without_zero[0], len(self.without_zero)
            several = f"{number} and {count - 1:,} more phones begin" if count > 1 else f"the phone {number} begins"
            yield Remark(self.file, line, f"{several} with neither 0 nor +: a spreadsheet may have cut it off")

    def _person(self, row: FileRow) -> ImportedContact | Rejected:
        cells = row.cells
        found: dict[str, list[tuple[str, str, int]]] = {}
        broken: list[str] = []
        for index, field, label, label_index in self.places:
            if index < len(cells) and (text := cells[index]):
                if text[0] == "'":
                    text = unguarded(text)
                elif text[0] in "= ":
                    text = without_formula(text)
                elif text[0] == "#" and is_broken(text):
                    broken.append(f"{field} holds {clean_line(text)}, which is no value: left empty")
                    continue
                if 0 <= label_index < len(cells):
                    label = _label(cells[label_index])
                found.setdefault(field, []).append((text, label, index))
        draft = RowDraft(found, self.order, self.layout)
        emails = draft.emails() if "email" in found else ()
        phones = draft.phones() if "phone" in found else ()
        urls = draft.urls() if "url" in found else ()
        if phones and not self.layout.is_own:
            self.without_zero += [(row.line, cell.value) for cell in phones if may_lack_zero(cell.value)]
        company = draft.line("company")
        name = draft.name() or company or (emails[0].value if emails else "")
        if not name:
            return Rejected(self.file, row.line, "the row has no name, no e-mail and no company")
        title = draft.line("title")
        # Most cells are empty: iterating over the filled ones is faster than over all fields.
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
            # The file of a planner says nothing about the age of the planner's knowledge.
            dated_on=None if self.layout.is_own else self.dated_on,
            file=self.file,
            line=row.line,
            remarks=(*broken, *draft.remarks),
            **rarer,
        )

    def _keys(self, draft: RowDraft, name: str, company: str, title: str, cells: tuple[Cell, ...]) -> tuple[str, ...]:
        keys = []
        if key := draft.key():
            keys.append(f"{OWN_PREFIX if self.layout.is_own else 'csv:'}{key[:200]}")
        slugs = (linkedin_slug(cell.value) for cell in cells if cell.label == "linkedin")
        keys += [f"linkedin:{slug}" for slug in slugs if slug]
        return tuple(keys) or (record_key(self.layout.source, name, company, title, *(cell.value for cell in cells)),)


def _label(text: str) -> str:
    """A label of Google in plain form: `* Home` becomes home."""
    return clean_line(text[:200]).removeprefix("* ").strip()[:60].casefold()


_BY_KIND: dict[Kind, Callable[[RowDraft, str], Any]] = {
    **dict.fromkeys((Kind.LINE, Kind.RHYTHM), RowDraft.line),
    Kind.DAY: RowDraft.day,
    Kind.CIRCLES: lambda draft, word: draft.circles(),
    Kind.PEOPLE: lambda draft, word: draft.relations(),
    Kind.TEXT: lambda draft, word: draft.texts(word),
}
_ALWAYS = frozenset({"name", "company", "title", "source"})
_TAKEN: dict[str, tuple[str, Callable[[RowDraft, str], Any]]] = (
    {
        "mode": ("mode", lambda draft, word: draft.line(word).casefold()),
    }
    | {
        one.word: (one.attribute, _BY_KIND[one.kind])
        for one in FIELDS
        if one.kind in _BY_KIND and one.word not in _ALWAYS
    }
    | {word: (ADDRESS_FIELDS[word], RowDraft.cells) for word in (NAME_PART, *SAID_MORE)}
)
"""Fields read from a single column: the attribute of each, and the function that reads it."""
_DAYS_OF_YEAR = frozenset({"birthday", "anniversary", "dates", "birth_day"})
