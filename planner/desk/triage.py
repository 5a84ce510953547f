"""Verbs about what is due: snooze, skip, move, pause, follow up, spread the backlog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.dates.recurrence import parse_repeat
from planner.core.dates.typed import exact_date
from planner.core.model import (
    FOREVER,
    ItemKind,
    OpenItem,
    RhythmFacts,
)
from planner.core.rhythm import agenda as week_plan
from planner.core.rhythm.due import Rhythm, effective_cadence, keep_in_touch
from planner.desk.base import listed, not_before, one_line, present_names
from planner.desk.interactions import HappenedVerbs
from planner.desk.people import circle_name
from planner.errors import Refused
from planner.store.facts import contacts, interactions, rhythm_facts
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

FORECAST_DAYS = 4 * week_plan.WEEK
"""With fewer days behind it, what is managed in a week is not known."""
RESULTS = ("reached", "attempt", "moved", "dropped")


class TriageVerbs(HappenedVerbs):
    """What is put off, moved, paused and planned."""

    def snooze(self, item_ids: Sequence[str], until: date, *, today: date) -> None:
        """Hide items until a day; due dates stay. Refused for today, the past, and what it would not hide."""
        if until <= today:
            raise Refused(f"A snooze to {exact_date(until)} hides nothing", "Give a day after today")

        def work(writer: Writer) -> list[str]:
            names = []
            for item in self._items(item_ids, today):
                key = item.due.isoformat()
                if item.kind is ItemKind.CADENCE:
                    key = self._snooze_key(item, until, today)
                interactions.insert_snooze(writer, item.id, item.contact_id, until, today, key)
                writer.touch(item.contact_id)
                names.append(item.contact_name)
            return names

        self.store.write("snooze", lambda names: f"Snoozed {listed(names)} to {exact_date(until)}", work, today=today)

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
        rhythm = keep_in_touch(known, self.settings, today)
        if rhythm is not None:
            return rhythm
        if effective_cadence(known) is None:
            raise Refused(f"{name} has no rhythm", f"Give one, such as: planner cadence '#{known.contact_id}' 4w")
        why = known.status if known.status != "active" else f"on the mode “{known.mode}”"
        raise Refused(f"{name} is {why}: nothing is due", "Bring them back first")

    def skip(self, contact_ids: Sequence[int], *, today: date) -> None:
        """Leave out this round: next due is today + ideal. Not a contact."""

        def work(writer: Writer) -> list[str]:
            names = present_names(contact_ids)
            for contact_id, known in rhythm_facts.rhythm_facts(list(names)).items():
                self._rhythm(known, names[contact_id], today)
                interactions.insert_skip(writer, contact_id, today)
            return list(names.values())

        self.store.write("skip", lambda names: f"Skipped {listed(names)} this round", work, today=today)

    def move(self, item_ids: Sequence[str], day: date, *, today: date) -> None:
        """Put items on a day: a follow-up or something planned gets that date, others keep their due date.

        Birthdays and other days of the year do not move.
        """
        not_before(day, today, "The day")

        def work(writer: Writer) -> list[str]:
            names = []
            for item in self._items(item_ids, today):
                names.append(item.contact_name)
                self._move(writer, item, day)
            return names

        self.store.write("move", lambda names: f"Moved {listed(names)} to {exact_date(day)}", work, today=today)

    def _move(self, writer: Writer, item: OpenItem, day: date) -> None:
        key = int(item.id[1:])
        if item.kind is ItemKind.DATE:
            raise Refused(f"The {item.text.split(':')[0]} of {item.contact_name} stays on its day", "Snooze it instead")
        if item.kind is ItemKind.PLANNED:
            interactions.update_interaction(writer, key, on=day)
            return
        follow_up = interactions.follow_up(key) if item.kind is ItemKind.FOLLOWUP else None
        if follow_up is not None and not follow_up.repeat:
            interactions.update_follow_up(writer, key, on=day)
            return
        if item.kind is ItemKind.CADENCE and not open_items.items_with_ids([item.id]):
            raise Refused(f"{item.contact_name} has no rhythm", "Give them a cadence first")
        interactions.set_chosen_day(writer, item.id, item.contact_id, day, item.due)

    def pause(
        self,
        *,
        contact_ids: Sequence[int] = (),
        circle: str | None = None,
        everyone: bool = False,
        until: date | None = None,
        today: date,
    ) -> None:
        """No keep-in-touch items until a day, or until resumed; promises and loops still show."""
        if until is not None and until <= today:
            raise Refused(f"A pause to {exact_date(until)} pauses nothing", "Give a day after today")
        end = until or FOREVER
        words = f"until {exact_date(until)}" if until is not None else "until resumed"
        self._pause("pause", contact_ids, circle, everyone, end, lambda who: f"Paused {who} {words}", today)

    def resume(
        self,
        *,
        contact_ids: Sequence[int] = (),
        circle: str | None = None,
        everyone: bool = False,
        today: date,
    ) -> None:
        """End a pause."""
        self._pause("resume", contact_ids, circle, everyone, None, lambda who: f"Resumed {who}", today)

    def _pause(
        self,
        verb: str,
        contact_ids: Sequence[int],
        circle: str | None,
        everyone: bool,
        end: date | None,
        words: Any,
        today: date,
    ) -> None:
        if not (contact_ids or circle or everyone):
            raise Refused("Nobody was named", "Name contacts, a circle, or everyone")

        def work(writer: Writer) -> str:
            who: list[str] = []
            if everyone:
                interactions.set_everyone_paused(writer, end)
                who.append("everyone")
            if circle:
                contacts.set_circle(writer, self._circle(circle_name(circle)), paused_until=end)
                who.append(f"the circle {circle_name(circle)}")
            names = present_names(contact_ids)
            for contact_id in names:
                contacts.update_contact(writer, contact_id, {"paused_until": end}, today)
            return listed([*who, *names.values()])

        self.store.write(verb, words, work, today=today)

    def follow_up(
        self, contact_ids: int | Sequence[int], text: str, on: date, *, repeat: str = "", today: date
    ) -> int:
        """A dated to-do about each contact, once or recurring (`+1m`, `++1w`, `.+3m`, RRULE); gives the first id."""
        wanted = [contact_ids] if isinstance(contact_ids, int) else contact_ids
        words = one_line(text, "text")
        if not words:
            raise Refused("The follow-up has no text", "Say what to do, such as “send the talk”")
        if not wanted:
            raise Refused("Nobody was named", "Say whom the follow-up is about")
        rule = " ".join(repeat.split())
        if rule:
            parse_repeat(rule, on)

        def work(writer: Writer) -> tuple[int, list[str]]:
            names = present_names(wanted)
            made = [interactions.insert_follow_up(writer, contact_id, words, on, rule) for contact_id in names]
            return made[0], list(names.values())

        key, _ = self.store.write(
            "follow-up",
            lambda result: f"Follow-up with {listed(result[1])}: {words}, {exact_date(on)}",
            work,
            today=today,
        )
        return key

    def drop_follow_up(self, follow_up_id: int, *, today: date) -> None:
        """End a follow-up, with all its repeats."""

        def work(writer: Writer) -> str:
            found = interactions.follow_up(follow_up_id)
            if found is None or found.closed_on is not None:
                raise Refused(f"No open follow-up has the id f{follow_up_id}", "See “planner agenda”")
            interactions.update_follow_up(writer, follow_up_id, closed_on=today)
            writer.touch(found.contact_id)
            return found.text

        self.store.write("follow-up", lambda text: f"Dropped: {text}", work, today=today)

    def backlog(self, *, today: date) -> tuple[tuple[OpenItem, date], ...]:
        """The day each overdue rhythm would get from `spread_backlog`, soonest first."""
        with self.store.read():
            return self._backlog(today)

    def _backlog(self, today: date) -> tuple[tuple[OpenItem, date], ...]:
        items = [] if self._everyone_paused(today) else open_items.overdue_rhythms(today)
        return week_plan.backlog_days(items, today, self.settings)

    def spread_backlog(self, *, today: date) -> int:
        """Give each overdue rhythm a day of its own, evenly over its coming interval; gives how many."""

        def work(writer: Writer) -> int:
            spread = self._backlog(today)
            for item, day in spread:
                interactions.set_chosen_day(writer, item.id, item.contact_id, day, item.due)
            return len(spread)

        return self.store.write("backlog", lambda count: f"Spread {count} overdue rhythms evenly", work, today=today)

    @staticmethod
    def _everyone_paused(today: date) -> bool:
        until = interactions.everyone_paused_until()
        return until is not None and today < until

    def forecast(self, *, today: date) -> week_plan.Forecast:
        """What the rhythms ask for, against the contacts logged in the last eight weeks, or since there are rhythms.

        Before four weeks have passed it is too early to say which to stretch.
        """
        with self.store.read():
            rhythms = open_items.all_rhythms()
            began = contacts.first_day()
            age = (today - began).days if began is not None else 0
            days = max(week_plan.WEEK, min(8 * week_plan.WEEK, age))
            logged = interactions.people_reached_since(today - timedelta(days=days - 1), today)
        return week_plan.forecast(rhythms, logged, days, today, too_early=age < FORECAST_DAYS)
