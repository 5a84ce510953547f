"""Both themes and every stock theme can be read; marks exist for terminals without colour or glyphs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from planner.config import Config
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.glyphs import glyphs, wants_ascii
from planner.ui.themes import (
    DARK,
    LIGHT,
    MARK_CONTRAST,
    OWN_VARIABLES,
    TERMINAL,
    TEXT_CONTRAST,
    THEMES,
    Palette,
    contrast,
    has_few_colors,
    palette,
    readable,
    variable_defaults,
)
from tests.cases import case
from tests.ui.words import planner

OURS = {theme.name: theme for theme in THEMES}
COLORED = [name for name, theme in {**BUILTIN_THEMES, **OURS}.items() if not theme.ansi]


class Themed(App[None]):
    CSS = """
    Screen { background: $background; color: $foreground; border: solid $rule; }
    .due { color: $due; } .late { color: $late; } .done { color: $done; } .received { color: $received; }
    .dim { color: $dim; } .name { color: $name; } .selected { background: $selected; }
    """

    def __init__(self, theme: str, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)


def color(style: Style, *, background: bool = False) -> Color:
    found = style.bgcolor if background else style.color
    assert found is not None
    assert found.triplet is not None
    return Color(*found.triplet)


DRAWN = (
    (DARK, "background", "#14171c"), (DARK, "panel", "#1a1e25"), (DARK, "selected", "#232a35"),
    (DARK, "rule", "#2b313b"), (DARK, "foreground", "#d8d4cb"), (DARK, "dim", "#868d99"),
    (DARK, "name", "#f3efe6"), (DARK, "accent", "#7fb4ca"), (DARK, "due", "#e0b36a"),
    (DARK, "late", "#e8786f"), (DARK, "done", "#8fb573"), (DARK, "received", "#c3a6d6"),
    (LIGHT, "background", "#faf7f0"), (LIGHT, "panel", "#f2ede2"), (LIGHT, "selected", "#e9e1d0"),
    (LIGHT, "rule", "#d9d1c1"), (LIGHT, "foreground", "#3a3a3c"), (LIGHT, "dim", "#6f6a62"),
    (LIGHT, "name", "#15161a"), (LIGHT, "accent", "#1f6f8b"), (LIGHT, "due", "#8a5a00"),
    (LIGHT, "late", "#b3261e"), (LIGHT, "done", "#3f6b2a"), (LIGHT, "received", "#6d4a8c"),
)  # fmt: skip
"""(theme, role, colour)."""


async def test_our_themes_have_the_colours_they_were_drawn_with() -> None:
    for theme in (DARK, LIGHT):
        app = Themed(theme)
        async with app.run_test():
            for _, role, expected in (one for one in DRAWN if one[0] == theme):
                assert app.theme_variables[role].lower() == expected, (theme, role)


async def test_every_theme_can_be_read() -> None:
    for name in COLORED:
        with case(name):
            app = Themed(name)
            async with app.run_test():
                colors = palette(app)
                page = Color.parse(app.theme_variables["background"])
                selected = color(colors.selected, background=True)
                words = ("dim", "name", "due", "late", "done", "received", "heading")
                for role in words:
                    assert contrast(color(getattr(colors, role)), page) >= TEXT_CONTRAST, role
                for role in ("due", "late", "done", "received", "accent"):
                    assert contrast(color(getattr(colors, role)), selected) >= MARK_CONTRAST, role
                brand = colors.brand
                assert contrast(color(brand), color(brand, background=True)) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", [DARK, LIGHT])
async def test_a_theme_may_be_changed_while_the_app_runs(theme: str) -> None:
    app = Themed("textual-dark")
    async with app.run_test() as pilot:
        before = palette(app)
        app.theme = theme
        await pilot.pause()
        assert palette(app) != before
        assert color(palette(app).due) == Color.parse(OURS[theme].variables["due"])


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
async def test_themes_of_the_terminals_own_colours_have_every_variable(name: str) -> None:
    app = Themed(name)
    async with app.run_test():
        assert set(OWN_VARIABLES) <= set(app.theme_variables)
        assert palette(app).selected.reverse


async def test_without_colour_weight_tells_words_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Themed(DARK, ansi_color=True)
    async with app.run_test():
        colors = palette(app)
        for role in fields(Palette):
            style = getattr(colors, role.name)
            assert style.color is None, role.name
            assert style.bgcolor is None, role.name
        assert colors.selected.reverse
        assert colors.name.bold


def test_a_readable_colour_stays_as_it_is() -> None:
    page = Color.parse("#14171c")
    assert readable(Color.parse("#e0b36a"), page).hex.lower() == "#e0b36a"
    assert contrast(readable(Color.parse("#222222"), page), page) >= TEXT_CONTRAST
    assert contrast(Color(255, 255, 255), Color(0, 0, 0)) == pytest.approx(21)


def test_every_state_has_a_mark_of_its_own_in_both_alphabets() -> None:
    states = ("due", "late", "soon", "snoozed", "planned", "paused", "done", "date")
    for ascii_marks in (False, True):
        marks = [getattr(glyphs(ascii_marks), state) for state in states]
        assert len(set(marks)) == len(states)
    assert "".join(getattr(glyphs(True), state) for state in states) == "*!oz>=v@"
    assert all(getattr(glyphs(True), field.name).isascii() for field in fields(glyphs(True)))


def test_ascii_marks_are_for_locales_without_others() -> None:
    for environ, expected in [
        ({}, False),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_CTYPE": "UTF-8"}, False),
        ({"LANG": "C", "LC_CTYPE": "fr_FR.utf8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "C", "LC_ALL": "de_DE.UTF-8"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
    ]:
        with case(environ, expected):
            assert wants_ascii(environ) is expected


def test_a_terminal_of_sixteen_colours_is_known_by_its_environment() -> None:
    for environ, few in [
        ({"TERM": "xterm"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "screen"}, True),
        ({"TERM": "xterm-16color"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ]:
        with case(environ):
            assert has_few_colors(environ) is few


async def test_a_terminal_of_sixteen_colours_gets_its_theme_unless_another_is_chosen(tmp_path: Path) -> None:
    for config, few, theme in [
        (Config(), True, TERMINAL), (Config(), False, DARK), (Config(theme=LIGHT), True, LIGHT),
    ]:  # fmt: skip
        with case(config.theme, few):
            folder = tmp_path / f"{config.theme}{few}"
            folder.mkdir()
            async with planner(folder, config=config, few_colors=few) as see:
                assert see.app.theme == theme
                see.sees("Planner")


async def test_without_colour_one_row_alone_is_reversed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(desk: Desk) -> None:
        for name in ("Ana Silva", "Ben Okri"):
            desk.people.add(ContactDraft(name=name))
        desk.needs.add("A flat in Lisbon")
        desk.needs.add("A boat")

    monkeypatch.setenv("NO_COLOR", "1")
    async with planner(tmp_path, fill) as see:
        for keys in (("2",), ("4",), ("enter",), ("slash",)):
            await see.press(*keys)
            width, height = see.app.size
            strips = see.app.screen._compositor.render_strips()[1 : height - 1]
            lit = [
                line for line in strips
                if sum(one.cell_length for one in line if one.style is not None and one.style.reverse) > width // 4
            ]  # fmt: skip
            assert len(lit) <= 1, keys
            if keys != ("slash",):
                assert len(lit) == 1, keys
