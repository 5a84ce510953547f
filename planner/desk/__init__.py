"""The desk: one method for each thing a user can do, each one transaction.

The command line and the screen call the same methods; neither holds a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from planner.desk.done import Done
from planner.errors import Damaged, Locked, PlannerError

if TYPE_CHECKING:
    from planner.config import Config
    from planner.core.model import Settings
    from planner.desk.addresses import Addresses
    from planner.desk.book.books import Books
    from planner.desk.calendar_back import CalendarBack
    from planner.desk.capture import Capturing
    from planner.desk.evidence.replies import Replies
    from planner.desk.evidence.strangers import StrangerVerbs
    from planner.desk.evidence.watching import EvidenceVerbs
    from planner.desk.exports import Exporting
    from planner.desk.imports import Imports
    from planner.desk.inbox import Inbox
    from planner.desk.interactions import Interactions
    from planner.desk.keeping import Keeping
    from planner.desk.people import People
    from planner.desk.reading import Reading
    from planner.desk.reciprocity.briefing import Briefing
    from planner.desk.reciprocity.closing import Closing
    from planner.desk.reciprocity.drafts import Drafting
    from planner.desk.reciprocity.favors import Favors
    from planner.desk.reciprocity.giving import GivingFirst
    from planner.desk.reciprocity.introductions import Introductions
    from planner.desk.reciprocity.needs import Needs
    from planner.desk.reciprocity.network import Network
    from planner.desk.review import Review
    from planner.desk.triage import Triage
    from planner.paths import Paths
    from planner.store.session import Store


class Desk:
    """Everything a user can do, over one store and one clock: one part per subject.

    `today` gives the civil date and is called each time a verb runs, `time_of_day` gives my local time; without it
    plans begin with their day. A verb that writes returns `Done`. The module of a part is loaded when the part is first
    used: a command uses two or three of them.
    """

    def __init__(
        self, store: Store, config: Config, today: Callable[[], date], time_of_day: Callable[[], time] | None = None
    ) -> None:
        # Loaded with the first desk: the screen needs the values of this package before it has one.
        from planner.desk.shared.context import Context

        self.store = store
        self.config = config
        self._context = Context(store, config, today, time_of_day)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved: the file may only be read, or PLANNER_READ_ONLY is set."""
        return self.store.read_only

    @property
    def has_books(self) -> bool:
        """Whether any address book is in use; loads no code that reads one."""
        from planner.store.book import sources

        with self.store.read():
            return bool(sources.books())

    @property
    def settings(self) -> Settings:
        """The settings for the rules, from the configuration."""
        return self.config.settings

    @property
    def today(self) -> date:
        """The civil date now, from the clock."""
        return self._context.today

    @property
    def hour(self) -> str:
        """The time of day now, "15:30"; empty if the clock gives none."""
        return self._context.hour

    def on(self, day: date) -> Desk:
        """A desk over the same store and configuration whose today is always `day`."""
        return Desk(self.store, self.config, lambda: day)

    def beside(self) -> Desk:
        """Open another desk on the same database, for another thread; its writes belong to the same session."""
        from planner.store.session import Store

        store = Store(self.store.path, self.config.settings, session=self.store.session)
        return Desk(store.open(), self.config, self._context.clock, self._context.time_of_day)

    @property
    def opens_aside(self) -> Callable[[], Desk] | None:
        """A function that opens a desk for long readings on another thread, over the same database.

        None if this desk shows a private copy, since the file has an older schema and may not be written.
        """
        store = self.store
        if store.is_copy:
            return None
        # Most sessions do no long readings.
        from planner.store.session import ReadingStore

        return lambda: Desk(ReadingStore(store).open(), self.config, self._context.clock, self._context.time_of_day)

    @cached_property
    def reading(self) -> Reading:
        from planner.desk.reading import Reading

        return Reading(self._context)

    @cached_property
    def addresses(self) -> Addresses:
        from planner.desk.addresses import Addresses

        return Addresses(self._context)

    @cached_property
    def people(self) -> People:
        from planner.desk.people import People

        return People(self._context)

    @cached_property
    def interactions(self) -> Interactions:
        from planner.desk.interactions import Interactions

        return Interactions(self._context)

    @cached_property
    def triage(self) -> Triage:
        from planner.desk.triage import Triage

        return Triage(self._context)

    @cached_property
    def capture(self) -> Capturing:
        from planner.desk.capture import Capturing

        return Capturing(self._context)

    @cached_property
    def inbox(self) -> Inbox:
        from planner.desk.inbox import Inbox

        return Inbox(self._context)

    @cached_property
    def favors(self) -> Favors:
        from planner.desk.reciprocity.favors import Favors

        return Favors(self._context)

    @cached_property
    def needs(self) -> Needs:
        from planner.desk.reciprocity.needs import Needs

        return Needs(self._context)

    @cached_property
    def drafts(self) -> Drafting:
        from planner.desk.reciprocity.drafts import Drafting

        return Drafting(self._context)

    @cached_property
    def briefing(self) -> Briefing:
        from planner.desk.reciprocity.briefing import Briefing

        return Briefing(self._context)

    @cached_property
    def giving(self) -> GivingFirst:
        from planner.desk.reciprocity.giving import GivingFirst

        return GivingFirst(self._context)

    @cached_property
    def closing(self) -> Closing:
        from planner.desk.reciprocity.closing import Closing

        return Closing(self._context)

    @cached_property
    def introductions(self) -> Introductions:
        from planner.desk.reciprocity.introductions import Introductions

        return Introductions(self._context)

    @cached_property
    def network(self) -> Network:
        from planner.desk.reciprocity.network import Network

        return Network(self._context)

    @cached_property
    def imports(self) -> Imports:
        from planner.desk.imports import Imports

        return Imports(self._context)

    @cached_property
    def book(self) -> Books:
        from planner.desk.book.books import Books

        return Books(self._context)

    @cached_property
    def review(self) -> Review:
        from planner.desk.review import Review

        return Review(self._context)

    @cached_property
    def evidence(self) -> EvidenceVerbs:
        from planner.desk.evidence.watching import EvidenceVerbs

        return EvidenceVerbs(self._context)

    @cached_property
    def strangers(self) -> StrangerVerbs:
        from planner.desk.evidence.strangers import StrangerVerbs

        return StrangerVerbs(self._context)

    @cached_property
    def replies(self) -> Replies:
        from planner.desk.evidence.replies import Replies

        return Replies(self._context)

    @cached_property
    def calendar_back(self) -> CalendarBack:
        from planner.desk.calendar_back import CalendarBack

        return CalendarBack(self._context)

    @cached_property
    def exports(self) -> Exporting:
        from planner.desk.exports import Exporting

        return Exporting(self._context)

    @cached_property
    def keeping(self) -> Keeping:
        from planner.desk.keeping import Keeping

        return Keeping(self._context)

    def explained(self, error: Exception) -> PlannerError | None:
        """The error to raise for a failure of the database or a value in it, with advice; None for any other."""
        return self.store.explained(error)

    def close(self) -> None:
        """Close the store, after a backup when something was written and the newest is a day old."""
        if self.store.wrote and not self.store.database.is_closed():
            from planner.store import backup

            # A failing backup must not keep the planner from closing; `doctor` reports its age.
            with suppress(PlannerError):
                backup.daily(self.store)
            self.store.wrote = False
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_desk(
    paths: Paths,
    config: Config,
    today: Callable[[], date],
    session: str = "cli",
    *,
    even_damaged: bool = False,
    time_of_day: Callable[[], time] | None = None,
) -> Desk:
    """Open the store at its place and return a desk over it; raises what `Store.open` raises.

    With `even_damaged` a file that is damaged, or that no passphrase opens, is left unopened: the desk can then list
    and restore backups, nothing more.
    """
    from planner.store.session import Store

    store = Store(paths.location, config.settings, session=session)
    try:
        store.open()
    except (Damaged, Locked):
        if not even_damaged:
            raise
    return Desk(store, config, today, time_of_day)


def desk_as_it_stands(
    paths: Paths, config: Config, today: Callable[[], date], time_of_day: Callable[[], time] | None = None
) -> Desk:
    """A desk that only reads, over the file as it stands.

    Raises a PlannerError or FileNotFoundError if `open_desk` would make, check or change the file before it is read.
    """
    from planner.store.session import StoreAsItStands

    return Desk(StoreAsItStands(paths.location, config.settings).open(), config, today, time_of_day)


def unlock(paths: Paths) -> None:
    """Open an encrypted planner briefly, to ask for its passphrase; raises `Locked` if that fails."""
    from planner.store import sqlite

    sqlite.read_header(paths.database)


__all__ = ["Desk", "Done", "desk_as_it_stands", "open_desk", "unlock"]
