"""Multiplexers and lines between the planner and its terminal: when they go, it leaves and keeps what was typed."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cases import Patience, case
from tests.trust.terminal import Terminal, environment, planner_program
from tests.trust.test_real_terminal import fill
from tests.trust.test_ssh import needed, server
from tests.trust.test_terminal_gone import TYPED, kept_texts

__all__ = ["server"]

TERMS = {
    "unset": None, "empty": "", "unknown": "no-such-terminal", "a vt52": "vt52", "emacs": "dumb",
}  # fmt: skip


def planner_script(home: Path) -> str:
    """A script that starts the planner and writes down its process."""
    script = home / "start"
    script.write_text(f"#!/bin/sh\necho $$ > '{home}/pid'\nexec {' '.join(planner_program())}\n")
    script.chmod(0o700)
    return str(script)


def typed_in(terminal: Terminal, home: Path) -> int:
    """Type a line that is not sent off; gives the process of the planner."""
    terminal.wait_for("Ana Silva")
    terminal.ask("a", wanted="Capture")
    terminal.ask(TYPED, wanted="coffee today")
    return int((home / "pid").read_text())


def parent_of(process_id: int) -> int:
    """The process that began a process."""
    return int(Path(f"/proc/{process_id}/stat").read_text().rpartition(") ")[2].split()[1])


def wait_until_gone(process_id: int) -> None:
    """Until a process has ended."""
    patience = Patience()
    while Path(f"/proc/{process_id}").exists():
        assert not patience.over, f"process {process_id} is still there"
        time.sleep(0.02)


def test_a_multiplexer_that_ends_takes_nothing_along(tmp_path: Path) -> None:
    socket = f"planner-{os.getpid()}"
    kinds = {
        "tmux": ["tmux", "-L", socket, "-f", "/dev/null", "new-session"],
        "screen": ["screen", "-c", "/dev/null", "-S", socket],
    }
    for program, start in kinds.items():
        with case(program):
            needed(program, program)
            home = tmp_path / program
            home.mkdir()
            fill(home, ("Ana Silva",))
            # The path of a socket may not be long.
            with (
                TemporaryDirectory() as sockets,
                Terminal(
                    [*start, planner_script(home)], environment(home, SCREENDIR=sockets, TMUX_TMPDIR=sockets)
                ) as terminal,
            ):
                process_id = typed_in(terminal, home)
                os.kill(parent_of(process_id), signal.SIGKILL)
                wait_until_gone(process_id)
                assert TYPED in kept_texts(home)


@pytest.mark.parametrize("end", ["the client is killed", "the server is killed"])
def test_a_line_that_drops_over_ssh_leaves_nothing_behind(server: list[str], tmp_path: Path, end: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    fill(home, ("Ana Silva",))
    with Terminal([*server, planner_script(home)], environment(home)) as terminal:
        process_id = typed_in(terminal, home)
        if end == "the client is killed":
            os.kill(terminal.process_id, signal.SIGKILL)
        else:
            os.kill(parent_of(process_id), signal.SIGKILL)
        wait_until_gone(process_id)
        assert TYPED in kept_texts(home)


SLOW_LINE = """
import os, select, socket, sys, time
far = socket.create_connection((sys.argv[1], int(sys.argv[2])))
open(sys.argv[3], "w").write(str(os.getpid()))
ways = {0: far.sendall, far.fileno(): lambda data: os.write(1, data)}
while True:
    for source in select.select(list(ways), [], [])[0]:
        data = os.read(source, 800)
        if not data:
            sys.exit()
        # 64 kbit/s, and a tenth of a second on the way.
        time.sleep(0.1 + len(data) / 8000)
        ways[source](data)
"""
"""A line between two machines: python -c … HOST PORT FILE, the file gets its process."""


def test_a_slow_line_over_ssh_that_drops_with_much_unread_leaves_nothing_behind(
    server: list[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    fill(home, ("Ana Silva",))
    (tmp_path / "line.py").write_text(SLOW_LINE)
    line = f"{sys.executable} {tmp_path / 'line.py'} %h %p {tmp_path / 'line'}"
    client = [server[0], "-o", f"ProxyCommand={line}", *server[1:]]
    with Terminal([*client, planner_script(home)], environment(home)) as terminal:
        process_id = typed_in(terminal, home)
        # Redrawn whole again and again: far more than the line carries away before it drops.
        terminal.send(b"\x0c" * 40)
        terminal.wait_for(TYPED)
        os.kill(int((tmp_path / "line").read_text()), signal.SIGKILL)
        wait_until_gone(process_id)
        assert TYPED in kept_texts(home)


def test_any_name_of_a_terminal_opens_it_or_is_answered_in_a_line(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    for name, term in TERMS.items():
        with case(name):
            variables = environment(tmp_path) | ({"TERM": term} if term is not None else {})
            if term is None:
                del variables["TERM"]
            with Terminal(planner_program(), variables) as terminal:
                while not terminal.ended and "Ana Silva" not in terminal.text:
                    terminal.read(0.2)
                if terminal.ended:
                    assert terminal.wait_end() == 2
                    assert "planner agenda" in terminal.text
                    assert "TERM" in terminal.text
                    assert terminal.received.count(b"\n") == 1
                    assert b"\x1b" not in terminal.received
                else:
                    os.kill(terminal.process_id, signal.SIGTERM)
                    assert terminal.wait_end() == 128 + signal.SIGTERM
                    assert terminal.is_restored()
