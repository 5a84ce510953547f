"""Whatever ends the planner from outside, in the environments people have: it leaves, and keeps what was typed."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.cases import Patience, case
from tests.trust.terminal import Terminal, environment, has_program, planner_program
from tests.trust.test_real_terminal import desk_at, fill

TYPED = "Ana Silva: coffee, her words"
WAITS = "Waiting for another session"
LEAVING_TAKES = 1.0
"""Processor seconds that leaving may take: one that spins until the watchdog ends it takes twice that."""
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


USUAL, *OTHERS = ENVIRONMENTS
WAYS = [(ending, (USUAL, OTHERS[number % len(OTHERS)])) for number, ending in enumerate(ENDINGS)]
EVERY_WAY = [pytest.param(ending, tuple(ENVIRONMENTS), marks=pytest.mark.long) for ending in ENDINGS]


@pytest.mark.parametrize(("ending", "names"), [*WAYS, *EVERY_WAY], ids=str)
def test_it_leaves_and_keeps_what_was_typed(tmp_path: Path, ending: str, names: tuple[str, ...]) -> None:
    with ExitStack() as stack:
        terminals: dict[Path, Terminal] = {}
        for name in names:
            home = tmp_path / name
            home.mkdir()
            fill(home, ("Ana Silva",))
            started = Terminal(planner_program(), environment(home, **ENVIRONMENTS[name]))
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
    print(f"left within two seconds in {len(names)} environments, 0 texts lost")


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


PEOPLE_IN_THE_FILE = 15_000


def waits_with_a_verb(terminal: Terminal, home: Path) -> None:
    """A verb waits for another program that writes."""
    terminal.ask("d", wanted="Caught up")
    terminal.ask(TYPED, wanted=TYPED)
    terminal.ask("enter", wanted=WAITS)


def waits_with_a_dialog(terminal: Terminal, home: Path) -> None:
    """A dialog was asked for, and waits for what it shows."""
    terminal.ask("w", wanted=WAITS)


def types_in_a_dialog(terminal: Terminal, home: Path) -> None:
    """A dialog holds a text."""
    terminal.ask("4", wanted="Tell people")
    terminal.ask("+", wanted="I am looking for")
    terminal.ask(TYPED, wanted=TYPED)


def looks_in_the_palette(terminal: Terminal, home: Path) -> None:
    """The palette is open, with a word in it."""
    terminal.ask("ctrl+p", "newcomers", wanted="Go through those who came")


def brings_in_a_file(terminal: Terminal, home: Path) -> None:
    """A file is being brought in."""
    rows = (f"P{number} Q{number},p{number}@x.example\n" for number in range(PEOPLE_IN_THE_FILE))
    (home / "people.csv").write_text("name,email\n" + "".join(rows))
    terminal.ask("2", "<", wanted="tab complete")
    terminal.ask(str(home / "people.csv"), wanted="people.csv")
    terminal.ask("enter", wanted=f"{PEOPLE_IN_THE_FILE:,}  new")
    terminal.ask("enter", wanted="Bringing them in")


Middle = Callable[[Terminal, Path], None]
IN_THE_MIDDLE: tuple[Middle, ...] = (
    waits_with_a_verb, waits_with_a_dialog, types_in_a_dialog, looks_in_the_palette, brings_in_a_file,
)  # fmt: skip


def processor_seconds(process_id: int) -> float:
    """Processor time a process used so far, with that of threads that have ended; 0.0 once it is gone."""
    try:
        parts = Path(f"/proc/{process_id}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def test_it_leaves_in_the_middle_of_anything_without_spinning(tmp_path: Path) -> None:
    with ExitStack() as others, ExitStack() as terminals:
        started: list[tuple[Middle, Path, Terminal]] = []
        for middle in IN_THE_MIDDLE:
            home = tmp_path / middle.__name__
            home.mkdir()
            fill(home, ("Ana Silva", "Ben Okri"))
            terminal = terminals.enter_context(Terminal(planner_program(), environment(home)))
            started.append((middle, home, terminal))
        for middle, home, terminal in started:
            with case(middle.__name__):
                terminal.wait_for("Ben Okri")
                terminal.settle(0.1)
                if middle.__name__.startswith("waits"):
                    other = others.enter_context(closing(sqlite3.connect(home / "planner.db", isolation_level=None)))
                    other.execute("BEGIN EXCLUSIVE")
                middle(terminal, home)
        before = {terminal: processor_seconds(terminal.process_id) for _, _, terminal in started}
        used = dict(before)
        for terminal in before:
            terminal.hang_up()
        patience = Patience()
        while any(terminal.running for terminal in before):
            assert not patience.over, "it is still there"
            for terminal in before:
                used[terminal] = max(used[terminal], processor_seconds(terminal.process_id))
            time.sleep(0.01)
        others.close()
        for middle, home, terminal in started:
            with case(middle.__name__), desk_at(home) as desk:
                assert used[terminal] - before[terminal] <= LEAVING_TAKES
                assert (TYPED in kept_texts(home)) is (middle in (waits_with_a_verb, types_in_a_dialog))
                assert desk.reading.contacts().total in (2, 2 + PEOPLE_IN_THE_FILE)


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
        assert "^[" not in terminal.text, "what a terminal answers is no words for a shell"
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
