"""The other files of a LinkedIn export beside the connections: messages, invitations and recommendations.

Messages and invitations give the last contact per profile; their text is never kept. Recommendations are favors; their
files name people without a profile, so each goes to the one connection with that name.
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
from planner.interchange.tables.export_dates import is_open, proof_of, read_date
from planner.interchange.tables.table import PREAMBLE
from planner.interchange.text import VALUE_LIMIT, FileRow, Source, delimiter_of, table_rows, text_lines

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
"""Characters kept of a recommendation."""


@record(frozen=True, slots=True)
class Recommendation:
    """A recommendation and the person it is from or for."""

    name: str
    company: str
    favor: ImportedFavor


@record(frozen=True, slots=True)
class Talk:
    """The latest day somebody wrote to the owner of an export, and the latest day the owner wrote to them."""

    theirs: date | None = None
    mine: date | None = None

    @property
    def unanswered(self) -> date | None:
        """The day of my last message if nothing came back after it: an attempt, which is not contact."""
        return self.mine if self.mine is not None and (self.theirs is None or self.theirs < self.mine) else None

    def joined(self, other: Talk) -> Talk:
        """Both combined: the later day of each."""
        return Talk(_later(self.theirs, other.theirs), _later(self.mine, other.mine))


@record(frozen=True, slots=True)
class Beside:
    """The content of the files beside the connections of an export."""

    talks: Mapping[str, Talk]
    """By profile slug; the slug of the owner is among them."""
    recommendations: Mapping[str, tuple[Recommendation, ...]]
    """By folded name."""


def find_header(lines: list[str], *names: str) -> tuple[int, str, dict[str, int]] | None:
    """Find the header: the first of the first lines with every column of `names`.

    Returns its index from 0, the separator, and the index of each column by its lower-case name.
    """
    for index, line in enumerate(lines[:PREAMBLE]):
        folded = line.casefold()
        if len(line) > 5_000 or not all(name in folded for name in names):
            continue
        separator = delimiter_of(line)
        cells = next(table_rows(iter([line]), separator), FileRow(0, [])).cells
        columns = {clean_line(cell).casefold(): place for place, cell in reversed(list(enumerate(cells)))}
        if all(name in columns for name in names):
            return index, separator, columns
    return None


def is_recommendations(text: str) -> bool:
    """Whether a text begins like a file of recommendations."""
    return find_header(text.split("\n", PREAMBLE)[:PREAMBLE], *_FAVOR_COLUMNS) is not None


def read_beside(source: Source) -> Beside:
    """Read one of the files of `BESIDE`. Raises Refused when it cannot be read."""
    name = source.base
    if name in _RECOMMENDATIONS:
        return Beside({}, _recommendations(source, _RECOMMENDATIONS[name]))
    return Beside(read_talks(source) if name == MESSAGES else _invited(source), {})


def rows_with(source: Source, *names: str) -> Iterator[tuple[list[str], dict[str, int]]]:
    """The cells of each row that is long enough for these columns, and the index of every column by name."""
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


def read_talks(source: Source) -> dict[str, Talk]:
    """The messages between two people, by the profile slug of each; their text is never kept.

    Each message is between the owner of the export and somebody else, so whatever a connection, who is never the owner,
    did not send was sent by me. Conversations of more than two, drafts and spam count for nobody. Raises Refused when
    the file cannot be read.
    """
    talks: dict[str, Talk] = {}
    order = order_of(source, "date", *_MESSAGE_COLUMNS)
    for cells, columns in rows_with(source, *_MESSAGE_COLUMNS):
        sender, recipients, day = (cells[columns[name]] for name in _MESSAGE_COLUMNS)
        others = [address for address in re.split(r"[,;\s]+", clean(recipients)) if address]
        on = read_date(clean_line(day), order)
        if on is not None and len(others) == 1 and not is_unsent(cells, columns):
            _note(talks, sender, others[0], on)
    return talks


def is_unsent(cells: list[str], columns: Mapping[str, int]) -> bool:
    """Whether a message is a draft, or spam."""
    told = {name: cells[place].strip().casefold() for name, place in columns.items() if place < len(cells)}
    is_draft = any(told.get(name) in ("yes", "true", "1") for name in ("is message draft", "is conversation draft"))
    return is_draft or told.get("folder") in ("spam", "draft", "drafts")


def _invited(source: Source) -> dict[str, Talk]:
    """The invitations with a text, which count as messages, by the profile slug of both sides."""
    talks: dict[str, Talk] = {}
    order = order_of(source, "sent at", *_INVITATION_COLUMNS)
    for cells, columns in rows_with(source, *_INVITATION_COLUMNS):
        day, words, inviter, invited = (cells[columns[name]] for name in _INVITATION_COLUMNS)
        on = read_date(clean_line(day), order)
        if on is not None and words.strip():
            _note(talks, inviter, invited, on)
    return talks


def _note(talks: dict[str, Talk], sender: str, receiver: str, on: date) -> None:
    for address, talk in ((sender, Talk(theirs=on)), (receiver, Talk(mine=on))):
        if slug := linkedin_slug(address):
            talks[slug] = talks.get(slug, Talk()).joined(talk)


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)


def order_of(source: Source, column: str, *names: str) -> str:
    """The order of day and month in a column of a table with the columns `names`: US, unless a date proves another."""
    for cells, columns in rows_with(source, *names):
        place = columns[column]
        text = clean_line(cells[place][:60]) if place < len(cells) else ""
        if proof := proof_of(text):
            return proof
        if text and not is_open(text):
            break  # days written in words need no order
    return "mdy"


def _recommendations(source: Source, direction: FavorDirection) -> dict[str, tuple[Recommendation, ...]]:
    """The recommendations in a file, by folded name; a pending one has not been given yet."""
    found: dict[str, list[Recommendation]] = {}
    order = order_of(source, "creation date", *_FAVOR_COLUMNS)
    for cells, columns in islice(rows_with(source, *_FAVOR_COLUMNS), _FAVORS_LIMIT):

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
            on=read_date(day, order),
            note=words if len(words) <= _NOTE else f"{words[:_NOTE].rstrip()}…",
        )
        found.setdefault(fold(name), []).append(Recommendation(name, cell("company"), favor))
    return {name: tuple(given) for name, given in found.items()}


def given_to(
    connections: Source, recommendations: Mapping[str, tuple[Recommendation, ...]]
) -> tuple[dict[tuple[str, str], tuple[ImportedFavor, ...]], list[str]]:
    """Find the connection for each recommendation: (favors by its folded (name, company), unclear names).

    A name that only one connection has decides; of several, the one at the company of the recommendation.
    """
    companies: dict[str, Counter[str]] = {}
    for cells, columns in rows_with(connections, "first name", "last name"):
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
