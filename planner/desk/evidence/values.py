"""The values that `desk.evidence` takes and returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Protocol

from planner.core.evidence.seen import Seen
from planner.core.model import Direction, Outcome
from planner.core.records import record
from planner.desk.done import Done
from planner.store.evidence.handles import AskedName
from planner.store.evidence.sources import WatchedSource


class ReadsSource(Protocol):
    """One source being read, see `planner.interchange.evidence.reading.SourceReading`."""

    @property
    def remember(self) -> Mapping[str, bytes | None]: ...
    @property
    def troubles(self) -> list[str]: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    def __iter__(self) -> Iterator[Seen]: ...
    def stop(self) -> None: ...


class OpensSources(Protocol):
    """Opens a source, given its remembered state. Raises `Refused` if the source cannot be opened."""

    def __call__(self, source: WatchedSource, remembered: Mapping[str, bytes], /) -> ReadsSource: ...


@record(frozen=True, slots=True)
class SeenLine:
    """One interaction based on evidence: with the name of the contact, and its source in words."""

    id: int
    contact_id: int
    name: str
    on: date
    channel: str
    direction: Direction
    outcome: Outcome
    source_id: int
    source: str
    waits: bool = False
    """Whether it waits for an answer or a call back."""


@record(frozen=True, slots=True)
class SeenNews:
    """What was seen since its list was last opened, or since the watch began.

    `lines` are the latest of each person, the latest first, and `more` counts, by line id, the person's other ones.
    """

    since: date
    lines: tuple[SeenLine, ...] = ()
    more: Mapping[int, int] = field(default_factory=dict)
    asked: tuple[AskedName, ...] = ()


@record(frozen=True, slots=True)
class ListedSource:
    """A source in the list: in words, with the number of interactions based on it."""

    source: WatchedSource
    words: str
    interactions: int


@record(frozen=True, slots=True)
class SourcesRead(Done):
    """The result of a run.

    `lines` are the interactions that were made or changed, `troubles` are lines about what could not be read. `asked`
    are names without a known owner. `needs_me` means that something could not be judged without knowing who I am;
    `may_be_me` are then my likely addresses and names. `stopped` means that the run was cancelled: nothing was kept.
    """

    lines: tuple[SeenLine, ...] = field(default=(), kw_only=True)
    troubles: tuple[str, ...] = field(default=(), kw_only=True)
    asked: tuple[AskedName, ...] = field(default=(), kw_only=True)
    needs_me: bool = field(default=False, kw_only=True)
    may_be_me: tuple[str, ...] = field(default=(), kw_only=True)
    stopped: bool = field(default=False, kw_only=True)
