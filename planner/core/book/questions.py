"""Which questions about a card still stand after the card was read again. Pure."""

from __future__ import annotations

from typing import Any

from planner.core.book.rhythm import CADENCE
from planner.core.book.said import DATES, PHOTO, Said
from planner.core.book.three_way import ONCE
from planner.core.contact_fields import TEXTS
from planner.core.words.folding import fold


def value_of(said: Said, about: str) -> Any:
    """The value that `said` gives for a field, for the picture, or for a day of which a person has one; None or empty
    where it says nothing.
    """
    if about in ONCE:
        return next((one for one in said.get(DATES, []) if fold(one[0]) == about), None)
    if about == PHOTO:
        return said.get(PHOTO)
    return said.get(about, "" if about in _TEXTS else [])


_TEXTS = frozenset(one.attribute for one in TEXTS) | {CADENCE}


def is_settled(about: str, before: Any, theirs: Any, now: Said, held: Said) -> bool:
    """Whether a question is moot: the card took its change back, says something else, or both sides agree."""
    says = value_of(now, about)
    if about == PHOTO:
        return bool(says != theirs)
    return bool(says == before or says != theirs or says == value_of(held, about))


def is_taken_back(about: str, before: Any, now: Said) -> bool:
    """Whether the card says again what it said before the change that is asked about."""
    return bool(value_of(now, about) == before)
