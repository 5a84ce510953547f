"""The planner's own CSV: one person a row, in the columns of `own_columns`, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from planner.core.model import Contact, ContactDate
from planner.core.words.folding import clean
from planner.interchange.tables.own_columns import COLUMNS, SEPARATOR, guarded, joined


def table(people: Iterable[tuple[Contact, date | None]]) -> Iterator[bytes]:
    """A header and one row for each (contact, last contact): UTF-8, lines end with CRLF (RFC 4180)."""
    yield _line(list(COLUMNS))
    for contact, last_contact in people:
        values = _values(contact, last_contact)
        yield _line([guarded(clean(values[field])) for field in COLUMNS.values()])


def _line(cells: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue().encode()


def _values(contact: Contact, last_contact: date | None) -> dict[str, str]:
    birthday = next((one for one in contact.dates if one.kind == "birthday"), None)
    others = [one for one in contact.dates if one is not birthday]
    return {
        "key": contact.uid,
        "name": contact.name,
        "company": contact.company,
        "title": contact.title,
        "city": contact.city,
        "email": joined(contact.emails),
        "phone": joined(contact.phones),
        "url": joined(contact.urls),
        "circles": SEPARATOR.join(contact.circles),
        "birthday": _day(birthday) if birthday is not None else "",
        "dates": SEPARATOR.join(f"{one.kind}: {_day(one)}" for one in others),
        "relations": SEPARATOR.join(
            f"{one.relation}: {one.name}" if one.relation else one.name for one in contact.acquaintances if one.name
        ),
        "cadence": contact.cadence or "",
        "cadence_since": _iso(contact.cadence_since),
        "mode": str(contact.mode),
        "status": str(contact.status),
        "source": contact.source,
        "met_on": _iso(contact.met_on),
        "last_contact": _iso(last_contact),
        "looking_for": contact.looking_for,
        "offers": contact.offers,
        "notes": contact.notes,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _day(one: ContactDate) -> str:
    year = f"{one.year:04d}" if one.year is not None else "-"
    return f"{year}-{one.month:02d}-{one.day:02d}"
