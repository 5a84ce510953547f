"""Runs of sources for the tests: files as they come, and what one run reads of them."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from planner.core.evidence.seen import Seen
from planner.interchange.evidence.reading import SourceReading, open_source

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def put(path: Path, data: str | bytes, changed: datetime = NOW - timedelta(days=1)) -> Path:
    """A file, last changed a day ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    os.utime(path, (changed.timestamp(), changed.timestamp()))
    return path


def put_archive(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """An archive, last changed a day ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return put(path, path.read_bytes())


def run(
    path: Path,
    kind: str = "folder",
    remembered: Mapping[str, bytes] | None = None,
    *,
    zone: tzinfo = UTC,
    region: str | None = "NO",
    since: date | None = None,
    now: datetime = NOW,
) -> tuple[list[Seen], SourceReading]:
    """What one run sees, and the run."""
    reading = open_source(path, kind, remembered or {}, zone=zone, region=region, since=since, now=now)
    return list(reading), reading


def kept(reading: SourceReading, remembered: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """What the next run is given."""
    merged = {**(remembered or {}), **reading.remember}
    return {name: data for name, data in merged.items() if data is not None}
