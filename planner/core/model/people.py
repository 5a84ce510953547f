"""Contacts: who they are, how to reach them, whom they know."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planner.core.model.agenda import State
from planner.core.records import record


class Mode(StrEnum):
    """The way of keeping in touch with a contact."""

    RHYTHM = "rhythm"
    OCCASION = "occasion"
    NEVER = "never"


class Status(StrEnum):
    """Whether a contact is an active part of the network."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    DECEASED = "deceased"


@record(frozen=True, slots=True)
class Cell:
    """A labelled way to reach someone: an e-mail, a phone number or an address on the web."""

    value: str
    label: str = ""


OLDEST = 110
"""In years; a birth year that makes somebody older is a typing error and is not shown."""


@record(frozen=True, slots=True)
class ContactDate:
    """A day of the year that matters for a contact; the year may be unknown."""

    id: int
    contact_id: int
    kind: str
    """ "birthday", "anniversary" or a label of the user's own."""
    month: int
    day: int
    year: int | None = None
    contact_name: str = ""
    deceased: bool = False

    def year_by(self, on_year: int) -> int | None:
        """The year to show in the year `on_year`; None where it would make somebody older than 110."""
        if self.year is None or self.deceased or on_year - self.year <= OLDEST:
            return self.year
        return None


IN_PERSON = "in person"
"""The source of somebody who was not imported."""


@record(frozen=True, slots=True)
class Acquaintance:
    """A knows B: B is a contact, or only a name."""

    id: int
    contact_id: int
    other_id: int | None
    name: str
    relation: str = ""
    company: str = ""
    topic: str = ""


@record(frozen=True, slots=True)
class Contact:
    """A person, with everything a card or a form shows."""

    id: int
    uid: str
    name: str
    company: str = ""
    title: str = ""
    city: str = ""
    mode: Mode = Mode.RHYTHM
    status: Status = Status.ACTIVE
    source: str = ""
    looking_for: str = ""
    offers: str = ""
    notes: str = ""
    cadence: str | None = None
    cadence_since: date | None = None
    paused_until: date | None = None
    created_on: date | None = None
    circles: tuple[str, ...] = ()
    emails: tuple[Cell, ...] = ()
    phones: tuple[Cell, ...] = ()
    urls: tuple[Cell, ...] = ()
    dates: tuple[ContactDate, ...] = ()
    acquaintances: tuple[Acquaintance, ...] = ()
    version: int = 1
    met_on: date | None = None
    """The day on which the user got to know the person, if a source tells."""
    phone_keys: tuple[str, ...] = ()
    """The normal form of each of `phones`: "+14186569254;ext=102", or only digits if the country is unknown."""
    through: str = ""
    """The name of the person through whom I know them; empty if I know them directly."""
    language: str = ""
    """The code of the language to write to them in; empty for the default."""
    tone: str = ""
    """The tone to address them in, "friendly" or "formal"; empty for the default."""
    nickname: str = ""
    """Their nickname; several are separated by commas."""
    name_parts: tuple[Cell, ...] = ()
    """At most one value with parts (`words.parts`): family, given and further names, prefixes and suffixes."""
    chats: tuple[Cell, ...] = ()
    streets: tuple[Cell, ...] = ()
    """Values with parts: post box, extension, street, city, region, code, country; typed by hand one part."""
    organisations: tuple[Cell, ...] = ()
    """Values with parts: an organisation and its departments; the first may be the company."""
    positions: tuple[Cell, ...] = ()
    """Further positions, beside the title."""


@record(frozen=True, slots=True)
class ContactRow:
    """One line of the contacts list."""

    id: int
    name: str
    company: str = ""
    circles: tuple[str, ...] = ()
    rhythm: str = ""
    last_contact: date | None = None
    due: date | None = None
    state: State = State.NONE
    loops: int = 0
    back: date | None = None
    """The day on which a snoozed, paused or planned contact comes back; 9999-12-31 means never."""
