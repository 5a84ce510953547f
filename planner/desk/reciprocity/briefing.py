"""Briefs: what to know about somebody before meeting them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.core.brief import Brief, BriefFacts, brief
from planner.core.rhythm.hours import NO_HOUR, in_order
from planner.desk.reading import Reading
from planner.desk.shared.context import Context
from planner.store.facts import acquaintances, contact_names, interactions
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.desk.values import Card

TALKS = 30
"""How many interactions are read to find the last talks."""


class Briefing:
    """Briefs about people, and about everyone to meet on a day."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, contact_id: int) -> Brief:
        """The brief about a contact; refused for an unknown id."""
        card: Card = Reading(self._context).card(contact_id, history=TALKS)
        with self._context.store.read():
            friends = acquaintances.who_knows([contact_id]).get(contact_id, ())
            names = contact_names.names_of(friends)
        known = sorted(names.values())
        facts = BriefFacts(
            card.contact, card.rhythm, card.interactions, card.loops, card.gave, card.received, card.give, known
        )
        return brief(facts, self._context.today)

    def on(self, day: date) -> tuple[Brief, ...]:
        """The briefs about everyone with a plan on a day: by the hour, then by name."""
        night = self._context.settings.day_starts_at
        with self._context.store.read():
            people = interactions.planned_with_on(day)
            items = [item for one in people for item in open_items.items_of(one) if item.due == day]
        first = {one: min((in_order(item.starts, night) for item in items if item.contact_id == one), default=NO_HOUR)
                 for one in people}  # fmt: skip
        # Within one hour the order by name is kept.
        return tuple(self.of(contact_id) for contact_id in sorted(people, key=first.__getitem__))
