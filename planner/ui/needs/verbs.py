"""The verbs of the needs: steps of a need's told-list, and changes of the need itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from planner.core.drafting.purposes import Purpose
from planner.core.model import FavorState
from planner.core.needs import Need, Told, ToldState, check_step
from planner.core.records import record
from planner.desk.reciprocity.drafts import Subject
from planner.errors import Refused
from planner.ui.asking.look_first import look_first
from planner.ui.needs.announce_dialog import AnnounceDialog
from planner.ui.needs.need_dialog import NeedDialog
from planner.ui.needs.post_dialog import PostDialog
from planner.ui.needs.questions import close_question, pass_question
from planner.ui.verbs.people import Edit
from planner.ui.verbs.triage import SettleOrLog
from planner.ui.verbs.verb import ScreenVerb, Target, Targets, VerbPlace, Work, contact_ids, names
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk.done import Done as Written
    from planner.desk.reciprocity.needs import Needs


@record(frozen=True, slots=True, kw_only=True)
class NeedTarget(Target):
    """A person, and the need the verb is about; `entry` is their told-list entry, None if there is none."""

    need: Need
    entry: Told | None


class NeedPlace(VerbPlace, Protocol):
    """A place with needs and with the people of one of them."""

    at_people: bool
    """Whether the keys act on the people of a need, rather than on the needs."""
    template: str
    """The template of the last announcement."""

    @property
    def need(self) -> Need | None:
        """The need under the cursor."""

    @property
    def hearing(self) -> int:
        """How many people are still to hear how the need under the cursor went; 0 for an open one."""

    def helpers(self) -> Sequence[str]:
        """The names of the people who helped with the need under the cursor."""

    def marked_people(self) -> Targets:
        """The marked people in order."""

    def announced_to(self) -> Sequence[tuple[int, str]]:
        """(id, name) of the people an announcement goes to."""

    def go_to(self, need_id: int | None = None) -> None:
        """Let the keys act on the needs, and put the cursor on a new need."""


def not_open(place: NeedPlace) -> str:
    """Why a verb cannot act on the need under the cursor: there is none, or it is closed; "" for an open need."""
    if place.need is None:
        return place.with_keys("Nothing is looked for yet; {new} writes down what you need")
    if place.need.closed_on is not None:
        return place.with_keys("That need is closed; {new} writes down a new one")
    return ""


ANSWERS = (ToldState.HELPED, ToldState.PASSED, ToldState.DECLINED)
"""Answers of people, which may come after a need is closed."""


class ToldStep(ScreenVerb):
    """A verb that changes the told-list of a need: `state` is each person's new state."""

    state: ToldState

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        closed = place.need is not None and place.need.closed_on is not None
        reason = ("" if closed and self.state in ANSWERS else not_open(place)) or super().refusal(place)
        targets = place.targets(self.id)
        # With several marked, the desk names the person it refuses: checking thousands here would slow the cursor.
        if reason or len(targets) > 1:
            return reason
        try:
            check_step(first_of(targets).entry, self.state)
        except Refused as refused:
            return str(refused)
        return ""


class Says(ToldStep):
    """A step without a question: people were told, helped, or cannot help. `act` is the method of the desk."""

    def __init__(self, verb: str, state: ToldState, act: Callable[[Needs, int, list[int]], Written]) -> None:
        self.id = verb
        self.state = state
        self.act = act

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        need, people = first_of(targets).need.id, contact_ids(targets)
        return lambda desk: self.act(desk.needs, need, people)


class AskForNeed(ToldStep):
    """Ask one person directly. A dialog shows my standing with them, and the words to send."""

    id = "ask"
    many = False
    state = ToldState.ASKED

    def run(self, place: VerbPlace) -> None:
        place.in_turn(partial(self._look, place, place.targets(self.id)), group="ask")

    async def _look(self, place: VerbPlace, targets: Targets) -> None:
        need = first_of(targets).need
        if await look_first(place, targets[0].contact_id, need.title, Subject(need=need.id)):
            super().run(place)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        need, people = first_of(targets).need.id, contact_ids(targets)
        return lambda desk: desk.needs.ask(need, people)


class PassedOn(ToldStep):
    """The person passed the need on to somebody else, a contact or somebody new."""

    id = "passed_on"
    many = False
    state = ToldState.PASSED

    def run(self, place: VerbPlace) -> None:
        targets = place.targets(self.id)
        need, contact_id = first_of(targets).need.id, targets[0].contact_id
        question, whom = pass_question(place, names(targets), contact_id)

        async def submit(text: str) -> None:
            to = await whom(text)
            await place.do(lambda desk: desk.needs.passed(need, contact_id, to))
            place.settled(self.id, targets)

        place.ask(question, submit)


LETTERS: Final = {
    ToldState.HEARD_OF: Purpose.WRITE,
    ToldState.TOLD: Purpose.NUDGE,
    ToldState.ASKED: Purpose.NUDGE,
    ToldState.HELPED: Purpose.THANK,
    ToldState.PASSED: Purpose.THANK,
}
"""The purpose of words to somebody who knows of a need, by their state with it."""


