"""Short, kind words for what the planner shows; the command line and the screen say the same."""

from __future__ import annotations

from datetime import date

from planner.core.dates.typed import days_past as past_words
from planner.core.dates.typed import exact_date, short_date
from planner.core.model import ItemKind, OpenItem, State

KIND_WORDS: dict[ItemKind, str] = {
    ItemKind.CADENCE: "catch up",
    ItemKind.DATE: "date",
    ItemKind.FOLLOWUP: "follow up",
    ItemKind.PROMISE: "promise",
    ItemKind.REQUEST: "answer",
    ItemKind.ASK: "nudge",
    ItemKind.THANKS: "thanks",
    ItemKind.OUTCOME: "outcome",
    ItemKind.INTRODUCTION: "intro",
    ItemKind.PLANNED: "planned",
    ItemKind.ANSWER: "reply",
    ItemKind.NEED: "need",
}

QUESTIONS: dict[str, str] = {
    "attempts": "three tries without an answer: keep trying, another channel, or only on occasion?",
    "snoozes": "put off three times: would a longer rhythm suit better?",
    "rest": "nudged twice: let it rest?",
}


def kind_word(item: OpenItem) -> str:
    """The one word a list shows for an item: a date shows its own kind ("birthday")."""
    if item.kind is ItemKind.DATE:
        return item.text.split(":", 1)[0].split(",", 1)[0] or "date"
    return KIND_WORDS[item.kind]


def when_word(item: OpenItem, today: date) -> str:
    """Relative words for a due date: "3d past", "today", "due Fri"."""
    past = (today - item.due).days
    if past > 0:
        return past_words(past)
    return "today" if past == 0 else f"due {short_date(item.due, today)}"


def days_word(count: int) -> str:
    """ "1 day", "3 days"."""
    return f"{count} day" if count == 1 else f"{count} days"


def interval_words(days: int) -> str:
    """A length of time as people say it: "10 days", "3 weeks", "3 months", "year" for one."""
    months = round(days / 30.4375)
    if days % 7 == 0 and days < 84:
        count, word = days // 7, "week"
    elif months and abs(days - months * 30.4375) <= 2:
        count, word = (months // 12, "year") if months % 12 == 0 else (months, "month")
    elif days % 7 == 0:
        count, word = days // 7, "week"
    else:
        count, word = days, "day"
    return word if count == 1 else f"{count} {word}s"


def reason(item: OpenItem, today: date) -> str:
    """One line that says why an item is there."""
    past = (today - item.due).days
    when = f"{days_word(past)} past {exact_date(item.due)}" if past > 0 else f"due {exact_date(item.due)}"
    match item.kind:
        case ItemKind.CADENCE:
            last = f"last contact {exact_date(item.last_contact)}" if item.last_contact else "never in touch yet"
            line = f"{item.text}, {last}, {when}"
        case ItemKind.PROMISE:
            line = f"you promised: {item.text}, {when}"
        case ItemKind.REQUEST:
            line = f"they asked you: {item.text}, answer {when}"
        case ItemKind.ASK:
            line = f"you asked: {item.text}, nudge {when}"
        case ItemKind.THANKS:
            line = f"they helped: {item.text}, thanks {when}"
        case ItemKind.OUTCOME:
            line = f"they helped: {item.text}, tell the outcome, {when}"
        case ItemKind.ANSWER:
            line = f"they wrote: {item.text}, answer {when}"
        case ItemKind.PLANNED:
            line = f"planned: {item.text}, {when}" + (", did it happen?" if past >= 0 else "")
        case _:
            line = f"{item.text}, {when}"
    return f"{line}; {QUESTIONS[item.asks]}" if item.asks else line


STATE_WORDS: dict[State, str] = {
    State.NONE: "no rhythm",
    State.FINE: "fine",
    State.SOON: "soon",
    State.DUE: "due",
    State.LATE: "late",
    State.SNOOZED: "snoozed",
    State.PLANNED: "planned",
    State.PAUSED: "paused",
}


def detail_words(item: OpenItem) -> str:
    """What an item is about: a date without its own kind, a question when the item asks one."""
    if item.kind is ItemKind.DATE:
        return item.text.split(":", 1)[1].strip() if ":" in item.text else ""
    return QUESTIONS[item.asks].split(":", 1)[-1].strip() if item.asks else item.text
