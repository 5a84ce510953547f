"""Everything in a planner as plain rows, and filling an empty planner from such rows.

A row is a mapping of column names to numbers, texts, truth values and None; dates are ISO texts. Tables come in the
order of `tables.FACTS`, parents before children, and their rows by key: the same facts give the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import groupby, islice, zip_longest
from typing import TYPE_CHECKING, Any

from peewee import BooleanField, ForeignKeyField, IntegerField, IntegrityError, SmallIntegerField

from planner.core.dates.civil import FIRST_YEAR, LAST_YEAR
from planner.core.model import FOREVER
from planner.core.words.counts import people_word
from planner.core.words.folding import clean, fold
from planner.errors import Refused
from planner.store import tables as t
from planner.store.connection import Connection, ask
from planner.store.facts.identity.tombstones import keep_forgotten
from planner.store.long_write import LongWrite
from planner.store.snapshot_checks import check
from planner.store.table_shapes import shape_of, tables_by_name, words
from planner.store.written import Written

if TYPE_CHECKING:
    from planner.store.row_writer import Row, Writer

FORGOTTEN = "forgotten"
ROWS_AT_ONCE = 400
"""Rows in one transaction, so that another session hardly waits."""
LONGEST_TEXT = 200_000
LARGEST_NUMBER = 10**12
FORMER_NAMES = {("snooze", "made_for"): "cadence_key"}
"""The names of columns in files of older planners, by table and present name."""
Rows = Iterable[tuple[str, dict[str, Any]]]
"""Pairs of a table's name and a row."""


def snapshot() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every fact as (table, row), and the digests of forgotten people; in the caller's transaction."""
    for table in t.FACTS:
        yield from rows_of(table)
    for (digest,) in ask("SELECT digest FROM forgotten ORDER BY digest"):
        yield FORGOTTEN, {"digest": digest}


def table_names() -> tuple[str, ...]:
    """The tables in a snapshot, in order."""
    return (*(shape_of(table).name for table in t.FACTS), FORGOTTEN)


def rows_of(
    table: type[t.Table], where: str = "", parameters: tuple[Any, ...] = (), columns: Collection[str] = ()
) -> Iterator[tuple[str, Row]]:
    """The rows of a table that meet a condition, as (table, row), by key; all columns unless some are named."""
    shape = shape_of(table)
    names = [column for column in shape.columns if column in columns or not columns]
    listed = ", ".join(f'"{name}"' for name in names)
    truths = [name for name in names if isinstance(_fields(table)[name], BooleanField)]
    for values in ask(f'SELECT {listed} FROM "{shape.name}" {where} ORDER BY "{shape.key}"', parameters):
        row = dict(zip(names, values, strict=True))
        for column in truths:
            row[column] = None if row[column] is None else bool(row[column])
        yield shape.name, row


def _fields(table: Any) -> dict[str, Any]:
    return {field.column_name: field for field in table._meta.sorted_fields}


# Filling an empty planner


def is_empty() -> bool:
    """Whether every table of facts is empty."""
    return not any(ask(f'SELECT 1 FROM "{shape_of(table).name}" LIMIT 1') for table in t.FACTS)


def holds_exactly(rows: Rows) -> bool:
    """Whether a planner holds exactly these rows; in the caller's transaction."""
    nothing: tuple[str, Row] = ("", {})
    pairs = zip_longest(snapshot(), checked(rows), fillvalue=nothing)
    return all(name == other and _same(row, said) for (name, row), (other, said) in pairs)


def _same(row: Row, said: Row) -> bool:
    """Whether a stored row equals one from a file; files of older planners have no uids."""
    return row | said == row and row.keys() - said.keys() <= {"uid"}


