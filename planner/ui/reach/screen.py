"""Reach: who gets me to somebody, who is being introduced, and who could be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from planner.commands.registry import by_id
from planner.core.introductions import Introduction, open_step
from planner.core.network.matchmaking import Pair
from planner.core.network.reach import Path
from planner.core.words.folding import clean
from planner.desk.values import Card
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.reach.card import beside
from planner.ui.reach.rows import MOST_NAME, Found, ReachList, rows_of, way_key
from planner.ui.reach.verbs import OWN, target_of
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.text import content, width
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import Edit, GetInTouch, Note
from planner.ui.verbs.verb import Targets
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView

if TYPE_CHECKING:
    from planner.desk import Desk

CARD_WAIT = 0.1
"""Seconds the cursor rests before the card follows: a held key draws one card, not sixty."""
LONGEST = 200
MOST_MATCHES = 100
WHO_KNOWS = f"{{palette}} “{by_id('reach.knows').title}”"
"""How to get to a verb that has no key."""
NO_WAY = f"Nobody leads there yet. {WHO_KNOWS} writes down who does."
WORDS_WHEN_EMPTY = f"""\
You reach people you don't know through people you do, and so do they.

{{filter}}  who gets me to a person, a company or a topic
{{introduce}}  introduce two people to each other
{WHO_KNOWS}  write down that someone knows someone

Who looks for something and who offers it: it stands in a contact, and meets here."""
WORDS_WHEN_LOW = f"""\
People are reached through people.

{{filter}}  who gets me there
{{introduce}}  introduce two
{WHO_KNOWS}  who knows whom"""


class ReachInput(Input):
    """The line at the top; enter, down and escape go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False),
        Binding("down,enter,tab", "to_list", "To the list", show=False),
    ]

    class Left(Message):
        """The list is to have the focus; `emptied` when escape was pressed."""

        def __init__(self, emptied: bool) -> None:
            super().__init__()
            self.emptied = emptied

    def action_leave(self) -> None:
        """Empty the line and go back to the list."""
        self.post_message(self.Left(True))

    def action_to_list(self) -> None:
        """Go to what was found."""
        self.post_message(self.Left(False))


