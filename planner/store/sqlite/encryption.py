"""Files that are encrypted: how one is told from another, read, and made of one that is not.

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

    `options` are those of the address of a file, `timeout` is in seconds. Raises `StoreError` where what reads such
    files is not installed.
    """
    try:
        # Its library is an option, and a planner that is not encrypted must not wait for it.
        from planner.store.sqlite.encrypted_database import EncryptedDatabase
    except ImportError:
        raise StoreError(
            f"{path} cannot be opened: this planner was installed without what reads and writes encrypted files",
            "Install it with: pip install 'planner-network[encrypted]'",
        ) from None
    return EncryptedDatabase(path, options, timeout, pragmas, passphrase)


def as_encrypted(database: Database) -> EncryptedDatabase | None:
    """A database as one over an encrypted file, None where it is none."""
    return database if hasattr(database, "passphrase") else None


def image_of(path: Path) -> bytes:
    """The pages of an encrypted file as SQLite would write them otherwise; zeros where a page cannot be read.

    Raises `Locked` where no passphrase is known for it.
    """
    return encrypted_database(path, "", 0, ()).image()


@contextmanager
def converted(source: Path, target: Path, passphrase: str, *, alone: bool) -> Iterator[list[str]]:
    """The content of a whole database, written into a file that is empty: encrypted with a passphrase, with "" not.

    The rows are the same, and so are their numbers: what differs is given, a line each. With `alone` no other session
    may read or write `source` until the block ends, which must not open it itself; raises `Busy` where one does.
    """
    with encrypted_database(source, "", WAIT, ()).written_as(target, passphrase, alone=alone) as differences:
        yield differences
