"""Another program holds the database: keys are answered at once, and the screen says what it waits for."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import fill

LONGEST_GAP = 0.1
SAYS = "Waiting for another session"


def marked(terminal: Terminal) -> int:
    """The line the cursor stands on."""
    return next((number for number, line in enumerate(terminal.lines) if line.startswith("▌")), -1)


def answer(terminal: Terminal, key: str) -> float:
    """Seconds from a key that moves the cursor to the cursor seen elsewhere."""
    before, began = marked(terminal), time.perf_counter()
    terminal.press(key)
    while marked(terminal) == before:
        assert time.perf_counter() - began < 5, f"{key} was not answered:\n{terminal.text}"
        terminal.read(0.01)
    return time.perf_counter() - began


def keys_while_it_waits(home: Path, seconds: float) -> None:
    """Skip somebody while another holds the lock, go up and down meanwhile, then see the skip done."""
    fill(home, tuple(f"{name} Silva" for name in ("Ana", "Ben", "Cy", "Dora", "Eve", "Fay")))
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Fay Silva")
        terminal.settle(0.3)
        answer(terminal, "down")
        alone = sorted(answer(terminal, key) for key in ("down", "up") * 5)
        other = sqlite3.connect(home / "planner.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        until = time.perf_counter() + seconds
        terminal.press("x")
        terminal.settle(0.05)
        took, said = [], False
        while time.perf_counter() < until:
            took += [answer(terminal, "down"), answer(terminal, "up")]
            said = said or SAYS in terminal.text
        other.execute("ROLLBACK")
        other.close()
        terminal.wait_for("Skipped")
        terminal.press("q")
        assert terminal.wait_end() == 0
    longest = max(took)
    print(
        f"the lock held for {seconds:.0f} s: {len(took)} keys, the slowest answered after {longest * 1000:.0f} ms "
        f"({max(alone) * 1000:.0f} ms when nobody holds it)"
    )
    assert said
    assert len(took) > seconds
    # A machine that is busy with other things is slow without any lock as well.
    assert longest <= max(LONGEST_GAP, 2 * max(alone))


def test_keys_are_answered_while_another_program_writes(tmp_path: Path) -> None:
    keys_while_it_waits(tmp_path, 3)


@pytest.mark.long
def test_keys_are_answered_while_another_program_writes_for_nearly_all_the_time_a_change_waits(tmp_path: Path) -> None:
    keys_while_it_waits(tmp_path, 9)
