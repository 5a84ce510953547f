"""First useful screen and memory, beside a bare program of Textual and beside others where they are installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.bench.bare import READY
from tests.bench.figures import Figure, Sample, ratio
from tests.bench.measure import Paint, database_of, first_paint, open_bare, open_planner
from tests.trust.terminal import Terminal, environment

ROUNDS = 7
START, GROWN, MEMORY, MORE_MEMORY, PAINT_BYTES = 1.3, 1.1, 1.5, 2.0, 8_000
SOMEBODY = "d past"
"""What stands beside an overdue person: the agenda is there."""
PEERS = {"vit": "ID", "harlequin": "Query"}
"""Other full-screen programs, and what their first useful screen holds."""
BESIDE = "× bare app"
FLOOR = "store"
"""The least program that shows what a database holds."""


def starts() -> dict[str, tuple[Callable[[], Terminal], str]]:
    """What is started, and the text that says that it is there."""
    found: dict[str, tuple[Callable[[], Terminal], str]] = {
        "bare": (lambda: open_bare("app"), READY),
        FLOOR: (lambda: open_bare("store", str(database_of(10_000) / "planner.db")), READY),
    }
    for size in (1_000, 10_000, 100_000, 1_000_000):
        home = database_of(size)
        found[f"{size:,}"] = (lambda home=home: open_planner(home)), SOMEBODY  # type: ignore[misc]
    for peer, wanted in PEERS.items():
        program = shutil.which(peer)
        if program is not None:
            variables = environment(Path(tempfile.gettempdir()))
            found[peer] = (lambda program=program, variables=variables: Terminal([program], variables)), wanted  # type: ignore[misc]
    return found


def measure() -> Iterator[Figure]:
    """Each program in turn in every round."""
    programs = starts()
    for start, wanted in programs.values():
        first_paint(start, wanted)
    taken: dict[str, list[Paint]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (start, wanted) in programs.items():
            taken[name].append(first_paint(start, wanted))
    yield from _rows(taken)


def _rows(taken: Mapping[str, list[Paint]]) -> Iterator[Figure]:
    seconds = {name: Sample(tuple(one.seconds for one in paints)) for name, paints in taken.items()}
    worked = {name: Sample(tuple(one.processor for one in paints)).middle for name, paints in taken.items()}
    memory = {name: Sample(tuple(one.memory for one in paints)).middle for name, paints in taken.items()}
    bare = seconds["bare"]
    yield Figure("", "bare app: first screen", bare.middle * 1000, "ms", most=bare.most * 1000)
    for name, took in seconds.items():
        if name in ("bare", FLOOR):
            continue
        bar, floor = (START, seconds[FLOOR].middle / bare.middle) if name == "10,000" else (None, None)
        yield ratio(name, "first useful screen", took, bare, BESIDE, bar, worked[name] / worked["bare"], floor)
    yield ratio("1,000,000", "first useful screen beside 10,000 contacts", seconds["1,000,000"], seconds["10,000"],
                "×", GROWN, worked["1,000,000"] / worked["10,000"])  # fmt: skip
    for name in (one for one in taken if one[0].isdigit()):
        sent = max(one.bytes_all for one in taken[name])
        yield Figure(name, "first screen: bytes", sent, "B", PAINT_BYTES)
    yield Figure("100,000", "memory at start", memory["100,000"] / memory["bare"], BESIDE, MEMORY,
                 floor=memory[FLOOR] / memory["bare"])  # fmt: skip
    yield Figure("100,000", "memory at start beyond that of 1,000 contacts", memory["100,000"] - memory["1,000"],
                 "MiB", MORE_MEMORY, noise=0.5)  # fmt: skip
