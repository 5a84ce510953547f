"""The week plan: which open item goes on which day.

Fixed items go on their day, overdue ones on today. A rhythm joins the first fixed item of the same person between due
and worst. All others fill the free places day by day: first those that turn late by that day, in at most half of the
places, then the most urgent. The rest is counted as waiting. Pure and deterministic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.core.dates.civil import next_working_day, week_start
from planner.core.model import Agenda, AgendaItem, Day, ItemKind, OpenItem, Settings, State
from planner.core.records import record
from planner.core.rhythm.due import item_state
from planner.core.rhythm.hours import has_begun, in_order, next_hour
from planner.core.rhythm.urgency import days_past, sum_of, terms, urgency
from planner.core.words.wording import reason

WEEK = 7
CROWDED = 200
"""On a day with more interactions, the done items are read only on demand."""
STRETCHED = 10
"""The most rhythms that are proposed to be made longer."""


@record(frozen=True, slots=True)
class Week:
    """The seven days of a plan; `start` and `end` both belong to it."""

    start: date
    end: date

    @classmethod
    def of(cls, day: date, settings: Settings) -> Week:
        """The week that contains a day, by the week start of the settings."""
        start = week_start(day, settings.week_start)
        return cls(start, start + timedelta(days=WEEK - 1))

    def days(self) -> tuple[date, ...]:
        """The seven civil dates."""
        return tuple(self.start + timedelta(days=count) for count in range(WEEK))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def look_ahead(week: Week, today: date, settings: Settings, kind: ItemKind | None = None) -> date:
    """The last day whose fixed items a week shows: its end, or for this week some days from today.

    A promise for next Monday should not be a surprise on Monday: seven days. Birthdays and other dates have a lead time
    of their own. Without a kind, the later of the two.
    """
    if today not in week or kind is ItemKind.CADENCE:
        return week.end
    lead = settings.date_lead_days
    days = max(WEEK, lead) if kind is None else lead if kind is ItemKind.DATE else WEEK
    return max(week.end, today + timedelta(days=days))


def is_shown(item: OpenItem, settings: Settings, today: date, everyone_paused_until: date | None) -> bool:
    """Whether the agenda shows an item today. Snoozes, pauses and plans hide it."""
    state = item_state(item, settings, today, everyone_paused_until)
    return state not in (State.SNOOZED, State.PAUSED, State.PLANNED)


def plan(
    open_items: Iterable[OpenItem],
    *,
    today: date,
    week: Week,
    settings: Settings,
    done: Sequence[OpenItem] = (),
    everyone_paused_until: date | None = None,
    rhythms_due: int | None = None,
    hour: str = "",
) -> Agenda:
    """The plan of one week.

    `open_items` holds each open item once, in any order, fixed ones after the week too where a rhythm may join them;
    `done` what was settled in the week, with `settled_on`; `rhythms_due` how many keep-in-touch items are due by the
    week's end in all, where `open_items` holds only the most urgent of them; `hour` is the time of day ("15:30"), or
    "". A week before today's shows only what was done.
    """
    shown = [item for item in open_items if is_shown(item, settings, today, everyone_paused_until)]
    fixed: list[tuple[OpenItem, date]] = []
    flexible: list[OpenItem] = []
    for item in shown:
        day = _fixed_day(item, today)
        if day is None:
            flexible.append(item)
        else:
            fixed.append((item, day))
    load: Counter[date] = Counter(day for _, day in fixed)
    load[today] += sum(1 for item in done if item.settled_on == today)
    wanted = [item for item in flexible if item.due <= week.end]
    joined = _joined(wanted, fixed, today, settings)
    joining = {item.id for item, _ in joined}
    alone = [item for item in wanted if item.id not in joining]
    placed = _place(alone, load, today, week, settings)
    left = len(alone) - len(placed) + sum(1 for _, day in joined if day > week.end)
    by_hand = sum(1 for item, _ in fixed if item.kind is ItemKind.CADENCE and item.due <= week.end)
    shown_rhythms = len(placed) + by_hand + sum(1 for _, day in joined if day <= week.end)
    waiting = left if rhythms_due is None else max(left, rhythms_due - shown_rhythms)
    if week.end < today:
        waiting = 0
    inside = [
        agenda_item(item, day, settings, today, everyone_paused_until, hour, joined=item.id in joining)
        for item, day in (*fixed, *joined, *placed)
        if week.start <= day <= look_ahead(week, today, settings, item.kind)
    ]
    inside.sort(key=lambda found: _in_week(found, settings))
    finished = _finished(done, today, week)
    return Agenda(
        today=today,
        start=week.start,
        end=week.end,
        items=tuple(inside),
        done=finished,
        waiting=waiting,
        days=_days(week, inside, finished, settings),
        next_hour=next_hour(shown, today, hour, settings.day_starts_at),
    )


def with_people_anew(
    week: Agenda,
    people: Collection[int],
    open_items: Iterable[OpenItem],
    *,
    settings: Settings,
    done: Sequence[OpenItem] = (),
    everyone_paused_until: date | None = None,
    hour: str = "",
) -> Agenda | None:
    """A planned week, updated with the open and done items of some people after a verb about them.

    It equals a new plan, except that freed or taken places are not redistributed. None where one of their rhythms may
    get a different place: that needs a new plan. `open_items` and `done` hold all of theirs, as `plan` takes them;
    items done for needs and introductions stay as they were.
    """
    span, today = Week(week.start, week.end), week.today
    before = {one.item.id: one for one in week.items if one.item.contact_id in people}
    stay, moved = [], []
    for item in open_items:
        known, day = before.get(item.id), _fixed_day(item, today)
        if known is not None and known.item == item:
            stay.append(known)
        elif (day or item.due) <= look_ahead(span, today, settings, item.kind) and is_shown(
            item, settings, today, everyone_paused_until
        ):
            if day is None:
                return None
            moved.append(agenda_item(item, day, settings, today, everyone_paused_until, hour))
    if len(stay) < len(before) and any(one.joined for one in stay):
        return None
    others = (one for one in week.items if one.item.contact_id not in people)
    items = sorted((*others, *stay, *moved), key=lambda found: _in_week(found, settings))
    anew = {(item.id, item.contact_id) for item in done}
    settled = [
        one.item for one in week.done
        if one.item.kind in (ItemKind.NEED, ItemKind.INTRODUCTION)
        or (one.item.contact_id not in people and (one.item.id, one.item.contact_id) not in anew)
    ]  # fmt: skip
    finished = _finished([*settled, *done], today, span)
    finished = tuple(one for one in finished if one.planned not in week.crowded)
    return replace(week, items=tuple(items), done=finished, days=_days(span, items, finished, settings))


def _in_week(found: AgendaItem, settings: Settings) -> tuple[date, float, tuple[int, str], str, str]:
    """The sort key within a week: by day, the most urgent first."""
    return (found.planned, -found.urgency, *_among_equals(found.item, settings))


def _finished(done: Sequence[OpenItem], today: date, week: Week) -> tuple[AgendaItem, ...]:
    """The items done in a week, by day and name."""
    return tuple(
        AgendaItem(item, item.settled_on or today, 0, 0.0, (), State.NONE, "")
        for item in sorted(done, key=lambda item: (item.settled_on or today, item.contact_name, item.id))
        if item.settled_on is not None and item.settled_on in week
    )


def _among_equals(item: OpenItem, settings: Settings) -> tuple[tuple[int, str], str, str]:
    """The sort key of equally urgent items: plans with an hour by their hour, then all others by name."""
    return in_order(item.starts, settings.day_starts_at), item.contact_name, item.id


def _fixed_day(item: OpenItem, today: date) -> date | None:
    """The day of a fixed item; None for a rhythm without a future day chosen by hand.

    A rhythm whose chosen day has passed is placed like any other: a spread backlog left alone for a week must not pile
    up on one day again.
    """
    if item.kind is ItemKind.CADENCE:
        return item.chosen_day if item.chosen_day is not None and item.chosen_day >= today else None
    return max(item.chosen_day or item.due, today)


def _joined(
    flexible: list[OpenItem], fixed: Sequence[tuple[OpenItem, date]], today: date, settings: Settings
) -> list[tuple[OpenItem, date]]:
    """Each rhythm that joins a fixed item of the same person, with its day: one person is one visit.

    It joins the first such day from max(due, today) to worst; a rhythm for working days joins on working days only.
    """
    days: dict[int, list[date]] = {}
    for item, day in fixed:
        days.setdefault(item.contact_id, []).append(day)
    found = []
    for item in flexible:
        first, last = max(item.due, today), item.worst or item.due
        joins = [day for day in days.get(item.contact_id, ()) if first <= day <= last and _works(item, day, settings)]
        if joins:
            found.append((item, min(joins)))
    return found


def _place(
    flexible: list[OpenItem], load: Counter[date], today: date, week: Week, settings: Settings
) -> list[tuple[OpenItem, date]]:
    """The rhythms that get a free place from today to the week's end, each with its day.

    On each day, rhythms whose worst lies between today and that day come first, in at most half of the free places,
    rounded up; then all others. `load` says how many places of each day are taken.
    """
    waiting = sorted(flexible, key=lambda item: _order(item, today))
    placed: list[tuple[OpenItem, date]] = []
    day = today
    while day <= week.end and waiting:
        free = max(0, settings.daily_capacity - load[day])
        ready = [item for item in waiting if item.due <= day and _works(item, day, settings)] if free else []
        turning = [item for item in ready if item.worst is not None and today <= item.worst <= day]
        first = turning[: (free + 1) // 2]
        taken = {item.id for item in first}
        first += [item for item in ready if item.id not in taken][: free - len(first)]
        taken = {item.id for item in first}
        placed += ((item, day) for item in first)
        waiting = [item for item in waiting if item.id not in taken]
        day += timedelta(days=1)
    return placed


def _order(item: OpenItem, today: date) -> tuple[float, date, date, str, str]:
    """The sort key by urgency, highest first; ties are broken by worst, then due, then name."""
    return (-urgency(item, today), item.worst or item.due, item.due, item.contact_name, item.id)


def _works(item: OpenItem, day: date, settings: Settings) -> bool:
    return not item.working_days or next_working_day(day, settings.weekend, settings.days_off) == day


def agenda_item(
    item: OpenItem,
    day: date,
    settings: Settings,
    today: date,
    everyone_paused_until: date | None,
    hour: str = "",
    *,
    joined: bool = False,
) -> AgendaItem:
    """An open item on a day of the week plan, with everything derived from today and the hour."""
    begun, parts = has_begun(item, today, hour, settings.day_starts_at), terms(item, today)
    return AgendaItem(
        item=item,
        planned=day,
        overdue_days=days_past(item, today),
        urgency=sum_of(parts),
        terms=parts,
        state=item_state(item, settings, today, everyone_paused_until),
        why=reason(item, today, begun=begun),
        joined=joined,
        asked=begun and item.kind is ItemKind.PLANNED,
    )


def _days(week: Week, items: Sequence[AgendaItem], done: Sequence[AgendaItem], settings: Settings) -> tuple[Day, ...]:
    open_load = Counter(item.planned for item in items if not item.joined)
    done_load = Counter(item.planned for item in done)
    dates = Counter(item.planned for item in items if item.item.kind is ItemKind.DATE)
    return tuple(
        Day(day, open_load[day] + done_load[day], done_load[day], settings.daily_capacity, dates[day])
        for day in week.days()
    )


def side_by_side(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """The items in order, except that each rhythm follows the item it joined: one visit, two lines.

    A rhythm keeps its place if that item is not in the list, as in a filtered list.
    """
    fixed = {(found.item.contact_id, found.planned) for found in items if not found.joined}
    joined = {(found.item.contact_id, found.planned): found for found in items if found.joined}
    ordered: list[AgendaItem] = []
    for found in items:
        visit = found.item.contact_id, found.planned
        if not found.joined:
            beside = joined.pop(visit, None)
            ordered += [found] if beside is None else [found, beside]
        elif visit not in fixed:
            ordered.append(found)
    return ordered


def backlog_days(overdue: Iterable[OpenItem], today: date, settings: Settings) -> tuple[tuple[OpenItem, date], ...]:
    """A day for each overdue rhythm, spread evenly over its next interval, most urgent first.

    Rhythms of equal length share their interval, so each day gets about as many as the rhythms ask for anyway; rhythms
    for working days share its working days.
    """
    groups: dict[tuple[int, bool], list[OpenItem]] = {}
    for item in overdue:
        groups.setdefault((max(1, item.ideal_days or 1), item.working_days), []).append(item)
    spread: list[tuple[OpenItem, date]] = []
    for (length, _), items in sorted(groups.items()):
        items.sort(key=lambda item: (item.due, item.contact_name, item.id))
        interval = [today + timedelta(days=count) for count in range(length)]
        days = [day for day in interval if _works(items[0], day, settings)]
        days = days or [next_working_day(today, settings.weekend, settings.days_off)]
        spread.extend((item, days[rank * len(days) // len(items)]) for rank, item in enumerate(items))
    spread.sort(key=lambda pair: (pair[1], _order(pair[0], today)))
    return tuple(spread)


def backlog_is_large(overdue: int, settings: Settings) -> bool:
    """Whether overdue rhythms exceed two weeks' capacity, so that spreading them is worth offering."""
    return overdue > 2 * WEEK * settings.daily_capacity


