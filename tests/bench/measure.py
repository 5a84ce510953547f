"""Measuring one program in a real terminal from outside: first paint, keys, silence; and tables of it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from planner.core.model import Settings
from planner.demo import big, crowd
from planner.store import migrations
from planner.store.session import Store
from tests.trust.terminal import Terminal, environment, planner_program

TODAY = date(2026, 11, 23)
BARE = Path(__file__).with_name("bare.py")
FRAMES_QUIET = 0.05
"""Seconds of silence that end what one key brought: shorter than the rest after which the card follows."""
CARD_QUIET = 0.3


@dataclass(frozen=True, slots=True)
class Paint:
    """A start: seconds until the wanted text stood there, bytes until then and until all was quiet."""

    seconds: float
    bytes_first: int
    bytes_all: int
    memory: float
    """MiB at most, until quiet."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a key brought, medians: milliseconds to its first and last frame, bytes, bytes with what follows rest."""

    first: float
    last: float
    bytes: float
    bytes_rested: float


def database_of(contacts: int) -> Path:
    """The home folder of a network of so many contacts, made once on this machine and once for each schema."""
    kept = Path(tempfile.gettempdir()) / f"planner-bench-{os.getuid()}"
    written_by = [*sorted(migrations.FOLDER.iterdir()), Path(crowd.__file__)]
    print_of_it = sha256(b"".join(path.read_bytes() for path in written_by if path.is_file())).hexdigest()[:12]
    home = kept / f"{contacts}-{print_of_it}"
    if not (home / "planner.db").exists():
        making = Path(tempfile.mkdtemp(prefix="making-", dir=_private(kept)))
        with Store(making / "planner.db", Settings(), session="bench").open() as store:
            big(store, contacts, TODAY)
        os.replace(making, home)
    return home


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def bare(kind: str) -> list[str]:
    """The command of a bare program, "app" or "lines"."""
    return [sys.executable, str(BARE), kind]


def open_planner(home: Path) -> Terminal:
    """The planner on a home folder, its database named, in 120 × 40."""
    return Terminal(planner_program(), environment(home))


def open_bare(kind: str) -> Terminal:
    """A bare program in 120 × 40."""
    return Terminal(bare(kind), environment(Path(tempfile.gettempdir())))


def first_paint(start: Callable[[], Terminal], wanted: str) -> Paint:
    """Start a program, wait until a text stands on the screen and all is quiet, end it."""
    with start() as terminal:
        until = time.perf_counter() + 120
        plain = wanted.encode()
        while plain not in terminal.received and not (terminal.drawn and wanted in terminal.text):
            assert not terminal.ended, terminal.text
            assert time.perf_counter() < until, terminal.text
            terminal.read(1.0)
        seconds, count = terminal.last_output - terminal.began, len(terminal.received)
        terminal.settle(CARD_QUIET)
        return Paint(seconds, count, len(terminal.received), terminal.peak_memory())


def middle_paint(paints: Sequence[Paint]) -> Paint:
    """The median of each figure."""
    return Paint(
        statistics.median(paint.seconds for paint in paints),
        int(statistics.median(paint.bytes_first for paint in paints)),
        int(statistics.median(paint.bytes_all for paint in paints)),
        statistics.median(paint.memory for paint in paints),
    )


def press(terminal: Terminal, *names: str) -> Keys:
    """Press keys one after the other, each after the other's silence."""
    firsts, lasts, counts, rested = [], [], [], []
    for name in names:
        before = len(terminal.received)
        began = time.perf_counter()
        terminal.press(name)
        if not terminal.read(1.0):
            firsts.append(0.0)
            lasts.append(0.0)
            counts.append(0)
            rested.append(0)
            continue
        firsts.append(terminal.last_output - began)
        while terminal.read(FRAMES_QUIET):
            pass
        lasts.append(terminal.last_output - began)
        counts.append(len(terminal.received) - before)
        terminal.settle(CARD_QUIET)
        rested.append(len(terminal.received) - before)
    return Keys(
        statistics.median(firsts) * 1000, statistics.median(lasts) * 1000,
        statistics.median(counts), statistics.median(rested),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Idle:
    """A program left alone: bytes it sent, and its share of a processor in percent."""

    sent: int
    percent: float


def left_alone(terminal: Terminal, seconds: float) -> Idle:
    """Watch a program that nobody touches."""
    terminal.settle(0.5)
    before, used = len(terminal.received), terminal.processor_seconds()
    began = time.perf_counter()
    while (left := began + seconds - time.perf_counter()) > 0:
        terminal.read(left)
    spent = terminal.processor_seconds() - used
    return Idle(len(terminal.received) - before, 100 * spent / (time.perf_counter() - began))


def quickest(runs: Mapping[str, tuple[list[str], dict[str, str]]], rounds: int) -> dict[str, float]:
    """The least seconds each command took, run in turns so that all meet the same machine."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, (command, variables) in runs.items():
            began = time.perf_counter()
            subprocess.run(command, env=variables, capture_output=True, check=True)
            best[name] = min(best[name], time.perf_counter() - began)
    return best


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print figures in columns."""
    shown = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(len(row[column]) for row in shown) for column in range(len(heads))]
    print(f"\n{title}")
    for row in shown:
        numbers = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  " + "  ".join([row[0].ljust(widths[0]), *numbers]))
