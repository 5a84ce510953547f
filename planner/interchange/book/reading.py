"""Reads a book: a folder of cards, or a file of them. Files unchanged since the last reading are not opened.

Only reads; links are not followed, except for the path that a person named.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

from planner.core.book.said import file_mark
from planner.core.model import ImportedContact, Rejected
from planner.core.records import record
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.foreign_files import open_folder, open_regular, reason

ENDING = ".vcf"
CARD_LIMIT = 8_000_000
"""Bytes of a file in a folder of cards."""
BOOK_LIMIT = 50_000_000
"""Bytes of a book that is a single file."""
FILES_LIMIT = 100_000
FRESH = 12_000_000
"""In nanoseconds; a file changed less than this before it was read may change again within one tick of its clock."""
_revision = re.compile(rb"^X-PLANNER-REV[^:\r\n]*:(\d{1,9})", re.MULTILINE | re.IGNORECASE)
UNREADABLE = "-"
"""Stands for the digest of an unreadable file; it is read again once it changes."""


@record(frozen=True, slots=True)
class CardFile:
    """A file that was read: its people, or why it could not be read. `data` are its bytes."""

    name: str
    people: tuple[ImportedContact, ...] = ()
    problem: str = ""
    remarks: tuple[str, ...] = ()
    data: bytes = b""


class BookReading:
    """One reading of a book. `known` is `state` of the reading before, "" for the first.

    `again` are names of files, or their marks, that are read although they have not changed. Raises `Refused` if the
    book is not there.
    """

    def __init__(self, path: str, known: str, again: Collection[str] = ()) -> None:
        self.path = path
        self._again = frozenset(again)
        self.names: set[str] = set()
        """The files in the book."""
        self.is_less = False
        """Whether a file is gone that the last reading found."""
        self.links: list[str] = []
        """Cards that are skipped because they are links."""
        self._stamps: dict[str, str] = {}
        self._known = dict(_taken_apart(line) for line in known.split("\n") if line)
        place = Path(path)
        try:
            status = place.stat()
            self.is_folder = stat.S_ISDIR(status.st_mode)
            if self.is_folder:
                self._folder: int | None = open_folder(place, through_links=True)
                self._look()
            elif stat.S_ISREG(status.st_mode):
                self._folder = None
                self._add(place.name if place.name.isprintable() else f"book{ENDING}", status)
            else:
                raise Refused(f"{clean(path, visible=True)} is neither a folder nor a file", "Name a folder of cards.")
        except (OSError, ValueError) as error:
            known_already = "Nothing of it was taken as gone; put it back, or “planner book remove” it."
            advice = known_already if self._known else "Name a folder of cards, or a file of them."
            raise Refused(f"{clean(path, visible=True)} cannot be read: {reason(error)}", advice) from error
        # A card that has become a link is not deleted: only its target is not read.
        self._linked = frozenset(name for name in self.links if file_mark(name) in self._known)
        self.names |= self._linked
        keys = {name: file_mark(name) for name in self.names}
        self.is_less = not self._known.keys() <= set(keys.values())
        nothing = ("", "")
        self.changed = [
            name
            for name, key in keys.items()
            if name not in self._linked
            and (self._known.get(key, nothing)[0] != self._stamps[name] or self._is_wanted(name))
        ]
        unread = {key for key, (_, digest) in self._known.items() if digest == UNREADABLE}
        self.unreadable = sorted(name for name in keys.keys() - {*self.changed, *self._linked} if keys[name] in unread)
        self.unreadable += sorted(self._linked)

    def _is_wanted(self, name: str) -> bool:
        return bool(self._again) and (name in self._again or file_mark(name) in self._again)

    def _look(self) -> None:
        with os.scandir(self._folder) as entries:
            for entry in entries:
                name = entry.name
                if not name.endswith(ENDING) or name[0] == "." or not name.isprintable():
                    continue
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    self._add(name, status)
                elif stat.S_ISLNK(status.st_mode):
                    self.links.append(name)
                if len(self.names) > FILES_LIMIT:
                    shown = clean(self.path, visible=True)
                    raise Refused(f"{shown} holds more than {FILES_LIMIT:,} cards", "Divide it.")

    def _add(self, name: str, status: os.stat_result) -> None:
        self.names.add(name)
        self._stamps[name] = f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino}"

    def read(self) -> Iterator[CardFile]:
        """Read the changed files, by name; files with the same bytes as before are left out."""
        for name in sorted(self.changed):
            try:
                data = self._bytes(name)
            except (OSError, ValueError) as error:
                self._known[file_mark(name)] = (self._stamps[name], UNREADABLE)
                yield CardFile(name, problem=reason(error))
                continue
            if len(data) > self._most:
                self._known[file_mark(name)] = (self._stamps[name], UNREADABLE)
                yield CardFile(name, problem=f"it is larger than {self._most // 1_000_000} MB")
                continue
            digest = hashlib.blake2b(data, digest_size=16).hexdigest()
            is_same = self._known.get(file_mark(name), ("", ""))[1] == digest
            found = card_file(name, data)
            stamp = self._stamps[name]
            if abs(time.time_ns() - int(stamp.split(" ")[1])) < FRESH:
                stamp = ""
            self._known[file_mark(name)] = (stamp, UNREADABLE if found.problem else digest)
            if not is_same or found.problem or self._is_wanted(name):
                yield found

    def _bytes(self, name: str) -> bytes:
        descriptor = open_regular(name, self._folder) if self.is_folder else open_regular(os.path.realpath(self.path))
        with os.fdopen(descriptor, "rb") as stream:
            return stream.read(self._most + 1)

    @property
    def _most(self) -> int:
        """The most bytes read of a file."""
        return CARD_LIMIT if self.is_folder else BOOK_LIMIT

    @property
    def state(self) -> str:
        """The state to remember for the next reading."""
        kept = ((key, self._known[key]) for key in map(file_mark, sorted(self.names)) if key in self._known)
        return "\n".join(f"{key}\t{stamp}\t{digest}" for key, (stamp, digest) in kept)

    def digest_of(self, name: str) -> str:
        """The digest of a file's bytes when it was last read; empty if it could not be read."""
        digest = self._known.get(file_mark(name), ("", ""))[1]
        return digest if digest != UNREADABLE and name not in self._linked else ""

    def read_again(self, name: str) -> None:
        """Have the next reading read a file even if it looks unchanged: it was written."""
        self._known[file_mark(name)] = ("", "")

    def close(self) -> None:
        """Close the folder."""
        if self._folder is not None:
            with suppress(OSError):
                os.close(self._folder)
            self._folder = None


