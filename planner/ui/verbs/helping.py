"""The verbs that write favors down: what I gave, what they gave, what was asked and what was promised."""

from __future__ import annotations

from planner.errors import Refused
from planner.ui.asking.look_first import look_at
from planner.ui.shared.people_questions import favor_question, favor_work
from planner.ui.verbs.people import PersonVerb
from planner.ui.verbs.verb import Targets, VerbPlace, Work, contact_ids, names
from planner.ui.widgets.prompt import Question


class EnterFavor(PersonVerb):
    """Asks for a line and makes it an entry of the ledger."""

    def __init__(self, verb: str) -> None:
        self.id = verb

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return favor_question(place, self.id, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        return favor_work(contact_ids(targets), self.id, answer)


class EnterAsk(EnterFavor):
    """Asks for a line that says what I ask for; a dialog then shows how things stand and the words to send."""

    many = False

    def run(self, place: VerbPlace) -> None:
        targets = place.targets(self.id)

        async def submit(text: str) -> None:
            from planner.desk.reciprocity.drafts import Subject  # the first screen drafts nothing

            answer = await look_at(place, targets[0].contact_id, text, Subject(what=text))
            if answer is None:
                raise Refused("Nothing is written down yet", "enter looks again, esc leaves")
            if answer == "ask":
                await place.do(self.work(place, targets, text))
                place.settled(self.id, targets)

        place.ask(self.question(place, targets), submit)
