"""Members of a zip archive as sources: read in place, never unpacked to disk; zip bombs are refused unread."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from planner.core.words.folding import clean
from planner.errors import Refused
from planner.interchange.text import FILE_LIMIT, Source, too_large

_DIRECTORY_LIMIT = 4_000_000
"""Bytes of an archive's table of contents: enough for some ten thousand members."""
_END, _END_OF_LARGE = b"PK\x05\x06", b"PK\x06\x07"


def is_archive(head: bytes) -> bool:
    """Whether a file begins like a zip archive."""
    return head.startswith((b"PK\x03\x04", _END))


def members(path: Path) -> Iterator[Source]:
    """The files in an archive, sorted by name, without folders and hidden files.

    Raises Refused when it is damaged, needs a password, or its table of contents is out of proportion.
    """
    try:
        with path.open("rb") as stream:
            check_directory(stream, path.name)
        # Shared by the members, so the table of contents is read once; it closes itself with the last member.
        archive = zipfile.ZipFile(path)
        entries = archive.infolist()
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {error.strerror}", "Check the file.") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError) as error:
        raise Refused(f"{path.name} is a damaged archive", "Download the export again.") from error
    for entry in sorted(entries, key=lambda entry: entry.filename):
        base = entry.filename.rpartition("/")[2]
        if base and not base.startswith(".") and not entry.filename.startswith("__MACOSX/"):
            yield _member(path, archive, entry)


def check_directory(stream: BinaryIO, name: str) -> None:
    """Refuse an archive whose table of contents alone would fill the memory."""
    stream.seek(0, io.SEEK_END)
    stream.seek(max(0, stream.tell() - 65_557))
    tail = stream.read()
    end = tail.rfind(_END)
    size = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if size > _DIRECTORY_LIMIT or _END_OF_LARGE in tail[max(0, end - 20) : max(0, end)]:
        raise Refused(f"{name} holds too many files", "Unpack it and import the folder.")


def _member(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Source:
    name = clean(f"{path.name}/{entry.filename}", visible=True)
    made_on: date | None = None
    with suppress(ValueError):
        made_on = date(*entry.date_time[:3])
    # Archives made as a stream often have the earliest day of the format, which is not a real date.
    if made_on == date(1980, 1, 1):
        made_on = None

    def open_member() -> BinaryIO:
        if entry.flag_bits & 1:
            raise Refused(f"{path.name} is locked with a password", "Unpack it and import the folder.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(f"{path.name} is packed in an unusual way", "Unpack it and import the folder.")
        if entry.file_size > FILE_LIMIT:
            raise too_large(name)
        return cast(BinaryIO, archive.open(entry))

    return Source(name, open_member, entry.file_size, made_on)