class ReachScreen(PlaceScreen):
    """Ways, introductions and matches in one list."""

    PLACE = "reach"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reach")
    VERBS = offered(*OWN, Note(), Edit(), GetInTouch())

    def __init__(self) -> None:
        super().__init__()
        self.found = Found()
        self.cards: dict[int, Card] = {}

    def body(self) -> ComposeResult:
        with Horizontal(id="reach-top"):
            yield Static(content(" Who gets me to ", "bold $accent"), id="reach-label", markup=False)
            entry = ReachInput(
                placeholder="a person, a company or a topic", id="reach-input", compact=True, max_length=LONGEST
            )
            entry.cursor_blink = False
            yield entry
        with SideBySide(id="reach-body"):
            yield ReachList(ascii_marks=self.planner.ascii_marks, id="reach-list")
            yield LinesView(id="reach-card")
        yield Static(id="reach-empty", markup=False)

    @property
    def list(self) -> ReachList:
        """The list of ways, introductions and matches."""
        return self.query_one(ReachList)

    @property
    def entry(self) -> ReachInput:
        """The line at the top."""
        return self.query_one(ReachInput)

    # Reading

    async def reload(self) -> None:
        """Read everything anew; the ways too, where somebody is looked for."""
        target = self.found.target

        def read(desk: Desk) -> Found:
            ways = desk.network.reach(target) if target else ()
            return Found(target, ways, desk.introductions.all(), desk.network.matches(most=MOST_MATCHES))

        found = await self.fetch(read)
        self.cards.clear()
        if target != self.found.target:
            # Something else was typed meanwhile: its ways are read already, or come.
            found = replace(found, target=self.found.target, ways=self.found.ways)
        self.show(found)
        self._count_due()
        self.draw_bars()
        self._card_soon()

    def _count_due(self) -> None:
        settings, today = self.planner.config.settings, self.planner.today
        steps = [open_step(one, settings) for one in self.found.introductions]
        self.planner.badges["reach"] = sum(1 for step in steps if step is not None and step.due <= today)

    def show(self, found: Found) -> None:
        """Show what was found; the cursor stays on its entry, else on the next one."""
        self.found = found
        people = [one.name for pair in found.matches for one in (pair.needs, pair.offers)]
        self.list.names = min(MOST_NAME, max((width(name) for name in people), default=0))
        self.list.look, self.list.settings = self.look, self.planner.config.settings
        rows = rows_of(found, self.with_keys(NO_WAY))
        self.list.set_rows(0, rows, len(rows))
        self.list.redraw()
        self.draw_keys()
        empty = self.query_one("#reach-empty", Static)
        empty.display = found.empty
        self.query_one("#reach-body").display = not found.empty
        if found.empty:
            low = self.size.height < 16
            empty.update(content(self.with_keys(WORDS_WHEN_LOW if low else WORDS_WHEN_EMPTY)))

    @on(Input.Changed, "#reach-input")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_for(event.value)

    @work(exclusive=True, group="reach")
    async def _look_for(self, text: str) -> None:
        """The ways to what is typed; what was asked before is dropped."""
        target = " ".join(clean(text).split())
        if target == self.found.target:
            return
        try:
            ways = await self.fetch(lambda desk: desk.network.reach(target)) if target else ()
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        self.show(replace(self.found, target=target, ways=ways))
        if ways:
            self.list.move_to_key(way_key(ways[0]))
        else:
            self.list.move_to(0)

    @on(ReachInput.Left)
    def _left(self, event: ReachInput.Left) -> None:
        if event.emptied:
            self.entry.value = ""
        self.focus_list()

    # The card

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.draw_keys()
        self._draw_card()
        self._card_soon()

    @work(exclusive=True, group="card")
    async def _card_soon(self) -> None:
        """The card of whoever stands next on the way, once the cursor rests."""
        from asyncio import sleep

        contact_id = self._contact_id
        if contact_id is not None and contact_id not in self.cards:
            await sleep(CARD_WAIT)
            try:
                self.cards[contact_id] = await self.fetch(lambda desk: desk.reading.card(contact_id, history=10))
            except PlannerError:
                # Gone meanwhile: the next reading takes the row away.
                return
        self._draw_card()

    def _draw_card(self) -> None:
        data, view = self.data, self.query_one("#reach-card", LinesView)
        if data is None:
            view.show(None)
            return
        contact_id, settings = self._contact_id, self.planner.config.settings
        card = self.cards.get(contact_id) if contact_id is not None else None
        view.show(lambda cells: beside(data, card, settings, cells, self.look))

    @property
    def data(self) -> Path | Introduction | Pair | None:
        """What the row under the cursor stands for."""
        row = self.list.cursor_row
        found = row.data if row is not None else None
        return found if isinstance(found, Path | Introduction | Pair) else None

    # Whom a verb is about

    @property
    def _contact_id(self) -> int | None:
        return next((target.contact_id for target in self.targets("open")), None)

    def targets(self, verb: str) -> Targets:
        """The person whom the entry under the cursor is about next."""
        target = target_of(self.data) if self.data is not None else None
        return (target,) if target is not None else ()

    def nobody(self) -> str:
        """Why nothing is under the cursor."""
        return self.with_keys("Nobody stands here yet; {filter} looks for somebody")

    def refuses(self, verb: str) -> str:
        """Why a verb of reach alone cannot act now."""
        if verb == "matches" and not self.found.matches:
            return "Nobody offers yet what somebody looks for; it stands in their contact"
        if verb == "introductions" and not self.found.introductions:
            return self.with_keys("Nobody is being introduced; {introduce} begins")
        return self.nobody() if verb == "open" and not self.targets("open") else ""

    # Looking

    def verb_filter(self) -> None:
        """Type who is looked for."""
        self.entry.focus()

    def verb_open(self) -> None:
        """Open the contact."""
        if self._contact_id is not None:
            self.planner.open_contact(self._contact_id)

    @on(LineList.Selected)
    def _selected(self) -> None:
        self.verb_open()

    def verb_top(self) -> None:
        """The first entry."""
        self.list.action_first()

    def verb_matches(self) -> None:
        """Go to the matches."""
        self.list.go_to_group("matches")

    def verb_introductions(self) -> None:
        """Go to the introductions."""
        self.list.go_to_group("introductions")

    def key_escape(self) -> None:
        """No target any more."""
        self.entry.value = ""

    def on_resize(self) -> None:
        """On a low screen the line at the top stands alone."""
        self.set_class(self.size.height < 16, "-flat")
