"""The verbs of the needs: what people say about a need, and the need itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from planner.core.needs import Need, Told, ToldState, check_step
from planner.core.records import record
from planner.errors import Refused
from planner.ui.needs.announce_dialog import AnnounceDialog
from planner.ui.needs.need_dialog import NeedDialog
from planner.ui.needs.questions import ask_question, close_question, pass_question
from planner.ui.shared.asking import look_first
from planner.ui.verbs.people import Edit
from planner.ui.verbs.triage import Done
from planner.ui.verbs.verb import Target, Targets, Verb, VerbPlace, Work, contact_ids, names
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk.done import Done as Written
    from planner.desk.needs import Needs


@record(frozen=True, slots=True, kw_only=True)
class NeedTarget(Target):
    """A person, and the need they are told about; `entry` says where they stand with it."""

    need: Need
    entry: Told | None


class NeedPlace(VerbPlace, Protocol):
    """A place with needs and with the people of one of them."""

    at_people: bool
    """Whether the keys act on people; else on the needs."""
    template: str
    """The message of the last announcement."""

    @property
    def need(self) -> Need | None:
        """The need under the cursor."""

    def helpers(self) -> Sequence[str]:
        """The names of those who helped with the need under the cursor."""

    def announced_to(self) -> Sequence[tuple[int, str]]:
        """(id, name) of those an announcement goes to."""

    def go_to(self, need_id: int | None = None) -> None:
        """Let the keys act on the needs, and put the cursor on one that was just written."""


def not_open(place: NeedPlace) -> str:
    """Why nothing can be done about the need under the cursor; empty when it is open."""
    if place.need is None:
        return place.with_keys("Nothing is looked for yet; {new} writes down what you need")
    if place.need.closed_on is not None:
        return place.with_keys("That need is closed; {new} writes down a new one")
    return ""


class Step(Verb):
    """What people say about a need, or are told: a step on its told-list."""

    state: ToldState

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        reason = not_open(place) or super().refusal(place)
        targets = place.targets(self.id)
        # Of several the desk names whom it refuses; to look at thousands here would slow the cursor down.
        if reason or len(targets) > 1:
            return reason
        try:
            check_step(first_of(targets).entry, self.state)
        except Refused as refused:
            return str(refused)
        return ""


class Says(Step):
    """One step that asks nothing: they know about it, they helped, they cannot help."""

    def __init__(self, verb: str, state: ToldState, act: Callable[[Needs, int, list[int]], Written]) -> None:
        self.id = verb
        self.state = state
        self.act = act

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        need, people = first_of(targets).need.id, contact_ids(targets)
        return lambda desk: self.act(desk.needs, need, people)


class Ask(Step):
    """A direct ask, after a look at how things stand."""

    id = "ask"
    many = False
    state = ToldState.ASKED

    def run(self, place: VerbPlace) -> None:
        place.in_turn(self._look(place, place.targets(self.id)), group="ask")

    async def _look(self, place: VerbPlace, targets: Targets) -> None:
        if await look_first(place, targets[0].contact_id, first_of(targets).need.title):
            super().run(place)

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        return ask_question(names(targets), first_of(targets).need)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        need, people = first_of(targets).need.id, contact_ids(targets)
        return lambda desk: desk.needs.ask(need, people, note=answer)


class PassedOn(Step):
    """They told somebody else, known or new."""

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


class Announce(Verb):
    """A message to each of the marked, or of those suggested first."""

    id = "words"

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        return not_open(place) or ("" if place.announced_to() else "Everyone knows about it who can be told")

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        if place.need is not None:
            place.in_turn(self._announce(place, place.need), group="announce")

    async def _announce(self, place: NeedPlace, need: Need) -> None:
        found = await place.answer_of(AnnounceDialog(need, place.announced_to(), place.template))
        if found is None:
            return
        place.template = found.template
        if found.sent:
            place.settled(self.id, ())
            place.say(f"Told {found.sent} of {found.of}; news is asked after in a week")


class New(Verb):
    """Something new that is looked for."""

    id = "new"

    def refusal(self, place: VerbPlace) -> str:
        return ""

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        place.in_turn(self._add(place))

    async def _add(self, place: NeedPlace) -> None:
        draft = await place.answer_of(NeedDialog(None, place.planner.read_day, place.planner.today))
        if draft is not None:
            done = await place.do(lambda desk: desk.needs.add(draft.title, why=draft.why, by=draft.by))
            place.go_to(done.id)


class EditNeed(Edit):
    """Other words for a need, or another day; on a person their form."""

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        return super().refusal(place) if place.at_people else not_open(place)

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        if place.at_people:
            super().run(place)
        elif place.need is not None:
            place.in_turn(self._change(place, place.need))

    async def _change(self, place: NeedPlace, need: Need) -> None:
        draft = await place.answer_of(NeedDialog(need, place.planner.read_day, place.planner.today))
        if draft is not None:
            await place.do(
                lambda desk: desk.needs.edit(
                    need.id, title=draft.title, why=draft.why, by=draft.by, no_day=draft.by is None,
                    version=need.version,
                )
            )  # fmt: skip


class CloseOrLog(Done):
    """The need is over; on a person what happened."""

    def refusal(self, place: NeedPlace) -> str:  # type: ignore[override]
        return super().refusal(place) if place.at_people else not_open(place)

    def run(self, place: NeedPlace) -> None:  # type: ignore[override]
        need = place.need
        if place.at_people or need is None:
            super().run(place)
            return

        async def submit(text: str) -> None:
            await place.do(lambda desk: desk.needs.close(need.id, outcome=text))
            place.go_to()

        place.ask(close_question(need, place.helpers()), submit)


def first_of(targets: Targets) -> NeedTarget:
    """The first person; all of them are told about one need."""
    (target, *_) = targets
    assert isinstance(target, NeedTarget)
    return target


STEPS: Final = (
    Says("told", ToldState.TOLD, lambda needs, need, people: needs.tell(need, people)),
    Says("helped", ToldState.HELPED, lambda needs, need, people: needs.helped(need, people)),
    Says("leave_out", ToldState.DECLINED, lambda needs, need, people: needs.declined(need, people)),
    Ask(),
    PassedOn(),
)
"""The steps of the told-list."""
OWN: Final = (*STEPS, Announce(), New(), EditNeed(), CloseOrLog())
"""The verbs of the needs, two of which mean something else on a person."""
