"""The verbs of triage line by line: the letter and the words of each, and the desk call for an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from planner.commands import registry
from planner.commands.keys import key_label
from planner.core.evidence.replies import WAYS, read_said
from planner.core.model import ANSWERED, WAYS_OUT, ItemKind, OpenItem
from planner.core.records import record
from planner.core.words.triage import (
    ANSWERS,
    FAVORS,
    NO_ROUNDS,
    ONLY_A_RHYTHM,
    STAYS_ON_ITS_DAY,
    STEP_WORDS,
    ending_in_day,
    read_follow_up,
)

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.done import Done

Day = Callable[[str], date]
Work = Callable[["Desk", OpenItem, str, Day], "Done"]

NEXT, QUIT, HELP, UNDO, REDO, WHY, REACH = "next", "quit", "help", "undo", "redo", "why", "get_in_touch"
TALKING: Final = (UNDO, REDO, WHY, REACH, HELP, QUIT)
"""Verbs about the round itself, or that only show something."""
QUICK_SNOOZES: Final = {"": "1w", "0": "today", "1": "tomorrow", "3": "+3d", "w": "+1w", "m": "+1m"}


@record(frozen=True, slots=True)
class LineVerb:
    """One verb: its question if the answer is only its letter, and its outcome for the item."""

    work: Work
    asks: str = ""
    """The question, with {} for the name; empty if the letter alone is an answer."""
    outcome: str = ""
    """The item's outcome in the summary; empty if the item stays open."""
    may_be_empty: bool = False
    """Whether an empty line is an answer to the question."""


