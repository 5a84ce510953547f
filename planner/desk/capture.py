"""The capture line: one line of text becomes interactions, promises, follow-ups, fields and dates, as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.core.capture.facts import (
    CapturedHome,
    CapturedReceived,
    CapturedThanks,
    CapturedThrough,
    CapturedTold,
)
from planner.core.capture.line import parse_about, parse_capture
from planner.core.model import Direction, Outcome
from planner.desk.capturing.facts import beside_contact, chips_of, said_of, write_line
from planner.desk.capturing.loops import closing, loan_meant
from planner.desk.capturing.news import with_news
from planner.desk.capturing.people import add_named, may_be_added, name_finder
from planner.desk.done import Done
from planner.desk.shared.checks import briefly, listed, many_lines, present_names
from planner.desk.shared.context import Context, Said
from planner.desk.shared.items import items_with
from planner.desk.shared.settling import Settlement, settle, what_next
from planner.desk.shared.through import through_whom
from planner.desk.shared.whom import find_contact
from planner.desk.values import CapturePlan, Chip
from planner.errors import PlannerError, Refused, TwoReadings
from planner.store.facts import contact_names, contacts, interactions

if TYPE_CHECKING:
    from planner.core.capture.facts import Capture, CapturedFact, CapturedInteraction
    from planner.store.row_writer import Writer


class Capturing:
    """The verbs of the capture line; a part that leaves open who acted ("asked for advice") is refused."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def preview(self, text: str, *, add: bool = False) -> CapturePlan:
        """The reading of a capture line: a chip for each part, and the problems that keep it from being saved.

        With `add` an unknown name is no problem: `take` would add that person.
        """
        with self._context.store.read():
            return self._plan(self._parsed(text), add)

    def _plan(self, line: Capture, add: bool) -> CapturePlan:
        chips: list[Chip] = []
        problems: list[str] = []
        found: dict[int, int] = {}
        unknown: list[str] = []
        for place, (name, (start, end)) in enumerate(zip(line.who, line.who_spans, strict=True)):
            try:
                found[place] = find_contact(name)
            except PlannerError as problem:
                if not line.named:
                    continue
                unknown.append(name)
                if add and may_be_added(name, problem):
                    chips.append(Chip("who", f"new: {name}", start, end))
                    continue
                problems.append(str(problem))
                chips.append(Chip("who", f"{name}?", start, end, True))
        names = contact_names.names_of(found.values())
        chips = [*(Chip("who", names[found[place]], *line.who_spans[place]) for place in found), *chips]
        chips.sort(key=lambda chip: chip.start)
        chips += chips_of(line)
        problems += line.problems
        if line.named and not line.who:
            problems.append("No name stands before the colon")
        if line.named and not line.facts and not problems:
            problems.append("Nothing stands after the colon")
        if not problems:
            problems += _not_to_be_written(line, found)
        return CapturePlan(
            chips=tuple(chips),
            problems=tuple(problems),
            contact_ids=tuple(found.values()),
            names=tuple(names[key] for key in found.values()),
            new_names=tuple(unknown),
            named=line.named,
        )

    def swapped(self, text: str, place: int, *, names: Sequence[str] | None = None) -> str:
        """The line with one part rewritten so that its doer is clear, and reversed if it was clear already; or
        unchanged.

        The part is the one at an index of the text, else the first open one. With `names` the line is one of `settle`
        or `log` about people with these names.
        """
        with self._context.store.read():
            line = self._parsed(text) if names is None else self._read_about(text, names)
        parts = [fact for fact in line.facts if fact.other is not None or fact.turned]
        parts.sort(key=lambda fact: (not fact.start <= place <= fact.end, fact.other is None, fact.start))
        if not parts:
            return text
        fact = parts[0]
        return f"{text[: fact.start]}{fact.turned or fact.write}{text[fact.end :]}"

    def take(self, text: str, *, add: bool = False, dry_run: bool = False) -> Done:
        """Write what a capture line says, as one step; the result has the ids of its contacts.

        Refused while a part of the line has a problem or two readings. With `add` a contact is added for each unknown
        name. A dry run is the same step, rolled back.
        """
        self.check(text, add=add)
        return self._context.write("capture", lambda writer: self.written(writer, text, add=add), dry_run=dry_run)

    def check(self, text: str, *, add: bool = False) -> None:
        """Refuse a line whose reading `take` would refuse."""
        with self._context.store.read():
            self._clear(text, add)

    def written(self, writer: Writer, text: str, *, add: bool = False) -> Said:
        """Write what a capture line says, inside a transaction; return the sentence and the ids of its contacts.

        Refused like `take`, before anything is written, or by a rule that applies only on writing.
        """
        line, plan = self._clear(text, add)
        added: dict[str, int] = {}
        ids = []
        for name in line.who:
            if name in plan.new_names:
                if name not in added:
                    added[name] = add_named(writer, name, self._context.today)
                ids.append(added[name])
            else:
                ids.append(find_contact(name))
        names = present_names(ids)
        write_line(writer, self._context, ids, line, line.interactions, line.loose_notes)
        said = "; ".join(said_of(line, fact) for fact in line.facts)
        return f"{listed(names.values())}: {said}", list(names)

    def _clear(self, text: str, add: bool) -> tuple[Capture, CapturePlan]:
        """A line that can be written, and its reading; refused while a part has a problem or two readings."""
        line = self._parsed(text)
        if not line.named:
            raise Refused("No colon says whom this is about", "Write it as “Ana: coffee, again 6w”")
        plan = self._plan(line, add)
        if plan.problems:
            raise _not_clear(plan.problems)
        _refuse_open(line)
        return line, plan

    def take_all(self, lines: Sequence[str], source: str, *, dry_run: bool = False) -> list[Done]:
        """Take several lines of a source, one step each; when one is refused, none is written.

        All are tried first on a private copy, in which each line finds what the ones before it wrote.
        """
        tried: list[Done] = []
        with self._context.tried(dry_run=True) as copy:
            for number, line in enumerate(lines, start=1):
                try:
                    tried.append(Capturing(copy).take(line))
                except PlannerError as refusal:
                    advice = f"{refusal.advice}. Nothing was written" if refusal.advice else "Nothing was written"
                    raise Refused(f"Line {number} of {source}: {refusal.message}", advice) from refusal
        if dry_run:
            return [Done(one.said, one.ids) for one in tried]
        return [self.take(line) for line in lines]

    def log(self, contact_ids: Sequence[int], text: str) -> Done:
        """Log what a line without names says about contacts; if it states no interaction, one of today is logged."""
        today = self._context.today
        line = self._about(contact_ids, text)
        note = many_lines("; ".join(line.loose_notes), "note")

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            if not line.interactions:
                interactions.insert_interaction(writer, list(names), on=today, direction=Direction.ME, note=note)
            write_line(writer, self._context, list(names), line, line.interactions, ())
            said = "; ".join(said_of(line, fact) for fact in line.facts)
            return f"Logged {listed(names.values())}{f': {said}' if said else ', today'}", contact_ids

        return self._context.write("log", work)

    def settle_preview(self, text: str, *, names: Sequence[str] = ()) -> CapturePlan:
        """The reading of a line of `settle` or `log` about people with some names."""
        with self._context.store.read():
            line = self._read_about(text, names)
        return CapturePlan(tuple(chips_of(line)), line.problems)

    def settle(self, item_ids: Sequence[str], text: str) -> Done:
        """Settle open items by the rule of `triage.done` and write what a line adds, as one step.

        The line is a capture line without names: "coffee, her op 12 dec, promised intro to Leo by fri,
        again 6w". An attempt in the line ("no answer") is logged, and settles planned interactions only.
        """
        settings, today = self._context.settings, self._context.today
        with self._context.store.read():
            about = list(dict.fromkeys(item.contact_id for item in items_with(item_ids, today, settings)))
        line = self._about(about, text)
        told = line.interactions
        first = next((one for one in told if one.outcome is not Outcome.PLANNED), None)
        rest = [one for one in told if one is not first]
        settlement = _settlement(first, line, today)

        def work(writer: Writer) -> Said:
            said, items = settle(writer, item_ids, settlement, settings, today)
            write_line(writer, self._context, about, line, rest, ())
            ends = what_next(items, settlement, settings, today)
            return "; ".join([said, *beside_contact(line)]) + ends, [item.id for item in items]

        return self._context.write("done", work)

    def _parsed(self, text: str) -> Capture:
        return with_news(parse_capture(text, self._context.today, self._context.settings, name_finder()))

    def _read_about(self, text: str, names: Sequence[str]) -> Capture:
        return with_news(parse_about(text, names, self._context.today, self._context.settings, name_finder()))

    def _about(self, contact_ids: Sequence[int], text: str) -> Capture:
        """The reading of a line about given contacts; refused while a part has a problem or two readings."""
        with self._context.store.read():
            ids = list(dict.fromkeys(contact_ids))
            names = contact_names.names_of(ids)
            line = self._read_about(text, [names.get(key, "") for key in ids])
            present = {place: key for place, key in enumerate(ids) if key in names}
            problems = [*line.problems, *_not_to_be_written(line, present)]
        if problems:
            raise _not_clear(problems)
        _refuse_open(line)
        return line


