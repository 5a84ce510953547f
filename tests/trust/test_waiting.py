"""Another program holds the database: keys are answered meanwhile, and the screen says what it waits for."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from planner.config import Config
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Busy
from planner.store import connection
from tests.cases import Patience
from tests.store.stores import TODAY, asked, open_store
from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import fill

SAYS = "Waiting for another session"
KEYS = ("down", "up") * 5
LOCK_SECONDS = 15
"""Longer than the planner waits for a lock."""


def marked(terminal: Terminal) -> int:
    """The line the cursor stands on."""
    return next((number for number, line in enumerate(terminal.lines) if line.startswith("▌")), -1)


def answer(terminal: Terminal, key: str) -> float:
    """Seconds from a key that moves the cursor to the cursor seen elsewhere."""
    before, began, patience = marked(terminal), time.perf_counter(), Patience()
    terminal.press(key)
    while marked(terminal) == before:
        assert not patience.over, f"{key} was not answered:\n{terminal.text}"
        terminal.read(0.01)
    return time.perf_counter() - began


@contextmanager
def six_people(home: Path) -> Iterator[Terminal]:
    """The planner with six people who are due, at rest; left with q afterwards."""
    fill(home, tuple(f"{name} Silva" for name in ("Ana", "Ben", "Cy", "Dora", "Eve", "Fay")))
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Fay Silva")
        terminal.settle(0.3)
        answer(terminal, "down")
        yield terminal
        terminal.press("q")
        assert terminal.wait_end() == 0


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Another program writes and does not end its transaction."""
    other = sqlite3.connect(home / "planner.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_keys_are_answered_while_another_program_writes(tmp_path: Path) -> None:
    with six_people(tmp_path) as terminal:
        with held(tmp_path):
            terminal.ask("x", wanted=SAYS)
            for key in KEYS:
                answer(terminal, key)
            assert "Skipped" not in terminal.text
        terminal.wait_for("Skipped")
        print(f"{len(KEYS)} keys answered while the lock was held, and the change saved after it")


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN"], ids=["a writer", "a reader"])
def test_what_was_not_saved_for_another_session_is_not_saved_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.1)
    with open_store(tmp_path / "planner.db") as store:
        desk = Desk(store, Config(), lambda: TODAY)
        desk.people.add(ContactDraft(name="Ana Silva"))
        with closing(sqlite3.connect(tmp_path / "planner.db", isolation_level=None)) as other:
            other.execute(lock)
            other.execute("SELECT count(*) FROM contact").fetchall()
            with pytest.raises(Busy, match="not saved"):
                desk.capture.take("Ana: coffee")
            other.execute("ROLLBACK")
        with store.read():
            assert asked(store, "SELECT count(*) FROM interaction") == [(0,)]
        # The same line again, and it counts once.
        desk.capture.take("Ana: coffee")
        with store.read():
            assert asked(store, "SELECT count(*) FROM interaction") == [(1,)]


def test_a_line_captured_under_a_lock_of_fifteen_seconds_is_kept_and_counts_once(tmp_path: Path) -> None:
    line = "Ana Silva: coffee, her words"
    with six_people(tmp_path) as terminal:
        with held(tmp_path):
            began = time.monotonic()
            terminal.ask("a", wanted="Capture")
            terminal.ask(line, wanted="coffee today")
            terminal.ask("enter", wanted=SAYS)
            # The planner gives up before the other program does, and says so.
            terminal.wait_for("enter, esc or q closes")
            assert "not saved" in terminal.text
            refused_after = time.monotonic() - began
            while time.monotonic() - began < LOCK_SECONDS:
                terminal.read(0.2)
        terminal.press("enter")
        terminal.wait_gone("closes")
        assert line in terminal.text
        terminal.settle(0.3)
        assert notes_in(tmp_path) == []
        terminal.press("enter")
        terminal.wait_gone("Capture")
        assert notes_in(tmp_path) == ["her words"]
    print(f"a line under a lock of {LOCK_SECONDS} s: refused after {refused_after:.0f} s, then saved once")


def notes_in(home: Path) -> list[str]:
    """The notes of all interactions."""
    with closing(sqlite3.connect(home / "planner.db")) as database:
        return [note for (note,) in database.execute("SELECT note FROM interaction")]
