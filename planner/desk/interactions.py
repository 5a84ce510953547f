"""Verbs about what happened: log, attempt, note, done, and settling what was planned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.dates.typed import exact_date
from planner.core.model import (
    Direction,
    ItemKind,
    OpenItem,
    Outcome,
)
from planner.desk.base import listed, many_lines, not_after, not_before, one_line, present_names
from planner.desk.people import PeopleVerbs
from planner.errors import Refused
from planner.store.facts import contacts, interactions, rhythm_facts
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

RESULTS = ("reached", "attempt", "moved", "dropped")


class HappenedVerbs(PeopleVerbs):
    """What happened, and what was settled by it."""

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
            key = interactions.insert_interaction(
                writer, contact_ids, on=day, channel=via, direction=who, outcome=how, note=words
            )
            if next_on is not None:
                interactions.insert_interaction(
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
            found = interactions.interaction(interaction_id)
            if found is None:
                raise Refused(f"There is no interaction {interaction_id}", "See “planner show WHO” for ids")
            interactions.delete_interaction(writer, interaction_id)
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
            found = interactions.interaction(interaction_id)
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
                interactions.update_interaction(writer, interaction_id, version, **changes)
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
        found = interactions.interaction(interaction_id)
        if found is None or found.outcome is not Outcome.PLANNED:
            raise Refused(f"Nothing planned has the id i{interaction_id}", "See “planner agenda” for what is open")
        names = listed([name for _, name in found.contacts])
        changes: dict[str, Any] = {} if note is None else {"note": many_lines(note, "note")}
        changes |= {"channel": channel} if channel else {}
        if result == "dropped":
            interactions.delete_interaction(writer, interaction_id)
            return f"Dropped what was planned with {names}"
        if result == "moved":
            if on is None:
                raise Refused("No day was given to move it to", "Say a day, such as fri")
            not_before(on, today, "A plan for")
            interactions.update_interaction(writer, interaction_id, on=on, **changes)
            return f"Moved {names} to {exact_date(on)}"
        day = on or min(found.on, today)
        not_after(day, today, "A contact")
        interactions.update_interaction(writer, interaction_id, on=day, outcome=result, **changes)
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
                interactions.insert_interaction(
                    writer, [item.contact_id], on=today, channel=via, outcome=Outcome.ATTEMPT, note=words
                )
            return names

        self.store.write("attempt", lambda names: f"No answer from {listed(names)}", work, today=today)

    def note(self, contact_ids: int | Sequence[int], text: str, *, today: date) -> None:
        """Add a dated line to the notes of one contact or of several, in one step."""
        wanted = [contact_ids] if isinstance(contact_ids, int) else list(dict.fromkeys(contact_ids))
        words = many_lines(text, "note")
        if not words:
            raise Refused("The note is empty", "Type a few words")

        def work(writer: Writer) -> str:
            names = present_names(wanted)
            for contact_id in wanted:
                self._append_note(writer, contact_id, words, today)
            return listed(list(names.values()))

        self.store.write("note", lambda name: f"Noted about {name}", work, today=today)

    @staticmethod
    def _append_note(writer: Writer, contact_id: int, text: str, today: date) -> None:
        """Add a dated line to a contact's notes."""
        before = contacts.read_contacts([contact_id])[contact_id].notes
        line = f"{today.isoformat()}: {text}"
        together = many_lines(f"{before}\n{line}" if before else line, "note")
        contacts.update_contact(writer, contact_id, {"notes": together}, today)

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
        if kind == "c" and contacts.exists(int(number)):
            name = contacts.names_of([int(number)])[int(number)]
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
            if item.kind is ItemKind.CADENCE and (on or today) in self._reached(item.contact_id):
                when = "today" if (on or today) == today else exact_date(on or today)
                raise Refused(
                    f"You were in touch with {item.contact_name} {when} already", "“planner log” adds another time"
                )
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
                interactions.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"Caught up with {name}, {exact_date(day)}"
            case ItemKind.PLANNED:
                return self._settle_planned(writer, key, "reached", today, on, words or None, via)
            case ItemKind.ANSWER:
                interactions.update_interaction(writer, key, answered_on=day)
                if words or via:
                    interactions.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"Answered {name}"
            case ItemKind.DATE:
                open_items.keep_date(writer, key, item.due, today)
                if words or via:
                    interactions.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"{item.text.split(':')[0].capitalize()} of {name}: done"
            case ItemKind.FOLLOWUP:
                interactions.insert_follow_up_done(writer, key, day, item.due)
                if words or via:
                    interactions.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
                return f"Done: {item.text} ({name})"
        if item.kind in (ItemKind.INTRODUCTION, ItemKind.NEED):
            if words or via:
                interactions.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
            return self._network_step(writer, item, day)
        favor = interactions.favor(key)
        if favor is None:
            raise Refused(f"Nothing open has the id {item.id}", "It may have been settled meanwhile")
        if words or via:
            interactions.insert_interaction(writer, [item.contact_id], on=day, channel=via, note=words)
        match item.kind:
            case ItemKind.ASK if len(favor.nudges) >= self.settings.nudges:
                after, summary = favors.rest(favor, day), f"Left to rest: what you asked {name}"
            case ItemKind.ASK:
                after, summary = favors.nudge(favor, day, self.settings), f"Nudged {name}"
            case ItemKind.THANKS:
                after, summary = favors.thank(favor, day), f"Thanked {name}"
            case ItemKind.OUTCOME:
                after, summary = favors.tell(favor, day), f"Told {name} the outcome"
            case _:
                after, summary = favors.done(favor, day), f"Done for {name}: {item.text}"
        interactions.update_favor(writer, favor, after)
        return summary

    @staticmethod
    def _reached(contact_id: int) -> Collection[date]:
        return rhythm_facts.rhythm_facts([contact_id])[contact_id].reached

    def _network_step(self, writer: Writer, item: OpenItem, day: date) -> str:
        """The next step of an introduction or a need: see `NeedVerbs`, which knows them."""
        raise Refused(f"Nothing open has the id {item.id}", "It may have been settled meanwhile")


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
