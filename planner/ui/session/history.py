"""Undo and redo with keys. A big step, or one of another session, is only undone at the second press."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from planner.commands.command import APP
from planner.errors import PlannerError
from planner.ui.keymap import words_with_keys
from planner.ui.port import AppPort

if TYPE_CHECKING:
    from planner.desk import Desk, Done

HELD_KEY_SECONDS = 0.3
"""Two presses closer together than this come from a key that is held."""
Told = Callable[[int], None]
"""Called with a step of the history that was undone or redone."""


class History:
    """Undoes and redoes the changes of the planner, one step at a time."""

    def __init__(self, app: AppPort, undone: Told, redone: Told) -> None:
        """`undone` and `redone` are called with the number of the step that was undone or redone."""
        self._app, self._undone, self._redone = app, undone, redone
        self._asked = (0, 0.0)
        """The step that undo last asked about, and when."""

    def undo(self) -> None:
        """Undo the last change; a big one, or one of another session, only at the second press."""
        self._app.run_worker(self._undo_when_agreed, exclusive=True, group="history")

    def undo_at_once(self) -> None:
        """Undo the last change, which was requested by name."""
        self._turn(lambda desk: desk.keeping.undo(), self._undone)

    def redo(self) -> None:
        """Redo the last undone change."""
        self._turn(lambda desk: desk.keeping.redo(), self._redone)

    async def _undo_when_agreed(self) -> None:
        try:
            last = await self._app.gateway.call(lambda desk: desk.keeping.last_step())
        except PlannerError as problem:
            self._app.say(str(problem), tone="due")
            return
        if last is not None and (last.many or not last.own):
            # A key that is held repeats at once: that is no confirmation.
            now, (asked, since) = monotonic(), self._asked
            self._asked = (last.id, now)
            if asked != last.id or now - since < HELD_KEY_SECONDS:
                whose = "That takes back much" if last.own else "From another session or an earlier one"
                again = words_with_keys("{undo} again takes it back", APP, self._app.keys)
                self._app.say(f"{whose}; {again}: {last.summary}", tone="due")
                return
        self.undo_at_once()

    def _turn(self, work: Callable[[Desk], Done], tell: Told) -> None:
        async def run() -> None:
            try:
                done = await self._app.perform(work)
            except PlannerError as problem:
                self._app.say(str(problem), tone="due")
                return
            if done.step is not None:
                tell(done.step)
            self._app.say(done.said, tone="done")

        self._app.run_worker(run, exclusive=True, group="history")
