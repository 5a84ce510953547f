"""What happened between a contact and me, and what remains to be done."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planner.core.records import record


class Outcome(StrEnum):
    """The outcome of an interaction."""

    REACHED = "reached"
    ATTEMPT = "attempt"
    PLANNED = "planned"


class Direction(StrEnum):
    """Who reached out in an interaction."""

    ME = "me"
    THEM = "them"
    BOTH = "both"


CHANNELS = ("call", "coffee", "meal", "mail", "message", "meeting", "letter", "video", "event", "visit", "other")
WRITTEN_CHANNELS = frozenset({"mail", "message", "letter"})


@record(frozen=True, slots=True)
class Interaction:
    """Something that happened, was tried or is planned on a civil date."""

    id: int
    on: date
    channel: str
    direction: Direction
    outcome: Outcome
    note: str = ""
    contacts: tuple[tuple[int, str], ...] = ()
    """(id, name) of everyone in it."""
    answered_on: date | None = None
    version: int = 1
    loop: str = ""
    """The loop it was a step of: "v3" a favor, "n1" a need, "t2" an introduction; empty if none."""
    source: str = ""
    """Where it was seen, in words: "watched folder Mail"; empty for an interaction that a person wrote down."""


@record(frozen=True, slots=True)
class FollowUp:
    """A dated to-do about a contact; `repeat` is an org repeater or an RRULE, `on` its anchor."""

    id: int
    contact_id: int
    text: str
    on: date
    repeat: str = ""
    done_on: tuple[date, ...] = ()
    closed_on: date | None = None
    version: int = 1
