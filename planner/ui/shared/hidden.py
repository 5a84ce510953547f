"""Listing the contacts that are hidden from the agenda."""

from __future__ import annotations

from planner.core.words.wording import hidden_filter
from planner.ui.port import PlacePort


async def show_hidden(place: PlacePort) -> None:
    """Open the contacts filtered for snoozed, paused or planned ones. If there are none, say so."""
    hidden = await place.fetch(lambda desk: desk.reading.hidden())
    if hidden:
        place.planner.show_contacts(hidden_filter(hidden))
    else:
        place.say("Nobody is hidden: nobody is snoozed, paused or planned", tone="accent")