def _refuse_open(line: Capture) -> None:
    """Refuse a line with two readings, naming both and how to write each."""
    for fact in line.facts:
        if fact.other is not None:
            typed = briefly(line.text[fact.start : fact.end])
            one, other = said_of(line, fact), said_of(line, fact.other)
            advice = f"Write “{fact.write}” or “{fact.other.write}”"
            raise TwoReadings(f"“{typed}” can be read as “{one}” or “{other}”", (one, other), advice)


def _not_to_be_written(line: Capture, found: dict[int, int]) -> list[str]:
    """The problems that need stored data to be found: an unknown person in between, several things to thank for."""
    problems: list[str] = []
    received = any(isinstance(fact, CapturedReceived) for fact in line.facts)
    for fact in line.facts:
        for place in fact.who or tuple(found):
            if place in found:
                try:
                    _check(fact, found[place], received)
                except PlannerError as problem:
                    problems.append(str(problem))
    return problems


def _check(fact: CapturedFact, contact_id: int, received: bool) -> None:
    if isinstance(fact, CapturedThrough):
        if not contacts.by_words_of_name(fact.name):
            raise Refused(f"Nobody is called “{fact.name}”", "Add them with “planner add”")
        through_whom(fact.name, contact_id)
    elif isinstance(fact, CapturedThanks | CapturedTold) and not received:
        closing(contact_id, fact)
    elif isinstance(fact, CapturedHome):
        loan_meant(contact_id, fact)


def _settlement(told: CapturedInteraction | None, line: Capture, today: date) -> Settlement:
    """How a line settles items; without a day in the line, it means today or the planned day."""
    if told is None:
        return Settlement(note=many_lines("; ".join(line.loose_notes), "note"))
    on = told.on if told.on != today else None
    return Settlement(told.outcome, on, told.channel, many_lines(told.note, "note"), told.direction)


def _not_clear(problems: Sequence[str]) -> Refused:
    return Refused(problems[0].rstrip("."), "Mend that part and try again")
