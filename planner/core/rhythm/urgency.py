"""How pressing an open item is, as a sum of named terms.

Keep-in-touch is independent of scale: days past due ÷ ideal days, so ten days late on a weekly friend beats forty on a
yearly one. Everything else has a weight that grows with each day past due. A late promise outranks any keep-in-touch.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.core.model import ItemKind, OpenItem, Term
from planner.core.records import record
from planner.core.words.counts import days_word


@record(frozen=True, slots=True)
class Weight:
    """The urgency of a kind of item on its due date, and the increase for each day past it."""

    name: str
    base: float
    per_day: float


LATE_PROMISE = 1_000_000.0
"""More than any rhythm can reach: a daily one that is two centuries late comes to 73,000."""

WEIGHTS: dict[ItemKind, Weight] = {
    ItemKind.PROMISE: Weight("promise", 6.0, 1.0),
    ItemKind.REQUEST: Weight("request to answer", 5.0, 1.0),
    ItemKind.DATE: Weight("date", 4.0, 0.5),
    ItemKind.ANSWER: Weight("message to answer", 4.0, 1.0),
    ItemKind.THANKS: Weight("thanks owed", 4.0, 0.5),
    ItemKind.PLANNED: Weight("planned", 3.0, 0.5),
    ItemKind.FOLLOWUP: Weight("follow-up", 3.0, 0.5),
    ItemKind.INTRODUCTION: Weight("introduction", 3.0, 0.5),
    ItemKind.LOAN: Weight("loan", 3.0, 0.5),
    ItemKind.OUTCOME: Weight("outcome to tell", 2.0, 0.25),
    ItemKind.ASK: Weight("ask waiting", 2.0, 0.25),
    ItemKind.NEED: Weight("need", 1.0, 0.25),
}


def days_past(item: OpenItem, today: date) -> int:
    """Whole civil days past due, 0 before it."""
    return max(0, (today - item.due).days)


def terms(item: OpenItem, today: date) -> tuple[Term, ...]:
    """The named parts of an item's urgency today."""
    past = days_past(item, today)
    if item.kind is ItemKind.CADENCE:
        round_days = item.ideal_days or 1
        return (Term(f"{days_word(past)} past due ÷ {days_word(round_days)}", past / round_days),)
    weight = WEIGHTS[item.kind]
    found = [Term(weight.name, weight.base)]
    if past:
        found.append(Term(f"{days_word(past)} past", past * weight.per_day))
    if past and item.kind is ItemKind.PROMISE:
        found.append(Term("late promise", LATE_PROMISE))
    return tuple(found)


def urgency(item: OpenItem, today: date) -> float:
    """The sum of the terms, rounded to six places so that equal facts compare equal."""
    return sum_of(terms(item, today))


def sum_of(parts: Iterable[Term]) -> float:
    """The urgency that some terms add up to."""
    return round(sum(term.value for term in parts), 6)