def _taken_apart(line: str) -> tuple[str, tuple[str, str]]:
    name, _, rest = line.partition("\t")
    stamp, _, digest = rest.partition("\t")
    return name, (stamp, digest)


def card_file(name: str, data: bytes) -> CardFile:
    """The people in a file; a card without an end is still being written."""
    # Loading the readers takes longer than looking for changes.
    from planner.interchange.book.pictures import picture_of
    from planner.interchange.text import Remark, Source
    from planner.interchange.vcard.reader import read_cards

    # A text in UTF-16 has a zero beside each letter.
    if not data.rstrip(b"\0\r\n\t ")[-18:].replace(b"\0", b"").upper().endswith(b"END:VCARD"):
        return CardFile(name, problem="its last card does not end yet")
    people: list[ImportedContact] = []
    remarks: list[str] = []
    try:
        for item in read_cards(Source(name, partial(BytesIO, data), len(data))):
            if isinstance(item, ImportedContact):
                people.append(replace(item, file=name) if item.file != name else item)
            elif isinstance(item, Rejected):
                remarks.append(f"{name}:{item.line}: {item.reason}")
            elif isinstance(item, Remark):
                remarks.append(f"{name}: {item.text}")
    except Refused as refusal:
        return CardFile(name, problem=refusal.message)
    if len(people) == 1:
        number = _revision.search(data)
        photo, revision = picture_of(data), int(number[1]) if number else 0
        people = [replace(people[0], photo=photo, revision=revision)] if photo or revision else people
    elif people and _revision.search(data):
        people = _numbered(people, data)
    return CardFile(name, tuple(people), remarks=tuple(remarks), data=data)


def _numbered(people: list[ImportedContact], data: bytes) -> list[ImportedContact]:
    """The people of a file with several cards, each with the number of our last write into their card."""
    # Only files that the planner has written are read twice.
    from planner.interchange.book.card_lines import revision_of
    from planner.interchange.book.content_lines import cards_of
    from planner.interchange.record_keys import key_of_uid

    numbers = {key_of_uid(card.uid): revision_of(card) for card in cards_of(data)}
    return [replace(one, revision=numbers.get(one.keys[0], 0) if one.keys else 0) for one in people]


def check_book(path: str) -> None:
    """Raise `Refused` for a path that cannot be a book, and for a folder whose cards are in folders inside it."""
    shown = clean(path, visible=True)
    try:
        path.encode()
    except UnicodeEncodeError:
        raise Refused(f"{shown} has a name that cannot be kept", "Rename it in letters of UTF-8.") from None
    reading = BookReading(path, "")
    reading.close()
    if reading.names or not reading.is_folder:
        return
    within = [one for one in sorted(Path(path).iterdir()) if one.is_dir() and any(one.glob(f"*{ENDING}"))]
    if within:
        first = clean(str(within[0]), visible=True)
        raise Refused(f"There are no cards in {shown}, but in the folders within", f"Add {first} instead.")
