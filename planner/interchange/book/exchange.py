"""Writes card files of other programs without losing any of their edits.

The new text is written completely beside the file, and the two are exchanged in one step; the replaced text is compared
with what was read, and put back if another program was faster. A check before a plain rename cannot do that: a write
between the two would be lost. `sweep` finishes or restores what a killed process leaves behind.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from planner.core.records import record
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.foreign_files import open_folder, open_regular, reason
from planner.interchange.text import FILE_LIMIT

_NOREPLACE, _EXCHANGE = 1, 2
_UNFINISHED = ".planner-new-"
_WHOLE = re.compile(r"\.planner-([0-9a-f]{16})-([0-9a-f]{32})-([0-9a-f]{32})-[0-9a-f]{8}\.tmp")
"""The name of a waiting, complete text: digests of its file's name, of the bytes it replaces and of itself.

Syncing programs ignore `.tmp`.
"""
_KEPT = ".planner-kept-"
_TRIES = 100
"""The most exchanges with a program that writes without a pause."""


class ChangedMeanwhile(Refused):
    """Another program wrote the file since it was read; the file has that program's text."""

    title = "Changed meanwhile"


@record(frozen=True, slots=True)
class WrittenFile:
    """A file that was written: its state in the file system, and whether the two texts were exchanged in one step.

    If a file system cannot do that, the file was compared just before it was replaced, which is weaker.
    """

    status: os.stat_result
    is_exchanged: bool


@record(frozen=True, slots=True)
class Swept:
    """The result of cleaning up after interrupted writes: names of files whose edit by another program was restored,
    and of files with another program's text that something newer has replaced.
    """

    put_back: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def fingerprint(data: bytes) -> str:
    """A digest of the bytes of a file."""
    return hashlib.sha256(data).hexdigest()


def read(folder: Path, name: str) -> tuple[bytes, os.stat_result]:
    """The bytes of a card file and its state in the file system.

    Raises Refused for a path that is no regular file of the folder, cannot be read or is larger than `FILE_LIMIT`.
    """
    with _opened(folder) as place, _said(folder / name):
        return _read(place, name)


def replace(folder: Path, name: str, was: bytes, data: bytes) -> WrittenFile:
    """Replace the bytes of a card file, provided that it still has those that were read.

    Raises ChangedMeanwhile if it does not, even in the middle of the exchange, and Refused when the folder is gone, the
    disk is full or the path is no file that may be replaced; the file is then complete and unchanged.
    """
    with _opened(folder) as place, _said(folder / name):
        found, status = _read(place, name)
        if found != was:
            raise _changed(folder / name)
        waiting = f".planner-{_short(name)}-{fingerprint(was)[:32]}-{fingerprint(data)[:32]}-{secrets.token_hex(4)}.tmp"
        written = _write_beside(place, waiting, data, stat.S_IMODE(status.st_mode) & 0o666)
        try:
            if _renamed(place, waiting, name, _EXCHANGE):
                is_exchanged = True
                if _what(place, waiting) != fingerprint(was):
                    _put_back(place, waiting, name, data)
                    raise _changed(folder / name)
                with suppress(FileNotFoundError):
                    # Another session may have swept it.
                    os.unlink(waiting, dir_fd=place)
            else:
                is_exchanged = False
                if _read(place, name)[0] != was:
                    os.unlink(waiting, dir_fd=place)
                    raise _changed(folder / name)
                os.rename(waiting, name, src_dir_fd=place, dst_dir_fd=place)
            _keep_names(place)
            return WrittenFile(os.fstat(written), is_exchanged)
        except OSError:
            _finish(place, waiting)
            raise
        finally:
            os.close(written)


def put_new(folder: Path, name: str, data: bytes) -> WrittenFile:
    """Write a new file into a folder. Raises ChangedMeanwhile when the name exists, and Refused like `replace`."""
    with _opened(folder) as place, _said(folder / name):
        waiting = f"{_UNFINISHED}{secrets.token_hex(8)}.tmp"
        written = _write_beside(place, waiting, data, 0o600)
        try:
            is_one_step = _renamed(place, waiting, name, _NOREPLACE)
            if not is_one_step:
                os.link(waiting, name, src_dir_fd=place, dst_dir_fd=place, follow_symlinks=False)
                os.unlink(waiting, dir_fd=place)
            _keep_names(place)
            return WrittenFile(os.fstat(written), is_exchanged=True)
        except OSError as error:
            with suppress(OSError):
                os.unlink(waiting, dir_fd=place)
            if error.errno == errno.EEXIST:
                there = f"{_shown(folder / name)} is there already"
                raise ChangedMeanwhile(there, "Sync again, which reads it.") from error
            raise
        finally:
            os.close(written)


def sweep(folder: Path) -> Swept:
    """Clean up after a killed process: incomplete texts are deleted, an edit that came out of an exchange is restored.

    Raises Refused when the folder cannot be read.
    """
    put_back: list[str] = []
    kept: list[str] = []
    with _opened(folder) as place, _said(folder):
        names = os.listdir(place)
        for waiting in names:
            if not waiting.startswith(".planner-"):
                continue
            with _left(place, waiting) as is_left:
                if not is_left:
                    continue
                if waiting.startswith(_UNFINISHED):
                    with suppress(OSError):
                        os.unlink(waiting, dir_fd=place)
                elif (match := _WHOLE.fullmatch(waiting)) is not None:
                    name = next((one for one in names if not one.startswith(".") and _short(one) == match[1]), "")
                    outcome = _swept(place, waiting, name, match[2], match[3])
                    if outcome is not None:
                        (put_back if outcome else kept).append(name or waiting)
                elif waiting.startswith(_KEPT):
                    kept.append(waiting)
    return Swept(tuple(put_back), tuple(kept))


