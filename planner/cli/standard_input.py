"""What is piped in where a command is given “-”: lines of text, or a file of another program."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import Refused

NAME = "standard input"
"""What messages call the file that was piped in."""
PIECE = 1 << 20


def lines() -> list[str]:
    """The lines that are not empty; refused when there is none, and for bytes that are not UTF-8."""
    try:
        text = b"".join(_pieces()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("What was piped in is not UTF-8", "Convert it first, such as: iconv -f latin1 -t utf-8") from None
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not found:
        raise Refused("Nothing was piped in", "Give a line for each capture")
    return found


def line() -> str | None:
    """The next line without the blanks around it, what is not UTF-8 in it as U+FFFD; None at the end."""
    data = _read(sys.stdin.buffer.readline) if _is_there() else b""
    return data.decode("utf-8", "replace").strip() if data else None


@contextmanager
def as_file() -> Iterator[Path]:
    """A private file that holds what is piped in, gone when the block ends."""
    # Most commands that load this module read nothing.
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="planner-") as folder:
        path = Path(folder, NAME)
        with path.open("xb") as copy:
            for piece in _pieces():
                copy.write(piece)
        yield path


def _pieces() -> Iterator[bytes]:
    """What is piped in, piece by piece; refused where nothing can be read, as from a folder."""
    while _is_there() and (piece := _read(lambda: sys.stdin.buffer.read(PIECE))):
        yield piece


def _is_there() -> bool:
    """True; refused where a program is started without standard input."""
    if sys.stdin is None or sys.stdin.closed:
        raise Refused("There is no standard input to read", "Name a file, or pipe something in")
    return True


def _read(how: Callable[[], bytes]) -> bytes:
    try:
        return how()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise Refused(f"Standard input cannot be read: {reason}", "Name a file, or pipe something in") from error
