"""Walks the folders of a mailbox and finds the new letters by their names alone, without opening a letter."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from planner.foreign_files import open_folder, opened_folder, reason
from planner.interchange.evidence.mail.marks import (
    FolderMark,
    FolderPart,
    folder_mark,
    keys_of,
    keys_of_entries,
    no_part,
)
from planner.interchange.evidence.reading import remembered_name

DEEPEST = 32
MOST_FOLDERS = 20_000
_SETTLED = 2_000_000_000
"""Nanoseconds after which a change gives a folder a different time; some file systems count in seconds."""
_SKIPPED_FOLDERS = frozenset({".notmuch", ".git", ".xapian", "xapian"})
_SKIPPED_ENDINGS = (".msf", ".dat", ".lock", ".sqlite", ".db", ".json", ".cmeta", ".ev-summary", ".ibex.index")


@dataclass(slots=True)
class NewInPart:
    """One part of a folder: `names` (joined by NUL) and `keys` of new letters, and in `kept` the keys of the rest."""

    changed: int
    kept: array[int]
    names: bytes = b""
    keys: array[int] = field(default_factory=lambda: array("Q"))


@dataclass(slots=True)
class FolderFound:
    """One folder as this run found it; `known` is its remembered state."""

    path: tuple[str, ...]
    known: FolderMark | None
    own: NewInPart
    cur: NewInPart
    new: NewInPart
    folders: tuple[str, ...]
    mailboxes: list[str]
    is_maildir: bool

    @property
    def name(self) -> str:
        """The name under which the folder is remembered."""
        return remembered_name("/".join(self.path))

    @property
    def new_letters(self) -> int:
        """How many files are to be opened."""
        return len(self.own.keys) + len(self.cur.keys) + len(self.new.keys)


Trouble = Callable[[str, str, str], None]
"""Takes the place, the reason, and the advice."""


class MailTree:
    """Finds the folders below an open one; unchanged folders are taken from the remembered state.

    `trouble` is called for each folder that cannot be entered. `whole` is False once there was one: folders that were
    not found then stay remembered.
    """

    def __init__(self, root: int, remembered: Mapping[str, bytes], trouble: Trouble) -> None:
        self._root = root
        self._remembered = remembered
        self._trouble = trouble
        self.whole = True
        self.count = 0

    def folders(self) -> Iterator[FolderFound]:
        """Every folder, each before the folders in it. Raises `OSError` if the root cannot be listed."""
        yield from self._below(self._root, ())

    def _below(self, folder: int, path: tuple[str, ...]) -> Iterator[FolderFound]:
        self.count += 1
        found = self._look(folder, path)
        yield found
        for name in found.folders:
            inner = (*path, name)
            if len(inner) > DEEPEST or self.count >= MOST_FOLDERS:
                self._fail(inner, "there are too many folders in folders", "Watch a part of them")
                return
            try:
                with opened_folder(name, folder) as descriptor:
                    yield from self._below(descriptor, inner)
            except FileNotFoundError:
                continue
            except OSError as error:
                self._fail(inner, reason(error), "Check its permissions")

    def _fail(self, path: Sequence[str], why: str, advice: str) -> None:
        self.whole = False
        self._trouble("/".join(path), why, advice)

    def _look(self, folder: int, path: tuple[str, ...]) -> FolderFound:
        known = folder_mark(self._remembered.get(remembered_name("/".join(path))))
        changed = os.fstat(folder).st_mtime_ns
        if known is not None and known.own.changed == changed:
            own = NewInPart(changed, known.own.keys)
            folders, mailboxes = known.folders, list(known.mailboxes)
            is_maildir = bool(known.cur.changed or known.new.changed or known.cur.keys or known.new.keys)
            if not is_maildir:
                is_maildir = any(_is_folder(folder, name) for name in ("cur", "new"))
        else:
            own, folders, mailboxes, is_maildir = self._listed(folder, path, known, changed)
        parts = {"cur": NewInPart(0, array("Q")), "new": NewInPart(0, array("Q"))}
        if is_maildir:
            for name in ("new", "cur"):
                before = (known.cur if name == "cur" else known.new) if known else no_part()
                try:
                    parts[name] = self._part(folder, name, before, known)
                except FileNotFoundError:
                    continue
                except OSError as error:
                    self._fail((*path, name), reason(error), "Check its permissions")
                    parts[name] = NewInPart(0, before.keys)
        return FolderFound(path, known, own, parts["cur"], parts["new"], folders, mailboxes, is_maildir)

    def _part(self, folder: int, name: str, before: FolderPart, known: FolderMark | None) -> NewInPart:
        """The new letters of `cur` or `new`, which is listed only if it has changed."""
        with opened_folder(name, folder) as descriptor:
            changed = os.fstat(descriptor).st_mtime_ns
            if before.changed == changed:
                return NewInPart(changed, before.keys)
            began = time.time_ns()
            names = [os.fsencode(one) for one in os.listdir(descriptor) if one[0] != "."]
        keys = keys_of(names)
        # A letter that was opened moves from one list to the other.
        read = {*known.cur.keys, *known.new.keys} if known else set()
        fresh = [place for place, key in enumerate(keys) if key not in read]
        if len(fresh) == len(names):
            kept = array("Q")
        elif not fresh:
            kept = keys
        else:
            kept = array("Q", (key for key in keys if key in read))
        return NewInPart(
            settled(changed, began),
            kept,
            b"\0".join([names[place] for place in fresh]),
            array("Q", (keys[place] for place in fresh)),
        )

    def _listed(
        self, folder: int, path: tuple[str, ...], known: FolderMark | None, changed: int
    ) -> tuple[NewInPart, tuple[str, ...], list[str], bool]:
        """(the letters of a folder by name and inode, its folders, its known mailboxes, whether it is a Maildir)."""
        folders: list[str] = []
        files: list[tuple[bytes, int]] = []
        links, odd = 0, 0
        began = time.time_ns()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_symlink():
                    links += 1
                elif entry.is_dir(follow_symlinks=False):
                    if name not in _SKIPPED_FOLDERS:
                        folders.append(name)
                elif not entry.is_file(follow_symlinks=False):
                    odd += 1
                elif name[0] != "." and not name.endswith(_SKIPPED_ENDINGS):
                    files.append((os.fsencode(name), entry.inode()))
        where = "/".join(path) or "."
        if links:
            self._trouble(f"{where} ({links} links in it)", "links are not followed", "Watch what they lead to")
        if odd:
            self._trouble(f"{where} ({odd} pipes or devices in it)", "they are not regular files", "Take them out")
        is_maildir = "cur" in folders or "new" in folders
        inner = sorted(one for one in folders if not is_maildir or one not in ("cur", "new", "tmp"))
        keys = keys_of_entries(files)
        read = set(known.own.keys) if known else set()
        fresh = [place for place, key in enumerate(keys) if key not in read]
        mailboxes = (
            [one for one in known.mailboxes if (os.fsencode(one)) in {name for name, _ in files}] if known else []
        )
        part = NewInPart(
            settled(changed, began),
            array("Q", (key for key in keys if key in read)),
            b"\0".join(files[place][0] for place in fresh),
            array("Q", (keys[place] for place in fresh)),
        )
        return part, tuple(inner), mailboxes, is_maildir


def settled(changed: int, looked: int) -> int:
    """The time to remember for a listed folder: 0 while a new letter might not change that time."""
    return changed if looked - changed > _SETTLED else 0


@contextmanager
def folder_below(root: int, path: Sequence[str]) -> Iterator[int]:
    """A descriptor of a folder below an open one, reached without following any link. Raises `OSError`."""
    descriptor = os.dup(root)
    try:
        for name in path:
            inner = open_folder(name, descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _is_folder(folder: int, name: str) -> bool:
    with suppress(OSError), opened_folder(name, folder):
        return True
    return False
