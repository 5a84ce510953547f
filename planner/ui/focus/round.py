"""A round of focus triage: its people in order, the outcome of each, and the steps that undo takes back. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from planner.core.model import EVERYONE, AgendaItem, ItemKind, OpenItem, State
from planner.core.records import record

DONE, TRIED, SNOOZED, SKIPPED, PAUSED, DROPPED = "done", "tried", "snoozed", "skipped", "paused", "dropped"
PLANNED, SETTLED = "planned", "settled"
"""Outcomes of an item changed outside the round: something was planned, or the item is not open."""
OUTCOMES = (DONE, TRIED, SNOOZED, SKIPPED, PAUSED, DROPPED, PLANNED, SETTLED)
HIDDEN = {State.SNOOZED: SNOOZED, State.PAUSED: PAUSED, State.PLANNED: PLANNED}


@record(frozen=True, slots=True)
class RoundStep:
    """A step of the history made in the round: its person, its item ("" for none) and the outcome for it."""

    id: int
    contact_id: int
    item_id: str = ""
    outcome: str = ""
    due: date | None = None
    """The due day of the item when the step settled it."""


@dataclass
class RoundPerson:
    """One person of the round: their items in order, and the outcome of each item by its id."""

    contact_id: int
    name: str
    items: tuple[AgendaItem, ...]
    outcomes: dict[str, str] = field(default_factory=dict)

    @property
    def open_items(self) -> list[AgendaItem]:
        """The items without an outcome in this round."""
        return [item for item in self.items if item.item.id not in self.outcomes]

    @property
    def outcome(self) -> str:
        """The person's outcome for the summary: the best of their items; "" for none."""
        if not self.outcomes:
            return ""
        found = set(self.outcomes.values())
        return next((outcome for outcome in OUTCOMES if outcome in found), "")

    def follow(
        self, still_open: Mapping[str, AgendaItem], mine: Iterable[AgendaItem], steps: Iterable[RoundStep], today: date
    ) -> None:
        """Set the outcomes from the open items in the store, those of this person and the steps about them in force."""
        latest = {step.item_id: step for step in steps}
        items: list[AgendaItem] = []
        outcomes: dict[str, str] = {}
        for item in self.items:
            there = still_open.get(item.item.id)
            outcome = fate(item, there, latest.get(item.item.id), today)
            if outcome:
                outcomes[item.item.id] = outcome
            items.append(item if there is None or outcome else there)
        known = {item.item.id for item in items}
        for item in mine:
            if item.item.id not in known and item.item.due <= today and item.state not in HIDDEN:
                items.append(item)
        self.items, self.outcomes = tuple(items), outcomes


def fate(item: AgendaItem, there: AgendaItem | None, step: RoundStep | None, today: date) -> str:
    """The outcome of an item of the round; "" if it is as open as before.

    `there` is the item in the store, None if it is not open. `step` is the last step about the item that is not undone;
    it is ignored if the item is open again as before, for whatever reason.
    """
    shown = there is not None and there.state not in HIDDEN
    if step is not None:
        stays_open = step.outcome == TRIED and item.item.kind is not ItemKind.CADENCE
        came_back = there is not None and shown and there.item.due <= (step.due or today)
        if stays_open or not came_back:
            return step.outcome
    if there is None:
        return SETTLED
    if not shown:
        return HIDDEN[there.state]
    return SETTLED if there.item.due > max(item.item.due, today) else ""


def people_of(items: Sequence[AgendaItem]) -> list[RoundPerson]:
    """The people of some agenda items, in the order of each person's first item, with all of their items."""
    by_contact: dict[int, list[AgendaItem]] = {}
    for item in items:
        if item.item.settled_on is None:
            by_contact.setdefault(item.item.contact_id, []).append(item)
    return [RoundPerson(key, _name_of(found), tuple(found)) for key, found in by_contact.items()]


def _name_of(items: Sequence[AgendaItem]) -> str:
    """The name of the person in the items; items about several people of a need are ignored."""
    names = [item.item.contact_name for item in items]
    return next((name for name in names if name != EVERYONE), names[0])


def add_due(people: Sequence[RoundPerson], items: Iterable[AgendaItem]) -> None:
    """Add the other items about the same people that are due and not hidden, so that each person comes once."""
    by_contact = {person.contact_id: person for person in people}
    for item in items:
        person = by_contact.get(item.item.contact_id)
        if person is None or item.state in HIDDEN:
            continue
        if all(known.item.id != item.item.id for known in person.items):
            person.items = (*person.items, item)


def tally(people: Sequence[RoundPerson]) -> dict[str, int]:
    """The number of people by outcome, without outcomes nobody had."""
    counts = Counter(person.outcome for person in people)
    return {outcome: counts[outcome] for outcome in OUTCOMES if outcome in counts}


