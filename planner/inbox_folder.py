"""The folder of the inbox: texts written elsewhere for the capture line, read whole and put away.

A file that is still being written, and one with a name that syncing programs give to incomplete and conflicting files,
waits.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

from planner.core.dates.civil import civil_today
from planner.core.inbox import InboxText, inbox_lines
from planner.core.records import record
from planner.errors import Refused
from planner.foreign_files import is_being_written, is_half_synced, open_regular, reason
from planner.private_files import make_folder

DONE = "done"
"""The folder beside the files for those that were read."""
MOST_BYTES = 1 << 20


@record(frozen=True, slots=True)
class InboxFolder:
    """The content of the inbox folder: the texts to read, and lines about why other files wait.

    `growing` are the lines about files still being written, which will be complete at a later check.
    """

    texts: tuple[InboxText, ...]
    waiting: tuple[str, ...]
    growing: tuple[str, ...] = ()


def read_inbox(folder: Path, now: datetime, day_starts_at: time) -> InboxFolder:
    """Read the folder of the inbox, oldest file first; nothing in it is changed. `now` is an instant (aware).

    Raises `Refused` if there is no such folder or it cannot be read. Links, and anything but files, are left alone.
    """
    try:
        names = sorted(os.listdir(folder))
    except NotADirectoryError:
        raise Refused(f"The inbox {folder} is a file", "Let inbox in config.toml name a folder") from None
    except FileNotFoundError:
        raise Refused(f"The inbox {folder} is not there", "Make the folder, or change inbox in config.toml") from None
    except OSError as error:
        raise Refused(f"The inbox {folder} cannot be read: {error.strerror}", "Check its permissions") from None
    texts, waiting, growing = [], [], []
    for name in names:
        try:
            text = _read(folder, name, now, day_starts_at)
        except _GrowingError as refusal:
            growing.append(str(refusal))
        except Refused as refusal:
            waiting.append(str(refusal))
        else:
            texts += [text] if text is not None else []
    texts.sort(key=lambda one: (one.modified, one.name))
    return InboxFolder(tuple(texts), tuple(waiting), tuple(growing))


class _GrowingError(Refused):
    """A file that is still being written."""


def _read(folder: Path, name: str, now: datetime, day_starts_at: time) -> InboxText | None:
    """One file as a text, None for anything that is no inbox file; `Refused` says why a file waits."""
    if name.startswith("."):
        return None
    try:
        if stat.S_ISDIR(os.stat(folder / name, follow_symlinks=False).st_mode):
            return None
        opened = open_regular(folder / name)
    except FileNotFoundError:
        # Renamed by a syncing program since the folder was listed.
        return None
    except OSError as error:
        raise Refused(f"{name} cannot be read: {reason(error)}", "Put a text that you may read there") from None
    try:
        status = os.fstat(opened)
        if is_half_synced(name):
            raise Refused(f"{name} looks like half a file or a conflict", "Give it another name once it is whole")
        if is_being_written(status, now):
            raise _GrowingError(f"{name} is still being written", "It is read in a moment")
        data = b""
        while len(data) <= MOST_BYTES and (piece := os.read(opened, MOST_BYTES + 1 - len(data))):
            data += piece
    except OSError as error:
        raise Refused(f"{name} cannot be read: {reason(error)}", "Check its permissions") from None
    finally:
        os.close(opened)
    if len(data) > MOST_BYTES:
        raise Refused(f"{name} is larger than 1 MB", "Divide it, or import it with “planner import”")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(f"{name} is no text", "Put texts there alone")
    written = datetime.fromtimestamp(min(status.st_mtime, now.timestamp()))
    return InboxText(name, civil_today(written, day_starts_at), status.st_mtime, inbox_lines(_decoded(data, name)))


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{name} is not UTF-8", "Save it as UTF-8") from None


def take_in(found: InboxFolder, folder: Path, keep: Callable[[InboxText], None]) -> Iterator[str]:
    """Have the planner store the lines of each text, then put its file away; yields why a file could not be put away.

    The lines are stored before the file is moved: whatever happens between, nothing is lost, and a text that is read
    again is recognised.
    """
    for text in found.texts:
        keep(text)
        trouble = put_away(folder, text)
        if trouble:
            yield trouble


def put_away(folder: Path, text: InboxText) -> str:
    """Move the file of a stored text into `DONE`; return why it could not be moved, "" after success.

    What was written to it meanwhile stays, and is read next time as a file that has grown.
    """
    try:
        if os.stat(folder / text.name, follow_symlinks=False).st_mtime == text.modified:
            _move(folder, text.name)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"{text.name} was read and cannot be put into {DONE}: {error.strerror}"
    return ""


def _move(folder: Path, name: str) -> None:
    """Move a file into the folder for read files, under a free name; raises OSError."""
    done = folder / DONE
    make_folder(done)
    stem, dot, ending = name.rpartition(".")
    number = 1
    while True:
        free = name if number == 1 else f"{stem or ending}-{number}{dot and stem and f'.{ending}'}"
        try:
            # A link is only created under a free name: renaming would replace an existing file.
            os.link(folder / name, done / free, follow_symlinks=False)
        except FileExistsError:
            number += 1
            continue
        except OSError:
            if (done / free).exists():
                number += 1
                continue
            os.rename(folder / name, done / free)
            return
        os.unlink(folder / name)
        return
