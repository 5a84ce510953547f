"""The files that exports were written to, listed in the folder of the program's state: they contain exported data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from planner.core.words.naming import naming
from planner.private_files import write_json

_FILE = "exports.json"
MOST = 200
"""The most files remembered, the latest ones."""


def remember_export(state: Path, file: Path) -> None:
    """Remember the path of a file, or folder, that an export was written to."""
    path = str(file.absolute())
    with suppress(OSError, ValueError):
        write_json(state / _FILE, [*(one for one in _paths(state) if one != path), path][-MOST:])


def known_exports(state: Path) -> list[Path]:
    """The exported files that still exist, those inside a folder one by one."""
    found: list[Path] = []
    for text in _paths(state):
        path = Path(text)
        with suppress(OSError):
            found += sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    return [path for path in found if path.is_file()]


def in_folders(files: Iterable[Path], state: Path) -> set[Path]:
    """The files, among these, that an export wrote into a folder, where other programs read them."""
    alone = set(_paths(state))
    return {file for file in files if str(file) not in alone}


def forget_exports(state: Path, traces: Iterable[str]) -> None:
    """Forget the paths that contain one of these texts; the other files hold other people, too."""
    names = naming(traces)
    known = _paths(state)
    left = [one for one in known if not names(one)]
    with suppress(OSError, ValueError):
        if left != known:
            write_json(state / _FILE, left)


def _paths(state: Path) -> list[str]:
    try:
        found = json.loads((state / _FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
