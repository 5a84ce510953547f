"""The result of a write."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Written(NamedTuple, Generic[Value]):
    """The result of a write's work, its sentence, and the id of its step in the journal.

    `step` is None where nothing was written or journaled.
    """

    value: Value
    said: str
    step: int | None
