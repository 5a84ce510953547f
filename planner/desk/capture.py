"""The capture line: one line of text becomes interactions, promises, follow-ups and dates, as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.dates.typed import exact_date
from planner.core.model import ItemKind, OpenItem, Outcome
from planner.desk.base import listed, many_lines, one_line, present_names
from planner.desk.newcomers import NewcomerVerbs
from planner.desk.values import CapturePlan, Chip
from planner.errors import Ambiguous, PlannerError, Refused
from planner.store.facts import contacts, interactions

if TYPE_CHECKING:
    from planner.core.capture.facts import Capture, Interaction
    from planner.store.row_writer import Writer

MYSELF = "x: "
"""Stands for the names where the contact is known already."""


class CaptureVerbs(NewcomerVerbs):
    """One line in, several facts out."""

    def capture_preview(self, text: str, *, today: date, add: bool = False) -> CapturePlan:
        """What a capture line would do: a chip for each part, and what has to be mended first.

        With `add` a name that nobody has is no problem: that person would be added.
        """
        from planner.desk import capture_facts

        line = self._parsed(text, today)
        chips: list[Chip] = []
        problems: list[str] = []
        found: list[int] = []
        unknown: list[str] = []
        with self.store.read():
            for name, (start, end) in zip(line.who, line.who_spans, strict=True):
                try:
                    contact_id = self._find(name)
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
        chips += capture_facts.chips(line, 0)
        problems += line.problems
        if line.named and not line.who:
            problems.append("No name stands before the colon")
        if line.named and not line.facts and not problems:
            problems.append("Nothing stands after the colon")
        return CapturePlan(
            tuple(chips), tuple(problems), tuple(found), tuple(names[key] for key in found), tuple(unknown)
        )

    def capture(self, text: str, *, today: date, add: bool = False) -> str:
        """Do what a capture line says, as one step; gives it in a sentence. Refused when it is not clear.

        With `add` those whom nobody is called are added in the same step.
        """
        line = self._parsed(text, today)
        if not line.named:
            raise Refused("No colon says whom this is about", "Write it as “Ana: coffee, again 6w”")
        plan = self.capture_preview(text, today=today, add=add)
        if plan.problems:
            raise Refused(plan.problems[0].rstrip("."), "Mend that part and try again")
        from planner.desk import capture_facts

        known = list(dict.fromkeys(plan.contact_ids))
        newcomers = list(dict.fromkeys(plan.new_names))

        def work(writer: Writer) -> str:
            ids = [*known]
            for name in newcomers:
                typed = {"name": one_line(name, "name"), "source": "in person", "typed": "name"}
                ids.append(contacts.insert_contact(writer, typed, today))
            names = present_names(ids)
            for interaction in line.interactions:
                self._log(writer, ids, interaction)
            for contact_id in ids:
                for note in line.loose_notes:
                    self._append_note(writer, contact_id, note, today)
                capture_facts.write_facts(writer, contact_id, line.facts, today)
            return f"{listed(list(names.values()))}: {'; '.join(fact.chip for fact in line.facts)}"

        return self.store.write("capture", lambda summary: summary, work, today=today)

    def _parsed(self, text: str, today: date) -> Capture:
        # Late: the grammar is the longest of the rules, and most commands never read a line.
        from planner.core.capture.line import parse_capture

        return parse_capture(text, today, self.settings)

    def settle_preview(self, text: str, *, today: date) -> CapturePlan:
        """What a line about someone known would do, as for `settle`."""
        from planner.desk import capture_facts

        line = self._parsed(MYSELF + text, today)
        return CapturePlan(tuple(capture_facts.chips(line, len(MYSELF))), line.problems)

    def settle(self, item_ids: Sequence[str], text: str, *, today: date) -> str:
        """Settle open items as `done` does, with a line that says more; one step, told in a sentence.

        The line is a capture line without names: "coffee, her op 12 dec, promised intro to Leo by fri,
        again 6w". Where it tells of an attempt ("no answer"), that is logged, and only what was planned
        is settled by it.
        """
        from planner.desk import capture_facts

        line = self._parsed(MYSELF + text, today)
        if line.problems:
            raise Refused(line.problems[0].rstrip("."), "Mend that part and try again")
        told = line.interactions
        happened = next((one for one in told if one.outcome is not Outcome.PLANNED), None)
        rest = [one for one in told if one is not happened]
        note = many_lines(happened.note if happened is not None else "; ".join(line.loose_notes), "note")

        def work(writer: Writer) -> str:
            items = self._items(item_ids, today)
            summary = ""
            for item in items:
                summary = self._settle(writer, item, happened, note, today)
            contacts = list(dict.fromkeys(item.contact_id for item in items))
            for interaction in rest:
                self._log(writer, contacts, interaction)
            for contact_id in contacts:
                capture_facts.write_facts(writer, contact_id, line.facts, today)
            more = capture_facts.beside_contact(line)
            names = listed(list(dict.fromkeys(item.contact_name for item in items)))
            return "; ".join([summary if len(items) == 1 else f"Done: {names}", *more])

        return self.store.write("done", lambda summary: summary, work, today=today)

    def _settle(self, writer: Writer, item: OpenItem, happened: Interaction | None, note: str, today: date) -> str:
        via = happened.channel if happened is not None else ""
        # A line that names no day means today, or the day that was planned.
        day = happened.on if happened is not None and happened.on != today else None
        if happened is None or (happened.outcome is not Outcome.ATTEMPT and item.kind is not ItemKind.CADENCE):
            return self._done(writer, item, today, day, via, note)
        if item.kind is ItemKind.PLANNED:
            return self._settle_planned(writer, int(item.id[1:]), str(happened.outcome), today, day, note or None, via)
        self._log(writer, [item.contact_id], happened)
        said = "No answer from" if happened.outcome is Outcome.ATTEMPT else "Caught up with"
        return f"{said} {item.contact_name}, {exact_date(happened.on)}"

    @staticmethod
    def _log(writer: Writer, contact_ids: Sequence[int], fact: Interaction) -> None:
        interactions.insert_interaction(
            writer,
            contact_ids,
            on=fact.on,
            channel=fact.channel,
            direction=fact.direction,
            outcome=fact.outcome,
            note=many_lines(fact.note, "note"),
        )


def _may_be_added(name: str, problem: PlannerError) -> bool:
    """Whether a name nobody has can be that of somebody new; a number or an address names somebody there is."""
    return not isinstance(problem, Ambiguous) and "@" not in name and name[:1].isalpha()
