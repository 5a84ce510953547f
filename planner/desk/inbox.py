"""The inbox: lines written elsewhere are captured if they are clear, and otherwise wait for a person."""

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
"""Why a line waits that may have been captured already."""


class Inbox:
    """The verbs of the inbox. A line is read as on the day it was written: its "friday" is the Friday after that."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def waiting(self) -> list[WaitingLine]:
        """The waiting lines, oldest first."""
        with self._context.store.read():
            return inbox.waiting_lines()

    def keep(self, text: InboxText) -> list[int]:
        """Store the lines of a file that were not read before, and that it was read; return the ids of the new lines.

        Nothing is captured yet, and it is no step in the history: undo loses no line. Lines that may have been read
        before wait and are not among the ids.
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
        """Capture the clear lines among some waiting ones, as one step; the others wait, each with its reason.

        The result has the ids of the contacts. If no line is clear, there is no step.
        """
        lines = [one for one in self.waiting() if one.id in frozenset(line_ids)]
        unclear = self._unclear(lines)
        while True:
            clear = [one for one in lines if one.id not in unclear]
            try:
                done = self._context.write("inbox", partial(self._capture, clear))
                break
            except _UnclearError as met:
                # The whole transaction is rolled back, and tried again without the refused line.
                unclear[met.line_id] = met.reason
        if unclear:
            self._context.store.write(
                "inbox", "", lambda writer: _say_problems(writer, unclear), today=self._context.today, journal=False
            )
        return done

    def tried(self, texts: Sequence[InboxText]) -> tuple[Done, list[WaitingLine]]:
        """(the result of taking in these files, the lines that would wait); on a private copy that is discarded."""
        with self._context.tried(dry_run=True) as copy:
            other = Inbox(copy)
            done = other.take([key for text in texts for key in other.keep(text)])
            return Done(done.said, done.ids), other.waiting()

    def settle(self, line_id: int, text: str, *, add: bool = False) -> Done:
        """Capture a text in place of a waiting line; refused like `Capturing.take`.

        The text is read as on the day the line was written. With `add` unknown names are added.
        """
        line = self._line(line_id)

        def work(writer: Writer) -> Said:
            said = self._on(line.on).written(writer, text, add=add)
            inbox.delete_waiting(writer, line_id)
            return said

        return self._context.write("capture", work)

    def drop(self, line_ids: Sequence[int]) -> Done:
        """Discard waiting lines; undo brings them back."""
        lines = [self._line(key) for key in line_ids]

        def work(writer: Writer) -> Said:
            for line in lines:
                inbox.delete_waiting(writer, line.id)
            return f"Threw away {', '.join(f'“{briefly(one.text)}”' for one in lines)}", line_ids

        return self._context.write("inbox", work)

    def _unclear(self, lines: list[WaitingLine]) -> dict[int, str]:
        """Why lines cannot be captured as they are, by id."""
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
