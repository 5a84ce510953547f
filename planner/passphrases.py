"""Encrypted planners: recognising one by its first bytes, known passphrases, asking for one.

Nothing here loads a database: the full screen asks before it starts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from planner.errors import Refused
from planner.regular_files import open_named

_SAME_IN_EACH = b"\x40\x20\x20"
"""Bytes 21 to 23 of every database; they and the page size before them are not encrypted."""
SHORTEST = 8
LONGEST = 1000


def looks_encrypted(head: bytes) -> bool:
    """Whether the first bytes of a file are those of an encrypted database."""
    size = int.from_bytes(head[16:18], "big")
    sound = size == 1 or (512 <= size <= 32768 and size & (size - 1) == 0)
    return sound and head[21:24] == _SAME_IN_EACH and not head.startswith(b"SQLite format 3\x00")


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted database; False for a file that cannot be opened."""
    with suppress(OSError, ValueError), open_named(path) as file:
        return looks_encrypted(file.read(24))
    return False


class Passphrases:
    """The passphrases of one process; they are never written anywhere."""

    def __init__(self) -> None:
        self._known: list[str] = []
        self.ask: Callable[[Path], str | None] | None = None
        """Asks for the passphrase of a file, None if nobody can be asked; called at most once in a process."""

    def known(self) -> tuple[str, ...]:
        """The given passphrases, the latest first."""
        return tuple(self._known)

    def remember(self, passphrase: str) -> str:
        """Store a passphrase; return it in the form that is used, independent of how its letters were composed."""
        used = unicodedata.normalize("NFC", passphrase)
        self._known = [used, *(one for one in self._known if one != used)]
        return used

    def ask_for(self, path: Path) -> str | None:
        """Ask for the passphrase of a file, and store it; None if nobody can be asked, or was asked before."""
        ask, self.ask = self.ask, None
        given = ask(path) if ask is not None else None
        return self.remember(given) if given else None

    def forget_all(self) -> None:
        """Forget all passphrases, and stop asking."""
        self._known.clear()
        self.ask = None


PASSPHRASES = Passphrases()
"""The passphrases of this process: everything that opens a file of the planner, in any thread, uses them."""


def checked_passphrase(text: str) -> str:
    """A passphrase to encrypt with; raises `Refused` for one that is too short, too long or cannot be typed."""
    if len(text) < SHORTEST:
        raise Refused(f"A passphrase has at least {SHORTEST} characters", "Several words are easy to remember")
    if len(text) > LONGEST or not text.isprintable():
        raise Refused("A passphrase is one line that can be typed", "Choose another one")
    return text
