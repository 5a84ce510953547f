"""What is due: settled, put off, skipped, moved, paused, planned, and the backlog spread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.dates.recurrence import parse_repeat
from planner.core.dates.typed import exact_date
from planner.core.model import FOREVER, ItemKind, OpenItem, Outcome, RhythmFacts
from planner.core.rhythm import agenda as week_plan
from planner.core.rhythm.due import Rhythm, effective_cadence, keep_in_touch
from planner.desk.done import Done
from planner.desk.shared.checks import (
    checked_channel,
    listed,
    many_lines,
    not_after,
    not_before,
    one_line,
    present_names,
)
from planner.desk.shared.contact_checks import circle_name
from planner.desk.shared.context import Context, Said
from planner.desk.shared.items import items_with, names_of, next_due
from planner.desk.shared.settling import DROPPED, Happened, settle, what_next
from planner.desk.shared.whom import circle_id
from planner.errors import Refused
from planner.store.facts import contacts, interactions, rhythm_facts
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

FORECAST_DAYS = 4 * week_plan.WEEK
"""With fewer days behind it, what is managed in a week is not known."""
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
        """Settle open items, each the way its kind asks for; see `settling.settle`, the one rule of it.

        `outcome` is reached, attempt (nobody answered) or dropped (a plan that comes to nothing). Without `on`,
        what was planned happened on its day, the rest today.
        """
        result = outcome.strip().casefold()
        if result not in OUTCOMES:
            raise Refused(f"“{one_line(outcome, 'outcome')[:40]}” is not an outcome", f"Use {', '.join(OUTCOMES)}")
        if on is not None:
            not_after(on, self._context.today, "What was done")
        return self._settle("done", item_ids, Happened(result, on, checked_channel(channel), many_lines(note, "note")))

    def attempt(self, item_ids: Sequence[str], *, channel: str = "call", note: str = "") -> Done:
        """Tried and had no answer: a rhythm is asked for again after a week, a planned interaction is settled."""
        happened = Happened(Outcome.ATTEMPT, None, checked_channel(channel), many_lines(note, "note"))
        return self._settle("attempt", item_ids, happened)

    def _settle(self, verb: str, item_ids: Sequence[str], happened: Happened) -> Done:
        settings, today = self._context.settings, self._context.today

        def work(writer: Writer) -> Said:
            said, items = settle(writer, item_ids, happened, settings, today)
            return said + what_next(items, happened, settings, today), [item.id for item in items]

        return self._context.write(verb, work)

    def snooze(self, item_ids: Sequence[str], until: date) -> Done:
        """Hide items until a day; due dates stay. Refused for today, the past, and what it would not hide."""
        settings, today = self._context.settings, self._context.today
        if until <= today:
            raise Refused(f"A snooze to {exact_date(until)} hides nothing", "Give a day after today")

        def work(writer: Writer) -> Said:
            items = items_with(item_ids, today, settings)
            for item in items:
                rhythm = item.kind is ItemKind.CADENCE
                key = self._snooze_key(item, until, today) if rhythm else item.due.isoformat()
                interactions.insert_snooze(writer, item.id, item.contact_id, until, today, key)
                writer.touch(item.contact_id)
            return f"Snoozed {listed(names_of(items))} to {exact_date(until)}", [item.id for item in items]

        return self._context.write("snooze", work)

    def _snooze_key(self, item: OpenItem, until: date, today: date) -> str:
        known = rhythm_facts.rhythm_facts([item.contact_id])[item.contact_id]
        rhythm = self._rhythm(known, item.contact_name, today)
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

    def _rhythm(self, known: RhythmFacts, name: str, today: date) -> Rhythm:
        """The rhythm of a contact; refused with the reason where there is none."""
        rhythm = keep_in_touch(known, self._context.settings, today)
        if rhythm is not None:
            return rhythm
        if effective_cadence(known) is None:
            raise Refused(f"{name} has no rhythm", f"Give one, such as: planner cadence '#{known.contact_id}' 4w")
        why = known.status if known.status != "active" else f"on the mode “{known.mode}”"
        raise Refused(f"{name} is {why}: nothing is due", "Bring them back first")

    def skip(self, contact_ids: Sequence[int]) -> Done:
        """Leave out this round of contacts: next due is today + ideal. Not a contact."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            for contact_id, known in rhythm_facts.rhythm_facts(list(names)).items():
                self._rhythm(known, names[contact_id], today)
                interactions.insert_skip(writer, contact_id, today)
            due = next_due(contact_ids, self._context.settings, today)
            return f"Skipped {listed(names.values())} this round{due}", list(names)

        return self._context.write("skip", work)

    def move(self, item_ids: Sequence[str], day: date) -> Done:
        """Put items on a day: a follow-up or something planned gets that date, others keep their due date.

        Birthdays and other days of the year do not move.
        """
        today = self._context.today
        not_before(day, today, "The day")

        def work(writer: Writer) -> Said:
            items = items_with(item_ids, today, self._context.settings)
            stay = [item for item in items if self._stays_due(writer, item, day)]
            due = f"; due stays {exact_date(items[0].due)}" if len(items) == 1 and stay and items[0].due != day else ""
            return f"Moved {listed(names_of(items))} to {exact_date(day)}{due}", [item.id for item in items]

        return self._context.write("move", work)

    @staticmethod
    def _stays_due(writer: Writer, item: OpenItem, day: date) -> bool:
        """Move an item; gives whether it is due when it was."""
        key = int(item.id[1:])
        if item.kind is ItemKind.DATE:
            raise Refused(f"The {item.text.split(':')[0]} of {item.contact_name} stays on its day", "Snooze it instead")
        if item.kind is ItemKind.PLANNED:
            interactions.update_interaction(writer, key, on=day)
            return False
        follow_up = interactions.follow_up(key) if item.kind is ItemKind.FOLLOWUP else None
        if follow_up is not None and not follow_up.repeat:
            interactions.update_follow_up(writer, key, on=day)
            return False
        if item.kind is ItemKind.CADENCE and not open_items.items_with_ids([item.id]):
            raise Refused(f"{item.contact_name} has no rhythm", "Give them a cadence first")
        interactions.set_chosen_day(writer, item.id, item.contact_id, day, item.due)
        return True

    def pause(
        self,
        contact_ids: Sequence[int] = (),
        *,
        circle: str | None = None,
        everyone: bool = False,
        until: date | None = None,
    ) -> Done:
        """No keep-in-touch items until a day, or until resumed; promises and loops still show."""
        if until is not None and until <= self._context.today:
            raise Refused(f"A pause to {exact_date(until)} pauses nothing", "Give a day after today")
        words = f"until {exact_date(until)}" if until is not None else "until resumed"
        return self._pause("pause", contact_ids, circle, everyone, until or FOREVER, f"Paused {{}} {words}")

    def resume(self, contact_ids: Sequence[int] = (), *, circle: str | None = None, everyone: bool = False) -> Done:
        """End a pause."""
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
                interactions.set_everyone_paused(writer, end)
                who.append("everyone")
            if circle:
                contacts.set_circle(writer, circle_id(circle_name(circle)), paused_until=end)
                who.append(f"the circle {circle_name(circle)}")
            names = present_names(contact_ids) if contact_ids else {}
            for contact_id in names:
                contacts.update_contact(writer, contact_id, {"paused_until": end}, today)
            return words.format(listed([*who, *names.values()])), list(names)

        return self._context.write(verb, work)

    def follow_up(self, contact_ids: Sequence[int], text: str, on: date, *, repeat: str = "") -> Done:
        """A dated to-do about each contact, once or recurring (`+1m`, `++1w`, `.+3m`, RRULE); gives their ids."""
        words = one_line(text, "text")
        if not words:
            raise Refused("The follow-up has no text", "Say what to do, such as “send the talk”")
        rule = " ".join(repeat.split())
        if rule:
            parse_repeat(rule, on)

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            made = [interactions.insert_follow_up(writer, contact_id, words, on, rule) for contact_id in names]
            again = f", then {rule}" if rule else ""
            return f"Follow-up with {listed(names.values())}: {words}, {exact_date(on)}{again}", made

        return self._context.write("follow-up", work)

    def end_follow_up(self, follow_up_ids: Sequence[int]) -> Done:
        """End follow-ups, with all their repeats."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            ended = []
            for key in follow_up_ids:
                found = interactions.follow_up(key)
                if found is None or found.closed_on is not None:
                    raise Refused(f"No open follow-up has the id f{key}", "See “planner agenda”")
                interactions.update_follow_up(writer, key, closed_on=today)
                writer.touch(found.contact_id)
                ended.append(found.text)
            return f"Dropped: {listed(ended)}", follow_up_ids

        return self._context.write("follow-up", work)

    def backlog(self) -> tuple[tuple[OpenItem, date], ...]:
        """The day each overdue rhythm would get from `spread_backlog`, soonest first."""
        with self._context.store.read():
            return self._backlog(self._context.today)

    def _backlog(self, today: date) -> tuple[tuple[OpenItem, date], ...]:
        paused = interactions.everyone_paused_until()
        items = [] if paused is not None and today < paused else open_items.overdue_rhythms(today)
        return week_plan.backlog_days(items, today, self._context.settings)

    def spread_backlog(self) -> Done:
        """Give each overdue rhythm a day of its own, evenly over its coming interval; gives the items."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            spread = self._backlog(today)
            for item, day in spread:
                interactions.set_chosen_day(writer, item.id, item.contact_id, day, item.due)
            if not spread:
                return "Nothing is overdue", []
            first, last = exact_date(spread[0][1]), exact_date(max(day for _, day in spread))
            return f"Spread {len(spread)} overdue rhythms from {first} to {last}", [item.id for item, _ in spread]

        return self._context.write("backlog", work)

    def forecast(self) -> week_plan.Forecast:
        """What the rhythms ask for, against the contacts logged in the last eight weeks, or since there are rhythms.

        Before four weeks have passed it is too early to say which to stretch.
        """
        today = self._context.today
        with self._context.store.read():
            rhythms = open_items.all_rhythms()
            began = contacts.first_day()
            age = (today - began).days if began is not None else 0
            days = max(week_plan.WEEK, min(8 * week_plan.WEEK, age))
            logged = interactions.people_reached_since(today - timedelta(days=days - 1), today)
        return week_plan.forecast(rhythms, logged, days, today, too_early=age < FORECAST_DAYS)
