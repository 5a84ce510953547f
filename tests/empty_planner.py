"""An empty planner for a test: made once, then copied, since making one takes longer than most tests."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.core.model import Settings
from planner.private_files import make_folder
from planner.store.session import Store


@cache
def _made() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "planner.db"
        Store(path, Settings()).open().close()
        return path.read_bytes()


def empty_planner(path: Path) -> Path:
    """Put an empty planner at a path, unless one is there; gives the path."""
    if not path.exists():
        make_folder(path.parent)
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(_made())
    return path
