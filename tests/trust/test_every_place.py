"""Every place and every dialog, in a planner in which every text, path and heading is hostile.

What is pressed stands in a list by place, and the program says itself which screens it made: a place or a
dialog that is new, and that nobody opens here, fails.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import stat
import sys
from pathlib import Path

import pytest
from textual.screen import Screen

import planner.ui
from planner.commands.command import APP
from planner.commands.registry import PLACE_TITLES
from tests.cases import Patience
from tests.trust.hostile import ACTED, BEFORE, MARKUP, hostile, make_hostile
from tests.trust.terminal import KEYS, Terminal, environment

WATCHED = Path(__file__).with_name("watched.py")
ACTING_NAME = "h\x1b]52;c;aGk=\x07\x9b2J\u202e[b]"
"""As the name of a file or a folder."""
SIZES = ((1, 1), (40, 12))
MORE_SIZES = (*SIZES, (500, 200), (79, 24), (500, 1), (1, 200), (7, 3), (120, 11), (240, 60))
BASES = {
    "PlaceScreen", "LinesDialog", "SendsWords", "PathScreen", "PlaceWithCard", "WordsFilter", "MessagesDialog",
    "WalkedDialog", "PeopleScreen",
}  # fmt: skip
"""Screens that others are made from."""
ELSEWHERE = {"WaitingDialog"}
"""Opens only where a text waits that was left unfinished: `test_unfinished` leaves some and opens it."""
Sizes = tuple[tuple[int, int], ...]
Steps = tuple[tuple[str, str], ...]
"""Keys with spaces between them ("␣" is the space bar), and a text they bring."""
TYPED = hostile("x").replace("\r", "").replace("\x08", "").replace("\x7f", "")
STEPS: dict[str, Steps] = {
    "welcome": (("", "sample network"),),
    APP: (
        ("ctrl+p", "Agenda"), ("Silva", "Silva"), ("escape", "Mon 23"),
        ("a", "Capture"), ("Ana␣Silva:␣coffee,␣[b]hi", "coffee, [b]hi"), ("escape", "Mon 23"),
        ("?", "Everywhere"), ("escape", "Mon 23"),
    ),
    "list": (("down up", "Mon 23"),),
    "agenda": (
        ("w", "urgency"), ("escape", "Mon 23"),
        ("b", "both know"), ("escape", "Mon 23"), ("W", "c copy"), ("escape", "Mon 23"),
        ("d", "Done for"), ("escape", "Mon 23"),
        ("ctrl+p", "enter takes it"), ("spread␣backlog enter", "You can still spread"), ("escape", "Mon 23"),
        ("/", "Show"), ("Kim enter", "Kim"), ("escape", "Mon 23"),
        ("p", "Pause"), ("escape", "Mon 23"),
        ("]", "Tue 1 Dec"), (".", "Mon 23"),
        ("home", "enter reads them"), ("enter", "Lines to read"), ("escape", "Mon 23"),
        ("down enter", "takes theirs"), ("down M", "Mon 23"),
        ("home down enter", "1 name to say"), ("up", "whose it is"), ("enter", "nothing of theirs counts"),
        ("p Ben", "Okri"), ("escape", "Mon 23"), (".", "Mon 23"),
        ("/", "Show"), ("answered enter", "answered?"), ("d", "not about this"), ("p", "somebody new"),
        ("Leo", "Hart"), ("escape escape", "Mon 23"),
    ),
    "focus": (("f", "1 of 5"), ("right", "2 of 5"), ("n", "Note"), ("escape", "2 of 5"),
              ("right right right right", "Two minutes more?"), ("W", "c copy"), ("escape", "Two minutes more?"),
              ("q", "Mon 23")),
    "contacts": (
        ("2", "147 people"), ("O", "Sort by"), ("escape", "147 people"),
        ("ctrl+p", "enter takes it"), ("mode enter", "Keep in touch with"), ("escape", "147 people"),
        (">", "Give to other"), ("v", "people.vcf"), ("enter", "to ~/people.vcf"),
        ("␣ ␣ M", "marked by you"), ("escape", "147 people"),
        ("c", "Circle"), ("escape", "147 people"),
        ("B", "From the calendar"), ("escape", "147 people"),
        ("/ ana enter", "11 people"),
    ),
    "contact": (
        ("enter", "Open"), ("w", "urgency"), ("escape", "Open"),
        ("down down enter", "who began"), ("escape", "Open"),
        ("D", "Delete"), ("escape", "Open"),
        ("F", "Follow up"), ("escape", "Open"),
    ),
    "form": (("e", "Edit [b]"), ("escape", "Leave without"), ("d", "Open"), ("escape", "11 people"),
             ("escape", "147 people")),
    "pairs": (("ctrl+p", "enter takes it"), ("here␣twice enter", "same phone"),
              ("␣ right down tab", "same phone"), ("escape", "147 people")),
    "import": (
        ("<", "people_h�"), ("enter", "What do the columns mean?"),
    ),
    "columns": (
        ("f", "means"), ("escape", "What do the columns mean?"),
        ("n e x", "What do the columns mean?"), ("enter", "A preview"),
        ("m", "What do the columns mean?"), ("escape", "A preview"),
        ("c", "ircle"), ("[b]fair enter", "[b]fair"), ("enter", "They are in"),
        ("enter", "0 of 3 said"),
    ),
    "newcomers": (
        ("down m", "1 of 3 said"), ("c", "ircle"), ("escape", "1 of 3 said"), ("b", "How often would you like"),
        ("escape", "1 of 3 said"), ("+", "You write with 0 people"),
        ("escape", "1 of 3 said"), ("escape", "people"),
    ),
    "ledger": (
        ("3", "They asked me"), ("y", "Promise"), ("escape", "They asked me"),
        ("x", "What can you offer instead?"), ("3 Ana␣Silva", "offers it"), ("escape", "They asked me"),
        ("x", "What can you offer instead?"), ("4 [b]link enter", "A kind answer"), ("escape", "They asked me"),
        ("g", "kind"), ("escape", "They asked me"),
    ),
    "needs": (
        ("4", "A flat in Lisbon"), ("enter i", "Before you ask"), ("escape", "Answers due"),
        ("left W", "mail to"), ("e", "The message to everyone"), ("escape", "mail to"), ("escape enter", "Answers due"),
        ("P", "somebody new"), ("escape escape", "A flat in Lisbon"),
        ("e", "What I am looking for"), ("escape", "A flat in Lisbon"),
        ("+", "I am looking for"), ("escape", "A flat in Lisbon"),
        ("ctrl+p", "enter takes it"), ("post␣publicly enter", "For everybody"), ("escape", "A flat in Lisbon"),
    ),
    "closing": (
        ("d", "How did it go"), ("[b]found␣one enter", "heard how it went"), ("W", "told them"),
        ("escape", "heard how it went"), ("* W", "T told them"), ("escape escape", "heard how it went"),
        ("escape", "to hear"),
    ),
    "reach": (
        ("5", "Introductions"), ("d y", "yes today"), ("d", "Introduce [b]"), ("escape", "Introductions"),
        ("ctrl+p", "enter takes it"), ("matches enter", "they match on"),
        ("/ lyon", "lyon"), ("escape escape", "Introductions"),
    ),
}  # fmt: skip
"""In the order in which they are gone through, all places but the dialog about a broken file, which comes last."""


def screens() -> set[str]:
    """The names of every place and dialog of the program."""
    for module in pkgutil.walk_packages(planner.ui.__path__, "planner.ui."):
        importlib.import_module(module.name)
    found, waiting = set(), [Screen]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {one.__name__ for one in below if one.__module__.startswith("planner.")}
    return found - BASES - ELSEWHERE


class Watched:
    """The planner in a terminal, with what it says about itself."""

    def __init__(self, terminal: Terminal, seen: Path, sizes: Sizes) -> None:
        self.terminal = terminal
        self.file = seen
        self.sizes = sizes
        self.sized: set[str] = set()
        self.sent = 0

    def said(self, kind: str) -> list[str]:
        """The screens it made, or the events of the network."""
        lines = self.file.read_text().splitlines()
        return [line.split()[1] for line in lines if line.startswith(f"{kind} ")]

    def step(self, keys: str, wanted: str) -> str:
        """Press keys, see what they bring; a screen that is new is seen in every size."""
        for key in keys.split():
            self.press(key)
        text = self.terminal.wait_for(wanted)
        if fresh := set(self.said("screen")) - self.sized:
            self.sized |= fresh
            self.resize(wanted)
        return text

    def press(self, key: str) -> None:
        """One key, or a text; back when the program has taken it and is still again."""
        is_named = key in KEYS
        self.sent += 1 if is_named else len(key)
        self.terminal.press(key if is_named else key.replace("␣", " "))
        patience = Patience()
        # What follows an escape at once would be taken for a key with alt.
        while self.file.read_text().count("key\n") < self.sent:
            assert not patience.over, f"{key} was not taken"
            self.terminal.read(0.005)
        self.terminal.settle(0.04)

    def resize(self, wanted: str) -> None:
        """Through every size, and back."""
        self.terminal.drawn = False
        for columns, rows in self.sizes:
            self.terminal.resize(columns, rows)
            self.terminal.settle(0.03)
            assert self.terminal.running, f"ended at {columns}×{rows}"
        self.terminal.drawn = True
        self.terminal.resize(120, 40)
        self.terminal.wait_for(wanted)


def table(folder: Path) -> Path:
    """A table with a hostile name, hostile headings and hostile fields."""
    folder.mkdir(mode=0o700, parents=True)
    file = folder / f"people_{ACTING_NAME}.csv"
    people = "".join(f'"New {number} {TYPED}",n{number}@example.org,"{TYPED}"\n' for number in range(3))
    file.touch(mode=0o600)
    file.write_text(f'"who{TYPED}","where{TYPED}","{BEFORE}"\n{people}')
    return file


def test_every_place_is_gone_through() -> None:
    assert set(STEPS) == set(PLACE_TITLES)


def test_every_place_and_dialog_is_harmless(tmp_path: Path) -> None:
    go_everywhere(tmp_path, SIZES)


@pytest.mark.long
def test_every_place_and_dialog_is_harmless_at_any_size(tmp_path: Path) -> None:
    go_everywhere(tmp_path, MORE_SIZES)


def go_everywhere(tmp_path: Path, sizes: Sizes) -> None:
    """Every step in one session, each screen in some sizes; then what was sent, made and written is looked at."""
    home, seen = tmp_path / ACTING_NAME, tmp_path / "seen"
    table(home)
    command = [sys.executable, str(WATCHED), str(seen)]
    variables = environment(home, PLANNER_HOME=str(home / "planner"))
    with Terminal(command, variables, before=lambda: os.umask(0) and None) as terminal:
        watched = Watched(terminal, seen, sizes)
        literal = 0
        for place, steps in STEPS.items():
            for keys, wanted in steps:
                literal += MARKUP in watched.step(keys, wanted)
                assert terminal.running, f"ended in {place} after {keys}:\n{terminal.text}"
            if place == "welcome":
                make_hostile(home / "planner" / "planner.db")
                terminal.wait_for("Today")
        (home / "planner" / "planner.db").rename(home / "elsewhere")
        literal += MARKUP in watched.step("2 A", "The database")
        watched.press("escape")
        watched.press("q")
        terminal.wait_end()
        sent = bytes(terminal.received)
    acted = ACTED.search(sent)
    assert acted is None, f"sent to the terminal: {acted.group()!r}"
    assert b"Traceback" not in sent
    missing = screens() - set(watched.said("screen"))
    assert not missing, f"never opened here: {sorted(missing)}"
    steps_taken = sum(map(len, STEPS.values()))
    assert literal > steps_taken * 0.8
    assert watched.said("network") == []
    open_to_others = [one for one in home.rglob("*") if stat.S_IMODE(one.lstat().st_mode) & 0o077]
    assert open_to_others == []
    print(
        f"{len(screens())} places and dialogs, {steps_taken} steps, {len(sizes)} sizes of each, {len(sent):,} bytes: "
        f"0 control bytes, {literal} screens with markup as it stands, 0 connections; umask 000: 0 files open to others"
    )
