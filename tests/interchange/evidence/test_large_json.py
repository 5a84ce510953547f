"""JSON that is too large to be held: each value as it stands, message by message, and what stands before a cut."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import Refused
from planner.interchange.evidence import content, json_stream
from planner.interchange.evidence.content import Content
from planner.interchange.evidence.json_stream import JsonStream
from tests.cases import case
from tests.interchange.evidence.runs import put, run
from tests.interchange.evidence.test_chats import AT, said

NUMBERS = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | st.text(max_size=9)
VALUES = st.recursive(SCALARS, lambda some: st.lists(some, max_size=4) | st.dictionaries(st.text(max_size=5), some))
EXPORT = {
    "about": "x" * 300,
    "personal_information": {"user_id": 1},
    "contacts": {"list": [{"name": "not a chat", "messages": [said(1)]}] * 3},
    "chats": {
        "about": "y",
        "list": [
            {"name": "Ana", "type": "personal_chat", "id": 7, "messages": [said(1), said(2, "Kari"), "x", 4]},
            {"name": "News", "type": "public_channel", "id": 8, "messages": [said(3), said(4, "Ben")]},
            "no chat",
            {"name": "Club", "type": "private_group", "id": 9, "messages": [said(5), said(6, "Ben"), said(7, "Kari")]},
        ],
    },
}
THREAD = {
    "participants": [{"name": "Zo\u00c3\u00ab"}, {"name": "Kari"}, {"name": "Ben"}],
    "messages": [
        {"sender_name": name, "timestamp_ms": AT * 1000 + number, "content": "hi " * 30, "type": "Generic"}
        for number, name in enumerate(("Zo\u00c3\u00ab", "Kari", "Zo\u00c3\u00ab"))
    ],
    "title": "Zo",
    "thread_type": "RegularGroup",
    "thread_path": "inbox/zoe_1",
}
"""As Facebook writes it: some of what a thread is stands behind its messages."""
TEXTS = [
    {"address": "90011222", "date": str(AT * 1000), "type": "1", "thread_id": "4", "body": "hi " * 50},
    {"address": "90011222", "date": str(AT * 1000 + 5000), "type": "2", "thread_id": "4"},
]


@pytest.fixture(autouse=True)
def little_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "CHUNK", 64)
    monkeypatch.setattr(json_stream, "AHEAD", 16)


def stream_of(data: bytes) -> JsonStream:
    return JsonStream(Content("x", (), lambda: io.BytesIO(data), None))


def walked(stream: JsonStream, deep: int) -> Any:
    """The value that is next, gone through member by member down to a depth."""
    begins = stream.peek()
    if begins == "{" and deep:
        return {name: walked(stream, deep - 1) for name in stream.members()}
    if begins == "[" and deep:
        return [walked(stream, deep - 1) for _ in stream.items()]
    return stream.value()


@settings(max_examples=40)
@given(VALUES, st.integers(0, 4), st.sampled_from([None, 1]), st.booleans())
def test_what_is_walked_is_what_stands_there(value: Any, deep: int, indent: int | None, plain: bool) -> None:
    data = json.dumps([value, "end"], indent=indent, ensure_ascii=plain).encode("utf-8", "replace")
    expected = json.loads(data)
    assert walked(stream_of(data), deep) == expected
    stream = stream_of(data)
    found = []
    for _ in stream.items():
        if not found:
            stream.skip()
            found.append(None)
        else:
            found.append(stream.value())
    assert found == [None, "end"]
    for cut in range(1, len(data), max(1, len(data) // 5)):
        with pytest.raises(Refused):
            walked(stream_of(data[:cut]), deep)


def test_a_large_export_gives_what_a_small_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.dumps(EXPORT)
    last = {"all chats": '"id"', "one chat": '"id"', "a thread": '"timestamp_ms"', "texts": '"thread_id"'}
    for name, data, kind, count in (
        ("all chats", whole, "chat", 5),
        ("one chat", json.dumps(EXPORT["chats"]["list"][0]), "chat", 2),  # type: ignore[index]
        ("a thread", json.dumps(THREAD), "chat", 3),
        ("texts", json.dumps(TEXTS), "calls", 2),
    ):
        with case(name):
            path = put(tmp_path / "export.json", data)
            held, _ = run(path, kind)
            assert len(held) == count
            with monkeypatch.context() as patch:
                patch.setattr(content, "MOST_HELD", 50)
                streamed, reading = run(path, kind)
                assert not reading.troubles
                assert streamed == held
                cut = put(tmp_path / "cut.json", data[: data.rindex(last[name])])
                some, reading = run(cut, kind)
                assert [one.key for one in some] == [one.key for one in held[: len(some)]]
                assert len(some) >= count - 2
                assert ["what stands before was read" in line for line in reading.troubles] == [True]
