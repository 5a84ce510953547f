"""Waiting lines that were written elsewhere, and the content of inbox files when they were read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.store import tables as t
from planner.store.connection import ask

if TYPE_CHECKING:
    from planner.core.inbox import InboxText, ReadBefore, WaitingLine
    from planner.store.row_writer import Writer

SHORT = 16
"""The digits kept of the digest of a line: only lines of one file are compared."""


def digest(text: str) -> str:
    """The digest of a name or a line: a file is recognised without storing its text."""
    from hashlib import sha256  # counting the lines that wait, as the agenda does, needs none

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


def read_before(name: str) -> ReadBefore | None:
    """The content of a file when it was last read, by its name; None for a new name."""
    from planner.core.inbox import ReadBefore  # the agenda only counts lines

    for modified, lines in ask("SELECT modified, lines FROM inbox_file WHERE name = ?", (digest(name),)):
        return ReadBefore(modified, tuple(lines.split()))
    return None


def remember_read(text: InboxText) -> None:
    """Store the content of a file, replacing the earlier one; in the caller's transaction, not journaled."""
    ask(
        "INSERT INTO inbox_file (name, modified, lines) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET modified = excluded.modified, lines = excluded.lines",
        (digest(text.name), text.modified, " ".join(map(digest, text.lines))),
    )


def insert_waiting(writer: Writer, text: InboxText, places: Sequence[int], problem: str = "") -> list[int]:
    """Store lines of a file as waiting, and return their ids."""
    rows = [
        {"text": text.lines[place], "on": text.on, "source": text.name, "problem": problem} for place in sorted(places)
    ]
    return writer.insert_many(t.InboxLineTable, rows)


def waiting_lines() -> list[WaitingLine]:
    """The waiting lines, oldest first."""
    from planner.core.inbox import WaitingLine  # the agenda only counts lines

    rows = ask('SELECT id, text, "on", source, problem FROM inbox_line ORDER BY id')
    return [WaitingLine(key, text, date.fromisoformat(on), source, problem) for key, text, on, source, problem in rows]


def count_waiting() -> int:
    """The number of waiting lines."""
    return int(ask("SELECT count(*) FROM inbox_line")[0][0])


def say_problem(writer: Writer, line_id: int, problem: str) -> None:
    """Store why a line waits."""
    writer.update(t.InboxLineTable, line_id, problem=problem)


def delete_waiting(writer: Writer, line_id: int) -> None:
    """Delete a waiting line; undo brings it back."""
    writer.delete(t.InboxLineTable, line_id)
