"""The slow line: what a held key leaves on 64 kbit/s and a tenth of a second, over a real SSH server."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.measure import database_of
from tests.trust.slow_line import ON_THE_WAY, hold, slow_line
from tests.trust.terminal import Terminal, environment, planner_program
from tests.trust.test_ssh import ssh_server

QUEUED = 8_000
"""Bytes: what the line carries in a second."""
FRAMES = 3.0
"""Times as long as one frame takes to come, until the last one has once the key is let go."""


def measure() -> Iterator[Figure]:
    """Page down, held for two seconds in Contacts."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        home = Path(folder, "home")
        shutil.copytree(database_of(10_000), home)
        with (
            ssh_server(Path(folder, "ssh")) as client,
            slow_line(client) as (words, ways),
            Terminal([*words, " ".join(planner_program())], environment(home)) as terminal,
        ):
            terminal.wait_for("Agenda")
            terminal.ask("2", wanted="10,000 people")
            terminal.settle(4 * ON_THE_WAY)
            (way,) = ways
            alone = min(_until_quiet(terminal) for _ in range(5))
            way.most = 0
            hold(terminal, "pagedown", 60)
            queued, held = way.most, _until_quiet(terminal)
            yield Figure("10,000", "slow line: on it while page down is held", queued, "B", QUEUED)
            yield Figure("10,000", "slow line: last frame once it is let go", held / alone, "× one page", FRAMES)


def _until_quiet(terminal: Terminal) -> float:
    """Seconds from one more page to the last byte of it, the card with it."""
    began = time.perf_counter()
    terminal.press("pagedown")
    terminal.silence(6 * ON_THE_WAY)
    return terminal.last_output - began
