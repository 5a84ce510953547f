"""What a query asks for: conditions on fields, and words to find."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planner.core.records import record

__all__ = ["Condition", "Operator", "Query", "Range", "describe"]


class Operator(StrEnum):
    """How the values of a condition are compared."""

    IS = "is"
    """The folded field equals one of the values (for "has": there is one)."""
    CONTAINS = "contains"
    """The folded field holds one of the values somewhere."""
    STARTS = "starts"
    """The folded field begins with one of the values: a value that is still being typed."""
    WITHIN = "within"
    """A date in one of the ranges, or one of the values that stand for a state or for no date."""


Range = tuple[date | None, date | None]
"""The first and the last day, both included; None is open. A missing date is in no range."""


@record(frozen=True, slots=True)
class Condition:
    """One filter: true when any of its values or ranges fits, turned round by `negated`.

    Values are folded text; "due" knows "late" (today is past the worst date) and "none", "last" and
    "added" "never", "rhythm" "none", "own", "circle" or a cadence in its normal form. "text" is a
    word to leave out, "id" a number. `words` says it for a person.
    """

    field: str
    operator: Operator
    values: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    negated: bool = False
    words: str = ""


@record(frozen=True, slots=True)
class Query:
    """Conditions and folded free words; all of them have to hold."""

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
