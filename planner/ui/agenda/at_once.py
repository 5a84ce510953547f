"""The week that is shown at once after a verb, and after undo, until the whole of it is read anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from planner.core.model import Agenda
from planner.errors import PlannerError

if TYPE_CHECKING:
    from planner.desk import Desk, Done


class WeekAtOnce:
    """What the first frame after a verb shows: the plan of a large network takes longer than a key may.

    Where all is done for today it gives nothing, since what stands there then is read, too.
    """

    def __init__(self) -> None:
        self._after: Agenda | None = None
        """The week after the verb that was stored last, until it is shown."""
        self._before: tuple[int, Agenda] | None = None
        """The latest step of the history, and the week before it: undo brings it back."""
        self._shown: Agenda | None = None
        """The week that was shown at once, until the whole is read."""

    def looking(
        self, work: Callable[[Desk], Done], week: Agenda | None, people: Sequence[int]
    ) -> Callable[[Desk], Done]:
        """The work of a verb about some people, which then looks what it changed in the week that is shown."""

        def work_and_look(desk: Desk) -> Done:
            done = work(desk)
            self.forget()
            if week is not None and people and done.step is not None:
                self._before = done.step, week
                # The verb is stored: where this cannot be read, the whole week is, which says why it cannot.
                with suppress(PlannerError):
                    self._after = desk.reading.with_people_anew(week, people)
            return done

        return work_and_look

    def take(self, done: object, here: Agenda | None) -> Agenda | None:
        """The week to show at once after a verb or after undo, while the week `here` is shown; it is given once."""
        after, self._after = self._after, None
        if after is None and self._before is not None and self._before[0] == getattr(done, "step", None):
            (_, after), self._before = self._before, None
        if after is None or here is None or (after.start, after.today) != (here.start, here.today):
            return None
        self._shown = after if any(one.planned <= after.today for one in after.items) else None
        return self._shown

    def stands(self, read: Agenda, here: Agenda | None) -> bool:
        """Whether a week that was read is the one that was shown at once and is there still."""
        shown, self._shown = self._shown, None
        return shown is not None and shown is here and shown == read

    def forget(self) -> None:
        """Something else was changed: the week before is no longer how it was."""
        self._after = self._before = None
