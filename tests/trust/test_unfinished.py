"""What was typed and not saved waits for the right person, whatever ended the session it was typed in."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from textual.screen import Screen

from planner.ui.port import AsksPlanner
from tests.cases import Patience, case
from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import fill
from tests.trust.test_typing import lines_made

PEOPLE = ("Ana Silva", "Ben Okri", "Cy Young")


def kept(home: Path) -> list[dict[str, object]]:
    """Every unfinished text there is in files; a running planner may take a file away between listing and reading."""
    found: list[dict[str, object]] = []
    for file in sorted((home / "state" / "drafts").glob("*.json")):
        with suppress(FileNotFoundError):
            found += json.loads(file.read_text())["texts"]
    return found


def wait_kept(terminal: Terminal, home: Path, words: str) -> None:
    """Until a text is kept in a file."""
    patience = Patience()
    while words not in json.dumps(kept(home)):
        assert not patience.over, f"{words!r} was never kept:\n{terminal.text}"
        terminal.read(0.05)


def typed_about_ben(terminal: Terminal) -> None:
    """A note about Ben that is not saved."""
    terminal.wait_for("Cy Young")
    terminal.settle()
    terminal.press("down")
    terminal.ask("n", wanted="Note about Ben Okri")
    terminal.ask("he moved to Oslo", wanted="he moved to Oslo")


def test_a_note_about_one_is_not_offered_about_another(tmp_path: Path) -> None:
    fill(tmp_path, PEOPLE)
    endings = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    for number, started_before in zip((*endings, None), (None, *endings), strict=True):
        with case(started_before, number), planner_in_terminal(tmp_path) as terminal:
            if started_before is not None:
                terminal.wait_for("1 unfinished text")
                terminal.ask("n", wanted="Note about Ana Silva")
                assert "he moved to Oslo" not in terminal.text
                terminal.press("escape")
                terminal.wait_gone("Note about Ana Silva")
                terminal.press("down")
                terminal.ask("n", wanted="he moved to Oslo")
                assert "Note about Ben Okri" in terminal.text
                terminal.ask("enter", wanted="Noted about Ben Okri")
                patience = Patience()
                while kept(tmp_path):
                    assert not patience.over
                    terminal.read(0.05)
                terminal.press("up")
            if number is None:
                terminal.press("q")
                assert terminal.wait_end() == 0
                break
            typed_about_ben(terminal)
            if number == signal.SIGKILL:
                wait_kept(terminal, tmp_path, "he moved to Oslo")
            os.kill(terminal.process_id, number)
            terminal.wait_end()


def test_texts_of_two_sessions_wait_and_are_taken_up_or_thrown_away_by_a_key(tmp_path: Path) -> None:
    fill(tmp_path, PEOPLE)
    with planner_in_terminal(tmp_path) as one, planner_in_terminal(tmp_path) as other:
        typed_about_ben(one)
        other.wait_for("Cy Young")
        other.settle()
        other.ask("a", wanted="Capture")
        other.ask("Cy Young: tea", wanted="Cy Young: tea")
        wait_kept(one, tmp_path, "he moved to Oslo")
        wait_kept(other, tmp_path, "Cy Young: tea")
        for terminal in (one, other):
            os.kill(terminal.process_id, signal.SIGKILL)
            terminal.wait_end()
    with planner_in_terminal(tmp_path) as terminal:
        terminal.wait_for("2 unfinished texts")
        terminal.ask("\x12", wanted="Unfinished texts")
        text = terminal.wait_for("Cy Young: tea")
        assert "Note about Ben Okri" in text
        assert "he moved to Oslo" in text
        first = text.index("he moved to Oslo") < text.index("Cy Young: tea")
        terminal.press(*(() if first else ("down",)))
        terminal.press("enter")
        terminal.wait_for("Note about Ben Okri he moved to Oslo")
        terminal.press("escape")
        terminal.wait_gone("Note about Ben Okri")
        terminal.ask("\x12", wanted="Cy Young: tea")
        assert "he moved to Oslo" not in terminal.text
        terminal.press("x")
        terminal.wait_gone("Unfinished texts")
        terminal.press("q", "q")
        assert terminal.wait_end() == 0
    assert kept(tmp_path) == []


STORIES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "a form": ((("2", "e"), "Edit Ana Silva"), (("tab", "tab"), ""), (("Port of Lyon",), "Port of Lyon")),
    "a dialog": ((("3", "+", "g"), "I helped"), (("Ben",), "Ben Okri")),
    "a need": ((("4", "+"), "I am looking for"), (("a boat",), "a boat")),
    "a capture line": ((("a",), "Capture"), (("Ana Silva: tea, x",), "tea, x")),
}
"""By what is typed into: keys to press, and what they bring."""


@pytest.mark.parametrize("name", STORIES)
def test_what_is_typed_anywhere_comes_back_there(tmp_path: Path, name: str) -> None:
    fill(tmp_path, PEOPLE)
    typed = STORIES[name][-1][0][-1]
    with planner_in_terminal(tmp_path) as terminal:
        terminal.wait_for("Cy Young")
        for keys, wanted in STORIES[name]:
            with case(name, keys):
                terminal.ask(*keys, wanted=wanted)
        wait_kept(terminal, tmp_path, typed)
        os.kill(terminal.process_id, signal.SIGKILL)
        terminal.wait_end()
    with planner_in_terminal(tmp_path) as terminal:
        terminal.wait_for("1 unfinished text")
        terminal.press(*STORIES[name][0][0])
        terminal.wait_for(typed)


def test_every_screen_with_lines_keeps_what_is_typed_or_says_that_it_does_not() -> None:
    for line in lines_made().values():
        module, _, name = line.partition(":")
        kind = getattr(importlib.import_module(module), name.partition(".")[0])
        if isinstance(kind, type) and issubclass(kind, Screen):
            with case(line):
                assert issubclass(kind, AsksPlanner)
                assert kind.KEEPS_TYPED in (True, False)


def test_where_nothing_can_be_kept_it_is_said_once_and_typing_goes_on(tmp_path: Path) -> None:
    fill(tmp_path, PEOPLE)
    folder = tmp_path / "state"
    folder.mkdir(exist_ok=True)
    (folder / "drafts").write_text("a file where the folder is to be")
    with planner_in_terminal(tmp_path) as terminal:
        typed_about_ben(terminal)
        terminal.wait_for("What you type is not kept for next time, only what you save")
        terminal.ask(", said Ana", wanted="he moved to Oslo, said Ana")
        assert "Note about Ben Okri" in terminal.text
        terminal.ask("enter", wanted="Noted about Ben Okri")
        terminal.ask("n", wanted="Note about")
        terminal.ask("another one", wanted="another one")
        os.kill(terminal.process_id, signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM
        # The terminal breaks the line wherever it ends.
        assert "What was typed last could not be kept" in terminal.text.replace("\n", "")
        assert terminal.received.count(b"What you type is not kept") == 1


@contextmanager
def on_small_disk(folder: Path) -> Iterator[None]:
    """A folder on a file system of its own that holds 64 kB; skips where mounting is refused."""
    folder.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield
    finally:
        while folder.is_mount():
            subprocess.run(["umount", "-l", folder], check=True)


def fill_up(folder: Path) -> None:
    """Leave not one byte free."""
    with open(folder / "ballast", "wb", buffering=0) as ballast, suppress(OSError):
        while ballast.write(bytes(4096)):
            pass


def only_to_read(folder: Path) -> None:
    """Put over a folder the same folder, in which nothing can be written."""
    subprocess.run(["mount", "-o", "bind,ro", folder, folder], check=True)


def test_on_a_full_disk_it_goes_on_keeps_what_it_had_and_offers_nothing_twice(tmp_path: Path) -> None:
    fill(tmp_path, PEOPLE)
    with on_small_disk(tmp_path / "state"):
        with planner_in_terminal(tmp_path) as terminal:
            typed_about_ben(terminal)
            wait_kept(terminal, tmp_path, "he moved to Oslo")
            fill_up(tmp_path / "state")
            terminal.press(", said Ana")
            terminal.wait_for("What you type is not kept for next time, only what you save: No space left")
            os.kill(terminal.process_id, signal.SIGTERM)
            assert terminal.wait_end() == 128 + signal.SIGTERM
            said = terminal.text.replace("\n", "")
            assert "1 unfinished text is kept for next time. What was typed last could not be kept: No space" in said
            assert terminal.received.count(b"What you type is not kept") == 1
        assert [one["texts"] for one in kept(tmp_path)] == [{"": "he moved to Oslo"}]
        assert not [*(tmp_path / "state").rglob("*.new")]
        with planner_in_terminal(tmp_path) as terminal:
            terminal.wait_for("1 unfinished text")
            terminal.ask("down", "n", wanted="Note about Ben Okri he moved to Oslo")
            terminal.ask("enter", wanted="Noted about Ben Okri")
            terminal.ask("n", "and", wanted="Note about Ben Okri and")
            terminal.press("escape")
            terminal.wait_gone("Note about Ben Okri")
            terminal.press("q")
            assert terminal.wait_end() == 0
            assert "could not be kept" not in terminal.text
        assert kept(tmp_path) == []


def test_on_a_disk_that_is_only_read_it_goes_on_and_no_other_session_takes_its_text(tmp_path: Path) -> None:
    fill(tmp_path, PEOPLE)
    with (
        on_small_disk(tmp_path / "state"),
        planner_in_terminal(tmp_path) as terminal,
        planner_in_terminal(tmp_path) as other,
    ):
        typed_about_ben(terminal)
        wait_kept(terminal, tmp_path, "he moved to Oslo")
        only_to_read(tmp_path / "state")
        terminal.press(", said Ana")
        terminal.wait_for("What you type is not kept for next time, only what you save: Read-only file system")
        other.wait_for("Cy Young")
        other.ask("down", "n", "and", wanted="Note about Ben Okri and")
        terminal.ask("enter", wanted="Noted about Ben Okri")
        terminal.press("q")
        assert terminal.wait_end() == 0
        assert "could not be kept" not in terminal.text
