"""Tables fit the terminal in cells, whatever people are called; a pipe keeps every value whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.cli.cells import width_of
from planner.cli.output import WIDEST, Marked, Page, broken
from tests.cases import case
from tests.cli.conftest import Planner
from tests.trust.terminal import Terminal, environment, planner_program

LONG = "Maximilian " * 18 + "Zorn"
WIDE = "日本語の名前がとても長い人" * 5
PICTURES = "👩‍👩‍👧 family " * 6
COMMANDS = (
    ("agenda",), ("due",), ("contacts",), ("show", "#1"), ("show", "#2"), ("why", "#1"), ("ledger",), ("history",),
    ("need", "list"), ("need", "show", "1"), ("intro", "list"), ("duplicates",), ("forecast",), ("backlog",),
    ("config",), ("keys",), ("digest",), ("match",), ("doctor",), ("brief",),
)  # fmt: skip


@pytest.fixture
def crowd(planner: Planner) -> Planner:
    """People with names of every width, and something about each."""
    for name in (LONG, WIDE, PICTURES, "Bo Ek"):
        planner.done("add", name, "--cadence", "1w", "--since", "2026-10-01", "--circle", LONG[:60], "--note", LONG)
    planner.done("edit", "#1", "--company", WIDE, "--city", LONG)
    planner.done("follow-up", "#2", LONG, "--on", "2026-11-24")
    planner.done("favor", "promise", "#3", "--note", LONG)
    planner.done("need", "add", LONG[:190], "--why", WIDE)
    planner.done("need", "tell", "1", "#1")
    planner.done("intro", "start", "#1", "#2")
    planner.done("log", "#4", "--note", LONG)
    return planner


def lines_in_terminal(home: Path, words: tuple[str, ...], columns: int) -> list[str]:
    """What a command prints in a terminal, without its colours."""
    with Terminal([*planner_program(), *words], environment(home), columns=columns, rows=30, draw=False) as terminal:
        terminal.wait_end()
        shown = bytes(terminal.received).decode()
    return re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()


def test_every_line_fits_the_terminal(crowd: Planner) -> None:
    for columns in (40, 80, 132):
        for words in COMMANDS:
            with case(columns, words):
                lines = lines_in_terminal(crowd.home, words, columns)
                # A word that is wider than a line is the terminal's to break.
                over = [line for line in lines if width_of(line) > columns and " " in line.strip()]
                assert over == []


def test_one_long_name_cuts_no_words_of_others(planner: Planner) -> None:
    planner.done("add", "M" * 200, "--cadence", "4w", "--since", "2026-10-01")
    for number in range(19):
        planner.done("add", f"Ana{number} Silva", "--cadence", "4w/6w", "--since", "2026-10-01")
    lines = [line for line in lines_in_terminal(planner.home, ("agenda",), 80) if "Silva" in line]
    assert lines
    assert [line for line in lines if "every 4–6 weeks" not in line] == []


def test_a_pipe_keeps_values_whole_and_columns_near(crowd: Planner) -> None:
    contacts = crowd.done("contacts").out.splitlines()
    for name in (LONG, WIDE, PICTURES.strip()):
        assert any(name in line for line in contacts)
    short = next(line for line in contacts if "Bo Ek" in line)
    assert short.index("Bo Ek") < 20
    assert len(short[: short.index("weekly")]) < 4 * WIDEST
    agenda = crowd.done("agenda").out
    assert LONG in agenda
    assert WIDE in agenda


def test_the_width_of_the_terminal_is_not_taken_from_the_environment_of_a_pipe(
    crowd: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert LONG in crowd.done("contacts").out


def test_a_line_is_broken_at_blanks_and_keeps_its_indent() -> None:
    for width in (14, 20, 33):
        with case(width):
            lines = broken(
                [("  Ana Silva", Marked("  Ana Silva", "name")), (" was here  yesterday, all day", "")], width
            )
            texts = ["".join(text for text, _ in line) for line in lines]
            assert all(width_of(text.rstrip()) <= width for text in texts)
            assert all(text.startswith("  ") for text in texts)
            assert " ".join(" ".join(texts).split()) == "Ana Silva was here yesterday, all day"


def test_a_word_wider_than_a_line_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    page = Page()
    page.width = 10
    page.line("see ", "/a/long/path/to/a/file")
    page.line("a path with blanks", whole=True)
    assert capsys.readouterr().out.splitlines() == ["see", "/a/long/path/to/a/file", "a path with blanks"]
