"""Help shows every key of the place it was opened in, and nothing that is not in the registry."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from planner.commands import registry
from planner.commands.command import LIST
from planner.config import Config
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.glyphs import glyphs
from planner.ui.help import MARKS, TITLE, HelpScreen, help_lines
from planner.ui.themes import palette
from planner.ui.widgets.notice import Notice
from planner.ui.widgets.rows import measure
from tests.ui.words import planner


async def test_question_mark_shows_the_keys_of_the_place_and_of_everywhere(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await words.press("3", "question_mark")
        assert isinstance(words.app.screen, HelpScreen)
        words.sees("Keys", "Ledger  do", "I promise", "Say yes to what they ask", "Everywhere  go to", "capture")
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
                command.title for command in {*registry.for_place(place, sample=False), *MOVES}
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
"""The keys that open each place in which letters are keys."""


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
async def test_the_first_key_that_means_nothing_says_where_the_keys_are(tmp_path: Path, way: tuple[str, ...]) -> None:
    async with planner(tmp_path, somebody, config=Config(keymap={"app.help": "f2"})) as words:
        await words.press(*way)
        words.sees_not("shows the keys")
        await words.press("tilde")
        words.sees("f2 shows the keys")


async def test_what_is_said_names_the_keys_as_they_are_set(tmp_path: Path) -> None:
    keymap = {"app.undo": "f8", "app.quit": "f10", "contact.edit": "f7", "app.palette": "f9"}
    async with planner(tmp_path, somebody, config=Config(keymap=keymap, theme="none such")) as words:
        words.sees("the palette, f9, lists them")
        await words.press("2", "enter", "o")
        words.sees("no e-mail address, number or page; f7 adds one")
        await words.press("ctrl+c")
        words.sees("f10 leaves; everything is saved")
        await words.press("A")
        words.sees("f8 undo")


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


async def test_a_slash_searches_keys_and_marks_and_escape_shows_all_again(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await words.press("3", "question_mark", "slash")
        await words.type("say yes")
        words.sees("I promise")
        words.sees_not("capture", "page up")
        await words.press("ctrl+u")
        await words.type("strip of days")
        words.sees("Marks", "when it is due", "today")
        words.sees_not("I promise")
        await words.press("ctrl+u")
        await words.type("nothing like this")
        words.sees("No key and no mark of that name")
        await words.press("escape")
        assert isinstance(words.app.screen, HelpScreen)
        words.sees("I promise", "capture")
        await words.press("escape")
        assert not isinstance(words.app.screen, HelpScreen)


def test_every_title_has_room_in_its_column() -> None:
    assert max(len(command.title) for command in registry.COMMANDS) < TITLE


def test_every_mark_that_is_drawn_is_explained() -> None:
    told = {name for names, _, _ in MARKS for name in names}
    # A rule divides, and an empty part of a bar belongs to its full one.
    assert {field.name for field in fields(glyphs())} - told <= {"line", "progress_empty"}


async def test_the_first_hint_stays_until_it_is_read(tmp_path: Path) -> None:
    async with planner(tmp_path, somebody) as words:
        await words.press("2", "Z")
        words.app.screen.query_one(Notice).fade()
        await words.press("down")
        words.sees("? shows the keys")
        await words.press("question_mark", "escape")
        words.sees_not("shows the keys")
        await words.press("n")
        await words.type("was here")
        await words.press("enter")
        words.app.screen.query_one(Notice).fade()
        await words.idle()
        words.sees_not("was here   u undo", "Noted")
