"""Taking a typed text in a place: a program error refuses the text, and does not end the planner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from planner.errors import PlannerError, Refused
from planner.ui.port import AsksPlanner

Answer = TypeVar("Answer")


def or_refused(place: AsksPlanner, take: Callable[[str], Awaitable[Answer]]) -> Callable[[str], Awaitable[Answer]]:
    """`take`, except that a program error in it is logged and refuses the text: the line stays open."""

    async def taken(text: str) -> Answer:
        try:
            return await take(text)
        except PlannerError:
            raise
        except Exception as fault:
            if place.is_gone:
                raise
            # Most sessions have no program error.
            from planner.faults import append, places_of

            with suppress(OSError):
                if place.planner.paths is not None:
                    append(place.planner.paths.logs, "prompt", places_of(fault))
            raise Refused(f"That could not be taken ({type(fault).__name__})", "Please report it") from fault

    return taken
