"""When the planner itself is at fault: one line for the person, the place in a log without their data."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from planner import __version__

LOG_NAME = "planner.log"


def write_down(error: BaseException, words: Sequence[str], folder: Path | None = None) -> str:
    """Log where it happened and give the sentence to show.

    The log holds kinds of errors, files of the program and line numbers; no message and no word that was
    typed, since both may hold names. `folder` is by default the one for logs.
    """
    try:
        kept = _append(error, words, folder if folder is not None else _log_folder())
    except Exception:
        return f"An unexpected fault ({type(error).__name__}) stopped this. Please report it."
    return f"An unexpected fault ({type(error).__name__}) stopped this. Where it happened stands in {kept}."


def _log_folder() -> Path:
    # The fault may lie in what is imported here; then it is said without a log.
    from planner.cli.session import Session

    return Session().paths.logs


def _append(error: BaseException, words: Sequence[str], folder: Path) -> Path:
    # As in `_log_folder`.
    from planner.cli.root import COMMANDS

    command = next((word for word in words if word in COMMANDS), "-")
    lines = [f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} planner {__version__} {command}"]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}{_detail(cause)}")
        lines += [
            f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / LOG_NAME
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as log:
        log.write("\n".join(lines) + "\n")
    return kept


def _detail(error: BaseException) -> str:
    """What an error says beside its message that cannot be about a person: a module, an error number."""
    if isinstance(error, ImportError) and error.name:
        return f" {error.name}"
    return f" errno {error.errno}" if isinstance(error, OSError) and error.errno else ""
