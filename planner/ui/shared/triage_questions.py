"""The questions triage asks, the same in the agenda, in focus triage and on a contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.dates.typed import exact_date
from planner.core.model import ItemKind, OpenItem
from planner.core.words.wording import detail_words
from planner.ui.shared.capture_line import settle_check
from planner.ui.text import content
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.ui.port import PlacePort

SNOOZES = {"1": "tomorrow", "3": "+3d", "w": "+1w", "m": "+1m"}
LONGER = {"1": "0123456789 ", "3": "0123456789 ", "w": "e", "m": "oa"}
"""Keys with which a snooze becomes the beginning of a date: 12 dec, 3 jan, wed, mon, may."""


def day_echo(day: date, today: date) -> Content:
    """How a typed day was understood."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    far = near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
    return content(f"{exact_date(day)}, {far}", "$done")


def snooze_question(place: PlacePort, names: str) -> Question:
    """Until when to hide."""

    async def check(text: str) -> Content:
        return day_echo(place.planner.read_day(text), place.planner.today)

    hint = "1 tomorrow   3 three days   w a week   m a month   or a day: fri, 12 dec, 2w, eom"
    return Question(f"Snooze {names} to", hint, quick=SNOOZES, longer=LONGER, check=check)


def day_question(place: PlacePort, label: str, *, past: bool = False, default: date | None = None) -> Question:
    """A day; with a default enter alone is that day, which the answer "" then stands for."""

    async def check(text: str) -> Content:
        return day_echo(place.planner.read_day(text, past=past), place.planner.today)

    hint = "a day: today, yesterday, fri, 12 dec" if past else "a day: tomorrow, fri, next fri, 12 dec, 2w, eom"
    if default is not None:
        hint = f"a day: fri, 12 dec, 2w, eom; enter alone is {day_echo(default, place.planner.today).plain}"
    return Question(label, hint, check=check, may_be_empty=default is not None)


def pause_question(place: PlacePort, names: str) -> Question:
    """Until when to rest."""

    async def check(text: str) -> Content:
        return day_echo(place.planner.read_day(text), place.planner.today)

    hint = "a day: 2w, 12 dec, eom; enter alone rests until you resume. Promises still show"
    return Question(f"Pause {names} to", hint, check=check, may_be_empty=True)


def note_question(names: str) -> Question:
    """A line about someone."""
    return Question(f"Note about {names}", "one line; today's date is put before it", draft="note")


def introduction_done(item: OpenItem, names: str) -> str:
    """What "done" means for the step an introduction is at."""
    if item.text.startswith("introduce to "):
        return f"Introduced {names}"
    return f"Asked {names} how it went" if item.text.startswith("did meeting ") else f"Asked {names}"


def done_question(place: PlacePort, items: Sequence[OpenItem], names: str) -> Question:
    """What happened, in the words of the capture line; empty is enough."""
    item = items[0]
    words = detail_words(item) if len(items) == 1 else ""
    labels = {
        ItemKind.CADENCE: f"Caught up with {names}",
        ItemKind.PLANNED: f"Met {names}",
        ItemKind.ANSWER: f"Answered {names}",
        ItemKind.THANKS: f"Thanked {names}",
        ItemKind.OUTCOME: f"Told {names}",
        ItemKind.ASK: f"Nudged {names}",
        ItemKind.NEED: f"Asked {names} again",
        ItemKind.DATE: f"Congratulated {names}",
        ItemKind.INTRODUCTION: introduction_done(item, names),
    }
    hint = "enter is enough; or: coffee, her op is on 12 dec, promised intro to Leo by fri, again 6w"
    if words and item.kind not in (ItemKind.CADENCE, ItemKind.DATE):
        hint = f"{words}: enter is enough; or say more: call, sent it, again 6w"
    if item.kind is ItemKind.INTRODUCTION and " about meeting " in item.text:
        hint = f"{words}: enter is enough. Their yes or no is said in Reach, with d"
    label = labels.get(item.kind, f"Done for {names}")
    return Question(label, hint, check=settle_check(place, names), may_be_empty=True, draft="done")
