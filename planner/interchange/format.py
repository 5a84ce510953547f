"""Formats: kinds of files with people in them, each with its way of being recognized and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from planner.core.records import record
from planner.interchange.tables.layouts import LayoutOf, names_people
from planner.interchange.tables.people import read_people
from planner.interchange.tables.table import header_of
from planner.interchange.text import Item, Source, is_text, text_of


class Head:
    """The first bytes of a file, by which its format is recognized."""

    def __init__(self, data: bytes, encoding: str = "") -> None:
        self.data = data
        self.encoding = encoding

    @cached_property
    def text(self) -> str:
        """The beginning as text, every line ending in a newline."""
        return text_of(self.data, self.encoding)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; empty when the file does not look like a table."""
        return header_of(self.text) if self.encoding or is_text(self.data) else ()


@record(frozen=True, slots=True)
class Format:
    """A kind of file; each module of `planner.interchange.formats` gives one as its `FORMAT`."""

    name: str
    """The name for `--format`."""
    title: str
    """The name people see, such as "Google contacts"."""
    is_it: Callable[[Head], bool]
    """Whether a file with this beginning is of this format."""
    read: Callable[[Source, ReadRequest], Iterator[Item]]
    """The records of one source, streaming. Raises `Refused` when the source cannot be read."""
    files: str
    """The files people get in this format, for the README."""
    brings: str
    """The fields read from it, for the README."""
    rank: int = 5
    """When several formats recognize a file, the one with the lowest rank reads it."""
    layout: LayoutOf | None = None
    """The layout of a table; None for a format without columns."""
    record_mark: bytes = b""
    """A text, in capitals, that each record has once, counted for the progress bar; without it, lines are."""
    names: tuple[str, ...] = ()
    """Patterns of lower-case file names that are preferred in a folder and in an archive."""
    beside: tuple[str, ...] = ()
    """Lower-case names of files that add to the first of `names`."""
    is_part: Callable[[Head], bool] = lambda head: False
    """Recognizes a file that belongs to such an export but has no people itself."""
    is_whole: bool = False
    """Whether it is a whole planner, which fills an empty one, rather than an address book."""


@record(frozen=True, slots=True)
class ReadRequest:
    """The sources to read, and how."""

    format: Format
    sources: tuple[Source, ...]
    mapping: Mapping[str, str] | None = None
    """The meanings of columns given by hand: from the name of a column to a word of `columns.FIELDS`."""
    beside: tuple[Source, ...] = ()
    """Files that add to the sources."""
    is_one_of_many: bool = False
    """Whether a source is one of several: an unreadable one is then rejected, and the others are read."""


def table_format(name: str, title: str, layout: LayoutOf, files: str, brings: str, rank: int = 5) -> Format:
    """The format of a table whose columns `layout` understands."""

    def is_it(head: Head) -> bool:
        found = layout(head.columns)
        return found is not None and names_people(found)

    def read(source: Source, reading: ReadRequest) -> Iterator[Item]:
        return read_people(source, layout, reading.mapping)

    return Format(name, title, is_it, read, files, brings, rank, layout)
