"""Folders and small files that only their owner may open, whatever the umask."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Create a folder and every missing one above it, each for its owner alone; raises OSError.

    `Path.mkdir` applies its mode to the last folder only: those above it would be open to others.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def write_json(file: Path, content: object) -> None:
    """Replace a file by one with this content as JSON, whole or not at all; its folder is created. Raises OSError."""
    make_folder(file.parent)
    beside = file.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(content, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
