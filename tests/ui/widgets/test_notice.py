"""The line above the footer: what a key said stands its time before what comes by itself."""

from __future__ import annotations

from textual.app import App, ComposeResult

from planner.ui.themes import THEMES, variable_defaults
from planner.ui.widgets.notice import Notice


class NoticeApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield Notice()

    @property
    def line(self) -> str:
        return self.query_one(Notice).render_line(0).text.strip()


async def test_what_comes_by_itself_waits_until_what_a_key_said_has_stood() -> None:
    async with NoticeApp().run_test(size=(80, 24)) as pilot:
        assert isinstance(pilot.app, NoticeApp)
        notice = pilot.app.query_one(Notice)
        notice.say("Ana: talked today", undo_key="u")
        notice.say("A source was left out", tone="due", undo_key="u", waits=True)
        notice.say("Address book: 2 new", waits=True)
        assert pilot.app.line == "✓ Ana: talked today   u undo"
        notice.say("Ben: talked today", undo_key="u")
        assert pilot.app.line == "✓ Ben: talked today   u undo"
        notice.fade()
        assert pilot.app.line == "! A source was left out"
        notice.clear()
        assert pilot.app.line == "✓ Address book: 2 new"
        notice.fade()
        assert pilot.app.line == ""
        notice.say("A source was left out", tone="due", waits=True)
        assert pilot.app.line == "! A source was left out"


async def test_what_stays_gives_way_to_what_comes_by_itself() -> None:
    async with NoticeApp().run_test(size=(80, 24)) as pilot:
        assert isinstance(pilot.app, NoticeApp)
        notice = pilot.app.query_one(Notice)
        notice.say("The sample network: nothing is kept", stays=True)
        notice.say("A source was left out", tone="due", waits=True)
        assert pilot.app.line == "! A source was left out"