def restore(
    store: Connection,
    rows: Rows,
    today: date,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Written[dict[str, int]] | None:
    """Fill an empty planner, as one step for undo; return the number of rows in each table.

    Raises `Refused` for an impossible row and for rows that do not fit together; then no row stays. No row stays either
    when `cancelled()` returns True; then the result is None.
    """
    counts: dict[str, int] = {}
    digests: list[str] = []
    stream = checked(rows)
    try:
        with LongWrite(store, "import", "Import of a whole planner", today) as step:
            while some := list(islice(stream, ROWS_AT_ONCE)):
                step.write(lambda writer, some=some: _insert(writer, some))  # type: ignore[misc]
                for name, row in some:
                    counts[name] = counts.get(name, 0) + 1
                    if name == FORGOTTEN:
                        digests.append(row["digest"])
                if progress is not None:
                    progress(sum(counts.values()))
                if cancelled is not None and cancelled():
                    step.cancel()
                    return None
            people = counts.get("contact", 0)
            step.summary = f"Import of a whole planner: {people_word(people)}"
    except IntegrityError:
        raise Refused(
            "The file does not fit together: a number stands twice in it or leads nowhere",
            "Nothing was kept; export it again.",
        ) from None
    if digests:
        store.transact(lambda: keep_forgotten(digests))
    return Written(counts, step.summary, step.step)


def counted(rows: Rows) -> dict[str, int]:
    """The number of rows each table would get; raises `Refused` for an impossible row."""
    return dict(Counter(name for name, _ in checked(rows)))


def _insert(writer: Writer, rows: list[tuple[str, Row]]) -> None:
    for name, group in groupby(rows, key=lambda pair: pair[0]):
        if name != FORGOTTEN:
            writer.insert_as_they_are(tables_by_name()[name], [row for _, row in group])


# Checking rows


def checked(rows: Rows) -> Iterator[tuple[str, Row]]:
    """The rows, with every value of the right type and free of control characters; raises `Refused` at the first
    impossible one. Missing columns get their defaults, unknown ones are ignored.
    """
    tables = tables_by_name()
    number = 0
    for name, row in rows:
        number += 1
        if name == FORGOTTEN:
            yield name, {"digest": _digest(row.get("digest"), number)}
            continue
        table = tables.get(name)
        if table is None:
            raise Refused(f"The file has rows of a kind unknown here: {clean(name)[:40]}", "Update the planner.")
        yield name, _row(table, row, number)


def _row(table: type[t.Table], given: dict[str, Any], number: int) -> Row:
    shape = shape_of(table)
    row: Row = {}
    for (column, field), default in zip(_fields(table).items(), shape.defaults, strict=True):
        if column == "uid" and column not in given:
            # A file of an older planner: the row gets one when it is written.
            continue
        value = given.get(column, given.get(FORMER_NAMES.get((shape.name, column), ""), default))
        wrong = problem_of_value(field, value)
        if wrong:
            raise _wrong(table, number, f"{column} {wrong}")
        row[column] = clean(value) if isinstance(value, str) else value
    if "folded" in row:
        # The folded name is always computed from the name, whatever the file says.
        row["folded"] = fold(row["name"])
    try:
        wrong = check(shape.name, row)
    except Refused as refusal:
        wrong = refusal.message
    if wrong:
        raise _wrong(table, number, wrong)
    return row


def _wrong(table: type[t.Table], number: int, what: str) -> Refused:
    return Refused(f"Row {number} of the file, a {words(table)}, cannot be: {what}", "Nothing was kept.")


def problem_of_value(field: Any, value: Any) -> str:
    """Why a value is impossible in a column; empty when it is possible."""
    if value is None:
        return "" if field.null else "is missing"
    if isinstance(field, BooleanField):
        return "" if isinstance(value, bool) else "is neither true nor false"
    is_key = isinstance(field, ForeignKeyField) or (field.primary_key and isinstance(field, IntegerField))
    if is_key or isinstance(field, IntegerField | SmallIntegerField):
        if isinstance(value, bool) or not isinstance(value, int):
            return "is not a whole number"
        return "" if (1 if is_key else 0) <= value <= LARGEST_NUMBER else "is out of range"
    if not isinstance(value, str):
        return "is not a text"
    if isinstance(field, t.CivilDateField):
        return "" if _is_day(value) else "is not a date"
    return "" if len(value) <= LONGEST_TEXT else "is too long"


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and (FIRST_YEAR <= day.year <= LAST_YEAR or day == FOREVER)


def _digest(value: Any, number: int) -> str:
    if isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef"):
        return value
    raise Refused(f"Row {number} of the file is not the digest of someone forgotten", "Nothing was kept.")
