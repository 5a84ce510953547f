"""What is pasted into a line: all of it, or none of it and a word why."""

from __future__ import annotations

from pathlib import Path

from textual.events import Paste
from textual.widgets import Input

from planner.ui.widgets.line_input import LONGEST_LINE
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
