"""The list over a window of rows: the cursor, the window, what is drawn and how little of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from planner.ui.themes import THEMES, variable_defaults
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.row_window import RowWindow
from planner.ui.widgets.rows import NO_STYLE, Column
from tests.cases import case
from tests.ui.at_rest import RestingLoop


class Names(LineList):
    """A list that draws the key of each row, and remembers what it was asked to draw."""

    drawn: int = 0
    regions: list[Region]

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        self.drawn += 1
        return [Segment(row.key)]

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        return [Segment(f"about {row.key}")]


class Columns(Names):
    """A list whose first column is as wide as the texts in it."""

    COLUMNS = (Column(4, most=30, first=True), Column(3))

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        return (row.key, NO_STYLE), ("end", NO_STYLE)

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        return self.laid(self.cells(row), self.COLUMNS, width)


class ListApp(App[None]):
    """One list; with `lazy`, rows come only as they are wanted."""

    def __init__(
        self, rows: Sequence[Row], *, lazy: bool = False, two_line: bool = False, names: type[Names] = Names
    ) -> None:
        super().__init__()
        self.kind = names
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.all_rows = list(rows)
        self.lazy = lazy
        self.two_line = two_line
        self.deaf = False
        """Whether what is wanted never comes."""
        self.wanted: list[tuple[int, int]] = []
        self.asked_after: list[int] = []
        """For each time rows were wanted, how many rows had been drawn."""
        self.highlighted: list[str | None] = []
        self.drawn_before: list[int] = []
        """For each row that was told, how many rows had been drawn."""
        self.selected: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.kind()

    @property
    def names(self) -> Names:
        return self.query_one(Names)

    def on_mount(self) -> None:
        self.names.two_line = self.two_line
        self.give()
        self.names.focus()

    def give(self) -> None:
        first = self.all_rows[:40] if self.lazy else self.all_rows
        self.names.set_rows(0, first, len(self.all_rows))

    def on_line_list_wanted(self, message: LineList.Wanted) -> None:
        if self.deaf:
            return
        self.wanted.append((message.start, message.end))
        self.asked_after.append(self.names.drawn)
        rows = self.all_rows[message.start : message.end]
        self.names.set_rows(message.start, rows, len(self.all_rows))

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        self.highlighted.append(message.row.key if message.row else None)
        self.drawn_before.append(self.names.drawn)

    def on_line_list_selected(self, message: LineList.Selected) -> None:
        self.selected.append(message.row.key)


def people(count: int) -> list[Row]:
    return [Row(f"person {number}") for number in range(count)]


def week() -> list[Row]:
    kinds: list[tuple[str, Any]] = [("Today", "heading"), ("Ana", "item"), ("Zoë", "item"), ("gap", "blank"),
                                    ("Tuesday", "heading"), ("Kim", "item"), ("Leo", "item")]  # fmt: skip
    return [Row(key, kind) for key, kind in kinds]


def lines(names: LineList) -> list[str]:
    return [names.render_line(y).text.rstrip() for y in range(names.size.height)]


def current(names: LineList) -> list[str]:
    """Return the lines the bar of the cursor stands before."""
    return [line[2:] for line in lines(names) if line.startswith("▌")]


async def at_rest() -> None:
    """Wait until nothing is under way."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, RestingLoop)
    assert await loop.rest(lambda: True)


def key(names: LineList) -> str | None:
    return names.cursor_row.key if names.cursor_row else None


async def test_the_cursor_stops_at_items_alone() -> None:
    app = ListApp(week())
    async with app.run_test(size=(30, 12)) as pilot:
        assert current(app.names) == ["Ana"]
        for press, expected in (("j", "Zoë"), ("down", "Kim"), ("j", "Leo"), ("j", "Leo"), ("k", "Kim"),
                                ("up", "Zoë"), ("end", "Leo"), ("home", "Ana"), ("up", "Ana")):  # fmt: skip
            await pilot.press(press)
            assert key(app.names) == expected
            assert current(app.names) == [expected]
        await pilot.press("enter")
        assert app.selected == ["Ana"]
        assert app.highlighted == ["Ana", "Zoë", "Kim", "Leo", "Kim", "Zoë", "Leo", "Ana"]


async def test_where_the_cursor_is_is_told_once_it_is_drawn_and_the_latest_row_alone() -> None:
    app = ListApp(people(20))
    async with app.run_test(size=(30, 12)):
        # A screen that a message of the start still wakes calls what waits for a frame before it knows of one to draw.
        await at_rest()
        drawn = app.names.drawn
        for _ in range(3):
            app.names.action_cursor_down()
        await at_rest()
        assert app.highlighted == ["person 0", "person 3"]
        assert app.drawn_before[1] > drawn


