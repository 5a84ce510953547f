"""The planner's own CSV: one person per row, in the columns of `own_columns`, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from planner.core.contact_fields import FIELDS, ContactField, Kind
from planner.core.model import Contact, ContactDate
from planner.core.words.folding import clean
from planner.interchange.tables.own_columns import SEPARATOR, guarded, joined


def table(people: Iterable[tuple[Contact, date | None]]) -> Iterator[bytes]:
    """A header and one row for each (contact, last contact): UTF-8, lines end with CRLF (RFC 4180)."""
    yield _line([one.header for one in FIELDS])
    for contact, last_contact in people:
        yield _line([guarded(clean(_cell(contact, one, last_contact))) for one in FIELDS])


def _line(cells: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue().encode()


def _cell(contact: Contact, field: ContactField, last_contact: date | None) -> str:
    match field.kind:
        case Kind.ADDRESSES:
            return joined(getattr(contact, field.attribute))
        case Kind.CIRCLES:
            return SEPARATOR.join(contact.circles)
        case Kind.YEAR_DAY:
            return next((_day(one) for one in contact.dates if one.kind == field.name), "")
        case Kind.YEAR_DAYS:
            birthday = next((one for one in contact.dates if one.kind == "birthday"), None)
            return SEPARATOR.join(f"{one.kind}: {_day(one)}" for one in contact.dates if one is not birthday)
        case Kind.PEOPLE:
            known = (one for one in contact.acquaintances if one.name)
            return SEPARATOR.join(f"{one.relation}: {one.name}" if one.relation else one.name for one in known)
        case Kind.DAY:
            day = getattr(contact, field.column) if field.column else last_contact
            return day.isoformat() if day is not None else ""
        case _:
            return str(getattr(contact, field.attribute) or "")


def _day(one: ContactDate) -> str:
    year = f"{one.year:04d}" if one.year is not None else "-"
    return f"{year}-{one.month:02d}-{one.day:02d}"
