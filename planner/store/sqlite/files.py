"""Files of SQLite: their headers, the files beside them, the file system they are on."""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
from pathlib import Path

from planner.core.records import record
from planner.errors import Damaged, ReadOnly, StoreError
from planner.passphrases import looks_encrypted
from planner.regular_files import open_named, shortened, why_not
from planner.store.sqlite.encryption import encrypted_database
from planner.store.sqlite.failures import problem_of

APPLICATION_ID = 0x506C616E
""" "Plan" in the header of a file: marks the databases of the planner."""
MAGIC = b"SQLite format 3\x00"
BESIDE = ("-journal", "-wal", "-shm")
"""The suffixes of the files that SQLite keeps beside a database."""
WAL_SAFE_FROM = (3, 51, 3)
"""Older libraries can corrupt a write-ahead log when two connections write and checkpoint at once."""
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "davfs", "sshfs"}
)  # fmt: skip


@record(frozen=True, slots=True)
class FileHeader:
    """The first hundred bytes of a file, read without SQLite, so that the file is not touched."""

    application_id: int
    version: int
    """The schema version, counted by migrations."""
    write_ahead_log: bool
    truncated: bool
    encrypted: bool = False


def read_header(path: Path) -> FileHeader:
    """The header of a planner database.

    Raises `Damaged` for a file that is empty, truncated or no SQLite database, `StoreError` for a path that is no file
    or may not be read.
    """
    try:
        with open_named(path) as file:
            head = file.read(100)
            status = os.fstat(file.fileno())
    except FileNotFoundError:
        if path.is_symlink():
            raise StoreError(f"{path} is a link that leads nowhere", "Name another file, or remove the link.") from None
        raise
    except IsADirectoryError:
        raise StoreError(f"{path} is a folder", "Name a file in it.") from None
    except PermissionError:
        raise ReadOnly(f"{path} may not be read", "Ask its owner for access, or name another file.") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{shortened(path)} cannot be opened: {why_not(error)}", "Name another file.") from None
    if not head:
        raise Damaged(f"{path} is empty: it holds no planner database")
    if looks_encrypted(head):
        return _encrypted_header(path, write_ahead_log=head[18] == 2)
    if not head.startswith(MAGIC):
        raise Damaged(f"{path} is not a planner database")
    if len(head) < 100:
        raise Damaged(f"{path} is cut short: only {len(head)} bytes are left")
    page_size = int.from_bytes(head[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    changes, pages = struct.unpack(">II", head[24:32])
    valid_for = int.from_bytes(head[92:96], "big")
    # A journal beside the file may hold the missing pages.
    whole = changes != valid_for or status.st_size >= pages * page_size or pending_journal(path)
    return FileHeader(
        application_id=int.from_bytes(head[68:72], "big"),
        version=int.from_bytes(head[60:64], "big"),
        write_ahead_log=head[18] == 2,
        truncated=not whole,
    )


def _encrypted_header(path: Path, *, write_ahead_log: bool) -> FileHeader:
    """The header of an encrypted file, as it is on the disk; raises `Locked` if no known passphrase opens it."""
    database = encrypted_database(path, "mode=ro&immutable=1", 0, ())
    try:
        database.connect()
        mark, version = (int(database.pragma(name)) for name in ("application_id", "user_version"))
    except Exception as error:
        if problem_of(error) != "damaged":
            raise
        # The passphrase is right, but the file ends before its last page.
        return FileHeader(APPLICATION_ID, 0, write_ahead_log, not pending_journal(path), encrypted=True)
    finally:
        database.close()
    return FileHeader(mark, version, write_ahead_log, truncated=False, encrypted=True)


def pending_journal(path: Path) -> bool:
    """Whether there is a journal beside the file: a session is writing, or ended without closing."""
    for suffix in ("-journal", "-wal"):
        try:
            if os.stat(f"{path}{suffix}").st_size > 0:
                return True
        except OSError:
            continue
    return False


def file_system(path: Path) -> str:
    """The kind of file system a file is on, or "" if the system does not tell."""
    best, kind = "", ""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    place = f"{path.resolve()}/"
    for line in lines:
        before, _, after = line.partition(" - ")
        mount = before.split()[4].replace("\\040", " ")
        if place.startswith(mount.rstrip("/") + "/") and len(mount) >= len(best):
            best, kind = mount, after.split()[0]
    return kind


def on_network(kind: str) -> bool:
    """Whether a file system of this kind is reached over a network."""
    return kind.removeprefix("fuse.") in NETWORK_FILE_SYSTEMS


def library_of(header: FileHeader) -> tuple[int, ...]:
    """The version of the SQLite that opens a file: encrypted files have a library of their own."""
    if not header.encrypted:
        return sqlite3.sqlite_version_info
    # Only an encrypted file needs it.
    from planner.store.sqlite.encrypted_database import EncryptedDatabase

    return tuple(EncryptedDatabase.server_version)


def journal_mode_for(path: Path, library: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """The right journal mode for a file, and why: ("wal" or "delete", reason)."""
    if library < WAL_SAFE_FROM:
        found, needed = (".".join(map(str, numbers)) for numbers in (library, WAL_SAFE_FROM))
        return "delete", f"SQLite {found} may damage a write-ahead log, {needed} would not"
    kind = file_system(path)
    if on_network(kind):
        return "delete", f"a write-ahead log is unsafe over a network ({kind})"
    return "wal", "readers and writers do not wait for each other"


def journal_mode_finding(path: Path, header: FileHeader) -> tuple[list[str], str]:
    """(the problem with the journal mode of a file, as lines; the mode with its reason if there is none)."""
    wanted, why = journal_mode_for(path, library_of(header))
    actual = "wal" if header.write_ahead_log else "delete"
    return [] if actual == wanted else [f"it is {actual}, should be {wanted}"], f"{actual}: {why}"


def only_as_it_stands(path: Path, header: FileHeader) -> bool:
    """Whether a file can only be read without locks: its log cannot be replayed in a folder without write access.

    With an empty log the file itself is complete.
    """
    return header.write_ahead_log and not os.access(path.parent, os.W_OK) and not pending_journal(path)


def synchronize(path: Path) -> None:
    """Write a file and its entry in the folder to the disk before this returns."""
    for place, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))):
        if sys.platform == "win32" and place is path.parent:
            continue
        handle = os.open(place, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
