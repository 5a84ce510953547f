"""When to be in touch with a contact again: derived from facts, never stored as truth.

Every function is pure. `today=None` derives the content of the stored table, which does not change as days pass; a date
derives what is true on that day, ignoring later facts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from planner.core.dates.civil import LAST_YEAR, next_working_day
from planner.core.dates.recurrence import due_after, next_occurrence, previous_occurrence
from planner.core.dates.shown import exact_date
from planner.core.model import (
    CircleCadence,
    ItemKind,
    Mode,
    OpenItem,
    RhythmFacts,
    Settings,
    State,
    Status,
)
from planner.core.records import record
from planner.core.rhythm import hiding
from planner.core.rhythm.cadence import Cadence, parse_cadence
from planner.core.words.counts import days_word
from planner.errors import Refused


@record(frozen=True, slots=True)
class EffectiveCadence:
    """The cadence that applies to a contact, since when, and its owner ("own" or "circle:NAME")."""

    cadence: Cadence
    text: str
    since: date
    source: str
    phase: date
    """The day from which a rule counts its turns. For a circle's rule the day the circle got it; else `since`."""

    @property
    def key(self) -> str:
        """The name of the cadence that a snooze stores; the snooze is void once the name changes."""
        return f"{self.source}|{self.text}|{self.since.isoformat()}"


@record(frozen=True, slots=True)
class Rhythm:
    """The keep-in-touch date of one contact, with its derivation.

    `due` and `worst` are civil dates; `ideal_days` the length of the round in days; `hidden_until` the end of a snooze
    or of the wait after an attempt; `planned_on` and `planned_from` as in `OpenItem`; `steps` the derivation in
    sentences.
    """

    effective: EffectiveCadence
    last_contact: date | None
    due: date
    worst: date
    ideal_days: int
    hidden_until: date | None
    paused_until: date | None
    planned_on: date | None
    planned_from: date | None
    new_rhythm: bool
    asks: str
    steps: tuple[str, ...]


def effective_cadence(facts: RhythmFacts) -> EffectiveCadence | None:
    """The contact's own cadence, else the shortest ideal among its circles, else None.

    Of circles with equal ideals the one in force longest applies, then the first by name. A cadence that is inherited
    again counts from that day.
    """
    if facts.cadence is not None:
        own = _parsed(facts.cadence, facts.cadence_since)
        if own is None or facts.cadence_since is None:
            return None
        return EffectiveCadence(own, own.text, facts.cadence_since, "own", facts.cadence_since)
    offered = [found for circle in facts.circles if (found := _circle_cadence(circle, facts.cadence_since)) is not None]
    return min(
        offered,
        key=lambda found: (ideal_length(found.cadence, found.phase), found.since, found.source),
        default=None,
    )


def _circle_cadence(circle: CircleCadence, inherited_on: date | None) -> EffectiveCadence | None:
    if circle.since is None:
        return None
    phase = circle.phase or circle.since
    cadence = _parsed(circle.cadence, phase)
    if cadence is None:
        return None
    since = max(circle.since, inherited_on) if inherited_on is not None else circle.since
    return EffectiveCadence(cadence, cadence.text, since, f"circle:{circle.name}", phase)


@lru_cache(maxsize=4096)
def _parsed(text: str | None, since: date | None) -> Cadence | None:
    """The cadence of a stored text; None for no text, and for a rule without a day left."""
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
    # Loaded late: it loads OpenSSL, and on most days nobody is spread.
    import hashlib

    digest = hashlib.blake2b(uid.encode(), digest_size=8).digest()
    return 1 + int.from_bytes(digest, "big") % ideal_days


def keep_in_touch(facts: RhythmFacts, settings: Settings, today: date | None = None) -> Rhythm | None:
    """The keep-in-touch date of a contact, or None if there is none.

    None for a contact without a cadence, with a mode other than rhythm, or not active.
    """
    if facts.mode is not Mode.RHYTHM or facts.status is not Status.ACTIVE:
        return None
    effective = effective_cadence(facts)
    if effective is None:
        return None
    reached = hiding.up_to(facts.reached, today)
    last = max(reached, default=None)
    steps = [_rhythm_step(effective)]
    steps.append(last_contact_step(last) if last else "never in touch yet")
    skips = [day for day in hiding.up_to(facts.skips, today) if day >= effective.since]
    due, slack, ideal_days, new_rhythm = _round(facts, effective, reached, skips, steps)
    seen = hiding.up_to(facts.seen, today)
    if seen:
        without = _round(facts, effective, _written_down(reached, seen), skips, [])
        if without[0] > due:
            due, slack, ideal_days, new_rhythm = without
            steps.append(f"what was only seen brings no date forward: {exact_date(due)}")
    if facts.returned_on is not None and due < facts.returned_on:
        due = facts.returned_on
        steps.append(f"came back on {exact_date(due)}: starts then, without a backlog")
    if effective.cadence.working_days:
        shifted = next_working_day(due, settings.weekend, settings.days_off)
        if shifted != due:
            due = shifted
            steps.append(f"working days only: {exact_date(due)}")
    worst = due + timedelta(days=slack)
    steps.append(f"late after {exact_date(worst)}")
    snooze = hiding.standing_snooze(facts.snoozes, effective.key, reached, due, today)
    tries = (*facts.attempts, *facts.wrote)
    attempt = hiding.standing_attempt(tries, effective.since, last, due, settings, today)
    hidden = hiding.hidden_until(snooze, attempt, attempt in facts.attempts, settings, steps)
    planned_on = min(hiding.unsettled(facts.planned, last), default=None)
    planned_from = None
    if planned_on is not None:
        planned_from = hiding.stands_from(planned_on, worst, effective.cadence, ideal_days)
        steps.append(hiding.planned_step(planned_on, planned_from, today))
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
        planned_from=planned_from,
        new_rhythm=new_rhythm,
        asks=hiding.question(facts, effective.key, last, today),
        steps=tuple(steps),
    )


