"""Writes what a run saw, as one step for undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from planner.core.evidence.traces import Gathering, Trace
from planner.core.model import Outcome
from planner.core.words.counts import counted, people_word
from planner.desk.shared.context import Context
from planner.store import tables as t
from planner.store.evidence import handles, settling
from planner.store.evidence.settling import SeenInteraction

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

AT_ONCE = 2_000
"""Traces that are written in one transaction. More are written in parts, so that other sessions hardly wait."""
PEOPLE_AT_ONCE = 25
"""People whose interactions are settled in one part, at most."""
AT_A_KEY = 100
"""The same number of traces where somebody presses keys meanwhile, who is not to feel it."""
NOTHING = "Nothing new was seen"
_Result = tuple[list[SeenInteraction], int]
"""The interactions that were made or changed, and how many were deleted."""
_WORDS = ((Outcome.REACHED, "in touch"), (Outcome.ATTEMPT, "without an answer"), (Outcome.PLANNED, "planned"))


class Stopped(Exception):
    """The run was cancelled while it was written: what was written is taken back."""


class EvidenceWriting:
    """Writes the traces of a run and settles the interactions of the people concerned, in one step for undo.

    Between two parts `give_way` is called, and when `cancelled()` gives True everything is taken back and `Stopped`
    raised.
    """

    def __init__(
        self,
        context: Context,
        traces: Sequence[Trace],
        found: Gathering,
        now: int,
        give_way: Callable[[], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._context = context
        self._give_way = give_way
        self._cancelled = cancelled
        self._at_once = AT_ONCE if give_way is None else AT_A_KEY
        self._traces = traces
        self._found = found
        self._now = now
        self._today = context.today
        self.seen: list[SeenInteraction] = []
        self.said = NOTHING
        self.step: int | None = None

    def write(self) -> None:
        if len(self._traces) <= self._at_once:
            # A run that changes no interaction is no step: undo would take back something that nobody sees.
            written = self._context.store.write("watch", _words, self._all, today=self._today, journal=_is_step)
            (self.seen, _), self.said, self.step = written.value, written.said, written.step
            return
        gone = 0
        with self._context.store.long_write("watch", self.said, self._today) as step:
            people, fresh = step.write(self._prepare)
            for some in self._parts(people, fresh):
                self._between_parts()
                seen, more = step.write(partial(self._settle, some=some, fresh=fresh))
                self.seen, gone = [*self.seen, *seen], gone + more
            self.said = step.summary = _words((self.seen, gone))
        self.step = step.step

    def _parts(self, people: Sequence[int], fresh: Mapping[int, Sequence[Trace]]) -> Iterator[list[int]]:
        """The people in parts: each part has one person, or some who have no more traces than are written at once."""
        part: list[int] = []
        size = 0
        for one in people:
            more = len(fresh.get(one, ())) + self._at_once // PEOPLE_AT_ONCE
            if part and size + more > self._at_once:
                yield part
                part, size = [], 0
            part.append(one)
            size += more
        if part:
            yield part

    def _between_parts(self) -> None:
        if self._give_way is not None:
            self._give_way()
        if self._cancelled is not None and self._cancelled():
            raise Stopped

    def _all(self, writer: Writer) -> _Result:
        people, fresh = self._prepare(writer)
        return self._settle(writer, some=people, fresh=fresh)

    def _prepare(self, writer: Writer) -> tuple[list[int], Mapping[int, Sequence[Trace]]]:
        """Write the traces of no contact; gives the people concerned, and the new traces of each."""
        moved = settling.drop_moved_events(writer, self._found.events_seen, self._traces)
        new, changed = settling.sort_new(writer, self._traces)
        concerned = settling.contacts_concerned(new)
        settling.write_shared(writer, new, self._today)
        handles.ask_whose(writer, [(key, *found) for key, found in self._found.shared.items()])
        fresh: dict[int, list[Trace]] = defaultdict(list)
        for one in new:
            if one.contact is not None:
                fresh[one.contact].append(one)
        return sorted(concerned | moved | changed | settling.contacts_unsettled(self._today)), fresh

    def _settle(self, writer: Writer, *, some: Sequence[int], fresh: Mapping[int, Sequence[Trace]]) -> _Result:
        seen = settling.settle_people(writer, some, fresh, self._today, self._now)
        gone = [one.key for one in writer.changes if one.table is t.InteractionTable and one.before is not None]
        return seen, len(set(gone) - {one.id for one in seen})


def _is_step(result: _Result) -> bool:
    seen, gone = result
    return bool(seen or gone)


def _words(result: _Result) -> str:
    seen, gone = result
    parts = [
        f"{sum(one.outcome is outcome for one in seen):,} {words}"
        for outcome, words in _WORDS
        if any(one.outcome is outcome for one in seen)
    ]
    waits = sum(one.waits for one in seen)
    parts += [counted(waits, "answer") + " to give"] if waits else []
    parts += [f"{gone:,} counted no more"] if gone else []
    if not seen:
        return f"Seen: {parts[0]}" if parts else NOTHING
    return f"Seen: {people_word(len({one.contact_id for one in seen}))} ({', '.join(parts)})"
