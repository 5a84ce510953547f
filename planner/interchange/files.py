"""Writes export files: readable by their owner alone, and complete before they get their name.

Exports are other people's data. A file appears by renaming a finished one, so that no reader and no crash ever finds
half of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from planner.core.records import record
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.private_files import make_folder

MANIFEST = ".planner-export.json"
"""The file in a folder that lists the files an export wrote there. Only those are ever deleted."""
_DATABASE = b"SQLite format 3\0"
_entry_name = re.compile(r"[0-9A-Za-z_-]{1,120}\.(?:ics|vcf)")


def save(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file, replacing an older one in one step. Raises `Refused` if that is impossible.

    A link is followed. Never replaces a folder, a device or a database.
    """
    target = _target(path)
    try:
        _replace(target, parts)
    except OSError as error:
        raise _not_written(path, error) from error


def is_folder(path: Path, text: str) -> bool:
    """Whether a typed path means a folder: the folder exists, or the text ends in a slash."""
    return text.endswith(("/", os.sep)) or path.is_dir()


def _target(path: Path) -> Path:
    try:
        # A link stays a link: the file it leads to is replaced.
        target = Path(os.path.realpath(path))
        try:
            status = target.stat()
        except FileNotFoundError:
            if not target.parent.is_dir():
                raise Refused(f"There is no folder {_shown(target.parent)}", "Make it, or name another.") from None
            return target
        if not stat.S_ISREG(status.st_mode):
            raise Refused(f"{_shown(path)} is not a file that can be replaced", "Name another file.")
        with target.open("rb") as stream:
            if stream.read(len(_DATABASE)) == _DATABASE:
                raise Refused(f"{_shown(path)} is a database", "Name another file.")
    except OSError as error:
        raise _not_written(path, error) from error
    except ValueError as error:
        raise Refused("The name of the file cannot be used", "Name another file.") from error
    return target


def _replace(target: Path, parts: Iterable[bytes], *, settle: bool = True) -> None:
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for part in parts:
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    if settle:
        _settle(target.parent)


def _settle(folder: Path) -> None:
    """Make a renaming survive a power cut, if the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _shown(path: Path) -> str:
    return clean(str(path), visible=True)


def _not_written(path: Path, error: OSError) -> Refused:
    reason = (error.strerror or "the system refuses").lower()
    return Refused(f"{_shown(path)} cannot be written: {reason}", "Nothing there was changed; name another place.")


# Folders with one file per entry


@record(frozen=True, slots=True)
class FolderReport:
    """How many entries of a folder were written, left as they were, and deleted."""

    written: int
    unchanged: int
    deleted: int


@record(frozen=True, slots=True)
class ExportFolder:
    """Files to write into a folder, by name; `make` creates their content on demand."""

    make: Callable[[], Mapping[str, bytes]]
    ending: str
    is_whole: bool = True
    """Whether these are all files: then files of earlier exports that are not among them are deleted."""
    synced: Mapping[str, str] = field(default_factory=dict)
    """Folders that are synced with other programs, and the command that does it: an export would overwrite what those
    programs wrote.
    """

    def write(self, folder: Path) -> FolderReport:
        """Write them; see `sync_folder`. Raises `Refused` for a synced folder."""
        command = self.synced.get(str(folder.absolute()))
        if command is not None:
            why = f"{_shown(folder)} is kept in step with other programs, and is not written over"
            raise Refused(why, f"“{command}” writes what has changed, and reads what has changed there.")
        return sync_folder(folder, self.make(), self.ending, is_whole=self.is_whole)


def sync_folder(
    folder: Path, files: Mapping[str, bytes], ending: str = ".ics", *, is_whole: bool = True
) -> FolderReport:
    """Make these our files with one suffix in a folder; files of others stay.

    Unless `is_whole`, files of earlier exports that are not among these stay as well.

    An up-to-date file is not touched, so that it is not synced again for nothing. The manifest names each new file
    before the first one is written: a crash leaves no unknown file of ours. Raises `Refused` when the folder cannot be
    made or written, and rather than replace a file that we did not write.
    """
    try:
        make_folder(folder)
        known = manifest_of(folder)
        strangers = [name for name in files if name not in known and os.path.lexists(folder / name)]
        if strangers:
            raise Refused(
                f"{_shown(folder)} holds {len(strangers)} files of these names that were not written by an export",
                "Name another folder.",
            )
        changed = {name: data for name, data in files.items() if not _holds(folder / name, data)}
        gone = sorted(name for name in known - set(files) if is_whole and name.endswith(ending))
        left = (known | set(files)) - set(gone)
        if changed or gone or known != left:
            write_manifest(folder, known | set(files))
            for name, data in changed.items():
                _replace(folder / name, [data], settle=False)
            for name in gone:
                with suppress(FileNotFoundError):
                    (folder / name).unlink()
            write_manifest(folder, left)
    except OSError as error:
        raise _not_written(folder, error) from error
    return FolderReport(len(changed), len(files) - len(changed), len(gone))


def entry_name(uid: str, ending: str = ".ics") -> str:
    """The file name of an entry: its identifier, if that is a plain name."""
    name = f"{uid}{ending}"
    if _entry_name.fullmatch(name):
        return name
    return f"{hashlib.blake2b(uid.encode('utf-8', 'replace'), digest_size=16).hexdigest()}{ending}"


def _holds(path: Path, data: bytes) -> bool:
    try:
        if path.is_symlink() or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def manifest_of(folder: Path) -> set[str]:
    """The names in the manifest of a folder. A damaged manifest has none."""
    try:
        text = (folder / MANIFEST).read_bytes()
        names = json.loads(text)["files"]
    except (FileNotFoundError, ValueError, LookupError, TypeError, RecursionError):
        return set()
    if not isinstance(names, list):
        return set()
    return {name for name in names if isinstance(name, str) and _entry_name.fullmatch(name)}


def write_manifest(folder: Path, names: set[str]) -> None:
    """Write the names of our files in a folder into its manifest. Raises `OSError`."""
    text = json.dumps({"files": sorted(names)}, indent=0)
    _replace(folder / MANIFEST, [text.encode()])
