"""The words of triage, the same on the screen, line by line and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from planner.core.favors import HOME
from planner.core.model import ItemKind, OpenItem
from planner.core.words.patterns import late
from planner.core.words.wording import QUESTIONS, detail_words, kind_word
from planner.errors import Refused

STEP_WORDS: Final = {
    ItemKind.NEED: "Nobody was called: {done} says you asked for news again, {snooze} snoozes it",
    ItemKind.INTRODUCTION: "Nobody was called: {done} does this step, {snooze} snoozes it",
    ItemKind.LOAN: "Nobody was called: {done} says it is home, {snooze} snoozes it",
}
"""Why an attempt makes no sense, by kind of item, with the keys of other verbs as {done}."""
NO_ROUNDS: Final = {
    ItemKind.NEED: "News of a need has no rounds to leave out; {done} says you asked again, {snooze} snoozes it",
    ItemKind.INTRODUCTION: "An introduction has no rounds to leave out; {snooze} snoozes it, Reach leaves it",
    ItemKind.LOAN: "A loan has no rounds to leave out; {done} says it is home, {snooze} snoozes it",
    ItemKind.THANKS: "They helped you; {done} says thanks, {snooze} snoozes it",
    ItemKind.OUTCOME: "They helped you; {done} says that you told how it went, {snooze} snoozes it",
}
"""Why an item has no round to skip, by kind of item."""
ONLY_A_RHYTHM: Final = "Only a rhythm and a recurring follow-up have rounds; {snooze} snoozes anything"
"""Why an item has no round to skip, for every other kind."""
NOTHING_TO_DELETE: Final = {
    ItemKind.CADENCE: "A rhythm comes again by itself: {leave_out} leaves this round out, {rhythm} changes it",
    ItemKind.DATE: "A date of the year stays with the person: {edit} changes it",
    ItemKind.ANSWER: "They wrote, and that stays: {done} says you answered",
    ItemKind.NEED: "News of a need has nothing to delete: {needs} goes to the need",
    ItemKind.INTRODUCTION: "Reach, with {reach}, leaves an introduction",
}
"""Why nothing can be deleted on the agenda, by kind of item, with the keys of other verbs as {done}."""
STAYS_IN_THE_LEDGER: Final = "What was asked and promised stays in the ledger: {done} settles it, {leave_out} leaves it"
"""Why nothing can be deleted, for every kind that belongs to the ledger."""
STAYS_ON_ITS_DAY: Final = "A date of the year stays on its day; {snooze} snoozes it"

FAVORS: Final = {
    "gave": ("How did you help {}", "gave ", "advice on the contract; an introduction to Leo yesterday"),
    "promise": ("What did you promise {}", "promised ", "introduction to Leo by fri; the book in 2 weeks"),
    "helped": ("How did {} help", "helped me with ", "the contract; a referral at SNCF 12 nov"),
    "ask": ("What did you ask {} for", "I asked for ", "a reference for the grant; someone at SNCF"),
    "request": ("What does {} ask for", "asked me for ", "a reference by fri; advice on a first job"),
}
"""By verb: the label of its question, the words that begin the capture line, examples."""

ANSWERS: Final = {"promise": ItemKind.REQUEST, "helped": ItemKind.ASK}
"""By verb: the kind of open item that it answers, instead of making a new entry."""

SUMMARY_WORDS: Final = {
    "done": "reached or settled",
    "tried": "tried, no answer yet",
    "snoozed": "snoozed",
    "skipped": "skipped this round",
    "moved": "moved to another day",
    "paused": "paused",
    "dropped": "dropped for good",
    "planned": "planned",
    "settled": "settled elsewhere",
    "archived": "put into the archive",
    "left": "left as found",
}
"""What happened to an item or a person in a round of triage, for its summary."""

_LOOPS: Final = {
    ItemKind.PROMISE: "you promised",
    ItemKind.REQUEST: "they asked",
    ItemKind.ASK: "you asked",
    ItemKind.THANKS: "say thanks",
    ItemKind.OUTCOME: "tell how it went",
    ItemKind.ANSWER: "they wrote",
    ItemKind.PLANNED: "planned",
}
_REPEAT = late(r"\s+((?:\.\+|\+\+|\+)[0-9]+[dwmy])$")
LONGEST_DAY: Final = 5
"""The most words of a typed day: "wed 12 dec 2027"."""


def loop_words(item: OpenItem) -> str:
    """A loop in words to oneself: "you promised: an intro to Leo"; the return day of a loan is its due day."""
    if item.kind is ItemKind.LOAN:
        return item.text.partition(HOME)[0]
    before = _LOOPS.get(item.kind)
    return f"{before}: {item.text}" if before is not None else item.text


def item_words(item: OpenItem) -> str:
    """An item in words to oneself: "catch up every 4–6 weeks", with its further question."""
    if item.kind is ItemKind.CADENCE:
        words = f"catch up {item.text}"
    elif item.kind is ItemKind.DATE:
        words = ", ".join(part for part in (kind_word(item), detail_words(item)) if part)
    else:
        words = item.text if item.kind is ItemKind.LOAN else loop_words(item)
    # Whether each person is to hear how a need went is asked on a page of its own.
    return f"{words} ({QUESTIONS[item.asks]})" if item.asks in QUESTIONS else words


def ending_in_day(words: list[str], read_day: Callable[[str], date]) -> tuple[list[str], date]:
    """The words before a day at the end of a line, at least one, and the day; raises Refused without a day."""
    problem: Refused | None = None
    for count in range(min(LONGEST_DAY, len(words) - 1), 0, -1):
        try:
            return words[:-count], read_day(" ".join(words[-count:]))
        except Refused as refusal:
            # A refusal of an impossible day says more than one of an unknown word.
            if problem is None or "not a date" in problem.message:
                problem = refusal
    raise problem or Refused("It needs a day at the end")


def read_follow_up(text: str, read_day: Callable[[str], date]) -> tuple[str, date, str]:
    """(what to do, the day, a repeater or "") from a line that ends in a day; raises Refused without one."""
    line = " ".join(text.split())
    repeat = ""
    if found := _REPEAT.search(line):
        line, repeat = line[: found.start()], found[1]
    try:
        before, day = ending_in_day(line.split(" "), read_day)
    except Refused as refusal:
        if "not a date" in refusal.message or " " not in line:
            raise Refused("It needs a day at the end", "Such as: send the talk fri") from refusal
        raise
    what = " ".join(before).rstrip(" ,;:")
    for little in (" on", " by", " at"):
        what = what.removesuffix(little)
    if not what:
        raise Refused("It needs a day at the end", "Such as: send the talk fri")
    return what, day, repeat
