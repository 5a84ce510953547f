"""`your_friends.json` of a Facebook export: names, and the day each friendship began.

The texts are UTF-8 read as Latin-1 and escaped: `MÃ¼ller`. Each is repaired separately.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from planner.core.model import ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.format import Format, Head, ReadRequest
from planner.interchange.json.files import line_of, load_json, mapping_of
from planner.interchange.record_keys import record_key
from planner.interchange.text import Item, Source

_LISTS = ("friends_v2", "friends")


def _is_friends(head: Head) -> bool:
    text = head.text
    return text.lstrip("\ufeff \n\t").startswith("{") and any(f'"{name}"' in text[:2000] for name in _LISTS)


def repaired(text: str) -> str:
    """Repair UTF-8 that was read as Latin-1; leave any other text alone."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _read(source: Source, reading: ReadRequest) -> Iterator[Item]:
    """The friends of an export. The `line` of each is its position in the list, from 1."""
    content = mapping_of(load_json(source))
    friends = next((content[name] for name in _LISTS if isinstance(content.get(name), list)), None)
    if friends is None:
        raise Refused(f"{source.name} holds no list of friends", "Choose your_friends.json of a Facebook export.")
    for place, friend in enumerate(friends, 1):
        entry = mapping_of(friend)
        raw = entry.get("name")
        name = line_of(repaired(raw)) if isinstance(raw, str) else ""
        if not name:
            yield Rejected(source.name, place, "the entry has no name")
            continue
        stamp = entry.get("timestamp")
        stamp = stamp if isinstance(stamp, int) and not isinstance(stamp, bool) and 0 < stamp < 10**10 else 0
        yield ImportedContact(
            name=name,
            source="facebook",
            keys=(record_key("facebook", name, str(stamp)),),
            met_on=datetime.fromtimestamp(stamp, UTC).date() if stamp else None,
            dated_on=source.dated_on,
            file=source.name,
            line=place,
        )


FORMAT = Format(
    "facebook",
    "Facebook friends",
    is_it=_is_friends,
    read=_read,
    files="the zip, its folder, `your_friends.json`",
    brings="names, repaired, and since when",
    record_mark=b'"TIMESTAMP"',
    names=("your_friends.json", "friends.json"),
)
