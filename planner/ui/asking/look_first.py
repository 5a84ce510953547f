"""Before a direct ask from any place: my standing, what I could give first, and the words to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.core.network.matchmaking import Pair
    from planner.desk import Desk
    from planner.desk.reciprocity.drafts import Letter, Subject
    from planner.desk.values import Etiquette
    from planner.ui.asking.etiquette_dialog import Answer
    from planner.ui.port import PlacePort

STANDS = {
    "promise": "That is promised already; it stands in the ledger, where {done} says it is done",
    "introduction": "Both said yes already; it stands in reach, where {done} introduces them",
}
"""The message when the thing to give is already under way, by where it is."""


async def look_first(place: PlacePort, contact_id: int, asked_for: str, subject: Subject) -> bool:
    """Whether the person was asked; see `look_at`."""
    return await look_at(place, contact_id, asked_for, subject) == "ask"


async def look_at(place: PlacePort, contact_id: int, asked_for: str, subject: Subject) -> Answer | None:
    """Show my standing with a person, and the words to ask with. Returns "ask" once the person was asked.

    `asked_for` says what I ask for, `subject` what the words are about; an ask to be put in touch with its `target` has
    a note to forward. "give" means that giving first has begun; None that nothing happens. It waits: call it in a
    worker.
    """
    # The first screen, which offers asking, does not need the dialog.
    from planner.core.drafting.purposes import Purpose
    from planner.ui.asking.etiquette_dialog import EtiquetteDialog

    purpose = Purpose.THROUGH if subject.target else Purpose.ASK

    def read(desk: Desk) -> tuple[Etiquette, Letter]:
        return desk.favors.etiquette(contact_id), desk.drafts.draft(purpose, contact_id, subject)

    try:
        about, letter = await place.fetch(read)
    except PlannerError as problem:
        place.say(str(problem), tone="late")
        return None
    answer: Answer | None = await place.answer_of(EtiquetteDialog(about, asked_for, place.planner.today, letter))
    if answer == "give":
        give_first(place, about)
    return answer


def give_first(place: PlacePort, about: Etiquette) -> None:
    """Start the introduction, or ask what I give, which becomes a promise, unless it is already under way."""
    if about.give_stands:
        place.say(place.with_keys(STANDS[about.give_stands]), tone="accent")
        return
    if about.give_match is not None:
        introduce_match(place, about.give_match)
        return

    async def submit(text: str) -> None:
        await place.do(lambda desk: desk.favors.enter("promise", [about.contact_id], note=text))

    hint = "what you will do for them; enter makes it a promise, due in a week"
    place.ask(Question(f"Give {about.name} first", hint, about.give), submit)


def introduce_match(place: PlacePort, pair: Pair) -> None:
    """Start the introduction of two people who match; the one who looks for something is asked first."""
    one, other = pair.needs, pair.offers

    async def begin() -> None:
        await place.do(lambda desk: desk.introductions.start(one.contact_id, other.contact_id, note=one.text))

    place.in_turn(begin)
