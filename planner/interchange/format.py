"""What a format is: a kind of file that people are read from, and how such a file is known and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from planner.core.records import record
from planner.interchange.tables.people import LayoutOf, names_people, read_people
from planner.interchange.tables.table import header_of
from planner.interchange.text import Item, Source, is_text, text_of


class Head:
    """The beginning of a file, as it is looked at to know its format."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def text(self) -> str:
        """The beginning as text, every line ending in a newline."""
        return text_of(self.data)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, where the file looks like a table; else empty."""
        return header_of(self.text) if is_text(self.data) else ()


@record(frozen=True, slots=True)
class Format:
    """A kind of file; each module of `planner.interchange.formats` gives one as its `FORMAT`."""

    name: str
    """What `--format` calls it."""
    title: str
    """What people are told the file is, such as "Google contacts"."""
    is_it: Callable[[Head], bool]
    """Whether a file that begins so is of this format."""
    read: Callable[[Source, Reading], Iterator[Item]]
    """The records of one source, streaming. Raises `Refused` when the source cannot be read."""
    files: str
    """The files that people have of it, for the README."""
    brings: str
    """What is read from it, for the README."""
    rank: int = 5
    """Of several formats that take a file, the one with the lowest rank reads it."""
    layout: LayoutOf | None = None
    """How the columns of a table are understood; None for what has no columns."""
    record_mark: bytes = b""
    """Stands once in each record, in capitals, so that records can be counted; without it lines are counted."""
    names: tuple[str, ...] = ()
    """Patterns of lower-case file names that are taken first in a folder and in an archive."""
    beside: tuple[str, ...] = ()
    """Lower-case names of files that add to the first of `names`."""
    is_part: Callable[[Head], bool] = lambda head: False
    """Whether a file that begins so is a part of such an export that holds no people."""
    is_whole: bool = False
    """A whole planner, which fills an empty one, instead of an address book."""


@record(frozen=True, slots=True)
class Reading:
    """What to read, and how."""

    format: Format
    sources: tuple[Source, ...]
    mapping: Mapping[str, str] | None = None
    """What columns mean, said by hand: from the name of a column to a word of `columns.FIELDS`."""
    beside: tuple[Source, ...] = ()
    """Files that add to the sources."""
    is_folder: bool = False
    """Each source is one of many: an unreadable one is rejected and the others are read."""


def table_format(name: str, title: str, layout: LayoutOf, files: str, brings: str, rank: int = 5) -> Format:
    """The format of a table whose columns `layout` understands."""

    def is_it(head: Head) -> bool:
        found = layout(head.columns)
        return found is not None and names_people(found)

    def read(source: Source, reading: Reading) -> Iterator[Item]:
        return read_people(source, layout, reading.mapping)

    return Format(name, title, is_it, read, files, brings, rank, layout)
