"""Focus triage: one person at a time; a verb is one key, and then the next person comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from planner.commands import registry
from planner.core.giving import Giving
from planner.core.model import AgendaItem
from planner.desk.values import Card
from planner.errors import Refused
from planner.ui.agenda.rows import target_of
from planner.ui.focus.lines import COLUMN, VerbKey, person_lines, summary_lines, top_line, verb_lines
from planner.ui.focus.round import (
    DONE,
    DROPPED,
    PAUSED,
    SKIPPED,
    SNOOZED,
    TRIED,
    Round,
    RoundPerson,
    add_due,
    people_of,
)
from planner.ui.keymap import bindings_of, moves
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.shared.card import Line
from planner.ui.shared.giving import GIVING, GIVING_VERBS, giving_lines
from planner.ui.verbs.offered import DROPPING, HELPING, PERSON, TRIAGE, offered
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.bars import KeyBar
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.notice import Notice
from planner.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.done import Done

Answer = TypeVar("Answer")
UNDER_THE_TEXT = ("done", "attempt", "snooze", "leave_out", "pause", "note", "get_in_touch")
OUTCOMES = {"done": DONE, "attempt": TRIED, "snooze": SNOOZED, "leave_out": SKIPPED, "pause": PAUSED,
            "delete": DROPPED}  # fmt: skip
"""The outcome of an item, by the verb that settled it."""
INTERACTIONS = 30
FRAME = 3
"""Lines around the body: the progress line, the message and the footer."""
LEAST_TEXT = 3
"""The fewest lines of the text, whatever room the verbs would take."""
FLAT = 22
"""Lines of a screen below which no blank lines surround the text."""


class FocusBody(Vertical):
    """The text and the verbs below it, laid out again in the lines that a message above the footer leaves."""

    def on_resize(self) -> None:
        """Let the screen lay out the text."""
        if isinstance(self.screen, FocusScreen):
            self.screen.draw_person()


class FocusScreen(PlaceScreen):
    """Shows the people of some agenda items, one after the other."""

    PLACE = "focus"
    # No widget has the focus: keys act on the screen itself.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("focus"),
        *moves({"up": "choose(-1)", "down": "choose(1)", "page_up": "scroll_text(-8)", "page_down": "scroll_text(8)"}),
    ]
    VERBS = offered(*TRIAGE, *DROPPING, *PERSON, *HELPING, *GIVING)

    def __init__(self, items: list[AgendaItem]) -> None:
        """`items` are in the order of the agenda, the most urgent first."""
        super().__init__()
        self.round = Round(people_of(items))
        self.cards: dict[int, Card] = {}
        self.helped = 0
        self.giving = Giving()
        self.complete = False
        """Whether the other items of these people that are due were added."""

    lines_of_verbs = 0
    """The lines taken by the verbs below the text."""
    met: int | None = None
    """The contact of the last verb, until the outcome is read."""

    def compose(self) -> ComposeResult:
        yield LinesView(id="focus-top")
        with FocusBody(id="focus-body"):
            yield LinesView(id="focus-text")
            yield LinesView(id="focus-verbs")
        yield Notice(id="notice")
        yield Prompt(id="prompt")
        yield KeyBar(id="keys")

    def top_place(self) -> str:
        return "agenda"

    # Display

    def draw_bars(self) -> None:
        """Draw the progress line and the keys."""
        people, place = self.round.people, self.round.place
        self.query_one("#focus-top", LinesView).show(lambda width: [top_line(people, place, width, self.look)])
        self.draw_keys()

    def draw_keys(self) -> None:
        """Draw the footer and the verbs below the text, which give way to a typed line if both don't fit."""
        super().draw_keys()
        verbs: list[VerbKey] = []
        if self.round.person is not None and not (self.is_flat and self.query_one(Prompt).is_open):
            for verb in UNDER_THE_TEXT:
                one = registry.by_id(f"focus.{verb}")
                verbs.append(VerbKey(self.label(one.id), one.title, not self.refusal(verb)))
        view = self.query_one("#focus-verbs", LinesView)
        view.show(lambda width: verb_lines(verbs, width, self.look))
        self.lines_of_verbs = len(verb_lines(verbs, self._column(), self.look))
        view.styles.height = self.lines_of_verbs

    @property
    def is_flat(self) -> bool:
        """Whether the screen is too low for blank lines around the text."""
        return self.size.height < FLAT

    def _column(self) -> int:
        """Cells of the text column; a narrower screen keeps a margin of one cell on either side."""
        return max(1, min(COLUMN, self.size.width - 2))

    def draw_person(self) -> None:
        """Show the person; after the last person the summary."""
        view = self.query_one("#focus-text", LinesView)
        people, person, chosen = self.round.people, self.round.person, self.round.chosen
        if person is not None and person.contact_id not in self.cards:
            return
        self.draw_bars()
        room = self._room()
        if person is None:
            keys = (
                (self.label("focus.back"), "back to the agenda"),
                (self.label("focus.undo"), "take back the last change"),
                (self.label("focus.before"), "back to the person before"),
            )
            shown = keys[:1] if not people else keys if self.round.steps else (keys[0], keys[2])
            given = [(kind, self.label(f"focus.{verb}")) for kind, verb in GIVING_VERBS.items()]

            def ending(width: int) -> list[Line]:
                giving = giving_lines(self.giving, given, self.planner.today, width, self.look)
                return summary_lines(people, self.helped, shown, self.look, giving)

            view.show(ending)
            lines = ending(self._column())
        else:
            card = self.cards[person.contact_id]
            view.show(lambda width: person_lines(person, chosen, card, width, self.look, room))
            lines = person_lines(person, chosen, card, self._column(), self.look, room)
        view.styles.height = max(1, min(len(lines), room))

    def _room(self) -> int:
        """The lines available for the text, without the verbs and the blank lines around both."""
        body = self.query_one(FocusBody).size.height or self.size.height - FRAME
        spare = 1 if self.is_flat else 6
        return max(1, min(LEAST_TEXT, body), body - self.lines_of_verbs - spare)

    def on_resize(self) -> None:
        """Keep the column in the middle."""
        width = self._column()
        for name in ("#focus-text", "#focus-verbs"):
            self.query_one(name, LinesView).styles.width = width
        self.set_class(self.is_flat, "-flat")
        self.draw_person()

    # Reading

    async def reload(self) -> None:
        """Read the outcomes of the round, the shown person, and the next person, whom the next key may show."""
        first = self.round.person
        if not self.was_read and first is not None:
            # A round of thousands is read once its first person stands there.
            self.when_read(self.go_on)
            add_due([first], await self.fetch(lambda desk: desk.reading.due_of([first.contact_id])))
            await self._read(first)
            self.draw_person()
            return
        if not self.complete:
            self.complete = True
            people = {person.contact_id for person in self.round.people}
            add_due(self.round.people, await self.fetch(lambda desk: desk.reading.due_of(people)))
        await self._follow()
        self._leave_who_is_settled()
        person = self.round.person
        if person is None:
            self.helped = await self.fetch(lambda desk: desk.favors.helped_this_week())
            self.giving = await self.fetch_long(lambda desk: desk.giving.page())
            self.draw_person()
            return
        self.giving = Giving()
        await self._read(person)
        self.draw_person()
        for other in self.round.people[self.round.place + 1 : self.round.place + 2]:
            await self._read(other)

    async def _follow(self) -> None:
        """Read what was done outside the round: on the page of a contact, by undo and redo, in another session."""
        ids, steps = self.round.item_ids, [step.id for step in self.round.steps]
        shown = self.round.person
        contact_id = shown.contact_id if shown is not None else None

        def read(desk: Desk) -> tuple[tuple[AgendaItem, ...], frozenset[int]]:
            return desk.reading.still_open(ids, contact_id), desk.keeping.in_force(steps)

        self.round.follow(*await self.fetch(read), self.planner.today)

    def _leave_who_is_settled(self) -> None:
        """Show the next person if the last verb settled all items of this one, as help given does."""
        person, met = self.round.person, self.met
        self.met = None
        if person is not None and person.contact_id == met and not person.open_items:
            self.round.go_to(self.round.place + 1)

    async def _read(self, person: RoundPerson) -> None:
        key = person.contact_id
        try:
            self.cards[key] = await self.fetch(lambda desk: desk.reading.card(key, history=INTERACTIONS))
        except Refused as problem:
            self.say(str(problem), tone="late")
            self.round.leave(key)
            self.go_on()

    def go_on(self) -> None:
        """Show the round's present person, at once if their card is read already."""
        self.draw_person()
        self.read_again()

    def action_choose(self, by: int) -> None:
        """Choose the item above or below; with a single item, scroll."""
        if self.query_one(Prompt).is_open:
            return
        person = self.round.person
        if person is None or len(person.open_items) < 2:
            self.action_scroll_text(by)
        elif self.round.choose(by):
            self.draw_person()

    def action_scroll_text(self, by: int) -> None:
        """Scroll the text up (negative) or down."""
        view = self.query_one("#focus-text", LinesView)
        page = max(1, view.size.height - 1)
        view.scroll_relative(y=max(-page, min(by, page)), animate=False, force=True)

    # Targets of verbs

    def targets(self, verb: str) -> Targets:
        """The shown person with the chosen item; for a pause with their rhythm."""
        person, item = self.round.person, self.round.rhythm if verb == "pause" else self.round.current
        if person is None:
            quiet = self.giving.quiet if verb == "get_in_touch" else None
            return (Target(quiet.contact_id, quiet.name),) if quiet is not None else ()
        if item is not None:
            return (target_of(item),)
        return (Target(person.contact_id, person.name, settled=True),)

    def nobody(self) -> str:
        """Why there is no target: the round is over."""
        return "That was everyone; q goes back to the agenda"

    def refuses(self, verb: str) -> str:
        """Why a verb that only the round has cannot act now."""
        if verb in ("next", "open") and self.round.person is None:
            return self.nobody()
        return "This is the first person" if verb == "before" and self.round.place == 0 else ""

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb of the desk and note its step, which undo takes back from here."""
        done = await super().do(work)
        if done.step is not None:
            self.round.changed(done.step)
        return done

    def settled(self, verb: str, targets: Targets) -> None:
        """Note the outcome of the chosen item, then show the next person."""
        item = targets[0].item
        if verb in OUTCOMES and item is not None:
            self.round.settled(item, OUTCOMES[verb])
            self.met = self.round.person.contact_id if self.round.person is not None else None
            self.go_on()

    # Undo

    def undone(self, step: int) -> None:
        """Return to the person of an undone step."""
        if self.round.undone(step) and self.app.screen is self:
            self.go_on()

    def redone(self, step: int) -> None:
        """Continue after a redone step."""
        if self.round.redone(step) and self.app.screen is self:
            self.go_on()

    # Moving

    def verb_next(self) -> None:
        """Go to the next person and leave this one as they are."""
        self.round.go_to(self.round.place + 1)
        self.go_on()

    def verb_before(self) -> None:
        """Go back to the person before."""
        self.round.go_to(self.round.place - 1)
        self.go_on()

    def verb_open(self) -> None:
        """Open the contact."""
        if self.round.person is not None:
            self.planner.open_contact(self.round.person.contact_id)

    def verb_back(self) -> None:
        """Go back to the agenda."""
        self.dismiss(None)
