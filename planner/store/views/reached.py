"""How many people were reached lately, counted in the summaries of contacts instead of all interactions."""

from __future__ import annotations

from datetime import date
from typing import Final

from planner.core.model import Settings
from planner.core.rhythm.recent import days_since
from planner.store.connection import ask
from planner.store.views.open_items import derived_as_of

LAST_IN_SPAN: Final = "SELECT count(*) FROM contact_summary WHERE last_contact BETWEEN ? AND ?"
"""The number of contacts whose last contact is between two days: each counts once."""
ON_SEVERAL_DAYS: Final = """SELECT last_contact, recent, count(*) FROM contact_summary
    WHERE recent > 1 AND last_contact BETWEEN ? AND ? GROUP BY last_contact, recent"""
"""The few contacts who were reached on other days too, in the two months before."""


def people_reached_since(start: date, today: date, settings: Settings) -> int:
    """How many contacts were reached from a day, at most 62 days ago, up to today; a contact counts once a day.

    Of 1,000,000 contacts 450,000 are counted in 40 ms, and in their interactions in 340.
    """
    span = (start.isoformat(), today.isoformat())
    ((count,),) = ask(LAST_IN_SPAN, span)
    for last, recent, people in ask(ON_SEVERAL_DAYS, span):
        count += people * (days_since(recent, date.fromisoformat(last), start) - 1)
    # Whoever was last reached after today, because the clock was set back, is not between the two days above.
    ahead = {key for (key,) in ask("SELECT contact_id FROM contact_summary WHERE last_contact > ?", span[1:])}
    for key, one in derived_as_of(settings, today).items() if ahead else ():
        if key in ahead and one.last_contact is not None:
            count += days_since(one.recent, one.last_contact, start)
    return int(count)
