"""Judges the traces of a contact: each becomes contact, an attempt, a plan, a loop, or nothing. Pure.

The answer depends on the set of traces and on now, never on the order in which they were found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, timedelta
from enum import StrEnum

from planner.core.evidence.seen import MOST_RECIPIENTS
from planner.core.evidence.traces import Trace, TraceKind
from planner.core.model import Direction, Outcome
from planner.core.records import record

REPLY_DAYS = 14
"""My letter is contact when they answer it within this many days."""
LOOP_DAYS = 14
"""A loop opens only for a message or call at most this many days old, and only such a meeting is asked about."""
MOST_PLANS = 3
"""The most future meetings planned with one person: a weekly one would fill a year."""


class WhatCounts(StrEnum):
    """What counts as contact, with a person or in a source."""

    ANY = "any"
    """Any message, mine included."""
    ANSWERED = "answered"
    """My message once they answer it; until then it is an attempt."""
    THEIRS = "theirs"
    """Only their messages; mine stay attempts."""
    OFF = "off"
    """Nothing."""


@record(frozen=True, slots=True)
class JudgedBy:
    """What the traces of one contact are judged by.

    `now` is in seconds since 1970. `counts` gives what counts by source; a source it does not name has `answered`.
    `watched_since` gives the day on which each source was added, `has_rhythm` whether the contact has a cadence,
    `waiting` the days and channels of open loops.
    """

    now: int
    today: date
    counts: Mapping[int, WhatCounts] = field(default_factory=dict)
    watched_since: Mapping[int, date] = field(default_factory=dict)
    has_rhythm: bool = False
    waiting: frozenset[tuple[date, str]] = frozenset()
    may_wait: bool = True
    """Whether their messages and calls may open loops: not for people archived or never chased."""

    def counting(self, source: int) -> WhatCounts:
        """What counts as contact in a source."""
        return self.counts.get(source, WhatCounts.ANSWERED)


@record(frozen=True, slots=True)
class Finding:
    """An interaction that a contact's traces show; it rests on `traces`, `at` is the second of the last one."""

    on: date
    channel: str
    direction: Direction
    outcome: Outcome
    at: int
    traces: tuple[Trace, ...]
    waits: bool = False
    """Whether it opens a loop: a message to answer, or a call to return."""
    answered_on: date | None = None
    """The day on which I answered it, if I did."""

    @property
    def place(self) -> tuple[date, str, Direction]:
        """Day, channel and direction: a person has one interaction of each."""
        return self.on, self.channel, self.direction


_SIMPLE: dict[TraceKind, tuple[str, Direction, Outcome]] = {
    TraceKind.WROTE: ("mail", Direction.THEM, Outcome.REACHED),
    TraceKind.OVERHEARD: ("mail", Direction.THEM, Outcome.REACHED),
    TraceKind.RANG: ("call", Direction.THEM, Outcome.REACHED),
    TraceKind.CALLED: ("call", Direction.ME, Outcome.REACHED),
    TraceKind.TRIED: ("call", Direction.ME, Outcome.ATTEMPT),
    TraceKind.MISSED: ("call", Direction.THEM, Outcome.ATTEMPT),
}
_LETTERS = frozenset({TraceKind.WROTE, TraceKind.OVERHEARD, TraceKind.SENT})
_MESSAGES = frozenset({TraceKind.WROTE, TraceKind.OVERHEARD, TraceKind.SAID})
_ENDS_A_CALL = _MESSAGES | {TraceKind.RANG, TraceKind.CALLED, TraceKind.MET}
"""Traces after a missed call that make returning it needless."""
_ANSWERS = frozenset(
    {TraceKind.SENT, TraceKind.REPLIED, TraceKind.CALLED, TraceKind.TRIED, TraceKind.RANG, TraceKind.MET}
)
"""Traces after one of their messages that answer it."""
HOW_MUCH = {Outcome.PLANNED: 0, Outcome.ATTEMPT: 1, Outcome.REACHED: 2}
"""Ranks outcomes: the higher one counts when two share a day, channel and direction."""


