"""The bar of places and the footer at every width, and what a click on them says."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from planner.ui.themes import THEMES, variable_defaults
from planner.ui.widgets.bars import Key, KeyBar, TopBar
from planner.ui.widgets.notice import Notice
from tests.cases import case

PLACES = (("1", "Agenda", 0), ("2", "Contacts", 0), ("3", "Ledger", 9), ("4", "Needs", 0))
KEYS = (
    Key("agenda.done", "d", "done", "item"),
    Key("agenda.snooze", "s", "snooze", "item"),
    Key("agenda.skip", "x", "skip", "item", enabled=False),
    Key("app.capture", "a", "capture", "all"),
    Key("app.filter", "/", "filter", "all"),
    Key("app.help", "?", "help"),
)


class BarApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.pressed: list[int | str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield KeyBar()

    def on_mount(self) -> None:
        dates = ("Monday 23 November", "Mon 23 Nov")
        self.query_one(TopBar).show(brand="Planner", places=PLACES, current=0, right=dates)
        self.query_one(KeyBar).show(KEYS)

    def on_top_bar_pressed(self, message: TopBar.Pressed) -> None:
        self.pressed.append(message.index)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        self.pressed.append(message.command_id)

    def line(self, kind: type[TopBar] | type[KeyBar]) -> str:
        return self.query_one(kind).render_line(0).text


async def test_the_places_at_every_width() -> None:
    for width, left, right in [
        (90, " Planner   1 Agenda   2 Contacts   3 Ledger 9   4 Needs", "Monday 23 November  "),
        (72, " Planner   1 Agenda   2 Contacts   3 Ledger 9   4 Needs", "Mon 23 Nov  "),
        (65, " 1 Agenda   2 Contacts   3 Ledger 9   4 Needs", "Mon 23 Nov  "),
        (40, " 1 Agenda 2 3 4", "Mon 23 Nov  "),
        (20, " 1 Agenda 2 3 4", ""),
        (6, " 1 Ag…", ""),
        (1, "…", ""),
    ]:
        with case(width, left, right):
            app = BarApp()
            async with app.run_test(size=(width, 5)):
                assert app.line(TopBar) == left + right.rjust(width - len(left))


async def test_keys_that_do_not_fit_are_left_out_whole() -> None:
    for width, footer in [
        (60, " d done  s snooze  x skip    a capture  / filter     ? help "),
        (46, " d done  s snooze  x skip    a capture ? help "),
        (45, " d done  s snooze  x skip             ? help "),
        (16, " d done  ? help "),
        (9, "  ? help "),
        (8, " d done "),
        (3, "   "),
    ]:
        with case(width, footer):
            app = BarApp()
            async with app.run_test(size=(width, 5)):
                assert app.line(KeyBar) == footer


async def test_what_cannot_act_is_dimmer_and_the_place_shown_is_underlined() -> None:
    app = BarApp()
    async with app.run_test(size=(90, 5)):
        styles = {
            segment.text: segment.style for bar in (TopBar, KeyBar) for segment in app.query_one(bar).render_line(0)
        }
        colors = {text: style.color.name for text, style in styles.items() if style and style.color}
        assert colors["d"] == "#7fb4ca"
        assert colors["x"] not in (colors["d"], colors["done"])
        assert colors["9"] == "#e0b36a"
        current, other = styles["Agenda"], styles["Contacts"]
        assert current is not None
        assert current.underline
        assert current.bold
        assert other is not None
        assert not other.underline


async def test_a_click_says_what_was_clicked() -> None:
    app = BarApp()
    async with app.run_test(size=(90, 5)) as pilot:
        await pilot.click(TopBar, offset=(26, 0))
        await pilot.click(TopBar, offset=(3, 0))
        await pilot.click(KeyBar, offset=(1, 0))
        await pilot.click(KeyBar, offset=(87, 0))
        assert app.pressed == [1, "agenda.done", "app.help"]


async def test_equal_data_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = BarApp()
    async with app.run_test(size=(90, 5)):
        drawn: list[object] = []
        for bar in (app.query_one(TopBar), app.query_one(KeyBar)):
            monkeypatch.setattr(bar, "refresh", lambda *some, **options: drawn.append(some))
        app.on_mount()
        assert drawn == []
        app.query_one(KeyBar).show(KEYS[:2])
        assert len(drawn) == 1


class NoticeApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Notice()

    def on_mount(self) -> None:
        words = "Told Amelia O'Brien, Amelia Smith-Jones and 3 more about a flat in Lyon"
        self.query_one(Notice).say(words, undo_key="u")


async def test_a_long_message_is_cut_before_the_key_that_takes_it_back() -> None:
    for width in (20, 40, 60, 200):
        app = NoticeApp()
        with case(width):
            async with app.run_test(size=(width, 4)) as pilot:
                await pilot.pause()
                line = app.query_one(Notice).render_line(0).text
                assert line.rstrip().endswith("u undo")
                assert "✓ Told" in line
                assert ("…" in line) is (width < 86)


async def test_why_a_key_cannot_act_is_said_whole_up_to_a_third_of_the_screen() -> None:
    reason = "m makes one person of them, x says they are two, s leaves them as they are"
    for width, height, lines in ((120, 24, 1), (40, 12, 3), (40, 5, 1), (20, 12, 4)):
        app = NoticeApp()
        with case(width, height):
            async with app.run_test(size=(width, height)) as pilot:
                notice = app.query_one(Notice)
                notice.say(reason, tone="due")
                await pilot.pause()
                drawn = [notice.render_line(y).text.strip(" !") for y in range(notice.size.height)]
                assert len(drawn) == lines
                assert (" ".join(drawn) == reason) is (width > 20 and height > 5)
                notice.clear()
                await pilot.pause()
                assert notice.size.height == 1
