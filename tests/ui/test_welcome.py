"""An empty planner in words: the three ways to begin, and the first five minutes."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from planner.desk import ContactDraft
from planner.ui.dialogs.importing import ImportDialog
from planner.ui.path_completion import common_beginning, completions
from planner.ui.screens.welcome import WelcomeScreen
from tests.ui.words import TODAY, Words, planner

BOOK = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nUID:{name}\r\nCATEGORIES:{circle}\r\nEND:VCARD\r\n"
    for name, circle in [(f"Person {number:02}", "work" if number % 3 else "climbing") for number in range(12)]
)
BROKEN = "BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:+33612345678\r\nEND:VCARD\r\n"


def book(folder: Path, text: str = BOOK + BROKEN) -> Path:
    """An address book in a folder."""
    path = folder / "people.vcf"
    path.write_text(text)
    return path


async def type_path(see: Words, path: Path) -> None:
    """Put a path into the import dialog, as pasting does."""
    dialog = see.app.screen
    assert isinstance(dialog, ImportDialog)
    dialog.entry.value = str(path)
    await see.idle()


async def total(see: Words) -> int:
    """How many contacts there are."""
    page = await see.ask(lambda desk: desk.contacts("", today=TODAY))
    return int(page.total)


async def test_an_empty_planner_says_what_it_is_and_how_to_begin(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        assert isinstance(see.app.screen, WelcomeScreen)
        see.sees("one key a person clears the week", "i  bring in", "n  add a person", "d  look at a sample network")
        await see.press("2")
        see.sees("Here stands everyone you know", "i  brings in an address book")
        await see.press("e")
        see.sees("Nobody is here; n adds a person")
        await see.press("1")
        see.sees("one key a person clears the week")


async def test_the_first_five_minutes_end_with_a_cleared_agenda(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await see.press("i")
        await type_path(see, path)
        await see.press("enter")
        see.sees("12  would be added", "1  could not be read", "no name", "Person 00, Person 01")
        assert await total(see) == 0
        await see.press("enter")
        see.sees("12  were added", "u takes it all back")
        await see.press("enter")
        see.sees("12 people are new", "work 8", "climbing 4", "everyone else")
        await see.type("4w")
        see.sees("every 4 weeks", "contacts a week")
        await see.press("tab")
        await see.type("12w")
        await see.press("ctrl+s")
        see.sees("12 people have a rhythm now", "Agenda")
        assert not isinstance(see.app.screen, WelcomeScreen)
        page = await see.ask(lambda desk: desk.contacts("rhythm:none", today=TODAY))
        assert page.total == 0
        # First turns are spread: no day floods.
        page = await see.ask(lambda desk: desk.contacts("", today=TODAY))
        assert len({row.due for row in page.rows}) > 6


async def test_the_rhythm_can_wait(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await see.press("i")
        await type_path(see, path)
        await see.press("enter", "enter", "enter", "escape")
        assert await total(see) == 12
        see.sees("Without a rhythm for now")


async def test_u_takes_the_whole_import_back(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await see.press("i")
        await type_path(see, path)
        await see.press("enter", "enter", "u")
        assert await total(see) == 0
        assert isinstance(see.app.screen, WelcomeScreen)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_the_preview_can_be_left_and_nothing_is_written(tmp_path: Path, key: str) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await see.press("i")
        await type_path(see, path)
        await see.press("enter", key)
        assert isinstance(see.app.screen, WelcomeScreen)
        assert await total(see) == 0


async def test_another_file_can_be_chosen_after_the_preview(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home", size=(200, 40)) as see:
        await see.press("i")
        await type_path(see, path)
        await see.press("enter", "e")
        see.sees(str(path), "tab completes")


async def test_a_file_that_cannot_be_read_is_named_and_stays_typed(tmp_path: Path) -> None:
    async with planner(tmp_path / "home", size=(200, 40)) as see:
        await see.press("i")
        await type_path(see, tmp_path / "nothing.vcf")
        await see.press("enter")
        see.sees("nothing.vcf")
        assert see.app.screen.query_one("#import-text").render().plain.strip()
        assert isinstance(see.app.screen, ImportDialog)
        assert see.app.screen.step == "path"


async def test_escape_stops_an_import_and_nothing_of_it_stays(tmp_path: Path) -> None:
    cards = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {number}\r\nEND:VCARD\r\n" for number in range(3000))
    path = book(tmp_path, cards)
    async with planner(tmp_path / "home") as see:
        await see.press("i")
        await type_path(see, path)
        await see.press("enter")
        dialog = see.app.screen
        assert isinstance(dialog, ImportDialog)
        # The database is held up, so that the import is under way for as long as the test likes.
        held = Event()
        see.app.gateway.submit(lambda desk: held.wait(30))
        await see.pilot.press("enter")
        assert dialog.step == "writing"
        await see.pilot.press("escape")
        held.set()
        await see.idle()
        see.sees("Stopped: nothing of it was kept")
        assert await total(see) == 0


async def test_tab_completes_the_path(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home", size=(200, 40)) as see:
        await see.press("i")
        await type_path(see, tmp_path / "peo")
        see.sees("people.vcf")
        await see.press("tab")
        dialog = see.app.screen
        assert isinstance(dialog, ImportDialog)
        assert dialog.entry.value == str(path)


async def test_n_adds_the_first_person_and_the_welcome_goes(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("n")
        await see.type("Ana Silva")
        await see.press("ctrl+s")
        assert await total(see) == 1
        assert not isinstance(see.app.screen, WelcomeScreen)


async def test_d_shows_the_sample_network_and_capital_d_comes_back(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("d")
        see.sees("ample network", "D comes back to your own planner")
        assert see.app.demo
        assert await total(see) > 50
        await see.ask(lambda desk: desk.add_contact(ContactDraft(name="Only Here"), today=TODAY))
        await see.press("2", "D")
        assert not see.app.demo
        assert await total(see) == 0
        see.sees("one key a person clears the week")


async def test_capital_d_in_ones_own_planner_says_so(tmp_path: Path) -> None:
    async with planner(tmp_path, lambda desk: desk.add_contact(ContactDraft(name="Ana"), today=TODAY)) as see:
        await see.press("D")
        see.sees("This is your own planner")


@pytest.mark.parametrize("size", [(40, 12), (10, 4), (1, 1)])
async def test_every_size_shows_what_it_can(tmp_path: Path, size: tuple[int, int]) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home", size=size) as see:
        await see.press("i")
        await type_path(see, path)
        await see.press("enter", "enter", "enter", "escape")
        assert await total(see) == 12


def test_completions_are_folders_and_address_books(tmp_path: Path) -> None:
    for name in ("ana.vcf", "anna.csv", "annual.txt", ".hidden.vcf"):
        (tmp_path / name).write_text("")
    (tmp_path / "another").mkdir()
    found = completions(f"{tmp_path}/an")
    assert [one.removeprefix(f"{tmp_path}/") for one in found] == ["ana.vcf", "anna.csv", "another/"]
    assert common_beginning(f"{tmp_path}/a", found) == f"{tmp_path}/an"
    assert completions(f"{tmp_path}/nowhere/x") == ()
    assert all(".hidden" not in one for one in completions(f"{tmp_path}/"))
