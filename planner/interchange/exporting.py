"""The exports of a desk as bytes, for the command line and the screen.

It uses a desk through `ExportSource`, so that this package knows values only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from planner.core.words.counts import counted, people_word
from planner.errors import Refused
from planner.interchange.files import ExportFolder

if TYPE_CHECKING:
    from planner.core.model import Contact
    from planner.core.rhythm.calendar_entries import CalendarEntry

Said = tuple[str, Iterable[bytes]]
"""A sentence about what was exported, and its bytes."""


class InAddressBook(Protocol):
    """A person in the form for address books."""

    @property
    def contact(self) -> Contact: ...
    @property
    def card_uid(self) -> str: ...
    @property
    def last_contact(self) -> date | None: ...


class AboutPerson(Protocol):
    """All that is held about one person."""

    @property
    def contact(self) -> Contact: ...
    @property
    def rows(self) -> tuple[tuple[str, dict[str, Any]], ...]: ...
    @property
    def people(self) -> dict[int, str]: ...
    @property
    def circles(self) -> dict[int, str]: ...
    @property
    def needs(self) -> dict[int, str]: ...
    @property
    def elsewhere(self) -> tuple[str, ...]: ...


class ExportSource(Protocol):
    """The source of the values: the exports of a desk."""

    def calendar(self) -> tuple[CalendarEntry, ...]: ...
    def synced_folders(self) -> Mapping[str, str]: ...
    def address_book(self, query: str = "") -> Sequence[InAddressBook]: ...
    def snapshot(self, form: Callable[[dict[str, Any]], bytes]) -> list[tuple[str, bytes]]: ...
    def snapshot_tables(self) -> tuple[str, ...]: ...
    def schema(self) -> int: ...
    def person_record(self, contact_id: int) -> AboutPerson: ...


class Exports:
    """The exports of one desk."""

    def __init__(self, desk: ExportSource) -> None:
        self._desk = desk

    def calendar(self, *, todo: bool = False) -> Said:
        """Open items and days of the year as one calendar."""
        from planner.interchange import calendar

        entries = self._desk.calendar()
        return f"Exported {counted(len(entries), 'entry', 'entries')}", calendar.feed(entries, todo=todo)

    def calendar_folder(self, *, todo: bool = False) -> ExportFolder:
        """The calendar as a vdir: a folder with one file for each entry."""
        from planner.interchange import calendar

        entries = self._desk.calendar()
        synced = self._desk.synced_folders()
        return ExportFolder(lambda: calendar.folder(entries, todo=todo), ".ics", synced=synced)

    def cards(self, query: str = "") -> Said:
        """The contacts that a query finds, as vCards."""
        from planner.interchange.vcard import writer

        found = self._found(query)
        cards = writer.cards((one.contact, one.card_uid) for one in found)
        return f"Exported {people_word(len(found))}", cards

    def card_folder(self, query: str = "") -> ExportFolder:
        """The vCards as a vdir: one file for each person. With a query, files of earlier exports stay."""
        from planner.interchange.vcard import writer

        found = self._found(query)
        return ExportFolder(
            lambda: writer.folder((one.contact, one.card_uid) for one in found),
            ".vcf",
            is_whole=not query.strip(),
            synced=self._desk.synced_folders(),
        )

    def table(self, query: str = "") -> Said:
        """The contacts that a query finds, as CSV."""
        from planner.interchange.tables import writer

        found = self._found(query)
        rows = writer.table((one.contact, one.last_contact) for one in found)
        return f"Exported {people_word(len(found))}", rows

    def _found(self, query: str) -> Sequence[InAddressBook]:
        """The contacts that a query finds. Raises `Refused` when it finds nobody: an empty file says nothing."""
        found = self._desk.address_book(query)
        if query.strip() and not found:
            raise Refused(f"Nobody fits “{query.strip()[:80]}”", "“planner contacts QUERY” shows whom a query finds")
        return found

    def everything(self) -> Said:
        """Everything as JSON."""
        from planner.interchange.json import own

        lines = self._desk.snapshot(own.line)
        people = sum(1 for table, _ in lines if table == "contact")
        words = f"Exported everything, {people_word(people)}"
        return words, own.written(lines, self._desk.snapshot_tables(), self._desk.schema())

    def person(self, contact_id: int, format: str = "markdown") -> Said:
        """All that is held about one person, as "markdown" or "json"."""
        from planner.interchange.json import person_writer

        found = self._desk.person_record(contact_id)
        write = person_writer.as_json if format == "json" else person_writer.as_markdown
        called = {"people": found.people, "circles": found.circles, "needs": found.needs}
        page = write(found.rows, called, found.elsewhere)
        return f"Exported all about {found.contact.name}", (page,)
