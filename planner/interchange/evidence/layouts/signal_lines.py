"""The output of signal-cli with `--output=json`: one envelope per line, received or sent from another device."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.core.evidence.seen import ChatLine, Handle
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.handles import name_handle, phone_handle, seen_key
from planner.interchange.evidence.json_records import json_lines, text_of


def _is_log(content: Content) -> bool:
    text = content.head_text
    return text[:1] == "{" and '"envelope"' in text and '"timestamp"' in text


def _read(content: Content, reader: FileReader) -> Iterator[ChatLine]:
    for record in json_lines(content):
        envelope = record.get("envelope")
        if isinstance(envelope, dict) and (line := _line(envelope, text_of(record.get("account")), reader)) is not None:
            yield line


def _line(envelope: dict[str, Any], account: str, reader: FileReader) -> ChatLine | None:
    sender = _who(envelope, "source", reader)
    message = envelope.get("dataMessage")
    is_sent = False
    if isinstance(synced := envelope.get("syncMessage"), dict):
        message, is_sent = synced.get("sentMessage"), True
    if not isinstance(message, dict) or not (message.get("message") or message.get("attachments")):
        # A receipt, a typing notice, a reaction.
        return None
    milliseconds = message.get("timestamp", envelope.get("timestamp"))
    at = reader.instant_of_milliseconds(milliseconds)
    group = message.get("groupInfo")
    group_id = text_of(group.get("groupId")) if isinstance(group, dict) else ""
    partner = (_who(message, "destination", reader) if is_sent else sender) if not group_id else None
    if at is None or not reader.request.is_wanted(at) or (not group_id and partner is None):
        return None
    if not is_sent and sender is None:
        return None
    chat = seen_key("signal", account, group_id or (partner.value if partner else ""))
    writer = None if is_sent or sender is None else sender
    key = seen_key("signal", milliseconds, writer.value if writer else "", chat)
    return ChatLine(key, chat, at, writer, (partner,) if partner else (), bool(group_id))


def _who(holder: dict[str, Any], role: str, reader: FileReader) -> Handle | None:
    """The person in a role: by number, else by name."""
    name = text_of(holder.get(f"{role}Name"))
    for column in (f"{role}Number", role):
        handle = phone_handle(holder.get(column), reader.request.region, name)
        if handle is not None:
            return handle
    return name_handle(name, reader.request.region)


LAYOUT = FileLayout("signal-cli", "chat", 30, _is_log, _read)
