"""Whether a file mentions somebody: a planner is searched by bytes, a text by its words in any spelling and form."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from planner.core.words.redaction import redaction
from planner.errors import PlannerError
from planner.passphrases import is_encrypted
from planner.regular_files import open_named
from planner.store import sqlite
from planner.store.forgetting import Erased

_IN_JSON = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPED = re.compile(r"\\([,;])")


def holds_any(path: Path, traces: Iterable[str]) -> bool:
    """Whether a copy of a planner contains one of the texts as bytes, in any case.

    An encrypted planner that cannot be opened counts as containing them.
    """
    wanted = re.compile(b"|".join(re.escape(one.encode("utf-8", "ignore")) for one in traces if one) or b"(?!)", re.I)
    if is_encrypted(path):
        try:
            return wanted.search(sqlite.image_of(path)) is not None
        except Exception as error:
            if not isinstance(error, PlannerError) and not sqlite.problem_of(error):
                raise
            return True
    with (
        suppress(OSError, ValueError),
        open_named(path) as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return wanted.search(content) is not None
    return False


def text_holding(erased: Erased) -> Callable[[Path], bool]:
    """A function that tells whether a text file, such as an export, mentions somebody.

    Case, accents and the grouping of a number do not matter, and neither do continued lines, as in vCards and
    calendars.
    """
    redact = redaction(erased.names, erased.addresses)

    def is_in(text: str) -> bool:
        text = _ESCAPED.sub(r"\1", _IN_JSON.sub(lambda match: chr(int(match[1], 16)), text)) if "\\" in text else text
        return any(uid in text for uid in erased.uids) or redact(text) != text

    def holds(path: Path) -> bool:
        with suppress(OSError, ValueError), open_named(path) as file:
            return any(is_in(text) for text in _lines(file))
        return False

    return holds


def _lines(file: BinaryIO) -> Iterator[str]:
    """The lines of a file, and each run of continued lines once more as one."""
    pieces: list[bytes] = []
    for row in file:
        line = row.rstrip(b"\r\n")
        if line[:1] in (b" ", b"\t") and pieces:
            yield line.decode("utf-8", "replace")
            pieces.append(line[1:])
            continue
        yield b"".join(pieces).decode("utf-8", "replace")
        pieces = [line]
    yield b"".join(pieces).decode("utf-8", "replace")
