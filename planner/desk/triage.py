"""Triage of open items: settle, snooze, skip, move, pause; follow-ups, the backlog, the forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.dates.recurrence import parse_repeat
from planner.core.dates.shown import exact_date
from planner.core.model import FOREVER, ItemKind, OpenItem, Outcome, RhythmFacts, State
from planner.core.rhythm import agenda as week_plan
from planner.core.rhythm.due import Rhythm, effective_cadence, item_state, keep_in_touch
from planner.core.words.counts import counted
from planner.desk.done import Done
from planner.desk.reciprocity.loops import move_home
from planner.desk.shared.checks import (
    checked_channel,
    listed,
    many_lines,
    not_after,
    not_before,
    one_line,
    one_of,
    present_names,
)
from planner.desk.shared.contact_checks import circle_name
from planner.desk.shared.context import Context, Said
from planner.desk.shared.ending import end_items
from planner.desk.shared.items import items_with, names_of, next_due, next_round
from planner.desk.shared.settling import DROPPED, Settlement, settle, what_next
from planner.desk.shared.waking import snoozed_with, wake
from planner.desk.shared.whom import circle_id
from planner.errors import Refused
from planner.store.facts import circles, contacts, follow_ups, interactions, put_off, rhythm_facts
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

MOST_DAYS = 8 * week_plan.WEEK
"""The most days of history from which the weekly rate is counted."""
FORECAST_DAYS = 4 * week_plan.WEEK
"""The days of history needed to know the weekly rate."""
OUTCOMES = (Outcome.REACHED, Outcome.ATTEMPT, DROPPED)


class Triage:
    """Verbs about items of the agenda; each acts on one item or on many, as one step."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def done(
        self,
        item_ids: Sequence[str],
        *,
        outcome: str = Outcome.REACHED,
        on: date | None = None,
        channel: str = "",
        note: str = "",
    ) -> Done:
        """Settle open items, each by the rule of its kind in `settling.settle`.

        `outcome` is reached, attempt (nobody answered) or dropped (a cancelled plan). Without `on` planned interactions
        happened on their day, everything else today.
        """
        result = one_of(OUTCOMES, outcome, "outcome")
        if on is not None:
            not_after(on, self._context.today, "What was done")
        settlement = Settlement(result, on, checked_channel(channel), many_lines(note, "note"))
        return self._settle("done", item_ids, settlement)

    def attempt(self, item_ids: Sequence[str], *, channel: str = "call", note: str = "") -> Done:
        """Log attempts: a rhythm is hidden for the wait of an attempt, a planned interaction is settled."""
        settlement = Settlement(Outcome.ATTEMPT, None, checked_channel(channel), many_lines(note, "note"))
        return self._settle("attempt", item_ids, settlement)

    def _settle(self, verb: str, item_ids: Sequence[str], settlement: Settlement) -> Done:
        settings, today = self._context.settings, self._context.today

        def work(writer: Writer) -> Said:
            said, items = settle(writer, item_ids, settlement, settings, today)
            return said + what_next(items, settlement, settings, today), [item.id for item in items]

        return self._context.write(verb, work)

    def snooze(self, item_ids: Sequence[str], until: date) -> Done:
        """Hide items until a day; due dates stay. Today as the day shows snoozed items again.

        Refused for a past day, for items it would not hide, and for items that would be gone by then.
        """
        settings, today = self._context.settings, self._context.today
        if until == today:
            return self._wake(lambda: items_with(item_ids, today, settings))
        if until < today:
            raise Refused(f"A snooze to {exact_date(until)} hides nothing", "Give a day after today")

        def work(writer: Writer) -> Said:
            items = items_with(item_ids, today, settings)
            for item in items:
                put_off.insert_snooze(writer, item.id, item.contact_id, until, today, self._snooze_key(item, until))
                writer.touch(item.contact_id)
            return f"Snoozed {listed(names_of(items))} to {exact_date(until)}", [item.id for item in items]

        return self._context.write("snooze", work)

    def wake(self, contact_ids: Sequence[int]) -> Done:
        """Show all snoozed items of some contacts again."""
        return self._wake(lambda: snoozed_with(contact_ids, self._context.today, self._context.settings))

    def _wake(self, read: Callable[[], list[OpenItem]]) -> Done:
        def work(writer: Writer) -> Said:
            items = read()
            wake(writer, items, self._context.today, self._context.settings)
            return f"{listed(names_of(items))}: snoozed no more", [item.id for item in items]

        return self._context.write("snooze", work)

    def _snooze_key(self, item: OpenItem, until: date) -> str:
        """The key for a snooze of an item; refused if it would hide nothing, or lose the item."""
        settings, today = self._context.settings, self._context.today
        if item.kind is ItemKind.DATE:
            last = item.due + timedelta(days=settings.date_belated_days)
            if until > last:
                raise Refused(
                    f"The {item.text.split(':')[0]} of {item.contact_name} would be gone by {exact_date(until)}",
                    f"Give a day up to {exact_date(last)}, the last one it shows",
                )
        if item.kind is not ItemKind.CADENCE:
            return item.due.isoformat()
        known = rhythm_facts.rhythm_facts([item.contact_id])[item.contact_id]
        rhythm = self._rhythm(known, item.contact_name)
        if today in known.reached:
            raise Refused(
                f"{item.contact_name} was contacted today: next due {exact_date(rhythm.due)}",
                "There is nothing to snooze; change the rhythm to hear of them later",
            )
        if rhythm.due > until:
            raise Refused(
                f"{item.contact_name} is due {exact_date(rhythm.due)}, after {exact_date(until)}",
                "Give a day after that, or wait",
            )
        return rhythm.effective.key

    def _rhythm(self, known: RhythmFacts, name: str) -> Rhythm:
        """The rhythm of a contact; the refusal says why there is none."""
        rhythm = keep_in_touch(known, self._context.settings, self._context.today)
        if rhythm is not None:
            return rhythm
        if effective_cadence(known) is None:
            raise Refused(f"{name} has no rhythm", f"Give one, such as: planner cadence '#{known.contact_id}' 4w")
        why = known.status if known.status != "active" else f"on the mode “{known.mode}”"
        raise Refused(f"{name} is {why}: nothing is due", "Bring them back first")

    def skip(self, item_ids: Sequence[str]) -> Done:
        """Skip this round of rhythms and of recurring follow-ups; nothing counts as done or as contact.

        A rhythm is next due today + ideal, by a rule on its first day after both today and its due day. A snooze of the
        round ends.
        """
        return self._context.write("skip", lambda writer: self.skipped(writer, item_ids))

    def skipped(self, writer: Writer, item_ids: Sequence[str]) -> Said:
        """Skip this round of items, as `skip` does; inside a transaction."""
        today, settings = self._context.today, self._context.settings
        items = items_with(item_ids, today, settings)
        for item in items:
            if item.kind is ItemKind.CADENCE:
                self._skip_rhythm(writer, item)
            elif item.kind is ItemKind.FOLLOWUP:
                self._skip_follow_up(writer, item)
            else:
                raise Refused(f"{item.id} has no rounds to leave out", f"Snooze it: planner snooze {item.id} 1w")
        (first, *others) = items
        if others or first.kind is ItemKind.CADENCE:
            who = [item.contact_id for item in items]
            rhythms = all(item.kind is ItemKind.CADENCE for item in items)
            due = next_due(who, settings, today) if rhythms else ""
            return f"Skipped {listed(names_of(items))} this round{due}", [item.id for item in items]
        return f"Skipped this round of “{first.text}”{next_round(int(first.id[1:]))}", [first.id]

    def _skip_rhythm(self, writer: Writer, item: OpenItem) -> None:
        today = self._context.today
        known = rhythm_facts.rhythm_facts([item.contact_id])[item.contact_id]
        rhythm = self._rhythm(known, item.contact_name)
        if rhythm.hidden_until is not None and today < rhythm.hidden_until:
            put_off.end_snooze(writer, item.id, item.contact_id, today, rhythm.effective.key)
        put_off.insert_skip(writer, item.contact_id, today)

    def _skip_follow_up(self, writer: Writer, item: OpenItem) -> None:
        found = follow_ups.follow_up(int(item.id[1:]))
        if found is None or not found.repeat:
            raise Refused(
                f"“{item.text}” comes once and has no rounds to leave out",
                f"“planner end {item.id}” drops it, “planner move {item.id} DATE” puts it on another day",
            )
        follow_ups.insert_follow_up_done(writer, found.id, self._context.today, item.due, skipped=True)

    def move(self, item_ids: Sequence[str], day: date) -> Done:
        """Put items on a day: a follow-up, a plan and a loan get that date, others keep their due date.

        It ends a snooze and the wait after an attempt: the last decision counts. Birthdays and other days of the year
        do not move, nor does a rhythm that is paused or replaced by a plan.
        """
        not_before(day, self._context.today, "The day")
        return self._context.write("move", lambda writer: self.moved(writer, item_ids, day))

    def moved(self, writer: Writer, item_ids: Sequence[str], day: date) -> Said:
        """Put items on a day that is not past, as `move` does; inside a transaction."""
        today, settings = self._context.today, self._context.settings
        not_before(day, today, "The day")
        items = items_with(item_ids, today, settings)
        stay = [item for item in items if self._stays_due(writer, item, day)]
        due = f"; due stays {exact_date(items[0].due)}" if len(items) == 1 and stay and items[0].due != day else ""
        return f"Moved {listed(names_of(items))} to {exact_date(day)}{due}", [item.id for item in items]

    def _stays_due(self, writer: Writer, item: OpenItem, day: date) -> bool:
        """Move an item; return whether its due date stays."""
        key, today = int(item.id[1:]), self._context.today
        if item.kind is ItemKind.DATE:
            raise Refused(f"The {item.text.split(':')[0]} of {item.contact_name} stays on its day", "Snooze it instead")
        if item.kind is ItemKind.PLANNED:
            interactions.update_interaction(writer, key, on=day)
            return False
        if item.kind is ItemKind.LOAN:
            move_home(writer, key, day)
            return False
        follow_up = follow_ups.follow_up(key) if item.kind is ItemKind.FOLLOWUP else None
        if follow_up is not None and not follow_up.repeat:
            follow_ups.update_follow_up(writer, key, on=day)
            return False
        made_for = item.due.isoformat()
        if item.kind is ItemKind.CADENCE:
            known = rhythm_facts.rhythm_facts([item.contact_id])[item.contact_id]
            rhythm = self._rhythm(known, item.contact_name)
            self._refuse_hidden(item, rhythm)
            made_for = rhythm.effective.key
        put_off.set_chosen_day(writer, item.id, item.contact_id, day, item.due)
        if item.hidden_until is not None and today < item.hidden_until:
            put_off.end_snooze(writer, item.id, item.contact_id, today, made_for)
        return True

    def _refuse_hidden(self, item: OpenItem, rhythm: Rhythm) -> None:
        """Refuse to move a rhythm that would stay hidden on its new day."""
        today, name = self._context.today, item.contact_name
        everyone = put_off.everyone_paused_until()
        match item_state(item, self._context.settings, today, everyone):
            case State.PAUSED:
                ends = max(day for day in (item.paused_until, everyone) if day is not None)
                raise Refused(f"{name} is paused {_until(ends)}", f"First {_resume_command(item, everyone, today)}")
            case State.PLANNED if rhythm.planned_on is not None:
                raise Refused(
                    f"{name} is planned for {exact_date(rhythm.planned_on)}", "Move the plan, or say what became of it"
                )

    def pause(
        self,
        contact_ids: Sequence[int] = (),
        *,
        circle: str | None = None,
        everyone: bool = False,
        until: date | None = None,
    ) -> Done:
        """Stop keep-in-touch items until a day, or until resumed; promises and loops still show."""
        if until is not None and until <= self._context.today:
            raise Refused(f"A pause to {exact_date(until)} pauses nothing", "Give a day after today")
        end = until or FOREVER
        return self._pause("pause", contact_ids, circle, everyone, end, f"Paused {{}} {_until(end)}")

    def resume(self, contact_ids: Sequence[int] = (), *, circle: str | None = None, everyone: bool = False) -> Done:
        """End a pause; the sentence names another pause that still holds."""
        return self._pause("resume", contact_ids, circle, everyone, None, "Resumed {}")

    def _pause(
        self, verb: str, contact_ids: Sequence[int], circle: str | None, everyone: bool, end: date | None, words: str
    ) -> Done:
        today = self._context.today
        if not (contact_ids or circle or everyone):
            raise Refused("Nobody was named", "Name contacts, a circle, or everyone")

        def work(writer: Writer) -> Said:
            who: list[str] = []
            if everyone:
                put_off.set_everyone_paused(writer, end)
                who.append("everyone")
            if circle:
                circles.set_circle(writer, circle_id(circle_name(circle)), paused_until=end)
                who.append(f"the circle {circle_name(circle)}")
            names = present_names(contact_ids) if contact_ids else {}
            for contact_id in names:
                contacts.update_contact(writer, contact_id, {"paused_until": end}, today)
            holds = self._still_paused(list(names), circle) if end is None else ""
            return words.format(listed([*who, *names.values()])) + holds, list(names)

        return self._context.write(verb, work)

    def _still_paused(self, contact_ids: Sequence[int], circle: str | None) -> str:
        """The pause that still holds for resumed contacts: "; still paused with everyone until Sun 3 Jan 2027"."""
        today = self._context.today
        known = rhythm_facts.rhythm_facts(contact_ids).values()
        pauses = [(f"with the circle {one.name}", one.paused_until) for facts in known for one in facts.circles]
        if contact_ids or circle:
            pauses.append(("with everyone", put_off.everyone_paused_until()))
        else:
            paused = put_off.paused_beside_everyone(today)
            if paused:
                return f"; {paused} still paused on their own or with a circle"
        holding = {f"{whose} {_until(day)}" for whose, day in pauses if day is not None and today < day}
        return f"; still paused {listed(sorted(holding))}" if holding else ""

    def follow_up(self, contact_ids: Sequence[int], text: str, on: date, *, repeat: str = "") -> Done:
        """Add a dated to-do for each contact, once or recurring (`+1m`, `++1w`, `.+3m`, RRULE); gives their ids."""
        words = one_line(text, "text")
        if not words:
            raise Refused("The follow-up has no text", "Say what to do, such as “send the talk”")
        rule = " ".join(repeat.split())
        if rule:
            parse_repeat(rule, on)

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            made = [follow_ups.insert_follow_up(writer, contact_id, words, on, rule) for contact_id in names]
            again = f", then {rule}" if rule else ""
            return f"Follow-up with {listed(names.values())}: {words}, {exact_date(on)}{again}", made

        return self._context.write("follow-up", work)

    def end(self, item_ids: Sequence[str]) -> Done:
        """End follow-ups with all their repeats, and drop plans, by the ids of their items.

        Refused for any other item.
        """
        ids, today = list(item_ids), self._context.today
        return self._context.write("follow-up", lambda writer: (end_items(writer, ids, today), ids))

    def end_follow_up(self, follow_up_ids: Sequence[int]) -> Done:
        """End follow-ups, with all their repeats."""
        return self.end([f"f{key}" for key in follow_up_ids])

    def recurring(self, item_ids: Sequence[str]) -> tuple[str, ...]:
        """The items, among these and in order, that are recurring follow-ups."""
        with self._context.store.read():
            found = [(one, follow_ups.follow_up(int(one[1:]))) for one in item_ids if one[:1] == "f"]
            return tuple(one for one, follow_up in found if follow_up is not None and follow_up.repeat)

    def backlog(self) -> tuple[tuple[OpenItem, date], ...]:
        """The day each overdue rhythm would get from `spread_backlog`, soonest first."""
        with self._context.store.read():
            return self._backlog(self._context.today)

    def _backlog(self, today: date) -> tuple[tuple[OpenItem, date], ...]:
        paused, settings = put_off.everyone_paused_until(), self._context.settings
        items = [] if paused is not None and today < paused else open_items.overdue_rhythms(today, settings)
        return week_plan.backlog_days(items, today, settings)

    def spread_backlog(self) -> Done:
        """Give each overdue rhythm a day, spread evenly over its next interval; the result has the items."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            spread = self._backlog(today)
            for item, day in spread:
                put_off.set_chosen_day(writer, item.id, item.contact_id, day, item.due)
            if not spread:
                return "Nothing is overdue", []
            first, last = exact_date(spread[0][1]), exact_date(max(day for _, day in spread))
            rhythms = counted(len(spread), "overdue rhythm")
            return f"Spread {rhythms} from {first} to {last}", [item.id for item, _ in spread]

        return self._context.write("backlog", work)

    def forecast(self) -> week_plan.Forecast:
        """How many contacts a week the rhythms ask for, and how many were logged, over eight weeks at most.

        In the first four weeks it is too early to say which rhythms to stretch.
        """
        # Late: the screen shows no forecast.
        from planner.store.views.reached import people_reached_since

        today = self._context.today
        with self._context.store.read():
            rounds = open_items.rounds()
            rhythms = open_items.furthest_behind(rounds, today, week_plan.STRETCHED)
            began = contacts.first_day(today - timedelta(days=MOST_DAYS))
            age = (today - began).days if began is not None else 0
            days = max(week_plan.WEEK, age)
            logged = people_reached_since(today - timedelta(days=days - 1), today, self._context.settings)
        asked = sum(week_plan.WEEK / length * count for length, count in rounds.items())
        return week_plan.forecast(rhythms, logged, days, today, too_early=age < FORECAST_DAYS, asked_a_week=asked)


def _until(end: date) -> str:
    return "until resumed" if end == FOREVER else f"until {exact_date(end)}"


def _resume_command(item: OpenItem, everyone: date | None, today: date) -> str:
    """The command line that ends the pause of an item."""
    whom = "--all" if everyone is not None and today < everyone else f"'#{item.contact_id}'"
    return f"planner resume {whom}"