def _round(
    facts: RhythmFacts, effective: EffectiveCadence, reached: tuple[date, ...], skips: list[date], steps: list[str]
) -> tuple[date, int, int, bool]:
    """(due, days from due to worst, ideal days, new rhythm) of the round after the contacts in `reached`."""
    if effective.cadence.ideal is None:
        return _by_rule(effective, reached, skips, steps)
    last, skip = max(reached, default=None), max(skips, default=None)
    return _by_interval(facts, effective, last, skip, steps)


def _written_down(reached: tuple[date, ...], seen: tuple[date, ...]) -> tuple[date, ...]:
    """The days of contact that a person wrote down; a day that was both written down and seen stays."""
    left = list(reached)
    for day in seen:
        left.remove(day)
    return tuple(left)


def last_contact_step(last: date) -> str:
    """The derivation step that names the last contact."""
    return f"last contact on {exact_date(last)}"


def _rhythm_step(effective: EffectiveCadence) -> str:
    whose = "your own rhythm" if effective.source == "own" else f"from the {effective.source.replace(':', ' ')}"
    return f"{effective.cadence.words}, {whose}, since {exact_date(effective.since)}"


def _by_interval(
    facts: RhythmFacts, effective: EffectiveCadence, last: date | None, skip: date | None, steps: list[str]
) -> tuple[date, int, int, bool]:
    """(due, days from due to worst, ideal days, new rhythm) of an interval.

    The default worst is half the ideal after due, in whole days rounded down.
    """
    ideal, worst_interval = effective.cadence.ideal, effective.cadence.worst
    assert ideal is not None
    anchor = last or effective.since
    due, new_rhythm = ideal.after(anchor), False
    length = max(1, (due - anchor).days)
    slack = (worst_interval.after(anchor) - due).days if worst_interval is not None else length // 2
    if facts.spread and (last is None or due <= effective.since):
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
    return due, max(0, slack), length, new_rhythm


def _by_rule(
    effective: EffectiveCadence, reached: tuple[date, ...], skips: list[date], steps: list[str]
) -> tuple[date, int, int, bool]:
    """(due, days from due to worst, ideal days, False) of an RRULE.

    A skip moves to the first day of the rule after both its own day and the day that was due then. Worst is half the
    gap to the next day of the rule after due, in whole days rounded down.
    """
    rule, since, phase = effective.cadence.rule, effective.since, effective.phase
    last = max(reached, default=None)
    due = due_after(rule, since, None, phase)
    for skip in sorted(set(skips)):
        before = max((day for day in reached if day < skip), default=None)
        due = _later(due, due_after(rule, since, before, phase))
        due = next_occurrence(rule, phase, max(due, skip)) if due is not None else None
    due = _later(due, due_after(rule, since, last, phase))
    if due is None:
        # A rule that has ended asks for nothing; this day is so far that it is never shown.
        due = date(LAST_YEAR, 12, 31)
    following = next_occurrence(rule, phase, due)
    previous = previous_occurrence(rule, phase, due - timedelta(days=1)) if following is None else None
    if following is not None:
        length = (following - due).days
    else:
        length = (due - previous).days if previous is not None else 365
    if skips and (last is None or max(skips) >= last):
        steps.append(f"skipped on {exact_date(max(skips))}")
    steps.append(f"the next day of the rule is {exact_date(due)}")
    return due, length // 2, max(1, length), False


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two days of a rule; None, for a rule that has ended, is later than any day."""
    return None if one is None or other is None else max(one, other)


def rhythm_item(facts: RhythmFacts, settings: Settings, today: date | None = None) -> OpenItem | None:
    """The open keep-in-touch item of a contact, or None; at most one, however many rounds were missed."""
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
        planned_from=rhythm.planned_from,
        working_days=rhythm.effective.cadence.working_days,
        asks=rhythm.asks,
        text=rhythm.effective.cadence.words + (", new rhythm" if rhythm.new_rhythm else ""),
    )


def item_state(item: OpenItem, settings: Settings, today: date, everyone_paused_until: date | None = None) -> State:
    """The state of an open item today; a pause and a planned interaction apply to keep-in-touch only."""
    if item.kind is ItemKind.CADENCE:
        pauses = (item.paused_until, everyone_paused_until)
        if any(day is not None and today < day for day in pauses):
            return State.PAUSED
        if item.planned_on is not None and (item.planned_from is None or item.planned_from <= today):
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
    """The item with its day chosen by hand, while its due date is still the one for which it was chosen."""
    return replace(item, chosen_day=day) if day is not None and for_due == item.due else item
