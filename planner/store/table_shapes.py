"""What the tables of facts look like to the code that writes any of them."""

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
    """What is needed to write rows of a table."""

    name: str
    key: str
    key_place: int
    columns: tuple[str, ...]
    aliases: Mapping[str, str]
    """Column by field name or column name."""
    defaults: tuple[Any, ...]
    dates: frozenset[str]
    versioned: bool
    numbered: bool
    """Whether the key, then the first column, is a number that the database gives."""

    @property
    def insert(self) -> str:
        """The statement that inserts a row, with a mark for each column."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        return f'INSERT INTO "{self.name}" ({names}) VALUES ({", ".join("?" * len(self.columns))})'


def shape_of(table: Any) -> Shape:
    """The shape of a table."""
    return _shape_of(table)


@cache
def _shape_of(table: Any) -> Shape:
    meta = table._meta
    fields = meta.sorted_fields
    return Shape(
        name=meta.table_name,
        key=str(meta.primary_key.column_name),
        key_place=fields.index(meta.primary_key),
        columns=tuple(field.column_name for field in fields),
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
    """Tables that refer to a table: (table, column, whether its rows go with the parent)."""
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
    blank = [None if callable(default) else default for default in shape.defaults]
    computed = [
        (place, default)
        for place, (column, default) in enumerate(zip(shape.columns, shape.defaults, strict=True))
        if callable(default) and column not in source
    ]
    places = [place for place, column in enumerate(shape.columns) if column in source]
    dates = [place for place in places if shape.columns[place] in shape.dates]
    ordered = [source[shape.columns[place]] for place in places]
    get = itemgetter(*ordered) if len(ordered) > 1 else lambda row: (row[ordered[0]],) if ordered else ()

    def fill(row: Mapping[str, Any]) -> list[Any]:
        values = blank.copy()
        for place, value in zip(places, get(row), strict=True):
            values[place] = value
        for place in dates:
            if values[place] is not None:
                values[place] = stored(values[place])
        for place, default in computed:
            values[place] = default()
        return values

    return fill


def words(table: type[t.Table]) -> str:
    """A table in words: "follow up", "contact"."""
    return shape_of(table).name.replace("_", " ")
