"""The messages of Facebook and Instagram as JSON: one thread per file, with its texts encoded twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from planner.core.evidence.seen import ChatLine, Handle
from planner.errors import Refused
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.handles import name_handle, seen_key
from planner.interchange.evidence.json_records import json_value, objects_of, text_of
from planner.interchange.evidence.json_stream import JsonStream

_LINES = frozenset({"", "Generic", "Share"})
"""Types of messages that a person wrote; other types say who joined, left or was called."""
_ABOUT = frozenset({"participants", "thread_path", "thread_type"})
WRITERS = "writers"
"""An added member of a thread: the names of the people who write in it."""
MOST_LOOKED_AT = 50_000
"""How many messages of a thread are searched for the names of its writers."""


def _is_thread(content: Content) -> bool:
    text = content.head_text
    return text[:1] == "{" and ('"sender_name"' in text or '"participants"' in text) and '"timestamp_ms"' in text


def mended(value: object) -> str:
    """A text whose UTF-8 was written as if it were Latin-1, repaired; any other text as it is."""
    text = text_of(value)
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _read(content: Content, reader: FileReader) -> Iterator[ChatLine]:
    if content.is_large:
        thread, messages = _about(content), _streamed(content)
    else:
        whole = json_value(content)
        if not isinstance(whole, dict):
            return
        messages = objects_of(whole.get("messages"))
        thread = {**whole, WRITERS: _writers_of(objects_of(whole.get("messages")))}
    members = tuple(
        handle for one in objects_of(thread.get("participants")) if (handle := name_handle(mended(one.get("name"))))
    )
    writers: set[str] = thread[WRITERS]
    place = text_of(thread.get("thread_path")) or " ".join(sorted({one.value for one in members} | writers))
    chat = seen_key("meta", place)
    group = text_of(thread.get("thread_type")) == "RegularGroup" or max(len(members), len(writers)) > 2
    for message in messages:
        if (line := _line(message, chat, members, reader, group=group)) is not None:
            yield line


def _writers_of(messages: Iterable[dict[str, Any]]) -> set[str]:
    return {mended(one.get("sender_name")) for one in islice(messages, MOST_LOOKED_AT)} - {""}


def _about(content: Content) -> dict[str, Any]:
    """The members of a thread and its writers, without its messages: some members come after them.

    For a truncated thread, everything before the cut.
    """
    found: dict[str, Any] = {WRITERS: set()}
    stream = JsonStream(content)
    with suppress(Refused):
        for name in stream.members():
            if name == "messages" and stream.peek() == "[":
                items = stream.items()
                for _ in islice(items, MOST_LOOKED_AT):
                    found[WRITERS] |= _writers_of(objects_of([stream.value()]))
                for _ in items:
                    # Faster than skipping it member by member.
                    stream.value()
            elif name in _ABOUT:
                found[name] = stream.value()
            else:
                stream.skip()
    return found


def _streamed(content: Content) -> Iterator[dict[str, Any]]:
    stream = JsonStream(content)
    for name in stream.members():
        if name == "messages" and stream.peek() == "[":
            for _ in stream.items():
                yield from objects_of([stream.value()])
        else:
            stream.skip()


def _line(
    message: dict[str, Any], chat: str, members: tuple[Handle, ...], reader: FileReader, *, group: bool
) -> ChatLine | None:
    at = reader.instant_of_milliseconds(message.get("timestamp_ms"))
    writer = name_handle(mended(message.get("sender_name")))
    if at is None or writer is None or not reader.request.is_wanted(at):
        return None
    if text_of(message.get("type")) not in _LINES or "call_duration" in message:
        return None
    key = seen_key("meta", message.get("timestamp_ms"), writer.value)
    return ChatLine(key, chat, at, writer, members, group)


LAYOUT = FileLayout("Facebook or Instagram", "chat", 10, _is_thread, _read)
