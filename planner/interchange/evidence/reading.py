"""The port of evidence: what a source is, and what one run reads of it.

A reader gives the records of a source. `planner.core.evidence` decides who I am, who is a contact, and what becomes of
the records.
"""

from __future__ import annotations

import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cache, cached_property
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules
from urllib.parse import quote_from_bytes

from planner.core.evidence.seen import Seen
from planner.core.records import record
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.foreign_files import first_bytes, reason
from planner.interchange.evidence import kinds as folder

HEAD_BYTES = 8192
"""The bytes of a file by which its kind is recognized."""
MOST_NAMES = 1000
"""The names in a folder by which its kind is recognized."""
MOST_TROUBLES = 100
"""The most trouble lines in one run; the last one counts the others."""


@record(frozen=True, slots=True)
class SourceRequest:
    """The request for one run.

    `remembered` is the state that earlier runs returned, by name. `zone` is the time zone of times without one,
    `region` the country of phone numbers without one ("NO"). With `since` everything is read again, whatever is
    remembered, and records of earlier days (in `zone`) are left out. `now` is an instant (aware).
    """

    path: Path
    remembered: Mapping[str, bytes]
    zone: tzinfo
    region: str | None
    since: date | None
    now: datetime

    @property
    def known(self) -> Mapping[str, bytes]:
        """The remembered state, empty if everything is to be read again."""
        return {} if self.since else self.remembered

    def is_wanted(self, at: datetime | None) -> bool:
        """Whether a record of this time is wanted; a naive time is on the clock of `zone`."""
        if self.since is None or at is None:
            return True
        return (at.astimezone(self.zone) if at.tzinfo else at).date() >= self.since


class SourceReading(ABC):
    """One run over one source: iterate once, then use `remember` and `troubles`.

    After the iteration `remember` holds the state for the next run, by the name of a folder or file: only what changed,
    with None for what to delete. `troubles` are lines for a person: the place, the reason, the advice. `done` of
    `total` is the progress of the iteration; another thread may read them.
    """

    def __init__(self) -> None:
        self.remember: dict[str, bytes | None] = {}
        self.troubles: list[str] = []
        self.done = 0
        self.total = 0
        self.stopped = False
        self._untold = 0

    @abstractmethod
    def __iter__(self) -> Iterator[Seen]:
        """The records of the source, one at a time; memory does not grow with the source."""

    def stop(self) -> None:
        """End the iteration at the next record. `remember` then holds only what was read completely."""
        self.stopped = True

    def report(self, where: str | Path, why: str, advice: str, outcome: str = "was left out") -> None:
        """Add a trouble line: a place, the outcome, the reason, the advice (each without a full stop)."""
        if len(self.troubles) >= MOST_TROUBLES:
            self._untold += 1
            self.troubles[-1] = f"And {self._untold + 1} more places could not be read."
            return
        self.troubles.append(clean(f"{shown_path(where)} {outcome}: {why}. {advice}.", visible=True))


@record(frozen=True, slots=True)
class SourceKind:
    """A kind of source.

    `title` names the kind in a sentence ("a Maildir"). Of the kinds that recognize a source the one with the lowest
    `rank` reads it.
    """

    name: str
    title: str
    rank: int
    is_it: Callable[[Glance], bool]
    open: Callable[[SourceRequest], SourceReading]


class Glance:
    """A first look at a path: its kind of file, and how it begins. Raises `Refused` if it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            raise Refused(f"{shown_path(path)} cannot be read: {reason(error)}", "Name another place.") from error
        self.is_folder = stat.S_ISDIR(mode)
        if not self.is_folder and not stat.S_ISREG(mode):
            raise Refused(f"{shown_path(path)} is neither a file nor a folder", "Name another place.")

    @cached_property
    def head(self) -> bytes:
        """The first 8192 bytes of a file; empty for a folder."""
        if self.is_folder:
            return b""
        try:
            return first_bytes(os.path.realpath(self.path), HEAD_BYTES)
        except (OSError, ValueError) as error:
            raise Refused(f"{shown_path(self.path)} cannot be read: {reason(error)}", "Name another place.") from error

    @cached_property
    def names(self) -> frozenset[str]:
        """Up to 1000 names in a folder; none for a file."""
        if not self.is_folder:
            return frozenset()
        try:
            with os.scandir(self.path) as entries:
                return frozenset(one.name for one in islice(entries, MOST_NAMES))
        except OSError as error:
            raise Refused(f"{shown_path(self.path)} cannot be read: {reason(error)}", "Name another place.") from error


@cache
def source_kinds() -> tuple[SourceKind, ...]:
    """All kinds of sources, by rank."""
    modules = (import_module(f"{folder.__name__}.{one.name}") for one in iter_modules(folder.__path__))
    found: list[SourceKind] = [module.KIND for module in modules]
    return tuple(sorted(found, key=lambda one: (one.rank, one.name)))


def kind_named(name: str) -> SourceKind:
    """The kind with a name. Raises `Refused` for an unknown name, and lists the known ones."""
    for one in source_kinds():
        if one.name == name:
            return one
    known = ", ".join(one.name for one in source_kinds())
    raise Refused(f"{clean(name, visible=True)} is not a kind of source", f"Kinds: {known}.")


def recognised(path: Path) -> str:
    """The name of the kind of source at a path, by its content. Raises `Refused` if no kind recognizes it."""
    glance = Glance(path)
    for one in source_kinds():
        if one.is_it(glance):
            return one.name
    titles = ", ".join(one.title for one in source_kinds())
    raise Refused(f"{shown_path(path)} is nothing that can be watched", f"What can: {titles}.")


def open_source(
    path: Path,
    kind: str,
    remembered: Mapping[str, bytes],
    *,
    zone: tzinfo,
    region: str | None,
    since: date | None,
    now: datetime,
) -> SourceReading:
    """Open a source; nothing of it is read before the iteration. Raises `Refused` for an unknown kind."""
    return kind_named(kind).open(SourceRequest(path, remembered, zone, region, since, now))


def remembered_name(path: str) -> str:
    """The name to remember a folder or file by, from its path within the source: text for any database."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return f"%{quote_from_bytes(os.fsencode(path))}"
    return path


def shown_path(path: str | Path) -> str:
    """A path in a form that is safe to show."""
    return clean(str(path), visible=True)
