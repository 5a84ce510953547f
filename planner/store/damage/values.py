"""Values that no planner wrote: texts that are not UTF-8, impossible dates, values of the wrong type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from peewee import BlobField, BooleanField, FloatField, ForeignKeyField, IntegerField, SmallIntegerField

from planner.store import sqlite
from planner.store import tables as t
from planner.store.connection import ask
from planner.store.table_shapes import tables_by_name

if TYPE_CHECKING:
    from peewee import Database

    from planner.store.sqlite.values import Kind

NAMED = 20
"""The most bad values named in one column; more would tell nothing new."""


@cache
def columns_of(name: str) -> sqlite.Columns:
    """The columns of a table, given its name in the database."""
    table = t.by_name(name)
    fields = table._meta.sorted_fields
    names = [field.column_name for field in fields]
    return sqlite.Columns(
        table=name,
        keys=tuple(str(field.column_name) for field in table._meta.get_primary_keys()),
        # A text key may be somebody's name or address.
        named_by=next((one for one in ("id", "uid", "contact_id", "item") if one in names), names[0]),
        kinds=tuple((field.column_name, _kind(field), bool(field.null)) for field in fields),
    )


def _kind(field: Any) -> Kind:
    if isinstance(field, t.CivilDateField):
        return "day"
    if isinstance(field, IntegerField | SmallIntegerField | ForeignKeyField | BooleanField):
        return "number"
    return "other" if isinstance(field, BlobField | FloatField) else "text"


def with_rows(database: Database) -> list[type[t.Table]]:
    """The non-derived tables with at least one row: no other can have a wrong value."""
    return [t.by_name(name) for name in t.names(but="derived") if _has_rows(database, name)]


def _has_rows(database: Database, name: str) -> bool:
    try:
        return bool(sqlite.fetch(database, f'SELECT 1 FROM "{name}" LIMIT 1'))
    except Exception:
        # The check of the rows reports the problem.
        return True


def looks_bad(database: Database, tables: Iterable[type[t.Table]] | None = None) -> list[sqlite.Columns]:
    """The tables, of all or of some, with a value that no planner wrote; quick, and names no row."""
    wanted = t.ALL if tables is None else tables
    there = (sqlite.in_file(database, columns_of(str(table._meta.table_name))) for table in wanted)
    return [columns for columns in there if sqlite.looks_unreadable(database, columns)]


def bad_values(database: Database, tables: Iterable[type[t.Table]] | None = None) -> Iterator[str]:
    """The values that no planner wrote, as lines: table, row and column, never the value itself."""
    for columns in looks_bad(database, tables):
        for row, column, wrong in sqlite.unreadable_values(database, columns, NAMED):
            said = f": {column} {wrong}" if column else f" {wrong}"
            yield " ".join(f"{columns.table.replace('_', ' ')} {row}".split()) + said


def history_problems(database: Database) -> Iterator[str]:
    """The parts of the history that undo could not read, as lines; inside a transaction."""
    for (key,) in ask("SELECT id FROM journal WHERE datetime(made_at) IS NULL ORDER BY id"):
        yield f"verb {key} of the history has no moment"
    for name, row, key in ask("SELECT table_name, min(row), min(journal_id) FROM journal_change GROUP BY table_name"):
        table = tables_by_name().get(name)
        if table is None:
            yield f"verb {key} of the history names a table that is not there: {name}"
        elif isinstance(table._meta.primary_key, IntegerField) and not row.replace("..", "").isdecimal():
            yield f"verb {key} of the history names no row"
    for column in ("before", "after"):
        for key in sqlite.without_json(database, "journal_change", column, "journal_id"):
            yield f"verb {key} of the history cannot be undone: a row as it was {column} cannot be read"
