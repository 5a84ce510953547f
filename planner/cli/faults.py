"""Program errors: one line for the person, the place in a log without their data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def write_down(error: BaseException, words: Sequence[str]) -> str:
    """Log where it happened and return the sentence to show.

    The log has types of errors, files of the program and line numbers; no message and no typed word, since both may
    contain names.
    """
    try:
        kept = _append(error, words, _log_folder())
    except Exception:
        return f"An unexpected fault ({type(error).__name__}) stopped this. Please report it."
    return f"An unexpected fault ({type(error).__name__}) stopped this. Where it happened stands in {kept}."


def _log_folder() -> Path:
    # Loading this module may be what fails; the error is then reported without a log.
    from planner.cli.session import Session

    return Session().paths.logs


def _append(error: BaseException, words: Sequence[str], folder: Path) -> Path:
    # As in `_log_folder`.
    from planner.cli.root import COMMANDS
    from planner.faults import append, places_of

    return append(folder, next((word for word in words if word in COMMANDS), "-"), places_of(error))
