"""A parsed query: conditions on fields, and words to find."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planner.core.records import record

__all__ = ["Condition", "Operator", "Query", "Range", "describe"]


class Operator(StrEnum):
    """How a condition compares its values."""

    IS = "is"
    """The folded field equals one of the values (for "has": it exists)."""
    CONTAINS = "contains"
    """The folded field contains one of the values."""
    STARTS = "starts"
    """The folded field begins with one of the values: a value still being typed."""
    WITHIN = "within"
    """A date in one of the ranges, or in one of the named states, such as no date."""


Range = tuple[date | None, date | None]
"""The first and the last day, both included; None is open. A missing date is in no range."""


@record(frozen=True, slots=True)
class Condition:
    """One filter: true when any of its values or ranges fits; `negated` inverts it.

    Values are folded text; "due" knows "late" (today is past the worst date) and "none", "last" and "added" "never",
    "rhythm" "none", "own", "circle" or a cadence in its normal form. "text" is a word to exclude, "id" a number.
    `words` describes it for a person.
    """

    field: str
    operator: Operator
    values: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    negated: bool = False
    words: str = ""


@record(frozen=True, slots=True)
class Query:
    """Conditions and folded free words; a contact must satisfy all of them."""

    conditions: tuple[Condition, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conditions or self.words)


def describe(query: Query) -> str:
    """A query in words, "in circle work, due within 2 weeks, with an open loop"; empty for everyone."""
    parts = [condition.words for condition in query.conditions]
    if query.words:
        parts.append("with " + " and ".join(f"“{word}”" for word in query.words))
    return ", ".join(parts)
