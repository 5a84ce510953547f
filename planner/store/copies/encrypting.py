"""Converts a planner to an encrypted file and back, together with its copies where asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.core.records import record
from planner.errors import Damaged, PlannerError, ReadOnly, Refused, StoreError
from planner.limits import refuse_read_only
from planner.passphrases import PASSPHRASES, is_encrypted
from planner.store import sqlite
from planner.store.backup import backup, is_left_over, verify
from planner.store.copies.comparing import examine
from planner.store.doctor import Examination, look_inside

if TYPE_CHECKING:
    from planner.store.session import Store


@record(frozen=True, slots=True)
class MovedOver:
    """The result of the conversion: `kept` is the backup from before, if one was asked for.

    `copies` counts the backups that were converted too, `left` are those that were not.
    """

    kept: Path | None
    copies: int
    left: tuple[Path, ...]


def move_over(store: Store, passphrase: str, *, keep: bool, copies: bool) -> MovedOver:
    """Encrypt the planner with a passphrase, or decrypt it with "": completely at one moment, or not at all.

    A new file is written beside the old one, compared with it row by row and checked both as a backup and by the
    doctor; then it replaces the old one at once. With `keep` a backup from before stays, with `copies` the backups are
    converted too. The store is open afterwards. Raises `Refused` where there is nothing to do, `Busy` where another
    session has the planner open, `Damaged`, `DiskFull` or `StoreError`: then nothing was changed.
    """
    refuse_read_only()
    if store.read_only:
        raise ReadOnly(f"{store.path} or its folder may only be read", "Change its permissions.")
    if bool(passphrase) == is_encrypted(store.path):
        raise Refused(f"{store.path} is {'' if passphrase else 'not '}encrypted{' already' if passphrase else ''}")
    if passphrase:
        passphrase = PASSPHRASES.remember(passphrase)
    # The first write of a session checks whether the whole file can be read.
    store.transact(lambda: None)
    kept = backup(store, "before-encryption" if passphrase else "before-decryption") if keep else None
    # Of a symbolic link the target is converted, not the link.
    place = Path(os.path.realpath(store.path))
    known = Examination(store.path)
    look_inside(store, False, known)
    store.close()
    try:
        _move(store, place, passphrase, known)
    finally:
        store.open()
    moved, left = 0, []
    for path in other_copies(store, bool(passphrase)):
        if path == kept or not copies or not _moved(store, path, passphrase):
            left.append(path)
        else:
            moved += 1
    return MovedOver(kept, moved, tuple(left))


def other_copies(store: Store, encrypted: bool) -> list[Path]:
    """The copies of the planner whose encryption differs from `encrypted`: backups, files put aside by a restore or
    made by a salvage.
    """
    found: list[Path] = []
    for folder, begins in ((store.backups, ""), (store.path.parent, f"{store.path.name}.")):
        found += _databases(folder, begins)
    found += _databases(store.path.parent, f"{store.path.stem}-salvaged")
    return [path for path in found if is_encrypted(path) is not encrypted]


def _databases(folder: Path, begins: str) -> Iterator[Path]:
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.name.startswith(begins) and path.is_file() and not path.is_symlink() and not is_left_over(path):
                yield path


def _moved(store: Store, path: Path, passphrase: str) -> bool:
    """Convert a copy and return True; one that is damaged, or is no planner, stays as it is."""
    try:
        verify(path)
        _move(store, path, passphrase)
    except (PlannerError, OSError):
        return False
    return True


def _move(store: Store, path: Path, passphrase: str, known: Examination | None = None) -> None:
    """Convert one file; `known` is what the doctor found in the planner, None for a copy that nobody has open."""
    # A name that the sweep of unfinished copies recognises, in case this process is killed.
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with sqlite.converted(path, draft, passphrase, alone=known is not None) as differences:
            if differences:
                raise StoreError(f"{path} could not be moved over whole ({differences[0]}): nothing was changed")
            verify(draft)
            # Problems that the doctor found before do not come from the conversion, and can be repaired afterwards.
            found = examine(store, draft)[0] if known is not None else ()
            anew = [one for one in found if known is not None and one not in known.problems]
            if anew:
                raise Damaged(f"{path} could not be moved over whole: {anew[0]}", "Nothing was changed")
            sqlite.synchronize(draft)
            os.replace(draft, path)
            sqlite.synchronize(path)
    except Exception as error:
        problem = sqlite.explain(error, path) if not isinstance(error, PlannerError) else None
        if problem is None and isinstance(error, OSError):
            problem = StoreError(f"{path} could not be moved over: {error.strerror}; nothing was changed")
        if problem is None:
            raise
        raise problem from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
