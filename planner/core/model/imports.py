"""What an import reads from files, and its result."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from planner.core.model.favors import FavorDirection
from planner.core.model.people import Cell
from planner.core.records import record


@record(frozen=True, slots=True)
class ImportedDate:
    """A day of the year read from a file; `raw` is the text in the file."""

    kind: str
    month: int
    day: int
    year: int | None = None
    raw: str = ""


@record(frozen=True, slots=True)
class ImportedFavor:
    """Help that a source reports; `key` is the same each time the source reports it."""

    key: str
    direction: FavorDirection
    kind: str
    on: date | None = None
    note: str = ""


@record(frozen=True, slots=True)
class ImportedContact:
    """A person as one record of a file describes them, cleaned of control characters.

    `keys` are strong identities such as "vcard:UID", "linkedin:slug" or "monica:uuid"; `file` and `line` (from 1) say
    where the record began; `remarks` name what was guessed or left out.
    """

    name: str
    source: str
    keys: tuple[str, ...] = ()
    company: str = ""
    title: str = ""
    city: str = ""
    emails: tuple[Cell, ...] = ()
    phones: tuple[Cell, ...] = ()
    urls: tuple[Cell, ...] = ()
    dates: tuple[ImportedDate, ...] = ()
    circles: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    """(relation, name) of people this person knows."""
    related: tuple[tuple[str, str], ...] = ()
    """(relation, key) of such people, where the source names them by the key of their own record."""
    awaited: tuple[tuple[str, str], ...] = ()
    """The people in `related` whose own record has not been read yet."""
    notes: str = ""
    nickname: str = ""
    met_on: date | None = None
    """The day the connection was made, if the source tells."""
    dated_on: date | None = None
    """The date of the company and title, if the source tells."""
    file: str = ""
    line: int = 0
    remarks: tuple[str, ...] = ()
    deceased: bool = False
    """The source says that the person has died."""
    last_contact_on: date | None = None
    """The latest day the two of us were in touch, if the source tells."""
    attempted_on: date | None = None
    """The latest day after `last_contact_on` on which I wrote without an answer, if the source tells."""
    cadence: str = ""
    """The person's own rhythm, as a spec such as "4w/6w" or "none"; empty if the source knows none."""
    cadence_since: date | None = None
    looking_for: str = ""
    offers: str = ""
    language: str = ""
    tone: str = ""
    mode: str = ""
    """One of `Mode`, or "" if the source does not tell."""
    archived: bool = False
    favors: tuple[ImportedFavor, ...] = ()
    name_parts: tuple[Cell, ...] = ()
    """At most one value with parts (`words.parts`): family, given and further names, prefixes and suffixes."""
    chats: tuple[Cell, ...] = ()
    streets: tuple[Cell, ...] = ()
    """Values with parts: post box, extension, street, city, region, code, country; typed by hand one part."""
    organisations: tuple[Cell, ...] = ()
    """Values with parts: an organisation and its departments; the first may be the company."""
    positions: tuple[Cell, ...] = ()
    """Further positions, beside the title."""
    photo: str = ""
    """A digest of the picture, if the reader looked at it; see `planner.core.book.said.CUT`."""
    revision: int = 0
    """The number of the planner's own last write that the card contains."""


@record(frozen=True, slots=True)
class Rejected:
    """A record that could not be imported, and why."""

    file: str
    line: int
    reason: str


@record(frozen=True, slots=True)
class ImportReport:
    """What an import did or would do; `ambiguous` counts added people who may be known already."""

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    skipped: int = 0
    rejected: tuple[Rejected, ...] = ()
    remarks: tuple[str, ...] = ()
    examples: tuple[str, ...] = field(default=())
    """Some of the names that were or would be added."""
    stopped: bool = False
    """Whether the person stopped it; nothing of it was kept."""
    to_decide: int = 0
    """Fields that the person and the file changed differently: the person's value stays until somebody decides."""
