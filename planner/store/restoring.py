"""Restoring a backup."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import Damaged, PlannerError, ReadOnly, Refused, StoreError
from planner.limits import refuse_read_only
from planner.store import sqlite
from planner.store.backup import backup, verify

if TYPE_CHECKING:
    from planner.store.session import Store


def restore(store: Store, path: Path, *, now: datetime | None = None) -> Path:
    """Replace the database by a backup; gives the file that keeps the state before.

    The backup is checked before anything is written, and no backup is removed. An open store is overwritten in one
    transaction, which other sessions see as a change; a backup of an older schema is brought up to date. A store
    that cannot be opened gets a new file, and the damaged one is put aside under another name. The store is open
    afterwards. Raises `Damaged` for a backup that is not healthy: then nothing was touched.
    """
    refuse_read_only()
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
        # The journal of the damaged file is put aside too: the new file must not meet it.
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
