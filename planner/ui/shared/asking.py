"""Before a direct ask, wherever it begins: how things stand with the person, and what could be given first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.ui.shared.etiquette_dialog import Answer, EtiquetteDialog, says_something
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.core.network.matchmaking import Pair
    from planner.desk.values import Etiquette
    from planner.ui.port import PlacePort
    from planner.ui.shared.etiquette_dialog import Answer

STANDS = {
    "promise": "That is promised already; it stands in the ledger, where {done} says it is done",
    "introduction": "Both said yes already; it stands in reach, where {done} introduces them",
}
"""What is said where the thing to give is under way, by where it stands."""


async def look_first(place: PlacePort, contact_id: int, asked_for: str) -> bool:
    """Whether to go on and ask; see `look_at`."""
    return await look_at(place, contact_id, asked_for) == "ask"


async def look_at(place: PlacePort, contact_id: int, asked_for: str) -> Answer | None:
    """ "ask" to go on and ask, "give" where giving first began, None for neither. Call it in a worker: it waits.

    Where nothing is known about the two there is nothing to look at. Giving first goes to what there is to give
    instead: the introduction, a line that becomes a promise, or the place where it stands already.
    """

    try:
        about: Etiquette = await place.fetch(lambda desk: desk.favors.etiquette(contact_id))
    except PlannerError as problem:
        place.say(str(problem), tone="late")
        return None
    if not says_something(about):
        return "ask"
    answer: Answer | None = await place.answer_of(EtiquetteDialog(about, asked_for, place.planner.today))
    if answer == "give":
        give_first(place, about)
    return answer


def give_first(place: PlacePort, about: Etiquette) -> None:
    """Begin the introduction, or ask what is given, which becomes a promise, unless it stands somewhere already."""
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
    """Begin the introduction of two who match; whoever looks for something is asked first."""
    one, other = pair.needs, pair.offers

    async def begin() -> None:
        await place.do(lambda desk: desk.introductions.start(one.contact_id, other.contact_id, note=one.text))

    place.in_turn(begin())
