"""Other people's address books, whatever they are, as one stream of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from planner.core.model import ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.detect import FORMATS, Reading, resolve
from planner.interchange.linkedin import read_connections, read_last_contacts
from planner.interchange.text import RECORD_LIMIT, Remark, Skipped, Source
from planner.interchange.vcard import read_cards

__all__ = ["FORMATS", "Item", "Remark", "Skipped", "count_hint", "read"]

Item = ImportedContact | Rejected | Remark | Skipped


def read(paths: Sequence[Path], format: str = "auto") -> Iterator[Item]:
    """Every record of the files, folders and archives, in their order, streaming.

    An ImportedContact is a person, a Rejected a record that could not be read, a Skipped one left out on
    purpose (closed accounts, groups), a Remark something about a whole file. Every path is looked at
    before the first record comes. Raises Refused, also while streaming: for a missing, unreadable,
    unknown or too large file, and past 100,000 records.
    """
    readings = [resolve(Path(path), format) for path in paths]
    records = 0
    for reading in readings:
        for item in _items(reading):
            if not isinstance(item, Remark):
                records += 1
                if records > RECORD_LIMIT:
                    message = f"there are more than {RECORD_LIMIT:,} records"
                    raise Refused(message, "Split the file and import the parts.")
            yield item


def count_hint(paths: Sequence[Path], format: str = "auto") -> int:
    """About how many records there are, for a progress bar: cheap, never raises, 0 when it cannot tell."""
    total = 0
    for path in paths:
        try:
            reading = resolve(Path(path), format)
        except Refused:
            continue
        if reading.is_folder and len(reading.sources) > 20:
            total += len(reading.sources)
        else:
            total += sum(_count(source, reading.format) for source in reading.sources)
    return total


def _items(reading: Reading) -> Iterator[Item]:
    if reading.format == "linkedin":
        last_contacts: dict[str, date] = {}
        for messages in reading.beside:
            try:
                last_contacts |= read_last_contacts(messages)
            except Refused as refusal:
                yield Remark(messages.name, 0, f"left out: {refusal.message}")
        for source in reading.sources:
            yield from read_connections(source, last_contacts)
        return
    for source in reading.sources:
        try:
            yield from read_cards(source)
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
    if format == "vcard":
        upper = sample.upper().replace(b"\0", b"")
        records = upper.count(b"BEGIN:VCARD")
    else:
        records = max(0, sample.count(b"\n") - 1) or 1
    return round(records * max(1.0, source.size / len(sample)))
