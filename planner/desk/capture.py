"""The capture line: one line of text becomes interactions, promises, follow-ups and dates, as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.capture.line import parse_capture
from planner.core.model import Direction, Outcome
from planner.desk.done import Done
from planner.desk.shared.capture_facts import beside_contact, chips_of, write_facts
from planner.desk.shared.checks import listed, many_lines, one_line, present_names
from planner.desk.shared.context import Context, Said
from planner.desk.shared.settling import Happened, append_note, settle, what_next
from planner.desk.shared.whom import find_contact
from planner.desk.values import CapturePlan, Chip
from planner.errors import Ambiguous, PlannerError, Refused
from planner.store.facts import contacts, interactions

if TYPE_CHECKING:
    from planner.core.capture.facts import Capture, Interaction
    from planner.store.row_writer import Writer

MYSELF = "x: "
"""Stands for the names where the contact is known already."""


class Capturing:
    """One line in, several facts out."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def preview(self, text: str, *, add: bool = False) -> CapturePlan:
        """What a capture line would do: a chip for each part, and what has to be mended first.

        With `add` a name that nobody has is no problem: that person would be added.
        """
        line = self._parsed(text)
        chips: list[Chip] = []
        problems: list[str] = []
        found: list[int] = []
        unknown: list[str] = []
        with self._context.store.read():
            for name, (start, end) in zip(line.who, line.who_spans, strict=True):
                try:
                    contact_id = find_contact(name)
                except PlannerError as problem:
                    if not line.named:
                        continue
                    if add and _may_be_added(name, problem):
                        unknown.append(name)
                        chips.append(Chip("who", f"new: {name}", start, end))
                        continue
                    problems.append(str(problem))
                    unknown.append(name)
                    chips.append(Chip("who", f"{name}?", start, end, True))
                    continue
                found.append(contact_id)
                chips.append(Chip("who", contacts.names_of([contact_id])[contact_id], start, end))
            names = contacts.names_of(found)
        chips += chips_of(line, 0)
        problems += line.problems
        if line.named and not line.who:
            problems.append("No name stands before the colon")
        if line.named and not line.facts and not problems:
            problems.append("Nothing stands after the colon")
        return CapturePlan(
            tuple(chips), tuple(problems), tuple(found), tuple(names[key] for key in found), tuple(unknown)
        )

    def take(self, text: str, *, add: bool = False, dry_run: bool = False) -> Done:
        """Do what a capture line says, as one step; gives the ids of those it is about. Refused when it is not clear.

        With `add` those whom nobody is called are added in the same step. A dry run answers the same, and is
        rolled back.
        """
        today, line = self._context.today, self._parsed(text)
        if not line.named:
            raise Refused("No colon says whom this is about", "Write it as “Ana: coffee, again 6w”")
        plan = self.preview(text, add=add)
        if plan.problems:
            raise _not_clear(plan.problems)
        known = list(dict.fromkeys(plan.contact_ids))
        newcomers = list(dict.fromkeys(plan.new_names))

        def work(writer: Writer) -> Said:
            ids = [*known]
            for name in newcomers:
                typed = {"name": one_line(name, "name"), "source": "in person", "typed": "name"}
                ids.append(contacts.insert_contact(writer, typed, today))
            names = present_names(ids)
            _write(writer, ids, line, line.interactions, line.loose_notes, today)
            return f"{listed(names.values())}: {'; '.join(fact.chip for fact in line.facts)}", ids

        return self._context.write("capture", work, dry_run=dry_run)

    def log(self, contact_ids: Sequence[int], text: str) -> Done:
        """Log what a line without names says; where it tells of no interaction, one of today with its loose notes."""
        today, line = self._context.today, self._about_known(text)
        note = many_lines("; ".join(line.loose_notes), "note")

        def work(writer: Writer) -> Said:
            names = list(present_names(contact_ids).values())
            if not line.interactions:
                interactions.insert_interaction(writer, contact_ids, on=today, direction=Direction.ME, note=note)
            _write(writer, contact_ids, line, line.interactions, (), today)
            said = "; ".join(fact.chip for fact in line.facts)
            return f"Logged {listed(names)}{f': {said}' if said else ', today'}", contact_ids

        return self._context.write("log", work)

    def settle_preview(self, text: str) -> CapturePlan:
        """What a line about someone known would do, as for `settle`."""
        line = self._parsed(MYSELF + text)
        return CapturePlan(tuple(chips_of(line, len(MYSELF))), line.problems)

    def settle(self, item_ids: Sequence[str], text: str) -> Done:
        """Settle open items by the rule of `triage.done`, with a line that says more; one step.

        The line is a capture line without names: "coffee, her op 12 dec, promised intro to Leo by fri,
        again 6w". Where it tells of an attempt ("no answer"), that is logged, and only what was planned
        is settled by it.
        """
        settings, today, line = self._context.settings, self._context.today, self._about_known(text)
        told = line.interactions
        first = next((one for one in told if one.outcome is not Outcome.PLANNED), None)
        rest = [one for one in told if one is not first]
        happened = _happened(first, line, today)

        def work(writer: Writer) -> Said:
            said, items = settle(writer, item_ids, happened, settings, today)
            _write(writer, list(dict.fromkeys(item.contact_id for item in items)), line, rest, (), today)
            ends = what_next(items, happened, settings, today)
            return "; ".join([said, *beside_contact(line)]) + ends, [item.id for item in items]

        return self._context.write("done", work)

    def _parsed(self, text: str) -> Capture:
        return parse_capture(text, self._context.today, self._context.settings)

    def _about_known(self, text: str) -> Capture:
        """A line without names; refused when it is not clear."""
        line = self._parsed(MYSELF + text)
        if line.problems:
            raise _not_clear(line.problems)
        return line


def _happened(told: Interaction | None, line: Capture, today: date) -> Happened:
    """What a line says about settled items; a line that names no day means today, or the day that was planned."""
    if told is None:
        return Happened(note=many_lines("; ".join(line.loose_notes), "note"))
    on = told.on if told.on != today else None
    return Happened(told.outcome, on, told.channel, many_lines(told.note, "note"), told.direction)


def _write(
    writer: Writer,
    contact_ids: Sequence[int],
    line: Capture,
    told: Sequence[Interaction],
    loose_notes: Sequence[str],
    today: date,
) -> None:
    """The facts of a line about some contacts: one interaction with all of them each, the rest for each of them."""
    for fact in told:
        interactions.insert_interaction(
            writer,
            contact_ids,
            on=fact.on,
            channel=fact.channel,
            direction=fact.direction,
            outcome=fact.outcome,
            note=many_lines(fact.note, "note"),
        )
    for contact_id in contact_ids:
        for note in loose_notes:
            append_note(writer, contact_id, note, today)
        write_facts(writer, contact_id, line.facts, today)


def _not_clear(problems: Sequence[str]) -> Refused:
    return Refused(problems[0].rstrip("."), "Mend that part and try again")


def _may_be_added(name: str, problem: PlannerError) -> bool:
    """Whether a name nobody has can be that of somebody new; a number or an address names somebody there is."""
    return not isinstance(problem, Ambiguous) and "@" not in name and name[:1].isalpha()
