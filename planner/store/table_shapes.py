"""The shapes of the tables of facts, for code that writes any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from peewee import AutoField, ForeignKeyField

from planner.core.records import record
from planner.store import tables as t


@record(frozen=True, slots=True)
class Shape:
    """Names, columns and defaults of a table, for writing its rows."""

    name: str
    key: str
    key_place: int
    uid_place: int
    columns: tuple[str, ...]
    aliases: Mapping[str, str]
    """Column by field name or column name."""
    defaults: tuple[Any, ...]
    dates: frozenset[str]
    versioned: bool
    numbered: bool
    """Whether the key (then the first column) is a number that the database assigns."""

    @property
    def insert(self) -> str:
        """The statement that inserts a row, with a placeholder for each column."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        return f'INSERT INTO "{self.name}" ({names}) VALUES ({", ".join("?" * len(self.columns))})'


def shape_of(table: Any) -> Shape:
    """The shape of a table."""
    return _shape_of(table)


# Apart from `shape_of`, since for mypy a table of Peewee cannot be the key of a cache.
@cache
def _shape_of(table: Any) -> Shape:
    meta = table._meta
    fields = meta.sorted_fields
    columns = tuple(field.column_name for field in fields)
    key = str(meta.primary_key.column_name)
    return Shape(
        name=meta.table_name,
        key=key,
        key_place=columns.index(key),
        uid_place=columns.index("uid"),
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


def filler(shape: Shape, names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], list[Any]]:
    """A function that turns a row with these names into values in the order of the columns."""
    source = {shape.aliases[name]: name for name in names}
    blank = dict(zip(shape.columns, shape.defaults, strict=True))
    dates = [place for place, column in enumerate(shape.columns) if column in source and column in shape.dates]
    get = itemgetter(*(source.get(column, column) for column in shape.columns))

    def fill(row: Mapping[str, Any]) -> list[Any]:
        values = list(get({**blank, **row}))
        for place in dates:
            values[place] = stored(values[place])
        return values

    return fill


def words(table: type[t.Table]) -> str:
    """The name of a table in words: "follow up", "contact"."""
    return str(table._meta.table_name).replace("_", " ")