class Announce(ScreenVerb):
    """Go through the messages to the marked people, or to the first suggestions.

    For one person who knows of it already: a reminder, thanks, or the words to somebody it was passed on to.
    """

    id = "words"

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        if place.hearing or self._knows(place) is not None:
            return ""
        return not_open(place) or ("" if place.announced_to() else "Everyone knows about it who can be told")

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        if place.need is not None and place.hearing:
            place.planner.open("closing", place.need.id)
        elif (entry := self._knows(place)) is not None:
            place.in_turn(partial(self._write, place, entry), group="announce")
        elif place.need is not None:
            place.in_turn(partial(self._announce, place, place.need), group="announce")

    def _knows(self, place: NeedPlace) -> Told | None:
        """The told-list entry of the one person under the cursor who knows of the open need; None with marks."""
        if place.need is None or place.need.closed_on is not None or place.marked_people():
            return None
        targets = place.targets(self.id)
        entry = first_of(targets).entry if len(targets) == 1 else None
        return entry if entry is not None and entry.state in LETTERS else None

    async def _write(self, place: NeedPlace, entry: Told) -> None:
        """Show the words to somebody who knows of it; once they are sent, the step they stand for is stored."""
        # The list does not need the dialog.
        from planner.ui.shared.letter_dialog import LetterDialog

        purpose, need, favor = LETTERS[entry.state], entry.need_id, entry.favor_id
        owed = purpose is Purpose.THANK and favor is not None and entry.favor_state is FavorState.DONE
        letter = await place.fetch(lambda desk: desk.drafts.draft(purpose, entry.contact_id, Subject(need=need)))
        if not await place.answer_of(LetterDialog(letter, settles=owed or purpose is not Purpose.THANK)):
            return
        if owed and favor is not None:
            await place.do(lambda desk: desk.favors.thank([favor]))
        elif entry.waits and favor is not None:
            await place.do(lambda desk: desk.favors.nudge([favor]))
        else:
            await place.do(lambda desk: desk.needs.tell(need, [entry.contact_id]))
        place.settled(self.id, place.targets(self.id))

    async def _announce(self, place: NeedPlace, need: Need) -> None:
        found = await place.answer_of(AnnounceDialog(need, place.announced_to(), place.template))
        if found is None:
            return
        place.template = found.template
        if found.sent:
            place.settled(self.id, ())
            place.say(f"Told {found.sent} of {found.of}; news is asked after in a week")


class PostPublicly(ScreenVerb):
    """Words for a public post; afterwards it asks where they were posted."""

    id = "post"

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        return not_open(place)

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        if place.need is not None:
            place.in_turn(partial(self._post, place, place.need), group="announce")

    async def _post(self, place: NeedPlace, need: Need) -> None:
        text = await place.answer_of(PostDialog(need))
        if text is None:
            return

        async def submit(channel: str) -> None:
            await place.do(lambda desk: desk.needs.post(need.id, channel, text=text))
            place.settled(self.id, ())

        place.ask(Question("Posted where", "linkedin, facebook, the name of a circle or a list"), submit)


class NewNeed(ScreenVerb):
    """A new need."""

    id = "new"

    def refusal(self, place: VerbPlace) -> str:
        return ""

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        place.in_turn(partial(self._add, place))

    async def _add(self, place: NeedPlace) -> None:
        draft = await place.answer_of(NeedDialog(None, place.planner.read_day, place.planner.today))
        if draft is not None:
            done = await place.do(lambda desk: desk.needs.add(draft.title, why=draft.why, by=draft.by, who=draft.who))
            place.go_to(done.id)


class EditNeed(Edit):
    """Change the need under the cursor; while the keys act on people, the form of the person."""

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        return super().refusal(place) if place.at_people else not_open(place)

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        if place.at_people:
            super().run(place)
        elif place.need is not None:
            place.in_turn(partial(self._change, place, place.need))

    async def _change(self, place: NeedPlace, need: Need) -> None:
        draft = await place.answer_of(NeedDialog(need, place.planner.read_day, place.planner.today))
        if draft is not None:
            await place.do(
                lambda desk: desk.needs.edit(
                    need.id, title=draft.title, why=draft.why, by=draft.by, who=draft.who, no_day=draft.by is None,
                    version=need.version,
                )
            )  # fmt: skip


class CloseOrLog(SettleOrLog):
    """Close the need under the cursor; for a closed one show who is to hear; on people log an interaction."""

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        if place.at_people or place.hearing:
            return super().refusal(place) if place.at_people else ""
        return not_open(place)

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        need = place.need
        if place.at_people or need is None:
            super().run(place)
            return
        if place.hearing:
            place.planner.open("closing", need.id)
            return

        async def submit(text: str) -> None:
            done = await place.do(lambda desk: desk.needs.close(need.id, outcome=text))
            place.go_to()
            page = await place.fetch(lambda desk: desk.closing.page(need.id))
            if page.waiting:
                place.planner.open("closing", need.id, done.said)

        place.ask(close_question(need, place.helpers()), submit)


def first_of(targets: Targets) -> NeedTarget:
    """The first target. All targets are about the same need."""
    (target, *_) = targets
    assert isinstance(target, NeedTarget)
    return target


STEPS: Final = (
    Says("told", ToldState.TOLD, lambda needs, need, people: needs.tell(need, people)),
    Says("helped", ToldState.HELPED, lambda needs, need, people: needs.helped(need, people)),
    Says("leave_out", ToldState.DECLINED, lambda needs, need, people: needs.declined(need, people)),
    AskForNeed(),
    PassedOn(),
)
"""The steps of the told-list."""
OWN: Final = (*STEPS, Announce(), PostPublicly(), NewNeed(), EditNeed(), CloseOrLog())
"""The verbs that only the needs have; `EditNeed` and `CloseOrLog` do something else while the keys act on people."""
