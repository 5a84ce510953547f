"""The facts that a keep-in-touch date is derived from."""

from __future__ import annotations

from datetime import date

from planner.core.model.people import Mode, Status
from planner.core.records import record

FOREVER = date(9999, 12, 31)
"""The end of a pause or a hiding without an end."""


@record(frozen=True, slots=True)
class CircleCadence:
    """What a circle means for one member: its cadence, since when for this member, and its pause."""

    name: str
    cadence: str | None = None
    since: date | None = None
    """The later of the day the circle's cadence was set and the day the contact joined."""
    paused_until: date | None = None
    phase: date | None = None
    """The day the circle's cadence was set: a rule falls on the same days for all members. None: `since`."""


@record(frozen=True, slots=True)
class Snooze:
    """A hiding of one rhythm until a day, made on a day for a cadence (see `EffectiveCadence.key`)."""

    id: int
    until: date
    made_on: date
    made_for: str = ""

    @property
    def ends(self) -> bool:
        """Whether it hides nothing and ends what hid the item before: a move to a day, or a skip."""
        return self.until <= self.made_on


@record(frozen=True, slots=True)
class RhythmFacts:
    """Every fact the keep-in-touch date of one contact is derived from."""

    contact_id: int
    uid: str
    mode: Mode = Mode.RHYTHM
    status: Status = Status.ACTIVE
    cadence: str | None = None
    """The contact's own cadence text; None inherits from the circles, "none" means no cadence."""
    cadence_since: date | None = None
    """The day the own cadence was set; without one, the day the contact went back to the circles'."""
    circles: tuple[CircleCadence, ...] = ()
    spread: bool = False
    """Came in with an import of many: a first due date is spread over the interval."""
    returned_on: date | None = None
    """The day the contact came back from the archive or from another mode."""
    paused_until: date | None = None
    reached: tuple[date, ...] = ()
    seen: tuple[date, ...] = ()
    """Those of `reached` that nobody wrote down: mail, a calendar, calls or chats show them."""
    attempts: tuple[date, ...] = ()
    """Days I tried and had no answer."""
    wrote: tuple[date, ...] = ()
    """Days I wrote about a loop (told, asked, nudged, thanked): they wait for an answer like an attempt, but are none
    of three in a row."""
    planned: tuple[date, ...] = ()
    """Days of the interactions that are planned and not yet settled."""
    snoozes: tuple[Snooze, ...] = ()
    skips: tuple[date, ...] = ()
