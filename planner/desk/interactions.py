"""Interactions: logging, changing, deleting, notes, and the outcomes of plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.dates.shown import exact_date
from planner.core.model import Direction, Outcome
from planner.desk.done import Done
from planner.desk.shared.checks import (
    checked_channel,
    listed,
    many_lines,
    not_after,
    not_before,
    one_of,
    present_names,
)
from planner.desk.shared.context import Context, Said
from planner.desk.shared.items import next_due
from planner.desk.shared.settling import Settlement, append_note, settle_planned
from planner.errors import Refused
from planner.store.facts import interactions

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

RESULTS = ("reached", "attempt", "moved", "dropped")


class Interactions:
    """Verbs about interactions, past and planned."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def log(
        self,
        contact_ids: Sequence[int],
        *,
        on: date | None = None,
        channel: str = "",
        outcome: str = "reached",
        direction: str = "me",
        note: str = "",
        next_on: date | None = None,
    ) -> Done:
        """Log one interaction with contacts; with `next_on` also plan another one. The result has the ids of both.

        A day after today is refused unless the outcome is planned.
        """
        today = self._context.today
        how, via, words = one_of(Outcome, outcome, "outcome"), checked_channel(channel), many_lines(note, "note")
        who = one_of(Direction, direction, "direction")
        day = on or today
        if how is Outcome.PLANNED:
            not_before(day, today, "A plan for")
        else:
            not_after(day, today, "A contact")
        if next_on is not None:
            not_before(next_on, today, "The next date")

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            made = [
                interactions.insert_interaction(
                    writer, list(names), on=day, channel=via, direction=who, outcome=how, note=words
                )
            ]
            if how is Outcome.ATTEMPT:
                said = f"No answer from {listed(names.values())}{f', {via}' if via else ''} on {exact_date(day)}"
            else:
                verb = "Planned" if how is Outcome.PLANNED else "Logged"
                said = f"{verb} {f'{via} with ' if via else ''}{listed(names.values())} on {exact_date(day)}"
            if next_on is not None:
                made.append(
                    interactions.insert_interaction(
                        writer, list(names), on=next_on, channel="", direction=Direction.ME, outcome=Outcome.PLANNED
                    )
                )
                said += f"; next on {exact_date(next_on)}"
            elif how is Outcome.REACHED:
                said += next_due(contact_ids, self._context.settings, today)
            return said, made

        return self._context.write("log", work)

    def unlog(self, interaction_ids: Sequence[int]) -> Done:
        """Delete interactions; due dates follow from the remaining ones."""

        def work(writer: Writer) -> Said:
            gone = []
            for key in interaction_ids:
                found = interactions.interaction(key)
                if found is None:
                    raise Refused(f"There is no interaction {key}", "See “planner show WHO” for ids")
                interactions.delete_interaction(writer, key)
                names = listed(name for _, name in found.contacts)
                gone.append(f"{found.channel or 'an interaction'} with {names} on {exact_date(found.on)}")
            return f"Deleted {listed(gone)}", interaction_ids

        return self._context.write("unlog", work)

    def edit(
        self,
        interaction_id: int,
        *,
        on: date | None = None,
        channel: str | None = None,
        note: str | None = None,
        outcome: str | None = None,
        direction: str | None = None,
        version: int | None = None,
    ) -> Done:
        """Change an interaction; a field given as None stays. Due dates follow."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            found = interactions.interaction(interaction_id)
            if found is None:
                raise Refused(f"There is no interaction {interaction_id}", "It may have been deleted meanwhile")
            how = one_of(Outcome, outcome, "outcome") if outcome is not None else found.outcome
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
                changes["direction"] = str(one_of(Direction, direction, "direction"))
            changes = {key: value for key, value in changes.items() if getattr(found, key) != value}
            if changes:
                interactions.update_interaction(writer, interaction_id, version, **changes)
            names = listed(name for _, name in found.contacts)
            return f"Changed what happened with {names} on {exact_date(day)}", [interaction_id]

        return self._context.write("edit", work)

    def settle_planned(self, interaction_id: int, result: str, *, on: date | None = None) -> Done:
        """Set the outcome of a planned interaction: reached, attempt, moved (to `on`) or dropped."""
        result = one_of(RESULTS, result, "result")
        today, settlement = self._context.today, Settlement(on=on)
        return self._context.write(
            "planned",
            lambda writer: (settle_planned(writer, interaction_id, result, settlement, today), [interaction_id]),
        )

    def note(self, contact_ids: Sequence[int], text: str) -> Done:
        """Add a dated line to the notes of contacts."""
        today, words = self._context.today, many_lines(text, "note")
        if not words:
            raise Refused("The note is empty", "Type a few words")

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            for contact_id in names:
                append_note(writer, contact_id, words, today)
            return f"Noted about {listed(names.values())}", list(names)

        return self._context.write("note", work)
