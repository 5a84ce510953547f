"""When to be in touch with a contact again: derived from facts, never stored as truth.

Every function is pure. `today=None` derives what the stored table holds, which no day's passing changes;
a date derives what is true on that day, leaving out facts dated after it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from planner.core.dates.recurrence import due_after, next_occurrence, previous_occurrence
from planner.core.dates.typed import exact_date, next_working_day
from planner.core.model import (
    CircleCadence,
    ItemKind,
    Mode,
    OpenItem,
    RhythmFacts,
    Settings,
    Snooze,
    State,
    Status,
)
from planner.core.records import record
from planner.core.rhythm.cadence import Cadence, parse_cadence
from planner.core.words.wording import days_word
from planner.errors import Refused

ATTEMPTS_IN_A_ROW = 3
ATTEMPTS_WITHIN_DAYS = 30
SNOOZES_IN_A_ROW = 3


@record(frozen=True, slots=True)
class EffectiveCadence:
    """The cadence that counts for a contact, since when, and whose it is ("own" or "circle:NAME")."""

    cadence: Cadence
    text: str
    since: date
    source: str

    @property
    def key(self) -> str:
        """What a snooze was made under; a snooze made under another key is void."""
        return f"{self.source}|{self.text}|{self.since.isoformat()}"


@record(frozen=True, slots=True)
class Rhythm:
    """The keep-in-touch date of one contact and how it came about.

    `due` and `worst` are civil dates; `ideal_days` the length of the round in days; `hidden_until` the end
    of a snooze or of the wait after an attempt; `steps` the derivation in sentences.
    """

    effective: EffectiveCadence
    last_contact: date | None
    due: date
    worst: date
    ideal_days: int
    hidden_until: date | None
    paused_until: date | None
    planned_on: date | None
    new_rhythm: bool
    asks: str
    steps: tuple[str, ...]


def effective_cadence(facts: RhythmFacts) -> EffectiveCadence | None:
    """The contact's own cadence, else the shortest ideal among its circles, else None."""
    if facts.cadence is not None:
        own = _parsed(facts.cadence, facts.cadence_since)
        if own is None or facts.cadence_since is None:
            return None
        return EffectiveCadence(own, own.text, facts.cadence_since, "own")
    offered = [found for circle in facts.circles if (found := _circle_cadence(circle)) is not None]
    return min(offered, key=lambda found: (ideal_length(found.cadence, found.since), found.source), default=None)


def _circle_cadence(circle: CircleCadence) -> EffectiveCadence | None:
    cadence = _parsed(circle.cadence, circle.since)
    if cadence is None or circle.since is None:
        return None
    return EffectiveCadence(cadence, cadence.text, circle.since, f"circle:{circle.name}")


@lru_cache(maxsize=4096)
def _parsed(text: str | None, since: date | None) -> Cadence | None:
    """A stored cadence; None where there is none, or where a rule has no day left for a late joiner."""
    if not text or since is None:
        return None
    try:
        return parse_cadence(text, since)
    except Refused:
        return None


def ideal_length(cadence: Cadence, since: date) -> int:
    """The usual length of a round in days, at least 1; for a rule the gap between its first two days."""
    if cadence.ideal is not None:
        return max(1, cadence.ideal.days())
    first = next_occurrence(cadence.rule, since, since - timedelta(days=1))
    second = next_occurrence(cadence.rule, since, first) if first is not None else None
    return max(1, (second - first).days) if first is not None and second is not None else 365


def spread_days(uid: str, ideal_days: int) -> int:
    """Days after `since`, 1 to `ideal_days`, evenly spread over contacts by a stable hash of the uid."""
    digest = hashlib.blake2b(uid.encode(), digest_size=8).digest()
    return 1 + int.from_bytes(digest, "big") % ideal_days


