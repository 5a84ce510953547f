"""The folder of the last import, kept in the folder of the program's state for the next one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from planner.core.words.naming import naming
from planner.private_files import write_json

_FILE = "import-folder.json"
_TYPED_TEXTS = "drafts.json"


def remember_import_folder(state: Path, folder: str) -> None:
    """Store the folder of an import; if that fails, the next import begins without it."""
    with suppress(OSError, ValueError):
        write_json(state / _FILE, folder)


def last_import_folder(state: Path) -> str:
    """The folder of the last import; empty when none is known."""
    try:
        return str(json.loads((state / _FILE).read_text("utf-8")))
    except (OSError, ValueError, RecursionError):
        return ""


def forget_import_folder(state: Path, traces: Iterable[str]) -> None:
    """Forget the folder when its path contains one of these texts.

    Version 0.1 kept it in one file with typed texts, which nothing reads: that file is deleted in any case.
    """
    gone = [_TYPED_TEXTS, *([_FILE] if naming(traces)(last_import_folder(state)) else [])]
    for name in gone:
        with suppress(OSError):
            (state / name).unlink()