class Round:
    """The people, the shown one, the chosen item, and every step made so far."""

    def __init__(self, people: Sequence[RoundPerson]) -> None:
        self.people = list(people)
        self.place = 0
        """The index of the shown person; at the end of the round, the number of people."""
        self.chosen = 0
        """The index of the chosen item, on which the verbs act."""
        self.steps: list[RoundStep] = []
        """Every step made in the round, also those taken back."""

    @property
    def person(self) -> RoundPerson | None:
        """The shown person; None at the end."""
        return self.people[self.place] if self.place < len(self.people) else None

    @property
    def current(self) -> AgendaItem | None:
        """The chosen item; None if all items of the person are settled."""
        person = self.person
        if person is None:
            return None
        item = person.items[min(self.chosen, len(person.items) - 1)]
        return item if item.item.id not in person.outcomes else None

    @property
    def rhythm(self) -> AgendaItem | None:
        """The chosen item if it is a keep-in-touch item, else the person's keep-in-touch item."""
        person, current = self.person, self.current
        if person is None or current is None or current.item.kind is ItemKind.CADENCE:
            return current
        return next((item for item in person.open_items if item.item.kind is ItemKind.CADENCE), None)

    def go_to(self, place: int) -> None:
        """Show the person at an index, with their first open item chosen; or the end."""
        self.place = min(max(place, 0), len(self.people))
        self.chosen = 0
        person = self.person
        if person is not None and person.open_items:
            self.chosen = person.items.index(person.open_items[0])

    def choose(self, by: int) -> bool:
        """Choose the open item above or below; return whether there is one."""
        person = self.person
        if person is None:
            return False
        place = self.chosen + by
        while 0 <= place < len(person.items):
            if person.items[place].item.id not in person.outcomes:
                self.chosen = place
                return True
            place += by
        return False

    @property
    def item_ids(self) -> list[str]:
        """The ids of all items of all people."""
        return [item.item.id for person in self.people for item in person.items]

    def follow(self, still_open: Iterable[AgendaItem], in_force: Collection[int], today: date) -> None:
        """Set all outcomes from the open items in the store and the ids of the steps that are not undone."""
        # Once for all: a round of thousands is looked through after each verb.
        by_id, items, steps = dict[str, AgendaItem](), dict[int, list[AgendaItem]](), dict[int, list[RoundStep]]()
        for item in still_open:
            by_id[item.item.id] = item
            items.setdefault(item.item.contact_id, []).append(item)
        for step in self.steps:
            if step.id in in_force:
                steps.setdefault(step.contact_id, []).append(step)
        for person in self.people:
            key = person.contact_id
            person.follow(by_id, items.get(key, ()), steps.get(key, ()), today)
        self._choose_open()

    def _choose_open(self) -> None:
        """Choose an open item if the chosen one is settled."""
        person = self.person
        if person is not None and self.current is None and person.open_items:
            self.chosen = person.items.index(person.open_items[0])

    def leave(self, contact_id: int) -> None:
        """Continue without a person who was deleted."""
        shown = self.person
        self.people = [person for person in self.people if person.contact_id != contact_id]
        place = next((place for place, person in enumerate(self.people) if person is shown), self.place)
        if shown is None or shown.contact_id == contact_id:
            self.go_to(place)
        else:
            self.place = place

    def changed(self, step: int) -> None:
        """Note a step of the history about the shown person."""
        if self.person is not None:
            self.steps.append(RoundStep(step, self.person.contact_id))

    def settled(self, item: OpenItem, outcome: str) -> None:
        """Note the outcome of the last step; go to the next person if this one has no other open item."""
        last = self.steps[-1]
        self.steps[-1] = step = RoundStep(last.id, last.contact_id, item.id, outcome, item.due)
        self._settle(step)

    def _settle(self, step: RoundStep) -> None:
        place = self._place_of(step)
        if place is not None:
            person = self.people[place]
            person.outcomes[step.item_id] = step.outcome
            self.go_to(place if person.open_items else place + 1)

    def _place_of(self, step: RoundStep) -> int | None:
        places = (place for place, person in enumerate(self.people) if person.contact_id == step.contact_id)
        return next(places, None)

    def _step(self, step_id: int) -> RoundStep | None:
        return next((step for step in reversed(self.steps) if step.id == step_id), None)

    def undone(self, step_id: int) -> bool:
        """Return to the person of an undone step; return whether the step belongs to this round."""
        step = self._step(step_id)
        place = self._place_of(step) if step is not None else None
        if step is None or place is None:
            return False
        self.people[place].outcomes.pop(step.item_id, None)
        self.go_to(place)
        return True

    def redone(self, step_id: int) -> bool:
        """Continue after a redone step; return whether the step belongs to this round."""
        step = self._step(step_id)
        place = self._place_of(step) if step is not None else None
        if step is None or place is None:
            return False
        if step.item_id:
            self._settle(step)
        else:
            self.go_to(place)
        return True
