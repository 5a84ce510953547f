"""Reads the folder of the inbox while the planner is open: takes the clear lines, and reports them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.core.inbox import InboxText
from planner.desk.done import Done
from planner.errors import PlannerError
from planner.inbox_folder import InboxFolder, put_away, read_inbox

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.ui.port import AppPort


class InboxWatch:
    """Takes in the files of one folder; an unreadable file or folder is reported once a session."""

    def __init__(self, planner: AppPort, folder: Path) -> None:
        self._planner = planner
        self._folder = folder
        self._told: set[str] = set()

    async def look(self) -> None:
        """Read the folder in a thread, store and take its lines on the database thread, and report them.

        Keys work meanwhile. A file still being written is read at a later check. Nothing is taken while the sample
        network is shown: its lines would be deleted with it.
        """
        if self._planner.demo:
            return
        gateway = self._planner.gateway
        settings = self._planner.config.settings
        try:
            found: InboxFolder = await asyncio.to_thread(
                read_inbox, self._folder, datetime.now(UTC), settings.day_starts_at
            )
            if found.texts:
                done = await gateway.call(lambda desk: _take(desk, found.texts))
                for text in found.texts:
                    await self._put_away(text)
                if done is not None:
                    self._planner.data_changed()
                if done is not None and done.step is not None:
                    self._planner.say(done.said, undo=True, waits=True)
        except PlannerError as problem:
            self._tell_once(str(problem))
            return
        for line in found.waiting:
            self._tell_once(line)

    async def _put_away(self, text: InboxText) -> None:
        trouble = await asyncio.to_thread(put_away, self._folder, text)
        if trouble:
            self._tell_once(trouble)

    def _tell_once(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            self._planner.say(words, tone="due", waits=True)


def _take(desk: Desk, texts: tuple[InboxText, ...]) -> Done | None:
    """Store and take the lines of texts; None if all were read before."""
    before = desk.inbox.waiting()
    fresh = [key for text in texts for key in desk.inbox.keep(text)]
    return desk.inbox.take(fresh) if fresh or desk.inbox.waiting() != before else None
