"""A fault of the program's own says where it happened, and never about whom."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cases import PATIENCE
from tests.trust.terminal import environment, planner_in_terminal, planner_program
from tests.trust.test_real_terminal import fill

CANARY = "Quackenbush"
"""In the name, the notes, and where one of a few words should stand: reading that raises an error that quotes it."""
LEFT = b"\x1b[?1049l"
"""The program gives the screen back; what comes after stays on the terminal."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two people, the rows of one of whom nobody can read."""
    fill(tmp_path, (f"Zeb {CANARY}", "Ben Okri"))
    return tmp_path


def break_rows(home: Path, *columns: str) -> None:
    """Write the canary where one of a few words stands, past the desk, in columns named as table.column."""
    with sqlite3.connect(home / "planner.db") as database:
        database.execute("UPDATE contact SET notes = ? WHERE id = 1", (f"{CANARY} said",))
        for table, _, column in (one.partition(".") for one in columns):
            assert database.execute(f'UPDATE {table} SET "{column}" = ?', (f"{CANARY} word",)).rowcount
    database.close()


def written_down(home: Path) -> str:
    """Everything in the log, and in whatever else was written beside the database."""
    files = [one for one in home.rglob("*") if one.is_file() and not one.name.startswith("planner.db")]
    return "\n".join(one.read_text("utf-8", "replace") for one in files if "backups" not in str(one))


def test_a_command_that_fails_names_nobody(home: Path) -> None:
    break_rows(home, "due_item.kind")
    faults = 0
    for words in (("show", "#1"), ("why", "#1"), ("agenda",), ("done", "c1")):
        done = subprocess.run(
            [*planner_program(), *words], env=environment(home), capture_output=True, text=True, timeout=PATIENCE
        )
        faults += "unexpected fault (ValueError)" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert CANARY not in done.stderr + done.stdout
    log = written_down(home)
    print(f"{faults} faults, {len(log)} characters of log: {log.count(CANARY)} names")
    assert faults >= 3
    assert log.count("ValueError") == faults
    assert CANARY not in log


@pytest.mark.parametrize("columns", [("due_item.kind",), ("due_item.kind", "due_item.text")])
def test_a_screen_that_fails_names_nobody_in_log_or_terminal(home: Path, columns: tuple[str, ...]) -> None:
    break_rows(home, *columns)
    with planner_in_terminal(home) as terminal:
        terminal.settle(0.5)
        for key in ("enter", "2", "enter", "q", "q"):
            if terminal.running:
                terminal.press(key)
                terminal.settle(0.2)
        code = terminal.wait_end()
        after = bytes(terminal.received).rpartition(LEFT)[2]
    log = written_down(home)
    print(f"{' and '.join(columns)}: {len(after)} bytes stay on the terminal, {len(log)} characters of log")
    assert code == 2
    assert b"unexpected fault (ValueError)" in after
    assert log.count("ValueError") == 1
    assert terminal.is_restored()
    assert CANARY.encode() not in after
    assert CANARY not in log
