"""What a LinkedIn export tells beside the connections: messages, invitations and recommendations.

Messages and invitations give the last contact per profile; what was written is never kept. Recommendations are
favors; their files name people without a profile, so they go to the one connection of that name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from planner.core.model import FavorDirection, ImportedFavor
from planner.core.records import record
from planner.core.words.folding import clean, clean_line, fold
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.record_keys import record_key
from planner.interchange.tables.export_dates import read_date
from planner.interchange.tables.table import PREAMBLE
from planner.interchange.text import VALUE_LIMIT, Row, Source, delimiter_of, table_rows, text_lines

MESSAGES, INVITATIONS = "messages.csv", "invitations.csv"
_RECOMMENDATIONS = {
    "recommendations_received.csv": FavorDirection.RECEIVED,
    "recommendations_given.csv": FavorDirection.GIVEN,
}
BESIDE = (MESSAGES, INVITATIONS, *_RECOMMENDATIONS)
"""Names of the files that add to the connections, in lower case."""
_MESSAGE_COLUMNS = ("sender profile url", "recipient profile urls", "date")
_INVITATION_COLUMNS = ("sent at", "message", "inviterprofileurl", "inviteeprofileurl")
_FAVOR_COLUMNS = ("first name", "last name", "text", "creation date")
_FAVORS_LIMIT = 5_000
_NOTE = 300
"""Characters that are kept of a recommendation."""


@record(frozen=True, slots=True)
class Recommendation:
    """A recommendation and whom it is from or for."""

    name: str
    company: str
    favor: ImportedFavor


@record(frozen=True, slots=True)
class Beside:
    """All that the other files of an export tell about its connections."""

    last_contacts: Mapping[str, date]
    """The latest day of a message by profile slug; the owner of the export is among them."""
    recommendations: Mapping[str, tuple[Recommendation, ...]]
    """By folded name."""


def find_header(lines: list[str], *names: str) -> tuple[int, str, dict[str, int]] | None:
    """Among the first lines the one that holds every column of `names`.

    Its index from 0, the separator, and the place of each column by its lowered name.
    """
    for index, line in enumerate(lines[:PREAMBLE]):
        folded = line.casefold()
        if len(line) > 5_000 or not all(name in folded for name in names):
            continue
        separator = delimiter_of(line)
        cells = next(table_rows(iter([line]), separator), Row(0, [])).cells
        columns = {clean_line(cell).casefold(): place for place, cell in reversed(list(enumerate(cells)))}
        if all(name in columns for name in names):
            return index, separator, columns
    return None


def is_recommendations(text: str) -> bool:
    """Whether a text begins like a file of recommendations."""
    return find_header(text.split("\n", PREAMBLE)[:PREAMBLE], *_FAVOR_COLUMNS) is not None


def read_beside(source: Source) -> Beside:
    """What one of the files of `BESIDE` tells. Raises Refused when the file cannot be read."""
    name = source.base
    if name in _RECOMMENDATIONS:
        return Beside({}, _recommendations(source, _RECOMMENDATIONS[name]))
    return Beside(read_last_contacts(source) if name == MESSAGES else _invited(source), {})


def _rows(source: Source, *names: str) -> Iterator[tuple[list[str], dict[str, int]]]:
    """The cells of each row that reaches as far as these columns, and the place of every column by name."""
    lines, _ = text_lines(source)
    head = list(islice(lines, PREAMBLE))
    found = find_header(head, *names)
    if found is None:
        return
    index, separator, columns = found

    def following() -> Iterator[str]:
        yield from head[index + 1 :]
        yield from lines

    width = max(columns[name] for name in names)
    for row in table_rows(following(), separator, index + 2):
        if len(row.cells) > width:
            yield row.cells, columns


def read_last_contacts(source: Source) -> dict[str, date]:
    """The latest day of a message between two people, by profile slug; both sides of it are in the result.

    The owner of the export is among them, and in nobody's connections. Conversations of more than two
    count for nobody. What was written is never kept. Raises Refused when the file cannot be read.
    """
    latest: dict[str, date] = {}
    for cells, columns in _rows(source, *_MESSAGE_COLUMNS):
        sender, recipients, day = (cells[columns[name]] for name in _MESSAGE_COLUMNS)
        others = [address for address in re.split(r"[,;\s]+", clean(recipients)) if address]
        on = read_date(clean_line(day))
        if on is not None and len(others) == 1:
            for address in (sender, others[0]):
                _note(latest, address, on)
    return latest


def _invited(source: Source) -> dict[str, date]:
    """The day of an invitation with words of its own, which is a message, by profile slug of both sides."""
    latest: dict[str, date] = {}
    for cells, columns in _rows(source, *_INVITATION_COLUMNS):
        day, words, *sides = (cells[columns[name]] for name in _INVITATION_COLUMNS)
        on = read_date(clean_line(day))
        if on is not None and words.strip():
            for address in sides:
                _note(latest, address, on)
    return latest


def _note(latest: dict[str, date], address: str, on: date) -> None:
    slug = linkedin_slug(address)
    if slug and on > latest.get(slug, date.min):
        latest[slug] = on


def _recommendations(source: Source, direction: FavorDirection) -> dict[str, tuple[Recommendation, ...]]:
    """The recommendations of a file, by folded name; a pending one has not been given yet."""
    found: dict[str, list[Recommendation]] = {}
    for cells, columns in islice(_rows(source, *_FAVOR_COLUMNS), _FAVORS_LIMIT):

        def cell(name: str, cells: list[str] = cells, columns: dict[str, int] = columns) -> str:
            place = columns.get(name, len(cells))
            return clean_line(cells[place])[:VALUE_LIMIT] if place < len(cells) else ""

        name = " ".join(filter(None, (cell("first name"), cell("last name"))))
        if not name or cell("status").casefold() == "pending":
            continue
        day, words = cell("creation date"), cell("text")
        favor = ImportedFavor(
            key=record_key("linkedin", "recommendation", direction, fold(name), day, words),
            direction=direction,
            kind="reference",
            on=read_date(day),
            note=words if len(words) <= _NOTE else f"{words[:_NOTE].rstrip()}…",
        )
        found.setdefault(fold(name), []).append(Recommendation(name, cell("company"), favor))
    return {name: tuple(given) for name, given in found.items()}


def given_to(
    connections: Source, recommendations: Mapping[str, tuple[Recommendation, ...]]
) -> tuple[dict[tuple[str, str], tuple[ImportedFavor, ...]], list[str]]:
    """The favors by folded (name, company) of the connection they belong to, and the names that leave a doubt.

    A name that only one connection has decides; of several the one at the company of the recommendation.
    """
    companies: dict[str, Counter[str]] = {}
    for cells, columns in _rows(connections, "first name", "last name"):
        parts = (clean_line(cells[columns[name]]) for name in ("first name", "last name"))
        name = fold(" ".join(filter(None, parts)))
        if name in recommendations:
            place = columns.get("company", len(cells))
            company = fold(clean_line(cells[place])) if place < len(cells) else ""
            companies.setdefault(name, Counter())[company] += 1
    found: dict[tuple[str, str], list[ImportedFavor]] = {}
    unclear: dict[str, None] = {}
    for name, given in recommendations.items():
        known = companies.get(name, Counter())
        only = next(iter(known)) if known.total() == 1 else None
        for one in given:
            company = fold(one.company) if only is None else only
            if known[company] == 1:
                found.setdefault((name, company), []).append(one.favor)
            else:
                unclear.setdefault(one.name)
    return {whose: tuple(favors) for whose, favors in found.items()}, list(unclear)
