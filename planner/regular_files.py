"""Files named by a person: only regular ones are opened, through links, without ever waiting."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_NEVER_WAITS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

LONGEST_SAID = 300
"""Letters of a path in a message."""


class NoRegularFileError(OSError):
    """A path leads to a pipe, a device or something else that is no file."""


def open_named(path: str | Path) -> BinaryIO:
    """Open the regular file at a path for reading; a link is followed.

    Raises `OSError`: `NoRegularFileError` for a pipe, a device or a socket, `IsADirectoryError` for a folder.
    """
    descriptor = os.open(path, _NEVER_WAITS)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        raise NoRegularFileError(errno.EINVAL, "it is not a regular file", str(path))
    return os.fdopen(descriptor, "rb")


def shortened(path: str | Path) -> str:
    """A path for a message, only its end if nobody could read it whole."""
    text = str(path)
    return text if len(text) <= LONGEST_SAID else f"…{text[-LONGEST_SAID:]}"


def why_not(error: OSError | ValueError) -> str:
    """Why a file could not be opened or read, as part of a sentence."""
    if isinstance(error, OSError):
        known = {
            errno.ELOOP: "its links lead in a circle",
            errno.ENAMETOOLONG: "its name is too long",
            errno.EIO: "nothing can be read there",
            errno.ENXIO: "it is not a regular file",
            errno.EINVAL: "it is not a regular file",
        }
        return known.get(error.errno or 0, (error.strerror or "the system refuses").lower())
    return "its name cannot be used"
