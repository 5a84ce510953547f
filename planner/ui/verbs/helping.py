"""The verbs of help and thanks about a person: what I gave, what they gave, what was asked and promised."""

from __future__ import annotations

from planner.ui.shared.asking import look_first
from planner.ui.shared.people_questions import favor_question, favor_work
from planner.ui.verbs.people import PersonVerb
from planner.ui.verbs.verb import Targets, VerbPlace, Work, contact_ids, names
from planner.ui.widgets.prompt import Question


class Favor(PersonVerb):
    """A line that becomes an entry of the ledger."""

    def __init__(self, verb: str) -> None:
        self.id = verb

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return favor_question(place, self.id, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        return favor_work(contact_ids(targets), self.id, answer)


class Ask(Favor):
    """An ask, after a look at how things stand."""

    many = False

    def run(self, place: VerbPlace) -> None:
        place.in_turn(self._look(place, place.targets(self.id)), group="ask")

    async def _look(self, place: VerbPlace, targets: Targets) -> None:
        if await look_first(place, targets[0].contact_id, ""):
            super().run(place)
