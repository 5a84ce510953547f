"""A folder with one calendar entry per file: changes by other programs are read, and preserved when writing."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path

from planner.core.book.calendar import Returned
from planner.core.records import record
from planner.core.rhythm.calendar_entries import CalendarEntry
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.foreign_files import is_half_synced
from planner.interchange import calendar
from planner.interchange.book import exchange
from planner.interchange.book.entries import ENTRY_LIMIT, marks_of, returned, rewritten
from planner.interchange.files import FolderReport, entry_name, manifest_of, write_manifest

_MANY = 5
"""So many entries may be deleted one by one; if more than half are gone at once, the folder is asked about."""


@record(frozen=True, slots=True)
class EntryFile:
    """The file of one of our entries: its name, its bytes when it was read, and its content."""

    name: str
    data: bytes
    says: Returned


@record(frozen=True, slots=True)
class ReadCalendar:
    """The result of reading a folder: files by uid, uids of deleted entries, and lines about what could not be read."""

    files: Mapping[str, EntryFile]
    missing: tuple[str, ...]
    troubles: tuple[str, ...] = ()
    is_emptied: bool = False
    """Whether more than half of the entries are gone, as in a folder that was emptied or is not mounted."""

    @property
    def says(self) -> Iterable[Returned]:
        """The content of each file."""
        return [file.says for file in self.files.values()]


class CalendarFiles:
    """Reads and writes folders of entries; `zone` is my own time zone."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def read(self, path: str, entries: Iterable[CalendarEntry]) -> ReadCalendar:
        """Read our entries in a folder, see `read`."""
        return read(Path(path), entries, self._zone)

    def write(
        self, path: str, entries: Collection[CalendarEntry], seen: ReadCalendar, left: Collection[str], todo: bool
    ) -> int:
        """Bring the files of our entries up to date, see `write`; return how many were written or removed."""
        report = write(Path(path), entries, seen, left, self._zone, todo=todo)
        return report.written + report.deleted


def read(folder: Path, entries: Iterable[CalendarEntry], zone: tzinfo) -> ReadCalendar:
    """Read our entries in a folder; entries of others are skipped. Raises Refused if there is no folder.

    `zone` is my own time zone.
    """
    files: dict[str, EntryFile] = {}
    troubles: list[str] = []
    exchange.sweep(folder)
    try:
        names = sorted(one.name for one in os.scandir(folder) if one.is_file(follow_symlinks=False))
    except OSError as error:
        raise Refused(f"The folder {_shown(folder)} cannot be read", "Sync again when it is back.") from error
    for name in names:
        if not name.endswith(".ics") or is_half_synced(name):
            continue
        try:
            data, _ = exchange.read(folder, name)
        except Refused as refusal:
            troubles.append(refusal.message)
            continue
        says = returned(data, zone) if len(data) <= ENTRY_LIMIT and b"X-PLANNER-ITEM" in data.upper() else None
        if says is not None:
            files.setdefault(says.uid, EntryFile(name, data, says))
    known = manifest_of(folder)
    ours = [one.uid for one in entries if entry_name(one.uid) in known]
    missing = tuple(uid for uid in ours if uid not in files)
    is_emptied = len(missing) > _MANY and 2 * len(missing) > len(ours)
    return ReadCalendar(files, missing, tuple(troubles), is_emptied)


def write(
    folder: Path,
    entries: Collection[CalendarEntry],
    seen: ReadCalendar,
    left: Collection[str],
    zone: tzinfo,
    *,
    todo: bool = False,
) -> FolderReport:
    """Bring the files of our entries up to date; `left` are uids of deleted entries that stay deleted for now.

    An up-to-date file is not touched; one that another program wrote meanwhile is left for the next time. Files of
    settled entries are deleted. Raises Refused when the folder cannot be written.
    """
    fresh = calendar.folder(entries, todo=todo)
    known = manifest_of(folder)
    by_name = {entry_name(one.uid): one.uid for one in entries}
    done = {uid: file for uid, file in seen.files.items() if entry_name(uid) not in by_name and file.name in known}
    write_manifest(folder, known | set(by_name))
    written = unchanged = 0
    for name, data in fresh.items():
        uid = by_name[name]
        if uid in left:
            continue
        file = seen.files.get(uid)
        if file is not None and _is_current(file, data, zone):
            unchanged += 1
            continue
        with suppress(exchange.ChangedMeanwhile):
            if file is None:
                exchange.put_new(folder, name, data)
            else:
                exchange.replace(folder, file.name, file.data, rewritten(file.data, data, file.says.sequence))
            written += 1
    gone = 0
    for file in done.values():
        with suppress(FileNotFoundError, Refused):
            if exchange.read(folder, file.name)[0] == file.data:
                (folder / file.name).unlink()
                gone += 1
    write_manifest(folder, (known | set(by_name)) - {file.name for file in done.values()})
    return FolderReport(written, unchanged, gone)


def _is_current(file: EntryFile, fresh: bytes, zone: tzinfo) -> bool:
    """Whether a file has the content of `fresh`, and no change by another program."""
    wanted, says = returned(fresh, zone), file.says
    return (
        wanted is not None
        and (says.planned, says.day) == (wanted.planned, wanted.day)
        and marks_of(file.data) == marks_of(fresh)
        and not (says.words or says.is_done or says.is_cancelled)
    )


def _shown(path: Path) -> str:
    return clean(str(path), visible=True)
