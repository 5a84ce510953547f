"""Asks what to offer instead of a favor, stores the offer, and shows words that answer the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.ui.verbs.verb import Target, VerbPlace

if TYPE_CHECKING:
    from planner.core.model import Favor


def favor_of(target: Target) -> int:
    """The id of the favor behind a target's item."""
    return int(target.item_id[1:])


async def offer_way_out(place: VerbPlace, target: Target) -> bool:
    """Ask what to offer instead and store it; return False if the request stays open."""
    # Imported late: the first screen does not need the dialog.
    from planner.ui.ledger.decline_dialog import DeclineDialog

    favor = await place.fetch(lambda desk: desk.favors.one(favor_of(target)))
    answer = await place.answer_of(DeclineDialog(favor))
    if answer is None:
        place.say(f"Kept open: what {target.name} asked", tone="accent")
        return False
    await place.do(
        lambda desk: desk.favors.decline(
            favor.id, way_out=answer.way_out, note=answer.note, due=answer.due,
            introduce_to=answer.introduce_to, given=answer.given,
        )
    )  # fmt: skip
    await _answer(place, favor, answer.way_out, answer.introduce_to)
    return True


async def _answer(place: VerbPlace, favor: Favor, way_out: str, introduce_to: int | None) -> None:
    """Show a kind answer to send, which mentions the offer."""
    # As above.
    from planner.desk.reciprocity.drafts import BY_WAY_OUT, Subject
    from planner.ui.ledger.answer_dialog import AnswerDialog

    subject = Subject(favor=favor.id, other=introduce_to)
    letter = await place.fetch(lambda desk: desk.drafts.draft(BY_WAY_OUT[way_out], favor.contact_id, subject))
    await place.answer_of(AnswerDialog(letter))
