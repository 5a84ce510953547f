"""Briefs: what to know of somebody before meeting them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.core.brief import Brief, BriefFacts, brief
from planner.desk.reading import Reading
from planner.desk.shared.context import Context
from planner.store.facts import acquaintances, contacts, interactions

if TYPE_CHECKING:
    from planner.desk.values import Card

TALKS = 30
"""Interactions that are read, among which the last talks are."""


class Briefing:
    """Briefs about people, and about whom one meets on a day."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, contact_id: int) -> Brief:
        """The brief about a contact; refused for an unknown id."""
        card: Card = Reading(self._context).card(contact_id, history=TALKS)
        with self._context.store.read():
            friends = acquaintances.who_knows([contact_id]).get(contact_id, ())
            names = contacts.names_of(friends)
        known = sorted(names.values())
        facts = BriefFacts(
            card.contact, card.rhythm, card.interactions, card.loops, card.gave, card.received, card.give, known
        )
        return brief(facts, self._context.today)

    def on(self, day: date) -> tuple[Brief, ...]:
        """The briefs about everyone with whom something is planned on a day, by name."""
        with self._context.store.read():
            people = interactions.planned_with_on(day)
        return tuple(self.of(contact_id) for contact_id in people)
