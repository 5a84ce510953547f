"""Texts on their way through the person's editor: each is a file in a folder of its own, which goes with all that
the editor puts beside the file."""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from planner.core.words.folding import clean
from planner.private_files import make_folder

FOLDER = "editor"
"""Below the folder of the planner's state."""
LARGEST = 16 << 20
"""Bytes of a file that is read; a longer one is no text that was typed."""
SAVED_IN_A_HURRY = ".save"
"""What nano adds to the name of a file, for the text it holds when its terminal goes."""
_NEVER_WAITS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_MARKED = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class NoFile(OSError):
    """What stands at a path is not a file that holds a text."""


def new_file(text: str, state: Path | None, name: str) -> Path:
    """Write a text into a new file that only its owner may open; raises OSError. Without a folder, a temporary one."""
    if state is not None:
        make_folder(state / FOLDER)
    # mkdtemp makes it for its owner alone.
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=state / FOLDER if state is not None else None))
    file = folder / f"{name}.txt"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content_of(text))
    except OSError:
        remove(file)
        raise
    return file


def content_of(text: str) -> bytes:
    """The bytes that stand for a text in a file."""
    return f"{text}\n".encode("utf-8", "replace") if text else b""


def fingerprint(content: bytes) -> str:
    """What tells two contents apart, without holding any of them."""
    # Loaded late: it brings OpenSSL, which no screen needs before the editor.
    import hashlib

    return hashlib.sha256(content).hexdigest()


def read(file: Path) -> bytes:
    """The content of a file; never waits. Raises OSError, `NoFile` for what is none or is longer than any text."""
    descriptor = os.open(file, _NEVER_WAITS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NoFile("it is no file")
        if status.st_size > LARGEST:
            raise NoFile(f"it is longer than {LARGEST >> 20} MB")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(LARGEST)
    finally:
        os.close(descriptor)


def written_in(file: Path, given: str) -> str | None:
    """The text an editor wrote into a file, or saved beside it in a hurry; None where it wrote none.

    `given` is the fingerprint of what the editor got.
    """
    found = []
    for one in (file, file.with_name(file.name + SAVED_IN_A_HURRY)):
        with suppress(OSError):
            content = read(one)
            if fingerprint(content) != given:
                found.append((one.stat().st_mtime_ns, content))
    return tidy(decoded(max(found)[1])) if found else None


def copies_beside(file: Path) -> list[Path]:
    """What an editor keeps beside a file to recover from, such as .notes.txt.swp: only the editor can read it."""
    try:
        found = sorted(file.parent.iterdir())
    except OSError:
        return []
    return [one for one in found if one.name not in (file.name, file.name + SAVED_IN_A_HURRY)]


def decoded(content: bytes) -> str:
    """A text in UTF-8, or as its first bytes say, else in the letters of Western Europe (Windows-1252)."""
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def tidy(text: str) -> str:
    """A text without what acts on a terminal, and without blanks at the ends of its lines."""
    return "\n".join(clean(line).rstrip() for line in text.splitlines()).strip()


def remove(file: Path) -> None:
    """Remove a file, and all that an editor put beside it: copies, what it saved in a hurry."""
    if file.parent.parent.name == FOLDER or file.parent.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(file.parent, ignore_errors=True)
    else:
        with suppress(OSError):
            file.unlink()


def remove_if_empty(file: Path) -> None:
    """Remove the folder of a file that the editor took away, where the editor put nothing beside it."""
    with suppress(OSError):
        if not stat.S_ISREG(file.lstat().st_mode) and not file.is_dir():
            file.unlink()
    with suppress(OSError):
        file.parent.rmdir()


def left_files(state: Path) -> list[Path]:
    """Every file that an editor left."""
    # Beside the folder: where texts of earlier versions are.
    found = [*state.glob("*.txt"), *(state / FOLDER).rglob("*")]
    return sorted(one for one in found if not one.is_dir() or one.is_symlink())