@contextmanager
def _left(place: int, waiting: str) -> Iterator[bool]:
    """Whether the session of a waiting text has died; inside the block no session starts to write that text."""
    try:
        descriptor = open_regular(waiting, place)
    except OSError:
        yield False
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        except OSError:
            # A file system without such locks.
            yield True
        else:
            yield True
    finally:
        os.close(descriptor)


def _swept(place: int, waiting: str, name: str, was: str, ours: str) -> bool | None:
    """Whether another program's text was restored; None if the waiting text was not another program's."""
    try:
        text = fingerprint(_read(place, waiting)[0])[:32]
        now = fingerprint(_read(place, name)[0])[:32] if name else ""
        if text in (was, ours, now):
            os.unlink(waiting, dir_fd=place)
            return None
        if now == ours and _renamed(place, waiting, name, _EXCHANGE):
            if fingerprint(_read(place, waiting)[0])[:32] == ours:
                os.unlink(waiting, dir_fd=place)
                return True
            _renamed(place, waiting, name, _EXCHANGE)
        os.rename(waiting, f"{_KEPT}{secrets.token_hex(8)}.tmp", src_dir_fd=place, dst_dir_fd=place)
    except OSError:
        return None
    return False


def _put_back(place: int, waiting: str, name: str, ours: bytes) -> None:
    """Exchange again until the text that comes out is the one put in before: then no newer text is left aside."""
    last = fingerprint(ours)
    for _ in range(_TRIES):
        putting = _what(place, waiting)
        _renamed(place, waiting, name, _EXCHANGE)
        if _what(place, waiting) == last:
            os.unlink(waiting, dir_fd=place)
            return
        last = putting
    os.rename(waiting, f"{_KEPT}{secrets.token_hex(8)}.tmp", src_dir_fd=place, dst_dir_fd=place)


def _finish(place: int, waiting: str) -> None:
    """After a failure midway: delete the waiting text unless somebody else wrote it; `sweep` does the rest."""
    match = _WHOLE.fullmatch(waiting)
    with suppress(OSError):
        if match is not None and fingerprint(_read(place, waiting)[0])[:32] in (match[2], match[3]):
            os.unlink(waiting, dir_fd=place)


def _locked_file(place: int, name: str) -> int:
    """A new file that no other session sweeps until it is closed; the system closes it for a session that dies."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(name, flags, 0o600, dir_fd=place)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        # Another session swept it between the two calls.
        os.close(descriptor)


def _write_beside(place: int, waiting: str, data: bytes, mode: int) -> int:
    """Write a complete text under a name that marks it as complete; return its descriptor."""
    unfinished = f"{_UNFINISHED}{secrets.token_hex(8)}.tmp"
    descriptor = _locked_file(place, unfinished)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if mode & 0o600 == 0o600:
            os.fchmod(descriptor, mode)
        os.fsync(descriptor)
        os.rename(unfinished, waiting, src_dir_fd=place, dst_dir_fd=place)
    except BaseException:
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(unfinished, dir_fd=place)
        raise
    return descriptor


def _keep_names(place: int) -> None:
    # Some file systems cannot do that for a folder; the file is written nevertheless.
    with suppress(OSError):
        os.fsync(place)


def _read(place: int, name: str) -> tuple[bytes, os.stat_result]:
    descriptor = open_regular(name, place)
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            raise OSError(errno.EFBIG, f"it is larger than {FILE_LIMIT // 1_000_000} MB")
        return data, os.fstat(descriptor)


def _what(place: int, name: str) -> str:
    """The digest of a file's content; for something unreadable, such as a link, its mode and inode."""
    try:
        return fingerprint(_read(place, name)[0])
    except OSError:
        status = os.stat(name, dir_fd=place, follow_symlinks=False)
        return f"{status.st_mode} {status.st_ino}"


def _renamed(place: int, one: str, other: str, flag: int) -> bool:
    """Rename with a flag of Linux; False if system or file system cannot. Raises OSError."""
    call = _renameat2()
    if call is None:
        return False
    if call(place, os.fsencode(one), place, os.fsencode(other), flag) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM):
        return False
    raise OSError(number, os.strerror(number))


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return None
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    found: Callable[[int, bytes, int, bytes, int], int] = call
    return found


def _short(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:16]


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    try:
        place = open_folder(folder, through_links=True)
    except OSError as error:
        why = "is not there" if error.errno in (errno.ENOENT, errno.ENOTDIR) else f"cannot be opened: {reason(error)}"
        message = f"The folder {_shown(folder)} {why}"
        raise Refused(message, "Nothing was written. Sync again when it is back.") from error
    try:
        yield place
    finally:
        os.close(place)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Turn a failure of the system into a refusal in words; nothing of the file was changed then."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            advice = "The card is as it was. Make room, then sync again."
            raise Refused(f"The disk is full: {_shown(path)} was not written", advice) from error
        message = f"{_shown(path)} cannot be read or written: {reason(error)}"
        raise Refused(message, "The card is as it was. Sync again when that is mended.") from error


def _changed(path: Path) -> ChangedMeanwhile:
    return ChangedMeanwhile(f"{_shown(path)} was changed by another program meanwhile", "Sync again, which reads it.")


def _shown(path: Path) -> str:
    return clean(str(path), visible=True)