def _done(desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
    if item.asks != ANSWERED:
        return desk.capture.settle([item.id], text)
    said, to = read_said(text)
    return desk.replies.said(item.id, said, to=to)


def _leave_out(desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
    if item.kind in (ItemKind.CADENCE, ItemKind.FOLLOWUP):
        return desk.triage.skip([item.id])
    favor = int(item.id[1:])
    if item.kind is ItemKind.ASK:
        return desk.favors.rest([favor])
    way, _, words = text.strip().partition(" ")
    back_on = None
    if way.casefold() == "later" and words.strip():
        _, back_on = ending_in_day(["later", *words.split()], day)
    return desk.favors.decline(favor, way_out=way, note=words or way, due=back_on)


def _pause(desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
    return desk.triage.pause([item.contact_id], until=day(text) if text else None)


def _circle(desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
    if text.startswith("-"):
        return desk.people.leave_circle([item.contact_id], text.lstrip(" -"))
    return desk.people.join_circle([item.contact_id], text)


def _follow_up(desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
    words, on, repeat = read_follow_up(text, day)
    return desk.triage.follow_up([item.contact_id], words, on, repeat=repeat)


def _snooze(desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
    return desk.triage.snooze([item.id], day(QUICK_SNOOZES.get(text, text)))


def _favor(verb: str) -> LineVerb:
    label, prefix, sample = FAVORS[verb]

    def work(desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
        if item.kind is ANSWERS.get(verb):
            due = day(text) if text and verb == "promise" else None
            return desk.favors.answer(verb, [int(item.id[1:])], due=due)
        return desk.capture.take(f"#{item.contact_id}: {prefix}{text}")

    return LineVerb(work, f"{label}? Such as: {sample}")


VERBS: Final[Mapping[str, LineVerb]] = {
    "done": LineVerb(_done, outcome="done"),
    "snooze": LineVerb(_snooze, outcome="snoozed"),
    "attempt": LineVerb(lambda desk, item, text, _: desk.triage.attempt([item.id], note=text), outcome="tried"),
    "leave_out": LineVerb(_leave_out, outcome="skipped"),
    "move": LineVerb(
        lambda desk, item, text, day: desk.triage.move([item.id], day(text)),
        "Move {} to which day? Such as: tomorrow, fri, 12 dec, 2w", "moved",
    ),
    "pause": LineVerb(
        _pause, "Pause {} until which day? An empty line rests until you resume; promises still show",
        "paused", may_be_empty=True,
    ),
    "note": LineVerb(
        lambda desk, item, text, _: desk.interactions.note([item.contact_id], text), "Note about {}, one line?"
    ),
    "rhythm": LineVerb(
        lambda desk, item, text, _: desk.people.set_cadence([item.contact_id], text),
        "Rhythm of {}? Such as: 4w, 4w/6w, monthly, inherit, none",
    ),
    "circle": LineVerb(_circle, "Circle of {}? A name joins, -name leaves"),
    "follow_up": LineVerb(_follow_up, "Follow up with {}? What, then the day: send the talk fri"),
    "archive": LineVerb(lambda desk, item, text, _: desk.people.archive([item.contact_id]), outcome="archived"),
    **{verb: _favor(verb) for verb in FAVORS},
    "capture": LineVerb(
        lambda desk, item, text, _: desk.capture.take(text),
        "What happened? Such as: Ana: coffee, promised intro to Leo by fri, again 6w",
    ),
}  # fmt: skip
"""Verbs that change something, in the order the help names them."""

WAY_OUT: Final = f"What instead of no for {{}}? One of {', '.join(WAYS_OUT)}, then a few words; later: a day"

PROMISE_BY: Final = "Promise {} it by which day? An empty line: the day they named, else the usual one"


class Letters:
    """The letters of the verbs, according to the person's keymap."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self.titles: dict[str, str] = {}
        self.letters: dict[str, str] = {}
        for verb in (*VERBS, *TALKING):
            place = next(place for place in ("focus", "agenda", "app") if registry.known(f"{place}.{verb}"))
            command = registry.by_id(f"{place}.{verb}")
            self.titles[verb] = command.title
            signs = (key_label(key) for key in keys.get(command.id, command.keys))
            taken = self.letters.values()
            self.letters[verb] = next((one for one in signs if len(one) == 1 and one not in taken), "")

    def say(self, verb: str) -> str:
        """A verb with its letter: "d done"; only its words without a letter."""
        return f"{self.letters[verb]} {self.titles[verb]}".strip()

    def with_letters(self, words: str) -> str:
        """Words in which {done} stands for the letter of that verb."""
        return re.sub(r"\{(\w+)\}", lambda found: self.letters.get(found[1]) or self.titles[found[1]], words)

    def read(self, line: str) -> tuple[str, str]:
        """(verb, the rest) of an answer that begins with a letter or the words of a verb; "" for no verb."""
        first, _, rest = line.partition(" ")
        for verb, letter in self.letters.items():
            if letter and first == letter:
                return verb, rest.strip()
        folded = line.casefold()
        for verb, title in sorted(self.titles.items(), key=lambda one: -len(one[1])):
            if folded == title.casefold() or folded.startswith(f"{title.casefold()} "):
                return verb, line[len(title) :].strip()
        return ("", line) if line else (NEXT, "")


def refusal(verb: str, item: OpenItem) -> str:
    """Why a verb cannot act on an item, with the letters of other verbs as {done}; empty when it can."""
    if verb == "attempt":
        return STEP_WORDS.get(item.kind, "")
    if verb == "move" and item.kind is ItemKind.DATE:
        return STAYS_ON_ITS_DAY
    left_out = (ItemKind.CADENCE, ItemKind.FOLLOWUP, ItemKind.ASK, ItemKind.REQUEST, ItemKind.PROMISE)
    if verb != "leave_out" or item.kind in left_out:
        return ""
    return NO_ROUNDS.get(item.kind, ONLY_A_RHYTHM)


def question(verb: str, item: OpenItem, text: str) -> str:
    """The question before a verb can act, with the name; empty when the answer is enough."""
    if text:
        return ""
    asks = VERBS[verb].asks
    if item.kind is ANSWERS.get(verb):
        asks = PROMISE_BY if verb == "promise" else ""
    if verb == "leave_out" and item.kind in (ItemKind.REQUEST, ItemKind.PROMISE):
        asks = WAY_OUT
    if verb == "done" and item.asks == ANSWERED:
        asks = f"{{}} answered? {WAYS}"
    return asks.replace("{}", item.contact_name)


def may_be_empty(verb: str, item: OpenItem) -> bool:
    """Whether an empty line is an answer to the question of a verb."""
    return VERBS[verb].may_be_empty or item.kind is ANSWERS.get(verb)


def work(verb: str, desk: Desk, item: OpenItem, text: str, day: Day) -> Done:
    """Carry out an answer about an item, as one step; raises what the desk refuses."""
    return VERBS[verb].work(desk, item, text, day)
