"""The verbs of the ledger: the answers to an open favor, and new entries."""

from __future__ import annotations

from functools import partial
from typing import Final, Protocol

from planner.core.favors import promise_by
from planner.core.model import ItemKind
from planner.core.words.triage import ANSWERS
from planner.desk.reciprocity.drafts import Subject
from planner.desk.values import LedgerRow
from planner.ui.asking.etiquette_dialog import Answer
from planner.ui.asking.look_first import look_at
from planner.ui.ledger.favor_dialog import HEADINGS, FavorDialog, FavorDraft
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.triage_questions import day_question
from planner.ui.verbs.triage import is_to_hear
from planner.ui.verbs.verb import ScreenVerb, Targets, VerbPlace, Work, names
from planner.ui.verbs.ways_out import favor_of
from planner.ui.widgets.prompt import Question

GIFT_KEY: Final = "f"
"""The key for a gift idea among the new entries: elsewhere it has no key of its own."""
ENTRIES: Final = {"request": "asked", "promise": "promise", "gave": "gave", "ask": "ask", "helped": "received",
           "gift": "idea"}  # fmt: skip
"""The verb of `desk.favors.enter`, by the verb of the screen."""


class LedgerPlace(VerbPlace, Protocol):
    """A place with open favors."""

    put_off: FavorDraft | None
    """An ask that was not stored because I give something first: the next ask begins with its words."""

    @property
    def current(self) -> LedgerRow | None:
        """The favor under the cursor."""

    def go_to(self, favor_id: int) -> None:
        """Put the cursor on a new favor, if it is open."""


class NewEntry(ScreenVerb):
    """A new entry of the ledger. The dialog begins with the person under the cursor; another can be typed."""

    cursor_stays = True

    def __init__(self, verb: str) -> None:
        """On a favor that the verb answers, according to `ANSWERS`, it adds no entry."""
        self.id = verb

    def refusal(self, place: VerbPlace) -> str:
        return ""

    def run(self, place: LedgerPlace) -> None:  # type: ignore[override]
        row = place.current
        if row is not None and row.item.kind is ANSWERS.get(self.id):
            super().run(place)
        else:
            place.in_turn(partial(self.enter, place), group="entry")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        favors = [favor_of(target) for target in targets]
        due = place.planner.read_day(answer) if answer.strip() else None
        return lambda desk: desk.favors.answer(self.id, favors, due=due)

    async def enter(self, place: LedgerPlace) -> None:
        """Ask for the entry, then store it."""
        draft = await self.draft(place)
        if draft is not None:
            await self.write(place, draft)

    async def draft(self, place: LedgerPlace, written: FavorDraft | None = None) -> FavorDraft | None:
        """Open the dialog and return its entry, None if it was left; `written` is in its lines at first."""
        row = place.current
        person = (row.favor.contact_id, row.favor.contact_name) if row is not None else None
        return await place.answer_of(FavorDialog(ENTRIES[self.id], person, written))

    async def write(self, place: LedgerPlace, draft: FavorDraft) -> None:
        """Store the entry, and put the cursor on it."""
        done = await place.do(
            lambda desk: desk.favors.enter(
                draft.verb,
                [draft.contact_id],
                kind=draft.kind,
                on=draft.on,
                due=draft.due,
                note=draft.note,
                occasion=draft.occasion,
            )
        )
        place.go_to(done.id)


class NewAsk(NewEntry):
    """A new ask. Before it is stored, a dialog shows my standing with the person."""

    async def enter(self, place: LedgerPlace) -> None:
        written, place.put_off = place.put_off, None
        while (written := await self.draft(place, written)) is not None:
            answer: Answer | None = "ask"
            # An ask of an earlier day was made already: a look before it comes too late.
            if written.on is None:
                subject = Subject(what=written.note, kind=written.kind)
                answer = await look_at(place, written.contact_id, written.note or written.kind, subject)
            if answer == "give":
                place.put_off = written
                return
            if answer == "ask":
                await self.write(place, written)
                return


class ChooseNewEntry(NewEntry):
    """A new entry of any kind."""

    def __init__(self, *entries: NewEntry) -> None:
        super().__init__("new")
        self.entries = {entry.id: entry for entry in entries}

    async def enter(self, place: LedgerPlace) -> None:
        keys = {place.with_keys(f"{{{verb}}}") if verb != "gift" else GIFT_KEY: verb for verb in ENTRIES}
        choices = [Choice(key, HEADINGS[ENTRIES[verb]]) for key, verb in keys.items()]
        key = await place.answer_of(ChooseDialog("A new entry", choices))
        if key is not None:
            await self.entries[keys[key]].enter(place)


class Promise(NewEntry):
    """Promise what the request under the cursor asks for, by a day; elsewhere a new promise."""

    def question(self, place: LedgerPlace, targets: Targets) -> Question | None:  # type: ignore[override]
        row, planner = place.current, place.planner
        default = promise_by(row.favor, planner.today, planner.config.settings) if row is not None else None
        return day_question(place, f"Promise {names(targets)} it by", default=default)


class TellOutcome(ScreenVerb):
    """Note that I told somebody how it went with their help."""

    id = "told"
    REASONS: Final = {
        ItemKind.REQUEST: "Nobody helped you there yet; {promise} promises what they ask",
        ItemKind.PROMISE: "It is your help; {done} says it is done",
        ItemKind.ASK: "The help did not come yet; {helped} says it came",
        ItemKind.LOAN: "A loan owes no outcome; {done} says it is home",
    }

    def run(self, place: VerbPlace) -> None:
        closed = [target for target in place.targets(self.id) if is_to_hear(target)]
        if closed:
            place.planner.open("closing", int(closed[0].item_id[1:]))
        else:
            super().run(place)

    def refuses(self, targets: Targets) -> str:
        return self.REASONS.get(targets[0].kind, "")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        favors = [favor_of(target) for target in targets]
        return lambda desk: desk.favors.told(favors)


class Nudge(ScreenVerb):
    """Note that I reminded somebody of my ask."""

    id = "nudge"
    REASONS: Final = {
        ItemKind.REQUEST: "They wait for you; {promise} promises it, {leave_out} offers something else",
        ItemKind.PROMISE: "They wait for you; {done} says it is done",
        ItemKind.THANKS: "They helped already; {done} says thanks",
        ItemKind.OUTCOME: "They helped already; {told} says that you told how it went",
        ItemKind.LOAN: "It is handed over; {done} says it is home",
        ItemKind.NEED: "It is over; {done} shows who is to hear how it went",
    }

    def refuses(self, targets: Targets) -> str:
        item = targets[0].item
        if item is not None and item.asks == "rest":
            return "Nudged as often as is kind; {leave_out} lets it rest, {helped} says the help came"
        return self.REASONS.get(targets[0].kind, "")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        favors = [favor_of(target) for target in targets]
        return lambda desk: desk.favors.nudge(favors)


KINDS: Final = (NewEntry("request"), Promise("promise"), NewEntry("gave"), NewAsk("ask"), NewEntry("helped"))
"""One verb for each kind of entry."""
OWN: Final = (*KINDS, ChooseNewEntry(*KINDS, NewEntry("gift")), TellOutcome(), Nudge())
"""The verbs that only the ledger has."""
