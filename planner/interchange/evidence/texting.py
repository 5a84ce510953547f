"""Makes records of the text messages and calls in phone backups."""

from __future__ import annotations

from datetime import datetime

from planner.core.evidence.seen import Call, CallKind, ChatLine, Handle
from planner.interchange.evidence.content import FileReader
from planner.interchange.evidence.handles import phone_handle, seen_key

INBOX, SENT = "1", "2"
"""The types of a received and of a sent text message; other types are drafts and waiting ones."""
_CALLS = {"1": CallKind.IN, "2": CallKind.OUT, "3": CallKind.MISSED}
LONGEST_CALL = 7 * 24 * 3600
"""The most seconds counted for one call."""


def call_seen(
    reader: FileReader, number: str, kind: str, milliseconds: str, seconds: str, name: str, presentation: str
) -> Call | None:
    """A call in an Android phone's log; None for a hidden number, a service code, or an impossible time.

    `kind` is 1 for an incoming call, 2 for an outgoing, 3 for a missed one; others do not count. `presentation` is 1 if
    the number was shown.
    """
    at = reader.instant_of_milliseconds(milliseconds)
    handle = phone_handle(number, reader.request.region, name) if presentation.strip() in ("", "1", "null") else None
    if at is None or handle is None:
        return None
    lasted = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 8 else 0
    key = seen_key("call", milliseconds.strip(), handle.value)
    return Call(key, at, handle, _CALLS.get(kind.strip(), CallKind.OTHER), min(lasted, LONGEST_CALL))


def text_seen(
    reader: FileReader, others: list[str], sender: str | None, at: datetime | None, mine: bool, name: str
) -> ChatLine | None:
    """A text message; None if one of `others`, the other people of its conversation, does not have a person's number.

    `sender` is the number that wrote the message; None if `others` is one number, or the message is mine.
    """
    region = reader.request.region
    found = [phone_handle(number, region, name if len(others) == 1 else "") for number in dict.fromkeys(others)]
    members = [one for one in found if one is not None]
    if at is None or not members or len(members) < len(found):
        return None
    writer: Handle | None = None
    if not mine:
        writer = members[0] if len(members) == 1 else phone_handle(sender, region)
        if writer is None:
            return None
        if all(one.value != writer.value for one in members):
            members.append(writer)
    values = sorted({one.value for one in members})
    chat = seen_key("sms", *values)
    key = seen_key("sms", int(at.timestamp()), "me" if writer is None else writer.value, *values)
    return ChatLine(key, chat, at, writer, tuple(members), len(values) > 1)
