"""The verb that shows words to send for an item: a reminder, thanks, how it went, an answer, or an ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.core.model import ItemKind
from planner.ui.verbs.verb import ScreenVerb, Targets, VerbPlace, open_ones

if TYPE_CHECKING:
    from planner.core.model import OpenItem
    from planner.desk import Desk
    from planner.desk.done import Done
    from planner.desk.reciprocity.drafts import Letter

SETTLED_BY_SENDING = frozenset({ItemKind.ASK, ItemKind.THANKS, ItemKind.OUTCOME, ItemKind.NEED, ItemKind.CADENCE})
"""Kinds of items that sending settles; for a rhythm it counts as an attempt, which waits for an answer."""
WITH_WORDS = SETTLED_BY_SENDING | {ItemKind.REQUEST, ItemKind.PROMISE, ItemKind.INTRODUCTION, ItemKind.LOAN}
NO_WORDS = "Nothing open is to be sent here: {ask} asks, {get_in_touch} gets in touch"


class WordsForItem(ScreenVerb):
    """Shows the words for an open item; sending them settles an item of `SETTLED_BY_SENDING`.

    Without an item, the words are for the person's item that is due first.
    """

    id = "words"
    many = False

    def refuses(self, targets: Targets) -> str:
        return "" if targets[0].item is None or targets[0].kind in WITH_WORDS else NO_WORDS

    def run(self, place: VerbPlace) -> None:
        targets = open_ones(place.targets(self.id))
        place.in_turn(partial(self._show, place, targets), group="words")

    async def _show(self, place: VerbPlace, targets: Targets) -> None:
        # Imported late: the first screen does not need the dialog.
        from planner.ui.shared.letter_dialog import LetterDialog

        target = targets[0]

        def read(desk: Desk) -> tuple[OpenItem, Letter] | None:
            item = target.item
            if item is None:
                loops = desk.reading.card(target.contact_id, history=1).loops
                item = min((one for one in loops if one.kind in WITH_WORDS), key=lambda one: one.due, default=None)
            return (item, desk.drafts.for_item(item.id)) if item is not None else None

        found = await place.fetch(read)
        if found is None:
            place.say(place.with_keys(NO_WORDS), tone="late")
            return
        item, letter = found
        if await place.answer_of(LetterDialog(letter, settles=_is_settled(item))):
            await place.do(lambda desk: _settle(desk, item))
            place.settled(self.id, targets)


def _settle(desk: Desk, item: OpenItem) -> Done:
    """Settle an item whose words were sent. A message without an answer is not logged as contact."""
    return desk.triage.attempt([item.id]) if item.kind is ItemKind.CADENCE else desk.capture.settle([item.id], "")


def _is_settled(item: OpenItem) -> bool:
    """Whether sending settles the item; one message does not settle an item about several people."""
    several = item.kind is ItemKind.NEED and "c" not in item.id
    return item.kind in SETTLED_BY_SENDING and not several
