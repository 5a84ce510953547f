"""Keys read from any bytes: nothing a terminal sends ends the reading, and the letters around it stay."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

from planner.terminal.keys import as_meant, as_typed
from planner.terminal.tolerant_input import REPLACEMENT, TolerantParser
from tests.cases import case

UNDECODABLE = {
    b"caf\xe9!": f"caf{REPLACEMENT}!",
    b"a\xc3b": f"a{REPLACEMENT}b",
    b"a\xf0\x9f\x98b": f"a{REPLACEMENT}b",
    b"a\x1b[1114112ub": f"a{REPLACEMENT}b",
    b"a\x1b[55357ub": f"a{REPLACEMENT}b",
    b"a\x1b[97;1;1114112ub": f"a{REPLACEMENT}b",
    b"a\x1b[97:65;1:3ub": f"a{REPLACEMENT}b",
    b"a\x1b[9999999Ab": f"a{REPLACEMENT}b",
    "a\u00e9b".encode(): "a\u00e9b",
}
"""What a terminal sends, and the text a person then sees in a line."""


def typed(*parts: bytes) -> str:
    """The text that keys and pastes write into a line."""
    parser, found = TolerantParser(), ""
    for part in parts:
        for message in parser.feed(part):
            if isinstance(message, events.Key) and message.is_printable:
                found += message.character or ""
            elif isinstance(message, events.Paste):
                found += message.text
    return found


def test_what_cannot_be_decoded_is_shown_as_a_replacement() -> None:
    for data, text in UNDECODABLE.items():
        with case(data):
            assert typed(data) == text
            assert typed(*(data[place : place + 1] for place in range(len(data)))) == text


@given(st.lists(st.binary(max_size=12), max_size=12))
@example([b"\x1b[200~", b"\x03"])
@example([b"\x1b[<", b"99999999999999999999;1;1M"])
def test_no_bytes_end_the_reading(parts: list[bytes]) -> None:
    parser = TolerantParser()
    for part in parts:
        list(parser.feed(part))
        list(parser.tick())
    # Ctrl+C ends a paste that never ended, escape a sequence that never did; what is typed then is read.
    list(parser.feed(b"\x03\x1b"))
    list(parser.feed(b"\x1b"))
    last = [message for message in parser.feed(b"[Aok") if isinstance(message, events.Key)]
    assert "".join(message.character or "" for message in last).endswith("ok")


SENT = {
    # Typed right behind escape
    b"\x1b1a": "escape 1 a",
    b"\x1bdx": "escape d x",
    b"\x1bd\x1b\x1bF": "escape d escape escape F",
    b"\x1b/on": "escape slash o n",
    b"\x1b\rx": "escape enter x",
    b"\x1bfx": "escape f x",
    b"\x1bbx": "escape b x",
    b"\x1b[[x": "escape left_square_bracket left_square_bracket x",
    b"\x1b[jkl": "escape left_square_bracket j k l",
    b"\x1b[un": "escape left_square_bracket u n",
    b"\x1b[12n": "escape left_square_bracket 1 2 n",
    b"\x1b[?q": "escape left_square_bracket question_mark q",
    b"\x1bOss": "escape O s s",
    b"\x1bO\rn": "escape O enter n",
    b"\x1b[\x1b[A": "escape left_square_bracket up",
    b"\x1b\x7fx": "escape backspace x",
    # What terminals send for keys
    b"\x1b[Ax": "up x",
    b"\x1b\x1b[Ax": "escape up x",
    b"\x1bOBx": "down x",
    b"\x1bOPx": "f1 x",
    b"\x1b[15~x": "f5 x",
    b"\x1b[[Ax": "f1 x",
    b"\x1b[1;5Cx": "ctrl+right x",
    b"\x1b[1;2Px": "shift+f1 x",
    b"\x1b[3~\x1b[5~\x1b[H": "delete pageup home",
    b"\x1b[Zx": "shift+tab x",
    b"\x1b\tx": "shift+tab x",
    b"\x1b[97ux": "a x",
    b"\x1b[97;5ux": "ctrl+a x",
    b"\x1b[97;;229ux": "å x",
    b"\x1b[27ux": "escape x",
    # and for all else
    b"\x1b[<0;3;4Mx": "MouseDown x",
    b"\x1b[<0;3;4mx": "MouseUp x",
    b"\x1b[<65;3;4Mx": "MouseScrollDown x",
    b"\x1b[M !!x": "x",
    b"\x1b[Ix": "AppFocus x",
    b"\x1b[Ox": "AppBlur x",
    b"\x1b[?2026;2$yx": "TerminalSupportsSynchronizedOutput x",
    b"\x1b[?1;2cx": "x",
    b"\x1b[12;5Rx": "CursorPosition x",
    b"\x1b[48;40;120;400;1200tx": "Resize x",
    b"\x1b[200~a\x1b[31mb\x1bfc\x1b[201~x": "Paste x",
    b"\x1b[201~x": "x",
}
"""What a terminal sends, and what is read of it where no line has the focus."""


def read(*parts: bytes) -> list[str]:
    """The names of what is read."""
    parser = TolerantParser()
    found: list[str] = []
    for part in parts:
        for message in parser.feed(part):
            for one in as_typed(message):
                is_key = isinstance(one, events.Key)
                found += [key.key for key in as_meant(one, False)] if is_key else [type(one).__name__]  # type: ignore[arg-type]
    return found


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """The data in pieces that begin at these places."""
    starts = sorted({place % (len(data) + 1) for place in places} | {0})
    return [data[start:stop] for start, stop in zip(starts, [*starts[1:], len(data)], strict=True)]


def test_keys_behind_escape_are_keys_and_what_terminals_send_is_read() -> None:
    for data, names in SENT.items():
        with case(data):
            assert read(data) == names.split()
            assert read(*(data[place : place + 1] for place in range(len(data)))) == names.split()


@given(st.lists(st.sampled_from(sorted(SENT)) | st.binary(max_size=6), max_size=12), st.lists(st.integers(0, 400)))
def test_however_the_line_cuts_them_the_same_keys_are_read(parts: list[bytes], places: list[int]) -> None:
    data = b"".join(parts)
    assert read(*cut(data, places)) == read(data)


def test_a_key_long_after_escape_is_that_key_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("planner.terminal.tolerant_input.monotonic", lambda: now[0])
    for begun, keys in (
        (b"\x1b", ["escape"]), (b"\x1b[", ["escape", "left_square_bracket"]), (b"\x1bO", ["escape", "O"])
    ):  # fmt: skip
        parser = TolerantParser()
        assert list(parser.feed(begun)) == []
        assert parser.waits
        assert list(parser.tick()) == []
        now[0] += 60.0
        assert [one.key for one in parser.tick() if isinstance(one, events.Key)] == keys
        assert not parser.waits
        assert [one.key for one in parser.feed(b"A") if isinstance(one, events.Key)] == ["A"]


def test_a_paste_is_one_whatever_it_holds() -> None:
    for pasted in ("a\x1b[31mred\x1b[0m" * 40, "\x1b[20", "x" * 1_000_000, "\x1b", ""):
        data = f"\x1b[200~{pasted}\x1b[201~".encode()
        with case(pasted):
            (paste,) = (one for start in range(0, len(data), 4096) for one in PARSER.feed(data[start : start + 4096]))
            assert isinstance(paste, events.Paste)
            assert paste.text == pasted


PARSER = TolerantParser()


def test_a_size_no_terminal_has_is_not_believed() -> None:
    parser = TolerantParser()
    assert not [m for m in parser.feed(b"\x1b[48;99999;99999;1;1t") if isinstance(m, events.Resize)]
    assert [m.size for m in parser.feed(b"\x1b[48;40;120;400;1200t") if isinstance(m, events.Resize)] == [(120, 40)]


def test_a_paste_whose_end_was_lost_gives_the_keys_back_at_ctrl_c() -> None:
    assert typed(b"\x1b[200~half of it", b"\x03", b"typed") == "half of ittyped"
