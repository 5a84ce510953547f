"""What is typed into a line and pasted into it: all of it, or none of it and a word why; and how it is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input

from planner.terminal import compositor
from planner.terminal.compositor import NarrowFrames
from planner.ui.widgets.line_input import LONGEST_LINE, LineInput
from tests.cases import case
from tests.ui.words import planner

WAYS = (("ctrl+p",), ("2", "/"), ("5", "/"), ("?", "/"), ("4", "+"))
"""Keys that lead to a line: the palette, a prompt, that of the reach, help and a dialog."""


async def test_a_paste_too_long_for_a_line_is_refused_in_words_and_leaves_what_is_typed(tmp_path: Path) -> None:
    async with planner(tmp_path, demo=True) as see:
        for keys in WAYS:
            with case(keys):
                await see.press(*keys)
                line = see.app.focused
                assert isinstance(line, Input)
                await see.type("ana")
                line.post_message(Paste("b" * (LONGEST_LINE - 2)))
                await see.idle()
                assert line.value == "ana"
                see.sees("Too long for one line", "16,384")
                line.post_message(Paste(" silva"))
                await see.idle()
                assert line.value == "ana silva"
                await see.press("escape", "escape", "escape", "1")


class Counted(LineInput):
    """A line that counts how often it is drawn."""

    DEFAULT_CSS = "Counted { width: 30; height: 1; }"
    drawn = 0

    def render_line(self, y: int) -> Strip:
        self.drawn += 1
        return super().render_line(y)


class Typing(NarrowFrames, Screen[None]):
    """One line to type in."""

    def compose(self) -> ComposeResult:
        yield Counted(compact=True)


class TypingApp(App[None]):
    """One screen."""

    def get_default_screen(self) -> Screen[None]:
        return Typing()


async def test_a_letter_is_drawn_before_anything_that_follows_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    app, now, drawn = TypingApp(), 1e12, list[int]()
    async with app.run_test(size=(40, 5)) as pilot:
        line = app.query_one(Counted)
        line.focus()
        await pilot.pause()
        monkeypatch.setattr(compositor, "monotonic", lambda: now)
        for letter in "ana":
            now += 1.0
            line.drawn = 0
            line.replace(letter, line.cursor_position, line.cursor_position)
            drawn.append(line.drawn)
            await pilot.pause()
    assert drawn == [1, 1, 1]


async def test_a_line_longer_than_its_place_shows_where_is_typed() -> None:
    app = TypingApp()
    async with app.run_test(size=(40, 5)) as pilot:
        line = app.query_one(Counted)
        line.focus()
        await pilot.press(*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        await pilot.pause()
        assert line.render_line(0).text.rstrip().endswith("UVWXYZ")
        await pilot.press("home")
        await pilot.pause()
        assert line.render_line(0).text.startswith("abcdef")
        await pilot.press("end", *["backspace"] * 3)
        await pilot.pause()
        assert line.render_line(0).text.rstrip().endswith("TUVW")
