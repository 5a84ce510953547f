"""The stylesheet: the rules of the first place are read before it is painted, the others once it is, or are needed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from textual.dom import DOMNode
from textual.widgets import Input

from planner.ui.session.style_rules import LATER, StyleRules, stylesheet
from planner.ui.widgets.line_list import LineList
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


async def test_a_place_is_styled_as_it_is_opened_and_not_again_when_it_is_seen_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: Counter[DOMNode] = Counter()

    def counted(rules: StyleRules, node: DOMNode, **given: object) -> None:
        styled[node] += 1
        apply(rules, node, **given)  # type: ignore[arg-type]

    apply = StyleRules.apply
    monkeypatch.setattr(StyleRules, "apply", counted)
    async with planner(tmp_path) as words:
        await words.press("2", "3")
        styled.clear()
        await words.press("4")
        place = words.app.screen
        assert styled[place] == 1
        # The list is styled again for the focus, and a line for the class of its own size.
        again = {one for one in place.walk_children() if styled[one] > 1}
        assert not [one for one in again if not isinstance(one, Input | LineList)]
        await words.press("2")
        styled.clear()
        await words.press("4")
        assert words.app.screen is place
        assert not [one for one in place.walk_children() if styled[one] and not isinstance(one, LineList)]


async def test_a_place_that_is_seen_again_has_the_theme_and_the_width_of_now(tmp_path: Path) -> None:
    async with planner(tmp_path) as words:
        await words.press("4", "1")
        place = words.app.screen
        dark = place.styles.background
        await words.press("4")
        words.app.choose_theme("planner-light")
        await words.pilot.resize_terminal(60, 20)
        await words.press("1")
        assert words.app.screen is place
        assert place.styles.background != dark
        assert place.has_class("-narrow")
        assert not place.has_class("-wide")
