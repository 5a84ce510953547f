"""Card files of other programs, written so that none of their edits is lost.

The new text is written beside the file, whole, and the two change places in one step; what came out is compared with
what was read, and put back if another program was faster. A check before a plain rename cannot do that: whoever writes
between the two loses the edit. What a kill leaves behind is finished or put back by `sweep`.
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
"""A whole text that waits, by its name: digests of the name of its file, of the bytes it replaces and of itself.

Syncing programs pass over `.tmp`.
"""
_KEPT = ".planner-kept-"
_TRIES = 100
"""Turns of a file with a program that writes without a pause."""


class ChangedMeanwhile(Refused):
    """Another program wrote the file since it was read; it holds what that program wrote."""

    title = "Changed meanwhile"


@record(frozen=True, slots=True)
class WrittenFile:
    """A file that was written: what the system knows of it, and whether the two changed places in one step.

    Where a file system cannot do that, the file was compared just before it was replaced, which is weaker.
    """

    status: os.stat_result
    is_exchanged: bool


@record(frozen=True, slots=True)
class Swept:
    """What was left of interrupted writings: names of files whose edit by another program was put back, and of files
    that hold another program's text which something newer has replaced.
    """

    put_back: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def fingerprint(data: bytes) -> str:
    """What tells the bytes of a file from others."""
    return hashlib.sha256(data).hexdigest()


def read(folder: Path, name: str) -> tuple[bytes, os.stat_result]:
    """The bytes of a card file and what the system knows of it.

    Raises Refused for what is no regular file of the folder, cannot be read or is larger than `FILE_LIMIT`.
    """
    with _opened(folder) as place, _said(folder / name):
        return _read(place, name)


def replace(folder: Path, name: str, was: bytes, data: bytes) -> WrittenFile:
    """Give a card file other bytes, provided that it still holds those that were read.

    Raises ChangedMeanwhile when it does not, even if that happens in the middle, and Refused when the folder is gone,
    the disk is full or the file is none that may be replaced; the file is whole and as it was then.
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
    """Put a new file into a folder. Raises ChangedMeanwhile when something has that name, and Refused as `replace`."""
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
    """Finish what a kill left: texts that were not whole go, an edit that came out of an exchange goes back.

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
    """Whether a text that waits was left by a session that is gone; meanwhile no session begins to write it."""
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
    """Whether another program's text was put back; None where the waiting text was none of another program."""
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
    """Change places again until what comes out is what was put in before: then no newer text is aside."""
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
    """After a failure in the middle: take away what waits if nobody else wrote it; `sweep` looks at the rest."""
    match = _WHOLE.fullmatch(waiting)
    with suppress(OSError):
        if match is not None and fingerprint(_read(place, waiting)[0])[:32] in (match[2], match[3]):
            os.unlink(waiting, dir_fd=place)


def _locked_file(place: int, name: str) -> int:
    """A new file that no other session sweeps until it is closed, which the system does for a session that dies."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(name, flags, 0o600, dir_fd=place)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        # Another session swept it between the two.
        os.close(descriptor)


def _write_beside(place: int, waiting: str, data: bytes, mode: int) -> int:
    """Write a text under a name that says that it is whole, once it is; gives its descriptor."""
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
    """What tells one content from another; of what is no file that can be read, such as a link, what it is."""
    try:
        return fingerprint(_read(place, name)[0])
    except OSError:
        status = os.stat(name, dir_fd=place, follow_symlinks=False)
        return f"{status.st_mode} {status.st_ino}"


def _renamed(place: int, one: str, other: str, flag: int) -> bool:
    """Rename as Linux does with a flag; False where system or file system cannot. Raises OSError."""
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
    """Say a failure of the system in words; nothing of the file was changed then."""
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
