"""The state of somebody with a need, in words."""

from __future__ import annotations

from datetime import date

from planner.core.dates.shown import short_date
from planner.core.model import FavorState
from planner.core.needs import Told, ToldState


def standing_words(told: Told, today: date) -> str:
    """The state of somebody who was told: "told 12 Nov", "helped 3 Nov · thanks are due", "… · knows how it went"."""
    words = _stood(told, today)
    if told.let_be_on is not None:
        return f"{words} · let be"
    knows = told.heard_on is not None and "knows how it went" not in words
    return f"{words} · knows how it went" if knows else words


def _stood(told: Told, today: date) -> str:
    on = _day_words(told.on, today)
    match told.state:
        case ToldState.ASKED:
            rested = " · left to rest" if told.favor_state is FavorState.RESTED else ""
            return f"asked {on}{rested}"
        case ToldState.HELPED:
            words = {
                FavorState.DONE: "thanks are due",
                FavorState.THANKED: "to hear how it went",
                FavorState.TOLD: "knows how it went",
            }.get(told.favor_state or FavorState.TOLD, "")
            further = f"passed it on to {told.passed_name}" if told.passed_name else ""
            return " · ".join(part for part in (f"helped {on}", words, further) if part)
        case ToldState.PASSED:
            thanks = " · thanks are due" if told.favor_state is FavorState.DONE else ""
            return f"to {told.passed_name or 'somebody'}, {on}{thanks}"
        case ToldState.HEARD_OF:
            return f"heard of it through {told.through}, {on}" if told.through else f"heard of {on}"
        case ToldState.DECLINED:
            return f"{on} · could be asked again"
    return f"told {on}"


def _day_words(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""
