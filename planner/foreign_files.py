"""Files that other programs write: which are not complete yet, and how they are opened.

Only regular files and folders are opened, never for writing, never through a link, never waiting.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from planner.core.words.folding import clean

QUIET_SECONDS = 5
"""A file changed within this many seconds is still being written."""
_HALF_SYNCED = re.compile(
    r"^[.~]|^#.*#$|~$|\.(?:tmp|temp|part|partial|crdownload|download|swp|swx|bak|icloud)$"
    r"|\.sync-conflict-\d{8}-\d{6}|\(.*conflicted copy.*\)|_conflict-\d{8}-\d{6}|\(conflict(?: \d+)?\)",
    re.IGNORECASE,
)
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_QUIET = getattr(os, "O_NOATIME", 0)
"""Keeps the access time: changing it would remove the mark "new mail" from a mailbox."""


def is_half_synced(name: str) -> bool:
    """Whether editors and syncing programs give a file this name while it is incomplete, or in conflict.

    Syncing programs: Syncthing, Dropbox, Nextcloud, iCloud.
    """
    return _HALF_SYNCED.search(name) is not None


def is_being_written(status: os.stat_result, now: datetime) -> bool:
    """Whether a file was changed within `QUIET_SECONDS` of `now`, an aware instant."""
    return abs(now.timestamp() - status.st_mtime) < QUIET_SECONDS


def open_regular(path: str | bytes | Path, folder: int | None = None) -> int:
    """A descriptor of a regular file, to be closed by the caller. `folder` is a descriptor that `path` is relative to.

    Raises `OSError`, also if `path` is a link, a folder, a pipe or a device.
    """
    descriptor = _opened(path, _READ, folder)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file")
    return descriptor


def open_folder(path: str | bytes | Path, folder: int | None = None, *, through_links: bool = False) -> int:
    """A descriptor of a folder, to be closed by the caller. `folder` is a descriptor that `path` is relative to.

    A link is followed only with `through_links`, for the path that a person named. Raises `OSError`.
    """
    flags = _READ | os.O_DIRECTORY
    return _opened(path, flags & ~os.O_NOFOLLOW if through_links else flags, folder)


@contextmanager
def opened_folder(path: str | bytes | Path, folder: int | None = None) -> Iterator[int]:
    """A descriptor of a folder for as long as the block runs; see `open_folder`."""
    descriptor = open_folder(path, folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def first_bytes(path: str | bytes | Path, most: int) -> bytes:
    """The first bytes of a regular file, at most `most`. Raises `OSError`, see `open_regular`."""
    descriptor = open_regular(path)
    try:
        return os.read(descriptor, most)
    finally:
        os.close(descriptor)


def reason(error: OSError | ValueError) -> str:
    """Why something could not be opened or read, as part of a sentence."""
    if isinstance(error, OSError):
        if error.errno == errno.ELOOP:
            return "it is a link, and links are not followed"
        if error.errno == errno.ENXIO:
            return "it is not a regular file"
        return clean((error.strerror or "the system refuses").lower(), visible=True)
    return "its name cannot be used"


def _opened(path: str | bytes | Path, flags: int, folder: int | None) -> int:
    try:
        return os.open(path, flags | _QUIET, dir_fd=folder)
    except PermissionError:
        # Only the owner of a file may read it without changing its access time.
        return os.open(path, flags, dir_fd=folder)
