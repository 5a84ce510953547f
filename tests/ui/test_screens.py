"""Screens that are opened by name are there, and none is opened over itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.screen import Screen

import planner.ui
from planner.ui.screens import SCREENS, screen_class
from tests.ui.words import planner as planner_of

SOURCES = sorted(Path(planner.ui.__file__).parent.rglob("*.py"))


def test_every_name_is_that_of_a_screen() -> None:
    for name in SCREENS:
        assert issubclass(screen_class(name), Screen), name
    with pytest.raises(KeyError):
        screen_class("nowhere")


def test_every_name_a_place_opens_is_known() -> None:
    opened = {name for path in SOURCES for name in re.findall(r'\.open\("([a-z]+)"', path.read_text(encoding="utf-8"))}
    assert "pairs" in opened
    assert opened <= set(SCREENS)


async def test_a_screen_that_is_on_top_is_not_opened_again(tmp_path: Path) -> None:
    async with planner_of(tmp_path) as words:
        await words.idle()
        for name in ("import", "newcomers", "pairs"):
            before = len(words.app.screen_stack)
            words.app.open(name)
            words.app.open(name)
            await words.idle()
            assert isinstance(words.app.screen, screen_class(name)), name
            assert len(words.app.screen_stack) == before + 1, name