async def test_what_lies_beyond_a_page_is_asked_for_once_the_page_is_drawn() -> None:
    app = ListApp(people(200), lazy=True)
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.pause()
        drawn, asked = app.names.drawn, len(app.wanted)
        app.names.move_to(32)
        await pilot.pause()
        await pilot.pause()
        assert len(app.wanted) == asked + 1
        assert app.asked_after[-1] > drawn


async def test_the_row_under_the_cursor_has_a_ground_of_its_own() -> None:
    app = ListApp(week())
    async with app.run_test(size=(30, 12)):

        def grounds(y: int) -> set[str]:
            styles = [segment.style for segment in app.names.render_line(y)]
            return {style.bgcolor.triplet.hex for style in styles if style and style.bgcolor and style.bgcolor.triplet}

        assert grounds(1) == {"#232a35"}
        assert grounds(2) == {"#14171c"}
        assert app.names.render_line(1).cell_length == 30


async def test_another_theme_draws_every_row_anew() -> None:
    app = ListApp(week())
    async with app.run_test(size=(30, 12)) as pilot:
        grounds = []
        for theme in THEMES[::-1]:
            app.theme = theme.name
            await pilot.pause()
            styles = [next(reversed(list(app.names.render_line(y)))).style for y in (1, 2)]
            grounds.append([style.bgcolor.name for style in styles if style and style.bgcolor])
        assert grounds == [["#e9e1d0", "#faf7f0"], ["#232a35", "#14171c"]]


async def test_a_held_key_scrolls_by_half_a_window() -> None:
    app = ListApp(people(100))
    async with app.run_test(size=(30, 10)) as pilot:
        tops = []
        for _ in range(30):
            await pilot.press("down")
            tops.append(app.names.scroll_offset.y)
            assert current(app.names) == [f"person {app.names.cursor}"]
        assert sorted(set(tops)) == [0, 5, 10, 15, 20, 25]
        for _ in range(30):
            await pilot.press("up")
            assert current(app.names) == [f"person {app.names.cursor}"]
        assert app.names.scroll_offset.y == 0


async def test_a_page_moves_the_cursor_and_what_is_seen() -> None:
    app = ListApp(people(100))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("down", "down", "pagedown")
        assert (app.names.cursor, app.names.scroll_offset.y) == (11, 9)
        await pilot.press("pageup", "pageup")
        assert app.names.cursor == 0
        await pilot.press("end")
        assert current(app.names) == ["person 99"]
        assert lines(app.names)[-1].endswith("person 99")


async def test_a_move_draws_two_lines_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ListApp(people(1000))
    async with app.run_test(size=(30, 10)) as pilot:
        app.names.drawn = 0
        regions: list[Region] = []
        refresh = app.names.refresh
        monkeypatch.setattr(
            app.names, "refresh", lambda *some, **options: (regions.extend(some), refresh(*some, **options))[1]
        )
        await pilot.press("down")
        assert app.names.drawn == 2
        assert [(region.y, region.height) for region in regions] == [(0, 1), (1, 1)]


async def test_rows_are_asked_for_before_they_are_seen() -> None:
    app = ListApp(people(5000), lazy=True)
    async with app.run_test(size=(30, 10)) as pilot:
        for _ in range(60):
            await pilot.press("pagedown")
            assert "…" not in "".join(lines(app.names))
        assert app.names.cursor == 540
        assert len(app.wanted) < 40
        start, end = app.names.window
        assert end - start < 200
        await pilot.press("end")
        await pilot.pause()
        assert key(app.names) == "person 4999"
        assert current(app.names) == ["person 4999"]
        await pilot.press("home")
        await pilot.pause()
        assert lines(app.names)[0] == "▌ person 0"


async def test_columns_grow_for_rows_read_ahead_once_the_list_is_scrolled() -> None:
    rows = [Row(f"{number}") if number < 45 else Row(f"{number} the longest of all") for number in range(5000)]
    app = ListApp(rows, lazy=True, names=Columns)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press(*("pagedown",) * 3)
        await pilot.pause()
        assert app.names.window[1] > 45
        # The rows that are seen stay as they were drawn: what was read lies below them.
        assert lines(app.names)[1] == "  28  end"
        await pilot.press("down")
        await pilot.pause()
        assert lines(app.names)[2] == "  29  end"
        await pilot.press("pagedown")
        await pilot.pause()
        assert lines(app.names)[2] == "  38                     end"


