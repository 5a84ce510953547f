"""Blocks of lines, encodings and tables, under limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.interchange import text
from planner.interchange.text import FileRow, line_blocks, marked_encoding, raw_blocks, table_rows, text_lines
from tests.cases import case
from tests.interchange.helpers import source


def joined(data: bytes) -> str:
    """All lines of the blocks."""
    return "\n".join(block for block, _ in line_blocks(source(data)))


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b"a", b"\xc3\xa9", b" ", b"\x1b"]), max_size=40),
    st.integers(1, 7),
)
def test_blocks_of_any_size_give_the_same_lines(pieces: list[bytes], size: int) -> None:
    data = b"".join(pieces)
    whole = joined(data).rstrip("\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "BLOCK", size)
        assert joined(data).rstrip("\n") == whole
    assert "\r" not in whole


def test_a_beginning_that_is_cut_in_a_letter_is_read_as_what_it_is() -> None:
    for whole in ("Zoë, Ærø; привет\n", "مرحبا\n", "안녕 🎉 你好\n"):
        data = whole.encode()
        for length in range(1, len(data) + 1):
            with case(length):
                found = text.text_of(data[:length]).rstrip("\ufffd")
                assert whole.startswith(found)
    assert text.text_of("Zoë Bjørk, Århus, Ærø".encode("cp1252")) == "Zoë Bjørk, Århus, Ærø"


def test_unsafe_blocks_are_told() -> None:
    for data, unsafe in [
        (b"plain\n\ttext", False),
        ("Zoë".encode(), False),
        (b"a\x1bb", True),
        ("a\u202eb".encode(), True),
        (b"Zo\xeb", True),
        (b"a\x7fb", True),
    ]:
        assert any(flag for _, flag in line_blocks(source(data))) is unsafe


def test_a_line_beyond_every_limit_is_cut_still_too_long() -> None:
    lines = joined(b"a\n" + b"x" * 3_000_000 + b"\nb\n" + b"y" * 3_000_000).split("\n")
    assert [lines[0], lines[2]] == ["a", "b"]
    assert all(text.LINE_LIMIT < len(line) < 1_000_000 for line in (lines[1], lines[3]))


def test_what_is_too_large_is_refused_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "FILE_LIMIT", 1000)
    assert sum(map(len, raw_blocks(source(b"x" * 1000)))) == 1000
    with pytest.raises(Refused, match="larger than"):
        list(raw_blocks(source(b"x" * 1001)))


def test_the_encoding_of_a_table() -> None:
    for encoding, guessed in [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]:
        with case(encoding, guessed):
            lines, remark = text_lines(source("Zoë,1\r\nAna,2".encode(encoding)))
            assert list(lines) == ["Zoë,1", "Ana,2"]
            assert bool(remark) is guessed


class TestTable:
    def test_records_over_several_lines_keep_their_number(self) -> None:
        lines = iter(["a,b", '"x', 'y",z', "", "c,d"])
        assert list(table_rows(lines, ",", 10)) == [
            FileRow(10, ["a", "b"]),
            FileRow(11, ["x\ny", "z"]),
            FileRow(14, ["c", "d"]),
        ]

    def test_a_quote_never_closed_costs_one_line(self) -> None:
        rows = list(table_rows(iter(["a,b", '"x,y', "c,d", "e,f"]), ","))
        assert [row.cells for row in rows] == [["a", "b"], [], ["c", "d"], ["e", "f"]]
        assert [row.line for row in rows] == [1, 2, 3, 4]
        assert rows[1].error == "a quote is never closed"

    def test_a_giant_line_costs_itself(self) -> None:
        rows = list(table_rows(iter(["x" * 70_000, "c,d"]), ","))
        assert [row.cells for row in rows] == [[], ["c", "d"]]

    @given(st.lists(st.text(alphabet='ab,"\n;\0 ', max_size=12), max_size=30))
    def test_anything_is_read_without_error_and_no_line_is_counted_twice(self, lines: list[str]) -> None:
        flat = "\n".join(lines).split("\n")
        rows = list(table_rows(iter(flat), ","))
        assert all(1 <= row.line <= len(flat) for row in rows)
        assert [row.line for row in rows] == sorted({row.line for row in rows})


def test_a_file_of_countless_empty_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LINES_LIMIT", 1000)
    assert joined(b"\n" * 1000)
    with pytest.raises(Refused, match="more than 1,000 lines"):
        joined(b"\n" * 1001)


def test_a_stray_nul_makes_no_text_of_two_bytes_a_letter() -> None:
    header = b"First Name,Last Name,URL,Connected On\n"
    for data in (header + b"\0", b"\0" + header, header * 3 + b"\0" * 4, b"a,b\n\0"):
        with case(data):
            assert marked_encoding(data) is None
    chinese = "姓名,公司\n王小明,北京银行\n李雷,上海机场\n"
    for words in ("First Name,Last Name\nZoë,Bell\n", chinese, "имя,город\nИван,Пермь\n", "a\n"):
        for codec in ("utf-16-le", "utf-16-be"):
            with case(words, codec):
                assert marked_encoding(words.encode(codec)) == (codec, 0)
