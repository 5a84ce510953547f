"""What the environment forbids is refused at every door: nothing is written, and nothing outside is reached."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from planner.cli.root import COMMANDS, IN_KIOSK
from planner.cli.root import planner as root
from planner.core.model import Settings
from planner.errors import StoreError
from planner.limits import asked_over_ssh, is_kiosk
from planner.store.session import Store
from planner.ui import editor, links
from planner.ui.session import suspending
from tests.cases import case
from tests.cli.conftest import Planner, planner
from tests.cli.test_every_command import leaves
from tests.store.stores import add_contact, names, open_store
from tests.ui.words import planner as on_screen

__all__ = ["planner"]

WRITES = (
    ("add", "Cid"), ("log", "Ana"), ("edit", "Ana", "--city", "Lyon"), ("undo",), ("backup",), ("restore", "--newest"),
    ("forget", "Ana", "--yes"), ("archive", "Ana"), ("need", "add", "A boat"), ("capture", "Ana: coffee"),
    ("import", "cards.vcf"),
)  # fmt: skip
READS = (("agenda",), ("show", "Ana"), ("contacts",), ("doctor",), ("backup", "list"), ("backup", "verify"))


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_planner_to_be_read_only_reads_and_writes_nothing(
    planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cards.vcf").write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Zed\nEND:VCARD\n")
    planner.done("add", "Ana Silva", "--cadence", "4w")
    planner.done("backup")
    before = content(planner.home)
    monkeypatch.setenv("PLANNER_READ_ONLY", "1")
    for words in WRITES:
        with case(words):
            assert "read only" in planner.refused(*words)
            assert content(planner.home) == before
    for words in READS:
        with case(words):
            planner.done(*words)
            assert content(planner.home) == before
    # What the file may not be changed to is shown on a private copy.
    (planner.home / "config.toml").write_text("leap_birthday = 'mar1'\nattempt_days = 9\n")
    monkeypatch.setenv("PLANNER_CONFIG", str(planner.home / "config.toml"))
    assert "Ana Silva" in planner.done("contacts").out
    assert {name: one for name, one in content(planner.home).items() if "config" not in name} == before


def test_the_sample_network_may_be_tried_where_nothing_else_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNER_READ_ONLY", "1")
    with pytest.raises(StoreError, match="There is no planner"):
        open_store(tmp_path / "planner.db")
    store = Store(tmp_path / "sample.db", Settings())
    store.is_sample = True
    with store.open():
        add_contact(store, 1)
        assert names(store) == ["Person 1"]


def test_a_kiosk_reaches_no_other_file_and_starts_no_program(
    planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.done("add", "Ana Silva")
    backup = Path(planner.done("backup").out.strip())
    monkeypatch.setenv("PLANNER_KIOSK", "1")
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("DISPLAY", ":0")
    outside = str(tmp_path / "outside")
    for name in COMMANDS.keys() - IN_KIOSK:
        with case(name):
            assert "kiosk" in planner.refused(name)
    # Whatever else takes a file or a path refuses one.
    for path in leaves(root, click.Context(root)):
        command: click.Command = root
        for name in path.split():
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), name)
            assert found is not None
            command = found
        if path.split()[0] not in IN_KIOSK:
            continue
        for one in command.params:
            option = next((opt for opt in one.opts if opt in ("-o", "--output", "--file", "--folder")), "")
            argument = isinstance(one, click.Argument) and any(word in (one.metavar or "") for word in ("FILE", "PATH"))
            if option or argument:
                with case(f"{path} {option}"):
                    who = ["Ana"] if "person" in path else []
                    assert "kiosk" in planner.refused(*path.split(), *who, *([option] if option else []), outside)
    assert list(tmp_path.glob("outside*")) == []
    planner.done("restore", backup.name)
    assert links.opener() is None
    assert "shell" in suspending.why_not()
    with pytest.raises(Exception, match="editor cannot be reached"):
        editor.editor_command()


SSH = {
    "": [],
    "agenda": ["agenda"],
    "planner show 'Ana Silva'": ["show", "Ana Silva"],
    "add Bo; rm -rf ~": ["add", "Bo;", "rm", "-rf", "~"],
    "$(reboot) `id` | cat > x": ["$(reboot)", "`id`", "|", "cat", ">", "x"],
}
"""What is asked for over SSH, and the words the planner is given: no shell has read them."""


def test_what_is_asked_over_ssh_are_words_of_the_planner(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    for asked, words in SSH.items():
        with case(asked):
            assert asked_over_ssh({"PLANNER_KIOSK": "1", "SSH_ORIGINAL_COMMAND": asked}) == words
            assert asked_over_ssh({"SSH_ORIGINAL_COMMAND": asked}) == []
    planner.done("add", "Ana Silva")
    monkeypatch.setenv("PLANNER_KIOSK", "1")
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "show Ana; touch pwned")
    assert "touch" in planner.refused()
    for asked in ("--db /etc/passwd agenda", "agenda --db=/etc/passwd", "add 'x"):
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", asked)
        assert "unexpected" not in planner.refused()
    assert not os.path.exists("pwned")
    for text, on in {"1": True, "yes": True, "0": False, "": False, "no": False}.items():
        assert is_kiosk({"PLANNER_KIOSK": text}) is on


async def test_the_screen_says_that_it_only_reads_and_keeps_to_its_own_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_screen(tmp_path):
        pass
    monkeypatch.setenv("PLANNER_READ_ONLY", "1")
    monkeypatch.setenv("PLANNER_KIOSK", "1")
    async with on_screen(tmp_path) as words:
        await words.until("read only")
        await words.press("<")
        words.sees("No other files can be reached from here")
