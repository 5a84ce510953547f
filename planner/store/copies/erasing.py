"""Removes a forgotten person from the copies of a planner: backups, files put aside, unfinished copies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import PlannerError
from planner.private_files import make_folder
from planner.store import migrations, snapshot, sqlite
from planner.store import tables as t
from planner.store.backup import verify
from planner.store.connection import ask_about
from planner.store.copies.holding import holds_any
from planner.store.forgetting import Erased, erase_contact, erase_texts

if TYPE_CHECKING:
    from planner.store.session import Store


def copies_holding(store: Store, erased: Erased) -> list[Path]:
    """Every file beside the planner, and in its folder of backups, that contains a byte of somebody's names or
    addresses.

    Among them are damaged files that a restore put aside, planners made by a salvage, and unfinished copies.
    """
    found: list[Path] = []
    name = store.path.name
    beside = (f"{name}.", f".{name}.", f"{store.path.stem}-salvaged")
    for folder, begins in ((store.backups, ("",)), (store.path.parent, beside)):
        with suppress(OSError):
            found += sorted(path for path in folder.iterdir() if path.name.startswith(begins) and path.is_file())
    return [path for path in found if holds_any(path, erased.traces)]


def erase_in_copy(like: Store, path: Path, erased: Erased, *, surname_too: bool = False) -> bool:
    """Rewrite a copy of a planner, brought up to date, without somebody; return whether nothing of them is left.

    A copy that is damaged, or is no planner, stays as it is. `like` is a store with the settings to derive under.
    """
    try:
        verify(path)
        like.refuse_newer(path, sqlite.read_header(path).version)
        with _folder_for_draft(like, path.parent) as folder:
            draft = folder / path.name
            with closing(sqlite.database_for(path, immutable=True)) as whole:
                whole.connect()
                sqlite.copy_into(whole, draft)
            copy = _store_of(like, draft)
            copy.connect(sqlite.read_header(draft))
            with closing(copy):
                with t.using(copy.database):
                    migrations.migrate(copy, like.migrations_folder)
                    copy.derive_anew()
                _erase(copy, erased, surname_too)
            os.replace(draft, path)
        sqlite.synchronize(path)
    except (PlannerError, OSError):
        return False
    return not holds_any(path, erased.traces)


def rows_without(
    like: Store, rows: snapshot.Rows, erased: Erased, today: date, *, surname_too: bool = False
) -> list[tuple[str, dict[str, Any]]]:
    """The exported rows of a whole planner, without somebody.

    Raises `Refused` for rows that no planner holds.
    """
    with _folder_for_draft(like, like.path.parent) as folder:
        copy = _store_of(like, folder / like.path.name)
        with copy.open():
            snapshot.restore(copy, rows, today)
            _erase(copy, erased, surname_too)
            with copy.read():
                return list(snapshot.snapshot())


@contextmanager
def _folder_for_draft(like: Store, beside: Path) -> Iterator[Path]:
    # A name that the sweep of unfinished copies recognises.
    folder = beside / f".{like.path.name}.{os.getpid()}.new"
    make_folder(folder)
    try:
        yield folder
    finally:
        with suppress(OSError):
            for left in folder.iterdir():
                left.unlink()
            folder.rmdir()


def _store_of(like: Store, draft: Path) -> Store:
    copy = type(like)(draft, like.settings, session=like.session)
    # Nobody else knows the file: it needs no backup of its own, and no lock.
    copy.is_copy = True
    return copy


def _erase(copy: Store, erased: Erased, surname_too: bool) -> None:
    with copy.read():
        ids = [key for (key,) in ask_about("SELECT id FROM contact WHERE uid IN ({keys})", erased.uids)]
    for key in ids:
        erase_contact(copy, key, surname_too=surname_too)
    erase_texts(copy, erased, surname_too=surname_too)
