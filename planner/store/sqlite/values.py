"""Finds values that no planner wrote, by queries of the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from planner.core.records import record
from planner.store.sqlite.failures import is_undecodable, problem_of
from planner.store.sqlite.statements import fetch

if TYPE_CHECKING:
    from peewee import SqliteDatabase

Kind = Literal["text", "day", "number", "other"]
ROWS_AT_ONCE = 4_000
"""Rows whose texts are decoded together: more would not be faster, and these never take more than a few MiB."""
_TYPES = {"text": "'text'", "number": "'integer'"}
_WRONG = {"text": "is no text", "day": "is no date", "number": "is no number", "other": "is missing"}


@record(frozen=True, slots=True)
class Columns:
    """The columns of a table: (name, kind, may be empty); `keys` order the rows, `named_by` identifies one."""

    table: str
    keys: tuple[str, ...]
    named_by: str
    kinds: tuple[tuple[str, Kind, bool], ...]


def in_file(database: SqliteDatabase, columns: Columns) -> Columns:
    """The columns that the file has, among these: an older planner has fewer, or no such table."""
    names = {name for _, name, *_ in fetch(database, f'PRAGMA table_info("{columns.table}")')}
    return replace(columns, kinds=tuple(one for one in columns.kinds if one[0] in names))


def looks_unreadable(database: SqliteDatabase, columns: Columns) -> bool:
    """Whether a table has a text that is not UTF-8 or a value of the wrong type; a few milliseconds per MB."""
    if not columns.kinds:
        return False
    texts = [f"group_concat(\"{name}\", x'0a')" for name, kind, _ in columns.kinds if kind == "text"]
    wrong = " OR ".join(f"({_wrong(*one)})" for one in columns.kinds)
    asked = ", ".join([f"total({wrong})", *texts])
    keys = ", ".join(f'"{one}"' for one in columns.keys)
    beyond, last = "", tuple[Any, ...]()
    try:
        while True:
            some = f'FROM "{columns.table}" {beyond} ORDER BY {keys} LIMIT'
            # Every text of the column is decoded together with the one joined to it.
            ((found, *_),) = fetch(database, f"SELECT {asked} FROM (SELECT * {some} {ROWS_AT_ONCE})", last)
            if found:
                return True
            ends = fetch(database, f"SELECT {keys} {some} 1 OFFSET {ROWS_AT_ONCE - 1}", last)
            if not ends:
                return False
            beyond, last = f"WHERE ({keys}) > ({', '.join('?' * len(columns.keys))})", ends[0]
    except Exception as error:
        if problem_of(error) != "damaged":
            raise
        return True


def unreadable_values(database: SqliteDatabase, columns: Columns, limit: int) -> Iterator[tuple[str, str, str]]:
    """The unreadable values of a table: (name of the row, column, what is wrong), at most `limit` per column.

    The name of a row is its value of `named_by`, "" without one.
    """
    named = f'CAST("{columns.named_by}" AS BLOB)'
    table = f'"{columns.table}"'
    try:
        for name, kind, empty in columns.kinds:
            where = f"WHERE {_wrong(name, kind, empty)} LIMIT {limit}"
            for (row,) in fetch(database, f"SELECT {named} FROM {table} {where}"):
                yield _shown(row), name, _WRONG[kind]
            if kind != "text":
                continue
            found = 0
            texts = f'SELECT {named}, CAST("{name}" AS BLOB) FROM {table} WHERE typeof("{name}") = \'text\''
            for row, content in database.execute_sql(texts):
                if found < limit and not _is_text(content):
                    found += 1
                    yield _shown(row), name, "holds bytes that are no text"
    except Exception as error:
        if problem_of(error) != "damaged" or is_undecodable(error):
            raise
        yield "", "", "cannot be read to its end"


def no_word(column: str, longest: int) -> str:
    """SQL: the condition that a text is not 1 to `longest` of the characters 0-9, A-Z, a-z, - and _ alone."""
    text, size = f'"{column}"', f'length(CAST("{column}" AS BLOB))'
    # A text with a NUL character ends at it for most functions, but not as bytes.
    return f"({size} NOT BETWEEN 1 AND {longest} OR length({text}) <> {size} OR {text} GLOB '*[^0-9A-Za-z_-]*')"


def no_plain_letter(column: str) -> str:
    """SQL: the condition that a text has no visible ASCII character; one that has one is not blank."""
    return f"NOT \"{column}\" GLOB '*[!-~]*'"


def without_json(database: SqliteDatabase, table: str, column: str, key: str) -> list[int]:
    """The keys of rows whose column has a text that is not JSON, each once."""
    wrong = f'"{column}" IS NOT NULL AND NOT json_valid("{column}")'
    return [int(row) for (row,) in fetch(database, f'SELECT DISTINCT "{key}" FROM "{table}" WHERE {wrong} ORDER BY 1')]


def _wrong(name: str, kind: Kind, empty: bool) -> str:
    """SQL: the condition that the value of a column is impossible."""
    column = f'"{name}"'
    if kind == "day":
        # A valid date converts to itself, anything else to NULL; adding 0 days detects 30 February.
        wrong = f"date({column}, '+0 days') IS NOT {column}"
    elif kind == "other":
        wrong = f"{column} IS NULL"
    else:
        wrong = f"typeof({column}) <> {_TYPES[kind]}"
    return f"{column} IS NOT NULL AND {wrong}" if empty else wrong


def _shown(row: bytes | None) -> str:
    return (row or b"").decode("utf-8", "replace")


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
