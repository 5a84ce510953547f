"""The verbs that write favors down: what I gave, what they gave, what was asked and what was promised."""

from __future__ import annotations

from typing import Final

from planner.core.words.triage import ANSWERS
from planner.errors import Refused
from planner.ui.asking.look_first import look_at
from planner.ui.shared.people_questions import favor_question, favor_work
from planner.ui.shared.triage_questions import day_question
from planner.ui.verbs.people import PersonVerb
from planner.ui.verbs.verb import Target, Targets, VerbPlace, Work, contact_ids, names
from planner.ui.verbs.ways_out import favor_of
from planner.ui.widgets.prompt import Question

MIXED: Final = {
    "promise": "Not all of these ask for something; mark requests alone, or none of them",
    "helped": "You did not ask all of these for something; mark what you asked for alone, or none of it",
}
"""Why a verb that answers only some of its targets cannot act on them."""


class EnterFavor(PersonVerb):
    """Asks for a line and makes it a ledger entry; for some verbs `ANSWERS` says which open item they answer."""

    cursor_stays = True

    def __init__(self, verb: str) -> None:
        self.id = verb

    def refuses(self, targets: Targets) -> str:
        count = len(self._answered(targets))
        return "" if count in (0, len(targets)) else MIXED[self.id]

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        if not self._answered(targets):
            return favor_question(place, self.id, names(targets))
        by = f"Promise {names(targets)} it by"
        return day_question(place, by, alone="the day they named, else the usual one") if self.id == "promise" else None

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        favors = [favor_of(target) for target in self._answered(targets)]
        if not favors:
            return favor_work(contact_ids(targets), self.id, answer)
        due = place.planner.read_day(answer) if answer.strip() else None
        return lambda desk: desk.favors.answer(self.id, favors, due=due)

    def _answered(self, targets: Targets) -> list[Target]:
        """The targets whose open item the verb answers."""
        kind = ANSWERS.get(self.id)
        return [one for one in targets if one.item is not None and not one.settled and one.kind is kind]


class EnterAsk(EnterFavor):
    """Asks for a line about what I ask for; a dialog then shows my standing with the person and the words to send."""

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

        place.ask(favor_question(place, self.id, names(targets)), submit)
