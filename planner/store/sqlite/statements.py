"""Statements and their rows, and the sqlite3 connection for what Peewee does not offer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from peewee import Database

Value = TypeVar("Value")
Key = int | str
Kind = TypeVar("Kind", int, str)

BATCH = 400
"""Values in one statement: below SQLite's lowest limit on parameters, with room for others."""


def fetch(
    database: Database, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows, none if it only writes."""
    cursor = database.execute_sql(statement, parameters)
    try:
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    except BaseException:
        # A text that is not UTF-8 fails between rows: until it is closed, the statement keeps its lock.
        cursor.close()
        raise
    return rows


def fetch_about(database: Database, statement: str, keys: Iterable[int | str]) -> list[tuple[Any, ...]]:
    """The rows of a statement with `{keys}` in place of a list of keys, for any number of keys.

    It runs once for each 400 keys, so an order holds only among the rows of one key.
    """
    rows: list[tuple[Any, ...]] = []
    lists = statement.count("{keys}")
    for some in batches(keys):
        rows += fetch(database, statement.format(keys=", ".join("?" * len(some))), some * lists)
    return rows


def one_of(keys: Iterable[int], name: str = "") -> tuple[str, list[Any]]:
    """A subquery for any number of keys, and its single parameter, named `name` or unnamed.

    Use: `ContactTable.id.in_(peewee.SQL(*one_of(keys)))`.
    """
    return f"(SELECT value FROM json_each({f':{name}' if name else '?'}))", [f"[{','.join(map(str, keys))}]"]


def days_between(earlier: str, later: str) -> str:
    """SQL: the number of days from one date to another."""
    return f"(julianday({later}) - julianday({earlier}))"


def has_part(text: str, part: str) -> str:
    """SQL: a condition that a text contains a part; both are expressions."""
    return f"instr({text}, {part}) > 0"


def pairs_of(select: str) -> str:
    """SQL: a table of `key` and `value` from a select of two columns, which may use columns of the tables before it."""
    return f"json_each((SELECT json_group_object(key, value) FROM ({select})))"


@lru_cache(maxsize=64)
def as_json(columns: tuple[str, ...]) -> str:
    """SQL: a row as a JSON object of its columns."""
    pairs = ", ".join(f"'{column}', \"{column}\"" for column in columns)
    return f"json_object({pairs})"


def all_as_json(columns: Sequence[str]) -> str:
    """SQL: all rows of a query as a JSON object of the names of the `columns` and the values of each of the `rows`."""
    names, values = (", ".join(f"{mark}{column}{mark}" for column in columns) for mark in ("'", '"'))
    return f"json_object('columns', json_array({names}), 'rows', json_group_array(json_array({values})))"


def listed_in(column: str) -> str:
    """SQL: a subquery for the values of a JSON list."""
    return f"(SELECT value FROM json_each({column}))"


def batches(values: Iterable[Value], size: int = BATCH) -> Iterator[list[Value]]:
    """The values in lists of at most `size`."""
    everything = list(values)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]


def runs_of(lists: Iterable[Sequence[Key]]) -> list[tuple[int, int]]:
    """The numbers in some lists as runs from the first to the last, in order; a list of texts is left out."""
    ends: list[tuple[int, int]] = []
    for keys in lists:
        if isinstance(keys, range):
            ends += [(keys[0], keys[-1])] if keys else []
        elif numbers := _all_of(keys, int):
            ends += zip(numbers, numbers, strict=True)
    runs: list[tuple[int, int]] = []
    for first, last in sorted(ends):
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = runs[-1][0], max(last, runs[-1][1])
        else:
            runs.append((first, last))
    return runs


def _all_of(keys: Sequence[Key], kind: type[Kind]) -> Sequence[Kind]:
    """The keys if they are of this kind, else none: all keys of a list are of one kind."""
    return cast("Sequence[Kind]", keys) if keys and isinstance(keys[0], kind) else ()


def conditions(column: str, lists: Sequence[Sequence[Key]]) -> Iterator[tuple[str, list[Any]]]:
    """SQL: conditions, each with its parameters, that together hold for the rows with the keys in some lists."""
    runs = runs_of(lists)
    yield from ((f'"{column}" BETWEEN ? AND ?', [first, last]) for first, last in runs if first < last)
    single: list[Key] = [first for first, last in runs if first == last]
    single += [key for keys in lists for key in _all_of(keys, str)]
    for some in batches(single):
        yield f'"{column}" IN ({", ".join("?" * len(some))})', some


def run_many(database: Database, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement once for each row of parameters, in one call; far faster than one by one."""
    database.cursor().executemany(statement, rows)


def connection(database: Database) -> sqlite3.Connection:
    """The sqlite3 connection of an open database."""
    bare: sqlite3.Connection = database.connection()
    return bare
