"""Other people's address books, whatever they are, as one stream of people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from planner.core.model import ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.detect import FORMATS, Reading, resolve
from planner.interchange.json.facebook import read_friends
from planner.interchange.json.monica import read_monica
from planner.interchange.linkedin.beside import Beside, Recommendation, read_beside
from planner.interchange.linkedin.connections import read_connections
from planner.interchange.tables.columns import FIELDS
from planner.interchange.tables.layouts import TABLES, fields_of, format_of_header
from planner.interchange.tables.people import read_people
from planner.interchange.tables.table import Column, Table, open_table, sample_values
from planner.interchange.tables.value_guess import guess_by_values
from planner.interchange.text import RECORD_LIMIT, Remark, Skipped, Source
from planner.interchange.vcard.reader import read_cards

__all__ = [
    "FIELDS",
    "FORMATS",
    "Column",
    "Item",
    "Remark",
    "Skipped",
    "Table",
    "columns_of",
    "count_hint",
    "read",
]

Item = ImportedContact | Rejected | Remark | Skipped
_DOCUMENTS: dict[str, Callable[[Source], Iterator[Item]]] = {
    "vcard": read_cards,
    "facebook": read_friends,
    "monica": read_monica,
}
"""How what is no table is read."""
_BEGINNINGS = {"vcard": b"BEGIN:VCARD", "facebook": b'"TIMESTAMP"', "monica": b'"FIRST_NAME"'}
"""What each record of them has once, in capitals."""


def read(paths: Sequence[Path], format: str = "auto", mapping: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Every record of the files, folders and archives, in their order, streaming.

    An ImportedContact is a person, a Rejected a record that could not be read, a Skipped one left out on
    purpose (closed accounts, groups), a Remark something about a whole file. Every path is looked at
    before the first record comes. `mapping` says what columns of tables mean, from the name of a column
    (see `columns_of`) to a word of `FIELDS`; columns it does not name are recognized as ever. Raises Refused,
    also while streaming: for a missing, unreadable, unknown or too large file, for a column or field that is
    not there, and past 100,000 records.
    """
    readings = [resolve(Path(path), format, mapping) for path in paths]
    records = 0
    for reading in readings:
        for item in _items(reading, mapping):
            if not isinstance(item, Remark):
                records += 1
                if records > RECORD_LIMIT:
                    message = f"there are more than {RECORD_LIMIT:,} records"
                    raise Refused(message, "Split the file and import the parts.")
            yield item


def columns_of(path: Path, format: str = "auto") -> Table | None:
    """The columns of a table with samples and what each seems to hold, to be matched by hand.

    Of a folder or an archive the first table; None for what has no columns (vCards, JSON). Any table will do,
    also one nothing is known of. Raises Refused when it cannot be read.
    """
    reading = resolve(Path(path), format, {})
    if reading.format not in (*TABLES, "linkedin"):
        return None
    opened = open_table(reading.sources[0])
    found = reading.format if reading.format != "csv" else format_of_header(opened.header) or "csv"
    fields = fields_of(opened.header, found)
    # What a program we know leaves unnamed, it does not mean for us.
    guesses = guess_by_values(opened.first_rows, len(opened.header), fields) if found == "csv" else {}
    columns = (
        Column(name, sample_values(opened, place), fields.get(place) or guesses.get(place, ""), place in guesses)
        for place, name in enumerate(opened.header)
    )
    return Table(tuple(columns), found)


def count_hint(paths: Sequence[Path], format: str = "auto", mapping: Mapping[str, str] | None = None) -> int:
    """About how many records there are, for a progress bar: cheap, never raises, 0 when it cannot tell."""
    total = 0
    for path in paths:
        try:
            reading = resolve(Path(path), format, mapping)
        except Refused:
            continue
        if reading.is_folder and len(reading.sources) > 20:
            total += len(reading.sources)
        else:
            total += sum(_count(source, reading.format) for source in reading.sources)
    return total


def _items(reading: Reading, mapping: Mapping[str, str] | None) -> Iterator[Item]:
    if reading.format == "linkedin":
        last_contacts: dict[str, date] = {}
        recommendations: dict[str, tuple[Recommendation, ...]] = {}
        for other in reading.beside:
            try:
                told = read_beside(other, re.split(r"[/\\]", other.name)[-1].lower())
            except Refused as refusal:
                yield Remark(other.name, 0, f"left out: {refusal.message}")
                continue
            for slug, on in told.last_contacts.items():
                last_contacts[slug] = max(on, last_contacts.get(slug, on))
            for name, given in told.recommendations.items():
                recommendations[name] = (*recommendations.get(name, ()), *given)
        for source in reading.sources:
            yield from read_connections(source, Beside(last_contacts, recommendations))
        return
    layout_of = TABLES.get(reading.format)
    for source in reading.sources:
        try:
            yield from (
                _DOCUMENTS[reading.format](source) if layout_of is None else read_people(source, layout_of, mapping)
            )
        except Refused as refusal:
            if not reading.is_folder:
                raise
            yield Rejected(source.name, 0, refusal.message)


def _count(source: Source, format: str) -> int:
    """Records counted in the first megabyte, and as many in proportion after it."""
    try:
        with source.open() as stream:
            sample = stream.read(1_000_000)
    except Exception:
        return 0
    if not sample:
        return 0
    if format in _BEGINNINGS:
        upper = sample.upper().replace(b"\0", b"")
        records = upper.count(_BEGINNINGS[format])
    else:
        records = max(0, sample.count(b"\n") - 1) or 1
    return round(records * max(1.0, source.size / len(sample)))
