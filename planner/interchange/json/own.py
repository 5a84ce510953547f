"""The planner's own JSON: everything it holds, one fact a line, written and read without holding all of it.

    {"planner": {"format": 1, "schema": 2},
    "contact": [
    {"id": 1, "uid": "…", "name": "Ana Silva", …},
    …
    ],
    "forgotten": []}

A list for each table, in an order in which what is pointed at comes first. The layout in lines is kept when
writing; a file that another program laid out anew is read too, as long as it is not very large.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count, groupby
from pathlib import Path
from typing import Any, Protocol, TextIO

from planner.core.model import ImportReport
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.interchange.json.files import load_json
from planner.interchange.text import Source

FORMAT = 1
FILE_LIMIT = 1_000_000_000
"""Bytes of a file; a hundred thousand people with their history take about a tenth of it."""
LINE_LIMIT = 2_000_000
LINES_LIMIT = 5_000_000
_beginning = re.compile(rb'\s*\{\s*"planner"\s*:\s*\{')
_opening = re.compile(r'"([a-z_]{1,40})": \[(\],?)?')
Rows = Iterator[tuple[str, dict[str, Any]]]


def line(row: dict[str, Any]) -> bytes:
    """A row as it stands in a file, without what would act on a terminal."""
    harmless = {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}
    return json.dumps(harmless, ensure_ascii=False).encode()


def written(lines: Iterable[tuple[str, bytes]], tables: Iterable[str], schema: int) -> Iterator[bytes]:
    """A snapshot as the lines of a file, from (table, line); `tables` are all there can be, in the same order."""
    head = json.dumps({"planner": {"format": FORMAT, "schema": schema}})
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


def is_own(path: Path) -> bool:
    """Whether a file begins as a whole planner does; False for one that cannot be read."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return begins_whole(stream.read(200))
    except (OSError, ValueError):
        return False


BYTES_A_FACT = 200
"""About: for a progress bar."""


class Restored(Protocol):
    """What a desk says of a snapshot it was given."""

    @property
    def counts(self) -> dict[str, int]: ...
    @property
    def unchanged(self) -> bool: ...
    @property
    def cancelled(self) -> bool: ...


class Filled(Protocol):
    """What is filled with everything: the exports of a desk."""

    def schema(self) -> int: ...
    def restore_snapshot(
        self,
        read: Callable[[], Rows],
        *,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Restored: ...


def take_in(
    desk: Filled,
    path: Path,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Fill an empty planner with everything in a file, as one step for undo; gives how many people there are.

    `progress` is told how many facts are read, of about how many. Raises `Refused` where the planner holds
    something else already, and for a file that cannot be: then nothing of it is kept.
    """
    schema = desk.schema()
    expected = path.stat().st_size // BYTES_A_FACT if is_own(path) else 0

    def advanced(done: int) -> None:
        if progress is not None:
            progress(done, max(expected, done))

    found = desk.restore_snapshot(
        lambda: read(path, schema), dry_run=dry_run, progress=advanced, cancelled=cancelled
    )
    if found.cancelled:
        return ImportReport(stopped=True, remarks=("stopped: nothing was kept",))
    people = found.counts.get("contact", 0)
    return ImportReport(unchanged=people) if found.unchanged else ImportReport(added=people)


def read(path: Path, schema: int) -> Rows:
    """The rows of a file as (table, row), streaming. Raises `Refused` for one that cannot be read.

    `schema` is the newest version of the tables that is known here.
    """
    name = clean(str(path), visible=True)
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as stream:
            if path.stat().st_size > FILE_LIMIT:
                raise Refused(f"{name} is too large", "Nothing was kept.")
            first = stream.readline(LINE_LIMIT)
            if first.rstrip().endswith("},") and first.startswith('{"planner"'):
                _look_at_head(_parsed(f"{first.rstrip().removesuffix(',')}}}", name), name, schema)
                yield from _lines(stream, name)
                return
        # Laid out anew by another program, it is loaded whole, and so within much narrower limits.
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
        if table == "planner":
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
    if known[0] > FORMAT or known[1] > schema:
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
