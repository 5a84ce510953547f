"""Something better than no: what is offered instead of what somebody asked for."""

from __future__ import annotations

from planner.ui.verbs.verb import Target, VerbPlace


def favor_of(target: Target) -> int:
    """The number of the favor an item of the agenda stands for."""
    return int(target.item_id[1:])


async def offer_way_out(place: VerbPlace, target: Target) -> bool:
    """Ask what is offered instead, and offer it; False where the request is kept open."""
    # The first screen has no need of the dialog.
    from planner.ui.ledger.decline_dialog import DeclineDialog

    favor = await place.fetch(lambda desk: desk.favors.one(favor_of(target)))
    answer = await place.answer_of(DeclineDialog(favor))
    if answer is None:
        place.say(f"Kept open: what {target.name} asked", tone="accent")
        return False
    await place.do(
        lambda desk: desk.favors.decline(
            favor.id, way_out=answer.way_out, note=answer.note, back_on=answer.back_on,
            introduce_to=answer.introduce_to, given=answer.given,
        )
    )  # fmt: skip
    return True
