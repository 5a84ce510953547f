"""Failures of SQLite as errors of the planner, with advice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from planner.errors import Busy, Damaged, DiskFull, PlannerError, ReadOnly, Refused, StoreError

_CODES = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "input/output",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CANTOPEN: "unopenable",
    sqlite3.SQLITE_CONSTRAINT: "constraint",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}
_GRAVEST_FIRST = tuple(dict.fromkeys(_CODES.values()))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__context__, one.__cause__, getattr(one, "orig", None)]


def problem_of(error: BaseException) -> str:
    """The cause of a failure: "full", "input/output", "damaged", "read-only", "unopenable",
    "constraint", "busy", "missing", "moved", or "" for anything else.

    The whole chain is read: a full disk surfaces as a rollback that failed.
    """
    found: set[str] = set()
    for one in _chain(error):
        # The first text is that of the module sqlite3, the second that of the library for encrypted files.
        code = getattr(one, "sqlite_errorcode", None) or getattr(one, "extendedresult", None)
        if code == sqlite3.SQLITE_READONLY_DBMOVED:
            return "moved"
        if code is not None and (code & 0xFF) in _CODES:
            found.add(_CODES[code & 0xFF])
        elif _is_undecodable(one):
            found.add("damaged")
        elif is_failure(one) and str(one).startswith(("no such table", "no such column")):
            found.add("missing")
    return next((problem for problem in (*_GRAVEST_FIRST, "missing") if problem in found), "")


def is_failure(error: BaseException) -> bool:
    """Whether SQLite itself raised an exception, over an encrypted file too."""
    return isinstance(error, sqlite3.Error) or (type(error).__module__ == "apsw" and hasattr(error, "result"))


def is_undecodable(error: BaseException) -> bool:
    """Whether a failure comes from a text that is not UTF-8."""
    return any(map(_is_undecodable, _chain(error)))


def _is_undecodable(one: BaseException) -> bool:
    return isinstance(one, sqlite3.Error) and str(one).startswith("Could not decode to UTF-8")


def explain(error: BaseException, path: Path) -> PlannerError | None:
    """The error to raise for a failure of SQLite, with advice; None for any other exception."""
    problem = problem_of(error)
    match problem:
        case "full":
            return DiskFull("The disk is full: not saved", "Make room, then try again; reading still works.")
        case "input/output":
            return DiskFull(
                f"{path} could not be written: the disk is full, over its quota or failing",
                "Check the disk, then try again.",
            )
        case "damaged" | "missing":
            if _size(path) == 0:
                return Damaged(f"{path} was emptied while it was open", "Restore a backup.")
            what = "holds bytes that are no text" if is_undecodable(error) else "is damaged"
            return Damaged(f"{path} {what}", "Nothing more is written to it. Restore a backup.")
        case "read-only":
            return ReadOnly(f"{path} or its folder may only be read: not saved", "Change its permissions.")
        case "unopenable":
            if not path.exists():
                return gone(path)
            return ReadOnly(f"{path} or its folder cannot be opened for writing", "Check its permissions.")
        case "busy":
            return Busy("Another session holds the database: not saved", "Try again in a moment.")
        case "moved":
            return gone(path)
        case "constraint":
            return _broken_constraint(error)
    if any(isinstance(one, UnicodeEncodeError) for one in _chain(error)):
        return Refused("The text holds half a character", "Type it again.")
    return None


def gone(path: Path) -> StoreError:
    """The error for a file that was deleted or replaced while it was open."""
    return StoreError(
        f"{path} was deleted or replaced while it was open: not saved", "Quit and open the planner again."
    )


def _broken_constraint(error: BaseException) -> PlannerError:
    text = " ".join(str(one) for one in _chain(error) if is_failure(one))
    if "way_out" in text:
        return Refused("A request is never just declined", "Name a way out and put it in words.")
    if "FOREIGN KEY" in text:
        return Refused("This refers to something that is gone", "Another session may have deleted it.")
    if "UNIQUE" in text:
        return Refused("This exists already", "Another session may have added it.")
    return Refused("The database does not take this value", "Check what was entered.")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
