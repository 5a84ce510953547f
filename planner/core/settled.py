"""The completed steps of favors, as the agenda shows them on their day. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.core.favors import LOAN
from planner.core.model import Favor, FavorDirection, FavorState, ItemKind, OpenItem

_AT_ONCE = {LOAN: (ItemKind.LOAN, "lent"), "gift": (ItemKind.PROMISE, "gave")}
"""The item kind and the word for a thing that I handed over, by kind of favor."""


def settled_steps(favor: Favor, start: date, end: date) -> list[OpenItem]:
    """The completed steps of a favor between two days, each on its day and named by what was done."""
    return [
        OpenItem(
            f"v{favor.id}", kind, favor.contact_id, on, text=text, contact_name=favor.contact_name,
            settled_on=on, done_as=word,
        )
        for on, kind, word, text in _steps(favor)
        if on is not None and start <= on <= end
    ]  # fmt: skip


def _steps(favor: Favor) -> Iterator[tuple[date | None, ItemKind, str, str]]:
    """(day, kind, a word where the kind's own is wrong, what it is about) of each step."""
    given, about = favor.direction is FavorDirection.GIVEN, favor.note or favor.kind
    if given:
        # If it was asked for or promised before, it is a promise kept.
        first_word = "" if favor.asked_on is not None else "helped"
        kind, word = _AT_ONCE.get(favor.kind, (ItemKind.PROMISE, first_word))
        if kind is ItemKind.LOAN and favor.home_by is None:
            kind, word = ItemKind.PROMISE, first_word
        yield favor.done_on, kind, word, favor.way_out_note or about
    yield favor.thanked_on, ItemKind.THANKS, "", about
    yield favor.told_on, ItemKind.OUTCOME, "", about
    yield favor.home_on, ItemKind.LOAN, "", f"{favor.way_out_note or about} is {'home' if given else 'back'}"
    if favor.state is FavorState.DECLINED and not given:
        yield favor.closed_on, ItemKind.ASK, "asked", f"{about}: cannot help"
    elif favor.state is FavorState.RESTED:
        yield favor.closed_on, ItemKind.PROMISE if given else ItemKind.ASK, "let be", about
    elif not given:
        kind = ItemKind.THANKS if favor.thanked_on is None else ItemKind.OUTCOME
        yield favor.closed_on, kind, "let be", about
    else:
        yield favor.closed_on, ItemKind.REQUEST, "", about
