"""The palette finds commands, places, themes and contacts by a part of their names, and runs them."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from planner.config import Config
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.palette import PaletteList, PaletteScreen, rank
from tests.cases import PATIENCE, case
from tests.ui.words import Words, planner


def fill(desk: Desk) -> None:
    for name in ("Ana Silva", "Anton Ledger", "Zoë Ångström", "[red]Eve[/]"):
        desk.people.add(ContactDraft(name=name, cadence="2w"))


def titles(words: Words) -> list[str]:
    """The titles in the list of the palette, in order."""
    shown = words.app.screen.query_one(PaletteList)
    rows = [shown.row_at(place) for place in range(shown.total)]
    return [row.data.title for row in rows if row is not None]  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["ctrl+p", "colon"])
async def test_two_keys_open_it_with_everything_that_works_here(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("3", key)
        assert isinstance(words.app.screen, PaletteScreen)
        found = titles(words)
        assert found[0] == "done"
        assert {"filter", "Go to Contacts", "Theme: planner-light", "undo", "help"} <= set(found)
        assert not {"mark all", "week after", "rhythm"} & set(found)
        words.sees("Settle it: the promise is kept", "d")


@pytest.mark.parametrize("key", ["escape", "ctrl+p", "ctrl+c"])
async def test_three_keys_leave_it(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.type("ana")
        await words.press(key)
        assert not isinstance(words.app.screen, PaletteScreen)
        assert words.app.is_running


async def test_a_place_is_gone_to(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.type("go to led")
        assert titles(words)[0] == "Go to Ledger"
        await words.press("enter")
        assert words.app.current_mode == "ledger"


async def test_a_theme_is_put_on_at_once(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.type("planner-light")
        await words.press("enter")
        assert words.app.theme == "planner-light"
        await words.press("colon")
        await words.type("theme")
        words.sees("in use")


async def test_a_contact_is_opened_accents_or_not(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.type("angstrom")
        assert titles(words)[0] == "Zoë Ångström"
        words.sees("contact")
        await words.press("enter")
        words.sees("Zoë Ångström", "every 2 weeks")
        assert getattr(words.app.screen, "PLACE", "") == "contact"


async def test_a_command_runs_where_the_palette_was_opened(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("3", "colon")
        await words.type("they asked")
        await words.press("enter")
        words.sees("They asked me", "kind")


async def test_a_command_of_another_place_goes_there(tmp_path: Path) -> None:
    words_of = {
        "newcomers": ("newcomers", "contacts"), "here twice": ("pairs", "contacts"), "new need": ("needs", "needs"),
        "new person": ("form", "contacts"), "who knows": ("reach", "reach"), "spread": ("agenda", "agenda"),
        "matches": ("reach", "reach"), "bring in": ("import", "contacts"),
    }  # fmt: skip
    for typed, (place, mode) in words_of.items():
        with case(typed):
            folder = tmp_path / typed
            folder.mkdir()
            async with planner(folder, fill) as words:
                await words.press("3", "colon")
                await words.type(typed)
                assert typed in titles(words)[0]
                await words.press("enter")
                assert words.app.current_mode == mode
                assert any(getattr(one, "PLACE", "") == place for one in words.app.screen_stack)


async def test_a_command_of_another_place_is_listed_with_its_place(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.type("newcomers")
        words.sees("Contacts")
        assert titles(words)[0] == "newcomers"
        await words.press("escape", "2", "colon")
        await words.type("newcomers")
        assert titles(words).count("newcomers") == 1


async def test_a_command_that_cannot_act_says_why(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("3", "colon")
        await words.type("nudge")
        await words.press("enter")
        words.sees("Nothing is open here")


async def test_the_arrows_choose_and_the_mark_stays_on_the_best_while_typing(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.type("an")
        assert titles(words)[:2] == ["Ana Silva", "Anton Ledger"]
        await words.press("down")
        assert words.app.screen.query_one(PaletteList).cursor == 1
        await words.type("a")
        assert titles(words)[0] == "Ana Silva"
        assert words.app.screen.query_one(PaletteList).cursor == 0
        await words.press("pagedown", "up", "pageup")
        assert words.app.screen.query_one(PaletteList).cursor == 0


async def test_enter_waits_for_the_contacts_of_what_was_typed(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        # The database is kept busy until enter was pressed, as by a long reading.
        gate = threading.Event()
        blocked = words.app.gateway.submit(lambda desk: gate.wait(PATIENCE))
        await words.pilot.press(*"anton")
        await words.pilot.press("enter")
        assert isinstance(words.app.screen, PaletteScreen)
        gate.set()
        await asyncio.wrap_future(blocked)
        await words.idle()
        assert getattr(words.app.screen, "PLACE", "") == "contact"
        words.sees("Anton Ledger")


async def test_the_latest_request_wins(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.pilot.press("z", "backspace", "e", "v")
        await words.idle()
        assert titles(words)[0] == "[red]Eve[/]"
        assert "Zoë Ångström" not in titles(words)


async def test_nothing_found_says_so(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as words:
        await words.press("colon")
        await words.type("qqqq")
        words.sees("Nothing of that name; esc leaves")
        await words.press("enter")
        assert isinstance(words.app.screen, PaletteScreen)


def test_rank() -> None:
    for typed, title, found in [
        ("", "undo", 0),
        ("UND", "undo", 0),
        ("light", "Theme: planner-light", 1),
        ("ner-l", "Theme: planner-light", 2),
        ("back", "undo", 3),
        ("wb", "week before", 4),
        ("ana", "Theme: catppuccin-macchiato", None),
        ("xyz", "undo", None),
    ]:
        with case(typed, title, found):
            assert rank(typed, title, "Take back the last change.") == found


@pytest.mark.parametrize("size", [(1, 1), (10, 4), (40, 12), (80, 24)])
async def test_every_size_draws(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, fill, size=size) as words:
        await words.press("colon")
        await words.type("ana")
        await words.press("enter")
        assert not isinstance(words.app.screen, PaletteScreen)


async def test_a_theme_that_was_put_on_is_there_the_next_time(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("ctrl+p")
        await see.type("theme: planner-li")
        await see.press("enter")
        assert see.app.theme == "planner-light"
    async with planner(tmp_path) as see:
        assert see.app.theme == "planner-light"
    async with planner(tmp_path, config=Config(theme="nord")) as see:
        assert see.app.theme == "nord"


async def test_what_is_wrong_in_the_configuration_is_said_at_the_start(tmp_path: Path) -> None:
    config = Config(
        theme="planner-ligt", keymap={"agenda.done": "q"}, problems=("config.toml: nudges = x is not allowed",)
    )
    async with planner(tmp_path, lambda desk: desk.people.add(ContactDraft(name="Ana")), config=config,
                       size=(140, 40)) as see:  # fmt: skip
        see.sees("config.toml: nudges = x is not allowed (and 2 more: “planner config” names all)")
        assert see.app.problems[1] == "keymap: agenda.done: q is taken by app.quit; it keeps d"
        assert "no theme “planner-ligt”" in see.app.problems[2]
        assert see.app.theme == "planner-dark"


async def test_themes_show_while_one_moves_over_them_and_escape_restores(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("ctrl+p")
        await see.type("theme: planner")
        assert see.app.theme == "planner-dark"
        await see.press("down")
        assert see.app.theme == "planner-light"
        await see.press("escape")
        assert see.app.theme == "planner-dark"
        await see.press("ctrl+p")
        await see.type("theme: planner")
        await see.press("down", "enter")
        assert see.app.theme == "planner-light"
        await see.press("ctrl+p")
        await see.type("theme: planner")
        await see.press("down", "up")
        assert see.app.theme == "planner-dark"
        await see.press("ctrl+u")
        await see.type("help")
        await see.press("enter")
        assert see.app.theme == "planner-light"
