"""Encrypted files: recognising and reading them, and converting files to and from them.

The file format and its cipher (ChaCha20 with Poly1305, a key derived from the passphrase for each file) are those of
SQLite3 Multiple Ciphers, https://utelle.github.io/SQLite3MultipleCiphers/.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import StoreError

if TYPE_CHECKING:
    from peewee import Database

    from planner.store.sqlite.encrypted_database import EncryptedDatabase

WAIT = 10.0
"""Seconds that a conversion waits for another session."""


def encrypted_database(
    path: Path, options: str, timeout: float, pragmas: tuple[tuple[str, str | int], ...], passphrase: str = ""
) -> EncryptedDatabase:
    """A database over an encrypted file, not yet connected; with a passphrase, over a new, empty file.

    `options` are part of the address of the file, `timeout` is in seconds. Raises `StoreError` if the library for such
    files is not installed.
    """
    try:
        # The library is optional, and a planner that is not encrypted must not wait for it.
        from planner.store.sqlite.encrypted_database import EncryptedDatabase
    except ImportError:
        raise StoreError(
            f"{path} cannot be opened: this planner was installed without what reads and writes encrypted files",
            "Install it with: pip install 'planner-network[encrypted]'",
        ) from None
    return EncryptedDatabase(path, options, timeout, pragmas, passphrase)


def as_encrypted(database: Database) -> EncryptedDatabase | None:
    """The database, if it is over an encrypted file, else None."""
    return database if hasattr(database, "passphrase") else None


def image_of(path: Path) -> bytes:
    """The decrypted pages of an encrypted file, with zeros for unreadable pages.

    Raises `Locked` where no passphrase is known for it.
    """
    return encrypted_database(path, "", 0, ()).image()


@contextmanager
def converted(source: Path, target: Path, passphrase: str, *, alone: bool) -> Iterator[list[str]]:
    """Write the content of a whole database into an empty file: encrypted with a passphrase, decrypted with "".

    The rows and their numbers are the same; the yielded lines name what differs. With `alone` no other session may read
    or write `source` until the block ends, and the block must not open it itself; raises `Busy` if another session has
    it open.
    """
    with encrypted_database(source, "", WAIT, ()).written_as(target, passphrase, alone=alone) as differences:
        yield differences
