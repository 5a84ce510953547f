"""Columns share a line to the cell, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from planner.ui.widgets.rows import Column, bar, clip, fit, lay, level, measure, needs_of, spread
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


def drawn(columns: tuple[Column, ...], rows: list[tuple[str, ...]], width: int, place: int = 0) -> str:
    """One of some rows as a line, in columns fitted to all of them."""
    widths = fit(columns, width, 2, needs_of(rows))
    return "".join(segment.text for segment in lay([(text, Style()) for text in rows[place]], columns, widths))


def test_columns_grow_as_far_as_their_texts_and_names_come_first() -> None:
    columns = (Column(4, first=True, most=60), Column(8, share=1, rank=1), Column(6, align="right"))
    rows = [("Wilhelmina Charlotte", "every two weeks", "3d past"), ("Bo", "lunch", "due tomorrow")]
    wide = [drawn(columns, rows, 60, place) for place in (0, 1)]
    assert wide[0] == "Wilhelmina Charlotte  every two weeks" + " " * 16 + "3d past"
    assert wide[1].endswith("due tomorrow")
    assert {len(line) for line in wide} == {60}
    # Where not everything has room the name keeps its letters before the words beside it.
    assert drawn(columns, rows, 44).startswith("Wilhelmina Charlotte  every tw")
    assert "…" in drawn(columns, rows, 30)


def test_nothing_is_cut_beside_empty_cells() -> None:
    columns = (Column(6), Column(5, share=1), Column(9, align="right"))
    for texts, width, expected in [
        (("Wilhelmina", "", "today"), 30, "Wilhelmina" + " " * 15 + "today"),
        (("Bo", "a long line of words", ""), 28, "Bo      a long line of words"),
        (("Bo", "every two weeks", "Fri"), 28, "Bo      every two weeks  Fri"),
        (("Bo", "a long line of words", "today"), 28, "Bo      a long line…   today"),
    ]:
        with case(texts, width):
            line = "".join(one.text for one in lay([(text, Style()) for text in texts], columns, fit(columns, width)))
            assert line.rstrip() == expected.rstrip()


def test_a_text_that_takes_the_empty_cells_behind_it_leaves_names_their_room() -> None:
    columns = (Column(4, first=True, most=60), Column(8, share=1, rank=1), Column(6, align="right"))
    rows = [("Karim & Louise Bouvier", "passed it on", ""), ("Bo", "last in touch 7 months ago", "")]
    widths = fit(columns, 52, 2, needs_of(rows, (), 8))
    lines = ["".join(one.text for one in lay([(text, Style()) for text in row], columns, widths)) for row in rows]
    assert lines[0].startswith("Karim & Louise Bouvier  passed it on")
    assert "last in touch 7 months ago" in lines[1]


def test_of_two_columns_that_would_be_cut_the_lesser_one_is_left_out() -> None:
    columns = (Column(6, first=True), Column(10, share=4, most=40, rank=1), Column(8, share=2, most=40, rank=2),
               Column(5, rank=1))  # fmt: skip
    texts = ("Ana Silva", "Port of Lyon Harbour", "climbing, neighbours", "4w")
    for width, expected in [(40, (9, 20, 0, 5)), (70, (9, 20, 20, 5)), (30, (9, 12, 0, 5))]:
        with case(width):
            assert fit(columns, width, 2, needs_of([texts])) == expected


def test_a_column_that_bends_gives_its_empty_cells_to_a_text_that_would_be_cut_and_takes_some_for_its_own() -> None:
    columns = (Column(12, bends=True), Column(10, share=1), Column(6, align="right"))
    for cells, shown in (
        (("loan", "bring back the old tent", "18 Dec"), "loan  bring back the old tent  18 Dec"),
        (("an introduction", "to SNCF", ""), "an introduction  to SNCF"),
        (("loan", "a tent", "Fri"), "loan          a tent              Fri"),
        (("loan", "bring back the old tent with its pegs", "18 Dec"), "loan          bring back the…  18 Dec"),
    ):
        with case(cells):
            drawn = lay([(text, Style()) for text in cells], columns, (12, 15, 6))
            assert "".join(segment.text for segment in drawn).rstrip() == shown
