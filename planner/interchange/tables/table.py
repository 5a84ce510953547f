"""A table of people before the meanings of its columns are known: its header, wherever it begins, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from planner.core.records import record
from planner.core.words.folding import clean_line, fold
from planner.errors import Refused
from planner.interchange.cells import without_formula
from planner.interchange.tables.columns import FIELDS, guess
from planner.interchange.text import FileRow, Source, delimiter_of, table_rows, text_lines

PREAMBLE = 30
"""The lines within which the header must come: notes may precede it."""
COLUMNS_LIMIT = 1_000
LOOKED_AT = 200
"""Rows read in advance, to see what the columns contain."""


@record(frozen=True, slots=True)
class FileColumn:
    """A column as people choose it: its name (made unique), some of its values, and its likely meaning.

    `field` is a word of `columns.FIELDS`, "" when nothing is recognized; `guessed` if only its values suggest it.
    """

    name: str
    samples: tuple[str, ...] = ()
    field: str = ""
    guessed: bool = False


@record(frozen=True, slots=True)
class FileTable:
    """The columns of a table, and the format it would be read as ("csv" for an unknown one)."""

    columns: tuple[FileColumn, ...]
    format: str = "csv"


@record(frozen=True, slots=True)
class Opened:
    """A table being read: unique names of its columns, the first rows, and all rows, each once."""

    header: tuple[str, ...]
    first_rows: tuple[FileRow, ...]
    rows: Iterator[FileRow]
    guessed: str = ""
    """A remark when the encoding had to be guessed."""


def open_table(source: Source, mapping: Mapping[str, str] | None = None) -> Opened:
    """Find the header of a table and stream the rows after it.

    The header is the first of the first lines with the columns of `mapping`, or with two known columns, else the first
    non-empty line. Raises Refused when there is none, or it has too many columns.
    """
    lines, guessed = text_lines(source)
    head = list(islice(lines, PREAMBLE))
    index, separator, cells = _find_header(head, [fold(name) for name in mapping or ()])
    if not cells:
        raise Refused(f"{source.name} has no line that names its columns", "Check that it is a table of people.")
    if len(cells) > COLUMNS_LIMIT:
        raise Refused(f"{source.name} has {len(cells):,} columns", f"Keep at most {COLUMNS_LIMIT:,} of them.")
    rows = table_rows(chain(head[index + 1 :], lines), separator, index + 2)
    first = tuple(islice(rows, LOOKED_AT))
    return Opened(unique_names(cells), first, chain(first, rows), guessed)


def header_of(head: str) -> tuple[str, ...]:
    """The column names at the beginning of a text; empty when it does not look like a table of people."""
    lines = head.split("\n")[:PREAMBLE]
    _, _, cells = _find_header(lines, [])
    return unique_names(cells) if len(cells) <= COLUMNS_LIMIT else ()


def _find_header(lines: list[str], wanted: Sequence[str]) -> tuple[int, str, list[str]]:
    """(index, separator, cells) of the header; no cells when there is none."""
    fallback: tuple[int, str, list[str]] = (0, ",", [])
    for index, line in enumerate(lines):
        if not line.strip() or len(line) > 64 * 1024:
            continue
        separator = delimiter_of(line)
        row = next(table_rows(iter([line]), separator), FileRow(0, []))
        cells = [clean_line(without_formula(cell)) for cell in row.cells]
        folded = {fold(cell) for cell in cells}
        if wanted and all(name in folded for name in wanted):
            return index, separator, cells
        if not wanted and len({guess(cell) for cell in cells[:COLUMNS_LIMIT]} - {""}) > 1:
            return index, separator, cells
        if not fallback[2] and any(cells):
            fallback = (index, separator, cells)
    return fallback if not wanted else _find_header(lines, ())


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Unique names for columns from their headers: an empty or repeated header gets a number."""
    seen: dict[str, int] = {}
    names = []
    for place, cell in enumerate(cells, 1):
        name = cell[:200] or f"Column {place}"
        while (folded := fold(name)) in seen:
            seen[folded] += 1
            name = f"{cell[:200] or 'Column'} ({seen[folded]})"
        seen[folded] = 1
        names.append(name)
    return tuple(names)


def chosen_fields(header: Sequence[str], mapping: Mapping[str, str], file: str) -> dict[int, str]:
    """The fields chosen by hand, by the index of their column; "" leaves one out.

    Raises Refused for a missing column and for an unknown field, listing the existing ones.
    """
    places = {fold(name): place for place, name in reversed(list(enumerate(header)))}
    chosen: dict[int, str] = {}
    for column, field in mapping.items():
        wanted = field.strip().casefold().replace(" ", "_").replace("-", "_")
        if wanted not in FIELDS:
            known = ", ".join(name for name in FIELDS if name)
            raise Refused(f"“{clean_line(field)[:60]}” is not a field of a person", f"Use one of: {known}.")
        place = places.get(fold(clean_line(column)))
        if place is None:
            raise Refused(f"{file} has no column “{clean_line(column)[:60]}”", f"It has: {listed_columns(header)}.")
        chosen[place] = wanted
    return chosen


def listed_columns(header: Sequence[str], most: int = 20) -> str:
    """The names of the columns for a message, at most `most` of them."""
    more = f" and {len(header) - most} more" if len(header) > most else ""
    return ", ".join(name[:40] for name in header[:most]) + more


def sample_values(opened: Opened, place: int, most: int = 3) -> tuple[str, ...]:
    """Some different values of a column, each short."""
    values: dict[str, None] = {}
    for row in opened.first_rows:
        if place < len(row.cells) and (text := clean_line(row.cells[place][:200])):
            values.setdefault(text[:60])
            if len(values) == most:
                break
    return tuple(values)
