"""Columns share a line to the cell, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from planner.ui.widgets.rows import Column, bar, clip, fit, lay, level, measure, spread
from tests.cases import case

TEXT = st.text(st.sampled_from("ab 漢שe\u0301👩\u200d👧🙂"), max_size=20)
COLUMNS = st.lists(
    st.builds(
        Column,
        width=st.integers(1, 12),
        share=st.integers(0, 3),
        most=st.none() | st.integers(12, 20),
        align=st.sampled_from(["left", "right"]),
        rank=st.integers(0, 3),
        gap=st.none() | st.integers(0, 3),
    ),
    min_size=1,
    max_size=6,
)


@given(COLUMNS, st.integers(0, 120), st.integers(0, 3), st.data())
def test_a_line_takes_its_width_and_no_more(columns: list[Column], width: int, gap: int, data: st.DataObject) -> None:
    widths = fit(columns, width, gap)
    cells = [(data.draw(TEXT), Style()) for _ in columns]
    line = lay(cells, columns, widths, gap=gap)
    assert measure(line) <= width
    kept = [column for column, cell in zip(columns, widths, strict=True) if cell]
    if any(column.share and column.most is None for column in kept) and len(kept) == len(columns):
        assert measure(line) == width


def test_columns_of_high_rank_are_left_out_first() -> None:
    for width, expected in [(40, (1, 9, 18, 6)), (27, (1, 9, 5, 6)), (26, (1, 0, 15, 6)), (5, (1, 0, 0, 0))]:
        with case(width, expected):
            columns = (Column(1), Column(9, rank=2), Column(5, share=1), Column(6, align="right", rank=1))
            assert fit(columns, width) == expected


def test_spare_width_is_shared() -> None:
    assert fit((Column(2, share=1), Column(2, share=3)), 42, 2) == (11, 29)
    assert fit((Column(2, share=1, most=5), Column(2, share=1)), 42, 2) == (5, 35)


@given(st.lists(TEXT, max_size=5), st.integers(0, 50))
def test_a_clipped_line_is_exact(texts: list[str], width: int) -> None:
    assert measure(clip([Segment(text) for text in texts], width)) == width


def test_a_clipped_line_says_that_it_was_cut() -> None:
    line = [Segment("Ana"), Segment(" Silva")]
    assert "".join(segment.text for segment in clip(line, 6)) == "Ana S…"
    assert "".join(segment.text for segment in clip(line, 3)) == "An…"
    assert "".join(segment.text for segment in clip(line, 10)) == "Ana Silva "


@given(TEXT, TEXT, st.integers(0, 60))
def test_left_and_right_parts_fill_a_line(left: str, right: str, width: int) -> None:
    assert measure(spread([Segment(left)], [Segment(right)], width)) == width


@given(st.integers(-2, 50), st.integers(0, 50), st.integers(0, 20))
def test_a_bar_is_empty_for_nothing_and_full_for_all_alone(part: int, whole: int, cells: int) -> None:
    full = level(part, whole, cells)
    assert 0 <= full <= cells
    if cells > 1 and whole > 0:
        assert (full == 0) == (part <= 0)
        assert (full == cells) == (part >= whole)
    assert measure(bar(part, whole, cells, ("▮", "▯"), (Style(), Style()))) == cells
