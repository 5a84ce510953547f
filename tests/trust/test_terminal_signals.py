"""Suspended by the shell and brought back; a terminal that is gone is left without spinning."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cases import LENGTHS_A_SECOND, Patience, yardstick
from tests.trust.terminal import Terminal, environment, planner_in_terminal, planner_program
from tests.trust.test_real_terminal import fill

MOST_WORK = 0.5
"""Seconds of the processor of a common machine in which a planner is left."""


def children_of(process_id: int) -> list[int]:
    """The processes a process started."""
    return [int(word) for word in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


def work_of(process_id: int) -> float:
    """Seconds of the processor that a process has used, threads that ended included."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def state_of(process_id: int) -> str:
    """One letter: R and S for a process that runs or waits, T for a stopped one."""
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(") ")[2][0]


def wait_for_state(terminal: Terminal, process_id: int, wanted: str) -> None:
    """Read on until a process is in one of some states."""
    patience = Patience()
    while state_of(process_id) not in wanted:
        assert not patience.over, f"still {state_of(process_id)}; the screen:\n{terminal.text}"
        terminal.read(0.05)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the shell that suspends it (bash) is not installed")
def test_suspended_and_brought_back_it_shows_what_it_showed(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva", "Ben Okri"))
    # The shell's own line editor would mark pasted text, and hide whether the planner has stopped doing so.
    (tmp_path / "inputrc").write_text("set enable-bracketed-paste off\n")
    variables = environment(tmp_path, PS1="shell> ", INPUTRC=str(tmp_path / "inputrc"))
    with Terminal(["bash", "--norc", "--noprofile", "-i"], variables) as terminal:
        terminal.wait_for("shell>")
        terminal.send(planner_program()[0].encode() + b"\r" if len(planner_program()) == 1 else b"python -m planner\r")
        terminal.wait_for("Ben Okri")
        shown = terminal.settle(0.3)
        planner = children_of(terminal.process_id)[0]
        os.kill(planner, signal.SIGTSTP)
        wait_for_state(terminal, planner, "T")
        terminal.wait_for("Stopped")
        assert terminal.is_restored()
        terminal.send(b"fg\r")
        wait_for_state(terminal, planner, "RS")
        terminal.wait_for(lambda text: text == shown)
        terminal.ask("x", wanted="Skipped Ana Silva")
        terminal.press("q")
        terminal.wait_for("shell>")
        terminal.send(b"exit\r")
        assert terminal.wait_end() == 0
    print(f"suspended and back: the same {len(shown.splitlines())} lines")


@pytest.mark.parametrize("ignored", [False, True], ids=["hang-up is told", "hang-up is ignored"])
def test_a_dead_terminal_is_left_without_spinning(tmp_path: Path, ignored: bool) -> None:
    fill(tmp_path, ("Ana Silva",))
    before = (lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) if ignored else None
    with Terminal(planner_program(), environment(tmp_path), before=before) as terminal:
        terminal.wait_for("Ana Silva")
        terminal.settle(0.5)
        before = spent = work_of(terminal.process_id)
        patience = Patience()
        terminal.hang_up()
        while terminal.running:
            assert not patience.over
            with suppress(FileNotFoundError, ProcessLookupError):
                spent = max(spent, work_of(terminal.process_id))
            time.sleep(0.005)
        seen = spent - before
    yards = seen / yardstick()
    print(f"a dead terminal: left with {seen:.2f} s of processor time, {yards:.0f} yardsticks")
    assert yards <= MOST_WORK * LENGTHS_A_SECOND


@pytest.mark.skipif(shutil.which("bash") is None, reason="the shell that suspends it (bash) is not installed")
def test_ctrl_z_rests_and_says_why_not_where_no_shell_could_bring_it_back(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    variables = environment(tmp_path, PS1="shell> ")
    with Terminal(["bash", "--norc", "--noprofile", "-i"], variables) as terminal:
        terminal.wait_for("shell>")
        terminal.send(b"python -m planner\r" if len(planner_program()) > 1 else planner_program()[0].encode() + b"\r")
        terminal.wait_for("Ana Silva")
        shown = terminal.settle(0.3)
        planner = children_of(terminal.process_id)[0]
        terminal.ask("n", wanted="Note about Ana Silva")
        terminal.ask("half of it", wanted="half of it")
        terminal.press("\x1a")
        wait_for_state(terminal, planner, "T")
        terminal.wait_for("Stopped")
        terminal.send(b"fg\r")
        wait_for_state(terminal, planner, "RS")
        terminal.wait_for("half of it")
        terminal.ask(", and the rest", wanted="half of it, and the rest")
        terminal.press("escape")
        terminal.wait_for(lambda text: text == shown)
        terminal.press("q")
        terminal.wait_for("shell>")
        terminal.send(b"exit\r")
        assert terminal.wait_end() == 0
    with planner_in_terminal(tmp_path) as terminal:
        # It leads its session: nobody waits who could type fg.
        terminal.wait_for("Ana Silva")
        terminal.ask("\x1a", wanted="No shell waits here")
        assert state_of(terminal.process_id) != "T"
