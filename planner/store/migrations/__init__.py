"""Creates a new database from the tables, and brings an older one up to date by the steps in this folder.

A step is a file such as `0002_count_moves.py` with `up(migrator, database)`, see `playhouse.migrations`; its number is
the schema version that the step leads to. Version 1 is the first schema and has no file.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import ReadOnly, StoreError
from planner.private_files import make_folder
from planner.store import sqlite
from planner.store import tables as t

if TYPE_CHECKING:
    from planner.store.connection import Connection

FOLDER = Path(__file__).parent
FIRST = 1


def latest(folder: Path = FOLDER) -> int:
    """The newest schema version, which this planner writes."""
    numbers = (name.split("_")[0] for name in os.listdir(folder) if name.endswith(".py"))
    return max((int(number) for number in numbers if number.isdigit()), default=FIRST)


def create(path: Path, version: int, passphrase: str = "") -> None:
    """Make a new, empty database that appears under its name only when it is complete; with a passphrase, encrypted.

    Its folder is made with mode 0700 if needed, the file has mode 0600. Does nothing when another session was quicker.
    Raises `ReadOnly` when no file can be written into the folder.
    """
    try:
        make_folder(path.parent)
        draft = path.parent / f".{path.name}.{os.getpid()}.new"
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise ReadOnly(
            f"{path} cannot be made: {(error.strerror or 'the folder refuses').lower()}",
            "Name another place with --db or PLANNER_DB.",
        ) from None
    try:
        _fill(draft, version, passphrase)
        sqlite.synchronize(draft)
        _publish(draft, path)
    except Exception as error:
        problem = sqlite.explain(error, path)
        if problem is None:
            raise
        raise problem from error
    finally:
        draft.unlink(missing_ok=True)
    sqlite.synchronize(path)


def _publish(draft: Path, path: Path) -> None:
    try:
        # A link is created only where no file is: of two sessions, only one makes the database.
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems have no links.
        if not path.exists():
            os.rename(draft, path)


def _fill(draft: Path, version: int, passphrase: str) -> None:
    database = sqlite.database_for(draft, passphrase=passphrase)
    with t.using(database):
        try:
            database.connect()
            with sqlite.writing(database):
                database.create_tables(t.ALL, safe=False)
                sqlite.create_search(database)
                sqlite.mark_as_ours(database, version)
                t.MetaTable.create(key="created_at", value=datetime.now(UTC).isoformat())
                t.MetaTable.create(key="checked_at", value=datetime.now(UTC).isoformat())
        finally:
            database.close()


def migrate(store: Connection, folder: Path = FOLDER) -> None:
    """Run every step that is due, each in one transaction with the version it leads to.

    A session that dies leaves the schema before the step or after it. Foreign keys are not enforced
    during a step, since rebuilding a table must not cascade; they are checked before it is committed.
    """
    from playhouse.migrate import SchemaMigrator
    from playhouse.migrations import Migration

    database = store.database
    migrator = SchemaMigrator.from_database(database)
    for step in Migration.load_directory(str(folder)):
        with sqlite.without_foreign_keys(database):

            def run(step: Migration = step) -> None:
                # Another session may have run the step while this one waited for the lock.
                if sqlite.get_version(database) >= step.idx:
                    return
                step.load().up(migrator, database)
                broken = sqlite.broken_references(database)
                if broken:
                    raise StoreError(f"{store.path} could not be brought up to date: {broken[0]}")
                store.note("settings", "")
                sqlite.set_version(database, step.idx)

            store.transact(run)
