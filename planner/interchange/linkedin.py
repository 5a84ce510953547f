"""LinkedIn's own export: `Connections.csv`, and from `messages.csv` beside it the last contact.

The shapes of the header and of the dates changed over the years; columns are found by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from planner.core.folding import clean, clean_line
from planner.core.model import Cell, ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.export_dates import read_date
from planner.interchange.slugs import linkedin_slug
from planner.interchange.text import (
    VALUE_LIMIT,
    Remark,
    Row,
    Skipped,
    Source,
    delimiter_of,
    table_rows,
    text_lines,
)
from planner.interchange.vcard_draft import record_key

_PREAMBLE = 30
"""Lines in which the header must stand: notes come before it."""
_MESSAGE_COLUMNS = ("sender profile url", "recipient profile urls", "date")
_web_address = re.compile(r"https?://[^\s,\]]+")


def find_header(lines: list[str], *names: str) -> tuple[int, str, dict[str, int]] | None:
    """Among the first lines the one that holds every column of `names`.

    Its index from 0, the separator, and the place of each column by its lowered name.
    """
    for index, line in enumerate(lines[:_PREAMBLE]):
        folded = line.casefold()
        if len(line) > 5_000 or not all(name in folded for name in names):
            continue
        separator = delimiter_of(line)
        cells = next(table_rows(iter([line]), separator), Row(0, [])).cells
        columns = {clean_line(cell).casefold(): place for place, cell in reversed(list(enumerate(cells)))}
        if all(name in columns for name in names):
            return index, separator, columns
    return None


def is_connections(lines: list[str]) -> bool:
    """Whether the first lines of a text are those of a `Connections.csv`."""
    return find_header(lines, "first name", "last name", "connected on") is not None


def read_connections(
    source: Source, last_contacts: Mapping[str, date] | None = None
) -> Iterator[ImportedContact | Rejected | Skipped | Remark]:
    """The people of a `Connections.csv`, streaming; `last_contacts` maps slugs to days.

    Closed accounts (rows of separators only) come as Skipped. Raises Refused when the file cannot be
    read, is too large, or has no header with `First Name` and `Last Name`.
    """
    lines, guessed = text_lines(source)
    if guessed:
        yield Remark(source.name, 0, guessed)
    head = list(islice(lines, _PREAMBLE))
    found = find_header(head, "first name", "last name")
    if found is None:
        raise Refused(
            f"{source.name} has no line with First Name and Last Name",
            "Choose the Connections.csv of a LinkedIn export.",
        )
    index, separator, columns = found

    def following() -> Iterator[str]:
        yield from head[index + 1 :]
        yield from lines

    width = max(columns.values()) + 1
    alike: Counter[str] = Counter()
    for row in table_rows(following(), separator, index + 2):
        if row.error:
            yield Rejected(source.name, row.line, row.error)
            continue
        cells = row.cells
        if not any(cell.strip() for cell in cells):
            yield Skipped(source.name, row.line, "a closed account")
        elif any(cell.strip() for cell in cells[width:]):
            reason = f"the row has {len(cells)} cells under {width} columns"
            yield Rejected(source.name, row.line, reason)
        else:
            yield _connection(source, row.line, cells, columns, last_contacts or {}, alike)


def _connection(
    source: Source,
    line: int,
    cells: list[str],
    columns: Mapping[str, int],
    last_contacts: Mapping[str, date],
    alike: Counter[str],
) -> ImportedContact | Rejected:
    remarks: list[str] = []

    def cell(*names: str) -> str:
        for name in names:
            place = columns.get(name, -1)
            if 0 <= place < len(cells) and (value := clean_line(cells[place])):
                if len(value) > VALUE_LIMIT:
                    remarks.append(f"{name} of {len(value)} characters was cut to {VALUE_LIMIT}")
                    value = value[:VALUE_LIMIT].rstrip()
                return value
        return ""

    address, email = cell("url", "profile url"), cell("email address", "e-mail address", "email")
    if email.count("@") != 1 or " " in email:
        if email:
            remarks.append(f"left out an e-mail without an address: {email[:60]}")
        email = ""
    name = " ".join(filter(None, (cell("first name"), cell("last name")))) or email
    if not name:
        return Rejected(source.name, line, "the row has no name and no e-mail")
    connected = cell("connected on")
    met_on = read_date(connected)
    if connected and met_on is None:
        remarks.append(f"the date {connected[:40]} was not understood: left empty")
    slug = linkedin_slug(address)
    if slug:
        key = f"linkedin:{slug}"
    else:
        # Older exports have no address. Two namesakes of one day are told apart by their order.
        identity = f"{name}\0{connected}"
        alike[identity] += 1
        key = record_key("linkedin", name, connected, email, str(alike[identity]))
    urls = [Cell(address, "linkedin" if slug else "")] if address else []
    urls.extend(Cell(found, "website") for found in _web_address.findall(cell("websites", "website")))
    return ImportedContact(
        name=name,
        source="linkedin",
        keys=(key,),
        company=cell("company"),
        title=cell("position", "job title", "title"),
        city=cell("city"),
        emails=(Cell(email),) if email else (),
        phones=tuple(Cell(number) for number in cell("phone numbers", "phone number").split(",") if number),
        urls=tuple(urls),
        met_on=met_on,
        dated_on=source.dated_on,
        last_contact_on=last_contacts.get(slug) if slug else None,
        file=source.name,
        line=line,
        remarks=tuple(remarks),
    )


def read_last_contacts(source: Source) -> dict[str, date]:
    """The latest day of a message between two people, by profile slug; both sides of it are in the result.

    The owner of the export is among them, and in nobody's connections. Conversations of more than two
    count for nobody. What was written is never kept. Raises Refused when the file cannot be read.
    """
    lines, _ = text_lines(source)
    head = list(islice(lines, _PREAMBLE))
    found = find_header(head, *_MESSAGE_COLUMNS)
    latest: dict[str, date] = {}
    if found is None:
        return latest
    index, separator, columns = found

    def following() -> Iterator[str]:
        yield from head[index + 1 :]
        yield from lines

    sender, recipients, day = (columns[name] for name in _MESSAGE_COLUMNS)
    for row in table_rows(following(), separator, index + 2):
        if row.error or len(row.cells) <= max(sender, recipients, day):
            continue
        others = [address for address in re.split(r"[,;\s]+", clean(row.cells[recipients])) if address]
        on = read_date(clean_line(row.cells[day]))
        if on is None or len(others) != 1:
            continue
        for address in (row.cells[sender], others[0]):
            slug = linkedin_slug(address)
            if slug and on > latest.get(slug, date.min):
                latest[slug] = on
    return latest
