"""The result of a verb of the desk."""

from __future__ import annotations

from planner.core.records import record


@record(frozen=True, slots=True)
class Done:
    """The result of a verb.

    `said` is the sentence that both front ends show and the history keeps. `ids` are the created rows; for a verb that
    creates none, the items or contacts it acted on. `step` is the id in the history, None when nothing was written.
    """

    said: str
    ids: tuple[int | str, ...] = ()
    step: int | None = None

    @property
    def id(self) -> int:
        """The id of the first created row."""
        first = self.ids[0]
        assert isinstance(first, int)
        return first
