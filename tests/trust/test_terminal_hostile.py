"""Names of every script and shape: the columns stay where they are, and nothing but text is sent."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import desk_at, fill

NAMES = (
    "山田太郎",
    "김민준",
    "👩‍👩‍👧‍👦 Family",
    "🇫🇷 Élodie",
    "Zoë Ångström",
    "محمد بن سلمان",
    "שרה לוי",
    "Nguyễn Thị Hồng",
    "ก้องเกียรติ",
    "Ж" * 300,
    "漢" * 300,
    "[bold]Eve[/bold]",
    "[@click=app.quit]Mallory[/]",
    "e\u0301" * 60,
)
MARKUP = ("[bold]Eve[/bold]", "[@click=app.quit]M")
RULE = "│"
FORBIDDEN = re.compile(rb"\x1b\]52|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c")


def rule_columns(terminal: Terminal) -> set[int]:
    """The columns in which the rule between list and card stands, over all lines that have one."""
    rows = terminal.screen.buffer
    return {
        column
        for line in range(terminal.rows)
        for column in range(30, terminal.columns)
        if rows[line][column].data == RULE and rows[line][column - 1].data in (" ", "")
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A planner of people with difficult names, all of them due, each with a request and a note."""
    fill(tmp_path, NAMES)
    with desk_at(tmp_path) as desk:
        for name in NAMES:
            contact_id = desk.people.find(name)
            # Asked so long ago that the rhythm, which counts from then, is due again.
            desk.favors.enter("asked", [contact_id], note=name, on=date(2026, 1, 5))
            desk.interactions.note([contact_id], f"met {name}")
    return tmp_path


def test_columns_stand_straight_whatever_the_names(home: Path) -> None:
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Family")
        for place in ("1", "2"):
            terminal.press(place)
            terminal.settle(0.05)
            for _ in range(len(NAMES)):
                terminal.press("down")
                terminal.settle(0.05)
                found = rule_columns(terminal)
                assert len(found) == 1, f"the rule stands in columns {found}:\n{terminal.text}"
        terminal.press("q")
        assert terminal.wait_end() == 0
    print(f"{len(NAMES)} names in two places: the rule in one column of {terminal.columns}")


def test_every_place_and_dialog_shows_them_literally(home: Path) -> None:
    steps = (
        ("1",), ("down", "w"), ("escape",), ("f",), ("d",), ("escape",), ("q",), ("space", "s"), ("escape",), ("u",),
        ("2",), ("/",), ("bold",), ("enter",), ("enter",), ("e",), ("escape",), ("escape",), ("r",),
        ("escape",), ("m",), ("escape",), ("3",), ("down",), ("O",), ("escape",), ("g",), ("escape",), ("4",),
        ("n",), ("escape",), ("5",), ("bold",), ("escape",), ("escape",), ("ctrl+p",), ("Mall",), ("escape",), ("a",),
        ("[bold]Eve: coffee",), ("escape",), ("?",), ("escape",), ("1",),
    )  # fmt: skip
    seen = set()
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Family")
        for keys in steps:
            terminal.press(*keys)
            text = terminal.settle(0.05)
            seen |= {markup for markup in MARKUP if markup in text}
            assert terminal.running, f"ended after {keys}:\n{text}"
        found = FORBIDDEN.search(bytes(terminal.received))
        assert found is None, f"sent to the terminal: {found.group()!r}"
        assert seen == set(MARKUP)
    print(f"{len(NAMES)} names through {len(steps)} steps, {len(terminal.received)} bytes: 0 of them control")