async def test_what_is_not_loaded_is_drawn_quietly() -> None:
    app = ListApp(people(5001))
    async with app.run_test(size=(30, 10)) as pilot:
        app.deaf = True
        app.names.set_rows(0, people(12), 5000)
        app.names.scroll_to(y=8, animate=False)
        await pilot.pause()
        shown = lines(app.names)
        assert shown[:4] == ["  person 8", "  person 9", "  person 10", "  person 11"]
        assert set(shown[4:]) == {"  …"}


async def test_rows_that_come_after_the_list_was_scrolled_back_take_no_place_of_what_is_seen() -> None:
    app = ListApp(people(5000), lazy=True)
    async with app.run_test(size=(30, 10)) as pilot:
        app.deaf = True
        await pilot.press("end")
        await pilot.press("home")
        app.names.set_rows(4970, app.all_rows[4970:], 5000)
        await pilot.pause()
        assert lines(app.names) == ["▌ person 0", *(f"  person {n}" for n in range(1, 10))]
        app.deaf = False
        await pilot.press("end")
        await pilot.pause()
        assert current(app.names) == ["person 4999"]


async def test_rows_that_are_as_they_were_are_not_drawn_again_when_paged_back_to() -> None:
    app = ListApp(people(5000), lazy=True)
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press(*("pagedown",) * 8)
        await pilot.pause()
        assert len(app.wanted) > 1
        drawn = app.names.drawn
        await pilot.press("pageup")
        await pilot.pause()
        # The row that was under the cursor, and the one that is.
        assert app.names.drawn - drawn <= 2
        assert current(app.names) == ["person 63"]


async def test_another_list_begins_at_its_first_row_and_asks_for_no_row_of_the_one_before() -> None:
    app = ListApp(people(5000), lazy=True)
    async with app.run_test(size=(30, 10)) as pilot:
        app.names.move_to(3000)
        await pilot.pause()
        app.wanted.clear()
        app.names.set_rows(0, app.all_rows[:60], 5000, first=True)
        await pilot.pause()
        assert app.wanted == []
        assert current(app.names) == ["person 0"]
        assert lines(app.names) == ["▌ person 0", *(f"  person {n}" for n in range(1, 10))]


async def test_a_held_key_past_what_is_loaded_comes_to_rest_on_a_row() -> None:
    app = ListApp([Row(f"row {n}", "heading" if n % 10 == 0 else "item") for n in range(3000)], lazy=True)
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert key(app.names) == "row 2999"
        app.names.move_to(1500)
        await pilot.pause()
        await pilot.pause()
        assert key(app.names) in ("row 1499", "row 1501")
        assert current(app.names) == [key(app.names)]


async def test_the_cursor_stays_on_its_row_when_rows_come_and_go() -> None:
    app = ListApp(people(100))
    async with app.run_test(size=(30, 10)) as pilot:
        for _ in range(40):
            await pilot.press("down")
        line = app.names.cursor - app.names.scroll_offset.y
        app.all_rows = [Row("somebody new"), *app.all_rows]
        app.give()
        await pilot.pause()
        assert key(app.names) == "person 40"
        assert app.names.cursor - app.names.scroll_offset.y == line

        app.all_rows.remove(Row("person 40"))
        app.give()
        await pilot.pause()
        assert key(app.names) == "person 41"

        app.all_rows = app.all_rows[:42]
        app.give()
        await pilot.pause()
        assert key(app.names) == app.all_rows[-1].key
        assert current(app.names) == [key(app.names)]

        app.all_rows = []
        app.give()
        await pilot.pause()
        assert key(app.names) is None
        assert app.highlighted[-1] is None
        assert lines(app.names) == [""] * 10


async def test_marks_stay_with_their_rows() -> None:
    app = ListApp(people(20))
    async with app.run_test(size=(30, 10)) as pilot:
        app.names.toggle_mark()
        await pilot.press("down")
        app.names.toggle_mark()
        assert lines(app.names)[:3] == [
            "+ person 0".replace("+", " +", 1)[:0] + " +person 0",
            "▌+person 1",
            "  person 2",
        ]
        app.all_rows = app.all_rows[1:]
        app.give()
        await pilot.pause()
        assert lines(app.names)[0] == "▌+person 1"
        assert app.names.marked == {"person 0", "person 1"}
        app.names.marked = ()
        assert lines(app.names)[0] == "▌ person 1"


