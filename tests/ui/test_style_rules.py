"""The stylesheet: the rules of the first place are read before it is painted, the others once it is, or are needed."""

from __future__ import annotations

from pathlib import Path

from planner.ui.app import stylesheet
from planner.ui.session.style_rules import LATER, StyleRules
from tests.ui.words import planner


def test_the_line_that_parts_the_stylesheet_stands_in_it_once_and_before_other_places() -> None:
    first, _, later = stylesheet().read_text("utf-8").partition(LATER)
    assert "#agenda-list" in first
    assert "#contacts-body" in later
    assert LATER not in later


def test_the_rules_of_other_screens_are_read_when_asked_for_and_once() -> None:
    names = ("background", "foreground", "rule", "dim", "selected", "panel", "accent")
    rules = StyleRules(variables=dict.fromkeys(names, "#444444"))
    rules.read_all([stylesheet()])
    first = len(rules.source)
    rules.read_later()
    assert len(rules.source) == first + 1
    read = len(rules.rules)
    rules.read_later()
    assert len(rules.rules) == read


async def test_a_screen_over_the_first_place_has_its_styles(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await words.press("?")
        text = words.app.screen.query_one("#help-text")
        assert text.styles.padding.left == 2
