"""The question whether somebody who wrote answered what they were asked or told, each answer by a single key."""

from __future__ import annotations

from planner.core.dates.shown import exact_date
from planner.core.evidence.replies import LETTERS, Said
from planner.core.model import ItemKind
from planner.ui.needs.questions import pass_question
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.text import plain
from planner.ui.verbs.verb import Targets, VerbPlace

CHOICES = (
    Choice("h", "helped", "thanks come next"),
    Choice("p", "passed on", "they told somebody else, whom is asked next"),
    Choice("c", "cannot", "not this time"),
    Choice("n", "not about this", "it is asked again once they write again"),
)


async def ask_what_it_was(place: VerbPlace, targets: Targets, verb: str) -> None:
    """Ask how to classify the letter of the first target, and store the answer; leaving decides nothing."""
    target = targets[0]
    item = target.item
    assert item is not None
    asked = "You asked" if item.kind is ItemKind.ASK else "You told them of"
    text = f"{asked}: {plain(item.text)}. They wrote on {exact_date(item.due)}."
    key = await place.answer_of(ChooseDialog(f"{plain(target.name)} answered?", CHOICES, text=text))
    if key is None:
        return
    said = LETTERS[key]
    if said is not Said.PASSED:
        await place.do(lambda desk: desk.replies.said(item.id, said))
        place.settled(verb, targets)
        return
    question, whom = pass_question(place, target.name, target.contact_id)

    async def submit(typed: str) -> None:
        to = await whom(typed)
        await place.do(lambda desk: desk.replies.said(item.id, said, to=to))
        place.settled(verb, targets)

    place.ask(question, submit)
