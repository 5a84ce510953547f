"""What an import reads from files, and what became of it."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from planner.core.model.favors import FavorDirection
from planner.core.model.people import Cell
from planner.core.records import record


@record(frozen=True, slots=True)
class ImportedDate:
    """A day in the year read from a file; `raw` is what the file said."""

    kind: str
    month: int
    day: int
    year: int | None = None
    raw: str = ""


@record(frozen=True, slots=True)
class ImportedFavor:
    """Help that a source tells of; `key` is the same whenever the source tells of it again."""

    key: str
    direction: FavorDirection
    kind: str
    on: date | None = None
    note: str = ""


@record(frozen=True, slots=True)
class ImportedContact:
    """A person as one record of a file says, cleaned of control characters.

    `keys` are strong identities such as "vcard:UID", "linkedin:slug" or "monica:uuid"; `file` and
    `line` (from 1) say where the record began; `remarks` name what was guessed or left out.
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
    """(relation, key) of such people whom the source names by the key of their own record."""
    awaited: tuple[tuple[str, str], ...] = ()
    """Those of `related` whose own record has not been read yet."""
    notes: str = ""
    nickname: str = ""
    met_on: date | None = None
    """The day the connection was made, where the source tells."""
    dated_on: date | None = None
    """How current company and title are, where the source tells."""
    file: str = ""
    line: int = 0
    remarks: tuple[str, ...] = ()
    deceased: bool = False
    """The source says that the person has died."""
    last_contact_on: date | None = None
    """The latest day the two of us were in touch, where the source tells."""
    attempted_on: date | None = None
    """The latest day after `last_contact_on` on which I wrote and had no answer, where the source tells."""
    cadence: str = ""
    """A rhythm of their own, as a spec such as "4w/6w" or "none"; empty where the source knows none."""
    cadence_since: date | None = None
    looking_for: str = ""
    offers: str = ""
    language: str = ""
    tone: str = ""
    mode: str = ""
    """One of `Mode`, or "" where the source does not tell."""
    archived: bool = False
    favors: tuple[ImportedFavor, ...] = ()
    name_parts: tuple[Cell, ...] = ()
    """One value with parts (`words.parts`): family, given and further names, what goes before and behind."""
    chats: tuple[Cell, ...] = ()
    streets: tuple[Cell, ...] = ()
    """Values with parts: post box, more, street, city, region, code, country; of one typed by hand one part."""
    organisations: tuple[Cell, ...] = ()
    """Values with parts, an organisation and its departments; the first may be the company."""
    positions: tuple[Cell, ...] = ()
    """Beside the title."""
    photo: str = ""
    """A digest of the picture, where the reader looked at it; see `planner.core.book.said.CUT`."""
    revision: int = 0
    """The number of the planner's own last writing that the card holds."""


@record(frozen=True, slots=True)
class Rejected:
    """A record that could not be taken, and why."""

    file: str
    line: int
    reason: str


@record(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do; `ambiguous` counts those of the added who may be known already."""

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    skipped: int = 0
    rejected: tuple[Rejected, ...] = ()
    remarks: tuple[str, ...] = ()
    examples: tuple[str, ...] = field(default=())
    """A few of the names that were or would be added."""
    stopped: bool = False
    """The person stopped it; nothing of it was kept."""
    to_decide: int = 0
    """Fields that a person and the file changed in different ways: the person's value stays until it is decided."""
