"""The messages of Facebook and Instagram as JSON: one thread for each file, its texts encoded twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.core.evidence.seen import ChatLine, Handle
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.handles import name_handle, seen_key
from planner.interchange.evidence.json_records import json_value, objects_of, text_of

_LINES = frozenset({"", "Generic", "Share"})
"""Types of messages that somebody wrote; others say who joined, left or was called."""


def _is_thread(content: Content) -> bool:
    text = content.head_text
    return text[:1] == "{" and ('"sender_name"' in text or '"participants"' in text) and '"timestamp_ms"' in text


def mended(value: object) -> str:
    """A text whose UTF-8 was written as if it were Latin-1; any other text as it is."""
    text = text_of(value)
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _read(content: Content, reader: FileReader) -> Iterator[ChatLine]:
    thread = json_value(content)
    if not isinstance(thread, dict):
        return
    members = [
        handle for one in objects_of(thread.get("participants")) if (handle := name_handle(mended(one.get("name"))))
    ]
    messages = list(objects_of(thread.get("messages")))
    writers = {mended(one.get("sender_name")) for one in messages[:50_000]} - {""}
    place = text_of(thread.get("thread_path")) or " ".join(sorted({one.value for one in members} | writers))
    chat = seen_key("meta", place)
    group = text_of(thread.get("thread_type")) == "RegularGroup" or max(len(members), len(writers)) > 2
    for message in messages:
        if (line := _line(message, chat, tuple(members), reader, group=group)) is not None:
            yield line


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
