"""Backups: whole copies of the database, made before every migration and once a day, then thinned."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from planner.core.records import record
from planner.errors import Damaged, DiskFull, PlannerError, ReadOnly, StoreError
from planner.limits import refuse_read_only
from planner.private_files import make_folder
from planner.store import sqlite
from planner.store.damage.values import bad_values

if TYPE_CHECKING:
    from planner.store.connection import Connection

EVERY = timedelta(days=1)
ALL_FOR = timedelta(days=2)
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 12, 10, 9
AUTOMATIC = frozenset({"daily", "before-migration", "before-restore"})
"""The reasons of backups that the program makes by itself: only these are ever thinned."""
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6})Z(?:-(\d+))?-([a-z-]+)\.db")


@record(frozen=True, slots=True)
class Backup:
    """One backup: its path, when it was made (UTC) and why ("daily", "before-migration", …)."""

    path: Path
    made_at: datetime
    reason: str
    number: int = 0


def backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; other files are ignored."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            if match is not None:
                with suppress(ValueError):
                    made_at = datetime.strptime(match[1], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
                    found.append(Backup(path, made_at, match[3], int(match[2] or 0)))
    return sorted(found, key=lambda one: (one.made_at, one.number, one.path.name), reverse=True)


@record(frozen=True, slots=True)
class FileInFolder:
    """One file in the folder of backups: a backup, or the reason why it is not a valid one."""

    path: Path
    size: int
    made_at: datetime | None
    reason: str
    wrong: str = ""

    @property
    def counts(self) -> bool:
        """Whether the file is a valid backup, so that the newest of them may be restored without being named."""
        return self.made_at is not None and not self.wrong


def files_in(folder: Path, newest_version: int, now: datetime) -> list[FileInFolder]:
    """Every file in a folder of backups, newest first, files of other programs last; only their heads are read.

    `newest_version` is the newest schema that this planner knows.
    """
    known = {one.path: one for one in backups(folder)}
    others = []
    with suppress(OSError):
        others = sorted(path for path in folder.iterdir() if path not in known and not is_left_over(path))
    found = []
    for path in (*known, *others):
        one = known.get(path)
        try:
            status = path.lstat()
        except OSError:
            # Another session is thinning.
            continue
        wrong = _why_not(path, newest_version)
        if one is None:
            wrong = wrong or "not named as a backup"
        elif one.made_at > now:
            wrong = wrong or "dated in the future: counts as not there"
        made_at, reason = (one.made_at, one.reason) if one is not None else (None, "")
        found.append(FileInFolder(path, status.st_size, made_at, reason, wrong))
    return found


def _why_not(path: Path, newest_version: int) -> str:
    try:
        header = sqlite.read_header(path)
    except PlannerError as problem:
        return problem.message.removeprefix(f"{path} ")
    if header.application_id != sqlite.APPLICATION_ID:
        return "is a database of another program"
    if header.version > newest_version:
        return f"was written by a newer planner (schema {header.version})"
    return "is cut short" if header.truncated else ""


_LEFT_OVER = re.compile(rf"\.(?:.+\.)?(\d+)\.(?:draft|restore|new)(?:{'|'.join(sqlite.BESIDE)})?")
"""The names of unfinished copies, with the number of the process that makes them."""


def is_left_over(path: Path) -> bool:
    """Whether a file name is that of an unfinished copy."""
    return _LEFT_OVER.fullmatch(path.name) is not None


def sweep(store: Connection) -> list[Path]:
    """Remove unfinished copies of processes that died (each contains everybody's data), and return their paths."""
    swept = []
    for folder in (store.path.parent, store.backups):
        with suppress(OSError):
            for path in sorted(folder.iterdir()):
                found = _LEFT_OVER.fullmatch(path.name)
                ours = folder == store.backups or path.name.startswith(f".{store.path.name}.")
                if found is None or not ours or _runs(int(found[1])):
                    continue
                if path.is_dir():
                    for one in path.iterdir():
                        one.unlink()
                    path.rmdir()
                elif path.is_file():
                    path.unlink()
                swept.append(path)
    return swept


def _runs(process: int) -> bool:
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def backup(store: Connection, reason: str, *, now: datetime | None = None) -> Path:
    """Copy the database into the folder of backups and return the path of the copy; other backups stay.

    `reason` is made of letters and hyphens, `now` an aware instant (default: the clock). Raises `DiskFull`, `ReadOnly`
    or `StoreError`, and leaves no unfinished copy.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    refuse_read_only()
    try:
        make_folder(store.backups)
        draft = store.backups / f".{os.getpid()}.draft"
        draft.unlink(missing_ok=True)
    except OSError as error:
        raise ReadOnly(f"No backup can be made in {store.backups}: {error.strerror}", "Check the folder.") from None
    try:
        sqlite.copy_into(store.database, draft)
        path = _free_name(store.backups, now, reason)
        draft.rename(path)
        sqlite.synchronize(path)
    except Exception as error:
        problem = sqlite.explain(error, draft)
        if problem is None and isinstance(error, OSError):
            problem = StoreError(f"No backup can be made in {store.backups}: {error.strerror}")
        if problem is None:
            raise
        if isinstance(problem, DiskFull):
            problem = DiskFull("The disk is full: no backup was made", "Make room, then try again.")
        raise problem from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path


def _free_name(folder: Path, now: datetime, reason: str) -> Path:
    stamp = now.strftime("%Y-%m-%dT%H%M%SZ")
    number = 0
    while True:
        path = folder / f"{stamp}{f'-{number}' if number else ''}-{reason}.db"
        if not path.exists():
            return path
        number += 1


def daily(store: Connection, *, now: datetime | None = None) -> Path | None:
    """Make a backup if the newest is a day old or there is none, then thin; return its path, or None.

    A backup dated in the future does not prevent a new one. Raises what `backup` raises, and `Damaged` when the copy is
    not healthy: then nothing is thinned.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    known = until(backups(store.backups), now)
    if known and now - known[0].made_at < EVERY:
        return None
    path = backup(store, "daily", now=now)
    # A copy of a damaged file is no backup, and a large file is not checked when it is opened.
    verify(path)
    for old in thinned(backups(store.backups), now):
        with suppress(OSError):
            old.path.unlink(missing_ok=True)
    sweep(store)
    return path


def until(known: Iterable[Backup], now: datetime) -> list[Backup]:
    """The backups not dated in the future, in the given order."""
    return [one for one in known if one.made_at <= now]


def thinned(known: Iterable[Backup], now: datetime) -> list[Backup]:
    """The backups that may be deleted: automatic ones older than 2 days that are not the newest of a span.

    The spans are the last 12 days, 10 weeks and 9 months with an automatic backup. Backups made by hand are never
    deleted, and those dated in the future wait for their day.
    """
    ours = [one for one in until(known, now) if one.reason in AUTOMATIC]
    newest_first = sorted(ours, key=lambda one: (one.made_at, one.number), reverse=True)
    kept = {one.path for one in newest_first if now - one.made_at <= ALL_FOR}
    for count, form in ((KEPT_DAYS, "%Y-%m-%d"), (KEPT_WEEKS, "%G-%V"), (KEPT_MONTHS, "%Y-%m")):
        spans: dict[str, Path] = {}
        for one in newest_first:
            spans.setdefault(one.made_at.strftime(form), one.path)
        kept.update(list(spans.values())[:count])
    return [one for one in newest_first if one.path not in kept]


def verify(path: Path) -> None:
    """Raise `Damaged` unless a file is a whole, healthy planner database; nothing is written."""
    try:
        header = sqlite.read_header(path)
    except FileNotFoundError:
        raise Damaged(f"{path} is not there") from None
    if header.application_id != sqlite.APPLICATION_ID:
        raise Damaged(f"{path} is a database of another program")
    database = sqlite.database_for(path, immutable=True)
    try:
        database.connect()
        wrong = sqlite.integrity_check(database) or list(bad_values(database))
    except Exception as error:
        if sqlite.problem_of(error) != "damaged":
            raise
        wrong = [str(error)]
    finally:
        database.close()
    if wrong or header.truncated:
        raise Damaged(f"{path} is damaged: {wrong[0] if wrong else 'it is cut short'}", "Choose another backup.")


def newest_good(folder: Path, *, now: datetime | None = None) -> Path | None:
    """The newest backup that is healthy and not dated in the future, or None."""
    for one in until(backups(folder), now or datetime.now(UTC)):
        with suppress(PlannerError):
            verify(one.path)
            return one.path
    return None
