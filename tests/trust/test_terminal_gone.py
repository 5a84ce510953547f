"""Whatever ends the planner from outside, in the environments people have: it leaves, and keeps what was typed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cases import Patience, case
from tests.trust.terminal import Terminal, environment, has_program, planner_program
from tests.trust.test_real_terminal import desk_at, fill

TYPED = "Ana Silva: coffee, her words"
UNDECODABLE = (
    b"\xe9",
    b"\xc3",
    b"\xff\xfe",
    b"\x1b[1114112u",
    b"\x1b[55357u",
    b"\x1b[97:65;1:3u",
    b"\x1b[48;99999;99999;1;1t",
)
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "usual": {},
    "unbuffered": {"PYTHONUNBUFFERED": "1"},
    "a plain locale": {"LANG": "C", "LC_ALL": "C"},
    "a small terminal": {"TERM": "vt100", "COLORTERM": ""},
}


def unread_letters(terminal: Terminal) -> None:
    """Type on for long, while nobody reads what is drawn."""
    terminal.send(b"z\x7f" * 600)


def unread_resizes(terminal: Terminal) -> None:
    """Sixty new sizes, while nobody reads what is drawn."""
    for number in range(60):
        terminal.resize(100 + number % 7 * 20, 30 + number % 5 * 8)
        time.sleep(0.02)


def hang_up(terminal: Terminal) -> None:
    """Drop the line."""
    terminal.hang_up()


def told(number: int) -> Callable[[Terminal], None]:
    """A signal, while nobody reads what is drawn."""
    return lambda terminal: os.kill(terminal.process_id, number)


def wait_gone(terminal: Terminal) -> None:
    """Until the process has ended, with nothing read from its terminal."""
    patience = Patience()
    while terminal.running:
        assert not patience.over, "it is still there"
        time.sleep(0.01)


def kept_texts(home: Path) -> str:
    """Everything that is kept of what was typed, as it stands in files."""
    return "".join(file.read_text() for file in sorted((home / "state").rglob("*draft*")) if file.is_file()) + "".join(
        file.read_text() for file in sorted((home / "state" / "drafts").rglob("*")) if file.is_file()
    )


ENDINGS: dict[str, tuple[Callable[[Terminal], None], ...]] = {
    "hang-up": (hang_up,),
    "unread letters, then a hang-up": (unread_letters, hang_up),
    "unread resizes, then a hang-up": (unread_resizes, hang_up),
    "unread letters, then SIGTERM": (unread_letters, told(signal.SIGTERM)),
    "unread resizes, then SIGHUP": (unread_resizes, told(signal.SIGHUP)),
    "SIGINT": (told(signal.SIGINT),),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_leaves_and_keeps_what_was_typed(tmp_path: Path, ending: str) -> None:
    with ExitStack() as stack:
        terminals: dict[Path, Terminal] = {}
        for name, variables in ENVIRONMENTS.items():
            home = tmp_path / name
            home.mkdir()
            fill(home, ("Ana Silva",))
            started = Terminal(planner_program(), environment(home, **variables))
            terminals[home] = stack.enter_context(started)
        for home, terminal in terminals.items():
            with case(home.name):
                terminal.wait_for("Ana Silva")
                terminal.ask("a", wanted="Capture")
                terminal.ask(TYPED, wanted="coffee today")
                for step in ENDINGS[ending]:
                    step(terminal)
        for home, terminal in terminals.items():
            with case(home.name):
                wait_gone(terminal)
                assert TYPED in kept_texts(home)


def test_it_leaves_where_a_hang_up_is_ignored_and_nothing_is_read(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    ignored: Callable[[], object] = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731 - in the child
    with Terminal(planner_program(), environment(tmp_path, PYTHONUNBUFFERED="1"), before=ignored) as terminal:  # type: ignore[arg-type]
        terminal.wait_for("Ana Silva")
        terminal.ask("a", wanted="Capture")
        terminal.ask(TYPED, wanted="coffee today")
        unread_letters(terminal)
        hang_up(terminal)
        wait_gone(terminal)
        assert TYPED in kept_texts(tmp_path)


def test_it_says_why_it_left(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    with Terminal(planner_program(), environment(tmp_path)) as terminal:
        terminal.wait_for("Ana Silva")
        terminal.ask("a", wanted="Capture")
        terminal.ask(TYPED, wanted="coffee today")
        os.kill(terminal.process_id, signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM
        assert "told to end (SIGTERM)" in terminal.text
        assert "1 unfinished text is kept" in terminal.text
        assert terminal.is_restored()
    log = (tmp_path / "logs" / "planner.log").read_text()
    assert "SIGTERM" in log
    assert "Ana" not in log


def test_undecodable_input_ends_nothing(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    with Terminal(planner_program(), environment(tmp_path)) as terminal:
        terminal.wait_for("Ana Silva")
        for data in UNDECODABLE:
            with case(data):
                terminal.ask("a", wanted="Capture")
                terminal.ask("Ana Silva: caf", wanted="caf")
                terminal.send(data)
                terminal.send(b"typed on")
                terminal.wait_for("typed on")
                terminal.press("escape")
                terminal.wait_gone("Capture")
        terminal.press("q")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize("stubborn", [False, True], ids=["an editor that listens", "one that does not"])
def test_what_the_editor_held_when_it_had_to_leave_is_offered_at_the_next_start(tmp_path: Path, stubborn: bool) -> None:
    fill(tmp_path, ("Ana Silva", "Ben Okri"))
    editor = tmp_path / "editor.sh"
    deaf = "trap '' HUP TERM\n" if stubborn else ""
    writes = f"echo written by hand > \"$1\"\necho $$ > '{tmp_path}/pid'\necho editing\n"
    editor.write_text(f"#!/bin/sh\n{deaf}{writes}while :; do sleep 1; done\n")
    editor.chmod(0o700)
    with Terminal(planner_program(), environment(tmp_path, EDITOR=str(editor))) as terminal:
        terminal.wait_for("Ben Okri")
        terminal.ask("2", wanted="2 people")
        terminal.ask("down", "e", wanted="Edit Ben Okri")
        terminal.ask("tab", "tab", "Port of Lyon", wanted="Port of Lyon")
        terminal.ask("\x0f", wanted="editing")
        os.kill(terminal.process_id, signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM
        assert "1 unfinished text is kept" in terminal.text
    number = int((tmp_path / "pid").read_text())
    patience = Patience()
    while Path(f"/proc/{number}").exists():
        assert not patience.over, "the editor is still there"
        time.sleep(0.02)
    (left,) = (tmp_path / "state" / "editor").rglob("*.txt")
    with Terminal(planner_program(), environment(tmp_path)) as terminal:
        terminal.wait_for("1 unfinished text")
        terminal.ask("\x12", wanted="written by hand")
        terminal.ask("enter", wanted="Edit Ben Okri")
        terminal.wait_for("written by hand")
        assert "Port of Lyon" in terminal.text
        terminal.ask("ctrl+s", wanted="Saved Ben Okri")
        terminal.press("q", "q")
        assert terminal.wait_end() == 0
    assert not left.parent.exists()
    with desk_at(tmp_path) as desk:
        assert desk.reading.card(2).contact.notes == "written by hand"


EDITORS = {
    "nano": ("bye for now", ""),
    "vim": ("obye for now", "\x1b"),
}
"""What is typed into an editor, and what ends the typing."""


@pytest.mark.parametrize("name", [name for name in EDITORS if has_program(name)])
def test_a_real_editor_that_is_hung_up_loses_nothing(tmp_path: Path, name: str) -> None:
    fill(tmp_path, ("Ana Silva",))
    typed, after = EDITORS[name]
    home = environment(tmp_path, EDITOR=name)
    with Terminal(planner_program(), home) as terminal:
        terminal.wait_for("Ana Silva")
        terminal.ask("enter", ":", wanted="enter takes it")
        terminal.ask("notes in editor", wanted="> notes in editor")
        terminal.press("enter")
        terminal.wait_for("notes.txt")
        terminal.settle()
        terminal.ask(typed, wanted="bye for now")
        terminal.press(after)
        terminal.settle()
        os.kill(terminal.process_id, signal.SIGHUP)
        terminal.wait_end()
    with Terminal(planner_program(), home) as terminal:
        terminal.wait_for("1 unfinished text")
        terminal.ask("\x12", wanted="Notes about Ana Silva")
        terminal.press("enter")
        if name == "vim":
            terminal.wait_for("(R)ecover")
            terminal.ask("R", wanted="Recovery completed")
            terminal.press("enter", ":wq", "enter")
        else:
            terminal.wait_for("Exit")
            terminal.press("\x13", "\x18")
        terminal.wait_for("Noted about Ana Silva")
        terminal.press("q", "q")
        assert terminal.wait_end() == 0
    assert [*(tmp_path / "state" / "editor").iterdir()] == []
    with desk_at(tmp_path) as desk:
        assert desk.reading.card(1).contact.notes == "bye for now"
