"""Help shows every key of the place it was opened in, and nothing that is not in the registry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.commands import registry
from planner.commands.command import LIST
from planner.config import Config
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.help import HelpScreen, help_lines
from planner.ui.themes import glyphs, palette
from planner.ui.widgets.rows import measure
from tests.ui.words import planner


async def test_question_mark_shows_the_keys_of_the_place_and_of_everywhere(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await words.press("3", "question_mark")
        assert isinstance(words.app.screen, HelpScreen)
        words.sees("Keys", "Ledger  do", "I promise", "Say yes to their request", "Everywhere  go to", "capture")
        words.sees_not("spread backlog", "Agenda  do")


MOVES = {one for one in registry.COMMANDS if one.place == LIST}
"""The commands that move through any list."""


@pytest.mark.parametrize("key", ["escape", "q", "question_mark", "enter"])
async def test_any_of_four_keys_closes(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path) as words:
        await words.press("2", "question_mark")
        before = len(words.app.screen_stack)
        await words.press(key)
        assert not isinstance(words.app.screen, HelpScreen)
        assert len(words.app.screen_stack) == before - 1
        assert words.app.is_running


@pytest.mark.parametrize("width", [38, 76, 116, 200])
async def test_every_command_of_a_place_stands_once_and_fits(tmp_path: Path, width: int) -> None:
    async with planner(tmp_path) as words:
        colors = palette(words.app)
        for place in registry.PLACE_TITLES:
            lines = help_lines(place, words.app.keys, width, colors, glyphs())
            assert all(measure(line) <= width for line in lines)
            titles = [segment.text.strip() for line in lines for segment in line if segment.style == colors.name]
            assert sorted(titles) == sorted(
                command.title
                for command in {*registry.for_place(place, sample=False), *MOVES}
            )


async def test_says_what_the_marks_mean(tmp_path: Path) -> None:
    async with planner(tmp_path, size=(120, 60)) as words:
        await words.press("3", "question_mark")
        words.sees("Marks", "●  due today or past", "▲  past the worst interval, or a late promise", "z  snoozed")


async def test_what_does_not_fit_is_scrolled(tmp_path: Path) -> None:
    async with planner(tmp_path, size=(40, 12)) as words:
        await words.press("3", "question_mark")
        words.sees("Ledger  do")
        await words.press("end")
        words.sees("marked: the next key acts")
        words.sees_not("Ledger  do")
        await words.press("home")
        words.sees("Ledger  do")
        await words.press("pagedown", "down", "j", "k", "up", "pageup")
        words.sees("Ledger  do")


async def test_shows_the_keys_as_they_are_set(tmp_path: Path) -> None:
    config = Config(keymap={"ledger.gave": "Z"})
    async with planner(tmp_path, config=config, size=(120, 60)) as words:
        await words.press("3", "question_mark")
        assert words.line_of("Write down how you helped.").split()[0] == "Z"


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (80, 24), (200, 60)])
async def test_every_size_draws(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, size=size) as words:
        await words.press("3", "question_mark", "pagedown", "end")
        assert isinstance(words.app.screen, HelpScreen)


async def test_the_way_back_from_the_sample_is_named_in_the_sample_alone(tmp_path: Path) -> None:
    for demo in (False, True):
        async with planner(tmp_path, demo=demo) as words:
            colors, keys = palette(words.app), words.app.keys
            lines = help_lines("agenda", keys, 120, colors, glyphs(), sample=demo)
            assert ("own planner" in "\n".join("".join(one.text for one in line) for line in lines)) is demo
            await words.press("ctrl+p")
            await words.type("own pl")
            assert ("Come back from the sample" in words.text) is demo


def somebody(desk: Desk) -> None:
    desk.people.add(ContactDraft(name="Ana Silva", cadence="1w", since=date(2026, 11, 1)))


WAYS = ((), ("f",), ("2",), ("2", "enter"), ("3",), ("4",), ("5",))
"""Keys that open each place where letters are keys."""


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
async def test_the_first_key_that_means_nothing_says_where_the_keys_are(tmp_path: Path, way: tuple[str, ...]) -> None:
    async with planner(tmp_path, somebody, config=Config(keymap={"app.help": "f2"})) as words:
        await words.press(*way)
        words.sees_not("shows the keys")
        await words.press("tilde")
        words.sees("f2 shows the keys")


async def test_it_is_said_once_and_neither_while_typing_nor_of_a_key_that_acts(tmp_path: Path) -> None:
    async with planner(tmp_path, somebody) as words:
        await words.press("2", "a", "Z", "tilde", "escape", "F", "escape")
        await words.press("j", "k", "space", "asterisk", "f5", "left", "escape")
        words.sees_not("shows the keys")
        await words.press("Z")
        words.sees("? shows the keys")
        await words.press("a", "escape", "Z", "3", "Z")
        words.sees_not("shows the keys")


async def test_an_empty_planner_says_it_too(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await words.press("tilde")
        words.sees("? shows the keys")
