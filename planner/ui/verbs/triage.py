"""The verbs that clear a week: done, snooze, no answer, leave out, move."""

from __future__ import annotations

from datetime import timedelta

from planner.core.model import ItemKind
from planner.errors import Refused
from planner.ui.shared.people_questions import log_question
from planner.ui.shared.triage_questions import day_question, done_question, snooze_question
from planner.ui.verbs.verb import Targets, Verb, VerbPlace, Work, contact_ids, item_ids, names
from planner.ui.verbs.ways_out import favor_of, offer_way_out
from planner.ui.widgets.prompt import Question

STEP_WORDS = {
    ItemKind.NEED: "Nobody was called: {done} says you asked for news again, {snooze} snoozes it",
    ItemKind.INTRODUCTION: "Nobody was called: {done} does this step, {snooze} snoozes it",
}
"""Why an attempt means nothing, by kind of item."""
NO_ROUNDS = {
    ItemKind.NEED: "News of a need has no rounds to leave out; {done} says you asked again, {snooze} snoozes it",
    ItemKind.INTRODUCTION: "An introduction has no rounds to leave out; {snooze} snoozes it, Reach leaves it",
    ItemKind.THANKS: "They helped you; {done} says thanks, {snooze} snoozes it",
    ItemKind.OUTCOME: "They helped you; {done} says that you told how it went, {snooze} snoozes it",
}
"""Why there is nothing to leave out, by kind of item."""


def kinds(targets: Targets) -> list[ItemKind]:
    """The kinds of the items, each once."""
    return list(dict.fromkeys(target.kind for target in targets))


class Done(Verb):
    """Settle what is open; with a person alone, log a contact."""

    id = "done"

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        if all(target.item is None for target in targets):
            return log_question(place, names(targets))
        return done_question(place, [target.item for target in targets if target.item is not None], names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        if all(target.item is None for target in targets):
            people = contact_ids(targets)
            return lambda desk: desk.capture.log(people, answer)
        ids = item_ids(targets)
        return lambda desk: desk.capture.settle(ids, answer)


class Snooze(Verb):
    """Hide until a day; the due date stays."""

    id = "snooze"

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return snooze_question(place, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        ids, until = item_ids(targets), place.planner.read_day(answer)
        return lambda desk: desk.triage.snooze(ids, until)


class Attempt(Verb):
    """Tried, and nobody answered."""

    id = "attempt"

    def refuses(self, targets: Targets) -> str:
        return next((STEP_WORDS[kind] for kind in kinds(targets) if kind in STEP_WORDS), "")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        ids = item_ids(targets)
        return lambda desk: desk.triage.attempt(ids)


class LeaveOut(Verb):
    """Not this time: a round is skipped, an ask rests, a request gets a way out."""

    id = "leave_out"

    def refuses(self, targets: Targets) -> str:
        found = kinds(targets)
        if found in ([ItemKind.CADENCE], [ItemKind.ASK]):
            return ""
        if found in ([ItemKind.REQUEST], [ItemKind.PROMISE]):
            return "" if len(targets) == 1 else "What they ask is answered one at a time; esc takes the marks away"
        reasons = [NO_ROUNDS[kind] for kind in found if kind in NO_ROUNDS]
        return next(iter(reasons), "Only a rhythm has rounds to leave out; {snooze} snoozes anything")

    def run(self, place: VerbPlace) -> None:
        (first, *_) = targets = place.targets(self.id)
        if first.kind in (ItemKind.REQUEST, ItemKind.PROMISE):
            place.in_turn(self._offer(place, targets))
        else:
            super().run(place)

    async def _offer(self, place: VerbPlace, targets: Targets) -> None:
        if await offer_way_out(place, targets[0]):
            place.settled(self.id, targets)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        if targets[0].kind is ItemKind.CADENCE:
            return lambda desk: desk.triage.skip(people)
        favors = [favor_of(target) for target in targets]
        return lambda desk: desk.favors.rest(favors)


class Move(Verb):
    """Another day."""

    id = "move"

    def refuses(self, targets: Targets) -> str:
        if any(target.kind is ItemKind.DATE for target in targets):
            return "A date of the year stays on its day; s snoozes it"
        return ""

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        return day_question(place, f"Move {names(targets)} to")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        ids, to = item_ids(targets), place.planner.read_day(answer)
        return lambda desk: desk.triage.move(ids, to)


class Shift(Move):
    """A day earlier or later in the week plan, of the latest of those that are marked."""

    def __init__(self, verb: str, days: int) -> None:
        self.id = verb
        self.days = days

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        return None

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        days = [target.planned for target in targets if target.planned is not None]
        ids, to = item_ids(targets), max(days) + timedelta(days=self.days)
        if to < place.planner.today:
            raise Refused("It stands on today already", "Nothing moves into the past")
        return lambda desk: desk.triage.move(ids, to)
