"""Words for the counts of a sync: "12 new, 3 changed, 1 gone, 2 to decide"."""

from __future__ import annotations

from typing import Any

from planner.core.book.said import PHOTO
from planner.core.contact_fields import FIELDS, Kind
from planner.core.dates.shown import year_day
from planner.core.words.counts import what_happened
from planner.core.words.folding import fold

NOTHING = "nothing new, nothing to decide"
GONE, IDENTITY, DUPLICATE, FOLDER, UNDONE = "gone", "identity", "duplicate", "folder", "undone"
"""Questions that are not about a field of a person."""
_LABELS = {one.attribute: one.label for one in FIELDS}
SHORT_NAMES = {one.attribute: one.word for one in FIELDS if one.kind is Kind.ADDRESSES} | {"notes": "note"}
"""Words for the subject of a question, where they differ from the field's name: "email", "note"."""


def counts_in_words(
    *,
    new: int = 0,
    changed: int = 0,
    moved: int = 0,
    gone: int = 0,
    to_write: int = 0,
    to_decide: int = 0,
    unreadable: int = 0,
) -> str:
    """The counts of a sync in words, without those that are 0."""
    return what_happened(
        (new, "new"), (changed, "changed"), (moved, "moved"), (gone, "gone"), (to_write, "to write"),
        (to_decide, "to decide"), (unreadable, "not readable yet"),
    ) or NOTHING  # fmt: skip


def field_label(name: str) -> str:
    """A field of a person in words."""
    return _LABELS.get(name, name)


def value_in_words(name: str, value: Any) -> str:
    """A value in words, to show beside the other side's: "ana@example.org, ana@work.example", "16 Jun 1988", "none"."""
    if name == PHOTO:
        return "cut off" if value == "cut" else "whole"
    if not value:
        return "none"
    if isinstance(value, str):
        return value
    if isinstance(value[0], str) and len(value) == 4 and fold(value[0]) == name:
        return year_day(value[1], value[2], value[3])
    return ", ".join(str(one[0]) if isinstance(one, list) else str(one) for one in value)


def position_words(company: str, title: str) -> str:
    """Where somebody worked, in words: "Buyer at Acme", "Acme", "Buyer"."""
    return " at ".join(part for part in (title, company) if part)
