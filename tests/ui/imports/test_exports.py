"""Exporting without leaving the planner: what, whom, where to, and what came of it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.imports.export_dialog import ExportDialog
from tests.ui.words import Words, planner


def fill(desk: Desk) -> None:
    for name, circle in (("Ana Silva", "work"), ("Leo Hart", "friends"), ("[red]Eve[/] \\", "work")):
        desk.people.add(ContactDraft(name=name, circles=(circle,), cadence="4w"))


async def in_contacts(words: Words, query: str = "") -> None:
    await words.press("2")
    if query:
        await words.press("slash")
        await words.type(query)
        await words.press("enter")
    await words.press("greater_than_sign")


async def path(words: Words, where: Path | str) -> None:
    words.app.screen.query_one("#export-path").value = ""  # type: ignore[attr-defined]
    await words.type(str(where))


@pytest.mark.parametrize(
    ("key", "begins", "said"),
    [
        ("v", b"BEGIN:VCARD", "Exported 3 people to"),
        ("c", b"Planner ID,Name", "Exported 3 people to"),
        ("i", b"BEGIN:VCALENDAR", "Exported 3 entries to"),
        ("t", b"BEGIN:VCALENDAR", "Exported 3 entries to"),
        ("j", b'{"version"', "Exported everything, 3 people to"),
    ],
)
async def test_each_kind_is_a_key_and_a_path(tmp_path: Path, key: str, begins: bytes, said: str) -> None:
    async with planner(tmp_path / "home", fill) as words:
        await in_contacts(words)
        words.sees("Give to other programs", "vCard", "calendar", "everything")
        await words.press(key)
        await path(words, tmp_path / "out")
        await words.press("enter")
        words.sees(said)
        words.sees_not("Give to other programs")
    assert (tmp_path / "out").read_bytes().startswith(begins)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600


async def test_the_filter_chooses_whom_and_a_takes_all_of_them(tmp_path: Path) -> None:
    async with planner(tmp_path / "home", fill) as words:
        await in_contacts(words, "circle:work")
        words.sees("2 people found by circle:work")
        await words.press("a")
        words.sees("everyone, the archived too")
        await words.press("a", "enter")
        await path(words, tmp_path / "out.vcf")
        await words.press("enter")
        words.sees("Exported 2 people to")
    assert b"Leo Hart" not in (tmp_path / "out.vcf").read_bytes()


async def test_a_file_that_is_there_is_replaced_only_when_asked_to(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    async with planner(tmp_path / "home", fill) as words:
        await in_contacts(words)
        await words.press("c")
        await path(words, tmp_path / "out.csv")
        await words.press("enter")
        words.sees("There is a file of this name already")
        await words.press("escape")
        assert (tmp_path / "out.csv").read_text() == "mine"
        await words.press("greater_than_sign", "c")
        await path(words, tmp_path / "out.csv")
        await words.press("enter", "e")
        words.sees("out.csv")
        await words.press("enter", "enter")
        words.sees("Exported 3 people")
    assert (tmp_path / "out.csv").read_text().startswith("Planner ID")


async def test_tab_completes_the_path_and_a_folder_gets_an_entry_a_file(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    async with planner(tmp_path / "home", fill) as words:
        await in_contacts(words)
        await words.press("i")
        await path(words, tmp_path / "cal")
        await words.press("tab")
        await words.until("calendars/")
        await words.press("enter")
        words.sees("calendars/: 3 written")
    assert len(list((tmp_path / "calendars").glob("*.ics"))) == 3


async def test_what_cannot_be_written_is_said_and_can_be_corrected(tmp_path: Path) -> None:
    async with planner(tmp_path / "home", fill) as words:
        await in_contacts(words)
        await words.press("j")
        await path(words, tmp_path / "missing" / "out.json")
        await words.press("enter")
        words.sees("There is no folder")
        await path(words, tmp_path / "home" / "planner.db")
        await words.press("enter", "enter")
        words.sees("Name another file")
        await words.press("escape", "escape")
        words.sees_not("Give to other programs")


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_it_can_be_left(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path / "home", fill) as words:
        await in_contacts(words)
        await words.press(key)
        words.sees_not("Give to other programs")
    assert [one.name for one in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (20, 5), (1, 1)])
async def test_it_draws_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path / "home", fill, size=size) as words:
        words.app.push_screen(ExportDialog("[bold]x[/] circle:work", 2))
        await words.idle()
        await words.press("down", "up", "a", "a", "i")
        if size[0] >= 40:
            words.sees("planner.ics")
        await words.press("escape", "escape")
        assert not isinstance(words.app.screen, ExportDialog)