def judge(contact: int, traces: Iterable[Trace], by: JudgedBy) -> tuple[Finding, ...]:
    """The interactions that the traces of a contact show, one for each day, channel and direction.

    `traces` holds all traces of the contact, traces of others or of nobody that share a digest with one of them, and
    traces of letters that one of them answers. Refused traces are not among them.
    """
    everything = list(traces)
    void = {one.digest for one in everything if one.kind is TraceKind.VOID}
    mine = {one.digest for one in everything if one.kind is TraceKind.SENT}
    own = [
        one
        for one in everything
        if one.contact == contact
        and one.on is not None
        and one.digest not in void
        and by.counting(one.source) is not WhatCounts.OFF
        and (one.kind is not TraceKind.OVERHEARD or one.answers in mine)
    ]
    first: dict[str, int] = {}
    for one in own:
        if one.kind in _LETTERS:
            first[one.digest] = min(one.at, first.get(one.digest, one.at))
    # Copies of one letter may bear different dates: the earliest counts, in whichever order they are read.
    own = [one for one in own if one.kind not in _LETTERS or one.at == first[one.digest]]
    said = _of_chats(own, [one for one in everything if one.digest not in void], by)
    found: dict[tuple[date, str, Direction], tuple[Outcome, list[Trace]]] = {}
    for channel, direction, outcome, one in (*_of_letters_and_calls(own, by), *said, *_of_meetings(own, by)):
        assert one.on is not None
        before, rests_on = found.setdefault((one.on, channel, direction), (outcome, []))
        rests_on.append(one)
        found[one.on, channel, direction] = (max(before, outcome, key=HOW_MUCH.__getitem__), rests_on)
    findings = [
        Finding(on, channel, direction, outcome, max(one.at for one in rests_on), tuple(rests_on))
        for (on, channel, direction), (outcome, rests_on) in found.items()
    ]
    findings.sort(key=lambda one: (one.at, one.on, one.channel, one.direction))
    return tuple(_with_loop(_plans_ahead(findings, by), own, by))


Shown = tuple[str, Direction, Outcome, Trace]


def _of_letters_and_calls(own: Sequence[Trace], by: JudgedBy) -> Iterable[Shown]:
    wrote = sorted(one.on for one in own if one.on and one.kind in (TraceKind.WROTE, TraceKind.OVERHEARD))
    for one in own:
        if one.kind in _SIMPLE:
            yield (*_SIMPLE[one.kind], one)
        elif one.kind is TraceKind.SENT and one.on is not None:
            counts = by.counting(one.source)
            place = bisect_left(wrote, one.on)
            answered = place < len(wrote) and (wrote[place] - one.on).days <= REPLY_DAYS
            reached = counts is WhatCounts.ANY or (counts is WhatCounts.ANSWERED and answered)
            yield "mail", Direction.ME, Outcome.REACHED if reached else Outcome.ATTEMPT, one


def _of_chats(own: Sequence[Trace], everything: Sequence[Trace], by: JudgedBy) -> Iterable[Shown]:
    """Days of chats on which both wrote, or only they, or only I; in groups only days on which both wrote."""
    chats = {one.digest for one in own if one.kind in (TraceKind.SAID, TraceKind.REPLIED)}
    writers: dict[str, set[str]] = defaultdict(set)
    groups: set[str] = set()
    my_days: dict[str, dict[date, Trace]] = defaultdict(dict)
    for one in everything:
        if one.digest not in chats:
            continue
        if one.kind is TraceKind.WRITER:
            writers[one.digest].add(one.answers)
        elif one.kind is TraceKind.GROUP:
            groups.add(one.digest)
        elif one.kind is TraceKind.REPLIED and one.on is not None and by.counting(one.source) is not WhatCounts.OFF:
            before = my_days[one.digest].get(one.on)
            my_days[one.digest][one.on] = one if before is None or before.at < one.at else before
    days: dict[date, tuple[list[Trace], list[Trace]]] = defaultdict(lambda: ([], []))
    for digest in sorted(chats):
        theirs = [one for one in own if one.digest == digest and one.kind is TraceKind.SAID]
        if digest in groups or len(writers[digest]) > 1:
            if len(writers[digest]) + bool(my_days[digest]) <= MOST_RECIPIENTS:
                for one in theirs:
                    if one.on in my_days[digest]:
                        days[one.on][0].append(one)
                        days[one.on][1].append(my_days[digest][one.on])
            continue
        for one in theirs:
            if one.on is not None:
                days[one.on][0].append(one)
        for on, one in my_days[digest].items():
            days[on][1].append(one)
    for said, replied in days.values():
        counts = {by.counting(one.source) for one in replied}
        if said:
            direction = Direction.BOTH if replied else Direction.THEM
            for one in (*said, *replied):
                yield "message", direction, Outcome.REACHED, one
        else:
            outcome = Outcome.REACHED if WhatCounts.ANY in counts else Outcome.ATTEMPT
            for one in replied:
                yield "message", Direction.ME, outcome, one


