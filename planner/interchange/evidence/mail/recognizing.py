"""Recognizes the kind of mailbox at a path, by the files in it."""

from __future__ import annotations

import os
from collections import deque
from functools import lru_cache
from itertools import islice

from planner.foreign_files import first_bytes
from planner.interchange.evidence.mail.head import FIRST_BYTES
from planner.interchange.evidence.mail.mail_reading import is_letter
from planner.interchange.evidence.mail.mbox import is_mailbox
from planner.interchange.evidence.reading import Glance

_MOST_FOLDERS = 300
_MOST_ENTRIES = 200
_MOST_FILES = 12
"""How many files of a folder are examined."""
_DEEPEST = 5


def mail_kind(glance: Glance) -> str:
    """The kind of a mailbox: "maildir", "mh" (a file for each letter), "mbox"; empty for anything else."""
    if not glance.is_folder:
        return "mbox" if is_mailbox(glance.head) else ""
    status = os.stat(glance.path)
    return _kind_below(os.path.realpath(glance.path), status.st_ino, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _kind_below(path: str, _inode: int, _changed: int) -> str:
    """The kind of the first folder with mail below a path; nearer folders are examined first."""
    waiting = deque([(path, 0)])
    looked = 0
    while waiting and looked < _MOST_FOLDERS:
        folder, depth = waiting.popleft()
        looked += 1
        try:
            kind, folders = _kind_of(folder)
        except OSError:
            continue
        if kind:
            return kind
        if depth < _DEEPEST:
            waiting.extend((f"{folder}/{name}", depth + 1) for name in folders)
    return ""


def _kind_of(folder: str) -> tuple[str, list[str]]:
    """(the kind of one folder, the folders in it). Raises `OSError`."""
    with os.scandir(folder) as entries:
        listed = list(islice(entries, _MOST_ENTRIES))
    folders = sorted(one.name for one in listed if one.is_dir(follow_symlinks=False))
    if "cur" in folders and ("new" in folders or "tmp" in folders):
        return "maildir", folders
    files = sorted(one.name for one in listed if one.is_file(follow_symlinks=False) and one.name[0] != ".")
    letters = mailboxes = 0
    for name in files[:_MOST_FILES]:
        try:
            start = first_bytes(f"{folder}/{name}", FIRST_BYTES)
        except OSError:
            continue
        letters += is_letter(start)
        mailboxes += is_mailbox(start)
    if mailboxes:
        return "mbox", folders
    # One saved letter among other files does not make a mail folder.
    if letters * 2 > min(len(files), _MOST_FILES):
        return "maildir" if os.path.basename(folder) in ("cur", "new") else "mh", folders
    return "", folders
