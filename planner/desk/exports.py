"""Everything the planner gives to other programs, as values; `planner.interchange` writes the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from planner.core.model import Contact
from planner.core.records import record
from planner.core.words.counts import counted
from planner.desk.shared.checks import no_contact
from planner.desk.shared.context import Context
from planner.store.facts import put_off

if TYPE_CHECKING:
    from planner.core.rhythm.calendar_entries import CalendarEntry

    Rows = Iterable[tuple[str, dict[str, Any]]]


Value = TypeVar("Value")


@record(frozen=True, slots=True)
class Exported:
    """A contact for an address book; `card_uid` is the UID by which other programs know the card."""

    contact: Contact
    card_uid: str
    last_contact: date | None = None


@record(frozen=True, slots=True)
class PersonRecord:
    """Everything held about one person: rows by table, and the names of the people, circles and needs in them, by id.

    `elsewhere` names the places outside these rows that may still hold something about the person.
    """

    contact: Contact
    rows: tuple[tuple[str, dict[str, Any]], ...]
    people: dict[int, str]
    circles: dict[int, str]
    needs: dict[int, str]
    elsewhere: tuple[str, ...]


class Exporting:
    """Values for files that other programs read."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def database(self) -> Path:
        """The file of the database, which no export may overwrite."""
        return self._context.store.path

    def calendar(self) -> tuple[CalendarEntry, ...]:
        """Every open item and day of the year as calendar entries."""
        from planner.store.views import calendar

        with self._context.store.read():
            paused = put_off.everyone_paused_until()
            return tuple(calendar.entries(self._context.settings, paused, self._context.today))

    def synced_folders(self) -> dict[str, str]:
        """Folders that are synced with other programs, each with the command that does it."""
        from planner.desk.shared.calendar_folders import calendar_folders
        from planner.store.book import sources

        with self._context.store.read():
            found = dict.fromkeys((one.path for one in sources.books()), "planner book sync")
        calendars = calendar_folders(self._context.store)
        return found | dict.fromkeys((one.path for one in calendars), "planner book calendar sync")

    def address_book(self, query: str = "") -> tuple[Exported, ...]:
        """The contacts that a query finds, by name; without a query every contact, archived ones too."""
        from planner.desk.reading import Reading
        from planner.store.views import exports

        asked = Reading(self._context).contact_ids(query) if query.strip() else None
        with self._context.store.read():
            ids = exports.everyone() if asked is None else asked
            return tuple(Exported(*row) for row in exports.address_book(ids))

    def snapshot(self, form: Callable[[dict[str, Any]], Value]) -> list[tuple[str, Value]]:
        """Every fact, as (table, row as `form` gives it); see `store.snapshot`.

        Each row is converted as it is read: all rows together would take several times the memory of their converted
        forms.
        """
        from planner.store import snapshot

        with self._context.store.read():
            return [(table, form(row)) for table, row in snapshot.snapshot()]

    def snapshot_tables(self) -> tuple[str, ...]:
        """The tables in a snapshot, in order."""
        from planner.store import snapshot

        return snapshot.table_names()

    def schema(self) -> int:
        """The version of the database schema."""
        return self._context.schema

    def person_record(self, contact_id: int) -> PersonRecord:
        """Everything held about one person, for that person to see. Raises `Refused` when there is no such contact."""
        from planner.store import backup
        from planner.store.facts import contacts
        from planner.store.views import exports

        with self._context.store.read():
            contact = contacts.read_contacts([contact_id]).get(contact_id)
            if contact is None:
                raise no_contact(contact_id)
            rows = tuple(exports.rows_about(contact_id))
            named = exports.named_in(rows)
            elsewhere = ["the undo history, which keeps earlier values of what was changed"]
            copies = len(backup.backups(self._context.store.backups))
            if copies:
                elsewhere.append(f"{counted(copies, 'backup')} of the whole planner")
        return PersonRecord(contact, rows, *named, tuple(elsewhere))