async def test_the_selected_row_may_take_two_lines() -> None:
    app = ListApp(people(30), two_line=True)
    async with app.run_test(size=(30, 6)) as pilot:
        assert lines(app.names)[:3] == ["▌ person 0", "▌ about person 0", "  person 1"]
        for _ in range(29):
            await pilot.press("down")
            here = key(app.names)
            assert current(app.names) == [here, f"about {here}"]
        assert lines(app.names)[-1] == "▌ about person 29"
        app.names.two_line = False
        await pilot.pause()
        assert current(app.names) == ["person 29"]


async def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    app = ListApp(week())
    async with app.run_test(size=(30, 12)) as pilot:
        await pilot.click(Names, offset=(5, 5))
        assert (key(app.names), app.selected) == ("Kim", [])
        await pilot.click(Names, offset=(5, 4))
        assert (key(app.names), app.selected) == ("Kim", [])
        await pilot.click(Names, offset=(5, 5))
        assert (key(app.names), app.selected) == ("Kim", ["Kim"])


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    app = ListApp(people(100))
    async with app.run_test(size=(30, 10)) as pilot:
        await wheel(pilot)
        assert app.names.scroll_offset.y > 0
        assert app.names.cursor == 0
        await pilot.press("down")
        assert current(app.names) == ["person 1"]


async def wheel(pilot: Pilot[None]) -> None:
    names = pilot.app.query_one(Names)
    names.scroll_relative(y=5, animate=False)
    await pilot.pause()


async def test_any_size_will_do() -> None:
    for size in [(1, 1), (2, 3), (3, 1), (40, 12), (300, 100)]:
        for two_line in [False, True]:
            with case(size, two_line):
                app = ListApp([*week(), *people(200)], two_line=two_line, lazy=True)
                async with app.run_test(size=size) as pilot:
                    await pilot.press("down", "pagedown", "end", "pageup", "up", "home", "enter")
                    for other in ((80, 24), (1, 1), size):
                        await pilot.resize_terminal(*other)
                        strips: list[Strip] = [app.names.render_line(y) for y in range(app.names.size.height)]
                        assert {strip.cell_length for strip in strips} == {app.names.size.width}
                    assert app.selected == ["Ana"]


async def test_ascii_marks() -> None:
    class Plain(App[None]):
        def compose(self) -> ComposeResult:
            yield Names(ascii_marks=True)

    app = Plain()
    async with app.run_test(size=(10, 3)) as pilot:
        app.query_one(Names).set_rows(0, [Row("a name too long")], 1)
        await pilot.pause()
        assert lines(app.query_one(Names))[0] == "| a name~"


class TestWindow:
    """Where a cursor belongs, without a screen."""

    rows = st.lists(
        st.builds(Row, st.sampled_from("abcdefghij"), st.sampled_from(["item", "item", "heading"])),
        unique_by=lambda row: row.key,
    )

    @given(rows, st.integers(0, 12), st.sampled_from([-1, 1]))
    def test_the_nearest_item_is_an_item(self, rows: list[Row], position: int, towards: int) -> None:
        window = RowWindow()
        window.take(0, rows, len(rows))
        found = window.nearest(min(position, max(0, len(rows) - 1)), towards)
        if any(row.selectable for row in rows):
            assert rows[found].selectable
        else:
            assert found == -1

    @given(rows, rows, st.integers(0, 9))
    def test_a_cursor_keeps_its_row_or_goes_to_the_next(self, old: list[Row], new: list[Row], cursor: int) -> None:
        window = RowWindow()
        window.take(0, old, len(old))
        heir = window.heir(cursor, 0, new)
        if cursor >= len(old):
            assert heir is None
            return
        left = {row.key: place for place, row in enumerate(new) if row.selectable}
        after = [left[row.key] for row in old[cursor:] if row.key in left]
        before = [left[row.key] for row in old[:cursor] if row.key in left]
        if after:
            assert heir == after[0]
        elif before:
            assert heir == min(before[-1] + 1, len(new) - 1)
        else:
            assert heir is None

    @given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), min_size=1, max_size=6))
    def test_what_is_joined_is_still_in_order(self, parts: list[tuple[int, int]]) -> None:
        window = RowWindow()
        whole = people(120)
        for start, length in parts:
            if window.continues(start, whole[start : start + length], 120):
                window.join(start, whole[start : start + length], keep=20)
            else:
                window.take(start, whole[start : start + length], 120)
            assert list(window.rows) == whole[window.start : window.stop]
            assert window.covers(start, start + length)
            assert len(window.rows) <= length + 40
