"""A terminal that another program wrote on shows the planner whole again: by ctrl+l, and back from a stop."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import fill
from tests.trust.test_terminal_signals import wait_for_state

SCRIBBLE = (
    b"\r\n\x1b[31;44mBroadcast message from root: going down\r\n"
    + b"\x1b[m\x1b[5;3Hjob 7 of 9 done " * 40
    + b"\r\n" * 50
    + b"\x1b[3;9r\x1b[?25h\x1b[?7h\x1b[4h\x1b(0\x1b[1;35mBroadcast"
)
"""What wall or a job in the background writes, and modes that a program may leave behind."""


def shown(terminal: Terminal) -> tuple[Any, ...]:
    """Every cell as it meets the eye, and the modes that drawing depends on."""
    screen = terminal.screen
    cells = [screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns)]
    # Neither a colour nor a weight shows on a blank; those without a line through or under them are all alike.
    seen = [cell._replace(fg="default", bold=False, italics=False) if cell.data == " " else cell for cell in cells]
    return seen, set(screen.mode), screen.margins, screen.cursor.hidden


def scribble(terminal: Terminal, process_id: int) -> None:
    """Write on the terminal of a process, as another program of the same machine does."""
    with open(f"/proc/{process_id}/fd/1", "wb", buffering=0) as line:
        line.write(SCRIBBLE)
    terminal.wait_for("Broadcast")


def test_ctrl_l_draws_the_screen_whole_wherever_one_is(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva", "Ben Okri", "山田 太郎"))
    ways = (
        (("", "Ben Okri"),),
        (("2", "3 people"),),
        (("a", "Capture"), ("Ana: coffee", "coffee today")),
        (("?", "Everywhere"),),
        ((":", "enter takes it"), ("redr", "redraw")),
        (("+", "Someone new"), ("Zoe", "Zoe")),
    )
    """By place: a list, another, a line that is typed, help, the palette, a form."""
    with planner_in_terminal(tmp_path) as terminal:
        for way in ways:
            for keys, wanted in way:
                terminal.ask(keys, wanted=wanted)
            terminal.settle()
            before = shown(terminal)
            scribble(terminal, terminal.process_id)
            assert shown(terminal) != before, way
            terminal.press("\x0c")
            terminal.wait_for(lambda _, before=before: shown(terminal) == before)
            terminal.press("escape")
            terminal.settle()


def test_stopped_without_notice_it_is_drawn_whole_and_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva", "Ben Okri"))
    with planner_in_terminal(tmp_path) as terminal:
        settings = terminal.line_settings()
        terminal.wait_for("Ben Okri")
        terminal.settle()
        before = shown(terminal)
        for number in (signal.SIGTSTP, signal.SIGSTOP):
            os.kill(terminal.process_id, number)
            wait_for_state(terminal, terminal.process_id, "T")
            scribble(terminal, terminal.process_id)
            os.kill(terminal.process_id, signal.SIGCONT)
            wait_for_state(terminal, terminal.process_id, "RS")
            terminal.wait_for(lambda _: shown(terminal) == before)
            # Every key is read once: two threads that read would share them.
            terminal.ask("n", wanted="Note about Ana Silva")
            terminal.ask("each letter", wanted="each letter")
            terminal.press("escape")
            terminal.wait_for(lambda _: shown(terminal) == before)
        terminal.press("q")
        assert terminal.wait_end() == 0
        assert terminal.is_restored()
        assert terminal.line_settings() == settings
