"""The outside sources read while the planner is open: the inbox, mail and calendars and calls, address books."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planner.limits import is_kiosk

if TYPE_CHECKING:
    from pathlib import Path

    from planner.ui.book.background import BookWatch
    from planner.ui.evidence.background import EvidenceWatch
    from planner.ui.port import AppPort

INBOX_SECONDS = 5.0
FIRST_SECONDS = 1.5
"""Seconds after the first screen in which mail and books are not read."""
AGAIN_SECONDS = 300.0


class Outside:
    """Reads each source at its times. Its reader is loaded at the first time, after the first screen."""

    def __init__(self, planner: AppPort) -> None:
        self._planner = planner

    def begin(self) -> None:
        """Start reading; the sample network has nothing outside, and a kiosk reaches nothing."""
        planner = self._planner
        if planner.demo or is_kiosk():
            return
        if planner.config.inbox is not None:
            self._watch_inbox(planner.config.inbox)
        for read in (self.read_evidence, self.read_books):
            planner.set_timer(FIRST_SECONDS, read)
            planner.set_interval(AGAIN_SECONDS, read)

    def _watch_inbox(self, folder: Path) -> None:
        # Few have an inbox.
        from planner.ui.session.inbox import InboxWatch

        watch = InboxWatch(self._planner, folder)

        def look() -> None:
            self._planner.run_worker(watch.look, group="inbox", exclusive=True)

        self._planner.call_after_refresh(look)
        self._planner.set_interval(INBOX_SECONDS, look)

    @cached_property
    def evidence(self) -> EvidenceWatch:
        """The reader of mail, calendars, calls and chats."""
        # Loaded late, as the class says.
        from planner.ui.evidence.background import EvidenceWatch

        return EvidenceWatch(self._planner)

    @cached_property
    def books(self) -> BookWatch:
        """The reader of address books."""
        # Loaded late, as the class says.
        from planner.ui.book.background import BookWatch

        return BookWatch(self._planner)

    def read_evidence(self) -> None:
        """Read what is new in all watched sources, in the background."""
        self._planner.run_worker(self.evidence.look, group="evidence")

    def read_books(self) -> None:
        """Read what changed in the address books, in the background."""
        self._planner.run_worker(self.books.look, group="evidence")

    def close(self) -> None:
        """End running readings, and discard their results."""
        # Each reader is made when first used: an unused one has nothing to end.
        for name in ("evidence", "books"):
            if name in self.__dict__:
                getattr(self, name).close()
