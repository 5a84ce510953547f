"""Completes paths to files of contacts, like a shell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path

from planner.core.records import record

ENDINGS = (".vcf", ".vcard", ".csv", ".ldif", ".zip", ".json")
MOST_ENTRIES = 5000
"""The most entries of a folder that are read."""
TELLING = ("contact", "connection", "linkedin", "friend", "people", "address", "adress", "network", "google", "outlook",
           "kontakt", "member", "mitglied")  # fmt: skip
"""Parts of the names that programs give to tables and archives of contacts."""


@record(frozen=True, slots=True)
class PathFound:
    """A file or folder to choose. `path` is the text to type for it, `size` is in bytes."""

    path: str
    is_folder: bool = False
    size: int = 0
    changed: date | None = None


def looked_at(paths: Iterable[str]) -> list[PathFound]:
    """The files and folders at some paths; a path that does not exist is left out."""
    found = []
    for path in paths:
        if path.endswith("/"):
            found.append(PathFound(path, is_folder=True))
            continue
        try:
            status = os.stat(os.path.expanduser(path))
            found.append(PathFound(path, False, status.st_size, date.fromtimestamp(status.st_mtime)))
        except (OSError, OverflowError, ValueError):
            continue
    return found


def files_nearby(last_folder: str = "", limit: int = 40) -> list[PathFound]:
    """Files of contacts in `last_folder` and in the usual folders, the latest change first; at most `limit`."""
    usual = [Path.home() / "Downloads", Path.cwd(), Path.home()]
    paths = [path for folder in dict.fromkeys(usual) for path in _books(folder)]
    if last_folder:
        last = Path(os.path.expanduser(last_folder))
        paths += [entry.path for entry in _entries(last) if entry.name.lower().endswith(ENDINGS)]
    found = looked_at(_with_tilde(path) for path in dict.fromkeys(paths))
    return sorted(found, key=lambda one: (one.changed or date.min, one.path), reverse=True)[:limit]


def completions(text: str, limit: int = 8, endings: tuple[str, ...] = ENDINGS) -> tuple[str, ...]:
    """Folders (ending in a slash) and files of contacts whose path begins with a text, files first; at most `limit`.

    "~" stays as typed. Without a text, the files in the usual folders. `endings` are the suffixes of file names. Never
    raises: a folder that cannot be read counts as empty.
    """
    if not text.strip():
        usual = (Path.home() / "Downloads", Path.cwd(), Path.home())
        found = [str(path) for folder in dict.fromkeys(usual) for path in _books(folder)]
        return tuple(_with_tilde(path) for path in found[:limit])
    before, slash, part = text.rpartition("/")
    folder = Path(os.path.expanduser(f"{before}{slash}")) if slash else Path.cwd()
    if text == "~":
        return ("~/",)
    files, folders = [], []
    for entry in _entries(folder):
        if not entry.name.lower().startswith(part.lower()) or (entry.name.startswith(".") and not part):
            continue
        try:
            is_folder = entry.is_dir()
        except OSError:
            continue
        if is_folder:
            folders.append(f"{before}{slash}{entry.name}/")
        elif entry.name.lower().endswith(endings):
            files.append(f"{before}{slash}{entry.name}")
    return tuple([*sorted(files), *sorted(folders)][:limit])


def common_beginning(text: str, found: tuple[str, ...]) -> str:
    """The longest common beginning of the completions; the text itself where that is longer."""
    if not found:
        return text
    first, last = min(found), max(found)
    same = next((n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    beginning = first[:same]
    return beginning if len(beginning) > len(text) or len(found) == 1 else text


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(islice(entries, MOST_ENTRIES))
    except OSError:
        return []


def _books(folder: Path) -> list[str]:
    """Files of contacts in a folder; of tables and archives only those named like an export of contacts."""
    found = []
    for entry in _entries(folder):
        name = entry.name.lower()
        if name.endswith((".vcf", ".vcard")) or (name.endswith(ENDINGS) and any(part in name for part in TELLING)):
            found.append(entry.path)
    return sorted(found)


def _with_tilde(path: str) -> str:
    home = str(Path.home())
    return f"~{path[len(home) :]}" if path.startswith(f"{home}{os.sep}") else path
