"""The verbs of triage: done, snooze, no answer, skip, delete, move."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from planner.core.model import ANSWERED, HEAR, ItemKind
from planner.core.words.triage import (
    NO_ROUNDS,
    NOTHING_TO_DELETE,
    ONLY_A_RHYTHM,
    STAYS_IN_THE_LEDGER,
    STAYS_ON_ITS_DAY,
    STEP_WORDS,
)
from planner.errors import Refused
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.people_questions import log_question
from planner.ui.shared.triage_questions import day_question, done_question, snooze_question
from planner.ui.verbs.verb import ScreenVerb, Target, Targets, VerbPlace, Work, contact_ids, item_ids, names, open_ones
from planner.ui.verbs.ways_out import favor_of, offer_way_out
from planner.ui.widgets.prompt import Question


def kinds(targets: Targets) -> list[ItemKind]:
    """The kinds of the items, each once."""
    return list(dict.fromkeys(target.kind for target in targets))


def is_to_hear(target: Target) -> bool:
    """Whether a target stands for everybody who is to hear how a closed need went."""
    return target.item is not None and target.item.asks == HEAR


def is_answered(target: Target) -> bool:
    """Whether somebody wrote after they were asked or told, and the item asks whether that was the answer."""
    return target.item is not None and target.item.asks == ANSWERED


class SettleOrLog(ScreenVerb):
    """Settles open items; for a target without an item, logs an interaction."""

    id = "done"

    def refuses(self, targets: Targets) -> str:
        if len(targets) > 1 and any(map(is_to_hear, targets)):
            return "How a need went is told on a page of its own; mark the others without it"
        if len(targets) > 1 and any(map(is_answered, targets)):
            return "What somebody answered is said one at a time; mark the others without it"
        return ""

    def run(self, place: VerbPlace) -> None:
        targets = open_ones(place.targets(self.id))
        if any(map(is_to_hear, targets)):
            # Nobody is told by a key alone: the page has the words to send.
            place.planner.open("closing", int(targets[0].item_id[1:]))
            return
        if any(map(is_answered, targets)):
            # The first screen seldom shows it.
            from planner.ui.evidence.answered import ask_what_it_was

            place.in_turn(partial(ask_what_it_was, place, targets, self.id))
            return
        super().run(place)

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        if all(target.item is None for target in targets):
            return log_question(place, names(targets))
        if kinds(targets) == [ItemKind.LOAN]:
            # A returned loan needs no question.
            return None
        items = [target.item for target in targets if target.item is not None]
        wish = len(targets) == 1 and place.asks_wish_of(targets[0].contact_id)
        return done_question(place, items, names(targets), wish=wish)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        if all(target.item is None for target in targets):
            people = contact_ids(targets)
            return lambda desk: desk.capture.log(people, answer)
        ids = item_ids(targets)
        return lambda desk: desk.capture.settle(ids, answer)


class SnoozeItem(ScreenVerb):
    """Hides items until a day; their due dates stay."""

    id = "snooze"

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return snooze_question(place, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        ids, until = item_ids(targets), place.planner.read_day(answer)
        if until == place.planner.today and all(target.item is None for target in targets):
            # For people without items, "today" wakes all their snoozed items.
            people = contact_ids(targets)
            return lambda desk: desk.triage.wake(people)
        return lambda desk: desk.triage.snooze(ids, until)


class Attempt(ScreenVerb):
    """Notes that I tried to reach somebody without an answer."""

    id = "attempt"

    def refuses(self, targets: Targets) -> str:
        return next((STEP_WORDS[kind] for kind in kinds(targets) if kind in STEP_WORDS), "")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        ids = item_ids(targets)
        return lambda desk: desk.triage.attempt(ids)


class LeaveOut(ScreenVerb):
    """Skips one round of a rhythm or follow-up, lets an ask rest, offers a way out for a request or promise."""

    id = "leave_out"

    def refuses(self, targets: Targets) -> str:
        found = kinds(targets)
        if found == [ItemKind.ASK] or set(found) <= {ItemKind.CADENCE, ItemKind.FOLLOWUP}:
            return ""
        if found in ([ItemKind.REQUEST], [ItemKind.PROMISE]):
            return "" if len(targets) == 1 else "What they ask is answered one at a time; esc takes the marks away"
        reasons = [NO_ROUNDS[kind] for kind in found if kind in NO_ROUNDS]
        return next(iter(reasons), ONLY_A_RHYTHM)

    def run(self, place: VerbPlace) -> None:
        (first, *_) = targets = place.targets(self.id)
        if first.kind in (ItemKind.REQUEST, ItemKind.PROMISE):
            place.in_turn(partial(self._offer, place, targets))
        elif ItemKind.FOLLOWUP in kinds(targets):
            place.in_turn(partial(self._leave_out, place, targets))
        else:
            super().run(place)

    async def _leave_out(self, place: VerbPlace, targets: Targets) -> None:
        """Skip a round. A follow-up that comes once has no rounds: ask whether to delete it."""
        ids = item_ids(targets)
        again = await place.fetch(lambda desk: desk.triage.recurring(ids))
        once = [one for one in targets if one.kind is ItemKind.FOLLOWUP and one.item_id not in again]
        if not once:
            super().run(place)
        elif len(once) == len(targets):
            await DropItem().agreed(place, targets, comes_once=True)
        else:
            text = once[0].item.text if once[0].item is not None else ""
            place.say(f"“{text}” comes once and has no rounds to leave out; take its mark away first", tone="due")

    async def _offer(self, place: VerbPlace, targets: Targets) -> None:
        if await offer_way_out(place, targets[0]):
            place.settled(self.id, targets)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        if targets[0].kind in (ItemKind.CADENCE, ItemKind.FOLLOWUP):
            ids = item_ids(targets)
            return lambda desk: desk.triage.skip(ids)
        favors = [favor_of(target) for target in targets]
        return lambda desk: desk.favors.rest(favors)


class DropItem(ScreenVerb):
    """Ends follow-ups or deletes planned interactions, after asking."""

    id = "delete"

    def refuses(self, targets: Targets) -> str:
        others = [kind for kind in kinds(targets) if kind not in (ItemKind.FOLLOWUP, ItemKind.PLANNED)]
        return NOTHING_TO_DELETE.get(others[0], STAYS_IN_THE_LEDGER) if others else ""

    def run(self, place: VerbPlace) -> None:
        place.in_turn(partial(self.agreed, place, self.meant(place.targets(self.id))))

    async def agreed(self, place: VerbPlace, targets: Targets, *, comes_once: bool = False) -> None:
        """Ask, then end or delete the items. `comes_once` adds to the question that they have no round to skip."""
        ids = item_ids(targets)
        again = await place.fetch(lambda desk: desk.triage.recurring(ids))
        item = targets[0].item
        what = f"“{item.text}”" if len(ids) == 1 and item is not None and item.text else f"{len(ids)} entries"
        if item is not None and item.kind is ItemKind.PLANNED and len(ids) == 1:
            what = f"what is planned with {targets[0].name}"
        verb, label = ("End", "end it, with every repeat") if again else ("Delete", "delete")
        choices = (Choice("d", label, place.with_keys("{undo} takes it back")), Choice("k", "keep it"))
        text = "" if len(ids) > 1 else targets[0].name
        if comes_once:
            text = f"{text}: it comes once" if text else "They come once"
            text += ", there is no next round"
        if await place.answer_of(ChooseDialog(f"{verb} {what}?", choices, text=text, current="k")) == "d":
            await place.do(self.work(place, targets, ""))
            place.settled(self.id, targets)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        ids = item_ids(targets)
        return lambda desk: desk.triage.end(ids)


class Move(ScreenVerb):
    """Moves items to another day of the week plan."""

    id = "move"

    def refuses(self, targets: Targets) -> str:
        if any(target.kind is ItemKind.DATE for target in targets):
            return STAYS_ON_ITS_DAY
        return ""

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        return day_question(place, f"Move {names(targets)} to")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        ids, to = item_ids(targets), place.planner.read_day(answer)
        return lambda desk: desk.triage.move(ids, to)


class Shift(Move):
    """Moves all targets to the day before or after the latest planned day among them."""

    cursor_stays = True

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
