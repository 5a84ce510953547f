"""Reads files, folders and archives of any format as one stream of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from planner.core.model import Rejected
from planner.errors import Refused
from planner.interchange.detect import resolve
from planner.interchange.format import Format, ReadRequest
from planner.interchange.tables.columns import FIELDS
from planner.interchange.tables.layouts import any_layout
from planner.interchange.tables.table import FileColumn, FileTable, open_table, sample_values
from planner.interchange.tables.value_guess import guess_by_values
from planner.interchange.text import RECORD_LIMIT, Item, Remark, Skipped, Source

__all__ = [
    "FIELDS",
    "FileColumn",
    "FileTable",
    "Item",
    "Remark",
    "Skipped",
    "columns_of",
    "count_hint",
    "count_of",
    "read",
    "records_of",
]


def read(paths: Sequence[Path], format: str = "auto", mapping: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Every record of the files, folders and archives, in order, streaming.

    All paths are examined before the first record. `mapping` gives the meanings of table columns, from the name of a
    column (see `columns_of`) to a word of `FIELDS`; other columns are recognized as usual. Raises Refused, also while
    streaming: for a missing, unreadable, unknown or too large file, for a missing column or an unknown field, and
    beyond 100,000 records.
    """
    return records_of([resolve(Path(path), format, mapping) for path in paths])


def records_of(readings: Sequence[ReadRequest]) -> Iterator[Item]:
    """Every record of the requests, streaming; see `read`.

    An ImportedContact is a person, a Rejected a record that could not be read, a Skipped one left out on purpose
    (closed accounts, groups), a Remark concerns a whole file.
    """
    records = 0
    for reading in readings:
        for item in _items(reading):
            if not isinstance(item, Remark):
                records += 1
                if records > RECORD_LIMIT:
                    message = f"there are more than {RECORD_LIMIT:,} records"
                    raise Refused(message, "Split the file and import the parts.")
            yield item


def columns_of(path: Path, format: str = "auto", encoding: str = "") -> FileTable | None:
    """The columns of a table with samples and their likely meanings, for matching by hand.

    For a folder or an archive the first table; None for a format without columns (vCards, JSON). Any table will do,
    even of an unknown program. Raises Refused when it cannot be read.
    """
    reading = resolve(Path(path), format, {}, encoding)
    layout_of = reading.format.layout
    if layout_of is None:
        return None
    opened = open_table(reading.sources[0])
    layout = layout_of(opened.header) or any_layout(opened.header)
    fields = {place.index: place.field for place in layout.places}
    # In a table of a known program, a column without a meaning is left out on purpose.
    is_known = layout_of is not any_layout
    guesses = {} if is_known else guess_by_values(opened.first_rows, len(opened.header), fields)
    columns = (
        FileColumn(name, sample_values(opened, place), fields.get(place) or guesses.get(place, ""), place in guesses)
        for place, name in enumerate(opened.header)
    )
    return FileTable(tuple(columns), reading.format.name)


def count_hint(paths: Sequence[Path], format: str = "auto", mapping: Mapping[str, str] | None = None) -> int:
    """The approximate number of records, for a progress bar: cheap, never raises, 0 if unknown."""
    readings = []
    for path in paths:
        with suppress(Refused):
            readings.append(resolve(Path(path), format, mapping))
    return count_of(readings)


def count_of(readings: Sequence[ReadRequest]) -> int:
    """The approximate number of records in the requests; see `count_hint`."""
    total = 0
    for reading in readings:
        if reading.is_one_of_many and len(reading.sources) > 20:
            total += len(reading.sources)
        else:
            total += sum(_count(source, reading.format) for source in reading.sources)
    return total


def _items(reading: ReadRequest) -> Iterator[Item]:
    for source in reading.sources:
        try:
            yield from reading.format.read(source, reading)
        except Refused as refusal:
            if not reading.is_one_of_many:
                raise
            yield Rejected(source.name, 0, refusal.message)


def _count(source: Source, format: Format) -> int:
    """Count the records of the first megabyte, and estimate the rest by size."""
    try:
        with source.open() as stream:
            sample = stream.read(1_000_000)
    except Exception:
        return 0
    if not sample:
        return 0
    if format.record_mark:
        records = sample.upper().replace(b"\0", b"").count(format.record_mark)
    else:
        records = max(0, sample.count(b"\n") - 1) or 1
    return round(records * max(1.0, source.size / len(sample)))
