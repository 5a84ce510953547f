"""What a person waits for beside other programs: keys, another session's change, leaving; ratios, run by hand."""

from __future__ import annotations

import os
import signal
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.ui.session.in_terminal import LOOK_AROUND_SECONDS
from tests.bench.measure import table
from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import command, fill
from tests.trust.test_store_sessions import many_sessions
from tests.trust.test_waiting import KEYS, answer, held, six_people

pytestmark = pytest.mark.bench
KEYS_BESIDE_A_LOCK = 2.0
"""Times as long as a key takes when nobody holds the database."""
SHOWN_AFTER = 2.0
"""Times as long as from one look at the database to the next."""
LEFT_AFTER = 3.0
"""Times as long as leaving with q takes."""
WRITES_AMONG_MANY = 25.0
"""Times as long as a write takes where one session writes: 99 of 100 of the writes of 32 sessions."""
ROUNDS = 5


def test_keys_are_as_quick_while_another_program_writes(tmp_path: Path) -> None:
    with six_people(tmp_path) as terminal:
        alone = [answer(terminal, key) for key in KEYS]
        with held(tmp_path):
            terminal.press("x")
            beside = [answer(terminal, key) for key in KEYS * 8]
        terminal.wait_for("Skipped")
    ratio = statistics.median(beside) / statistics.median(alone)
    rows = [[name, statistics.median(took) * 1000, max(took) * 1000] for name, took in
            (("nobody writes", alone), ("another program writes", beside))]  # fmt: skip
    table(f"Keys beside a lock: {ratio:.2f} × (bar {KEYS_BESIDE_A_LOCK})", ["", "median ms", "longest ms"], rows)
    assert ratio <= KEYS_BESIDE_A_LOCK


def test_another_sessions_change_is_shown_at_the_next_look(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    took = []
    with planner_in_terminal(tmp_path) as terminal:
        terminal.wait_for("Ana Silva")
        for number in range(ROUNDS):
            command(tmp_path, "add", f"Zuleika {number}", "--cadence", "1w", "--since", "2026-10-01")
            began = time.perf_counter()
            terminal.wait_for(f"Zuleika {number}")
            took.append(time.perf_counter() - began)
    ratio = max(took) / LOOK_AROUND_SECONDS
    table(
        f"Another session's change: {ratio:.2f} × the time between two looks (bar {SHOWN_AFTER})",
        ["median ms", "longest ms"],
        [[statistics.median(took) * 1000, max(took) * 1000]],
    )
    assert ratio <= SHOWN_AFTER


def leaving(home: Path, leave: Callable[[Terminal], None]) -> float:
    """The median of the seconds a planner takes to end that was asked to while a line was being typed."""
    took = []
    for _ in range(ROUNDS):
        with planner_in_terminal(home) as terminal:
            terminal.wait_for("Ana Silva")
            terminal.settle(0.3)
            began = time.perf_counter()
            leave(terminal)
            terminal.wait_end()
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def test_a_signal_or_a_dead_terminal_ends_it_as_soon_as_q(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    ways: dict[str, Callable[[Terminal], None]] = {
        "q": lambda terminal: terminal.press("q"),
        "SIGTERM": lambda terminal: os.kill(terminal.process_id, signal.SIGTERM),
        "SIGHUP": lambda terminal: os.kill(terminal.process_id, signal.SIGHUP),
        "a dead terminal": lambda terminal: terminal.hang_up(),
    }
    took = {name: leaving(tmp_path, leave) for name, leave in ways.items()}
    rows = [[name, seconds * 1000, seconds / took["q"]] for name, seconds in took.items()]
    table(f"Leaving (bar {LEFT_AFTER})", ["", "median ms", "× q"], rows)
    assert max(took.values()) <= LEFT_AFTER * took["q"]


def test_writes_among_thirty_two_sessions(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "many")]
    for folder in folders:
        folder.mkdir()
    alone = many_sessions(folders[0], 1, 60, pause=0.03)
    among = many_sessions(folders[1], 32, 10, pause=1.0)
    lone, most = statistics.median(alone), among[int(len(among) * 0.99)]
    rows = [["one session", len(alone), lone * 1000, alone[-1] * 1000],
            ["32 sessions", len(among), statistics.median(among) * 1000, among[-1] * 1000]]  # fmt: skip
    table(
        f"Writes among many: 99 of 100 within {most / lone:.1f} × a lone one (bar {WRITES_AMONG_MANY})",
        ["", "writes", "median ms", "longest ms"],
        rows,
    )
    assert most <= WRITES_AMONG_MANY * lone
