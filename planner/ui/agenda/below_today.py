"""The rows below today's items: the page of giving, and how many newcomers and strangers wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.giving import NOTHING_TO_GIVE, Giving
from planner.core.model import Agenda, ItemKind
from planner.core.records import record

if TYPE_CHECKING:
    from planner.desk import Desk


@record(frozen=True, slots=True)
class BelowToday:
    """What is read in addition when nobody is due today; only this week has it."""

    giving: Giving = NOTHING_TO_GIVE
    """The page of giving."""
    newcomers: int = 0
    """How many newcomers wait for a rhythm; also shown if no rhythm is due this week."""
    strangers: int = 0
    """How many people I write with are not contacts."""


def is_nobody_due(week: Agenda) -> bool:
    """Whether a week contains today and nobody is due today: then the page of giving is read too."""
    return week.start <= week.today <= week.end and not any(one.planned <= week.today for one in week.items)


def with_below(desk: Desk, week: Agenda) -> tuple[Agenda, BelowToday]:
    """(a week, the content below today's items if the week contains today), without the page of giving."""
    if not week.start <= week.today <= week.end:
        return week, BelowToday()
    nobody_due, newcomers = is_nobody_due(week), 0
    if nobody_due or not any(one.item.kind is ItemKind.CADENCE for one in week.items):
        came = desk.review.newcomer_count()
        newcomers = came.total - came.said
    return week, BelowToday(newcomers=newcomers, strangers=desk.strangers.count() if nobody_due else 0)
