"""SMS Import/Export: `messages.ndjson` and `calls.ndjson`, in an archive or alone, or a list in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from planner.core.evidence.seen import Seen
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.json_records import json_lines, json_value, objects_of, text_of
from planner.interchange.evidence.json_stream import JsonStream
from planner.interchange.evidence.texting import INBOX, SENT, call_seen, text_seen

_text_columns = re.compile(r'"(?:msg_box|thread_id|__sender_address|__recipient_addresses)"\s*:')
_call_columns = re.compile(r'"duration"\s*:.*"number"\s*:|"number"\s*:.*"duration"\s*:', re.DOTALL)


def _is_export(content: Content) -> bool:
    text = content.head_text
    if text[:1] not in ("{", "[") or '"date"' not in text:
        return False
    is_texts = _text_columns.search(text) is not None and ('"address"' in text or "_address" in text)
    return is_texts or _call_columns.search(text) is not None


def _read(content: Content, reader: FileReader) -> Iterator[Seen]:
    for record in _records(content):
        if (seen := _seen(record, reader)) is not None:
            yield seen


def _records(content: Content) -> Iterator[dict[str, Any]]:
    if content.head_text[:1] == "{":
        return json_lines(content)
    if not content.is_large:
        return objects_of(json_value(content))
    stream = JsonStream(content)
    return (one for _ in stream.items() for one in objects_of([stream.value()]))


def _seen(record: dict[str, Any], reader: FileReader) -> Seen | None:
    def column(name: str) -> str:
        return text_of(record.get(name))

    if "number" in record and "duration" in record:
        name = column("__display_name") or column("name")
        details = (column("type"), column("date"), column("duration"), name, column("presentation"))
        return call_seen(reader, column("number"), *details)
    if "msg_box" in record:
        return _picture_message(record, reader)
    if column("type") not in (INBOX, SENT):
        return None
    at = reader.instant_of_milliseconds(column("date"))
    return text_seen(reader, [column("address")], None, at, column("type") == SENT, column("__display_name"))


def _picture_message(record: dict[str, Any], reader: FileReader) -> Seen | None:
    """A message with pictures or to several people; its time is in seconds, that of other messages in milliseconds."""
    box = text_of(record.get("msg_box"))
    if box not in (INBOX, SENT):
        return None
    sender = _number(record.get("__sender_address"))
    recipients = record.get("__recipient_addresses")
    others = [_number(one) for one in recipients] if isinstance(recipients, list) else []
    if box == INBOX:
        # One of the recipients is me, and the file does not say which: with two or more it is a group.
        others = [sender] if len(others) <= 1 else [sender, *others]
    at = reader.instant(text_of(record.get("date")))
    return text_seen(reader, [one for one in others if one][:30], sender or None, at, box == SENT, "")


def _number(value: object) -> str:
    """The number in an address, which is a text or an object of columns."""
    return text_of(value.get("address")) if isinstance(value, dict) else text_of(value)


LAYOUT = FileLayout("SMS Import/Export", "calls", 20, _is_export, _read)
