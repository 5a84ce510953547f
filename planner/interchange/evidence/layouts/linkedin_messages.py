"""The `messages.csv` of a LinkedIn export: who wrote to whom, by profile. The owner is in every conversation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from planner.core.evidence.seen import ChatLine, Handle, HandleKind
from planner.core.records import record
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.handles import seen_key, shown_name
from planner.interchange.linkedin.beside import find_header, is_unsent, rows_with
from planner.interchange.linkedin.slugs import linkedin_slug

_COLUMNS = ("from", "sender profile url", "recipient profile urls", "date")
_MOST_OTHERS = 50


@record(frozen=True, slots=True)
class LinkedInMessage:
    """A message: its date as written, the profile and name of its writer, the profiles of the others."""

    date: str
    writer: str
    name: str
    others: tuple[str, ...]


def _is_messages(content: Content) -> bool:
    return find_header(content.head_text.split("\n", 40)[:40], *_COLUMNS) is not None


def _messages(content: Content) -> Iterator[LinkedInMessage]:
    for cells, columns in rows_with(content.source(), *_COLUMNS):
        name, sender, recipients, date = (cells[columns[column]] for column in _COLUMNS)
        others = [linkedin_slug(one) for one in re.split(r"[,;\s]+", recipients)[:_MOST_OTHERS] if one]
        writer = linkedin_slug(sender)
        if writer and not is_unsent(cells, columns):
            yield LinkedInMessage(date.strip(), writer, name, tuple(one for one in others if one))


def _read(content: Content, reader: FileReader) -> Iterator[ChatLine]:
    times: Counter[str] = Counter()
    count = 0
    for message in _messages(content):
        count += 1
        times.update({message.writer, *message.others})
    always = [slug for slug, number in times.items() if number == count]
    owner = always[0] if len(always) == 1 else None
    strange = 0
    for message in _messages(content):
        at = _time(message.date)
        if at is None or at > reader.latest:
            strange += 1
            continue
        if not message.others or not reader.request.is_wanted(at):
            continue
        people = {message.writer, *message.others}
        chat = seen_key("linkedin", *sorted(people))
        key = seen_key("linkedin", message.date, message.writer, *sorted(people))
        mine = message.writer == owner
        members = tuple(_profile(slug) for slug in message.others) if mine else ()
        writer = None if mine else _profile(message.writer, message.name)
        yield ChatLine(key, chat, at, writer, members, len(people) > 2)
    if strange:
        reader.report(f"{strange} of its messages have dates that cannot be read", "Request the export in English")


def _profile(slug: str, name: str = "") -> Handle:
    return Handle(HandleKind.PROFILE, f"linkedin.com/in/{slug}", shown_name(name))


def _time(text: str) -> datetime | None:
    """The instant of "2026-09-28 10:00:00 UTC"; None for any other text."""
    try:
        at = datetime.fromisoformat(text.removesuffix("UTC").strip())
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None and at.year >= 1990 else None


LAYOUT = FileLayout("LinkedIn messages", "chat", 40, _is_messages, _read)