@record(frozen=True, slots=True)
class Stretch:
    """A rhythm that could be made longer: the contact, its length now and the proposed length, in days."""

    contact_id: int
    name: str
    ideal_days: int
    proposed_days: int


@record(frozen=True, slots=True)
class Forecast:
    """The contacts a week that the rhythms ask for and those that were logged, and which rhythms to stretch."""

    asked_a_week: float
    managed_a_week: float
    stretch: tuple[Stretch, ...]
    too_early: bool = False
    """Whether too few weeks are known to say which rhythms to stretch."""


def forecast(
    rhythms: Iterable[OpenItem],
    contacts_logged: int,
    days_logged: int,
    today: date,
    most: int = STRETCHED,
    too_early: bool = False,
    asked_a_week: float | None = None,
) -> Forecast:
    """The sum of 1 ÷ interval over all rhythms, beside the contacts logged in the last `days_logged` days.

    If the rhythms ask for more than was managed, it proposes to double those furthest behind for their length, as few
    as close the gap and at most `most`; none where it is `too_early` to tell. Where `rhythms` holds only those furthest
    behind, `asked_a_week` gives what all of them ask for.
    """
    items = [item for item in rhythms if item.ideal_days]
    asked = sum(WEEK / (item.ideal_days or 1) for item in items) if asked_a_week is None else asked_a_week
    managed = contacts_logged * WEEK / days_logged if days_logged else 0.0
    gap = asked - managed
    stretch: list[Stretch] = []
    for item in sorted(items, key=lambda item: (-urgency(item, today), item.ideal_days or 0, item.contact_name)):
        if too_early or gap <= 0 or len(stretch) >= most:
            break
        length = item.ideal_days or 1
        stretch.append(Stretch(item.contact_id, item.contact_name, length, length * 2))
        gap -= WEEK / length / 2
    return Forecast(round(asked, 2), round(managed, 2), tuple(stretch), too_early)
