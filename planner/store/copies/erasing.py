"""Taking a forgotten person out of the copies of a planner: backups, files put aside, copies left half made."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.private_files import make_folder
from planner.store import migrations, sqlite
from planner.store import tables as t
from planner.store.backup import verify
from planner.store.connection import ask_about
from planner.store.forgetting import Erased, erase_contact, erase_texts, holds_any

if TYPE_CHECKING:
    from planner.store.session import Store


def copies_holding(store: Store, erased: Erased) -> list[Path]:
    """Every file beside the planner, and in its folder of backups, that holds a byte of somebody's names or addresses.

    Among them are damaged files that a restore put aside, planners made by a salvage, and copies left half made.
    """
    found: list[Path] = []
    name = store.path.name
    beside = (f"{name}.", f".{name}.", f"{store.path.stem}-salvaged")
    for folder, begins in ((store.backups, ("",)), (store.path.parent, beside)):
        with suppress(OSError):
            found += sorted(path for path in folder.iterdir() if path.name.startswith(begins) and path.is_file())
    return [path for path in found if holds_any(path, erased.traces)]


def erase_in_copy(like: Store, path: Path, erased: Erased, *, surname_too: bool = False) -> bool:
    """Rewrite a copy of a planner without somebody, brought up to date; whether it holds nothing of them afterwards.

    A copy that is damaged, or is no planner, stays as it is. `like` is a store with the settings to derive under.
    """
    # A name that the sweep of copies left half made knows.
    folder = path.parent / f".{like.path.name}.{os.getpid()}.new"
    draft = folder / path.name
    try:
        verify(path)
        like.refuse_newer(path, sqlite.read_header(path).version)
        make_folder(folder)
        with closing(sqlite.database_for(path, immutable=True)) as whole:
            whole.connect()
            sqlite.copy_into(whole, draft)
        _erase(like, draft, erased, surname_too)
        os.replace(draft, path)
        sqlite.synchronize(path)
    except (PlannerError, OSError):
        return False
    finally:
        with suppress(OSError):
            for left in folder.iterdir():
                left.unlink()
            folder.rmdir()
    return not holds_any(path, erased.traces)


def _erase(like: Store, draft: Path, erased: Erased, surname_too: bool) -> None:
    copy = type(like)(draft, like.settings, session=like.session)
    # Nobody else knows the file: it needs no backup of its own, and no lock.
    copy.is_copy = True
    copy.connect(sqlite.read_header(draft))
    with closing(copy):
        with t.using(copy.database):
            migrations.migrate(copy, like.migrations_folder)
            copy.derive_anew()
        with copy.read():
            ids = [key for (key,) in ask_about("SELECT id FROM contact WHERE uid IN ({keys})", erased.uids)]
        for key in ids:
            erase_contact(copy, key, surname_too=surname_too)
        erase_texts(copy, erased, surname_too=surname_too)
