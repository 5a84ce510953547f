"""Restoring a backup."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import Damaged, Locked, PlannerError, ReadOnly, Refused, StoreError
from planner.limits import refuse_read_only
from planner.passphrases import PASSPHRASES, is_encrypted
from planner.store import sqlite
from planner.store.backup import backup, verify

if TYPE_CHECKING:
    from peewee import Database

    from planner.store.session import Store


def restore(store: Store, path: Path, *, now: datetime | None = None) -> Path:
    """Replace the database by a backup; return the file that keeps the state before.

    The backup is checked before anything is written, and no backup is removed. An open store is overwritten in one
    transaction, which other sessions see as a change; a backup with an older schema is brought up to date. A store that
    cannot be opened gets a new file, and the damaged one is put aside under another name. A planner that can be opened
    stays encrypted, or not, as it is. The store is open afterwards. Raises `Damaged` for a backup that is not healthy:
    then nothing was touched.
    """
    refuse_read_only()
    verify(path)
    store.refuse_newer(path, sqlite.read_header(path).version)
    if store.database.is_closed():
        try:
            store.open()
        except Damaged:
            return _replace(store, path)
        except Locked:
            # Nothing is lost: a file that no passphrase opens is put aside, and the backup stays as it is.
            return _replace(store, path, as_it_is=True)
    if store.read_only:
        raise ReadOnly(f"{store.path} may only be read", "Change its permissions.")
    if path.resolve() == store.path.resolve():
        raise Refused("That is the database itself", "Choose a backup.")
    good = sqlite.database_for(path, immutable=True)
    try:
        good.connect()
        try:
            present = backup(store, "before-restore", now=now)
        except Damaged:
            # Unreadable pages of an encrypted file are not copied: the file is put aside as it is.
            store.close()
            return _replace(store, path)
        _copy_over(good, path, store)
    except Exception as error:
        problem = None if isinstance(error, PlannerError) else sqlite.explain(error, store.path)
        if problem is None:
            raise
        raise problem from error
    finally:
        good.close()
    store.close()
    store.open()
    return present


def _copy_over(good: Database, path: Path, store: Store) -> None:
    """Replace the content by that of a backup; the planner stays encrypted, or not, as it is."""
    present = sqlite.as_encrypted(store.database)
    if (present is None) is (sqlite.as_encrypted(good) is None):
        sqlite.copy_over(good, store.database)
        return
    with _moved_over(store, path, present.passphrase if present is not None else "") as draft:
        sqlite.copy_over(draft, store.database)


def _convert(path: Path, draft: Path, passphrase: str) -> None:
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with sqlite.converted(path, draft, passphrase, alone=False) as differences:
        if differences:
            raise StoreError(f"{path} could not be read whole ({differences[0]}): nothing was changed")
    sqlite.synchronize(draft)


@contextmanager
def _moved_over(store: Store, path: Path, passphrase: str) -> Iterator[Database]:
    """A backup encrypted with a passphrase, or with "" decrypted, opened in a temporary file."""
    draft = store.path.with_name(f".{store.path.name}.{os.getpid()}.restore")
    try:
        draft.unlink(missing_ok=True)
        _convert(path, draft, passphrase)
        with closing(sqlite.database_for(draft, immutable=True)) as moved:
            moved.connect()
            yield moved
    finally:
        draft.unlink(missing_ok=True)


def _replace(store: Store, path: Path, *, as_it_is: bool = False) -> Path:
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    draft = store.path.with_name(f".{store.path.name}.{os.getpid()}.restore")
    aside = store.path.with_name(f"{store.path.name}.damaged-{stamp}")
    good = sqlite.database_for(path, immutable=True)
    try:
        draft.unlink(missing_ok=True)
        good.connect()
        if as_it_is or is_encrypted(store.path) is is_encrypted(path):
            sqlite.copy_into(good, draft)
        else:
            _convert(path, draft, PASSPHRASES.known()[0] if is_encrypted(store.path) else "")
        # The journal of the damaged file is put aside too: the new file must not use it.
        for suffix in (*sqlite.BESIDE, ""):
            with suppress(FileNotFoundError):
                os.rename(f"{store.path}{suffix}", f"{aside}{suffix}")
        draft.rename(store.path)
        sqlite.synchronize(store.path)
    except OSError as error:
        raise StoreError(f"{store.path} could not be restored: {error.strerror}") from None
    finally:
        good.close()
        draft.unlink(missing_ok=True)
    store.open()
    return aside