def _of_meetings(own: Sequence[Trace], by: JudgedBy) -> Iterable[Shown]:
    """Meetings: future ones are planned. Past ones that were accepted are contact, the others are asked about."""
    sure = {(one.digest, one.on) for one in own if one.kind is TraceKind.MET}
    for one in own:
        if one.kind is TraceKind.MET or (one.kind is TraceKind.UNSURE and (one.digest, one.on) not in sure):
            if one.at > by.now:
                yield "meeting", Direction.BOTH, Outcome.PLANNED, one
            elif one.kind is TraceKind.MET:
                yield "meeting", Direction.BOTH, Outcome.REACHED, one
            elif one.on is not None and (by.today - one.on).days < LOOP_DAYS:
                # A plan whose day is past is asked about: did it happen?
                yield "meeting", Direction.BOTH, Outcome.PLANNED, one


def _plans_ahead(findings: Sequence[Finding], by: JudgedBy) -> list[Finding]:
    """The findings with only the first future plans, and without plans settled by a contact on their day or later.

    A letter of today does not settle a meeting still to come today.
    """
    today = by.today
    last = max((one.on for one in findings if one.outcome is Outcome.REACHED), default=date.min)
    planned = [
        one for one in findings
        if one.outcome is Outcome.PLANNED and (one.on > last or (one.on == last == today and one.at > by.now))
    ]  # fmt: skip
    ahead = sorted((one for one in planned if one.on > today), key=lambda one: one.on)[MOST_PLANS:]
    return [one for one in findings if one.outcome is not Outcome.PLANNED or (one in planned and one not in ahead)]


def _with_loop(findings: list[Finding], own: Sequence[Trace], by: JudgedBy) -> list[Finding]:
    """The findings, with the last message or missed call marked as waiting if no answer came after it."""
    shown = {*own, *(one for finding in findings for one in finding.traces)}
    looked: set[Outcome] = set()
    for place in range(len(findings) - 1, -1, -1):
        one = findings[place]
        kinds = _MESSAGES if one.outcome is Outcome.REACHED else frozenset({TraceKind.MISSED})
        theirs = [trace for trace in one.traces if trace.kind in kinds]
        if not theirs or one.outcome is Outcome.PLANNED or one.outcome in looked:
            continue
        looked.add(one.outcome)
        ends = _ENDS_A_CALL if one.outcome is Outcome.ATTEMPT else _ANSWERS
        at = max(trace.at for trace in theirs)
        after = [trace.on for trace in shown if trace.kind in ends and at <= trace.at <= by.now]
        if after:
            findings[place] = replace(one, answered_on=min(on for on in after if on is not None))
        elif _may_wait(one, theirs, by):
            findings[place] = replace(one, waits=True)
            break
    return findings


def _may_wait(finding: Finding, theirs: Sequence[Trace], by: JudgedBy) -> bool:
    missed = finding.outcome is Outcome.ATTEMPT
    if not by.may_wait or (not missed and not by.has_rhythm):
        return False
    if not missed and all(finding.on < by.watched_since.get(one.source, finding.on) for one in theirs):
        return False
    return (finding.on, finding.channel) in by.waiting or by.today - finding.on < timedelta(days=LOOP_DAYS)
