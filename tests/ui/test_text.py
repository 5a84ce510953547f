"""Text of users is shown literally and harmlessly, and takes as many cells as were counted for it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color

from planner.ui.text import CONTROL_FILTER, content, cut, pad, paragraphs, plain, width, with_control_filter
from tests.cases import case

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\x9b\x07\u202e\u2066\u200f\u200d\ufe0f\u0301漢🙂👩שa[] \n\t\r"))
)
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
BLACK = Color(0, 0, 0)


@given(HOSTILE)
def test_plain_text_holds_nothing_that_acts(text: str) -> None:
    assert not UNSAFE.search(plain(text))
    assert plain(plain(text)) == plain(text)


def test_plain_text() -> None:
    for text, shown in [
        ("Ana Silva", "Ana Silva"),
        ("Zoë\nÅngström", "Zoë Ångström"),
        ("one\r\ntwo\tthree", "one two three"),
        ("\x1b]52;c;x\x07", "�]52;c;x�"),
        ("\x9b31m", "�31m"),
        ("abc\u202edef", "abc�def"),
        ("\udc80", "�"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 4),
    ]:
        with case(text, shown):
            assert plain(text) == shown


def test_paragraphs_keep_their_lines() -> None:
    assert paragraphs("one\ntwo\x1b\r\nthree\tfour") == "one\ntwo�\nthree four"


def test_markup_is_shown_as_it_was_written() -> None:
    for text in ["[@click=app.quit]press[/]", "Bob [/] x", "[red]", "\\[b]", "[", "a]b"]:
        with case(text):
            assert content(text).plain == text
            assert content(text, "bold").plain == text
            assert [span.style for span in content(text, "bold").spans] == ["bold"]
            assert content(text).spans == []


@given(HOSTILE, st.integers(-2, 40))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, cells: int) -> None:
    shown = cut(text, cells)
    assert cell_len(shown) <= max(0, cells)
    whole = plain(text)
    if cell_len(whole) <= cells:
        assert shown == whole
    elif cells > 0:
        assert shown.endswith("…")
        assert whole.startswith(shown[:-1])


@given(HOSTILE, st.integers(0, 40), st.sampled_from(["left", "right", "center"]))
def test_a_padded_text_takes_its_cells_exactly(text: str, cells: int, align: str) -> None:
    assert cell_len(pad(text, cells, align)) == cells  # type: ignore[arg-type]


def test_a_cut_never_halves_a_letter() -> None:
    for text, cells, shown in [
        ("Chidi Anagonye", 9, "Chidi An…"),
        ("Chidi Anagonye", 7, "Chidi…"),
        ("山田太郎", 5, "山田…"),
        ("山田太郎", 4, "山…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("👩\u200d👩\u200d👧 family", 4, "👩\u200d👩\u200d👧 …".replace(" …", "…")),
        ("שלום עולם", 5, "שלום…"),
        ("abc", 0, ""),
        ("abc", 1, "…"),
    ]:
        with case(text, cells, shown):
            assert cut(text, cells) == shown


def test_a_gigantic_text_is_cut_without_being_read() -> None:
    assert cut("漢" * 10_000_000, 9) == "漢漢漢漢…"
    assert width("x" * 1000) == 1000


@given(st.lists(HOSTILE, max_size=5))
def test_the_filter_lets_no_control_through(texts: list[str]) -> None:
    segments = [Segment(text, Style(bold=True)) for text in texts]
    filtered = CONTROL_FILTER.apply(segments, BLACK)
    assert [segment.style for segment in filtered] == [Style(bold=True)] * len(texts)
    assert [len(segment.text) for segment in filtered] == [len(text) for text in texts]
    # A line break and a tab stay: what draws lines has dealt with them before.
    assert not UNSAFE.search("".join(segment.text for segment in filtered).replace("\n", "").replace("\t", ""))


def test_the_filter_leaves_harmless_lines_and_control_segments_alone() -> None:
    harmless = [Segment("Ana 👩\u200d👧\u200c"), Segment("漢", Style(color="red"))]
    assert CONTROL_FILTER.apply(harmless, BLACK) is harmless
    move = Segment("\x1b[2J", None, [(ControlType.CLEAR,)])
    assert CONTROL_FILTER.apply([move, Segment("\x1b")], BLACK) == [move, Segment("�")]
    assert with_control_filter([]) == [CONTROL_FILTER]
