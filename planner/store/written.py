"""What a write gives back."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Written(NamedTuple, Generic[Value]):
    """What the work of a write gave, the sentence that says it, and the id of its step in the journal.

    `step` is None where nothing was written, or nothing was journaled.
    """

    value: Value
    said: str
    step: int | None
