"""Imports files into a desk, for the command line and the screen.

It uses a desk through `ImportTarget`, so that this package knows values only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

from planner.core.model import Rejected
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.interchange.detect import resolve
from planner.interchange.encodings import chosen
from planner.interchange.format import ReadRequest
from planner.interchange.json import own
from planner.interchange.reading import count_of, records_of

Done = TypeVar("Done", covariant=True)
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class ImportTarget(Protocol[Done]):
    """The imports of a desk: they take people, or a whole planner."""

    def run(
        self,
        records: Iterable[object],
        *,
        expected: int = 0,
        circle: str | None = None,
        cadence: str | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Done: ...
    def fill(
        self,
        read: Callable[[int], own.Rows],
        *,
        expected: int = 0,
        dry_run: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Done: ...


def bring_in(
    target: ImportTarget[Done],
    paths: Sequence[Path],
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    *,
    encoding: str = "",
    circle: str | None = None,
    cadence: str | None = None,
    **how: Any,
) -> Done:
    """Import files of any format as one step; `how` is as for `ImportTarget.run`: `dry_run`, `progress`, `cancelled`.

    Of several files, one that cannot be read is rejected, and the others are imported.

    `encoding` is the encoding named by a person, under any of its names. Raises `Refused` for unreadable files, and for
    a whole planner together with other files, a circle or a cadence.
    """
    codec = chosen(encoding) if encoding else ""
    readings: list[ReadRequest] = []
    refused: list[tuple[Path, Refused]] = []
    for path in paths:
        try:
            readings.append(resolve(path, format, mapping, codec))
        except Refused as refusal:
            refused.append((path, refusal))
    if refused and not readings:
        raise refused[0][1]
    if len(paths) > 1:
        readings = [replace(one, is_one_of_many=True) for one in readings]
    rejected = [Rejected(clean(str(path), visible=True), 0, refusal.message) for path, refusal in refused]
    if not any(one.format.is_whole for one in readings):
        expected = count_of(readings)
        records = chain(rejected, records_of(readings))
        return target.run(records, expected=expected, circle=circle, cadence=cadence, **how)
    if len(paths) > 1 or circle is not None or cadence is not None or mapping:
        raise Refused("A whole planner is read alone and as it is", "Name one file and no wishes for it.")
    (path,) = paths
    expected = path.stat().st_size // own.BYTES_A_FACT
    return target.fill(lambda schema: own.read(path, schema), expected=expected, **how)
