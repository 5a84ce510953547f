"""What a verb of the desk gives back."""

from __future__ import annotations

from planner.core.records import record


@record(frozen=True, slots=True)
class Done:
    """What a verb did.

    `said` is the sentence that both front ends say and the history keeps. `ids` name the rows that were made; a verb
    that makes none gives the ids of the items or contacts it acted on. `step` is the id in the history, None when
    nothing was written.
    """

    said: str
    ids: tuple[int | str, ...] = ()
    step: int | None = None

    @property
    def id(self) -> int:
        """The number of the first row that was made."""
        first = self.ids[0]
        assert isinstance(first, int)
        return first
