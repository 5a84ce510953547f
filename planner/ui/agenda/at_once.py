"""The week shown at once after a verb or an undo, until the whole week is read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from planner.core.model import Agenda
from planner.errors import PlannerError

if TYPE_CHECKING:
    from planner.desk import Desk, Done


class WeekAtOnce:
    """The first frame after a verb: planning the week of a large network takes longer than a key may.

    It gives no week when everything for today is done, since the page of giving must then be read too.
    """

    def __init__(self) -> None:
        self._after: Agenda | None = None
        """The week after the last stored verb, until it is shown."""
        self._before: tuple[int, Agenda] | None = None
        """(the latest step of the history, the week before it), so that undo can show that week."""
        self._shown: Agenda | None = None
        """The week that was shown at once, until the whole week is read."""

    def looking(
        self, work: Callable[[Desk], Done], week: Agenda | None, people: Sequence[int]
    ) -> Callable[[Desk], Done]:
        """The work of a verb about some people, followed by reading what it changed in the shown week."""

        def work_and_look(desk: Desk) -> Done:
            done = work(desk)
            self.forget()
            if week is not None and people and done.step is not None:
                self._before = done.step, week
                # The verb is stored: if this cannot be read, reading the whole week will say why.
                with suppress(PlannerError):
                    self._after = desk.reading.with_people_anew(week, people)
            return done

        return work_and_look

    def take(self, done: object, here: Agenda | None) -> Agenda | None:
        """The week to show at once after a verb or an undo, while the week `here` is shown; it is given only once."""
        after, self._after = self._after, None
        if after is None and self._before is not None and self._before[0] == getattr(done, "step", None):
            (_, after), self._before = self._before, None
        if after is None or here is None or (after.start, after.today) != (here.start, here.today):
            return None
        self._shown = after if any(one.planned <= after.today for one in after.items) else None
        return self._shown

    def stands(self, read: Agenda, here: Agenda | None) -> bool:
        """Whether a week that was read equals the one that was shown at once and is still on the screen."""
        shown, self._shown = self._shown, None
        return shown is not None and shown is here and shown == read

    def forget(self) -> None:
        """Forget both weeks, because something else was changed."""
        self._after = self._before = None
