"""Program errors, logged for developers without anybody's data."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

from planner import __version__
from planner.private_files import make_folder

LOG_NAME = "planner.log"


def places_of(error: BaseException) -> list[str]:
    """The types of an error and of its causes, with files of the program and line numbers.

    Without messages and typed words: both may contain names.
    """
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}{_detail(cause)}")
        lines += [
            f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return lines


def append(folder: Path, what: str, lines: Iterable[str] = ()) -> Path:
    """Add an entry to the log in a folder, readable by its owner only; return the file. Raises OSError."""
    make_folder(folder)
    kept = folder / LOG_NAME
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as log:
        head = f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} planner {__version__} {what}"
        log.write("\n".join((head, *lines)) + "\n")
    return kept


def _detail(error: BaseException) -> str:
    """The part of an error beside its message that cannot be about a person: a module, an error number."""
    if isinstance(error, ImportError) and error.name:
        return f" {error.name}"
    return f" errno {error.errno}" if isinstance(error, OSError) and error.errno else ""
