"""Reads what is new in the folders and files of a mailbox."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from array import array
from collections.abc import Iterator

from planner.core.evidence.seen import Mail, Seen, Sign
from planner.foreign_files import open_folder, open_regular, reason
from planner.interchange.evidence.mail.folder_roles import FolderRole, role_of_path
from planner.interchange.evidence.mail.head import FIRST_BYTES, MOST_BYTES, head_of, read_head
from planner.interchange.evidence.mail.letters import LetterReader
from planner.interchange.evidence.mail.marks import (
    FolderMark,
    FolderPart,
    MailboxMark,
    mailbox_mark,
    sampled_bytes,
    samples,
)
from planner.interchange.evidence.mail.mbox import is_mailbox, letters_in
from planner.interchange.evidence.mail.tree import FolderFound, MailTree, NewInPart, folder_below, settled
from planner.interchange.evidence.reading import SourceReading, SourceRequest, remembered_name

_BLOCK = 4096
"""Bytes of a mailbox file that count as one letter in the progress."""
_NO_SIGNS: frozenset[Sign] = frozenset()
_FLAG_SIGNS = {b"D": Sign.DRAFT, b"T": Sign.TRASH}
_flags = re.compile(rb"[:;!]2,([A-Za-z]*[DT][A-Za-z]*)$")
_NO_FILES = (errno.ELOOP, errno.EINVAL)
_TAKE_OUT = "Take it out, or put the letter itself there"
_LONG = f"only the first {MOST_BYTES >> 10} kB of a head count"


class MailReading(SourceReading):
    """One run over a mailbox: a Maildir, an MH folder, mbox files, or a folder that contains these."""

    def __init__(self, request: SourceRequest) -> None:
        super().__init__()
        self._request = request
        self._letters = LetterReader(request.zone, request.now)
        self._present: set[str] = set()
        self._problems: dict[str, tuple[int, str, str]] = {}

    def __iter__(self) -> Iterator[Seen]:
        path = self._request.path
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
            # Only the path that a person named may be a link.
            folder = open_folder(path if is_folder else os.path.dirname(os.path.realpath(path)), through_links=True)
        except (OSError, ValueError) as error:
            self.report(path, reason(error), "Bring it back, or take the source off the list")
            return
        try:
            if is_folder:
                yield from self._tree(folder)
            else:
                name = os.path.basename(os.path.realpath(path))
                yield from self._mailbox(folder, name, "", role_of_path([name]))
                self._told(name)
        except OSError as error:
            self.report(path, reason(error), "Check its permissions")
        finally:
            os.close(folder)

    def _tree(self, root: int) -> Iterator[Seen]:
        tree = MailTree(root, self._request.known, self.report)
        todo: list[FolderFound] = []
        is_empty = True
        for found in tree.folders():
            if self.stopped:
                return
            self._present.add(found.name)
            self.total += found.new_letters
            self._remember(found)
            is_empty = is_empty and not (found.new_letters or found.mailboxes or found.is_maildir or found.own.kept)
            if found.new_letters or found.mailboxes:
                todo.append(found)
        for found in todo:
            if self.stopped:
                return
            try:
                with folder_below(root, found.path) as folder:
                    yield from self._folder(folder, found)
            except FileNotFoundError:
                self.remember.pop(found.name, None)
            except OSError as error:
                self.remember.pop(found.name, None)
                tree.whole = False
                self.report("/".join(found.path) or ".", reason(error), "Check its permissions")
            self._told("/".join(found.path))
        if self.stopped or not tree.whole:
            return
        gone = self._request.remembered.keys() - self._present
        if gone and is_empty:
            # A missing disk leaves an empty folder: the remembered state stays.
            self.remember.clear()
            self.report(self._request.path, "it is empty", "Bring its letters back, or take it off the list")
            return
        self.remember.update(dict.fromkeys(gone))

    def _remember(self, found: FolderFound, *, again: frozenset[str] = frozenset()) -> None:
        """Remember a folder that differs from its known state; the next run lists the parts in `again` afresh."""

        def part(name: str, one: NewInPart) -> FolderPart:
            whole = not one.keys and name not in again
            return FolderPart(one.changed if whole else 0, one.kept)

        mark = FolderMark(
            part("own", found.own),
            part("cur", found.cur),
            part("new", found.new),
            found.folders,
            tuple(sorted(found.mailboxes)),
        )
        if mark != found.known or self._request.since:
            self.remember[found.name] = mark.written()

    def _folder(self, folder: int, found: FolderFound) -> Iterator[Seen]:
        again: set[str] = set()
        role = role_of_path(self._way(found))
        known_boxes = list(found.mailboxes)
        for name, part in (("cur", found.cur), ("new", found.new), ("own", found.own)):
            if not part.keys:
                continue
            if name == "own":
                yield from self._part(folder, found, part, name, role, again)
            else:
                with folder_below(folder, (name,)) as inner:
                    yield from self._part(inner, found, part, name, role, again)
            self._remember(found, again=frozenset(again))
        for name in known_boxes:
            if self.stopped:
                return
            yield from self._known_mailbox(folder, name, found)

    def _way(self, found: FolderFound) -> tuple[str, ...]:
        """The folder names on the path to a folder, that of the source first."""
        return (self._request.path.name, *found.path)

    def _part(
        self, folder: int, found: FolderFound, part: NewInPart, which: str, role: FolderRole | None, again: set[str]
    ) -> Iterator[Seen]:
        """The new letters in one part of a folder; keys of letters that were read go to `part.kept`."""
        keys, part.keys = part.keys, array("Q")
        names = part.names.split(b"\0")
        part.names = b""
        kept = array("Q", part.kept)
        part.kept = kept
        for place, name in enumerate(names):
            if self.stopped:
                again.add(which)
                return
            self.done += 1
            try:
                if which == "own":
                    yield from self._plain_file(folder, name, found, role)
                else:
                    signs = _signs_of_flags(name)
                    descriptor = open_regular(name, folder)
                    try:
                        head, whole = read_head(descriptor)
                    finally:
                        os.close(descriptor)
                    letter = self._letter(head, name, role, signs, whole=whole)
                    if letter is not None:
                        yield letter
            except FileNotFoundError:
                # Moved since the folder was listed: the next run finds it under its other name.
                again.add(which)
                continue
            except OSError as error:
                self._problem(name, reason(error), _TAKE_OUT if error.errno in _NO_FILES else "Check its permissions")
                if error.errno in (errno.EACCES, errno.EPERM, errno.EIO):
                    again.add(which)
                    continue
            kept.append(keys[place])

    def _plain_file(self, folder: int, name: bytes, found: FolderFound, role: FolderRole | None) -> Iterator[Seen]:
        """The letters in a file whose content decides whether it is a letter, a mailbox of many, or neither."""
        descriptor = open_regular(name, folder)
        try:
            start = os.pread(descriptor, FIRST_BYTES, 0)
            shown = os.fsdecode(name)
            if not start or is_mailbox(start):
                if shown not in found.mailboxes:
                    found.mailboxes.append(shown)
                where = "/".join((*found.path, shown))
                yield from self._mailbox(folder, shown, where, role_of_path([*self._way(found), shown]))
                return
            head, whole = read_head(descriptor)
        finally:
            os.close(descriptor)
        if is_letter(start):
            letter = self._letter(head, name, role, _signs_of_flags(name), whole=whole)
            if letter is not None:
                yield letter

    def _letter(
        self, head: bytes, name: bytes, role: FolderRole | None, signs: frozenset[Sign], *, whole: bool
    ) -> Mail | None:
        """The letter with a head; None if the head is damaged, not of a letter, or of a day that is not wanted."""
        try:
            letter = self._letters.letter(head, role, signs)
        except (ValueError, LookupError, ArithmeticError, RecursionError, TypeError):
            self._problem(name, "the head is damaged", "Nothing needs to be done")
            return None
        if not whole:
            self._problem(name, _LONG, "Nothing needs to be done")
        if letter is None or not self._request.is_wanted(letter.at):
            return None
        return letter

    # Mailboxes in one file

    def _known_mailbox(self, folder: int, name: str, found: FolderFound) -> Iterator[Seen]:
        where = "/".join((*found.path, name))
        try:
            yield from self._mailbox(folder, name, where, role_of_path([*self._way(found), name]))
        except FileNotFoundError:
            return
        except OSError as error:
            self._problem(os.fsencode(name), reason(error), "Check its permissions")

    def _mailbox(self, folder: int, name: str, where: str, role: FolderRole | None) -> Iterator[Seen]:
        """The new letters in a mailbox file. Raises `OSError` if it cannot be opened."""
        key = remembered_name(where)
        self._present.add(key)
        known = mailbox_mark(self._request.known.get(key))
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if known is not None and known.is_same(status):
            return
        descriptor = open_regular(name, folder)
        try:
            yield from self._scan(descriptor, key, name, known, role)
        finally:
            os.close(descriptor)

    def _scan(
        self, descriptor: int, key: str, name: str, known: MailboxMark | None, role: FolderRole | None
    ) -> Iterator[Seen]:
        looked = time.time_ns()
        status = os.fstat(descriptor)
        start, skip = known.place_in(descriptor, status) if known else (0, False)
        last, given, before = start, skip, self.done
        blocks = (status.st_size - start) // _BLOCK + 1
        self.total += blocks
        whole = True
        for place, head, is_whole in letters_in(descriptor, start, status.st_size):
            if self.stopped:
                whole = False
                break
            self.done = before + (place - start) // _BLOCK
            last = place
            if place == start and skip:
                continue
            # The last head of a file still being written may be incomplete: the next run gives that letter.
            given = is_whole or len(head) > MOST_BYTES // 2
            if given:
                letter = self._letter(head, os.fsencode(name), role, _NO_SIGNS, whole=is_whole)
                if letter is not None:
                    yield letter
        hashes = samples(descriptor, last, status.st_size)
        size, changed = (status.st_size, settled(status.st_mtime_ns, looked)) if whole else (0, 0)
        mark = MailboxMark(
            status.st_dev, status.st_ino, size, changed, last, sampled_bytes(last, status.st_size), *hashes, given
        )
        self.remember[key] = mark.written()
        if whole:
            self.done = before + blocks

    # Troubles

    def _problem(self, name: bytes, why: str, advice: str) -> None:
        """Count a file of a folder that cannot be read properly."""
        count, first, _ = self._problems.get(why, (0, os.fsdecode(name), advice))
        self._problems[why] = (count + 1, first, advice)

    def _told(self, where: str) -> None:
        """Report the counted files of one folder, a line for each reason."""
        for why, (count, first, advice) in self._problems.items():
            place = f"{where}/{first}" if where and where != first else first
            be = "was" if count == 1 else "were"
            outcome = f"{be} read in part" if why is _LONG else f"{be} left out"
            self.report(place if count == 1 else f"{place} and {count - 1} more files there", why, advice, outcome)
        self._problems.clear()


def is_letter(start: bytes) -> bool:
    """Whether the first bytes of a file are the head of a letter."""
    head, _ = head_of(start[:FIRST_BYTES], len(start) < FIRST_BYTES)
    first = head.split(b"\n", 1)[0]
    name, colon, _ = first.partition(b":")
    if not colon or not name or len(name) > 100 or any(not 33 <= one <= 126 for one in name):
        return False
    lower = b"\n" + head.lower()
    return b"\nfrom:" in lower and any(one in lower for one in (b"\ndate:", b"\nmessage-id:", b"\nreceived:", b"\nto:"))


def _signs_of_flags(name: bytes) -> frozenset[Sign]:
    """The signs from the flags in a file's name ("…:2,DS")."""
    found = _flags.search(name)
    if found is None:
        return _NO_SIGNS
    return frozenset(sign for flag, sign in _FLAG_SIGNS.items() if flag in found[1])
