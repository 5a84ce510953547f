"""The questions of triage, shared by agenda, focus triage and the page of a contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.dates.shown import exact_date
from planner.core.model import HEAR, ItemKind, OpenItem
from planner.core.words.wording import detail_words
from planner.ui.shared.capture_line import settle_check, settle_swap
from planner.ui.text import content
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.ui.port import PlacePort

SNOOZES = {"": "+1w", "0": "today", "1": "tomorrow", "3": "+3d", "w": "+1w", "m": "+1m", "s": "+1w"}
"""The day that each short answer means. A longer answer is a day that may begin alike: 12 dec, 3 jan, wed, mon."""


def day_echo(day: date, today: date) -> Content:
    """The reading of a typed day: the date, and how many days before or after today it is."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    far = near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
    return content(f"{exact_date(day)}, {far}", "$done")


def snooze_question(place: PlacePort, names: str) -> Question:
    """Asks until which day to hide items of people."""

    async def check(text: str) -> Content:
        day = place.planner.read_day(text)
        if day == place.planner.today:
            return content("shows it again today", "$done")
        return day_echo(day, place.planner.today)

    hint = "1 tomorrow   3 three days   w a week   m a month   0 ends it   or a day: fri, 12 dec; enter alone is a week"
    return Question(f"Snooze {names} to", hint, short=SNOOZES, check=check)


def day_question(place: PlacePort, label: str, *, default: date | None = None, alone: str = "") -> Question:
    """Asks for a future day. With a `default` the answer may be "", which means that day, or what `alone` says."""

    async def check(text: str) -> Content:
        return day_echo(place.planner.read_day(text), place.planner.today)

    hint = "a day: tomorrow, fri, next fri, 12 dec, 2w, eom"
    if default is not None:
        alone = day_echo(default, place.planner.today).plain
    if alone:
        hint = f"a day: fri, 12 dec, 2w, eom; enter alone is {alone}"
    return Question(label, hint, check=check, may_be_empty=bool(alone))


def pause_question(place: PlacePort, names: str) -> Question:
    """Asks until which day people rest; an empty answer means until they are resumed."""

    async def check(text: str) -> Content:
        return day_echo(place.planner.read_day(text), place.planner.today)

    hint = "a day: 2w, 12 dec, eom; enter alone rests until you resume. Promises still show"
    return Question(f"Pause {names} to", hint, check=check, may_be_empty=True)


def note_question(names: str) -> Question:
    """Asks for a note of one line about people."""
    return Question(f"Note about {names}", "one line; today's date is put before it")


def introduction_done(item: OpenItem, names: str) -> str:
    """The label of "done" for the present step of an introduction."""
    if item.text.startswith("introduce to "):
        return f"Introduced {names}"
    return f"Asked {names} how it went" if item.text.startswith("did meeting ") else f"Asked {names}"


def _need_done(item: OpenItem, names: str) -> str:
    """The label of "done" for an item of a need: asked for news again, wrote, or told everyone how it went."""
    if item.asks == HEAR:
        return "Told everyone how it went"
    return f"Wrote to {names}" if "c" in item.id else f"Asked {names} again"


def done_question(place: PlacePort, items: Sequence[OpenItem], names: str, *, wish: bool = False) -> Question:
    """Asks what happened, in the words of the capture line; an empty answer is enough.

    The label follows the kind of the first of the `items`. With `wish` the hint asks what the people look for.
    """
    item = items[0]
    words = detail_words(item) if len(items) == 1 else ""
    labels = {
        ItemKind.CADENCE: f"Caught up with {names}",
        ItemKind.PLANNED: f"Met {names}",
        ItemKind.ANSWER: f"Answered {names}",
        ItemKind.THANKS: f"Thanked {names}",
        ItemKind.OUTCOME: f"Told {names}",
        ItemKind.ASK: f"Nudged {names}",
        ItemKind.NEED: _need_done(item, names),
        ItemKind.LOAN: "Home again",
        ItemKind.DATE: f"Congratulated {names}",
        ItemKind.INTRODUCTION: introduction_done(item, names),
    }
    hint = "enter is enough; or: coffee, her op is on 12 dec, promised intro to Leo by fri, again 6w"
    if wish and item.kind in (ItemKind.CADENCE, ItemKind.PLANNED, ItemKind.ANSWER):
        hint = f"enter is enough; what is {names} looking for? Such as: coffee, looks for a flat in Lyon"
    if words and item.kind not in (ItemKind.CADENCE, ItemKind.DATE):
        hint = f"{words}: enter is enough; or say more: call, sent it, again 6w"
    if item.kind is ItemKind.INTRODUCTION and " about meeting " in item.text:
        said = place.with_keys("Their yes or no is said in Reach, with {reach.done}")
        hint = f"{words}: enter is enough. {said}"
    label = labels.get(item.kind, f"Done for {names}")
    return Question(label, hint, check=settle_check(place, names), may_be_empty=True, swap=settle_swap(place, names))
