"""The planner's own JSON: everything it holds, one fact per line, written and read as a stream.

    {"version": 1, "planner": {"format": 1, "schema": 2},
    "contact": [
    {"id": 1, "uid": "…", "name": "Ana Silva", …},
    …
    ],
    "forgotten": []}

`version` is that of every JSON the planner writes; files of older planners begin with "planner".
A list for each table, in an order in which referenced rows come first. Writing keeps one fact per line; a file
reformatted by another program is read too, unless it is very large.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from pathlib import Path
from typing import Any, TextIO

from planner.core.words.folding import clean
from planner.errors import Refused
from planner.interchange.json.files import load_json
from planner.interchange.text import Source

VERSION = 1
FORMAT = 1
FILE_LIMIT = 1_000_000_000
"""Bytes of a file; a hundred thousand people with their history take about a tenth of it."""
LINE_LIMIT = 2_000_000
LINES_LIMIT = 5_000_000
_beginning = re.compile(rb'\s*\{\s*("version"\s*:\s*\d{1,9}\s*,\s*)?"planner"\s*:\s*\{')
_opening = re.compile(r'"([a-z_]{1,40})": \[(\],?)?')
Rows = Iterator[tuple[str, dict[str, Any]]]


def line(row: dict[str, Any]) -> bytes:
    """A row as a line of the file, without characters that act on a terminal."""
    harmless = {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}
    return json.dumps(harmless, ensure_ascii=False).encode()


def written(lines: Iterable[tuple[str, bytes]], tables: Iterable[str], schema: int) -> Iterator[bytes]:
    """Write a snapshot: (table, line) pairs as the lines of a file. `tables` names all tables, in the same order."""
    head = json.dumps({"version": VERSION, "planner": {"format": FORMAT, "schema": schema}})
    yield head.removesuffix("}").encode()
    waiting = list(tables)
    for name, group in groupby(lines, key=lambda pair: pair[0]):
        while waiting and waiting[0] != name:
            yield _empty(waiting.pop(0))
        waiting.remove(name)
        yield f',\n"{name}": ['.encode()
        comma = b""
        for _, text in group:
            yield comma + b"\n" + text
            comma = b","
        yield b"\n]"
    yield from map(_empty, waiting)
    yield b"}\n"


def _empty(name: str) -> bytes:
    return f',\n"{name}": []'.encode()


def begins_whole(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a whole planner."""
    return _beginning.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


BYTES_A_FACT = 200
"""The average size of a fact in bytes, for a progress bar."""


def read(path: Path, schema: int) -> Rows:
    """The rows of a file as (table, row), streaming. Raises `Refused` for an unreadable one.

    `schema` is the newest schema version known here.
    """
    name = clean(str(path), visible=True)
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as stream:
            if path.stat().st_size > FILE_LIMIT:
                raise Refused(f"{name} is too large", "Nothing was kept.")
            first = stream.readline(LINE_LIMIT)
            if first.rstrip().endswith("},") and _beginning.match(first.encode()):
                _look_at_head(_parsed(f"{first.rstrip().removesuffix(',')}}}", name), name, schema)
                yield from _lines(stream, name)
                return
        # A file reformatted by another program is loaded whole, within much narrower limits.
        yield from _whole(load_json(Source(name, lambda: path.open("rb"))), name, schema)
    except OSError as error:
        reason = (error.strerror or "the system refuses").lower()
        raise Refused(f"{name} cannot be read: {reason}", "Check who may read it.") from error
    except UnicodeDecodeError:
        raise Refused(f"{name} is not UTF-8 text", "Export it again.") from None


def _lines(stream: TextIO, name: str) -> Rows:
    table, ended = "", False
    for number in count(2):
        line = stream.readline(LINE_LIMIT + 1)
        if not line:
            break
        if len(line) > LINE_LIMIT or number > LINES_LIMIT:
            raise Refused(f"{name}:{number}: the file is too large", "Export it again.")
        text = line.strip()
        if ended and text:
            raise _unclear(name, number)
        ended = ended or (text[-1:] == "}" and text[:1] in '"]}')
        text = text.removesuffix("}") if ended else text
        if text[:1] == "{":
            row = _parsed(text.removesuffix(","), f"{name}:{number}")
            if not table or not isinstance(row, dict):
                raise _unclear(name, number)
            yield table, row
        elif match := _opening.fullmatch(text):
            table = "" if match[2] else match[1]
        elif text in ("]", "],", ""):
            table = "" if text else table
        else:
            raise _unclear(name, number)
    if not ended:
        # Half a file must not pass for a small planner.
        raise Refused(f"{name} is cut short", "Nothing was kept; export it again.")


def _whole(content: Any, name: str, schema: int) -> Rows:
    if not isinstance(content, dict):
        raise _unclear(name, 1)
    _look_at_head(content, name, schema)
    for table, rows in content.items():
        if table in ("version", "planner"):
            continue
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Refused(f"{name}: {clean(table)[:40]} is not a list of facts", "Export it again.")
        for row in rows:
            yield table, row


def _look_at_head(content: Any, name: str, schema: int) -> None:
    head = content.get("planner") if isinstance(content, dict) else None
    numbers = [head.get(key) for key in ("format", "schema")] if isinstance(head, dict) else []
    known = [one for one in numbers if isinstance(one, int) and one > 0]
    if len(known) != 2:
        raise Refused(f"{name} does not say which planner wrote it", "Export it again.")
    version = content.get("version", VERSION)
    if not isinstance(version, int) or version < 1:
        raise Refused(f"{name} does not say which planner wrote it", "Export it again.")
    if version > VERSION or known[0] > FORMAT or known[1] > schema:
        raise Refused(f"{name} was written by a newer planner", "Update this one; nothing was kept.")


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused(f"{where}: this is not JSON", "Nothing was kept; export it again.") from None


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _unclear(name: str, number: int) -> Refused:
    return Refused(f"{name}:{number}: this is not a line of an export", "Nothing was kept; export it again.")
