"""Connections to SQLite: how they are opened, their pragmas, and copies from one to another."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from planner.core.words.folding import fold
from planner.passphrases import is_encrypted
from planner.store.sqlite.encryption import as_encrypted, encrypted_database
from planner.store.sqlite.failures import is_failure, problem_of
from planner.store.sqlite.files import APPLICATION_ID, FileHeader, journal_mode_for, synchronize
from planner.store.sqlite.search import FOLD, INDEXES
from planner.store.sqlite.statements import connection, fetch

_IN_ADDRESS = str.maketrans({"%": "%25", "?": "%3f", "#": "%23"})
"""Characters of a path that have a meaning in the address of a file."""
COPY_CACHE = 64_000
"""KiB of a private copy kept in memory; SQLite writes the rest to a temporary file."""
ROOM = 32_000
"""KiB of pages in memory while a large file is gone through in the order of its indexes."""
_ALWAYS = (("foreign_keys", 1), ("trusted_schema", 0))
BUSY_SECONDS = 0.25
"""Seconds that SQLite waits for a lock; after that `Connection.retried` waits, with jitter."""


def database_for(
    path: Path, *, immutable: bool = False, read_only: bool = False, passphrase: str = ""
) -> SqliteDatabase:
    """A Peewee database over an existing file, not yet connected; `immutable` reads it without any lock.

    With `read_only` it refuses writes, and locks like a reader. With a passphrase the file is a new, empty one, to be
    encrypted; an encrypted file is opened with the passphrases that the process knows.
    """
    # With a URI SQLite never creates the file: a file that vanished must be noticed, not replaced.
    options = "mode=ro&immutable=1" if immutable else "mode=ro" if read_only else "mode=rw"
    # Without a write-ahead log FULL is not enough: it does not sync the folder after the journal is deleted, so that a
    # power cut may bring the journal back, and with it the state before the last change.
    durable = ("synchronous", "EXTRA")
    if passphrase or is_encrypted(path):
        found = encrypted_database(path, options, BUSY_SECONDS, (*_ALWAYS, durable), passphrase)
        return _with_functions(found)
    return _database(f"file:{str(path).translate(_IN_ADDRESS)}?{options}", BUSY_SECONDS, durable)


def _database(address: str, timeout: float, *pragmas: tuple[str, str | int]) -> SqliteDatabase:
    database = SqliteDatabase(address, uri=True, autoconnect=False, timeout=timeout, pragmas=(*_ALWAYS, *pragmas))
    return _with_functions(database)


def _with_functions(database: SqliteDatabase) -> SqliteDatabase:
    database.register_function(fold, FOLD, 1)
    return database


def writing(database: SqliteDatabase) -> Any:
    """A write transaction, a context manager of Peewee that takes the write lock when it begins."""
    return database.atomic("IMMEDIATE")


def settle_journal_mode(database: SqliteDatabase, path: Path, header: FileHeader) -> None:
    """Give a file the journal mode it should have; the mode stays while other sessions have the file open."""
    wanted, _ = journal_mode_for(path, database.server_version)
    if header.write_ahead_log == (wanted == "wal"):
        return
    try:
        database.pragma("journal_mode", wanted)
    except Exception as error:
        if problem_of(error) not in ("busy", "read-only", "unopenable"):
            raise


def mark_as_ours(database: SqliteDatabase, version: int) -> None:
    """Write application id and schema version into a new file."""
    database.pragma("application_id", APPLICATION_ID)
    set_version(database, version)


def set_version(database: SqliteDatabase, version: int) -> None:
    """Write the schema version; in the caller's transaction."""
    database.pragma("user_version", version)


def get_version(database: SqliteDatabase) -> int:
    """The schema version of an open database."""
    return int(database.pragma("user_version") or 0)


def data_version(database: SqliteDatabase) -> int:
    """A number that changes when another session commits."""
    return int(database.pragma("data_version") or 0)


@contextmanager
def without_foreign_keys(database: SqliteDatabase) -> Iterator[None]:
    """A block in which foreign keys are not enforced: a migration that rebuilds a table must not cascade."""
    database.pragma("foreign_keys", 0)
    try:
        yield
    finally:
        database.pragma("foreign_keys", 1)


def leftover_transaction(database: SqliteDatabase) -> None:
    """Roll back a transaction that is still open, even after a failed rollback."""
    if not database.is_closed() and connection(database).in_transaction:
        try:
            connection(database).execute("ROLLBACK")
        except Exception as error:
            if not is_failure(error):
                raise


