"""The `Connections.csv` of a LinkedIn export; `beside` reads the other files of the export.

The forms of header and dates have changed over the years; columns are found by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from planner.core.model import Cell, ImportedContact, ImportedFavor, Rejected
from planner.core.words.folding import clean_line, fold
from planner.errors import Refused
from planner.interchange.cells import mail_addresses
from planner.interchange.linkedin.beside import Beside, Talk, find_header, given_to, order_of
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.record_keys import record_key
from planner.interchange.tables.export_dates import read_date
from planner.interchange.tables.table import PREAMBLE
from planner.interchange.text import VALUE_LIMIT, Item, Remark, Skipped, Source, table_rows, text_lines

_CLOSED = "linkedin member"
"""LinkedIn's name for a closed or hidden account."""
_NAMES = {
    "given": ("first name",),
    "family": ("last name",),
    "address": ("url", "profile url"),
    "email": ("email address", "e-mail address", "email"),
    "connected": ("connected on",),
    "company": ("company",),
    "title": ("position", "job title", "title"),
    "city": ("city",),
    "pages": ("websites", "website"),
    "numbers": ("phone numbers", "phone number"),
}
"""The headers that columns have had over the years, the one that counts first."""
_SILENCE = Talk()
_web_address = re.compile(r"https?://[^\s,\]]+")


def is_connections(lines: list[str]) -> bool:
    """Whether the first lines of a text are those of a `Connections.csv`."""
    return find_header(lines, "first name", "last name", "connected on") is not None


def read_connections(source: Source, beside: Beside | None = None) -> Iterator[Item]:
    """The people of a `Connections.csv`, streaming, with the facts about them from the other files of the export.

    Closed accounts (rows without a name) come as Skipped. Raises Refused when the file cannot be read, is too large, or
    has no header with `First Name` and `Last Name`.
    """
    lines, guessed = text_lines(source)
    if guessed:
        yield Remark(source.name, 0, guessed)
    head = list(islice(lines, PREAMBLE))
    found = find_header(head, "first name", "last name")
    if found is None:
        raise Refused(
            f"{source.name} has no line with First Name and Last Name",
            "Choose the Connections.csv of a LinkedIn export.",
        )
    index, separator, columns = found
    talks: Mapping[str, Talk] = beside.talks if beside is not None else {}
    order = order_of(source, "connected on", "first name", "last name") if "connected on" in columns else ""
    favors: Mapping[tuple[str, str], tuple[ImportedFavor, ...]] = {}
    if beside is not None and beside.recommendations:
        favors, unclear = given_to(source, beside.recommendations)
        for name in unclear:
            yield Remark(source.name, 0, f"a recommendation is left out: not one connection is named {name}")

    def following() -> Iterator[str]:
        yield from head[index + 1 :]
        yield from lines

    width = max(columns.values()) + 1
    places = {field: [columns[name] for name in names if name in columns] for field, names in _NAMES.items()}
    names = {place: name for name, place in columns.items()}
    alike: Counter[str] = Counter()
    for row in table_rows(following(), separator, index + 2):
        if row.error:
            yield Rejected(source.name, row.line, row.error)
            continue
        cells = row.cells
        if not any(cell.strip() for cell in cells):
            yield Skipped(source.name, row.line, "a closed account")
        elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
            reason = f"the row has {len(cells)} cells under {width} columns"
            yield Rejected(source.name, row.line, reason)
        else:
            yield _connection(source, row.line, cells, places, names, talks, favors, alike, order)


def _connection(
    source: Source,
    line: int,
    cells: list[str],
    places: Mapping[str, Sequence[int]],
    names: Mapping[int, str],
    talks: Mapping[str, Talk],
    favors: Mapping[tuple[str, str], tuple[ImportedFavor, ...]],
    alike: Counter[str],
    order: str,
) -> ImportedContact | Rejected | Skipped:
    remarks: list[str] = []
    found: dict[str, str] = {}
    for field, columns in places.items():
        found[field] = ""
        for place in columns:
            if place < len(cells) and cells[place] and (value := clean_line(cells[place])):
                if len(value) > VALUE_LIMIT:
                    remarks.append(f"{names[place]} of {len(value)} characters was cut to {VALUE_LIMIT}")
                    value = value[:VALUE_LIMIT].rstrip()
                found[field] = value
                break
    address, email = found["address"], found["email"]
    addresses = mail_addresses(email) if email else ()
    if email and not addresses:
        remarks.append(f"left out an e-mail without an address: {email[:60]}")
    email = addresses[0] if addresses else ""
    name = " ".join(filter(None, (found["given"], found["family"]))) or email
    slug = linkedin_slug(address) if address else None
    if (not name and slug is None) or name.casefold() == _CLOSED:
        # For a closed account LinkedIn keeps the day and removes the name.
        return Skipped(source.name, line, "a closed account")
    if not name:
        return Rejected(source.name, line, "the row has no name and no e-mail")
    connected = found["connected"]
    met_on = read_date(connected, order)
    if connected and met_on is None:
        remarks.append(f"the date {connected[:40]} was not understood: left empty")
    if slug:
        key = f"linkedin:{slug}"
    else:
        # Older exports have no profile address. Their order tells two namesakes of one day apart.
        identity = f"{name}\0{connected}"
        alike[identity] += 1
        key = record_key("linkedin", name, connected, email, str(alike[identity]))
    talk = talks.get(slug, _SILENCE) if slug else _SILENCE
    company = found["company"]
    urls = [Cell(address, "linkedin" if slug else "")] if address else []
    if pages := found["pages"]:
        urls.extend(Cell(page, "website") for page in _web_address.findall(pages))
    numbers = found["numbers"]
    return ImportedContact(
        name=name,
        source="linkedin",
        keys=(key,),
        company=company,
        title=found["title"],
        city=found["city"],
        emails=(Cell(email),) if email else (),
        phones=tuple([Cell(number) for number in numbers.split(",") if number]) if numbers else (),
        urls=tuple(urls),
        met_on=met_on,
        dated_on=source.dated_on,
        last_contact_on=talk.theirs,
        attempted_on=talk.unanswered,
        file=source.name,
        line=line,
        remarks=tuple(remarks),
        favors=favors.get((fold(name), fold(company)), ()) if favors else (),
    )
