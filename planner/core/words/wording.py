"""Short, kind words for everything the planner shows; the command line and the screen use the same."""

from __future__ import annotations

from datetime import date

from planner.core.dates.shown import days_past as past_words
from planner.core.dates.shown import exact_date, short_date
from planner.core.model import ANSWERED, FOREVER, Agenda, AgendaItem, Hidden, Interaction, ItemKind, OpenItem, State
from planner.core.words.counts import counted, days_word

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
    ItemKind.LOAN: "loan",
}

QUESTIONS: dict[str, str] = {
    "attempts": "three tries without an answer: keep trying, another channel, or only on occasion?",
    "snoozes": "put off three times: would a longer rhythm suit better?",
    "rest": "nudged twice: let it rest?",
    ANSWERED: "they wrote since: did they answer?",
}

WHETHER = ", did it happen?"
"""The question about a plan whose time has come."""
HAPPENED = "happened?"
"""The same question in one word."""


def tried_word(one: Interaction) -> str:
    """The word for an attempt: "wrote" for a message of mine with content, whatever the outcome."""
    return "wrote" if one.loop or (one.channel == "message" and one.note) else "no answer"


def week_heading(week: Agenda) -> str:
    """ "Week 48, Mon 23 Nov 2026 – Sun 29 Nov 2026"."""
    return f"Week {week.start.isocalendar().week}, {exact_date(week.start)} – {exact_date(week.end)}"


def day_heading(day: date, today: date) -> str:
    """ "Today, Mon 23 Nov 2026", and for any other day only the date."""
    return f"Today, {exact_date(day)}" if day == today else exact_date(day)


def kind_word(item: OpenItem) -> str:
    """The one word for an item in a list: a date shows its own kind ("birthday")."""
    if item.done_as:
        return item.done_as
    if item.kind is ItemKind.DATE:
        return item.text.split(":", 1)[0].split(",", 1)[0] or "date"
    return word_of_kind(item.kind, item.asks)


def word_of_kind(kind: ItemKind, asks: str) -> str:
    """The one word for an open item other than a date, by its kind and its further question."""
    return "answered?" if asks == ANSWERED else KIND_WORDS[kind]


def when_word(item: OpenItem, today: date) -> str:
    """Relative words for a due date: "3d past", "today", "due Fri"."""
    past = (today - item.due).days
    if past > 0:
        return past_words(past)
    return "today" if past == 0 else f"due {short_date(item.due, today)}"


def planned_words(item: AgendaItem, today: date) -> str:
    """When an item is due, and why it stands on a later day of the week plan.

    "3d past", "due today, room on Fri", "due Wed, moved to Fri"; empty if it stands on its future due day.
    """
    due, planned = item.item.due, item.planned
    words = when_word(item.item, today)
    if planned == due and planned > today:
        return ""
    if planned <= max(due, today):
        return words
    words = f"due {words}" if due == today else words
    day = short_date(planned, today)
    by_hand = item.item.chosen_day == planned
    on = "" if day == "tomorrow" and not by_hand else "to " if by_hand else "on "
    return f"{words}, {'moved' if by_hand else 'room'} {on}{day}"


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
    return word if count == 1 else counted(count, word)


def rate_words(a_week: float) -> str:
    """A weekly rate in words: "14 a week", "3.5 a week", "one every 3 weeks", "none"."""
    if a_week <= 0:
        return "none"
    if a_week >= 9.95:
        return f"{a_week:,.0f} a week"
    if a_week >= 0.95:
        return f"{a_week:.1f}".removesuffix(".0") + " a week"
    weeks = round(1 / a_week)
    if weeks <= 8:
        return f"one every {weeks} weeks" if weeks > 1 else "one a week"
    months = round(12 / (a_week * 52.18))
    return f"one every {months} months" if months < 12 else "fewer than one a year" if months > 12 else "one a year"


def reason(item: OpenItem, today: date, *, begun: bool = True) -> str:
    """One line that says why an item is on the agenda; `begun` tells for a plan whether its hour has come."""
    past = (today - item.due).days
    when = f"{days_word(past)} past {exact_date(item.due)}" if past > 0 else f"due {exact_date(item.due)}"
    if item.asks == ANSWERED:
        said = "asked" if item.kind is ItemKind.ASK else "told them of"
        return f"you {said}: {item.text}; {QUESTIONS[ANSWERED]} Their letter is of {exact_date(item.due)}"
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
            line = f"they helped: {item.text}, tell how it went, {when}"
        case ItemKind.ANSWER:
            called = item.text == "call back"
            line = f"they called: {item.text}, {when}" if called else f"they wrote: {item.text}, answer {when}"
        case ItemKind.PLANNED:
            line = f"planned: {item.text}, {when}" + (WHETHER if begun and past >= 0 else "")
        case _:
            line = f"{item.text}, {when}"
    return f"{line}; {QUESTIONS[item.asks]}" if item.asks in QUESTIONS else line


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
    """What an item is about: a date without its own kind, or the item's further question."""
    if item.kind is ItemKind.DATE:
        return item.text.split(":", 1)[1].strip() if ":" in item.text else ""
    if item.asks == ANSWERED or item.asks not in QUESTIONS:
        return item.text
    question = QUESTIONS[item.asks].split(":", 1)[-1].strip()
    # With several asks, the row says which one may rest; a person has only one rhythm.
    return f"{item.text} · {question}" if item.kind is ItemKind.ASK else question


def row_word(found: AgendaItem) -> str:
    """The one word for an item in a row of the agenda; a plan whose time has come shows its question."""
    return HAPPENED if found.asked else kind_word(found.item)


def hidden_words(hidden: Hidden, today: date) -> str:
    """ "3 snoozed, 41 paused until 3 Jan, 1 planned"; empty if nobody is hidden."""
    parts = [f"{hidden.snoozed:,} snoozed"] if hidden.snoozed else []
    if hidden.paused:
        parts.append(f"{hidden.paused:,} paused{_pauses_end(hidden, today)}")
    parts += [f"{hidden.planned:,} planned"] if hidden.planned else []
    return ", ".join(parts)


def _pauses_end(hidden: Hidden, today: date) -> str:
    if hidden.first_back is None or hidden.first_back == FOREVER:
        return " until resumed"
    first = short_date(hidden.first_back, today)
    return f" until {first}" if hidden.first_back == hidden.last_back else f", the first until {first}"


def hidden_filter(hidden: Hidden) -> str:
    """The filter that lists the hidden people: "is:snoozed,paused"."""
    states = ("snoozed", hidden.snoozed), ("paused", hidden.paused), ("planned", hidden.planned)
    return "is:" + ",".join(state for state, count in states if count)


def back_words(state: State, back: date | None, today: date) -> str:
    """When somebody hidden comes back: "snoozed to 26 Mar", "paused until resumed", "planned Fri"."""
    day = short_date(back, today) if back is not None and back != FOREVER else ""
    match state:
        case State.PAUSED:
            return f"paused until {day or 'resumed'}"
        case State.PLANNED:
            return f"planned {day}".rstrip()
    return f"snoozed to {day}" if day else "snoozed"
