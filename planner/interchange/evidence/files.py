"""Reads a file, or all files in a folder, by the layout of each: only what is new, and never outside the folder.

A file is read again when its time or size changed, and when its records change with time.
"""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from planner.core.evidence.seen import Seen
from planner.core.records import record
from planner.errors import Refused
from planner.foreign_files import is_being_written, is_half_synced, open_regular, opened_folder, reason
from planner.interchange.archive import check_directory, is_archive
from planner.interchange.evidence.content import HEAD_BYTES, Content, FileReader, layout_of
from planner.interchange.evidence.reading import (
    Glance,
    SourceReading,
    SourceRequest,
    remembered_name,
    shown_path,
)

DEEPEST = 16
"""The deepest level of folders that is entered."""
MOST_MEMBERS = 20_000
"""The most files read in one archive."""
MOST_UNPACKED = 640 << 20
"""The most bytes read out of one archive: a small one can hold a thousand times its size."""
_AGAIN = "It is tried again once it has changed"


@record(frozen=True, slots=True)
class FileMark:
    """The remembered state of a file: its time (ns) and size, when to read it again, and why it could not be read.

    `again` is in seconds since 1970; `trouble` is a reason and advice.
    """

    modified: int
    size: int
    again: float | None = None
    trouble: tuple[str, str] | None = None

    def written(self) -> bytes:
        """The mark as bytes to remember."""
        return json.dumps([self.modified, self.size, self.again, self.trouble]).encode()


def mark_of(data: bytes | None) -> FileMark | None:
    """The mark in remembered bytes; None without one."""
    try:
        modified, size, again, trouble = json.loads(data or b"")
        return FileMark(int(modified), int(size), again and float(again), trouble and (trouble[0], trouble[1]))
    except (ValueError, TypeError, LookupError):
        return None


class FilesReading(SourceReading):
    """One run over a file or a folder; files in layouts of `kinds` are read.

    A file in no such layout is skipped; if it is the whole source, it is reported.
    """

    def __init__(self, request: SourceRequest, kinds: frozenset[str]) -> None:
        super().__init__()
        self._request = request
        self._kinds = kinds
        self._present: set[str] = set()
        self._whole = True

    def __iter__(self) -> Iterator[Seen]:
        path = Path(os.path.realpath(self._request.path))
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError) as error:
            self.report(self._request.path, reason(error), "Bring it back, or take the source off the list")
            return
        try:
            with opened_folder(path if is_folder else path.parent) as folder:
                if is_folder:
                    yield from self._folder(folder, (), 0)
                else:
                    self.total = 1
                    yield from self._file(folder, path.name, (), is_source=True)
        except OSError as error:
            self.report(self._request.path, reason(error), "Check its permissions")
            return
        if is_folder and self._whole and not self.stopped:
            self.remember.update(dict.fromkeys(self._request.remembered.keys() - self._present))

    def _folder(self, folder: int, place: tuple[str, ...], depth: int) -> Iterator[Seen]:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
        self.total += len(names)
        for name in names:
            if self.stopped:
                return
            where = "/".join((*place, name))
            try:
                mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode):
                    if depth >= DEEPEST:
                        raise Refused("it lies too deep", "Move it up")
                    with opened_folder(name, folder) as inner:
                        yield from self._folder(inner, (*place, name), depth + 1)
                elif stat.S_ISLNK(mode):
                    raise Refused("it is a link, and links are not followed", "Put the file itself there")
                elif not stat.S_ISREG(mode):
                    raise Refused("it is not a regular file", "Take it out of the folder")
                else:
                    yield from self._file(folder, name, place, is_source=False)
            except FileNotFoundError:
                # A syncing program renamed it between listing and opening.
                continue
            except OSError as error:
                self._whole = False
                self.report(where, reason(error), "Check its permissions")
            except Refused as error:
                self.report(where, error.message, error.advice)
            finally:
                self.done += 1

    def _file(self, folder: int, name: str, place: tuple[str, ...], *, is_source: bool) -> Iterator[Seen]:
        """The records of one file, if it has changed. Raises `OSError` if it cannot be opened."""
        where = "/".join((*place, name))
        key = remembered_name("" if is_source else where)
        self._present.add(key)
        if is_half_synced(name) and not is_source:
            return
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if is_being_written(status, self._request.now):
            return
        known = mark_of(self._request.known.get(key))
        if known and (known.modified, known.size) == (status.st_mtime_ns, status.st_size):
            if known.trouble is not None:
                self.report(where, *known.trouble)
            if known.again is None or known.again > self._request.now.timestamp():
                self.done += is_source
                return
        with os.fdopen(open_regular(name, folder), "rb") as stream:
            status = os.fstat(stream.fileno())
            yield from self._opened(stream, status, where, place, is_source=is_source)
        self.done += is_source

    def _opened(
        self, stream: BinaryIO, status: os.stat_result, where: str, place: tuple[str, ...], *, is_source: bool
    ) -> Iterator[Seen]:
        name = where.rpartition("/")[2]
        trouble: list[tuple[str, str]] = []
        reader = FileReader(self._request, lambda why, advice: trouble.append((why, advice)), lambda: self.stopped)

        def fresh() -> BinaryIO:
            stream.seek(0)
            return cast(BinaryIO, _Kept(stream))

        modified = datetime.fromtimestamp(min(max(status.st_mtime, 0), 4e9), UTC)
        content = Content(name, place, fresh, modified)
        found = False
        try:
            if is_archive(content.head[:4]):
                contents = _members(stream, content, reader.report)
            else:
                contents = iter((content,))
            for one in contents:
                layout = layout_of(one, self._kinds)
                if layout is None:
                    continue
                found = True
                try:
                    for seen in layout.read(one, reader):
                        if self.stopped:
                            return
                        yield seen
                except Refused as error:
                    if one is content:
                        raise
                    reader.report(f"{shown_path(one.name)} in it: {error.message}", error.advice)
        except Refused as error:
            reader.report(error.message, error.advice)
        except OSError as error:
            reader.report(reason(error), _AGAIN)
        except (ValueError, LookupError, ArithmeticError, RecursionError, zipfile.BadZipFile, EOFError, TypeError):
            reader.report("it is damaged", "Export it again")
        except Exception as error:
            # Unpacking raises errors of zlib and lzma; one damaged file must not cost the others.
            if type(error).__module__ not in ("zlib", "lzma"):
                raise
            reader.report("it is damaged", "Export it again")
        if self.stopped:
            return
        if not found and is_source and not trouble:
            reader.report("nothing in it is known", "Name a file of another kind")
        after = os.fstat(stream.fileno())
        if (after.st_mtime_ns, after.st_size) != (status.st_mtime_ns, status.st_size):
            self.report(where, "it changed while it was read", "The rest is read next time")
            return
        for why, advice in trouble:
            self.report(where, why, advice)
        again = reader.again.timestamp() if reader.again else None
        mark = FileMark(status.st_mtime_ns, status.st_size, again, trouble[0] if trouble else None)
        self.remember[remembered_name("" if is_source else where)] = mark.written()


