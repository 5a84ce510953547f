"""Texts edited in the user's editor: each in a folder of its own, removed with all that the editor puts beside it."""

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
"""The most bytes read of a file; a longer one is no typed text."""
SAVED_IN_A_HURRY = ".save"
"""The suffix nano adds to a file name for the text it saves when its terminal goes away."""
_NEVER_WAITS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_MARKED = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class NoFile(OSError):
    """A path is not a file with a text."""


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
    """The bytes of a text in a file."""
    return f"{text}\n".encode("utf-8", "replace") if text else b""


def fingerprint(content: bytes) -> str:
    """A digest that tells two contents apart without storing them."""
    # Loaded late: it loads OpenSSL, which no screen needs before the editor.
    import hashlib

    return hashlib.sha256(content).hexdigest()


def read(file: Path) -> bytes:
    """The content of a file, without waiting. Raises OSError; `NoFile` if it is no file or longer than any text."""
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
    """The text an editor wrote into a file, or saved beside it in a hurry; None if it wrote none.

    `given` is the fingerprint of the content that the editor got.
    """
    found = []
    for one in (file, file.with_name(file.name + SAVED_IN_A_HURRY)):
        with suppress(OSError):
            content = read(one)
            if fingerprint(content) != given:
                found.append((one.stat().st_mtime_ns, content))
    return tidy(decoded(max(found)[1])) if found else None


def copies_beside(file: Path) -> list[Path]:
    """The recovery files that an editor keeps beside a file, such as .notes.txt.swp: only the editor can read them."""
    try:
        found = sorted(file.parent.iterdir())
    except OSError:
        return []
    return [one for one in found if one.name not in (file.name, file.name + SAVED_IN_A_HURRY)]


def decoded(content: bytes) -> str:
    """A text in UTF-8, or in the encoding its first bytes mark, else in Windows-1252 (Western Europe)."""
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def tidy(text: str) -> str:
    """A text without characters that act on a terminal, and without blanks at the ends of its lines."""
    return "\n".join(clean(line).rstrip() for line in text.splitlines()).strip()


def remove(file: Path) -> None:
    """Remove a file, and everything an editor put beside it: copies, texts saved in a hurry."""
    if file.parent.parent.name == FOLDER or file.parent.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(file.parent, ignore_errors=True)
    else:
        with suppress(OSError):
            file.unlink()


def remove_if_empty(file: Path) -> None:
    """Remove the folder of a file that the editor deleted, unless the editor put something beside it."""
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
