"""Focus triage: one person at a time, every verb one key, then the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from planner.commands import registry
from planner.core.model import AgendaItem
from planner.desk.values import Card
from planner.errors import PlannerError
from planner.ui.agenda.screen import target_of
from planner.ui.focus.lines import COLUMN, VerbKey, person_lines, summary_lines, top_line, verb_lines
from planner.ui.focus.round import DONE, PAUSED, SKIPPED, SNOOZED, TRIED, Round, RoundPerson, add_due, people_of
from planner.ui.keymap import bindings_of, moves
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.verbs.offered import HELPING, PERSON, TRIAGE, offered
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.bars import Key, KeyBar
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.notice import Notice
from planner.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.done import Done

Answer = TypeVar("Answer")
UNDER_THE_TEXT = ("done", "attempt", "snooze", "leave_out", "pause", "note", "get_in_touch")
OUTCOMES = {"done": DONE, "attempt": TRIED, "snooze": SNOOZED, "leave_out": SKIPPED, "pause": PAUSED}
"""What became of an item, by the verb that settled it."""
INTERACTIONS = 30


class FocusScreen(PlaceScreen):
    """The people of some agenda items, one after the other."""

    PLACE = "focus"
    # The keys act on the screen itself: nothing in it takes the focus.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("focus"),
        *moves({"up": "choose(-1)", "down": "choose(1)", "page_up": "scroll_text(-8)", "page_down": "scroll_text(8)"}),
    ]
    VERBS = offered(*TRIAGE, *PERSON, *HELPING)

    def __init__(self, items: list[AgendaItem]) -> None:
        """`items` in the order of the agenda, the most urgent first."""
        super().__init__()
        self.round = Round(people_of(items))
        self.cards: dict[int, Card] = {}
        self.helped = 0
        self.complete = False
        """Whether what else is due about these people, but stands on another day of the week, was added."""

    def compose(self) -> ComposeResult:
        yield LinesView(id="focus-top")
        with Vertical(id="focus-body"):
            yield LinesView(id="focus-text")
            yield LinesView(id="focus-verbs")
        yield Notice(id="notice")
        yield Prompt(id="prompt")
        yield KeyBar(id="keys")

    def top_place(self) -> str:
        return "agenda"

    # What is shown

    def draw_bars(self) -> None:
        """The progress line and the keys."""
        people, place = self.round.people, self.round.place
        self.query_one("#focus-top", LinesView).show(lambda width: [top_line(people, place, width, self.look)])
        self.draw_keys()

    def draw_keys(self) -> None:
        """The footer, and the verbs under the text."""
        keys = [
            Key(one.id, self.label(one.id), one.title, group=one.group, enabled=not self.refusal(one.verb))
            for one in registry.footer(self.PLACE)
        ]
        self.query_one(KeyBar).show(keys)
        verbs: list[VerbKey] = []
        if self.round.person is not None:
            for verb in UNDER_THE_TEXT:
                one = registry.by_id(f"focus.{verb}")
                verbs.append(VerbKey(self.label(one.id), one.title, not self.refusal(verb)))
        view = self.query_one("#focus-verbs", LinesView)
        view.show(lambda width: verb_lines(verbs, width, self.look))
        view.styles.height = len(verb_lines(verbs, self._column(), self.look))

    def _column(self) -> int:
        """Cells of the column of text; below its width a margin of one on either side."""
        return max(1, min(COLUMN, self.size.width - 2))

    def draw_person(self) -> None:
        """Show the person, or the summary after the last."""
        view = self.query_one("#focus-text", LinesView)
        people, person, chosen = self.round.people, self.round.person, self.round.chosen
        if person is None:
            keys = (
                (self.label("focus.back"), "back to the agenda"),
                (self.label("focus.undo"), "take back the last change"),
                (self.label("focus.before"), "back to the person before"),
            )
            shown = keys[:1] if not people else keys if self.round.steps else (keys[0], keys[2])
            view.show(lambda width: summary_lines(people, self.helped, shown, self.look))
            lines = len(summary_lines(people, self.helped, shown, self.look))
        else:
            card = self.cards.get(person.contact_id)
            if card is None:
                return
            view.show(lambda width: person_lines(person, chosen, card, width, self.look))
            lines = len(person_lines(person, chosen, card, self._column(), self.look))
        view.styles.height = max(1, min(lines, self._room()))
        self.draw_bars()

    def _room(self) -> int:
        """Lines there are for the text: the frame takes three, the verbs two and the white space around."""
        spare = 3 if self.size.height < 20 else 8
        return max(1, self.size.height - 3 - spare)

    def on_resize(self) -> None:
        """The column stands in the middle."""
        width = self._column()
        for name in ("#focus-text", "#focus-verbs"):
            self.query_one(name, LinesView).styles.width = width
        self.set_class(self.size.height < 20, "-flat")
        self.draw_person()

    # Reading

    async def reload(self) -> None:
        """Read the person that is shown anew, then the next one, so that the next key draws at once."""
        person = self.round.person
        if not self.complete:
            self.complete = True
            agenda = await self.fetch(lambda desk: desk.reading.agenda())
            add_due(self.round.people, agenda)
        if person is None:
            ledger = await self.fetch(lambda desk: desk.favors.ledger())
            self.helped = ledger.helped_this_week
            self.draw_person()
            return
        await self._read(person)
        self.draw_person()
        for other in self.round.people[self.round.place + 1 : self.round.place + 2]:
            await self._read(other)

    async def _read(self, person: RoundPerson) -> None:
        key = person.contact_id
        try:
            self.cards[key] = await self.fetch(lambda desk: desk.reading.card(key, history=INTERACTIONS))
        except PlannerError as problem:
            if person is self.round.person:
                self.say(str(problem), tone="late")

    def go_on(self) -> None:
        """Show whoever the round came to; what is read already is drawn at once."""
        self.draw_person()
        self.read_again()

    def action_choose(self, by: int) -> None:
        """Let the keys act on the item above or below; with one item alone, scroll."""
        if self.query_one(Prompt).is_open:
            return
        person = self.round.person
        if person is None or len(person.open_items) < 2:
            self.action_scroll_text(by)
        elif self.round.choose(by):
            self.draw_person()

    def action_scroll_text(self, by: int) -> None:
        """Show what is above or below."""
        self.query_one("#focus-text", LinesView).scroll_relative(y=by, animate=False, force=True)

    # Whom a verb is about

    def targets(self, verb: str) -> Targets:
        """The person that is shown, with the item in hand; a pause is about the rhythm."""
        person, item = self.round.person, self.round.rhythm if verb == "pause" else self.round.current
        if person is None:
            return ()
        if item is not None:
            return (target_of(item),)
        return (Target(person.contact_id, person.name, settled=True),)

    def nobody(self) -> str:
        """Everyone was met."""
        return "That was everyone; q goes back to the agenda"

    def refuses(self, verb: str) -> str:
        """Why a verb of the round alone cannot act now."""
        if verb in ("next", "open") and self.round.person is None:
            return self.nobody()
        return "This is the first person" if verb == "before" and self.round.place == 0 else ""

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb; what it changed can be taken back from here."""
        done = await super().do(work)
        self.round.changed()
        return done

    def settled(self, verb: str, targets: Targets) -> None:
        """Note what became of the item in hand, then meet whoever is next."""
        if verb in OUTCOMES and targets[0].item is not None:
            self.round.settled(targets[0].item_id, OUTCOMES[verb])
            self.go_on()

    # Taking back

    def verb_undo(self) -> None:
        """Take back the last change, and come back to whom it was about."""
        if self.round.steps:
            self._take_back()
        else:
            self.planner.verb_undo()

    @work(exclusive=True, group="focus-act")
    async def _take_back(self) -> None:
        try:
            done = await self.planner.perform(lambda desk: desk.keeping.undo())
        except PlannerError as problem:
            self.say(str(problem), tone="due")
            return
        self.say(done.said)
        self.round.undone()
        self.go_on()

    def verb_redo(self) -> None:
        """Make the change again, and go on from it."""
        if self.round.taken_back:
            self._make_again()
        else:
            self.planner.verb_redo()

    @work(exclusive=True, group="focus-act")
    async def _make_again(self) -> None:
        try:
            done = await self.planner.perform(lambda desk: desk.keeping.redo())
        except PlannerError as problem:
            self.say(str(problem), tone="due")
            return
        self.say(done.said, undo=True)
        self.round.redone()
        self.go_on()

    # Going

    def verb_next(self) -> None:
        """The next person; this one stays as it is."""
        self.round.go_to(self.round.place + 1)
        self.go_on()

    def verb_before(self) -> None:
        """The person before."""
        self.round.go_to(self.round.place - 1)
        self.go_on()

    def verb_open(self) -> None:
        """Open the contact."""
        if self.round.person is not None:
            self.planner.open_contact(self.round.person.contact_id)

    def verb_back(self) -> None:
        """Back to the agenda."""
        self.dismiss(None)
