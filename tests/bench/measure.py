"""Measuring one program in a real terminal from outside: first paint, keys, silence; and tables of it."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
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
CARD_QUIET = 0.2


@dataclass(frozen=True, slots=True)
class Paint:
    """A start: seconds until the wanted text stood there, bytes until then and until all was quiet."""

    seconds: float
    bytes_first: int
    bytes_all: int
    memory: float
    """MiB at most, until quiet."""
    processor: float
    """Seconds of the processor until quiet."""


def database_of(contacts: int) -> Path:
    """The home folder of a network of so many contacts, made once on this machine and once for each schema."""
    kept = kept_folder()
    written_by = [*sorted(migrations.FOLDER.iterdir()), Path(crowd.__file__)]
    print_of_it = sha256(b"".join(path.read_bytes() for path in written_by if path.is_file())).hexdigest()[:12]
    home = kept / f"{contacts}-{print_of_it}"
    if not (home / "planner.db").exists():
        making = Path(tempfile.mkdtemp(prefix="making-", dir=kept))
        with Store(making / "planner.db", Settings(), session="bench").open() as store:
            big(store, contacts, TODAY)
        os.replace(making, home)
    return home


def kept_folder() -> Path:
    """The folder of what is made once and measured often: the user's cache, where no checkout is."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "planner-bench"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def bare(kind: str, *given: str) -> list[str]:
    """The command of a bare program, "app", "lines" or "store" with its file."""
    return [sys.executable, str(BARE), kind, *given]


def open_planner(home: Path) -> Terminal:
    """The planner on a home folder, its database named, in 120 × 40."""
    return Terminal(planner_program(), environment(home))


def open_bare(kind: str, *given: str) -> Terminal:
    """A bare program in 120 × 40."""
    return Terminal(bare(kind, *given), environment(Path(tempfile.gettempdir())))


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
        return Paint(
            seconds, count, len(terminal.received), terminal.peak_memory(), terminal.processor_seconds()
        )  # fmt: skip


def children_seconds() -> float:
    """Seconds of the processor that all programs took that were started here and have ended."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print figures in columns."""
    shown = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(len(row[column]) for row in shown) for column in range(len(heads))]
    print(f"\n{title}")
    for row in shown:
        numbers = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  " + "  ".join([row[0].ljust(widths[0]), *numbers]))
