"""Planners that are encrypted: how one is told by its first bytes, which passphrases are known, how one is asked for.

Nothing here loads a database: the full screen asks before it begins.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from planner.errors import Refused
from planner.regular_files import open_named

_SAME_IN_EACH = b"\x40\x20\x20"
"""Bytes 21 to 23 of every database; with the size of a page before them they are not encrypted."""
SHORTEST = 8
LONGEST = 1000


def looks_encrypted(head: bytes) -> bool:
    """Whether the first bytes of a file are those of an encrypted database."""
    size = int.from_bytes(head[16:18], "big")
    sound = size == 1 or (512 <= size <= 32768 and size & (size - 1) == 0)
    return sound and head[21:24] == _SAME_IN_EACH and not head.startswith(b"SQLite format 3\x00")


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted database; a file that cannot be opened is none."""
    with suppress(OSError, ValueError), open_named(path) as file:
        return looks_encrypted(file.read(24))
    return False


class Passphrases:
    """The passphrases of one process; nothing of them is written anywhere."""

    def __init__(self) -> None:
        self._known: list[str] = []
        self.ask: Callable[[Path], str | None] | None = None
        """Asks for the passphrase of a file, None where nobody can be asked; called once at most in a process."""

    def known(self) -> tuple[str, ...]:
        """The passphrases that were given, the latest first."""
        return tuple(self._known)

    def remember(self, passphrase: str) -> str:
        """Know a passphrase from here on; gives it in the form in which it is used, whatever composed its letters."""
        used = unicodedata.normalize("NFC", passphrase)
        self._known = [used, *(one for one in self._known if one != used)]
        return used

    def ask_for(self, path: Path) -> str | None:
        """Ask for the passphrase of a file, and know it from here on; None where nobody can be asked, or was before."""
        ask, self.ask = self.ask, None
        given = ask(path) if ask is not None else None
        return self.remember(given) if given else None

    def forget_all(self) -> None:
        """Know none, and ask nobody."""
        self._known.clear()
        self.ask = None


PASSPHRASES = Passphrases()
"""Those of this process: whatever opens a file of the planner, in any thread, looks here."""


def checked_passphrase(text: str) -> str:
    """A passphrase to encrypt with; raises `Refused` for one that is too short, too long or cannot be typed."""
    if len(text) < SHORTEST:
        raise Refused(f"A passphrase has at least {SHORTEST} characters", "Several words are easy to remember")
    if len(text) > LONGEST or not text.isprintable():
        raise Refused("A passphrase is one line that can be typed", "Choose another one")
    return text