def _members(stream: BinaryIO, outer: Content, report: Callable[[str, str], None]) -> Iterator[Content]:
    """The files in an archive. Raises `Refused` if it is damaged or out of proportion."""
    try:
        stream.seek(0)
        check_directory(stream, outer.name)
        archive = zipfile.ZipFile(stream)
    except Refused:
        raise Refused("it holds too many files", "Unpack it into the folder") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        raise Refused("it is a damaged archive", "Export it again") from None
    budget = _Budget()
    for entry in archive.infolist()[:MOST_MEMBERS]:
        name = entry.filename.rpartition("/")[2]
        if not name or name.startswith(".") or entry.filename.startswith("__MACOSX/"):
            continue
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            continue

        def fresh(entry: zipfile.ZipInfo = entry) -> BinaryIO:
            return cast(BinaryIO, _Counted(archive.open(entry), budget))

        yield Content(name, (*outer.place, outer.name, *entry.filename.split("/")[:-1]), fresh, outer.modified)
    if len(archive.infolist()) > MOST_MEMBERS:
        report(f"it holds more than {MOST_MEMBERS:,} files", "Unpack it into the folder")


class _Budget:
    """The bytes that may still be read out of one archive."""

    def __init__(self) -> None:
        self.left = MOST_UNPACKED


class _Counted(io.RawIOBase):
    """A member of an archive whose bytes are counted against a budget as they are read."""

    def __init__(self, stream: Any, budget: _Budget) -> None:
        super().__init__()
        self._stream, self._budget = stream, budget

    def read(self, size: int = -1) -> bytes:
        data = cast(bytes, self._stream.read(size if size >= 0 else HEAD_BYTES))
        self._budget.left -= len(data)
        if self._budget.left < 0:
            raise Refused(f"it holds more than {MOST_UNPACKED >> 20} MB", "Unpack what matters into the folder")
        return data

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Kept:
    """A stream that a `with` block does not close, so that it can be read again from its beginning."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def close(self) -> None:
        """Do nothing: the stream stays open."""

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)


def holds(glance: Glance, kinds: frozenset[str]) -> bool:
    """Whether a file is in a layout of these kinds, or an archive that contains one."""
    if glance.is_folder or not glance.head:
        return False
    path = glance.path
    with suppress(OSError, Refused, ValueError, NotImplementedError, zipfile.BadZipFile):
        content = Content(path.name, (), lambda: path.open("rb"), None)
        if not is_archive(content.head[:4]):
            return layout_of(content, kinds) is not None
        with path.open("rb") as stream:
            for one in _members(stream, content, lambda why, advice: None):
                if layout_of(one, kinds) is not None:
                    return True
    return False
