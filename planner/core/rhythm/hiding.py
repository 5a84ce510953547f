"""What hides a rhythm for a while: a snooze, the wait after an attempt, a plan; and the further question of an item.

Pure; days are civil dates. With `today`, later facts are ignored.
"""

from __future__ import annotations

from datetime import date, timedelta

from planner.core.dates.interval import Interval
from planner.core.dates.shown import exact_date
from planner.core.model import RhythmFacts, Settings, Snooze
from planner.core.rhythm.cadence import Cadence

ATTEMPTS_IN_A_ROW = 3
ATTEMPTS_WITHIN_DAYS = 30
SNOOZES_IN_A_ROW = 3


def up_to(days: tuple[date, ...], today: date | None) -> tuple[date, ...]:
    """The days up to today; all of them without a `today`."""
    return days if today is None else tuple(day for day in days if day <= today)


def unsettled(planned: tuple[date, ...], last: date | None) -> list[date]:
    """Days of plans without a contact on that day or later."""
    return [day for day in planned if last is None or last < day]


def stands_from(planned_on: date, worst: date, cadence: Cadence, ideal_days: int) -> date | None:
    """The first day on which a plan hides the item; None for a plan that always does.

    A plan after both `worst` and today + ideal hides nothing: next summer does not silence a weekly rhythm.
    """
    if planned_on <= worst:
        return None
    ideal = cadence.ideal
    if ideal is None or ideal.unit in "dw":
        return planned_on - timedelta(days=ideal_days if ideal is None else ideal.days())
    first = Interval(-ideal.count, ideal.unit).after(planned_on)
    while ideal.after(first) < planned_on:
        # From the 28th of February a month leads to the 28th of March; only the 1st of March leads to the 31st.
        first += timedelta(days=1)
    return first


def planned_step(planned_on: date, planned_from: date | None, today: date | None) -> str:
    """The sentence in `why` about a plan."""
    if planned_from is None or today is None or planned_from <= today:
        return f"planned for {exact_date(planned_on)}: stands for this round until it is settled"
    return f"planned for {exact_date(planned_on)}: too far ahead to stand for this round"


def standing_snooze(
    snoozes: tuple[Snooze, ...], key: str, reached: tuple[date, ...], due: date, today: date | None
) -> Snooze | None:
    """The latest snooze, unless it is void through a contact on or after its day, a later due date or a new cadence."""
    made = [snooze for snooze in snoozes if today is None or snooze.made_on <= today]
    latest = max(made, key=lambda snooze: (snooze.made_on, snooze.id), default=None)
    if latest is None or latest.made_for != key or (due > latest.until and not latest.ends):
        return None
    return None if any(day >= latest.made_on for day in reached) else latest


def standing_attempt(
    attempts: tuple[date, ...],
    since: date,
    last: date | None,
    due: date,
    settings: Settings,
    today: date | None,
) -> date | None:
    """The latest attempt that still hides the item: it is after the last contact, and under this cadence."""
    tried = max(up_to(attempts, today), default=None)
    if tried is None or tried < since or (last is not None and last >= tried):
        return None
    return tried if due <= tried + timedelta(days=settings.attempt_days) else None


def put_off_until(snooze: Snooze | None, attempt: date | None, settings: Settings) -> date | None:
    """The day until which the latest snooze and the latest attempt hide an item; None if neither does.

    A snooze made on or after the attempt is the person's last word, and so is a move or a skip that ended one; else the
    later end counts.
    """
    if attempt is None:
        return None if snooze is None or snooze.ends else snooze.until
    wait = attempt + timedelta(days=settings.attempt_days)
    if snooze is None:
        return wait
    if snooze.made_on >= attempt:
        return None if snooze.ends else snooze.until
    return max(snooze.until, wait)


def hidden_until(
    snooze: Snooze | None, attempt: date | None, unanswered: bool, settings: Settings, steps: list[str]
) -> date | None:
    """The result of `put_off_until`; the step that explains it is added to `steps`.

    `unanswered` is false if I only wrote about a loop on the day of the attempt.
    """
    until = put_off_until(snooze, attempt, settings)
    if until is None:
        return None
    if snooze is not None and until == snooze.until:
        steps.append(f"snoozed on {exact_date(snooze.made_on)} to {exact_date(until)}")
    elif attempt is not None:
        tried = "no answer on" if unanswered else "wrote on"
        steps.append(f"{tried} {exact_date(attempt)}: again on {exact_date(until)}")
    return until


def question(facts: RhythmFacts, key: str, last: date | None, today: date | None) -> str:
    """The further question of the item: "attempts" after three without an answer, "snoozes" after three."""
    tried = sorted(
        day
        for day in up_to(facts.attempts, today)
        if (last is None or day > last) and (facts.returned_on is None or day >= facts.returned_on)
    )
    if len(tried) >= ATTEMPTS_IN_A_ROW and (tried[-1] - tried[-ATTEMPTS_IN_A_ROW]).days <= ATTEMPTS_WITHIN_DAYS:
        return "attempts"
    put_off = [
        snooze
        for snooze in facts.snoozes
        if snooze.made_for == key
        and not snooze.ends
        and (last is None or snooze.made_on > last)
        and (today is None or snooze.made_on <= today)
    ]
    return "snoozes" if len(put_off) >= SNOOZES_IN_A_ROW else ""
