"""Favors: entries of the ledger, given or received."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planner.core.records import record


class FavorDirection(StrEnum):
    """Whether I help (given) or am helped (received)."""

    GIVEN = "given"
    RECEIVED = "received"


class FavorState(StrEnum):
    """The states of a favor: asked → promised → done → thanked → told, or a way out."""

    ASKED = "asked"
    PROMISED = "promised"
    DONE = "done"
    ALTERNATIVE = "alternative"
    DECLINED = "declined"
    THANKED = "thanked"
    TOLD = "told"
    RESTED = "rested"
    IDEA = "idea"
    """A gift I think of giving; nothing is promised."""


FAVOR_KINDS = (
    "introduction", "advice", "referral", "reference", "information",
    "feedback", "time", "loan", "gift", "other",
)  # fmt: skip
WAYS_OUT = ("later", "smaller", "introduce", "resource", "advice", "network")


@record(frozen=True, slots=True)
class Favor:
    """An entry of the ledger."""

    id: int
    contact_id: int
    direction: FavorDirection
    kind: str
    state: FavorState
    note: str = ""
    asked_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    thanked_on: date | None = None
    told_on: date | None = None
    closed_on: date | None = None
    """The day it was declined, dropped or answered with something else."""
    way_out: str = ""
    way_out_note: str = ""
    nudges: tuple[date, ...] = ()
    contact_name: str = ""
    version: int = 1
    need_id: int | None = None
    introduction_id: int | None = None
    home_by: date | None = None
    """The day a loan should be returned, lent or borrowed."""
    home_on: date | None = None
    """The day it was returned."""
    occasion: str = ""
    """The occasion of a gift: a kind of day of the year, such as "birthday", or other words."""
    not_about_on: date | None = None
    """For an ask: letters of theirs up to this day were about something else."""
