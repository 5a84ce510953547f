"""The bar of places, each with the number of open things in it, and the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.commands.places import TOP_PLACES
from planner.core.dates.shown import day_in_two_lengths
from planner.ui.widgets.bars import TopBar

if TYPE_CHECKING:
    from planner.ui.port import AppPort


def draw_places(bar: TopBar, app: AppPort, current: str) -> None:
    """Draw the places with their badges, `current` as the open one, and the date."""
    long, short = day_in_two_lengths(app.today)
    mark = "sample network · " if app.demo else "read only · " if app.read_only else ""
    bar.show(
        brand="Planner",
        places=[(place.key, place.title, app.badges.get(place.id, 0)) for place in TOP_PLACES],
        current=next((n for n, place in enumerate(TOP_PLACES) if place.id == current), -1),
        right=[f"{mark}{long}", f"{mark}{short}", short],
    )
