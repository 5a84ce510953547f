"""The installed planner in a real terminal: a day's triage, signals, hostile names, and another session's change."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.model import Settings
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store.session import Store
from planner.ui.session.in_terminal import LOOK_AROUND_SECONDS
from tests.cases import PATIENCE
from tests.trust.terminal import environment, planner_in_terminal, planner_program

TODAY = date(2026, 11, 23)
LONG_AGO = date(2026, 9, 1)
PAYLOADS = (
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1b[31mred",
    "\x9b31mred",
    "\x1b]0;title\x07",
    "\x1bP+q\x1b\\",
    "\u202eback",
    "[@click=app.quit]x[/]",
    "[bold]x[/bold]",
    "[/]",
)
CONTROL = re.compile(rb"\x1b\]52|\x1b\]0;title|\x1bP\+q|\xc2\x9b|\xe2\x80\xae")


def desk_at(home: Path) -> Desk:
    """A desk on the planner's own database below a folder."""
    return Desk(Store(home / "planner.db", Settings(), session="test").open(), Config(), lambda: TODAY)


def fill(home: Path, names: tuple[str, ...]) -> None:
    """People who are due today, the first the longest."""
    with desk_at(home) as desk:
        for number, name in enumerate(names):
            draft = ContactDraft(name=name, cadence="4w", since=LONG_AGO.replace(day=1 + number))
            desk.on(LONG_AGO).people.add(draft)


def command(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A text command beside the screen."""
    line = [*planner_program(), *words]
    return subprocess.run(line, env=environment(home), capture_output=True, text=True, timeout=PATIENCE, check=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A planner with three people who are due."""
    fill(tmp_path, ("Ana Silva", "Ben Okri", "Cy Young"))
    return tmp_path


def test_three_people_are_triaged_and_the_facts_are_in_the_database(home: Path) -> None:
    with planner_in_terminal(home) as terminal:
        before = terminal.line_settings()
        terminal.wait_for("Cy Young")
        terminal.ask("d", wanted="Caught up with Ana Silva")
        terminal.ask("coffee, her op 12 dec", wanted="coffee today")
        terminal.ask("enter", wanted="✓ Caught up with Ana Silva")
        terminal.ask("s", wanted="Snooze Ben Okri to")
        terminal.ask("w", wanted="Mon 30 Nov 2026")
        terminal.ask("enter", wanted="Snoozed Ben Okri")
        terminal.ask("t", wanted="No answer from Cy Young")
        terminal.press("q")
        assert terminal.wait_end() == 0
        assert terminal.is_restored()
        assert terminal.line_settings() == before
    with desk_at(home) as desk:
        ana, ben, cy = (desk.reading.card(desk.people.find(name)) for name in ("Ana Silva", "Ben Okri", "Cy Young"))
        assert [(one.channel, one.on) for one in ana.interactions] == [("coffee", TODAY)]
        assert [follow_up.on for follow_up in ana.follow_ups] == [date(2026, 12, 12)]
        assert desk.reading.why(ben.contact.id).snoozed_until == date(2026, 11, 30)
        assert [str(one.outcome) for one in cy.interactions] == ["attempt"]
        assert desk.keeping.doctor().healthy


def test_what_is_shown_as_done_is_in_the_database_already(home: Path) -> None:
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Ana Silva")
        terminal.press("x")
        terminal.wait_for("Skipped Ana Silva")
        # The planner is killed the moment the screen says so: what was said must stand.
        os.kill(terminal.process_id, signal.SIGKILL)
        terminal.wait_end()
    with desk_at(home) as desk:
        assert desk.reading.why(desk.people.find("Ana Silva")).due == date(2026, 12, 21)


def test_another_sessions_change_is_shown_without_a_key(home: Path) -> None:
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Ana Silva")
        command(home, "add", "Zuleika Dobson", "--cadence", "1w", "--since", "2026-10-01")
        terminal.wait_for("Zuleika Dobson")
        print("somebody whom another session added is shown after 0 keys")
        terminal.press("q")


def test_nothing_is_sent_while_nothing_happens(home: Path) -> None:
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Ana Silva")
        # Longer than from one look at the database to the next, and than a cursor blinks.
        terminal.silence(LOOK_AROUND_SECONDS * 1.5)
        terminal.press("q")


@pytest.mark.parametrize(
    ("variables", "sees"),
    [
        ({"TERM": "screen"}, "Ana Silva"),
        ({"TERM": "linux"}, "Ana Silva"),
        ({"TERM": "vt100"}, "Ana Silva"),
        ({"NO_COLOR": "1"}, "Ana Silva"),
        ({"LC_ALL": "C", "LANG": "C"}, "Ana Silva"),
    ],
)
def test_it_opens_in_many_terminals_and_locales(home: Path, variables: dict[str, str], sees: str) -> None:
    with planner_in_terminal(home, **variables) as terminal:
        terminal.wait_for(sees)
        terminal.press("q")
        assert terminal.wait_end() == 0


def test_a_dumb_terminal_is_told_of_the_text_commands(home: Path) -> None:
    with planner_in_terminal(home, TERM="dumb") as terminal:
        assert terminal.wait_end() == 2
        assert "planner agenda" in terminal.text
        assert b"\x1b[" not in bytes(terminal.received)


def test_no_command_and_no_screen_opens_a_connection(home: Path) -> None:
    watch = (
        "import sys\n"
        "seen = []\n"
        "network = ('socket.connect', 'socket.getaddrinfo')\n"
        "sys.addaudithook(lambda event, args: seen.append(event) if event in network else None)\n"
        "from planner.cli import main\n"
        "for words in (['agenda'], ['add', 'Nora'], ['contacts'], ['ledger']):\n"
        "    main(words)\n"
        "print('connections', len(seen))\n"
    )
    line = [sys.executable, "-c", watch]
    done = subprocess.run(line, env=environment(home), capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert "connections 0" in done.stdout
    print("0 connections asked for by the commands")
