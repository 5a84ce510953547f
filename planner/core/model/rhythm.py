"""The facts from which a keep-in-touch date is derived."""

from __future__ import annotations

from datetime import date

from planner.core.model.people import Mode, Status
from planner.core.records import record

FOREVER = date(9999, 12, 31)
"""The end of a pause or a hiding without an end."""


@record(frozen=True, slots=True)
class CircleCadence:
    """A circle's rhythm for one member: its cadence, since when it applies to this member, and its pause."""

    name: str
    cadence: str | None = None
    since: date | None = None
    """The later of two days: when the circle got its cadence, and when the contact joined."""
    paused_until: date | None = None
    phase: date | None = None
    """The day the circle got its cadence, so that a rule falls on the same days for all members. None: `since`."""


@record(frozen=True, slots=True)
class Snooze:
    """Hides one rhythm until a day; made on a day, for one cadence (see `EffectiveCadence.key`)."""

    id: int
    until: date
    made_on: date
    made_for: str = ""

    @property
    def ends(self) -> bool:
        """Whether it hides nothing and ends an earlier hiding: a move to a day, or a skip."""
        return self.until <= self.made_on


@record(frozen=True, slots=True)
class RhythmFacts:
    """Every fact from which the keep-in-touch date of one contact is derived."""

    contact_id: int
    uid: str
    mode: Mode = Mode.RHYTHM
    status: Status = Status.ACTIVE
    cadence: str | None = None
    """The contact's own cadence text; None inherits from the circles, "none" means no cadence."""
    cadence_since: date | None = None
    """The day the contact's own cadence was set; without one, the day the contact went back to the circles' cadence."""
    circles: tuple[CircleCadence, ...] = ()
    spread: bool = False
    """Whether the contact came with an import of many: the first due date is then spread over the interval."""
    returned_on: date | None = None
    """The day the contact came back from the archive or from another mode."""
    paused_until: date | None = None
    reached: tuple[date, ...] = ()
    seen: tuple[date, ...] = ()
    """The days in `reached` that nobody wrote down: mail, a calendar, calls or chats show them."""
    attempts: tuple[date, ...] = ()
    """Days on which I tried without an answer."""
    wrote: tuple[date, ...] = ()
    """Days on which I wrote about a loop (told, asked, nudged, thanked): like attempts they wait for an answer, but
    they do not count towards three in a row.
    """
    planned: tuple[date, ...] = ()
    """Days of planned interactions that are not settled yet."""
    snoozes: tuple[Snooze, ...] = ()
    skips: tuple[date, ...] = ()
