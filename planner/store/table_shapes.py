"""The shapes of the tables of facts, for code that writes any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from peewee import AutoField, ForeignKeyField

from planner.core.records import record
from planner.store import tables as t


@record(frozen=True, slots=True)
class Shape:
    """Names, columns and defaults of a table, for writing its rows."""

    name: str
    key: str
    columns: tuple[str, ...]
    aliases: Mapping[str, str]
    """Column by field name or column name."""
    defaults: tuple[Any, ...]
    dates: frozenset[str]
    versioned: bool
    numbered: bool
    """Whether the key (then the first column) is a number that the database assigns."""


def shape_of(table: Any) -> Shape:
    """The shape of a table."""
    return _shape_of(table)


# Apart from `shape_of`, since for mypy a table of Peewee cannot be the key of a cache.
@cache
def _shape_of(table: Any) -> Shape:
    meta = table._meta
    fields = meta.sorted_fields
    columns = tuple(field.column_name for field in fields)
    return Shape(
        name=meta.table_name,
        key=str(meta.primary_key.column_name),
        columns=columns,
        aliases={name: field.column_name for name, field in meta.combined.items()},
        defaults=tuple(field.default for field in fields),
        dates=frozenset(field.column_name for field in fields if isinstance(field, t.CivilDateField)),
        versioned="version" in meta.columns,
        numbered=isinstance(meta.primary_key, AutoField),
    )


@cache
def tables_by_name() -> dict[str, type[t.Table]]:
    """Every table of facts by its name in the database."""
    return {table._meta.table_name: table for table in t.FACTS}


def children_of(table: Any) -> tuple[tuple[type[t.Table], str, bool], ...]:
    """The tables that refer to a table: (table, column, whether its rows are deleted with the parent)."""
    return _children_of(table)


@cache
def _children_of(table: Any) -> tuple[tuple[type[t.Table], str, bool], ...]:
    return tuple(
        (child, field.column_name, field.on_delete == "CASCADE")
        for child in t.FACTS
        for field in child._meta.sorted_fields
        if isinstance(field, ForeignKeyField) and field.rel_model is table
    )


def stored(value: Any) -> Any:
    """A value as the database holds it."""
    return value.isoformat() if isinstance(value, date) else value


class Insertion(NamedTuple):
    """How to insert rows that name the same columns."""

    columns: tuple[str, ...]
    """The columns that get a value; the others stay empty."""
    values_of: Callable[[Iterable[Mapping[str, Any]]], list[list[Any]]]
    """The values of rows, each in the order of the columns."""


def insertion_of(shape: Shape, names: tuple[str, ...], uids: Iterator[str], *, keyed: bool) -> Insertion:
    """How to insert rows with these names: other columns get their defaults, a row without a uid one of `uids`.

    `keyed` rows were in a table before, perhaps in one of another version: they keep their keys, and names that the
    table does not have are left out. For other rows, the database chooses a numeric key.
    """
    if keyed:
        known = {name: name for name in names if name in shape.columns}
    else:
        known = {shape.aliases[name]: name for name in names}
        if shape.numbered:
            known.pop(shape.key, None)
    defaults = {column: default for column, default in zip(shape.columns, shape.defaults, strict=True)
                if default is not None and column not in known}  # fmt: skip
    columns = (*known, *defaults, *(() if "uid" in known else ("uid",)))
    constants, uid = list(defaults.values()), columns.index("uid")
    dates = [place for place, column in enumerate(known) if column in shape.dates]
    get: Callable[[Mapping[str, Any]], Sequence[Any]] = itemgetter(*known.values())
    if len(known) == 1:
        (only,) = known.values()
        get = lambda row: (row[only],)  # noqa: E731

    def values_of(rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
        if "uid" in known:
            values = [[*given, *constants] for given in map(get, rows)]
            for row in values:
                row[uid] = row[uid] or next(uids)
        else:
            values = [[*given, *constants, one] for given, one in zip(map(get, rows), uids, strict=False)]
        for place in dates:
            for row in values:
                if isinstance(row[place], date):
                    row[place] = row[place].isoformat()
        return values

    return Insertion(columns, values_of)


def words(table: type[t.Table]) -> str:
    """The name of a table in words: "follow up", "contact"."""
    return str(table._meta.table_name).replace("_", " ")
