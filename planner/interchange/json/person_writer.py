"""Everything held about one person, for them to have: as JSON for programs, as Markdown for reading."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from planner.core.contact_fields import address_words
from planner.core.dates.shown import year_day
from planner.core.words.folding import clean

Rows = tuple[tuple[str, dict[str, Any]], ...]
NamesByKind = Mapping[str, Mapping[int, str]]
"""The names of the "people", "circles" and "needs" that ids in the rows refer to, by kind and id."""
TITLES = {
    "contact": "Person",
    "identity": "Known from other address books",
    "address": "Addresses",
    "membership": "Circles",
    "contact_date": "Days of the year",
    "acquaintance": "Who knows whom",
    "interaction": "In touch",
    "participation": "Who took part",
    "follow_up": "Follow-ups",
    "follow_up_done": "Follow-ups done",
    "favor": "Help given and received",
    "nudge": "Reminders sent",
    "told": "Told about a need",
    "need_for": "Needs of theirs on my board",
    "through": "Known through",
    "introduction": "Introductions",
    "not_these": "Not to be introduced",
    "doubt": "Perhaps the same person",
    "newcomer": "Came with a file",
    "snooze": "Put off",
    "skip": "Rounds left out",
    "chosen_day": "Days chosen by hand",
    "evidence": "Seen in mail, calendars, calls and chats",
    "evidence_mode": "What counts as contact",
    "known_as": "Also known as",
    "card": "What cards and files said",
    "book_question": "To decide about cards",
    "former_position": "Worked before",
}
"""The heading by table, in the order of writing."""
_INNER = frozenset({"version", "uid", "folded", "about", "position", "key", "digest", "typed", "answers", "at", "seen"})
"""Columns only for searching and comparing. Markdown leaves them out; JSON has them."""
_SIDES = ("one_id", "other_id")
_special = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


def as_json(rows: Rows, called: NamesByKind, elsewhere: tuple[str, ...]) -> bytes:
    """The rows by table, the names that their ids refer to, and the places `elsewhere` with further data."""
    content: dict[str, Any] = {name: [row for table, row in rows if table == name] for name in TITLES}
    content["names"] = {kind: {str(key): name for key, name in sorted(named.items())} for kind, named in called.items()}
    content["elsewhere"] = list(elsewhere)
    return f"{json.dumps(_cleaned(content), ensure_ascii=False, indent=2)}\n".encode()


def as_markdown(rows: Rows, called: NamesByKind, elsewhere: tuple[str, ...]) -> bytes:
    """A page with a section for each kind of fact, and in it a list for each fact."""
    return "".join(f"{line}\n" for line in _page(rows, called, elsewhere)).encode()


def _page(rows: Rows, called: NamesByKind, elsewhere: tuple[str, ...]) -> Iterator[str]:
    (person,) = (row for table, row in rows if table == "contact")
    yield f"# {_marked(person['name'])}"
    names = _names(rows, called)
    for table, title in TITLES.items():
        found = [row for name, row in rows if name == table]
        if not found:
            continue
        yield ""
        yield f"## {title}"
        for row in found:
            yield ""
            for column, value in row.items():
                if value in (None, "", False) or column in _INNER or column == "id":
                    continue
                if column == "contact_id" and value == person["id"]:
                    # The page is about one person: no line repeats the name.
                    continue
                if table == "address" and column == "value":
                    value = address_words(row["kind"], value)
                if column == "month_day":
                    value = year_day(value // 100, value % 100)
                elif column.endswith("_id"):
                    value = names[column].get(value)
                    if value is None:  # a fact about others, which the person must not get
                        continue
                yield f"- {column.removesuffix('_id').replace('_', ' ')}: {_marked(value)}"
    yield ""
    yield "## Elsewhere"
    yield ""
    for place in elsewhere:
        yield f"- {_marked(place)}"


def _names(rows: Rows, named: NamesByKind) -> dict[str, Mapping[int, str]]:
    """The names that ids refer to, by column and id: the same number means another row in each column."""

    people = named["people"]

    def called(table: str, words: Callable[[dict[str, Any]], Iterable[Any]]) -> dict[int, str]:
        return {row["id"]: ", ".join(str(part) for part in words(row) if part) for name, row in rows if name == table}

    return {
        **dict.fromkeys(("contact_id", "other_id", "one_id", "passed_to_id", "known_id", "heard_from_id"), people),
        "circle_id": named["circles"],
        "need_id": named["needs"],
        # The path of a mailbox is the user's business, not the person's.
        "watched_id": {},
        "book_id": {},
        "card_id": {},
        "interaction_id": called("interaction", lambda row: (row["on"], row["channel"], row["note"])),
        "follow_up_id": called("follow_up", lambda row: (row["on"], row["text"])),
        "favor_id": called("favor", lambda row: (row["direction"], row["kind"], row["note"])),
        "introduction_id": called(
            "introduction", lambda row: (row["created_on"], " and ".join(people[row[side]] for side in _SIDES))
        ),
    }


def _marked(value: Any) -> str:
    """A value as literal text on one line of Markdown."""
    text = " / ".join(line.strip() for line in clean(str(value)).splitlines() if line.strip())
    return _special.sub(r"\\\1", text) if isinstance(value, str) and not _is_plain(text) else text


def _is_plain(text: str) -> bool:
    """Whether a text has no Markdown characters: only words, numbers and dates."""
    return re.fullmatch(r"(?:[\w .,:@'/]|(?<=\w)-(?=\w))*", text) is not None and "_" not in text


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value