def keep_in_touch(facts: RhythmFacts, settings: Settings, today: date | None = None) -> Rhythm | None:
    """The keep-in-touch date of a contact, or None where nothing is to be kept up.

    None for a contact without a cadence, with a mode other than rhythm, or not active.
    """
    if facts.mode is not Mode.RHYTHM or facts.status is not Status.ACTIVE:
        return None
    effective = effective_cadence(facts)
    if effective is None:
        return None
    reached = _until(facts.reached, today)
    last = max(reached, default=None)
    steps = [_rhythm_step(effective)]
    steps.append(f"last contact on {exact_date(last)}" if last else "never in touch yet")
    skips = [day for day in _until(facts.skips, today) if day >= effective.since]
    skip = max(skips, default=None)
    if effective.cadence.ideal is not None:
        due, worst, ideal_days, new_rhythm = _by_interval(facts, effective, last, skip, steps)
    else:
        due, worst, ideal_days, new_rhythm = _by_rule(effective, reached, skips, steps)
    if facts.returned_on is not None and due < facts.returned_on:
        worst += facts.returned_on - due
        due = facts.returned_on
        steps.append(f"came back on {exact_date(due)}: starts then, without a backlog")
    if effective.cadence.working_days:
        shifted = next_working_day(due, settings.weekend, settings.days_off)
        if shifted != due:
            due, worst = shifted, max(worst, shifted)
            steps.append(f"working days only: {exact_date(due)}")
    snooze = _standing_snooze(facts.snoozes, effective.key, reached, due, today)
    attempt = _standing_attempt(facts.attempts, effective.since, last, due, settings, today)
    hidden = _hidden_until(snooze, attempt, settings, steps)
    planned_on = min(facts.planned, default=None)
    if planned_on is not None:
        steps.append(f"planned for {exact_date(planned_on)}: stands for this round until it is settled")
    pauses = [facts.paused_until, *(circle.paused_until for circle in facts.circles)]
    paused_until = max((day for day in pauses if day is not None), default=None)
    return Rhythm(
        effective=effective,
        last_contact=last,
        due=due,
        worst=worst,
        ideal_days=ideal_days,
        hidden_until=hidden,
        paused_until=paused_until,
        planned_on=planned_on,
        new_rhythm=new_rhythm,
        asks=_question(facts, effective.key, last, today),
        steps=tuple(steps),
    )


def _until(days: tuple[date, ...], today: date | None) -> tuple[date, ...]:
    return days if today is None else tuple(day for day in days if day <= today)


def _rhythm_step(effective: EffectiveCadence) -> str:
    whose = "your own rhythm" if effective.source == "own" else f"from the {effective.source.replace(':', ' ')}"
    return f"{effective.cadence.words}, {whose}, since {exact_date(effective.since)}"


def _by_interval(
    facts: RhythmFacts, effective: EffectiveCadence, last: date | None, skip: date | None, steps: list[str]
) -> tuple[date, date, int, bool]:
    """(due, worst, ideal days, new rhythm) of an interval; worst defaults to 1.5 × ideal, in whole days."""
    ideal, worst_interval = effective.cadence.ideal, effective.cadence.worst
    assert ideal is not None
    anchor = last or effective.since
    by_anchor = ideal.after(anchor)
    length = max(1, (by_anchor - anchor).days)
    slack = (worst_interval.after(anchor) - by_anchor).days if worst_interval is not None else length * 3 // 2 - length
    due, new_rhythm = by_anchor, False
    if last is None and facts.spread:
        due = effective.since + timedelta(days=spread_days(facts.uid, length))
        steps.append(f"first date spread over the {days_word(length)} after that: {exact_date(due)}")
    elif last is None:
        steps.append(f"due {ideal} after the rhythm was set: {exact_date(due)}")
    elif due < effective.since:
        due, new_rhythm = effective.since, True
        steps.append(f"new rhythm: starts on {exact_date(due)}, not before it was set")
    else:
        steps.append(f"due {ideal} after that: {exact_date(due)}")
    if skip is not None and ideal.after(skip) > due:
        due, new_rhythm = ideal.after(skip), False
        steps.append(f"skipped on {exact_date(skip)}: next due {exact_date(due)}")
    worst = due + timedelta(days=max(0, slack))
    steps.append(f"late after {exact_date(worst)}")
    return due, worst, length, new_rhythm


