"""Everything the planner gives to other programs, as values; writing files of them is `planner.interchange`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from planner.core.model import Contact
from planner.core.records import record
from planner.desk.shared.context import Context
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.core.rhythm.calendar_entries import CalendarEntry

    Rows = Iterable[tuple[str, dict[str, Any]]]


Value = TypeVar("Value")


@record(frozen=True, slots=True)
class Exported:
    """A person as an address book is given them: `card_uid` is what a card is known by elsewhere."""

    contact: Contact
    card_uid: str
    last_contact: date | None = None


@record(frozen=True, slots=True)
class Restored:
    """What reading a whole planner did: how many rows of each table were in the file.

    `unchanged` when all of it was there already, `cancelled` when it was stopped; then nothing was written.
    """

    counts: dict[str, int]
    unchanged: bool = False
    cancelled: bool = False


@record(frozen=True, slots=True)
class PersonRecord:
    """All that is held about one person: rows by table, the other people and circles they name, by id.

    `elsewhere` names the places outside of these rows that may hold some of it still.
    """

    contact: Contact
    rows: tuple[tuple[str, dict[str, Any]], ...]
    people: dict[int, str]
    circles: dict[int, str]
    needs: dict[int, str]
    elsewhere: tuple[str, ...]


class Exporting:
    """Giving everything out, and taking a whole planner in."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def database(self) -> Path:
        """The file everything is kept in, which no export may replace."""
        return self._context.store.path

    def calendar(self) -> tuple[CalendarEntry, ...]:
        """All that is open and the days of the year, as entries of a calendar; whatever today is."""
        from planner.store.facts import interactions
        from planner.store.views import calendar

        with self._context.store.read():
            return tuple(calendar.entries(self._context.settings, interactions.everyone_paused_until()))

    def address_book(self, query: str = "") -> tuple[Exported, ...]:
        """The contacts a query finds, by name; without one everyone there is, the archived too."""
        from planner.desk.reading import Reading
        from planner.store.views import exports

        asked = Reading(self._context).contact_ids(query) if query.strip() else None
        with self._context.store.read():
            ids = exports.everyone() if asked is None else asked
            return tuple(Exported(*row) for row in exports.address_book(ids))

    def snapshot(self, form: Callable[[dict[str, Any]], Value]) -> list[tuple[str, Value]]:
        """Every fact there is, as (table, row as `form` gives it); see `store.snapshot`.

        The form is given each row while it is read, for all rows together take several times the room.
        """
        from planner.store import snapshot

        with self._context.store.read():
            return [(table, form(row)) for table, row in snapshot.snapshot()]

    def snapshot_tables(self) -> tuple[str, ...]:
        """The tables a snapshot has, in order."""
        from planner.store import snapshot

        return snapshot.table_names()

    def schema(self) -> int:
        """The version of the tables."""
        from planner.store import migrations

        return migrations.latest(self._context.store.migrations_folder)

    def restore_snapshot(
        self,
        read: Callable[[], Rows],
        *,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Restored:
        """Fill an empty planner with the rows of a snapshot, under the ids they had, as one step for undo.

        `read` gives the rows anew each time. The same state read again changes nothing; a planner that holds
        anything else is left alone. Raises `Refused` for that, and for rows that cannot be: nothing is kept then,
        and nothing of a dry run.
        """
        from planner.store import snapshot

        with self._context.store.read():
            empty = snapshot.is_empty(self._context.store)
            unchanged = not empty and snapshot.holds_exactly(read())
        if unchanged:
            return Restored(snapshot.counted(read()), unchanged=True)
        if not empty:
            raise Refused(
                "A whole planner is read into an empty one only, and this one holds something",
                "Name another database: planner --db NEW.db import FILE. People alone travel as vCard or CSV.",
            )
        with self._context.tried(dry_run) as context:
            counts = snapshot.restore(context.store, read(), context.today, progress, cancelled)
        return Restored(counts or {}, cancelled=counts is None)

    def person_record(self, contact_id: int) -> PersonRecord:
        """All that is held about one person, for them to see. Raises `Refused` when there is no such contact."""
        from planner.store import backup
        from planner.store.facts import contacts
        from planner.store.views import exports

        with self._context.store.read():
            contact = contacts.read_contacts([contact_id]).get(contact_id)
            if contact is None:
                raise Refused(f"There is no contact #{contact_id}", "It may have been removed meanwhile")
            rows = tuple(exports.rows_about(contact_id))
            named = exports.named_in(rows)
            elsewhere = ["the undo history, which keeps earlier values of what was changed"]
            copies = len(backup.backups(self._context.store.backups))
            if copies:
                elsewhere.append(f"{copies} {'backup' if copies == 1 else 'backups'} of the whole planner")
        return PersonRecord(contact, rows, *named, tuple(elsewhere))
