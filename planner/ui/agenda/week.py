"""What the agenda reads of a week. The thread of the database loads this while the screen is still being made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.core.model import Agenda, Hidden
from planner.core.records import record
from planner.ui.agenda.below_today import BelowToday, with_below

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.values import Counts


@record(frozen=True, slots=True)
class WeekRead:
    """A week, and what the place shows around it."""

    agenda: Agenda
    below: BelowToday
    """The content below today's items, without the page of giving."""
    counts: Counts
    hidden: Hidden


def read_week(desk: Desk, week_of: date | None, in_short: bool, whole: frozenset[date]) -> WeekRead:
    """The week of a day, by default of today; the arguments are those of `Reading.agenda`."""
    agenda, below = with_below(desk, desk.reading.agenda(week_of=week_of, in_short=in_short, whole=whole))
    return WeekRead(agenda, below, desk.reading.counts(), desk.reading.hidden())


def first_week(desk: Desk) -> WeekRead:
    """The week that the planner opens with; asked for before there is a place to show it."""
    return read_week(desk, None, True, frozenset())
