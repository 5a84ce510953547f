"""An empty planner in words: the three ways to begin, and the first five minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.desk.values import ContactDraft
from planner.ui.agenda.welcome_screen import WelcomeScreen
from tests.ui.words import contact_count, planner


async def test_an_empty_planner_says_what_it_is_and_how_to_begin(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        assert isinstance(see.app.screen, WelcomeScreen)
        see.sees("one key a person clears the week", "<  bring in", "+  add a person", "d  look at a sample network")
        await see.press("2")
        see.sees("Here stands everyone you know", "<  brings in an address book")
        await see.press("e")
        see.sees("Nobody is here; + adds a person")
        await see.press("1")
        see.sees("one key a person clears the week")


async def test_plus_adds_the_first_person_and_the_welcome_goes(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("plus")
        await see.type("Ana Silva")
        await see.press("ctrl+s")
        assert await contact_count(see) == 1
        assert not isinstance(see.app.screen, WelcomeScreen)


async def test_d_shows_the_sample_network_and_the_palette_comes_back(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("d")
        see.sees("ample network", "own planner")
        assert see.app.demo
        assert await contact_count(see) > 50
        await see.ask(lambda desk: desk.people.add(ContactDraft(name="Only Here")))
        await see.press("2")
        await see.command("own planner")
        assert not see.app.demo
        assert await contact_count(see) == 0
        see.sees("one key a person clears the week")


async def test_ones_own_planner_offers_no_way_back_to_itself(tmp_path: Path) -> None:
    async with planner(tmp_path, lambda desk: desk.people.add(ContactDraft(name="Ana"))) as see:
        await see.press("ctrl+p")
        await see.type("own planner")
        see.sees("Nothing of that name")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 14), (40, 12), (30, 9)])
async def test_every_way_to_begin_is_there_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, size=size) as see:
        see.sees("<  bring in an address book", "+  add a person", "d  look at a sample network")
        assert "…" not in see.text.split("sample network", 1)[0]
