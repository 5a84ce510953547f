"""An import from files to a desk: what the command line and the screen share.

A desk is asked through `Target`, so that this package knows values only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from planner.errors import Refused
from planner.interchange.detect import resolve
from planner.interchange.json import own
from planner.interchange.reading import count_of, records_of

Done = TypeVar("Done", covariant=True)
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Target(Protocol[Done]):
    """What takes people, or a whole planner: the imports of a desk."""

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
    target: Target[Done],
    paths: Sequence[Path],
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    *,
    circle: str | None = None,
    cadence: str | None = None,
    **how: Any,
) -> Done:
    """Take in files of any format as one step; `how` is as for `Target.run`: `dry_run`, `progress`, `cancelled`.

    Raises `Refused` for what cannot be read, and for a whole planner beside other files or with wishes.
    """
    readings = [resolve(path, format, mapping) for path in paths]
    if not any(one.format.is_whole for one in readings):
        expected = count_of(readings)
        return target.run(records_of(readings), expected=expected, circle=circle, cadence=cadence, **how)
    if len(paths) > 1 or circle is not None or cadence is not None or mapping:
        raise Refused("A whole planner is read alone and as it is", "Name one file and no wishes for it.")
    (path,) = paths
    expected = path.stat().st_size // own.BYTES_A_FACT
    return target.fill(lambda schema: own.read(path, schema), expected=expected, **how)
