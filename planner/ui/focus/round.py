"""A round of focus triage: its people in order, what became of each, and the way back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.core.model import Agenda, AgendaItem, ItemKind
from planner.core.records import record

DONE, TRIED, SNOOZED, SKIPPED, PAUSED = "done", "tried", "snoozed", "skipped", "paused"
OUTCOMES = (DONE, TRIED, SNOOZED, SKIPPED, PAUSED)


@dataclass
class RoundPerson:
    """One person of the round: their items in order, and what became of each by its id."""

    contact_id: int
    name: str
    items: tuple[AgendaItem, ...]
    outcomes: dict[str, str] = field(default_factory=dict)

    @property
    def open_items(self) -> list[AgendaItem]:
        """What nothing was done about in this round."""
        return [item for item in self.items if item.item.id not in self.outcomes]

    @property
    def outcome(self) -> str:
        """What counts for the person in the summary, the best of what became of the items; "" for nothing."""
        found = set(self.outcomes.values())
        return next((outcome for outcome in OUTCOMES if outcome in found), "")


def people_of(items: Sequence[AgendaItem]) -> list[RoundPerson]:
    """The people of some agenda items in the order of their first, each with all of theirs."""
    by_contact: dict[int, list[AgendaItem]] = {}
    for item in items:
        if item.item.settled_on is None:
            by_contact.setdefault(item.item.contact_id, []).append(item)
    return [RoundPerson(key, found[0].item.contact_name, tuple(found)) for key, found in by_contact.items()]


def add_due(people: Sequence[RoundPerson], agenda: Agenda) -> None:
    """Add what else of the week is due about the same people: one meets a person once, not once a day."""
    by_contact = {person.contact_id: person for person in people}
    for item in agenda.items:
        person = by_contact.get(item.item.contact_id)
        if person is None or item.item.due > agenda.today:
            continue
        if all(known.item.id != item.item.id for known in person.items):
            person.items = (*person.items, item)


def tally(people: Sequence[RoundPerson]) -> dict[str, int]:
    """How many people had each outcome, those that happened at all."""
    counts = {outcome: sum(1 for person in people if person.outcome == outcome) for outcome in OUTCOMES}
    return {outcome: count for outcome, count in counts.items() if count}


@record(frozen=True, slots=True)
class RoundStep:
    """A change made in the round: with whom, and what it meant for which item ("" for none)."""

    place: int
    item_id: str = ""
    outcome: str = ""


class Round:
    """Who is shown, which of their items is in hand, and every change so far."""

    def __init__(self, people: Sequence[RoundPerson]) -> None:
        self.people = list(people)
        self.place = 0
        """The person that is shown, counted from 0; the number of people at the end."""
        self.chosen = 0
        """Which of the person's items is in hand."""
        self.steps: list[RoundStep] = []
        self.taken_back: list[RoundStep] = []

    @property
    def person(self) -> RoundPerson | None:
        """Who is shown; None at the end."""
        return self.people[self.place] if self.place < len(self.people) else None

    @property
    def current(self) -> AgendaItem | None:
        """The item in hand; None where everything about the person is settled."""
        person = self.person
        if person is None:
            return None
        item = person.items[min(self.chosen, len(person.items) - 1)]
        return item if item.item.id not in person.outcomes else None

    @property
    def rhythm(self) -> AgendaItem | None:
        """The item in hand when it is a keep-in-touch item, else the person's keep-in-touch item."""
        person, current = self.person, self.current
        if person is None or current is None or current.item.kind is ItemKind.CADENCE:
            return current
        return next((item for item in person.open_items if item.item.kind is ItemKind.CADENCE), None)

    def go_to(self, place: int) -> None:
        """Show a person with the first open item in hand, or the end."""
        self.place = min(max(place, 0), len(self.people))
        self.chosen = 0
        person = self.person
        if person is not None and person.open_items:
            self.chosen = person.items.index(person.open_items[0])

    def choose(self, by: int) -> bool:
        """Take the open item above or below in hand; whether there is one."""
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

    def changed(self) -> None:
        """A change was stored."""
        self.steps.append(RoundStep(self.place))
        self.taken_back.clear()

    def settled(self, item_id: str, outcome: str) -> None:
        """The change just stored settled an item; a person with another open one stays, else the next comes."""
        self.steps[-1] = step = RoundStep(self.place, item_id, outcome)
        self._settle(step)

    def _settle(self, step: RoundStep) -> None:
        person = self.people[step.place]
        person.outcomes[step.item_id] = step.outcome
        self.go_to(step.place if person.open_items else step.place + 1)

    def undone(self) -> None:
        """The last change was taken back: come back to whom it was about."""
        step = self.steps.pop()
        self.taken_back.append(step)
        if step.place < len(self.people):
            self.people[step.place].outcomes.pop(step.item_id, None)
        self.go_to(step.place)

    def redone(self) -> None:
        """The change taken back last was made again: go on from it."""
        step = self.taken_back.pop()
        self.steps.append(step)
        if step.item_id:
            self._settle(step)
        else:
            self.go_to(step.place)