def quick_check(database: SqliteDatabase) -> list[str]:
    """The problems that SQLite finds in the pages of the file, as lines."""
    return _check(database, "quick_check")


@contextmanager
def with_room(database: SqliteDatabase) -> Iterator[None]:
    """Inside, more pages stay in memory, for work that goes through a large file in the order of its indexes."""
    before = 0
    try:
        before = int(database.pragma("cache_size"))
        database.pragma("cache_size", -ROOM)
    except Exception as error:
        # What is damaged, or locked for a moment, is found out by the work itself.
        if problem_of(error) not in ("damaged", "busy"):
            raise
    try:
        yield
    finally:
        if before and not database.is_closed():
            database.pragma("cache_size", before)


def integrity_check(database: SqliteDatabase) -> list[str]:
    """The problems of `quick_check`, and those of every index against its table and of every foreign key, as lines."""
    with with_room(database):
        wrong = _check(database, "integrity_check")
        try:
            return wrong + broken_references(database)
        except Exception as error:
            if problem_of(error) != "damaged":
                raise
            # A problem that prevents reading the references was found above, or is reported here.
            return wrong or [str(error)]


def broken_references(database: SqliteDatabase) -> list[str]:
    """Rows that refer to a row that does not exist, as lines."""
    rows = fetch(database, "PRAGMA foreign_key_check")
    return [f"{table} {row} refers to a missing row of {parent}" for table, row, parent, _ in rows]


def _check(database: SqliteDatabase, pragma: str) -> list[str]:
    try:
        rows = [str(row[0]) for row in fetch(database, f"PRAGMA {pragma}(20)")]
    except Exception as error:
        if problem_of(error) != "damaged":
            raise
        return [str(error)]
    return [] if rows == ["ok"] else rows


def scrub(database: SqliteDatabase) -> None:
    """Leave nothing of deleted rows in the file, its journal or the search index; outside a transaction."""
    for _, index in INDEXES:
        fetch(database, f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        fetch(database, f"INSERT INTO {index}({index}) VALUES ('optimize')")
    fetch(database, "VACUUM")
    if database.journal_mode == "wal":
        fetch(database, "PRAGMA wal_checkpoint(TRUNCATE)")


def overwrite_deleted(database: SqliteDatabase) -> None:
    """Make this session overwrite deleted rows with zeros from now on."""
    database.pragma("secure_delete", 1)


def settle_journal(path: Path) -> None:
    """Apply or roll back the journal that a session that died left beside a file; afterwards the journal is gone."""
    database = database_for(path)
    with closing(database):
        database.connect()
        fetch(database, "SELECT 1 FROM sqlite_schema LIMIT 1")
        database.pragma("journal_mode", "delete")


def copy_into(source: SqliteDatabase, target: Path) -> None:
    """Copy an open database into a new file, readable by its owner only, and on the disk when this returns.

    The copy of an encrypted database is encrypted with the same passphrase.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    encrypted = as_encrypted(source)
    if encrypted is not None:
        encrypted.copy_into(target)
        return synchronize(target)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        connection(source).backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    return synchronize(target)


def private_copy(source: SqliteDatabase) -> SqliteDatabase:
    """A connected copy of an open database in a file without a name, which SQLite deletes with the connection.

    The copy of an encrypted database is in memory: nothing of it is written to a disk.
    """
    encrypted = as_encrypted(source)
    if encrypted is not None:
        copy = _with_functions(encrypted.copy_in_memory())
        copy.connect()
        return copy
    copy = _database("file:", BUSY_SECONDS)
    copy.connect()
    try:
        connection(source).backup(connection(copy))
        # The copy is temporary: it need not survive a power cut.
        for name, value in (("journal_mode", "memory"), ("synchronous", "off"), ("cache_size", -COPY_CACHE)):
            copy.pragma(name, value)
    except BaseException:
        copy.close()
        raise
    return copy


def copy_over(source: SqliteDatabase, target: SqliteDatabase) -> None:
    """Replace the content of an open database by that of another; other sessions see one change.

    Both are encrypted or neither is: see `converted`.
    """
    encrypted, over = as_encrypted(source), as_encrypted(target)
    if encrypted is not None and over is not None:
        over.copy_from(encrypted)
    else:
        connection(source).backup(connection(target))
