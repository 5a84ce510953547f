"""Writes the traces of a run, as one step for undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
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

AT_ONCE = 400
"""The traces written in one transaction. More are written in parts, so that other sessions hardly wait."""
MOST_PARTS = 16
"""The most parts for one person: each part judges everything known about them again."""
PEOPLE_AT_ONCE = 25
"""The most people whose interactions are settled in one part."""
AT_A_KEY = 100
"""The traces in one transaction while somebody is pressing keys, so that they notice nothing."""
NOTHING = "Nothing new was seen"
_Result = tuple[list[SeenInteraction], int]
"""The interactions that were made or changed, and the number deleted."""
_Part = Mapping[int, Sequence[Trace]]
"""The new traces of people, by person."""
_WORDS = ((Outcome.REACHED, "in touch"), (Outcome.ATTEMPT, "without an answer"), (Outcome.PLANNED, "planned"))


class Stopped(Exception):
    """The run was cancelled during a write, which is taken back."""


class EvidenceWriting:
    """Writes the traces of a run and settles the interactions of the people concerned, in one step for undo.

    Between two parts `give_way` is called; when `cancelled()` returns True everything is taken back and `Stopped` is
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
            # A run that changes no interaction is no step: its undo would take back something that nobody sees.
            written = self._context.store.write("watch", _words, self._all, today=self._today, journal=_is_step)
            (self.seen, _), self.said, self.step = written.value, written.said, written.step
            return
        found: dict[int, SeenInteraction] = {}
        gone: set[int] = set()
        with self._context.store.long_write("watch", self.said, self._today) as step:
            people, fresh = step.write(self._prepare)
            for part in self._parts(people, fresh):
                self._between_parts()
                seen, deleted = step.write(partial(self._settle, part=part))
                # A later part may change, or delete again, what an earlier one made.
                gone |= {key for key in deleted if found.pop(key, None) is None}
                found |= {one.id: one for one in seen}
            self.seen = list(found.values())
            self.said = step.summary = _words((self.seen, len(gone)))
        self.step = step.step

    def _parts(self, people: Sequence[int], fresh: _Part) -> Iterator[_Part]:
        """The people in parts, each with the traces of one write at most; one with more is in several parts."""
        part: dict[int, Sequence[Trace]] = {}
        size = 0
        for one in people:
            traces = sorted(fresh.get(one, ()), key=attrgetter("at"))
            least = max(self._at_once, -(-len(traces) // MOST_PARTS))
            for start in range(0, max(len(traces), 1), least):
                some = traces[start : start + least]
                more = len(some) + self._at_once // PEOPLE_AT_ONCE
                if part and (size + more > self._at_once or one in part):
                    yield part
                    part, size = {}, 0
                part[one] = some
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
        seen, deleted = self._settle(writer, part={one: fresh.get(one, ()) for one in people})
        return seen, len(deleted)

    def _prepare(self, writer: Writer) -> tuple[list[int], _Part]:
        """Store the traces without a contact; return the people concerned, and the new traces of each."""
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

    def _settle(self, writer: Writer, *, part: _Part) -> tuple[list[SeenInteraction], set[int]]:
        """Settle the people of a part; return the interactions made or changed, and the ids of deleted ones."""
        seen = settling.settle_people(writer, part.keys(), part, self._today, self._now)
        gone = {int(one.key) for one in writer.changes if one.table is t.InteractionTable and one.before is not None}
        return seen, gone - {one.id for one in seen}


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
