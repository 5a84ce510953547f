"""Every file and folder that the full screen makes is for its owner alone, whatever the umask is."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

from tests.trust.terminal import Terminal, environment, planner_program
from tests.trust.test_unfinished import wait_kept


def open_to_all() -> None:
    """Runs in the program's process before it starts."""
    os.umask(0)


def opened(home: Path) -> Terminal:
    """The planner in a terminal of somebody whose files are open to all."""
    return Terminal(planner_program(), environment(home), before=open_to_all)


def test_all_that_a_session_makes_is_private_under_umask_000(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with opened(home) as terminal:
        terminal.wait_for("Planner")
        terminal.settle()
        terminal.send(b"2+Ana Silva")
        terminal.ask("ctrl+s", wanted="Ana Silva")
        terminal.settle()
        terminal.send(b"\x10theme: nord\r")
        terminal.settle()
        terminal.ask("n", wanted="Note about Ana Silva")
        terminal.ask("she has a boat", wanted="she has a boat")
        wait_kept(terminal, home, "she has a boat")
        while_open = made(home)
        os.kill(terminal.process_id, signal.SIGTERM)
        terminal.wait_end()
    everything = while_open | made(home)
    names = {name for name, _ in everything}
    assert {"planner.db", "theme.json", "drafts", "logs", "state"} <= names
    assert {f"{name} {mode:o}" for name, mode in everything if mode & 0o077} == set()
    print(f"umask 000: {len(everything)} files and folders of a session, 0 open to others")


def made(home: Path) -> set[tuple[str, int]]:
    """(name, mode) of every file and folder there is, the home itself among them."""
    return {(one.name, stat.S_IMODE(one.lstat().st_mode)) for one in (home, *home.rglob("*"))}
