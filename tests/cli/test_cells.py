"""Widths of text in cells, and cutting without tearing a letter apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.cli.cells import cut, pad, width_of
from tests.cases import case


def test_width() -> None:
    for text, width in [
        ("", 0),
        ("Ana", 3),
        ("Ångström", 8),
        ("A\u030angstro\u0308m", 8),
        ("日本語", 6),
        ("한국", 4),
        ("👩\u200d💻", 2),
        ("❤\ufe0f", 2),
        ("e\u0301", 1),
        ("🇫🇷", 2),
    ]:
        with case(text, width):
            assert width_of(text) == width


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(0, 30))
def test_cut_never_takes_more_than_asked(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20))
def test_what_fits_is_not_cut(text: str) -> None:
    assert cut(text, width_of(text)) == text


def test_cut_ends_in_the_mark_and_keeps_letters_whole() -> None:
    assert cut("日本語の名前", 6) == "日本…"
    assert cut("A\u030angstro\u0308m", 4) == "A\u030ang…"
    assert cut("Ana Silva", 5) == "Ana…"


def test_pad_counts_cells() -> None:
    assert pad("日本", 6) == "日本  "
    assert pad("3", 4, right=True) == "   3"
