"""The text that WhatsApp exports for a chat (`_chat.txt`, alone or in an archive), in the layouts of all phones.

The text exports of Signal look alike and are read here too; they call me "Me".

The text has no zone, no members and no name of the chat: times are on the clock of the phone, members are the writers,
and the chat is named by its file or archive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from planner.core.evidence.seen import ChatLine, Handle
from planner.errors import Refused
from planner.interchange.evidence.chats.whatsapp_times import MARK, OrderOfDate, Stamp, normal, stamp_of, time_of
from planner.interchange.evidence.content import Content, FileLayout, FileReader
from planner.interchange.evidence.handles import name_handle, seen_key, shown_name

_LONGEST_NAME = 100
_MINE = frozenset({"me", "you"})
_MOST_WRITERS = 5_000
_title = re.compile(
    r"whatsapp(?:[ _-]?chat(?:verlauf)?)?\s*(?:-|with|mit|con|avec|com|met|med|di|de)?[ _]+(?P<name>.+)$", re.IGNORECASE
)
_copy = re.compile(r"(?:\s*\(\d{1,3}\)|\s*-\s*copy|_\d{1,2})+$", re.IGNORECASE)
_quoted = re.compile('["“”„«»「」‘]')
_media = re.compile(
    r"\.[a-z0-9]{2,5}>|omitted|weggelassen|weggelaten|omitid|omis\b|omise|omess|utelämn|utelatt|udeladt|пропущен|省略|생략",
    re.IGNORECASE,
)


def _is_chat(content: Content) -> bool:
    if content.head[:1] in (b"{", b"<") or b"\0" in content.head[:64]:
        return content.head[:2] in (b"\xff\xfe", b"\xfe\xff") and _has_stamps(content)
    return _has_stamps(content)


def _has_stamps(content: Content) -> bool:
    """Whether the first line begins with a time, or two of the first lines do, and one of them names its writer."""
    lines = [normal(line) for line in content.head_text.split("\n")[:60]]
    found = [stamp_of(line) for line in lines if line.strip()]
    told = [one for one in found if one is not None]
    return (len(told) > 1 or (bool(told) and found[0] is not None)) and any(_parted(rest)[0] for _, rest in told)


def _parted(rest: str) -> tuple[str, str]:
    """(the writer of a line, its text); two empty texts for a line of WhatsApp itself."""
    name, colon, text = rest.partition(":")
    if not colon or len(name) > _LONGEST_NAME or text[:1].strip():
        # A time of day or an address within a line of WhatsApp itself. French exports have a blank before the colon.
        return "", ""
    return name.strip().removeprefix("~").strip(), text.strip()


def _told(content: Content, reader: FileReader) -> Iterator[tuple[Stamp, str, str, bool]]:
    """The lines that begin a message: (stamp, writer, digest of the text, whether WhatsApp marks it as its own)."""
    for line in content.text_lines():
        if reader.stopped():
            return
        found = stamp_of(normal(line))
        if found is None:
            continue
        stamp, rest = found
        name, text = _parted(rest)
        marked = bool(name) and f": {MARK}" in line and not _media.search(text)
        yield stamp, name, seen_key(text), marked


def _read(content: Content, reader: FileReader) -> Iterator[ChatLine]:
    order = OrderOfDate()
    names: Counter[str] = Counter()
    for stamp, name, _, marked in _told(content, reader):
        order.learn(stamp)
        if name and not marked and len(names) < _MOST_WRITERS:
            names[name] += 1
    decided = order.decided(_file_time(content, reader))
    if decided is None:
        raise Refused(
            "its dates can be read with the day or the month first",
            "Export the chat again once it holds a day after the 12th, or with dates such as 2026-11-23",
        )
    writers = _writers(names, reader)
    chat, title = _chat_of(content, set(writers))
    latest = reader.latest.astimezone(reader.request.zone).replace(tzinfo=None)
    # Three writers make a group; with two it may be a chat of two.
    i_wrote = any(name.casefold() in _MINE for name in names)
    others = {one.value for one in writers.values()}
    group = len(others) + i_wrote > 2
    partner = name_handle(title, reader.request.region) if title and not group else None
    members = (partner,) if partner is not None else tuple(writers.values()) if len(others) == 1 and i_wrote else ()
    strange = 0
    for stamp, name, text, marked in _told(content, reader):
        writer = writers.get(name)
        mine = name.casefold() in _MINE
        if marked or (writer is None and not mine):
            continue
        at = time_of(stamp, decided)
        if at is None or at > latest:
            strange += 1
        elif reader.request.is_wanted(at):
            at = at.replace(second=0)
            key = seen_key("whatsapp", at, "" if writer is None else writer.value, text)
            yield ChatLine(key, chat, at, writer, members, group)
    if strange:
        reader.report(
            f"{strange} of its lines have dates that cannot be or are still to come",
            "Check the date of this computer, or export the chat with another calendar",
        )


def _file_time(content: Content, reader: FileReader) -> datetime | None:
    made = content.modified
    return (made.astimezone(reader.request.zone) + timedelta(days=1)).replace(tzinfo=None) if made else None


def _writers(names: Counter[str], reader: FileReader) -> dict[str, Handle]:
    """The handles of the writers by name; a line such as "Ana changed the group to “Plan" is no name."""
    found = {}
    for name, times in names.items():
        if name.casefold() in _MINE:
            continue
        looks_so = len(name.split()) <= 5 and not _quoted.search(name)
        handle = name_handle(name, reader.request.region) if looks_so or times > 1 else None
        if handle is not None:
            found[name] = handle
    return found


def _chat_of(content: Content, writers: set[str]) -> tuple[str, str]:
    """The key and the title of a chat: from the name of its file or archive, else from its writers or its folder."""
    for name in (content.name, *reversed(content.place)):
        stem = _copy.sub("", name.rpartition(".")[0] if name.lower().endswith((".txt", ".zip")) else name)
        match = _title.search(normal(stem))
        if match is not None:
            title = shown_name(match["name"])
            return seen_key("whatsapp", title.casefold()), title
    if len(writers) == 2:
        return seen_key("whatsapp", *sorted(writers)), ""
    return seen_key("whatsapp", *content.place, _copy.sub("", content.name.rpartition(".")[0])), ""


LAYOUT = FileLayout("WhatsApp", "chat", 60, _is_chat, _read)
