"""Piped-in input for “-”: lines of text, or a file of another program."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import Refused

NAME = "standard input"
"""The name of the piped-in file in messages."""
PIECE = 1 << 20


def lines() -> list[str]:
    """The non-empty lines; refused when there is none, and for bytes that are not UTF-8."""
    try:
        text = b"".join(_pieces()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("What was piped in is not UTF-8", "Convert it first, such as: iconv -f latin1 -t utf-8") from None
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not found:
        raise Refused("Nothing was piped in", "Give a line for each capture")
    return found


def line() -> str | None:
    """The next line without surrounding blanks, with U+FFFD for bytes that are not UTF-8; None at the end."""
    data = _read(sys.stdin.buffer.readline) if _is_there() else b""
    return data.decode("utf-8", "replace").strip() if data else None


@contextmanager
def as_file() -> Iterator[Path]:
    """A private file with the piped-in content, deleted when the block ends."""
    # Most commands that load this module read nothing.
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="planner-") as folder:
        path = Path(folder, NAME)
        with path.open("xb") as copy:
            for piece in _pieces():
                copy.write(piece)
        yield path


def _pieces() -> Iterator[bytes]:
    """The piped-in content, piece by piece; refused if it cannot be read, as from a folder."""
    while _is_there() and (piece := _read(lambda: sys.stdin.buffer.read(PIECE))):
        yield piece


def _is_there() -> bool:
    """Whether there is standard input; refused if the program was started without."""
    if sys.stdin is None or sys.stdin.closed:
        raise Refused("There is no standard input to read", "Name a file, or pipe something in")
    return True


def _read(how: Callable[[], bytes]) -> bytes:
    try:
        return how()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise Refused(f"Standard input cannot be read: {reason}", "Name a file, or pipe something in") from error
