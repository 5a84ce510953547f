"""The inbox: lines written elsewhere are captured where they are clear, and wait for a person where they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from planner.core.dates.shown import exact_date
from planner.core.inbox import InboxText, ReadBefore, WaitingLine, unread
from planner.core.words.counts import counted
from planner.desk.capture import Capturing
from planner.desk.done import Done
from planner.desk.shared.checks import briefly
from planner.desk.shared.context import Context, Said
from planner.errors import PlannerError, Refused
from planner.store.facts import inbox

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SEEN = "a line like this was read before"
"""Why a line waits that may have been taken already."""


class Inbox:
    """The verbs of the inbox. A line is read as on the day it was written: its "friday" is the Friday after that."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def waiting(self) -> list[WaitingLine]:
        """The lines that wait, in the order they came."""
        with self._context.store.read():
            return inbox.waiting_lines()

    def keep(self, text: InboxText) -> list[int]:
        """Keep the lines of a file that were not read before, and that it was read; gives the ids of the new lines.

        Nothing is captured yet, and it is no step of the history: undo does not lose a line. Lines that may have been
        read before wait and are not among the ids.
        """

        digests = tuple(inbox.digest(line) for line in text.lines)
        with self._context.store.read():
            if inbox.read_before(text.name) == ReadBefore(text.modified, digests):
                return []

        def work(writer: Writer) -> list[int]:
            found = unread(digests, text.modified, inbox.read_before(text.name))
            inbox.remember_read(text)
            written = replace(text, on=min(text.on, self._context.today))
            inbox.insert_waiting(writer, written, found.doubtful, SEEN)
            return inbox.insert_waiting(writer, written, found.new)

        written = self._context.store.write("inbox", "", work, today=self._context.today, journal=False)
        return written.value

    def take(self, line_ids: Sequence[int]) -> Done:
        """Capture those of some waiting lines that are clear, as one step; the others wait, each with its reason.

        Gives the ids of the contacts. Where no line is clear, nothing is a step.
        """
        lines = [one for one in self.waiting() if one.id in frozenset(line_ids)]
        unclear = self._unclear(lines)
        while True:
            clear = [one for one in lines if one.id not in unclear]
            try:
                done = self._context.write("inbox", partial(self._capture, clear))
                break
            except _UnclearError as met:
                # The whole transaction is rolled back: it is tried again without the line that was refused.
                unclear[met.line_id] = met.reason
        if unclear:
            self._context.store.write(
                "inbox", "", lambda writer: _say_problems(writer, unclear), today=self._context.today, journal=False
            )
        return done

    def tried(self, texts: Sequence[InboxText]) -> tuple[Done, list[WaitingLine]]:
        """What taking in these files would do, and which lines would wait then; on a private copy, nothing is kept."""
        with self._context.tried(dry_run=True) as copy:
            other = Inbox(copy)
            done = other.take([key for text in texts for key in other.keep(text)])
            return Done(done.said, done.ids), other.waiting()

    def settle(self, line_id: int, text: str, *, add: bool = False) -> Done:
        """Capture a text in the place of a line that waits; refused as `Capturing.take` refuses.

        The text is read as on the day the line was written. With `add` names nobody has are added.
        """
        line = self._line(line_id)

        def work(writer: Writer) -> Said:
            said = self._on(line.on).written(writer, text, add=add)
            inbox.delete_waiting(writer, line_id)
            return said

        return self._context.write("capture", work)

    def drop(self, line_ids: Sequence[int]) -> Done:
        """Throw lines away that wait; undo brings them back."""
        lines = [self._line(key) for key in line_ids]

        def work(writer: Writer) -> Said:
            for line in lines:
                inbox.delete_waiting(writer, line.id)
            return f"Threw away {', '.join(f'“{briefly(one.text)}”' for one in lines)}", line_ids

        return self._context.write("inbox", work)

    def _unclear(self, lines: list[WaitingLine]) -> dict[int, str]:
        """Why lines cannot be captured as they are read, by id."""
        found = {}
        with self._context.store.read():
            for line in lines:
                try:
                    self._on(line.on).check(line.text)
                except PlannerError as refusal:
                    found[line.id] = refusal.message
        return found

    def _capture(self, lines: list[WaitingLine], writer: Writer) -> Said:
        said: list[str] = []
        ids: list[int | str] = []
        for line in lines:
            try:
                words, contacts = self._on(line.on).written(writer, line.text)
            except PlannerError as refusal:
                raise _UnclearError(line.id, refusal.message) from refusal
            inbox.delete_waiting(writer, line.id)
            written = f" (written {exact_date(line.on)})" if line.on != self._context.today else ""
            said.append(words + written)
            ids += contacts
        if not said:
            return "", ()
        return f"{counted(len(said), 'line')} of the inbox: {'; '.join(said)}", list(dict.fromkeys(ids))

    def _on(self, day: date) -> Capturing:
        return Capturing(Context(self._context.store, self._context.config, lambda: day))

    def _line(self, line_id: int) -> WaitingLine:
        for line in self.waiting():
            if line.id == line_id:
                return line
        raise Refused(f"No line {line_id} waits in the inbox", "See “planner inbox list”")


class _UnclearError(PlannerError):
    """A line that could not be captured, and why."""

    def __init__(self, line_id: int, reason: str) -> None:
        super().__init__(reason)
        self.line_id = line_id
        self.reason = reason


def _say_problems(writer: Writer, unclear: dict[int, str]) -> None:
    for line_id, reason in unclear.items():
        inbox.say_problem(writer, line_id, reason)
