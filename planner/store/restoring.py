"""A backup becomes the database again."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import Damaged, PlannerError, ReadOnly, Refused, StoreError
from planner.store import sqlite
from planner.store.backup import backup, verify

if TYPE_CHECKING:
    from planner.store.session import Store


def restore(store: Store, path: Path, *, now: datetime | None = None) -> Path:
    """Make the database what it was when a backup was made; give a copy of what it is now.

    The backup is opened and read before anything is written; neither it nor another backup is removed. An
    open store is overwritten in one transaction, which other sessions see as a change; it is brought
    up to date when the backup is of an older schema. A store that could not be opened gets a new
    file, and what was there is put aside under a name of its own. The store is open afterwards. Raises
    `Damaged` for a backup that is not healthy: then nothing was touched.
    """
    verify(path)
    store.refuse_newer(path, sqlite.read_header(path).version)
    if store.database.is_closed():
        try:
            store.open()
        except Damaged:
            return _replace(store, path)
    if store.read_only:
        raise ReadOnly(f"{store.path} may only be read", "Change its permissions.")
    if path.resolve() == store.path.resolve():
        raise Refused("That is the database itself", "Choose a backup.")
    good = sqlite.database_for(path, immutable=True)
    try:
        good.connect()
        present = backup(store, "before-restore", now=now)
        sqlite.copy_over(good, store.database)
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


def _replace(store: Store, path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    draft = store.path.with_name(f".{store.path.name}.{os.getpid()}.restore")
    aside = store.path.with_name(f"{store.path.name}.damaged-{stamp}")
    good = sqlite.database_for(path, immutable=True)
    try:
        draft.unlink(missing_ok=True)
        good.connect()
        sqlite.copy_into(good, draft)
        # What belongs to the damaged file goes with it: its journal must not meet the new one.
        for suffix in ("-journal", "-wal", "-shm", ""):
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