def _by_rule(
    effective: EffectiveCadence, reached: tuple[date, ...], skips: list[date], steps: list[str]
) -> tuple[date, date, int, bool]:
    """(due, worst, ideal days, False) of an RRULE.

    A skip leaves out the occurrence due on its day, or the one nearest to it where that is later; a
    contact on that day or after it meets its own.
    """
    rule, since = effective.cadence.rule, effective.since
    last = max(reached, default=None)
    due = due_after(rule, since, None)
    for skip in sorted(set(skips)):
        before = max((day for day in reached if day < skip), default=None)
        due = _later(due, due_after(rule, since, before))
        beyond = next_occurrence(rule, since, due) if due is not None else None
        due = _later(beyond, due_after(rule, since, skip))
    due = _later(due, due_after(rule, since, last))
    if due is None:
        # A rule that ran out (UNTIL, COUNT) asks for nothing more; far enough never to be shown.
        due = date(2200, 12, 31)
    previous = previous_occurrence(rule, since, due - timedelta(days=1))
    following = next_occurrence(rule, since, due) if previous is None else None
    if previous is not None:
        length = (due - previous).days
    else:
        length = (following - due).days if following is not None else 365
    worst = due + timedelta(days=length // 2)
    if skips and (last is None or max(skips) >= last):
        steps.append(f"skipped on {exact_date(max(skips))}")
    steps.append(f"the next day of the rule is {exact_date(due)}, late after {exact_date(worst)}")
    return due, worst, max(1, length), False


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two days of a rule; None, where it has ended, is later than any."""
    return None if one is None or other is None else max(one, other)


def _standing_snooze(
    snoozes: tuple[Snooze, ...], key: str, reached: tuple[date, ...], due: date, today: date | None
) -> Snooze | None:
    """The latest snooze, unless a contact on or after its day, a later due date or a new cadence voids it."""
    made = [snooze for snooze in snoozes if today is None or snooze.made_on <= today]
    latest = max(made, key=lambda snooze: (snooze.made_on, snooze.id), default=None)
    if latest is None or latest.made_for != key or due > latest.until:
        return None
    return None if any(day >= latest.made_on for day in reached) else latest


def _standing_attempt(
    attempts: tuple[date, ...],
    since: date,
    last: date | None,
    due: date,
    settings: Settings,
    today: date | None,
) -> date | None:
    """The latest attempt that still hides the item: after the last contact, under this cadence."""
    tried = max(_until(attempts, today), default=None)
    if tried is None or tried < since or (last is not None and last >= tried):
        return None
    return tried if due <= tried + timedelta(days=settings.attempt_days) else None


def _hidden_until(snooze: Snooze | None, attempt: date | None, settings: Settings, steps: list[str]) -> date | None:
    """A snooze made on or after the attempt is the person's last word; else the later end counts."""
    wait = attempt + timedelta(days=settings.attempt_days) if attempt is not None else None
    if snooze is not None and (attempt is None or wait is None or snooze.made_on >= attempt):
        steps.append(f"snoozed on {exact_date(snooze.made_on)} to {exact_date(snooze.until)}")
        return snooze.until
    if wait is None or attempt is None:
        return None
    if snooze is not None and snooze.until >= wait:
        steps.append(f"snoozed on {exact_date(snooze.made_on)} to {exact_date(snooze.until)}")
        return snooze.until
    steps.append(f"no answer on {exact_date(attempt)}: again on {exact_date(wait)}")
    return wait


def _question(facts: RhythmFacts, key: str, last: date | None, today: date | None) -> str:
    """What the item asks beside itself: "attempts" after three without an answer, "snoozes" after three."""
    tried = sorted(
        day
        for day in _until(facts.attempts, today)
        if (last is None or day > last) and (facts.returned_on is None or day >= facts.returned_on)
    )
    if len(tried) >= ATTEMPTS_IN_A_ROW and (tried[-1] - tried[-ATTEMPTS_IN_A_ROW]).days <= ATTEMPTS_WITHIN_DAYS:
        return "attempts"
    put_off = [
        snooze
        for snooze in facts.snoozes
        if snooze.made_for == key
        and (last is None or snooze.made_on > last)
        and (today is None or snooze.made_on <= today)
    ]
    return "snoozes" if len(put_off) >= SNOOZES_IN_A_ROW else ""


def rhythm_item(facts: RhythmFacts, settings: Settings, today: date | None = None) -> OpenItem | None:
    """The open keep-in-touch item of a contact, or None; one at most, however many rounds were missed."""
    rhythm = keep_in_touch(facts, settings, today)
    if rhythm is None:
        return None
    return OpenItem(
        id=f"c{facts.contact_id}",
        kind=ItemKind.CADENCE,
        contact_id=facts.contact_id,
        due=rhythm.due,
        worst=rhythm.worst,
        ideal_days=rhythm.ideal_days,
        last_contact=rhythm.last_contact,
        hidden_until=rhythm.hidden_until,
        paused_until=rhythm.paused_until,
        planned_on=rhythm.planned_on,
        working_days=rhythm.effective.cadence.working_days,
        asks=rhythm.asks,
        text=rhythm.effective.cadence.words + (", new rhythm" if rhythm.new_rhythm else ""),
    )


def item_state(item: OpenItem, settings: Settings, today: date, everyone_paused_until: date | None = None) -> State:
    """Where an open item stands today; a pause and a planned interaction count for keep-in-touch only."""
    if item.kind is ItemKind.CADENCE:
        pauses = (item.paused_until, everyone_paused_until)
        if any(day is not None and today < day for day in pauses):
            return State.PAUSED
        if item.planned_on is not None:
            return State.PLANNED
    if item.hidden_until is not None and today < item.hidden_until:
        return State.SNOOZED
    if today < item.due:
        return State.SOON if (item.due - today).days <= settings.soon_days else State.FINE
    late_after = item.worst if item.worst is not None else item.due
    if item.kind in (ItemKind.CADENCE, ItemKind.PROMISE) and today > late_after:
        return State.LATE
    return State.DUE


def chosen(item: OpenItem, day: date | None, for_due: date | None) -> OpenItem:
    """The item with its day chosen by hand, as long as its due date is still the one it was chosen for."""
    return replace(item, chosen_day=day) if day is not None and for_due == item.due else item
