"""Frames that ask widgets for the lines that changed alone."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from planner.terminal import compositor
from planner.terminal.compositor import NarrowFrames


class Behind(Vertical):
    """What lies behind others, and counts how often it is asked for lines."""

    asked = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.asked += 1
        return super().render_lines(crop)


class Place(NarrowFrames, Screen[None]):
    """A line that fills its row, and one that does not."""

    def compose(self) -> ComposeResult:
        with Behind():
            yield Static("whole", id="whole")
            short = Static("short", id="short")
            short.styles.width = 10
            yield short


class PlaceApp(App[None]):
    """One place."""

    def get_default_screen(self) -> Screen[None]:
        return Place()


async def test_what_is_behind_a_change_is_asked_for_nothing() -> None:
    app = PlaceApp()
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        behind, update = app.query_one(Behind), app.query_one("#whole", Static)
        behind.asked = 0
        update.update("other")
        await pilot.pause()
        assert behind.asked == 0
        assert [str(line.text.rstrip()) for line in app.screen._compositor.render_strips()][:2] == ["other", "short"]


class Asked(Static):
    """A line that counts how often it is drawn."""

    DEFAULT_CSS = "Asked { width: 30; height: 1; }"
    drawn = 0

    def render_line(self, y: int) -> Strip:
        self.drawn += 1
        return super().render_line(y)


class OnePlace(NarrowFrames, Screen[None]):
    """Two such lines."""

    def compose(self) -> ComposeResult:
        yield Asked("one", id="one")
        yield Asked("other", id="other")


async def test_a_line_is_drawn_before_the_call_is_over_and_many_of_them_with_the_frame_that_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class OneApp(App[None]):
        def get_default_screen(self) -> Screen[None]:
            return OnePlace()

    app, now = OneApp(), 1e12
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(compositor, "monotonic", lambda: now)
        place, line, other = app.screen, app.query_one("#one", Asked), app.query_one("#other", Asked)
        assert isinstance(place, OnePlace)
        now += 1.0
        line.drawn = 0
        line.refresh(Region(0, 0, 30, 1))
        place.draw_at_once()
        assert line.drawn == 1
        for _ in range(5):
            line.refresh(Region(0, 0, 30, 1))
            place.draw_at_once()
        assert line.drawn == 3
        await pilot.pause()
        assert line.drawn == 4
        now += 1.0
        other.drawn = 0
        line.refresh(Region(0, 0, 30, 1))
        other.refresh(Region(0, 0, 30, 1))
        place.draw_at_once()
        assert (line.drawn, other.drawn) == (5, 1)
        await pilot.pause()
        assert (line.drawn, other.drawn) == (5, 1)
