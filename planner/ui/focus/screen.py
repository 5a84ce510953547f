"""Focus triage: one person at a time, every verb one key, then the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from planner.commands import registry
from planner.commands.keys import key_label
from planner.core.model import AgendaItem, ItemKind
from planner.desk.values import Card
from planner.errors import PlannerError
from planner.ui.agenda.rows import detail_words
from planner.ui.focus.lines import COLUMN, VerbKey, person_lines, summary_lines, top_line, verb_lines
from planner.ui.focus.round import DONE, PAUSED, SKIPPED, SNOOZED, TRIED, Round, RoundPerson, add_due, people_of
from planner.ui.keymap import bindings_of
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.shared.triage_questions import (
    done_question,
    note_question,
    pause_question,
    snooze_question,
    triage_refusal,
)
from planner.ui.widgets.bars import Key, KeyBar
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.notice import Notice
from planner.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from planner.desk import Desk, Done

ON_PERSON = frozenset({"done", "attempt", "snooze", "skip", "pause", "note", "email", "open"})
UNDER_THE_TEXT = ("done", "attempt", "snooze", "skip", "pause", "note", "email")
INTERACTIONS = 30


class FocusScreen(PlaceScreen):
    """The people of some agenda items, one after the other."""

    PLACE = "focus"
    # The keys act on the screen itself: nothing in it takes the focus.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("focus"),
        Binding("up,k", "choose(-1)", "Item above", show=False),
        Binding("down,j", "choose(1)", "Item below", show=False),
        Binding("pageup", "scroll_text(-8)", "Page up", show=False),
        Binding("pagedown", "scroll_text(8)", "Page down", show=False),
    ]

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
            Key(one.id, self._label(one.id), one.title, group=one.group, enabled=not self.refusal(_verb(one.id)))
            for one in registry.footer(self.PLACE)
        ]
        self.query_one(KeyBar).show(keys)
        verbs: list[VerbKey] = []
        if self.round.person is not None:
            for verb in UNDER_THE_TEXT:
                one = registry.by_id(f"focus.{verb}")
                verbs.append(VerbKey(self._label(one.id), one.title, one.group, not self.refusal(verb)))
        view = self.query_one("#focus-verbs", LinesView)
        view.show(lambda width: verb_lines(verbs, width, self.look))
        view.styles.height = len(verb_lines(verbs, self._column(), self.look))

    def _label(self, command_id: str) -> str:
        return key_label(self.planner.keys[command_id][0])

    def _column(self) -> int:
        """Cells of the column of text; below its width a margin of one on either side."""
        return max(1, min(COLUMN, self.size.width - 2))

    def draw_person(self) -> None:
        """Show the person, or the summary after the last."""
        view = self.query_one("#focus-text", LinesView)
        people, person, chosen = self.round.people, self.round.person, self.round.chosen
        if person is None:
            keys = (
                (self._label("focus.back"), "back to the agenda"),
                (self._label("focus.undo"), "take back the last change"),
                (self._label("focus.before"), "back to the person before"),
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

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if verb == "next" and self.round.person is None:
            return "That was everyone; q goes back to the agenda"
        if verb == "before" and self.round.place == 0:
            return "This is the first person"
        if verb not in ON_PERSON:
            return ""
        if self.round.person is None:
            return "That was everyone; q goes back to the agenda"
        if verb in ("email", "open", "note"):
            return ""
        if self.round.current is None:
            return "That is settled already; u takes it back, right goes on"
        if verb == "pause" and self.round.rhythm is None:
            return "Only a rhythm can be paused; s snoozes anything"
        if verb == "attempt" or (verb == "skip" and self.round.rhythm is None):
            return triage_refusal(verb, [self.round.current])
        return ""

    # Triage

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb; what it changed can be taken back from here."""
        done = await super().do(work)
        self.round.changed()
        return done

    def _settled(self, item: AgendaItem, outcome: str) -> None:
        """Note what became of an item whose change is stored, then meet whoever is next."""
        self.round.settled(item.item.id, outcome)
        self.go_on()

    @work(exclusive=True, group="focus-act")
    async def _settle(self, item: AgendaItem, outcome: str, work: Callable[[Desk], Done]) -> None:
        try:
            await self.do(work)
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        self._settled(item, outcome)

    def verb_done(self) -> None:
        """One line: what happened, a next date, a promise."""
        item = self.round.current
        if item is None:
            return
        ids = [item.item.id]

        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.capture.settle(ids, text))
            self._settled(item, DONE)

        words = "" if item.item.kind is ItemKind.CADENCE else detail_words(item)
        self.ask(done_question(self, item.item, item.item.contact_name, words), submit)

    def verb_attempt(self) -> None:
        """Tried, no answer."""
        item = self.round.current
        if item is not None:
            self._settle(item, TRIED, lambda desk: desk.triage.attempt([item.item.id]))

    def verb_snooze(self) -> None:
        """Hide until a day."""
        item = self.round.current
        if item is None:
            return
        ids = [item.item.id]

        async def submit(text: str) -> None:
            until = self.planner.read_day(text)
            await self.do(lambda desk: desk.triage.snooze(ids, until))
            self._settled(item, SNOOZED)

        self.ask(snooze_question(self, item.item.contact_name), submit)

    def verb_skip(self) -> None:
        """Leave out this round."""
        item = self.round.rhythm
        if item is not None:
            self._settle(item, SKIPPED, lambda desk: desk.triage.skip([item.item.contact_id]))

    def verb_pause(self) -> None:
        """No keep-in-touch until a day."""
        item = self.round.rhythm
        if item is None:
            return
        key = item.item.contact_id

        async def submit(text: str) -> None:
            until = self.planner.read_day(text) if text.strip() else None
            await self.do(lambda desk: desk.triage.pause([key], until=until))
            self._settled(item, PAUSED)

        self.ask(pause_question(self, item.item.contact_name), submit)

    def verb_note(self) -> None:
        """A line about the person."""
        person = self.round.person
        if person is None:
            return
        key, name = person.contact_id, person.name

        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.interactions.note([key], text))

        self.ask(note_question(name), submit)

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

    def verb_email(self) -> None:
        """Start a mail, or copy the address."""
        if self.round.person is not None:
            self.planner.start_mail(self.round.person.contact_id)

    def verb_back(self) -> None:
        """Back to the agenda."""
        self.dismiss(None)


def _verb(command_id: str) -> str:
    return command_id.partition(".")[2]
