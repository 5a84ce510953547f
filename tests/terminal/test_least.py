"""The floor beside what was sent: never above it, and what it counts."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import set_cell_size

from planner.terminal.grid import CellGrid
from tests.terminal.emulated import Emulated, written
from tests.terminal.least import cells_of, least_bytes

GROUND = "48;2;20;23;28"


def shown(*frames: str, width: int = 60, height: int = 6) -> Emulated:
    """A screen on which some frames were drawn, one after the other."""
    screen = Emulated(width, height)
    for frame in frames:
        pyte.Stream(screen).feed(frame)
    return screen


def test_an_equal_screen_takes_nothing() -> None:
    screen = cells_of(shown(written(1, 1, "1;31", "Ana Silva", 60)))
    assert least_bytes(screen, screen) == 0


def test_letters_are_counted_and_the_colour_of_all_of_them_once() -> None:
    before = shown("".join(written(y, 1, "", "....", 60) for y in range(1, 7)))
    after = shown("".join(written(y, 1, "31", "Zoë!", 60) for y in range(1, 7)))
    # Six names of five bytes; from one to the next below: a line feed and four backspaces, or CR; one colour.
    assert least_bytes(cells_of(before), cells_of(after)) == 6 * 5 + 5 * 2 + len("\x1b[31m")


def test_blanks_take_one_clearing_of_a_line_at_most() -> None:
    before = shown(written(1, 1, "", "a b c d e f g h i j k l m", 60))
    assert least_bytes(cells_of(before), cells_of(shown(""))) == len("\r\x1b[K")


@given(st.data(), st.booleans())
def test_nothing_that_is_sent_is_below_it(data: st.DataObject, erases: bool) -> None:
    texts = st.sampled_from(["", "Ana Silva", "Zoë", "山田", "12–16w", "4m", "3 Dec", "○"])
    inks = st.sampled_from(["31", "1;38;2;243;239;230", "38;2;134;141;153", "4;31"])
    grid, expected = CellGrid(erases=erases), Emulated(60, 6)
    grid.resize(60, 6)
    frames = ["".join(written(y, 1, GROUND, " " * 60, 60) for y in range(1, 7))]
    for _ in range(data.draw(st.integers(1, 3))):
        places = data.draw(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 4)), min_size=1, max_size=20))
        frames.append(
            "".join(
                written(y, 1 + 12 * column, f"{data.draw(inks)};{GROUND}", set_cell_size(data.draw(texts), 11), 60)
                for y, column in places
            )
        )
    for frame in frames:
        before = cells_of(expected)
        assert grid.draw(frame)
        pyte.Stream(expected).feed(frame)
        assert least_bytes(before, cells_of(expected)) <= len(grid.difference().encode())
