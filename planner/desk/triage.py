"""Verbs about what happened and about what is due: log, done, snooze, skip, pause, move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core import agenda as week_plan
from planner.core import ledger
from planner.core.dates import exact_date
from planner.core.due import Rhythm, effective_cadence, keep_in_touch
from planner.core.model import (
    FOREVER,
    Direction,
    ItemKind,
    OpenItem,
    Outcome,
    RhythmFacts,
)
from planner.core.recurrence import parse_repeat
from planner.desk.base import listed, many_lines, not_after, not_before, one_line, present_names
from planner.desk.people import PeopleVerbs, circle_name
from planner.errors import Refused
from planner.store import facts, happenings, open_items, people

if TYPE_CHECKING:
    from planner.store.writing import Writer

RESULTS = ("reached", "attempt", "moved", "dropped")


class TriageVerbs(PeopleVerbs):
    """What happened, what is put off, what is planned."""

    def log(
        self,
        contact_ids: Sequence[int],
        *,
        today: date,
        on: date | None = None,
        channel: str = "",
        outcome: str = "reached",
        direction: str = "me",
        note: str = "",
        next_on: date | None = None,
    ) -> int:
        """Log an interaction with contacts and give its id.

        A day after today is refused unless it is planned. `next_on` also plans a next interaction.
        """
        if not contact_ids:
            raise Refused("Nobody was named", "Say who the interaction was with")
        how = checked_outcome(outcome)
        who = checked_direction(direction)
        via = checked_channel(channel)
        words = many_lines(note, "note")
        day = on or today
        if how is Outcome.PLANNED:
            not_before(day, today, "A plan for")
        else:
            not_after(day, today, "A contact")
        if next_on is not None:
            not_before(next_on, today, "The next date")

        def work(writer: Writer) -> tuple[int, list[str]]:
            names = present_names(contact_ids)
            key = happenings.insert_interaction(
                writer, contact_ids, on=day, channel=via, direction=who, outcome=how, note=words
            )
            if next_on is not None:
                happenings.insert_interaction(
                    writer, contact_ids, on=next_on, channel="", direction=Direction.ME, outcome=Outcome.PLANNED
                )
            return key, list(names.values())

        verb = {Outcome.REACHED: "Logged", Outcome.ATTEMPT: "No answer from", Outcome.PLANNED: "Planned"}[how]
        what = f" {via}" if via else ""
        key, _ = self.store.write(
            "log",
            lambda result: f"{verb}{what} {listed(result[1])}, {exact_date(day)}",
            work,
            today=today,
        )
        return key

    def unlog(self, interaction_id: int, *, today: date) -> None:
        """Delete an interaction; due dates move back accordingly."""

        def work(writer: Writer) -> str:
            found = happenings.interaction(interaction_id)
            if found is None:
                raise Refused(f"There is no interaction {interaction_id}", "See “planner show WHO” for ids")
            happenings.delete_interaction(writer, interaction_id)
            return listed([name for _, name in found.contacts])

        self.store.write("unlog", lambda names: f"Deleted an interaction with {names}", work, today=today)

    def edit_interaction(
        self,
        interaction_id: int,
        *,
        today: date,
        on: date | None = None,
        channel: str | None = None,
        note: str | None = None,
        outcome: str | None = None,
        direction: str | None = None,
        version: int | None = None,
    ) -> None:
        """Change an interaction; due dates follow."""

        def work(writer: Writer) -> str:
            found = happenings.interaction(interaction_id)
            if found is None:
                raise Refused(f"There is no interaction {interaction_id}", "It may have been deleted meanwhile")
            how = checked_outcome(outcome) if outcome is not None else found.outcome
            day = on or found.on
            if how is Outcome.PLANNED:
                if on is not None:
                    not_before(day, today, "A plan for")
            else:
                not_after(day, today, "A contact")
            changes: dict[str, Any] = {"on": day, "outcome": str(how)}
            if channel is not None:
                changes["channel"] = checked_channel(channel)
            if note is not None:
                changes["note"] = many_lines(note, "note")
            if direction is not None:
                changes["direction"] = str(checked_direction(direction))
            changes = {key: value for key, value in changes.items() if getattr(found, key) != value}
            if changes:
                happenings.update_interaction(writer, interaction_id, version, **changes)
            return listed([name for _, name in found.contacts])

        self.store.write("edit", lambda names: f"Edited an interaction with {names}", work, today=today)

    def settle_planned(
        self, interaction_id: int, result: str, *, today: date, on: date | None = None, note: str | None = None
    ) -> None:
        """Say what became of a planned interaction: reached, attempt, moved (to `on`) or dropped."""
        if result not in RESULTS:
            raise Refused(f"“{one_line(result, 'result')}” is not a result", f"Use {', '.join(RESULTS)}")

        def work(writer: Writer) -> str:
            return self._settle_planned(writer, interaction_id, result, today, on, note)

        self.store.write("planned", lambda summary: summary, work, today=today)

    @staticmethod
    def _settle_planned(
        writer: Writer,
        interaction_id: int,
        result: str,
        today: date,
        on: date | None,
        note: str | None,
        channel: str = "",
    ) -> str:
        found = happenings.interaction(interaction_id)
        if found is None or found.outcome is not Outcome.PLANNED:
            raise Refused(f"Nothing planned has the id i{interaction_id}", "See “planner agenda” for what is open")
        names = listed([name for _, name in found.contacts])
        changes: dict[str, Any] = {} if note is None else {"note": many_lines(note, "note")}
        changes |= {"channel": channel} if channel else {}
        if result == "dropped":
            happenings.delete_interaction(writer, interaction_id)
            return f"Dropped what was planned with {names}"
        if result == "moved":
            if on is None:
                raise Refused("No day was given to move it to", "Say a day, such as fri")
            not_before(on, today, "A plan for")
            happenings.update_interaction(writer, interaction_id, on=on, **changes)
            return f"Moved {names} to {exact_date(on)}"
        day = on or min(found.on, today)
        not_after(day, today, "A contact")
        happenings.update_interaction(writer, interaction_id, on=day, outcome=result, **changes)
        return f"{'Reached' if result == 'reached' else 'No answer from'} {names}, {exact_date(day)}"

    def attempt(self, item_ids: Sequence[str], *, today: date, channel: str = "call", note: str = "") -> None:
        """Tried and had no answer: asked again after a week; a planned interaction is settled so."""
        via, words = checked_channel(channel), many_lines(note, "note")

        def work(writer: Writer) -> list[str]:
            names = []
            for item in self._items(item_ids, today):
                names.append(item.contact_name)
                if item.kind is ItemKind.PLANNED:
                    key = int(item.id[1:])
                    self._settle_planned(writer, key, "attempt", today, None, words or None, via)
                    continue
                happenings.insert_interaction(
                    writer, [item.contact_id], on=today, channel=via, outcome=Outcome.ATTEMPT, note=words
                )
            return names

        self.store.write("attempt", lambda names: f"No answer from {listed(names)}", work, today=today)

    def note(self, contact_id: int, text: str, *, today: date) -> None:
        """Add a dated line to a contact's notes."""
        words = many_lines(text, "note")
        if not words:
            raise Refused("The note is empty", "Type a few words")

        def work(writer: Writer) -> str:
            name = present_names([contact_id])[contact_id]
            self._append_note(writer, contact_id, words, today)
            return name

        self.store.write("note", lambda name: f"Noted about {name}", work, today=today)

    @staticmethod
    def _append_note(writer: Writer, contact_id: int, text: str, today: date) -> None:
        """Add a dated line to a contact's notes."""
        before = people.read_contacts([contact_id])[contact_id].notes
        line = f"{today.isoformat()}: {text}"
        together = many_lines(f"{before}\n{line}" if before else line, "note")
        people.update_contact(writer, contact_id, {"notes": together}, today)

    def _items(self, item_ids: Sequence[str], today: date) -> list[OpenItem]:
        """Open items by id, in the given order; refused when one is not open. Inside a transaction."""
        known = open_items.items_with_ids(item_ids)
        found = []
        for key in dict.fromkeys(item_ids):
            item = known.get(key) or self._without_row(key, today)
            if item is None:
                raise Refused(f"Nothing open has the id {key[:20]}", "It may have been settled meanwhile")
            found.append(item)
        return found

    def _without_row(self, item_id: str, today: date) -> OpenItem | None:
        """An item that the derived table does not hold: a day of the year, or a contact without a rhythm."""
        kind, number = item_id[:1], item_id[1:]
        if not number.isdigit() or len(number) > 18:
            return None
        if kind == "d":
            return self._date_item(int(number), today)
        if kind == "c" and people.exists(int(number)):
            name = people.names_of([int(number)])[int(number)]
            return OpenItem(item_id, ItemKind.CADENCE, int(number), today, contact_name=name)
        return None

    def _date_item(self, date_id: int, today: date) -> OpenItem | None:
        row = open_items.contact_date(date_id)
        if row is None:
            return None
        start = today - timedelta(days=self.settings.date_belated_days)
        year_on = start + timedelta(days=366)
        near = open_items.date_items_of(row[0], today, self.settings)
        found = {item.id: item for item in (*open_items.dates_between(start, year_on, today, self.settings), *near)}
        return found.get(f"d{date_id}")

    def done(
        self,
        item_id: str,
        *,
        today: date,
        note: str = "",
        channel: str = "",
        on: date | None = None,
    ) -> str:
        """Settle an open item the way its kind asks for, and say what was done.

        A rhythm or something planned: reached. A message: answered. A date: kept. A follow-up: one round.
        A request or promise: done. An ask: nudged, or left to rest after the last nudge. Thanks: said.
        An outcome: told. Without `on`, what was planned happened on its day, the rest today.
        """
        via, words = checked_channel(channel), many_lines(note, "note")
        if on is not None:
            not_after(on, today, "What was done")

        def work(writer: Writer) -> str:
            (item,) = self._items([item_id], today)
            return self._done(writer, item, today, on, via, words)

        return self.store.write("done", lambda summary: summary, work, today=today)

    def done_all(self, item_ids: Sequence[str], *, today: date, note: str = "", channel: str = "") -> str:
        """Settle several open items, each the way its kind asks for, as one step."""
        via, words = checked_channel(channel), many_lines(note, "note")

        def work(writer: Writer) -> str:
            items = self._items(item_ids, today)
            for item in items:
                summary = self._done(writer, item, today, None, via, words)
            return summary if len(items) == 1 else f"Done: {listed([item.contact_name for item in items])}"

        return self.store.write("done", lambda summary: summary, work, today=today)

    def _done(self, writer: Writer, item: OpenItem, today: date, on: date | None, via: str, words: str) -> str:
        key, name, day = int(item.id[1:]), item.contact_name, on or today
        match item.kind:
            case ItemKind.CADENCE:
                happenings.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"Caught up with {name}, {exact_date(day)}"
            case ItemKind.PLANNED:
                return self._settle_planned(writer, key, "reached", today, on, words or None, via)
            case ItemKind.ANSWER:
                happenings.update_interaction(writer, key, answered_on=day)
                if words or via:
                    happenings.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"Answered {name}"
            case ItemKind.DATE:
                open_items.keep_date(writer, key, item.due, today)
                if words or via:
                    happenings.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"{item.text.split(':')[0].capitalize()} of {name}: done"
            case ItemKind.FOLLOWUP:
                happenings.insert_follow_up_done(writer, key, day, item.due)
                if words or via:
                    happenings.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"Done: {item.text} ({name})"
        if item.kind in (ItemKind.INTRODUCTION, ItemKind.NEED):
            return self._network_step(writer, item, day)
        favor = happenings.favor(key)
        if favor is None:
            raise Refused(f"Nothing open has the id {item.id}", "It may have been settled meanwhile")
        if words or via:
            happenings.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
        match item.kind:
            case ItemKind.ASK if len(favor.nudges) >= self.settings.nudges:
                after, summary = ledger.rest(favor, day), f"Left to rest: what you asked {name}"
            case ItemKind.ASK:
                after, summary = ledger.nudge(favor, day, self.settings), f"Nudged {name}"
            case ItemKind.THANKS:
                after, summary = ledger.thank(favor, day), f"Thanked {name}"
            case ItemKind.OUTCOME:
                after, summary = ledger.tell(favor, day), f"Told {name} the outcome"
            case _:
                after, summary = ledger.done(favor, day), f"Done for {name}: {item.text}"
        happenings.update_favor(writer, favor, after)
        return summary

    def _network_step(self, writer: Writer, item: OpenItem, day: date) -> str:
        """The next step of an introduction or a need: see `NetworkVerbs`, which knows them."""
        raise Refused(f"Nothing open has the id {item.id}", "It may have been settled meanwhile")

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
                happenings.insert_snooze(writer, item.id, item.contact_id, until, today, key)
                writer.touch(item.contact_id)
                names.append(item.contact_name)
            return names

        self.store.write("snooze", lambda names: f"Snoozed {listed(names)} to {exact_date(until)}", work, today=today)

    def _snooze_key(self, item: OpenItem, until: date, today: date) -> str:
        known = facts.rhythm_facts([item.contact_id])[item.contact_id]
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
            for contact_id, known in facts.rhythm_facts(list(names)).items():
                self._rhythm(known, names[contact_id], today)
                happenings.insert_skip(writer, contact_id, today)
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
            happenings.update_interaction(writer, key, on=day)
            return
        follow_up = happenings.follow_up(key) if item.kind is ItemKind.FOLLOWUP else None
        if follow_up is not None and not follow_up.repeat:
            happenings.update_follow_up(writer, key, on=day)
            return
        if item.kind is ItemKind.CADENCE and not open_items.items_with_ids([item.id]):
            raise Refused(f"{item.contact_name} has no rhythm", "Give them a cadence first")
        happenings.set_chosen_day(writer, item.id, item.contact_id, day, item.due)

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
                happenings.set_everyone_paused(writer, end)
                who.append("everyone")
            if circle:
                people.set_circle(writer, self._circle(circle_name(circle)), paused_until=end)
                who.append(f"the circle {circle_name(circle)}")
            names = present_names(contact_ids)
            for contact_id in names:
                people.update_contact(writer, contact_id, {"paused_until": end}, today)
            return listed([*who, *names.values()])

        self.store.write(verb, words, work, today=today)

    def follow_up(self, contact_id: int, text: str, on: date, *, repeat: str = "", today: date) -> int:
        """A dated to-do about a contact, once or recurring (`+1m`, `++1w`, `.+3m`, RRULE); gives its id."""
        words = one_line(text, "text")
        if not words:
            raise Refused("The follow-up has no text", "Say what to do, such as “send the talk”")
        rule = " ".join(repeat.split())
        if rule:
            parse_repeat(rule, on)

        def work(writer: Writer) -> tuple[int, str]:
            name = present_names([contact_id])[contact_id]
            return happenings.insert_follow_up(writer, contact_id, words, on, rule), name

        key, _ = self.store.write(
            "follow-up", lambda result: f"Follow-up with {result[1]}: {words}, {exact_date(on)}", work, today=today
        )
        return key

    def drop_follow_up(self, follow_up_id: int, *, today: date) -> None:
        """End a follow-up, with all its repeats."""

        def work(writer: Writer) -> str:
            found = happenings.follow_up(follow_up_id)
            if found is None or found.closed_on is not None:
                raise Refused(f"No open follow-up has the id f{follow_up_id}", "See “planner agenda”")
            happenings.update_follow_up(writer, follow_up_id, closed_on=today)
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
                happenings.set_chosen_day(writer, item.id, item.contact_id, day, item.due)
            return len(spread)

        return self.store.write("backlog", lambda count: f"Spread {count} overdue rhythms evenly", work, today=today)

    @staticmethod
    def _everyone_paused(today: date) -> bool:
        until = happenings.everyone_paused_until()
        return until is not None and today < until

    def forecast(self, *, today: date) -> week_plan.Forecast:
        """What the rhythms ask for a week, against the contacts logged in the last eight weeks."""
        days = 8 * week_plan.WEEK
        with self.store.read():
            rhythms = open_items.all_rhythms()
            logged = happenings.people_reached_since(today - timedelta(days=days - 1), today)
        return week_plan.forecast(rhythms, logged, days, today)


def checked_channel(channel: str) -> str:
    """A channel as it is stored; a word of one's own is kept, on one line."""
    return one_line(channel, "channel", 40).casefold()


def checked_outcome(outcome: str) -> Outcome:
    """The outcome a word names; refused with what there is."""
    try:
        return Outcome(outcome.strip().casefold())
    except ValueError:
        raise Refused(
            f"“{one_line(outcome, 'outcome')[:40]}” is not an outcome", "Use reached, attempt or planned"
        ) from None


def checked_direction(direction: str) -> Direction:
    """The direction a word names; refused with what there is."""
    try:
        return Direction(direction.strip().casefold())
    except ValueError:
        raise Refused(f"“{one_line(direction, 'direction')[:40]}” is not a direction", "Use me, them or both") from None
