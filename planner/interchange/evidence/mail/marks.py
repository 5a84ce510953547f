"""The remembered marks of folders and mailboxes, so that the next run opens nothing that was read."""

from __future__ import annotations

import os
import re
import struct
from array import array
from collections.abc import Iterable
from hashlib import blake2b

from planner.core.records import record

_FOLDER = struct.Struct(">B3Q4I")
_MAILBOX = struct.Struct(">B6Q16s16sB")
_VERSION = 1
_SAMPLE = 512
_changing = re.compile(rb",U=\d+|[:;!]2,[^\0]*")
"""The parts of a letter's file name that programs change: its flags, and the number from mbsync."""


@record(frozen=True, slots=True)
class FolderPart:
    """One part of a folder: its time of change in nanoseconds (0: list it again), and the keys of its letters."""

    changed: int
    keys: array[int]


@record(frozen=True, slots=True)
class FolderMark:
    """The remembered state of a folder: its own files, its `cur` and its `new`; names of folders and mailboxes."""

    own: FolderPart
    cur: FolderPart
    new: FolderPart
    folders: tuple[str, ...]
    mailboxes: tuple[str, ...]

    def written(self) -> bytes:
        """The mark as bytes to remember."""
        parts = (self.own, self.cur, self.new)
        names = b"\0".join(
            [*(b"/" + os.fsencode(one) for one in self.folders), *(b"=" + os.fsencode(one) for one in self.mailboxes)]
        )
        start = _FOLDER.pack(
            _VERSION, *(part.changed for part in parts), len(names), *(len(part.keys) for part in parts)
        )
        return b"".join((start, names, *(part.keys.tobytes() for part in parts)))


def no_part() -> FolderPart:
    """The part of an unknown folder."""
    return FolderPart(0, array("Q"))


def folder_mark(data: bytes | None) -> FolderMark | None:
    """The folder mark in remembered bytes; None without one."""
    if not data or data[0] != _VERSION or len(data) < _FOLDER.size:
        return None
    _, *numbers = _FOLDER.unpack_from(data)
    *changed, length, first, second, third = numbers
    place = _FOLDER.size + length
    if len(data) != place + 8 * (first + second + third):
        return None
    names = data[_FOLDER.size : place].split(b"\0") if length else []
    parts = []
    for when, count in zip(changed, (first, second, third), strict=True):
        keys = array("Q")
        keys.frombytes(data[place : place + 8 * count])
        place += 8 * count
        parts.append(FolderPart(when, keys))
    return FolderMark(
        parts[0],
        parts[1],
        parts[2],
        tuple(os.fsdecode(one[1:]) for one in names if one[:1] == b"/"),
        tuple(os.fsdecode(one[1:]) for one in names if one[:1] == b"="),
    )


def keys_of(names: Iterable[bytes]) -> array[int]:
    """The keys of file names in a Maildir, in order. They do not change when a letter is read, moved or flagged."""
    joined = _changing.sub(b"", b"\0".join(names))
    return _hashed(joined.split(b"\0")) if joined else array("Q")


def keys_of_entries(entries: Iterable[tuple[bytes, int]]) -> array[int]:
    """The keys of names and inodes in any other folder, where another letter may get the name of a deleted one."""
    return _hashed([b"%s\0%d" % entry for entry in entries])


def _hashed(names: list[bytes]) -> array[int]:
    made = array("Q")
    made.frombytes(b"".join([blake2b(name, digest_size=8).digest() for name in names]))
    return made


@record(frozen=True, slots=True)
class MailboxMark:
    """The remembered state of a mailbox file.

    `last` is the offset of its last letter, `given` whether that letter was given, its head being complete. `before`
    and `after` are hashes of the bytes around that offset: if `before` differs, the file was rewritten.
    """

    device: int
    inode: int
    size: int
    changed: int
    last: int
    sampled: int
    before: bytes
    after: bytes
    given: bool

    def written(self) -> bytes:
        """The mark as bytes to remember."""
        numbers = (self.device, self.inode, self.size, self.changed, self.last, self.sampled)
        return _MAILBOX.pack(_VERSION, *(one & (1 << 64) - 1 for one in numbers), self.before, self.after, self.given)

    def is_same(self, status: os.stat_result) -> bool:
        """Whether a file has not changed since."""
        return (self.device, self.inode, self.size, self.changed) == (
            status.st_dev & (1 << 64) - 1,
            status.st_ino,
            status.st_size,
            status.st_mtime_ns,
        )

    def place_in(self, descriptor: int, status: os.stat_result) -> tuple[int, bool]:
        """(the offset to continue reading from, whether the letter there was given); (0, False) to start over."""
        if (self.device, self.inode) != (status.st_dev & (1 << 64) - 1, status.st_ino) or status.st_size < self.last:
            return 0, False
        before, after = samples(descriptor, self.last, self.last + self.sampled)
        if before != self.before:
            return 0, False
        return self.last, self.given and after == self.after


def mailbox_mark(data: bytes | None) -> MailboxMark | None:
    """The mailbox mark in remembered bytes; None without one."""
    if not data or len(data) != _MAILBOX.size or data[0] != _VERSION:
        return None
    _, device, inode, size, changed, last, sampled, before, after, given = _MAILBOX.unpack(data)
    return MailboxMark(device, inode, size, changed, last, sampled, before, after, bool(given))


def samples(descriptor: int, place: int, end: int) -> tuple[bytes, bytes]:
    """Hashes of the 512 bytes before an offset, and of the 512 after it, up to `end`."""
    start = max(0, place - _SAMPLE)
    before = os.pread(descriptor, place - start, start)
    after = os.pread(descriptor, sampled_bytes(place, end), place)
    return blake2b(before, digest_size=16).digest(), blake2b(after, digest_size=16).digest()


def sampled_bytes(place: int, end: int) -> int:
    """How many bytes after an offset are hashed in a file of `end` bytes."""
    return min(_SAMPLE, max(end - place, 0))
