"""Another process holds the database: the screen goes on, says so, and the write lands after."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from tests.trust.terminal import Terminal, environment, planner_in_terminal
from tests.trust.test_real_terminal import TODAY, desk_at, fill

LONGEST_GAP = 0.5
"""Seconds a key may take to be answered meanwhile, on a machine that is busy with other tests."""
HOLD = (
    "import sqlite3, sys\n"
    "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "connection.execute('BEGIN IMMEDIATE')\n"
    "print('held', flush=True)\n"
    "sys.stdin.readline()\n"
    "connection.execute('ROLLBACK')\n"
)


def gaps(terminal: Terminal, seconds: float) -> list[float]:
    """Move the cursor for so long; gives the seconds each key took to be seen."""
    found = []
    until = time.perf_counter() + seconds
    keys = iter(("down", "down", "up", "up") * 1000)
    while time.perf_counter() < until:
        began = time.perf_counter()
        terminal.press(next(keys))
        assert terminal.read(5.0), "no frame after a key"
        found.append(time.perf_counter() - began)
        terminal.settle(quiet=0.03)
    return found


def hold_the_lock(home: Path, seconds: float) -> None:
    """Triage while another process holds the write lock for so long."""
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Cy Young")
        terminal.settle(0.3)
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(home / "planner.db")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            terminal.press("x")
            terminal.wait_for("Waiting for another session", seconds=3)
            found = gaps(terminal, seconds)
            with desk_at(home) as desk:
                assert desk.why(desk.find("Ana Silva"), today=TODAY).due == date(2026, 9, 29)
        finally:
            holder.communicate("\n")
        terminal.wait_for("Skipped Ana Silva")
        print(f"the lock held for {seconds} s: {len(found)} keys answered, the longest after {max(found):.3f} s")
        assert len(found) > 10
        assert max(found) <= LONGEST_GAP
        terminal.press("q")
        assert terminal.wait_end() == 0
    with desk_at(home) as desk:
        assert desk.why(desk.find("Ana Silva"), today=TODAY).due == date(2026, 12, 21)


def test_the_screen_goes_on_while_another_process_writes(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva", "Ben Okri", "Cy Young"))
    hold_the_lock(tmp_path, 3.0)


@pytest.mark.long
def test_the_screen_goes_on_for_as_long_as_it_waits(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva", "Ben Okri", "Cy Young"))
    hold_the_lock(tmp_path, 8.0)


def test_opening_the_screen_opens_no_connection(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    # The event loop wakes itself through a pair of sockets: those are made, and never connected.
    watched = (
        "import pathlib, sys\n"
        "seen = []\n"
        "network = ('socket.connect', 'socket.getaddrinfo', 'socket.bind')\n"
        "sys.addaudithook(lambda event, args: seen.append(event) if event in network else None)\n"
        "from planner.cli import main\n"
        "code = main([])\n"
        "pathlib.Path(sys.argv[1]).write_text(f'{code} {len(seen)}')\n"
    )
    told = tmp_path / "told"
    with Terminal([sys.executable, "-c", watched, str(told)], environment(tmp_path)) as terminal:
        terminal.ask(wanted="Ana Silva")
        terminal.ask("2", wanted="1 person")
        terminal.ask("a", wanted="Capture")
        terminal.press("escape")
        terminal.wait_gone("Capture")
        terminal.press("q")
        terminal.wait_end()
    print(f"opening the screen: exit code and connections {told.read_text()}")
    assert told.read_text() == "0 0"
