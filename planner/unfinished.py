"""Texts that were typed and not yet saved, kept for the next time by their people, verb and session.

Every session has its own file in the folder of the program's state, and holds a lock while it runs. A file without a
locked session belongs to one that ended: its texts wait to be resumed or discarded.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any, TextIO

from planner.core.records import record
from planner.core.words.naming import naming
from planner.edited_files import copies_beside, remove, written_in
from planner.private_files import make_folder, write_json


@record(frozen=True, slots=True)
class Unfinished:
    """Text typed about some people: by which verb, in which place, and the texts by the names of their lines.

    A prompt has one line, named "". `heading` shows a person what was asked. `files` are the texts in an editor, by the
    names of their lines: (path, fingerprint of what the editor got). `rows` are the keys of the place's marked rows.
    """

    verb: str
    contacts: tuple[int, ...] = ()
    place: str = ""
    heading: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rows: tuple[str, ...] = ()

    @property
    def is_about(self) -> tuple[str, frozenset[int]]:
        """The verb and the people: a text may be resumed only where both are the same."""
        return self.verb, frozenset(self.contacts)

    def as_the_editor_left_it(self) -> Unfinished:
        """The same with the texts that were written in the editor."""
        found = {name: written_in(Path(path), given) for name, (path, given) in self.files.items()}
        written = {name: text for name, text in found.items() if text is not None}
        return replace(self, texts={**self.texts, **written}) if written else self

    def remove_files(self) -> None:
        """Remove the files that the editor left of it."""
        for path, _ in self.files.values():
            remove(Path(path))

    @property
    def words(self) -> str:
        """The whole text on one line; if only the editor can read it, the name of its file."""
        texts = [text for text in self.texts.values() if text.strip()]
        copies = [copy.name for path, _ in self.files.values() for copy in copies_beside(Path(path))]
        return " ".join(" · ".join(texts).split()) or (f"in {copies[0]}, from your editor" if copies else "")


class UnfinishedTexts:
    """The files of unfinished texts of one database; `state` is the folder of the program's state."""

    def __init__(self, state: Path, database: str = "") -> None:
        self._folder = state / "drafts"
        self._database = database
        self._name = f"{os.getpid()}-{os.urandom(4).hex()}"
        self._lock: TextIO | None = None
        self._kept: list[Unfinished] = []

    def keep(self, texts: Sequence[Unfinished]) -> None:
        """Make these the unfinished texts of this session; raises OSError if they cannot be stored."""
        if self.keeps(texts):
            return
        self._take_lock()
        self._write(self._folder / f"{self._name}.json", texts)
        self._kept = list(texts)

    def keeps(self, texts: Sequence[Unfinished]) -> bool:
        """Whether these are the unfinished texts of this session already."""
        return list(texts) == self._kept

    @property
    def count(self) -> int:
        """How many texts this session keeps."""
        return sum(bool(one.as_the_editor_left_it().words) for one in self._kept)

    def left_over(self) -> list[Unfinished]:
        """The texts of ended sessions, the oldest first."""
        found = [one.as_the_editor_left_it() for file in self._ended() for one in self._read(file)]
        return [one for one in found if one.words]

    def drop(self, text: Unfinished) -> None:
        """Drop a text of an ended session; the files an editor left of it stay."""
        for file in self._ended():
            found = self._read(file)
            for one in found:
                if one.is_about == text.is_about and one.files == text.files and (one.files or one.texts == text.texts):
                    found.remove(one)
                    with suppress(OSError):
                        self._write(file, found)
                    return

    def forget(self, traces: Collection[str], contact_id: int) -> None:
        """Drop texts about a contact alone and texts with one of these traces as whole words, in every session.

        A text about several people that names none of them stays for the others.
        """
        names = naming(traces)

        def goes(one: Unfinished) -> bool:
            texts = one.as_the_editor_left_it().texts.values()
            return set(one.contacts) == {contact_id} or any(map(names, (one.heading, *texts)))

        for file in self._files():
            database, found = self._content(file)
            left = [one for one in found if not goes(one)]
            if left != found:
                with suppress(OSError):
                    self._write(file, left, database)
                for one in found:
                    if one not in left:
                        one.remove_files()

    # Files

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        return []

    def _ended(self) -> Iterable[Path]:
        for file in self._files():
            if file.stem != self._name and not _is_locked(file.with_suffix(".lock")):
                yield file

    def _read(self, file: Path) -> list[Unfinished]:
        database, found = self._content(file)
        return found if database == self._database else []

    @staticmethod
    def _content(file: Path) -> tuple[str, list[Unfinished]]:
        """(database, texts) of a file; a file that cannot be read has none."""
        try:
            found: Any = json.loads(file.read_text("utf-8"))
            return str(found["database"]), [
                Unfinished(
                    str(one["verb"]),
                    tuple(int(key) for key in one["contacts"]),
                    str(one["place"]),
                    str(one["heading"]),
                    {str(name): str(text) for name, text in one["texts"].items()},
                    {str(name): (str(path), str(given)) for name, (path, given) in one.get("files", {}).items()},
                    tuple(str(key) for key in one.get("rows", ())),
                )
                for one in found["texts"]
            ]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return "", []

    def _write(self, file: Path, texts: Sequence[Unfinished], database: str | None = None) -> None:
        if not texts:
            file.unlink(missing_ok=True)
            if file.stem != self._name:
                file.with_suffix(".lock").unlink(missing_ok=True)
            return
        content = {
            "database": self._database if database is None else database,
            "texts": [asdict(one) for one in texts],
        }
        write_json(file, content)

    def _take_lock(self) -> None:
        if self._lock is None:
            make_folder(self._folder)
            self._lock = _opened(self._folder / f"{self._name}.lock")
            _lock(self._lock)

    def close(self) -> None:
        """End the session; texts that are still unfinished then wait for the next one."""
        if self._lock is not None:
            if not self._kept:
                with suppress(OSError):
                    (self._folder / f"{self._name}.lock").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None


def _opened(file: Path) -> TextIO:
    try:
        return os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    except OSError:
        # A lock can be requested even where nothing can be written; a missing file raises as before.
        return os.fdopen(os.open(file, os.O_RDONLY), encoding="utf-8")


def _lock(stream: TextIO) -> None:
    """Lock a file until the process ends; raises OSError if another process holds it."""
    try:
        import fcntl
    except ImportError:
        # Windows does not let an open file be deleted; that tells sessions apart there.
        return
    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_locked(file: Path) -> bool:
    """Whether a running session holds a lock."""
    try:
        with _opened(file) as stream:
            _lock(stream)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
