"""The journal: every verb with the rows it wrote, for undo and redo, even after a restart.

Undo replays the steps of a verb backwards: each intermediate state is one that the database has been in. What a big
verb inserted goes table by table instead, and constraints are checked at the end. Rows after a step are stored on undo.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby, islice
from typing import Any, NamedTuple, TypeVar

from planner.core import records
from planner.errors import Busy, DiskFull, Refused
from planner.store import sqlite
from planner.store import tables as t
from planner.store.connection import Connection, ask, ask_about, insert_numbered, insert_rows
from planner.store.derived import settle
from planner.store.long_write_lock import RunningLock
from planner.store.row_writer import Key, Row, RowChange, Writer
from planner.store.table_shapes import shape_of, tables_by_name
from planner.store.written import Written

Result = TypeVar("Result")

KEPT = 500
"""The number of verbs that stay in the journal."""
MANY_ROWS = 50
"""A verb that wrote more rows is a big step for undo; an import is one at any size."""
ROWS_AT_ONCE = 250
"""Single-row steps that undo takes together, and that giving up a long verb takes back per transaction."""
AS_LONG_AS_ONE = 8
"""Rows of a run that are taken back in the time of a step of one row: about those of a chunk per transaction.

With fewer, people would be derived again after each of their rows that goes, and in the end go themselves.
"""
STEPS_AT_ONCE = 50
"""The steps read together, each of which may hold many rows."""
RUN = ".."
"""Stands between the first and the last number of rows inserted one after the other."""
LIST = "["
"""Begins the JSON list of the text keys of rows inserted together; a key itself begins with the name of a source."""


@records.record(frozen=True, slots=True)
class HistoryEntry:
    """One verb in the history; `state` is "done", "undone" or "running", `made_at` an instant in UTC."""

    id: int
    verb: str
    summary: str
    made_at: str
    state: str


@records.record(frozen=True, slots=True)
class LastStep:
    """The verb that undo would take back: whether this session ran it, and whether it is a big step."""

    id: int
    summary: str
    own: bool
    many: bool


class _Step(NamedTuple):
    id: int
    table: type[t.Table]
    keys: Sequence[Key]
    before: Row | None
    after: str | None
    """The rows after the step as JSON text; see `images_in`."""

    @property
    def is_run(self) -> bool:
        return len(self.keys) > 1

    @property
    def is_one_insert(self) -> bool:
        return self.before is None and not self.is_run


# Recording


def record(store: Connection, verb: str, summary: str, changes: Sequence[RowChange], today: date) -> int:
    """Write a verb and its steps into the journal, in the caller's transaction; return the id of the verb.

    Undone verbs cannot be redone afterwards.
    """
    entry = open_entry(store, verb, summary, today, "done")
    add_steps(entry, changes)
    return entry


def open_entry(store: Connection, verb: str, summary: str, today: date, state: str) -> int:
    ask("DELETE FROM journal WHERE state = 'undone'")
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    columns = ("verb", "summary", "made_at", "made_on", "state", "session")
    row = (verb, summary, made_at, today.isoformat(), state, store.session)
    (entry,) = insert_numbered("journal", columns, [row])
    ask("DELETE FROM journal WHERE id <= ? AND state = 'done'", (entry - KEPT,))
    return entry


def add_steps(entry: int, changes: Sequence[RowChange]) -> None:
    insert_rows(
        "journal_change",
        ("journal_id", "table_name", "row", "before"),
        [
            (
                entry,
                shape_of(one.table).name,
                row_text(one.run or (one.key,)),
                None if one.before is None else to_text(one.before),
            )
            for one in changes
        ],
    )


def row_text(keys: Sequence[Key]) -> str:
    """The keys of one row, or of rows inserted together, as the journal holds them; numbers are consecutive."""
    first, last = keys[0], keys[-1]
    if len(keys) == 1:
        return str(first)
    return f"{first}{RUN}{last}" if isinstance(first, int) else to_text(keys)


def keys_in(table_name: str, row: str) -> Sequence[Key]:
    """The keys in a text of the journal; see `row_text`."""
    if shape_of(tables_by_name()[table_name]).numbered:
        first, _, last = row.partition(RUN)
        return range(int(first), int(last or first) + 1)
    keys: list[Key] = json.loads(row) if row.startswith(LIST) else [row]
    return keys


def to_text(image: Any) -> str:
    """One row, or several, as JSON text for the journal."""
    return json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def images_in(text: str | None) -> list[Row]:
    """The rows in a text of the journal: one, several, or the values of several under the names of their columns."""
    found = json.loads(text) if text else []
    if isinstance(found, list):
        return found
    if "columns" in found:
        return [dict(zip(found["columns"], values, strict=True)) for values in found["rows"]]
    return [found]


def _steps(entry: int, *, backwards: bool) -> Iterator[_Step]:
    """The steps of a verb, read a few at a time: those of 30,000 people at once took 200 MiB."""
    bound, order = ("id < ?", "DESC") if backwards else ("id > ?", "ASC")
    query = f"""SELECT id, table_name, row, before, after FROM journal_change
        WHERE journal_id = ? AND {bound} ORDER BY id {order} LIMIT {STEPS_AT_ONCE}"""
    last = sys.maxsize if backwards else 0
    while rows := ask(query, (entry, last)):
        yield from (_step(*row) for row in rows)
        last = rows[-1][0]


def _together(steps: Iterable[_Step]) -> Iterator[list[_Step]]:
    """Steps grouped for undo: consecutive inserts into one table together, any other step alone."""
    for (_, inserted), some in groupby(steps, key=lambda step: (step.table, step.is_one_insert)):
        while found := list(islice(some, ROWS_AT_ONCE if inserted else 1)):
            yield found


def _step(key: int, table_name: str, row: str, before: str | None, after: str | None) -> _Step:
    image = None if before is None else json.loads(before)
    return _Step(key, tables_by_name()[table_name], keys_in(table_name, row), image, after)


# Undo, redo, history


def undo(store: Connection) -> Written[None]:
    """Take back the latest verb; return its sentence and its id.

    Raises `Refused` when there is nothing to undo or a long verb is being written.
    """
    recover(store)
    last = last_step(store)
    turn = partial(_turn, store, "done", "DESC", "Nothing to undo")
    if last is not None and last.many:
        # What refers to so many rows is asked once for all, not for each. If anything does, SQLite follows it up.
        with suppress(sqlite.Dangling), sqlite.without_foreign_keys(store.database):
            return turn(partial(_take_back, in_order=False), enforced=False)
    return turn(partial(_take_back, in_order=True), enforced=True)


def last_step(store: Connection) -> LastStep | None:
    """The verb that `undo` would take back, or None."""
    with store.read():
        query = "SELECT id, verb, summary, session FROM journal WHERE state = 'done' ORDER BY id DESC LIMIT 1"
        found = ask(query)
        if not found:
            return None
        ((entry, verb, summary, session),) = found
        rows = ask("SELECT table_name, row FROM journal_change WHERE journal_id = ? LIMIT ?", (entry, MANY_ROWS + 1))
    count = sum(len(keys_in(*row)) for row in rows)
    return LastStep(int(entry), str(summary), session == store.session, verb == "import" or count > MANY_ROWS)


def redo(store: Connection) -> Written[None]:
    """Run the last undone verb again; return its sentence and its id. Raises `Refused` when there is none."""
    recover(store)
    return _turn(store, "undone", "ASC", "Nothing to redo", _do_again, enforced=True)


def _turn(
    store: Connection,
    state: str,
    order: str,
    nothing: str,
    turn: Callable[[Connection, int, Writer], sqlite.Unchecked],
    *,
    enforced: bool,
) -> Written[None]:
    """Undo or redo a verb; unless foreign keys are `enforced`, raises `Dangling` where they would be broken."""

    def once() -> Written[None]:
        if ask("SELECT 1 FROM journal WHERE state = 'running'"):
            raise Refused("An import, or the reading of what is watched, still goes on", "Wait for it, or cancel it.")
        query = f"SELECT id, summary FROM journal WHERE state = ? ORDER BY id {order} LIMIT 1"
        found = ask(query, (state,))
        if not found:
            raise Refused(nothing)
        ((entry, summary),) = found
        writer = Writer()
        rows = turn(store, entry, writer)
        if not enforced:
            # What is derived of a person goes along without a step of its own.
            rows.delete_along(store.database, tables_by_name().keys())
        settle(store, writer)
        if not enforced:
            rows.check(store.database)
        ask("UPDATE journal SET state = ? WHERE id = ?", ("undone" if state == "done" else "done", entry))
        return Written(None, str(summary), int(entry))

    return store.transact(once)


def _take_back(store: Connection, entry: int, writer: Writer, *, in_order: bool) -> sqlite.Unchecked:
    """Take back the steps of a verb; unless `in_order`, the inserted rows of each table together, people first."""
    newest, rows = 0, sqlite.Unchecked()
    inserted: dict[type[t.Table], list[Sequence[Key]]] = defaultdict(list)

    def take_out() -> int:
        people_first = sorted(inserted, key=lambda table: table is not t.ContactTable)
        return max([writer.take_out(table, inserted.pop(table)) for table in people_first], default=0)

    for steps in _together(_steps(entry, backwards=True)):
        step = steps[0]
        _keep_as_they_are(steps)
        if step.before is None:
            for one in steps:
                inserted[step.table].append(one.keys)
                rows.deleted(shape_of(step.table).name, one.keys)
            newest = max(newest, take_out() if in_order else 0)
        else:
            (key,) = step.keys
            # A row that comes back may have what is unique of one that goes.
            newest = max(newest, take_out())
            rows.written(shape_of(step.table).name, key)
            newest = max(newest, (writer.put_back(step.table, key, step.before) or {}).get("version", 0))
    newest = max(newest, take_out())
    # A version is never used twice: a form opened before the undo must not pass for a current one.
    if newest > int(store.notes().get("version_floor", 0)):
        store.note("version_floor", str(newest))
    return rows


def _keep_as_they_are(steps: Sequence[_Step]) -> None:
    """Store the rows of a run, or of steps in one table, for redo: SQL copies them, so none is read here."""
    step, shape = steps[0], shape_of(steps[0].table)
    if not step.is_run:
        rows, those = sqlite.as_json(shape.columns), "= journal_change.row"
    elif shape.numbered:
        rows, those = sqlite.all_as_json(shape.columns), f"BETWEEN {step.keys[0]} AND {step.keys[-1]}"
    else:
        rows, those = sqlite.all_as_json(shape.columns), f"IN {sqlite.listed_in('journal_change.row')}"
    after = f'SELECT {rows} FROM "{shape.name}" WHERE "{shape.key}" {those}'
    ask_about(f"UPDATE journal_change SET after = ({after}) WHERE id IN ({{keys}})", [one.id for one in steps])


def _do_again(store: Connection, entry: int, writer: Writer) -> sqlite.Unchecked:
    for steps in _together(_steps(entry, backwards=False)):
        step = steps[0]
        if step.is_run:
            found = json.loads(step.after or "[]")
            if isinstance(found, dict) and found["columns"] == list(shape_of(step.table).columns):
                writer.put_back_values(step.table, found["columns"], found["rows"])
            else:
                writer.put_back_run(step.table, images_in(step.after))
        elif len(steps) > 1 and not writer.rows(step.table, [key for one in steps for key in one.keys]):
            writer.put_back_run(step.table, [image for one in steps for image in images_in(one.after)])
        else:
            for one in steps:
                writer.put_back(one.table, one.keys[0], next(iter(images_in(one.after)), None))
    ask("UPDATE journal_change SET after = NULL WHERE journal_id = ?", (entry,))
    return sqlite.Unchecked()


def history(store: Connection, limit: int = 100) -> list[HistoryEntry]:
    """The latest verbs, newest first."""
    with store.read():
        rows = ask("SELECT id, verb, summary, made_at, state FROM journal ORDER BY id DESC LIMIT ?", (limit,))
    return [HistoryEntry(*row) for row in rows]


def in_force(store: Connection, steps: Collection[int]) -> frozenset[int]:
    """The verbs among these ids that are not undone."""
    with store.read():
        rows = ask_about("SELECT id FROM journal WHERE state = 'done' AND id IN ({keys})", steps)
    return frozenset(int(key) for (key,) in rows)


# Unfinished verbs


def recover(store: Connection) -> int:
    """Take back the long verbs of sessions that died; return how many."""
    with store.read():
        query = "SELECT id FROM journal WHERE state = 'running' ORDER BY id DESC"
        running = [row[0] for row in ask(query)]
    if not running:
        return 0
    lock = RunningLock(store.path)
    try:
        if not store.is_copy:
            lock.acquire()
    except Busy:
        return 0
    try:
        for entry in running:
            roll_back(store, entry)
    finally:
        lock.release()
    return len(running)


def roll_back(store: Connection, entry: int) -> None:
    """Take back an unfinished long verb, a few rows at a time, and delete its entry.

    If the session is killed meanwhile, the next one that opens the database continues.
    """
    rows, more = ROWS_AT_ONCE * AS_LONG_AS_ONE, True
    while more:
        try:
            more = store.transact(partial(_roll_back_some, store, entry, rows))
        except DiskFull:
            # The rows being taken back may have filled the disk: fewer at once need less room.
            if rows == 1:
                raise
            rows = max(1, rows // 8)


def _roll_back_some(store: Connection, entry: int, rows: int) -> bool:
    writer = Writer()
    left = rows
    for step in _steps(entry, backwards=True):
        if left <= 0:
            break
        going, staying = step.keys[-left:], step.keys[:-left]
        if step.is_run:
            writer.take_out(step.table, [going])
        else:
            writer.put_back(step.table, step.keys[0], step.before)
        _forget_later(entry, step, going)
        left -= len(going) if step.is_run else AS_LONG_AS_ONE
        if staying:
            ask("UPDATE journal_change SET row = ? WHERE id = ?", (row_text(staying), step.id))
        else:
            ask("DELETE FROM journal_change WHERE id = ?", (step.id,))
    settle(store, writer)
    if ask("SELECT 1 FROM journal_change WHERE journal_id = ? LIMIT 1", (entry,)):
        return True
    ask("DELETE FROM journal WHERE id = ?", (entry,))
    return False


def _forget_later(entry: int, step: _Step, keys: Sequence[Key]) -> None:
    # A verb run meanwhile may have changed these rows: undoing it must not bring them back.
    if not ask("SELECT 1 FROM journal WHERE id > ? LIMIT 1", (entry,)):
        return
    for key in keys:
        ask(
            "DELETE FROM journal_change WHERE journal_id > ? AND table_name = ? AND row = ?",
            (entry, shape_of(step.table).name, str(key)),
        )
