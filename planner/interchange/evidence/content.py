"""A file for the reader of a layout: its bytes, and further information for that reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import BinaryIO

from planner.core.evidence.seen import Seen
from planner.core.records import record
from planner.errors import Refused
from planner.interchange.evidence import layouts as folder
from planner.interchange.evidence.reading import SourceRequest
from planner.interchange.text import Source, text_of

HEAD_BYTES = 16 * 1024
CHUNK = 1 << 20
"""Bytes read at once: smaller chunks make long attributes of XML quadratic."""
MOST_BYTES = 8 << 30
"""The most bytes of a file read as a stream."""
MOST_HELD = 20 << 20
"""The most bytes of a file held in memory."""
LONGEST_LINE = 1 << 20
"""In bytes; a longer line is read as an empty one."""
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)


class Content:
    """The bytes of one file or of one member of an archive; `open` gives a stream from their beginning.

    `name` is its own name, `place` the folders and archives around it within its source, outermost first. `modified` is
    when the file was last changed, None if unknown.
    """

    def __init__(
        self, name: str, place: tuple[str, ...], open: Callable[[], BinaryIO], modified: datetime | None
    ) -> None:
        self.name = name
        self.place = place
        self.modified = modified
        self._open = open

    @cached_property
    def head(self) -> bytes:
        """The first 16 kB."""
        with self._open() as stream:
            return stream.read(HEAD_BYTES)

    @cached_property
    def head_text(self) -> str:
        """The beginning as text."""
        return text_of(self.head).lstrip("\ufeff \t\r\n")

    def chunks(self) -> Iterator[bytes]:
        """The bytes in blocks of 1 MB, counted while they are read. Raises `Refused` beyond 8 GB."""
        total = 0
        with self._open() as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > MOST_BYTES:
                    raise Refused("it is larger than 8 GB", "Split it, or export a shorter time")
                yield chunk

    def data(self) -> bytes:
        """All bytes. Raises `Refused` beyond 20 MB."""
        with self._open() as stream:
            data = stream.read(MOST_HELD + 1)
        if len(data) > MOST_HELD:
            raise Refused(f"it is larger than {MOST_HELD >> 20} MB", "Export one chat, or a shorter time")
        return data

    @cached_property
    def is_large(self) -> bool:
        """Whether it has more bytes than are held in memory."""
        total = 0
        for chunk in self.chunks():
            total += len(chunk)
            if total > MOST_HELD:
                return True
        return False

    def source(self) -> Source:
        """The file in the form for the readers of tables, which read at most 50 MB."""
        return Source(self.name, self._open)

    def lines(self) -> Iterator[bytes]:
        """The lines, without their ends; a line of more than 1 MB gives an empty one."""
        rest = b""
        skipping = False
        for chunk in self.chunks():
            parts = (rest + chunk).split(b"\n")
            rest = parts.pop()
            for part in parts:
                yield b"" if skipping or len(part) > LONGEST_LINE else part.rstrip(b"\r")
                skipping = False
            if len(rest) > LONGEST_LINE:
                rest, skipping = b"", True
        if rest and not skipping:
            yield rest.rstrip(b"\r")

    def text_lines(self) -> Iterator[str]:
        """The lines as text; a file in UTF-16 is held in memory. Raises `Refused` if that is too large."""
        if self.head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield from self.data().decode("utf-16", "replace").splitlines()
            return
        for number, line in enumerate(self.lines()):
            yield line.decode("utf-8", "replace").removeprefix("\ufeff" if number == 0 else "")


class FileReader:
    """Given to the reader of a layout beside the bytes; the reader sets when to read the file again.

    `report` takes the reason why a part of the file is left out, and advice. `again` is the instant from which an
    unchanged file gives other records (an event in it has ended); None if it never does.
    """

    def __init__(self, request: SourceRequest, report: Callable[[str, str], None], stopped: Callable[[], bool]) -> None:
        self.request = request
        self.report = report
        self.stopped = stopped
        self.again: datetime | None = None
        self.latest = request.now + timedelta(days=1)

    def instant(self, seconds: object) -> datetime | None:
        """The instant of seconds since 1970 (a number or its digits); None for one before 1990 or after tomorrow."""
        if isinstance(seconds, bool) or not isinstance(seconds, int | float | str):
            return None
        try:
            at = datetime.fromtimestamp(float(seconds) if not isinstance(seconds, str) else float(seconds[:20]), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return at if _FIRST <= at <= self.latest else None

    def instant_of_milliseconds(self, milliseconds: object) -> datetime | None:
        """The instant of milliseconds since 1970; None for a damaged number, without 13 digits."""
        if isinstance(milliseconds, str):
            milliseconds = milliseconds.strip()
            if not (milliseconds.isascii() and milliseconds.isdigit() and len(milliseconds) == 13):
                return None
            milliseconds = int(milliseconds)
        if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
            return None
        return self.instant(milliseconds / 1000) if 10**12 <= milliseconds < 10**13 else None


@record(frozen=True, slots=True)
class FileLayout:
    """A layout of files: `kind` names the kind of source for such a file ("calendar", "calls", "chat").

    Of the layouts that recognize a file the one with the lowest `rank` reads it. `read` gives the records of the file,
    and raises `Refused` if the rest cannot be read: with a part of a sentence ("it is damaged"), and advice.
    """

    name: str
    kind: str
    rank: int
    is_it: Callable[[Content], bool]
    read: Callable[[Content, FileReader], Iterator[Seen]]


@cache
def file_layouts() -> tuple[FileLayout, ...]:
    """All layouts of files, by rank."""
    modules = (import_module(f"{folder.__name__}.{one.name}") for one in iter_modules(folder.__path__))
    found: list[FileLayout] = [module.LAYOUT for module in modules]
    return tuple(sorted(found, key=lambda one: (one.rank, one.name)))


def layout_of(content: Content, kinds: frozenset[str]) -> FileLayout | None:
    """The layout of a file, among these kinds of sources; None for any other file."""
    for layout in file_layouts():
        if layout.kind in kinds and layout.is_it(content):
            return layout
    return None
