"""Reads address books and our calendars while the planner is open, on a thread of its own: no key waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from planner.core.dates.civil import local_zone
from planner.core.words.counts import counted
from planner.errors import Busy, PlannerError
from planner.limits import refuse_in_kiosk
from planner.ui.gateway import Gateway

if TYPE_CHECKING:
    from planner.core.book.calendar import GoneAnswer
    from planner.desk import Desk
    from planner.desk.book.values import Synced, SyncLine
    from planner.desk.calendar_back import CameBack
    from planner.ui.port import AppPort

Answer = TypeVar("Answer")


class BookWatch:
    """Reads the books of a planner; a book that cannot be read is reported once a session."""

    def __init__(self, planner: AppPort) -> None:
        self._planner = planner
        self._told: set[str] = set()
        self._turn = asyncio.Lock()
        self._gateway: Gateway | None = None
        self._ended = False
        self.followed: tuple[SyncLine, ...] = ()
        """The people added or changed by the last reading that changed something."""

    async def look(self) -> None:
        """Read books with changed files, and report the changes; not while the sample network is shown.

        Changes from a calendar are reported, but only applied once somebody has seen them.
        """
        if self._planner.demo or self._ended or self._turn.locked():
            return
        try:
            done = await self.read(only_news=True)
            came = await self.calendar(unseen=True)
        except Busy:
            # Another session reads or writes something long: the next check comes soon.
            return
        except PlannerError as problem:
            self._tell_once(str(problem))
            return
        if done is not None and done.step is not None:
            self._planner.data_changed()
            self._planner.say(f"Address book: {done.plan}", undo=True, waits=True)
        for trouble in (*(done.troubles if done is not None else ()), *(came.troubles if came is not None else ())):
            self._tell_once(trouble)
        if came is not None and (came.lines or came.gone):
            words = f"{counted(len(came.lines) + len(came.gone), 'change')} came back from the calendar"
            self._tell_once(f"{words}: “address book” in the palette lists them")

    async def read(self, *, only_news: bool = False) -> Synced | None:
        """Read what changed in the books; None if there are none, or if `only_news` is set and nothing changed.

        Raises what the desk refuses, and in a kiosk.
        """
        refuse_in_kiosk("An address book")
        async with self._turn:
            own = self._planner.gateway
            if not await own.call(lambda desk: not (only_news and desk.read_only) and desk.has_books):
                return None
            done = await self._beside(lambda desk: self._sync(desk, only_news))
            if done is not None and done.lines:
                self.followed = done.lines
            return done

    async def calendar(
        self, answers: Mapping[str, GoneAnswer] | None = None, *, dry_run: bool = False, unseen: bool = False
    ) -> CameBack | None:
        """Take in changes from calendars, then write them; None if the calendar goes to no folder.

        `dry_run` and `unseen` as for the desk. Raises what the desk refuses, and in a kiosk.
        """
        refuse_in_kiosk("A calendar")
        async with self._turn:
            if not await self._planner.gateway.call(
                lambda desk: (dry_run or not desk.read_only) and desk.calendar_back.folders()
            ):
                return None
            return await self._beside(lambda desk: _calendar(desk, answers, dry_run, unseen))

    async def _beside(self, work: Callable[[Desk], Answer]) -> Answer:
        """The result of a function that runs with its own desk on its own thread."""
        self._gateway = gateway = Gateway(await self._planner.gateway.call(lambda desk: desk.beside))
        try:
            return await gateway.call(work)
        except asyncio.CancelledError:
            # The app is closing: the thread stops at the next card.
            self._ended = True
            raise
        finally:
            gateway.close(0)

    def close(self) -> None:
        """End a running reading, discard its result, and wait until it has ended."""
        self._ended = True
        if self._gateway is not None:
            self._gateway.close()

    def _sync(self, desk: Desk, only_news: bool) -> Synced | None:
        # On the thread of the reading. If no book is in use, the reader is not loaded.
        from planner.interchange.book.reading import BookReading
        from planner.interchange.book.sending import CardSender

        # Edits made here are also written to two-way books.
        goes_out = any(one.book.two_way for one in desk.book.listed())
        if only_news and not goes_out and not desk.book.has_news(BookReading):
            return None
        return desk.book.sync(BookReading, CardSender, by_itself=only_news, cancelled=lambda: self._ended)

    def _tell_once(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            self._planner.say(words, tone="due", waits=True)


def _calendar(desk: Desk, answers: Mapping[str, GoneAnswer] | None, dry_run: bool, unseen: bool) -> CameBack:
    # On the thread of the reading. If the calendar goes to no folder, its reader is not loaded.
    from planner.interchange.book.calendar_folder import CalendarFiles

    return desk.calendar_back.sync(CalendarFiles(local_zone()), answers, dry_run=dry_run, unseen=unseen)
