"""Telegram's `result.json`: one chat, or all of them in `chats.list`. Chats of two and private groups count.

A name may change, and several people may share it: ids decide which lines are mine, and names only without an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from planner.core.evidence.seen import Call, CallKind, ChatLine, Handle
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.handles import name_handle, seen_key, shown_name
from planner.interchange.evidence.json_records import json_value, objects_of, text_of
from planner.interchange.evidence.json_stream import JsonStream
from planner.interchange.evidence.texting import LONGEST_CALL

_GROUPS = frozenset({"private_group", "private_supergroup"})
_OF_TWO = "personal_chat"
_message = re.compile(r'"type"\s*:\s*"(?:message|service|personal_chat|private_group|private_supergroup)"')


def _is_export(content: Content) -> bool:
    text = content.head_text
    if text[:1] != "{":
        return False
    is_whole = '"chats"' in text and '"list"' in text
    return is_whole or ('"messages"' in text and _message.search(text) is not None)


def _read(content: Content, reader: FileReader) -> Iterator[ChatLine | Call]:
    if content.is_large:
        yield from _stream(JsonStream(content), reader)
        return
    whole = json_value(content)
    if not isinstance(whole, dict):
        return
    me = _my_id(whole.get("personal_information"))
    chats = [one.get("list") for one in (whole.get("chats"), whole.get("left_chats")) if isinstance(one, dict)]
    for chat in [one for listed in chats for one in objects_of(listed)] or [whole]:
        kind = text_of(chat.get("type"))
        if kind in ("", _OF_TWO) or kind in _GROUPS:
            yield from _chat(chat, objects_of(chat.get("messages")), me, reader)


def _my_id(about: object) -> str:
    number = text_of(about.get("user_id")) if isinstance(about, dict) else ""
    return f"user{number}" if number else ""


def _stream(stream: JsonStream, reader: FileReader) -> Iterator[ChatLine | Call]:
    """Like `_read`, message by message: my identity precedes the chats, and facts of a chat precede its lines."""
    me = ""
    chat: dict[str, Any] = {}
    for name in stream.members():
        if name == "personal_information":
            me = _my_id(stream.value())
        elif name in ("chats", "left_chats") and stream.peek() == "{":
            for inner in stream.members():
                if inner != "list" or stream.peek() != "[":
                    stream.skip()
                    continue
                for _ in stream.items():
                    yield from _streamed_chat(stream, me, reader)
        else:
            yield from _member(name, stream, chat, me, reader)


def _streamed_chat(stream: JsonStream, me: str, reader: FileReader) -> Iterator[ChatLine | Call]:
    chat: dict[str, Any] = {}
    if stream.peek() != "{":
        stream.skip()
        return
    for name in stream.members():
        yield from _member(name, stream, chat, me, reader)


def _member(
    name: str, stream: JsonStream, chat: dict[str, Any], me: str, reader: FileReader
) -> Iterator[ChatLine | Call]:
    """One member of a chat: its facts go into `chat`, its lines are yielded."""
    if name == "messages" and stream.peek() == "[" and text_of(chat.get("type")) in ("", _OF_TWO, *_GROUPS):
        lines = (one for _ in stream.items() for one in objects_of([stream.value()]))
        yield from _chat(chat, lines, me, reader)
    elif stream.peek() in ("{", "["):
        stream.skip()
    else:
        chat[name] = stream.value()


def _chat(
    chat: dict[str, Any], messages: Iterable[dict[str, Any]], me: str, reader: FileReader
) -> Iterator[ChatLine | Call]:
    kind, number, name = text_of(chat.get("type")), text_of(chat.get("id")), shown_name(chat.get("name"))
    key = seen_key("telegram", number or name)
    partner = name_handle(name) if kind == _OF_TWO else None
    their_id = f"user{number}" if kind == _OF_TWO and number else ""
    for message in messages:
        at = _time(message, reader)
        is_call = message.get("type") == "service" and message.get("action") == "phone_call"
        if at is None or not reader.request.is_wanted(at) or not (is_call or message.get("type") == "message"):
            continue
        role = "actor" if is_call else "from"
        writer, who = name_handle(message.get(role)), text_of(message.get(f"{role}_id"))
        if who and who in (me, their_id):
            mine = who == me
        else:
            mine = bool(who and their_id) and who.startswith("user")
        if writer is None and not mine:
            # The account was deleted.
            continue
        stamp = text_of(message.get("id")) or f"{at.isoformat()} {who or (writer.value if writer else '')}"
        line_key = seen_key("telegram", number or name, stamp)
        if is_call:
            if partner is not None and at.tzinfo is not None:
                yield _call(message, line_key, at, partner, mine=mine)
            continue
        members = (partner,) if partner is not None else ()
        yield ChatLine(line_key, key, at, None if mine else writer, members, kind in _GROUPS)


def _call(message: dict[str, Any], key: str, at: datetime, partner: Handle, *, mine: bool) -> Call:
    said = message.get("duration_seconds")
    seconds = min(max(said, 0), LONGEST_CALL) if isinstance(said, int) and not isinstance(said, bool) else 0
    kind = CallKind.OUT if mine else CallKind.IN if seconds else CallKind.MISSED
    return Call(key, at, partner, kind, seconds)


def _time(message: dict[str, Any], reader: FileReader) -> datetime | None:
    """When a message was sent: an instant, or in older exports the clock of the exporting computer."""
    if "date_unixtime" in message:
        return reader.instant(message["date_unixtime"])
    try:
        at = datetime.fromisoformat(text_of(message.get("date"))[:19])
    except ValueError:
        return None
    return at if at.tzinfo is None and 1990 <= at.year <= reader.latest.year else None


LAYOUT = FileLayout("Telegram", "chat", 20, _is_export, _read)
