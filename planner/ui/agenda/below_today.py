"""What stands below the items of today: whom to give to, and how many people wait to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.giving import NOTHING_TO_GIVE, Giving
from planner.core.model import Agenda, ItemKind
from planner.core.records import record

if TYPE_CHECKING:
    from planner.desk import Desk


@record(frozen=True, slots=True)
class BelowToday:
    """What is read where nobody is due today; nothing of it stands in another week than this one."""

    giving: Giving = NOTHING_TO_GIVE
    """The page of giving."""
    newcomers: int = 0
    """How many newcomers wait for a rhythm; told where no rhythm comes round this week, too."""
    strangers: int = 0
    """How many people one writes with are no contacts."""


def is_nobody_due(week: Agenda) -> bool:
    """Whether a week is the one of today, and nobody is due today: then the page of giving is read, too."""
    return week.start <= week.today <= week.end and not any(one.planned <= week.today for one in week.items)


def with_below(desk: Desk, week: Agenda) -> tuple[Agenda, BelowToday]:
    """A week, and what stands below the items of today, where the week holds it, but for the page of giving."""
    if not week.start <= week.today <= week.end:
        return week, BelowToday()
    nobody_due, newcomers = is_nobody_due(week), 0
    if nobody_due or not any(one.item.kind is ItemKind.CADENCE for one in week.items):
        came = desk.review.newcomer_count()
        newcomers = came.total - came.said
    return week, BelowToday(newcomers=newcomers, strangers=desk.strangers.count() if nobody_due else 0)
