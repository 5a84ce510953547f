"""Reads the rows of a damaged file from its pages, without SQLite, as far as possible.

SQLite gives up on a table at the first broken page. Here every page is read by itself, following
https://sqlite.org/fileformat2.html: pages that no longer belong to their table's tree are found as well.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from planner.core.records import record
from planner.store.sqlite.files import MAGIC

TABLE_LEAF, TABLE_INSIDE, INDEX_LEAF, INDEX_INSIDE = 13, 5, 10, 2
USUAL_PAGE = 4096
MOST_COLUMNS = 200


@record(frozen=True, slots=True)
class FoundRow:
    """One row, by column name; `flawed` are the columns whose bytes were not text."""

    values: dict[str, Any]
    flawed: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class FoundTable:
    """Everything found of a table: its rows, further keys that an index knows, and the number of broken pages."""

    rows: list[FoundRow]
    missing: list[Any]
    broken: int


class _BrokenError(Exception):
    """Bytes that are not a valid page, cell or record."""


@record(frozen=True, slots=True)
class _Cell:
    """A cell of a tree: the number of its row (0 in an index), its values, and which of them were not text."""

    number: int
    values: list[Any]
    flawed: tuple[int, ...]


@record(frozen=True, slots=True)
class _Table:
    columns: list[str]
    defaults: list[Any]
    order: list[int]
    """The position of each column in a record."""
    number: str
    """The column that holds the number of the row, "" without one."""
    by_key: bool


class PageReader:
    """The pages of one file, given as bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        size = int.from_bytes(content[16:18], "big") if content.startswith(MAGIC) else 0
        size = 65536 if size == 1 else size
        sound = 512 <= size <= 65536 and size & (size - 1) == 0
        self._size = size if sound else USUAL_PAGE
        self._usable = self._size - (content[20] if sound and content[20] < 64 else 0)
        self._count = len(content) // self._size
        self._broken: set[int] = set()
        self._used: set[int] = set()

    def tables(self, names: set[str]) -> dict[str, FoundTable]:
        """Everything found of some tables; a table without any is left out."""
        schema = self._schema()
        found: dict[str, FoundTable] = {}
        roots = [(name, root, sql) for kind, name, _, root, sql in schema if kind == "table" and name in names]
        indexes = [(table, root) for kind, _, table, root, _ in schema if kind == "index"]
        trees: dict[str, tuple[_Table, list[_Cell], int]] = {}
        for name, root, sql in roots:
            shape = _shape(name, sql)
            if shape is not None and name not in trees:
                before = len(self._broken)
                cells = list(self._walk(root))
                trees[name] = (shape, cells, len(self._broken) - before)
        known = {name: self._numbers([root for table, root in indexes if table == name]) for name in trees}
        for name, cells in self._orphans(trees).items():
            trees[name][1].extend(cells)
        for name, (shape, cells, broken) in trees.items():
            rows: dict[Any, FoundRow] = {}
            for cell in cells:
                row = _row(shape, cell)
                if row is not None:
                    rows.setdefault(cell.number if not shape.by_key else str(cell.values[0]), row)
            missing = sorted(known[name] - rows.keys()) if not shape.by_key else []
            found[name] = FoundTable(list(rows.values()), missing, broken)
        return found

    # The tables in the file

    def _schema(self) -> list[tuple[str, str, str, int, str]]:
        cells = list(self._walk(1))
        if 1 in self._broken:
            for page in range(1, self._count + 1):
                if self._kind(page) == TABLE_LEAF:
                    cells += [one for one in self._cells(page) if one.values and one.values[0] in ("table", "index")]
        rows = [tuple(one.values[:5]) for one in cells if len(one.values) == 5]
        return [
            (kind, name, table, root, sql or "")
            for kind, name, table, root, sql in rows
            if isinstance(kind, str) and isinstance(name, str) and isinstance(root, int) and isinstance(sql, str | None)
        ]

    # Trees

    def _walk(self, root: int) -> Iterator[_Cell]:
        """The cells of a tree in order, without those of broken pages."""
        waiting = [root]
        while waiting:
            page = waiting.pop()
            if page in self._used or not 1 <= page <= self._count:
                self._broken.add(page)
                continue
            self._used.add(page)
            kind = self._kind(page)
            if kind in (TABLE_LEAF, INDEX_LEAF):
                yield from self._cells(page)
            elif kind in (TABLE_INSIDE, INDEX_INSIDE):
                yield from self._cells(page)
                waiting += reversed(self._children(page))
            else:
                self._broken.add(page)

    def _numbers(self, roots: list[int]) -> set[int]:
        """The numbers of rows in indexes."""
        ends = (cell.values[-1] for root in roots for cell in self._walk(root) if cell.values)
        return {one for one in ends if isinstance(one, int)}

    def _orphans(self, trees: dict[str, tuple[_Table, list[_Cell], int]]) -> dict[str, list[_Cell]]:
        """The cells of pages outside every tree, each assigned to the broken table that it fits."""
        torn = {name: shape for name, (shape, _, broken) in trees.items() if broken and not shape.by_key}
        found: dict[str, list[_Cell]] = {name: [] for name in torn}
        free = self._free() if torn else set()
        for page in range(2, self._count + 1) if torn else ():
            if page in self._used or page in free or self._kind(page) != TABLE_LEAF:
                continue
            for cell in self._cells(page):
                fits = [name for name, shape in torn.items() if len(cell.values) == len(shape.columns)]
                if len(fits) == 1:
                    found[fits[0]].append(cell)
        return found

    def _free(self) -> set[int]:
        """The pages with deleted content."""
        found: set[int] = set()
        trunk = int.from_bytes(self._content[32:36], "big") if self._content.startswith(MAGIC) else 0
        while 1 <= trunk <= self._count and trunk not in found:
            found.add(trunk)
            start = (trunk - 1) * self._size
            count = min(int.from_bytes(self._content[start + 4 : start + 8], "big"), self._size // 4 - 2)
            found.update(struct.unpack_from(f">{count}I", self._content, start + 8))
            trunk = int.from_bytes(self._content[start : start + 4], "big")
        return found

    # One page

    def _page(self, page: int) -> bytes:
        return self._content[(page - 1) * self._size : page * self._size]

    def _kind(self, page: int) -> int:
        return self._content[(page - 1) * self._size + (100 if page == 1 else 0)]

    def _places(self, page: int) -> list[int]:
        """The offsets of the cells in a page."""
        head = 100 if page == 1 else 0
        content, wide = self._page(page), 12 if self._kind(page) in (TABLE_INSIDE, INDEX_INSIDE) else 8
        count = int.from_bytes(content[head + 3 : head + 5], "big")
        if head + wide + 2 * count > self._size:
            self._broken.add(page)
            return []
        places = struct.unpack_from(f">{count}H", content, head + wide)
        if any(one < head + wide + 2 * count for one in places):
            self._broken.add(page)
        return [one for one in places if one >= head + wide + 2 * count]

    def _children(self, page: int) -> list[int]:
        content, head = self._page(page), 100 if page == 1 else 0
        found = [int.from_bytes(content[place : place + 4], "big") for place in self._places(page)]
        return [*found, int.from_bytes(content[head + 8 : head + 12], "big")]

    def _cells(self, page: int) -> Iterator[_Cell]:
        kind, content = self._kind(page), self._page(page)
        if kind == TABLE_INSIDE:
            return
        for place in self._places(page):
            try:
                yield self._cell(content, place + (4 if kind == INDEX_INSIDE else 0), kind == TABLE_LEAF)
            except (_BrokenError, IndexError, struct.error):
                self._broken.add(page)

    def _cell(self, content: bytes, place: int, numbered: bool) -> _Cell:
        length, place = _varint(content, place)
        number = 0
        if numbered:
            number, place = _varint(content, place)
        if not 0 < length <= len(self._content):
            raise _BrokenError
        most = self._usable - 35 if numbered else (self._usable - 12) * 64 // 255 - 23
        local = length
        if length > most:
            least = (self._usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (self._usable - 4)
            local = local if local <= most else least
        payload = content[place : place + local]
        if length > local:
            payload += self._overflow(int.from_bytes(content[place + local : place + local + 4], "big"), length - local)
        if len(payload) != length:
            raise _BrokenError
        return _Cell(number, *_record(payload))

    def _overflow(self, page: int, length: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while length > 0:
            if page in seen or not 1 <= page <= self._count:
                raise _BrokenError
            seen.add(page)
            content = self._page(page)
            parts.append(content[4 : 4 + min(length, self._usable - 4)])
            length -= len(parts[-1])
            page = int.from_bytes(content[:4], "big")
        self._used |= seen
        return b"".join(parts)


# Records


def _varint(content: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = content[place + count]
        if count == 8:
            return (value << 8) | byte, place + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, place + count + 1
    raise _BrokenError


def _record(payload: bytes) -> tuple[list[Any], tuple[int, ...]]:
    """(the values of a record, the indexes of those whose bytes are not text)."""
    end, place = _varint(payload, 0)
    kinds = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    if place != end or len(kinds) > MOST_COLUMNS:
        raise _BrokenError
    values: list[Any] = []
    flawed = []
    for column, kind in enumerate(kinds):
        size = _SIZES[kind] if kind < len(_SIZES) else (kind - 12) // 2
        if kind in (10, 11) or place + size > len(payload):
            raise _BrokenError
        content = payload[place : place + size]
        place += size
        if kind == 0:
            values.append(None)
        elif kind == 7:
            values.append(struct.unpack(">d", content)[0])
        elif kind < 10:
            values.append(int.from_bytes(content, "big", signed=True) if kind < 7 else kind - 8)
        elif kind % 2 == 0:
            values.append(content)
        else:
            values.append(content.decode("utf-8", "replace"))
            if values[-1].encode("utf-8", "replace") != content:
                flawed.append(column)
    if place != len(payload):
        raise _BrokenError
    return values, tuple(flawed)


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)
"""Bytes of a value by its type code, for the first codes."""


def _shape(name: str, sql: str) -> _Table | None:
    """The columns of a table, from its CREATE statement; None if that cannot be read."""
    by_key = sql.rstrip().upper().endswith("WITHOUT ROWID")
    try:
        with closing(sqlite3.connect(":memory:")) as blank:
            blank.execute(sql)
            declared = blank.execute(f'PRAGMA table_info("{name}")').fetchall()
    except sqlite3.Error:
        return None
    columns = [str(one[1]) for one in declared]
    keys = [(place, column) for _, column, _, _, _, place in declared if place]
    in_record = [column for _, column in sorted(keys)] if by_key else []
    in_record += [column for column in columns if column not in in_record]
    whole = [str(one[1]) for one in declared if one[5] and str(one[2]).upper() == "INTEGER"]
    return _Table(
        columns=columns,
        defaults=[_default(one[4]) for one in declared],
        order=[in_record.index(column) for column in columns],
        number=whole[0] if len(keys) == 1 and whole and not by_key else "",
        by_key=by_key,
    )


def _default(text: str | None) -> Any:
    if text is None or text.upper() == "NULL":
        return None
    return text[1:-1].replace("''", "'") if text.startswith("'") else int(text) if text.lstrip("-").isdigit() else None


def _row(shape: _Table, cell: _Cell) -> FoundRow | None:
    """A cell as a row of its table; None if it has more values than the table has columns."""
    if len(cell.values) > len(shape.columns):
        return None
    values = {}
    for column, default, place in zip(shape.columns, shape.defaults, shape.order, strict=True):
        # A row written before a column was added has fewer values.
        values[column] = cell.values[place] if place < len(cell.values) else default
    if shape.number:
        values[shape.number] = cell.number
    flawed = (column for column, place in zip(shape.columns, shape.order, strict=True) if place in cell.flawed)
    return FoundRow(values, tuple(flawed))
