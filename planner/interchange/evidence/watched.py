"""Opens each of the watched sources for a run of evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Protocol

from planner.interchange.evidence.reading import SourceReading, open_source


class PlaceToRead(Protocol):
    """The path and the kind of a source."""

    @property
    def path(self) -> str: ...
    @property
    def kind(self) -> str: ...


def opener(
    zone: tzinfo, now: datetime, region: str | None, since: date | None = None
) -> Callable[[PlaceToRead, Mapping[str, bytes]], SourceReading]:
    """A function that opens a source, given its remembered state; see `SourceRequest` for the arguments."""

    def opened(place: PlaceToRead, remembered: Mapping[str, bytes]) -> SourceReading:
        return open_source(
            Path(place.path), place.kind, remembered, zone=zone, region=region, since=since, now=now
        )  # fmt: skip

    return opened
